"""A message that is sent again says that it may be there already."""

from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.texts import LOCALE, Texts
from bot.kit.truncate import CAPTION_LENGTH_MAX, TEXT_LENGTH_MAX
from bot.outbox.repeats import as_repeat
from bot.store.outbox import Priority
from machine import Store

SARA = Person("SARA", 102, "Sara", None, "en", is_admin=False, blocked=False)
NOTE = "maybe there: N-1"


def noted(params: dict[str, object], fallback: dict[str, object] | None = None) -> Outgoing:
    return Outgoing(101, "sendMessage", params, reference="N-1", fallback=fallback, repeat_note=NOTE)


def test_the_note_is_the_last_line_of_a_text_and_of_a_caption_with_its_fallback() -> None:
    assert as_repeat(noted({"text": "earned"})).params == {"text": f"earned\n{NOTE}"}
    picture = as_repeat(noted({"caption": "your week"}, {"text": "your week"}))
    assert picture.params == {"caption": f"your week\n{NOTE}"}
    assert picture.fallback == {"text": f"your week\n{NOTE}"}


def test_what_has_no_note_or_no_room_for_it_stays_as_it_is() -> None:
    plain = Outgoing(101, "sendMessage", {"text": "earned"}, reference="N-1")
    assert as_repeat(plain) == plain
    for name, most in (("text", TEXT_LENGTH_MAX), ("caption", CAPTION_LENGTH_MAX)):
        full = noted({name: "x" * (most - len(NOTE))})
        assert as_repeat(full) == full
        assert as_repeat(noted({name: "x" * (most - len(NOTE) - 1)})).params[name].endswith(NOTE)


def test_a_message_with_a_reference_has_its_note_in_the_person_s_language() -> None:
    texts = Texts(LOCALE, strict=True)
    assert message_to(SARA, texts, "notice-reinstated").repeat_note is None
    message = message_to(SARA, texts, "notice-reinstated", reference="N-1B")
    assert message.repeat_note is not None
    assert message.repeat_note.startswith("You may have received this already.")
    assert "N-1B" in message.repeat_note
    assert "N-1B" not in message.params["text"]


async def test_only_what_may_have_left_is_a_repeat_after_a_restart_and_what_is_over_keeps_no_words(
    store: Store,
) -> None:
    for number in (1, 2):
        await store.enqueue(f"notice:{number}/P101", noted({"text": "earned"}), notice=True)
    first, _ = await store.outbox.waiting(Priority.NOTICE, 0, 9)
    assert not first.repeated
    await store.outbox.claim([first], now=5)
    await store.outbox.recover(6)
    waiting = await store.outbox.waiting(Priority.NOTICE, 0, 9)
    assert [(each.repeated, each.outgoing.repeat_note) for each in waiting] == [(True, NOTE), (False, NOTE)]
    await store.outbox.mark_sent(waiting[0], 7, 1, 8)
    await store.outbox.mark_failed(waiting[1], "gone", 1, 8)
    assert await store.rows("SELECT state, repeat_note FROM outbox ORDER BY id") == [("sent", None), ("failed", None)]
