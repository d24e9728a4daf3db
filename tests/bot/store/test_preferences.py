from contextlib import closing
from pathlib import Path

from bot.kit.effects import Effects
from bot.kit.preferences import ChosenPreferences, Defaults, Quiet
from bot.store import MIGRATIONS
from bot.store.pending_notices import HeldNotices
from bot.store.preferences import CachedPreferences, DigestRhythm, Subscriber
from bot.store.update_results import UpdateOutcome
from earlier_migrations import migrations_before
from engine.store import migrate
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from machine import Store

TEHRAN = "Asia/Tehran"


async def wish(store: Store, person: str, preferences: ChosenPreferences, now: int = 5) -> None:
    await store.inbox.store([{"update_id": now}], now)
    [*_, received] = await store.inbox.waiting(0, 100)
    assert await store.outcomes.finish(received, UpdateOutcome(Effects(preferences=preferences), person), now)


async def test_wishes_are_kept_with_the_update_that_made_them(store: Store) -> None:
    book = CachedPreferences(store.reader)
    sara = await store.know(101, "Sara")
    assert await book.of(sara) == ChosenPreferences()
    preferences = ChosenPreferences(
        frozenset({"friends", "ranks"}), "daily", 9, "Europe/Berlin", Quiet(23, 8), always=True, gather="hourly"
    )
    await wish(store, sara, preferences)
    assert await book.of(sara) == preferences
    await wish(store, sara, ChosenPreferences(), now=6)
    assert await book.of(sara) == ChosenPreferences()


async def test_a_busy_day_is_kept_from_its_first_notice_on_and_a_choice_goes_before_it(store: Store) -> None:
    book, held = CachedPreferences(store.reader), HeldNotices(store.reader)
    sara = await store.know(101, "Sara")
    assert (await book.of(sara)).over(Defaults(), TEHRAN).may_become_hourly
    await store.writer.run(lambda connection: held.note_busy(connection, sara, 17))
    await store.writer.run(lambda connection: held.note_busy(connection, sara, 18))
    now = (await book.of(sara)).over(Defaults(), TEHRAN)
    assert (now.gather, now.busy_from, now.may_become_hourly) == ("hourly", 17, False)
    await wish(store, sara, ChosenPreferences(gather="now"))
    now = (await book.of(sara)).over(Defaults(), TEHRAN)
    assert (now.gather, now.busy_from, now.may_become_hourly) == ("now", None, False)


async def test_who_wanted_no_news_of_ranks_gets_no_milestones_after_the_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "moaref.db"
    with closing(connect(file)) as connection:
        SqliteStore.prepare(connection)
        migrate.apply(connection, "machine", migrations_before("0017_*.sql", MIGRATIONS, tmp_path))
        for number, muted in enumerate(("friends ranks", "+ranks", "ranks", "")):
            connection.execute("INSERT INTO persons VALUES (?, NULL, NULL, NULL, 0)", (f"P{number}",))
            connection.execute(
                "INSERT INTO profiles VALUES (?, ?, 'Sara', NULL, 'en', 0, 0, NULL, 0)",
                (f"P{number}", number),
            )
            connection.execute("INSERT INTO wishes (person, muted, rhythm_at) VALUES (?, ?, 0)", (f"P{number}", muted))
        connection.commit()
    store = await Store.open(file)
    book = CachedPreferences(store.reader)
    off = [(await book.of(f"P{number}")).muted for number in range(4)]
    await store.close()
    assert off == [{"friends", "ranks", "milestones"}, set(), {"ranks", "milestones"}, set()]


def test_what_was_not_chosen_follows_the_defaults() -> None:
    held = ChosenPreferences(hour=9).over(Defaults("daily", 20, Quiet(22, 7)), TEHRAN)
    assert (held.digest, held.hour, held.zone, held.quiet) == ("daily", 9, TEHRAN, Quiet(22, 7))
    assert ChosenPreferences(quiet=Quiet()).over(Defaults(quiet=Quiet(22, 7)), TEHRAN).quiet == Quiet()


