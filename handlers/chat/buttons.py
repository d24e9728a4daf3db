"""Defines the buttons that several features show. Each is handled by the feature whose page it opens.

A page replaces the message that its button is under. Under a message to keep, such as a receipt, a button is `fresh`:
its page comes as a new message.
"""

from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button
from engine.periods import Period

PosterForm = Literal["post", "story"]


@dataclass(frozen=True)
class OpenMore(Button, prefix="more"):
    """Opens the list of a member's other pages."""


@dataclass(frozen=True)
class OpenLink(Button, prefix="link"):
    """Opens the person's own link; asking for it makes them a member where joining is open."""


@dataclass(frozen=True)
class SendPoster(Button, prefix="poster"):
    """Sends the poster of the own link, as a post or as a story."""

    form: PosterForm


@dataclass(frozen=True)
class OpenLinks(Button, prefix="links"):
    """Opens a page of the member's additional links, with their results."""

    page: int


@dataclass(frozen=True)
class OpenMade(Button, prefix="made"):
    """Opens the card of one additional link."""

    code: str


@dataclass(frozen=True)
class OpenReady(Button, prefix="ready"):
    """Opens a page of the ready texts."""

    page: int


@dataclass(frozen=True)
class OpenFriends(Button, prefix="friends"):
    """Opens a page of the member's friends, the newest on page 1."""

    page: int


@dataclass(frozen=True)
class ExplainFriend(Button, prefix="fwhy"):
    """Tells what the friend on that page of the list, who came at that moment (ms, UTC), has brought."""

    page: int
    at: int


@dataclass(frozen=True)
class PickFriend(Button, prefix="fpick"):
    """Tells it of one of the friends who fit a name; the draft of that token lists them, from 0."""

    token: str
    place: int


@dataclass(frozen=True)
class OpenBestFriends(Button, prefix="friends_by"):
    """Opens a page of the friends who brought something, the best on page 1."""

    page: int


@dataclass(frozen=True)
class OpenProducts(Button, prefix="goods"):
    """Opens a page of what the bot sells."""

    page: int


@dataclass(frozen=True)
class OpenBalance(Button, prefix="bal"):
    """Opens the member's balance."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenHistory(Button, prefix="his"):
    """Opens a page of the member's entries, the newest on page 1. 0 opens it as a new message, under a notice."""

    page: int


@dataclass(frozen=True)
class OpenWhy(Button, prefix="why"):
    """Opens a commission's calculation. `page` is the page of the history to return to; 0 opens a new message, under a
    notice.
    """

    number: int
    page: int


@dataclass(frozen=True)
class OpenTeam(Button, prefix="team"):
    """Opens the member's team; page 1 has levels and legs, every page some blockers. 0 opens it as a new message."""

    page: int


@dataclass(frozen=True)
class ShowTeam(Button, prefix="tree"):
    """Shows the branch below a member of the reader's team as a picture; the nearest members stand on pages from 1."""

    root: str
    page: int


@dataclass(frozen=True)
class ShowLegs(Button, prefix="legs"):
    """Shows the legs of a binary member as a picture, with what they will match."""


@dataclass(frozen=True)
class ShowEarnings(Button, prefix="earn"):
    """Shows what came in each of the last days, weeks or months as a picture."""

    period: Period


@dataclass(frozen=True)
class ShowProgress(Button, prefix="climb"):
    """Shows the way to the next rank as a picture."""


@dataclass(frozen=True)
class ShowFunnel(Button, prefix="funnel"):
    """Shows how far friends came through the links of that page as a picture."""

    page: int


@dataclass(frozen=True)
class ShowShares(Button, prefix="cut"):
    """Shows as a picture to whom the order behind a commission went."""

    number: int


@dataclass(frozen=True)
class OpenRank(Button, prefix="rank"):
    """Opens the member's rank; `fresh` under the notice of a new rank."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenOffers(Button, prefix="offers"):
    """Opens a page of current rates."""

    page: int


@dataclass(frozen=True)
class OpenWithdraw(Button, prefix="wd"):
    """Opens the first question of a withdrawal."""


@dataclass(frozen=True)
class OpenWithdrawAnew(Button, prefix="wdn"):
    """Opens the first question in a new message, under a notice."""


@dataclass(frozen=True)
class CancelRequest(Button, prefix="wdc"):
    """Cancels the member's own open withdrawal."""

    number: int


@dataclass(frozen=True)
class OpenGifts(Button, prefix="gifts"):
    """Opens the person's gifts; `fresh` under the notice of one."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenShare(Button, prefix="share"):
    """Opens the choice of splits between member and friend."""


@dataclass(frozen=True)
class OpenHelp(Button, prefix="help"):
    """Opens the help page."""


@dataclass(frozen=True)
class SendToSupport(Button, prefix="supsend"):
    """Passes on the message that was offered; `token` is its draft's."""

    token: str


@dataclass(frozen=True)
class AnswerSupport(Button, prefix="supans"):
    """Asks for the reply to an answer of support's; `number` is the answer's row."""

    number: int


@dataclass(frozen=True)
class OpenLanguage(Button, prefix="lang"):
    """Opens the choice of languages."""


@dataclass(frozen=True)
class OpenSettings(Button, prefix="set"):
    """Opens the notification settings; `fresh` under a digest, which is to be kept."""

    fresh: bool = False


@dataclass(frozen=True)
class OpenAdmin(Button, prefix="adm", admin=True):
    """Opens the admins' home card."""


@dataclass(frozen=True)
class StopBroadcasts(Button, prefix="nobc"):
    """Stops messages to everybody."""


@dataclass(frozen=True)
class AcceptBroadcasts(Button, prefix="okbc"):
    """Accepts broadcasts again."""
