"""What the operator has written for members to pass on: campaigns, in each language, with the member's link set in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.kit.languages import LANGUAGES, Language

LINK: Final = "{link}"
CODE: Final = "{code}"


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """A campaign in one language: what it is called, and the text with {link} and {code} in it. Plain."""

    title: str
    text: str

    def filled(self, link: str, code: str) -> str:
        """The text with a member's link and code in their places."""
        return self.text.replace(LINK, link).replace(CODE, code)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Ready words for one purpose.

    `picture` is an address of the web or an absolute path, or empty; `products` are what a friend lands on.
    """

    id: str
    products: tuple[str, ...]
    picture: str
    words: Mapping[Language, CampaignWords]

    @property
    def picture_is_a_file(self) -> bool:
        """Whether the picture lies beside the configuration and is read when it is sent."""
        return self.picture.startswith("/")


def in_each_language(words: Mapping[Language, CampaignWords]) -> dict[Language, CampaignWords]:
    """Where a language has no text, another's words stand in."""
    given = next(words[each] for each in LANGUAGES if words[each].text)
    return {each: words[each] if words[each].text else given for each in LANGUAGES}
