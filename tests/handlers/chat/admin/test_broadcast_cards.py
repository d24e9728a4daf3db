import pytest

from bot.kit.bot_facts import BotFacts
from bot.kit.broadcasts import Audience, Broadcast, BroadcastContent, Counts, State
from bot.kit.languages import Language
from bot.kit.products import Catalogue
from bot.kit.texts import LOCALE, Texts
from chat import SHOP
from engine.exchange import Exchange
from engine.money import Currency
from handlers.chat.admin.broadcast_cards import duration_of, progress_arguments

TOMAN = Currency.of("IRT")
NOTHING_SOLD = Catalogue(Exchange(TOMAN, {}))
FACTS = BotFacts("bot", "https://t.me/{bot}?start={code}", frozenset(), SHOP, TOMAN, "Asia/Tehran", NOTHING_SOLD)
TEXTS = Texts(LOCALE, strict=True)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "about 1 second"),
        (26, "about 2 seconds"),
        (2_250, "about 90 seconds"),
        (2_251, "about 2 minutes"),
        (1_000_000, "about 12 hours"),
    ],
)
def test_how_long_it_takes_at_twenty_five_a_second(people: int, said: str) -> None:
    term = duration_of(people, FACTS)
    assert TEXTS.plain("en", term.message_id, **term.arguments) == said


def card(state: State, counts: Counts, language: Language = "en", *, gathered: bool = True) -> str:
    content = BroadcastContent({"en": "hello"})
    broadcast = Broadcast(3, "A", state, Audience(), content, counts, gathered, 0, 1, None)
    return TEXTS.render(language, "admin-broadcast", **progress_arguments(broadcast, FACTS))


def test_only_fates_that_somebody_has_are_listed() -> None:
    said = card("running", Counts(recipients=100, sent=40, blocked=3, unknown=1))
    assert said.splitlines() == [
        "<b>Broadcast 3 is being sent: 44 of 100</b>",
        "To: everybody",
        "Sent: 40",
        "Have blocked the bot: 3",
        "May have arrived, not repeated: 1",
        "Still to go: 56, about 3 seconds",
    ]


def test_what_was_stopped_says_how_many_did_not_get_it() -> None:
    assert card("cancelled", Counts(recipients=10, sent=4)).splitlines()[-1] == "Not sent: 6"
    assert card("done", Counts(recipients=4, sent=4)).splitlines()[-1] == "Sent: 4"


def test_while_people_are_gathered_no_total_is_told() -> None:
    said = card("running", Counts(recipients=100), "fa", gathered=False).splitlines()
    assert said[0] == "<b>پیام همگانی شمارهٔ ۳ در حال ارسال است</b>"
    assert said[-1] == "فهرست گیرندگان هنوز در حال تکمیل است."
