from bot.kit.dialogues import Dialogue
from bot.kit.effects import Draft, Effects
from bot.store.profiles import UserSeen
from bot.store.update_results import UpdateOutcome
from machine import ADMIN, Store, text_to


async def test_a_person_is_found_by_id_username_or_code(store: Store) -> None:
    await store.know(101, "Nader", username="Nader_Shop")
    by_code = await store.people.find("P101")
    assert by_code is not None
    assert (by_code.name, by_code.chat_id, by_code.language, by_code.blocked) == ("Nader", 101, "en", False)
    named = (
        "\u2066@nader_shop\u2069",
        "@nader_shop،",
        "«@nader_shop»",
        "＠nader_shop",
        "https://t.me/nader_shop",
        "`101`",
    )
    for word in ("101", "۱۰۱", "١٠١", " 101 ", "@nader_shop", "@NADER_SHOP", "P101", *named):
        assert await store.people.find(word) == by_code
    for word in ("102", "@nader", "nader_shop", "P10", "", "@", "9" * 40):
        assert await store.people.find(word) is None


async def test_a_code_is_found_however_it_is_typed(store: Store) -> None:
    await store.people.arrive("K7MX2QF", UserSeen(101, "Nader", None, "fa", seq=1), now=0)
    for word in ("K7MX2QF", "k7mx2qf", "k7m x2qf", "k۷mx۲qf"):
        found = await store.people.find(word)
        assert found is not None
        assert found.name == "Nader"


async def test_a_username_belongs_to_whoever_showed_it_last(store: Store) -> None:
    await store.know(101, "Nader", username="shop")
    await store.know(102, "Sara", username="SHOP")
    found = await store.people.find("@shop")
    assert found is not None
    assert found.name == "Sara"
    assert (await store.people.get("P101")) is not None


async def test_admins_are_those_who_have_started_the_bot(store: Store) -> None:
    assert await store.people.admins() == []
    await store.know(ADMIN, "Hamid")
    await store.know(101, "Nader")
    assert [(each.name, each.is_admin) for each in await store.people.admins()] == [("Hamid", True)]


async def test_a_persons_first_update_is_the_first_also_when_it_is_handled_again(store: Store) -> None:
    await store.people.arrive("P101", UserSeen(101, "Nader", None, "fa", seq=7), now=0)
    await store.people.arrive("P101", UserSeen(101, "Nader", None, "fa", seq=8), now=1)
    for seq, is_new in ((7, True), (8, False)):
        state = await store.people.standing(101, seq)
        assert state is not None
        assert state.person.is_new == is_new


async def test_what_an_update_leads_to_is_kept_together(store: Store) -> None:
    await store.know(101, "Nader")
    await store.inbox.store([{"update_id": 1}], now=0)
    [received] = await store.inbox.waiting(0, 1)
    effects = Effects(
        outgoing=[text_to(101, "how much?")],
        dialogue=Dialogue("amount", '{"of":"all"}', 5),
        dialogue_changed=True,
        drafts=[Draft("token", "P101", "withdraw", {"amount": 15}, 5)],
        language="fa",
    )
    assert await store.outcomes.finish(received, UpdateOutcome(effects, "P101"), now=6)
    state = await store.people.standing(101, 0)
    assert state is not None
    assert (state.person.language, state.dialogue) == ("fa", effects.dialogue)
    assert await store.drafts.find("token") == effects.drafts[0]
    assert await store.drafts.find("other") is None
    assert await store.rows("SELECT cause, chat_id FROM outbox") == [(f"{received.key}/0", 101)]
    assert not await store.outcomes.finish(received, UpdateOutcome(effects, "P101"), now=7)
    assert len(await store.rows("SELECT id FROM outbox")) == 1


async def test_an_update_can_end_a_dialogue_and_use_a_draft(store: Store) -> None:
    await store.know(101, "Nader")
    await store.inbox.store([{"update_id": 1}, {"update_id": 2}, {"update_id": 3}], now=0)
    first, second, third = await store.inbox.waiting(0, 3)
    asking = Effects(dialogue=Dialogue("amount", "{}", 0), dialogue_changed=True)
    asking.drafts.append(Draft("token", "P101", "withdraw", {}, 0))
    await store.outcomes.finish(first, UpdateOutcome(asking, "P101"), now=0)
    await store.outcomes.finish(second, UpdateOutcome(Effects(), "P101"), now=0)
    unchanged = await store.people.standing(101, 0)
    assert unchanged is not None
    assert unchanged.dialogue == asking.dialogue
    await store.outcomes.finish(third, UpdateOutcome(Effects(dialogue_changed=True, used=["token"]), "P101"), now=0)
    ended = await store.people.standing(101, 0)
    assert ended is not None
    assert ended.dialogue is None
    used = await store.drafts.find("token")
    assert used is not None
    assert used.used


async def test_what_is_for_somebody_who_blocked_the_bot_is_held_until_they_are_back(store: Store) -> None:
    await store.know(101, "Nader", now=10)
    await store.enqueue("notice:1", text_to(101, "one"))
    assert await store.outbox.mark_blocked(101, asked_at=10, now=11)
    await store.enqueue("notice:2", text_to(101, "two"))
    assert await store.rows("SELECT state FROM outbox") == [("blocked",), ("blocked",)]
    blocked = await store.people.get("P101")
    assert blocked is not None
    assert blocked.blocked
    await store.know(101, "Nader", now=20)
    assert await store.rows("SELECT state FROM outbox") == [("new",), ("new",)]
    assert not await store.outbox.mark_blocked(101, asked_at=19, now=21), "they came back after that was asked"
