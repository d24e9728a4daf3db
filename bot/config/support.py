"""Defines the table `[support]` of the configuration."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.kit.config_tables import ConfigTable, is_address
from bot.kit.support import SupportChannel
from engine.programme.model import ProgrammeProblem


def _page(url: str) -> str:
    if url and not (is_address(url) and url.startswith("https://")):
        raise ValueError("an address that begins with https://, such as https://t.me/NAME")
    return url


class SupportTable(ConfigTable):
    """Configures where people find help: a chat that their questions are passed on to, or an address."""

    chat: int = 0
    topic: Annotated[int, Field(ge=0)] = 0
    url: Annotated[str, AfterValidator(_page)] = ""
    messages_an_hour: Annotated[int, Field(ge=0, le=1000)] = 10

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.chat) == bool(self.url):
            raise PydanticCustomError("one_place", "either chat, the id of a group or of an admin, or url")
        if self.topic and self.chat >= 0:
            raise PydanticCustomError("one_place", "a topic only with the chat of a group, whose id is negative")
        return self

    @property
    def channel(self) -> SupportChannel:
        """Returns what handlers need to know of it."""
        return SupportChannel(self.chat, self.topic or None, self.url, self.messages_an_hour)


def problems_of_support(table: SupportTable | None, admins: tuple[int, ...]) -> list[ProgrammeProblem]:
    """Returns what is wrong with the table beside the list of admins, who alone may see an asker's balance."""
    if table is None or table.chat <= 0 or table.chat in admins:
        return []
    return [ProgrammeProblem("support.chat", "the id of a group, or of a person among telegram.admins")]
