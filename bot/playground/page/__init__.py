"""Serves the page of phones: the programme in a browser, against the real bot.

    application = Starlette(routes=[*other_routes, *routes(lambda: world)])

The page is plain files (`static/`); it shows the world's event log over one stream, and sends people's actions through
the control interface. So any number of browsers on one world see the same.
"""

from bot.playground.page.routes import routes

__all__ = ["routes"]
