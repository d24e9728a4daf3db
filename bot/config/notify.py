"""Defines the table `[notify]` of the configuration."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.kit.config_tables import ConfigTable
from bot.kit.preferences import Defaults, Frequency, Group, Quiet


def _hours(text: str) -> str:
    if text and not re.fullmatch(r"(2[0-3]|1?[0-9])-(2[0-3]|1?[0-9])", text):
        raise ValueError('two hours such as "23-8", or nothing for none')
    return text


Hour = Annotated[int, Field(ge=0, le=23)]


class Notify(ConfigTable):
    """Configures scheduled messages and default preferences; members may choose otherwise. Hours are local."""

    digest: Frequency = "weekly"
    hour: Hour = 20
    quiet: Annotated[str, AfterValidator(_hours)] = ""
    gather_seconds: Annotated[int, Field(ge=0, le=3600)] = 5
    admin_hour: Hour = 9
    off: Annotated[tuple[Group, ...], Field(strict=False)] = ()

    @property
    def defaults(self) -> Defaults:
        """Returns the preferences of members who have chosen nothing."""
        begins, _, ends = self.quiet.partition("-")
        quiet = Quiet(int(begins), int(ends)) if self.quiet else Quiet()
        return Defaults(self.digest, self.hour, quiet, frozenset(self.off))
