"""The buttons that several features show. Each is handled by the feature whose page it opens.

A page takes the place of the message that its button is under. Under what is to be kept, such as a receipt, a button is
`fresh`: its page comes as a new message.
"""

from dataclasses import dataclass

from bot.kit.buttons import Button, Press


@dataclass(frozen=True)
class OpenHome(Button, prefix="home"):
    """The home card: what Back leads to in the end."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenLink(Button, prefix="link"):
    """The person's own link; asking for it makes them a member where joining is open."""


@dataclass(frozen=True)
class OpenLinks(Button, prefix="links"):
    """A page of the links that the member has made, with what came of each."""

    page: int


@dataclass(frozen=True)
class OpenMade(Button, prefix="made"):
    """The card of one of them."""

    code: str


@dataclass(frozen=True)
class OpenReady(Button, prefix="ready"):
    """A page of the texts that are ready to be passed on."""

    page: int


@dataclass(frozen=True)
class OpenFriends(Button, prefix="friends"):
    """A page of the member's friends, the last on page 1."""

    page: int


@dataclass(frozen=True)
class OpenBalance(Button, prefix="bal"):
    """What the member has."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenHistory(Button, prefix="his"):
    """A page of the member's entries, the newest on page 1. 0 comes fresh, under a notice."""

    page: int


@dataclass(frozen=True)
class OpenWhy(Button, prefix="why"):
    """A commission's calculation. `page` is the page of the history to go back to; 0 comes fresh, under a notice."""

    number: int
    page: int


@dataclass(frozen=True)
class OpenTeam(Button, prefix="team"):
    """The member's team; page 1 has levels and legs, each some of those who hold up. 0 comes fresh, under a notice."""

    page: int


@dataclass(frozen=True)
class OpenRank(Button, prefix="rank"):
    """Where the member stands; `fresh` under the news of a new rank."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenOffers(Button, prefix="offers"):
    """A page of what pays how much now."""

    page: int


@dataclass(frozen=True)
class OpenWithdraw(Button, prefix="wd"):
    """The first question of a withdrawal."""


@dataclass(frozen=True)
class OpenWithdrawAnew(Button, prefix="wdn"):
    """The same in a message of its own, under a notice."""


@dataclass(frozen=True)
class CancelRequest(Button, prefix="wdc"):
    """Cancels the member's own open withdrawal."""

    number: int


@dataclass(frozen=True)
class OpenGifts(Button, prefix="gifts"):
    """The person's gifts; `fresh` under the news of one."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenShare(Button, prefix="share"):
    """How the member may split the commission with friends."""


@dataclass(frozen=True)
class OpenHelp(Button, prefix="help"):
    """What the bot can do."""


@dataclass(frozen=True)
class OpenLanguage(Button, prefix="lang"):
    """The choice of languages."""


@dataclass(frozen=True)
class OpenSettings(Button, prefix="set"):
    """What to be told of, and when; `fresh` under a digest, which is to be kept."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenAdmin(Button, prefix="adm", admin=True):
    """The admins' home card."""


def back_home(*, fresh: bool = False) -> list[Press]:
    """The row that every page ends with."""
    return [Press("button-home", OpenHome(fresh))]


@dataclass(frozen=True)
class StopBroadcasts(Button, prefix="nobc"):
    """No more messages to everybody."""


@dataclass(frozen=True)
class AcceptBroadcasts(Button, prefix="okbc"):
    """They are wanted again."""
