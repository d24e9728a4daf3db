"""Runs a local Bot API server: the whole bot can be tried and tested without a token and a network.

    async with playground_server() as server:        # .base_url .base_file_url .token
        nader = await server.phone(id=101, first_name="Nader", language_code="fa")
        await nader.send("/start")
        card = await nader.receives("Moaref")
        toast = await card.press("Link")

Everything goes over HTTP, so that the bot may run in another process and be killed while the server continues.
"""

from bot.playground.card import ChatCard, KeyboardButton, PressAnswer, WebPageOffer
from bot.playground.client import ControlRefusal, Playground, playground_server
from bot.playground.phone import Phone
from bot.playground.server import RunningServer, ServerAddress, running_playground, serving, start
from bot.playground.world import Settings

__all__ = [
    "ChatCard",
    "ControlRefusal",
    "KeyboardButton",
    "Phone",
    "Playground",
    "PressAnswer",
    "RunningServer",
    "ServerAddress",
    "Settings",
    "WebPageOffer",
    "playground_server",
    "running_playground",
    "serving",
    "start",
]