async def test_rhythms_in_use_are_found_with_those_who_have_them(store: Store) -> None:
    book, defaults = CachedPreferences(store.reader), Defaults()
    people = [await store.know(number, "Sara") for number in (101, 102, 103, 104)]
    await wish(store, people[1], ChosenPreferences(digest="daily", hour=9), now=50)
    await wish(store, people[2], ChosenPreferences(digest="off"), now=60)
    daily, weekly = DigestRhythm("daily", 9, TEHRAN, "en"), DigestRhythm("weekly", 20, TEHRAN, "en")
    assert await book.chosen_rhythms(defaults, TEHRAN) == {daily: 50}

    async def having(rhythm: DigestRhythm | None, *, before: int = 99, after: str = "") -> list[str]:
        found = await book.subscribers(rhythm, defaults, TEHRAN, before=before, after=after, size=10)
        return [each.person for each in found]

    assert await having(weekly) == [people[0], people[3]]
    assert await having(daily) == [people[1]]
    assert await having(daily, before=50) == [], "not for a slot that was before their choice"
    assert await having(None) == [people[0], people[1], people[3]]
    assert await having(None, after=people[0]) == [people[1], people[3]]


async def test_a_switch_of_another_kind_leaves_the_rhythm_as_old_as_it_was(store: Store) -> None:
    book = CachedPreferences(store.reader)
    sara = await store.know(101, "Sara")
    await wish(store, sara, ChosenPreferences(digest="daily"), now=50)
    await wish(store, sara, ChosenPreferences(frozenset({"friends"}), digest="daily"), now=60)
    assert list((await book.chosen_rhythms(Defaults(), TEHRAN)).values()) == [50]
    await wish(store, sara, ChosenPreferences(frozenset({"friends"}), digest="daily", hour=7), now=70)
    assert list((await book.chosen_rhythms(Defaults(), TEHRAN)).values()) == [70]


async def test_what_is_off_by_default_is_on_for_whoever_has_switched_it_on(store: Store) -> None:
    book, sara = CachedPreferences(store.reader), await store.know(101, "Sara")
    defaults = Defaults(muted=frozenset({"friends", "ranks"}))
    chosen = ChosenPreferences().switched("friends", defaults, on=True).switched("commissions", defaults, on=False)
    await wish(store, sara, chosen)
    assert await book.of(sara) == chosen
    assert chosen.over(defaults, TEHRAN).muted == {"ranks", "commissions"}
    assert chosen.over(Defaults(), TEHRAN).muted == {"commissions"}, "also where the default is another one today"
    again = chosen.switched("friends", defaults, on=False)
    assert again.over(defaults, TEHRAN).muted == {"friends", "ranks", "commissions"}


async def test_who_has_blocked_the_bot_has_no_digest(store: Store) -> None:
    await store.know(101, "Sara")
    await store.outbox.mark_blocked(101, 5, 5)
    found = await CachedPreferences(store.reader).subscribers(None, Defaults(), TEHRAN, before=99, after="", size=10)
    assert found == []
    await store.know(101, "Sara")
    found = await CachedPreferences(store.reader).subscribers(None, Defaults(), TEHRAN, before=99, after="", size=10)
    assert found == [Subscriber("P101", always=False, zone=TEHRAN, quiet=Quiet())]


async def test_quiet_hours_are_the_defaults_unless_others_or_none_were_chosen(store: Store) -> None:
    chosen = (None, Quiet(21, 6), Quiet())
    for number, quiet in enumerate(chosen):
        await wish(
            store,
            await store.know(101 + number, "Sara"),
            ChosenPreferences(quiet=quiet, zone="Europe/Berlin"),
            number + 1,
        )
    defaults = Defaults(quiet=Quiet(23, 8))
    found = await CachedPreferences(store.reader).subscribers(None, defaults, TEHRAN, before=99, after="", size=10)
    assert [each.quiet for each in found] == [Quiet(23, 8), Quiet(21, 6), Quiet()]
    assert {each.zone for each in found} == {"Europe/Berlin"}
