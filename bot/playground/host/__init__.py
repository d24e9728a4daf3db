"""Runs the demo behind the page: the real bot on a small shop, a movable clock, and a restart.

The command passes the bot in, because this package may not know its composition.
"""

from bot.playground.host.clock import ShiftableClock
from bot.playground.host.guard import Door, is_loopback
from bot.playground.host.host import Host
from bot.playground.host.show import Launch, RunningBot
from bot.playground.host.site import Site, open_site
from bot.playground.host.upcoming import Upcoming

__all__ = ["Door", "Host", "Launch", "RunningBot", "ShiftableClock", "Site", "Upcoming", "is_loopback", "open_site"]
