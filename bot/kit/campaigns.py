"""Defines campaigns: the operator's texts for members to pass on, by language, with the member's link filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.kit.languages import LANGUAGES, Language, by_preference

LINK: Final = "{link}"
CODE: Final = "{code}"


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """Holds a campaign in one language: its title, and the plain text with {link} and {code} in it."""

    title: str
    text: str

    def filled(self, link: str, code: str) -> str:
        """Returns the text with a member's link and code filled in."""
        return self.text.replace(LINK, link).replace(CODE, code)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Holds ready words for one purpose.

    `picture` is a web address, an absolute path, or empty; `products` are shown to a friend who follows the link.
    """

    id: str
    products: tuple[str, ...]
    picture: str
    words: Mapping[Language, CampaignWords]

    @property
    def picture_is_a_file(self) -> bool:
        """Returns whether the picture is a local file, read when it is sent."""
        return self.picture.startswith("/")


def in_each_language(words: Mapping[Language, CampaignWords]) -> dict[Language, CampaignWords]:
    """Fills in another language's words where a language has no text."""
    written = {each: given for each, given in words.items() if given.text}
    return {each: written[next(known for known in by_preference(each) if known in written)] for each in LANGUAGES}
