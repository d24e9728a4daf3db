"""The page of phones: a newcomer lives through the programme in a browser, against the real bot.

    application = Starlette(routes=[*other_routes, *routes(lambda: world)])

The page is plain files (`static/`); what it shows comes from the world's event log over one stream, and what people do
goes through the control interface. So any number of browsers on one world see the same.
"""

from bot.playground.page.routes import routes

__all__ = ["routes"]
