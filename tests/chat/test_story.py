"""The whole story against the real bot: what everybody sees, as transcripts, and what the books hold afterwards.

The transcripts in `transcripts/` hold a day of the programme, word for word, in each language; codes, dates and
references are masked. After a change of texts, look at what the change does to them:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/chat/test_story.py && git diff tests/chat/transcripts
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from bot.app import App
from bot.cli.export import events
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground import Playground, playground_server
from bot.playground.story import STEPS, Stage, StoryFailed, StoryWords, Utterance, play, shop_tables
from bot.playground.story.purchases import SHARES
from bot.playground.story.words import DATA, story_languages
from bot.store.profiles import Profiles
from engine.queries.views import Balance
from engine.verify.ledger import verify_file
from running import running_app
from stores import replayed_in_memory

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"

MASKS = {
    r"\b[2-9A-HJKMNP-TV-Z]{7}\b": "CODE",
    r"\bN-[0-9A-Z]+\b": "N-REF",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d)?": "DATE",
    r"[۰-۹]{1,2} \w+ [۰-۹]{4}(، ساعت [۰-۹:]{5})?": "DATE",
    # Which admin's copy of a card is sent before it changes, and then edited under its number, differs between runs.
    r"\n *(?:Reference|شمارهٔ پیام): N-REF(?=\n *\[(?:Mark as paid|پرداخت شد|Approve|تأیید))": "",
}


class Scribe:
    """Writes the story down as a text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, number: int, title: str) -> None:
        self.lines += ["", f"{number}. {title}", ""]

    def tell(self, utterance: Utterance) -> None:
        who = f"{utterance.speaker} > {utterance.to}" if utterance.to else utterance.speaker
        marks = "".join(f"({mark}) " for mark in utterance.marks)
        text = [
            f"{who}: {marks}{utterance.text}",
            *(" ".join(f"[{label}]" for label in row) for row in utterance.buttons),
        ]
        first, *rest = "\n".join(text).split("\n")
        self.lines += [first, *(f"    {line}".rstrip() for line in rest)]

    @property
    def masked(self) -> str:
        text = "\n".join(self.lines).strip() + "\n"
        for pattern, mask in MASKS.items():
            text = re.sub(pattern, mask, text)
        return text


def stage_on(playground: Playground, language: Language, patience: float = 15) -> Stage:
    return Stage(playground, language, Texts(LOCALE, strict=True), patience=patience)


@pytest.mark.parametrize("language", story_languages())
async def test_a_day_of_the_programme_reads_like_its_transcript_and_its_books_are_right(
    language: Language, tmp_path: Path
) -> None:
    renderer = Scribe()
    async with playground_server() as playground, running_app(playground, tmp_path / "m.db", shop_tables()) as app:
        await play(stage_on(playground, language), renderer)
        await playground.assert_no_violations()
        balances = await balances_of(app, SHARES)
    compare_with_transcript(language, renderer.masked)
    assert verify_file(tmp_path / "m.db").problems == ()
    assert balances == replayed_balances(tmp_path)


async def balances_of(app: App, usernames: Iterable[str]) -> dict[str, dict[str, int]]:
    people = Profiles(app.stores.writer, app.stores.machine, frozenset())
    found = [await people.find(f"@{each}") for each in usernames]
    return {each.id: asdict(await app.engine.balance(each.id)) for each in found if each is not None}


def replayed_balances(folder: Path) -> dict[str, dict[str, int]]:
    """What comes of the exported journal in a fresh store in memory."""
    exported = folder / "events.jsonl"
    events(store=f"sqlite:///{folder / 'm.db'}", out=exported)
    lines = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    members = replayed_in_memory({name: shop_tables()[name] for name in ("program", "ranks", "plan")}, lines)["members"]
    buckets = [each.name for each in fields(Balance)]
    return {id: {name: member[name] for name in buckets} for id, member in members.items()}


def compare_with_transcript(language: Language, text: str) -> None:
    file = TRANSCRIPTS / f"story.{language}.txt"
    if os.environ.get(WRITE):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_the_story_s_own_lines_are_the_same_in_every_language() -> None:
    files = [(DATA / "story" / f"{language}.ftl").read_text(encoding="utf-8") for language in story_languages()]
    first, *others = (re.findall(r"^([a-z-]+) = |\{ \$(\w+) \}", file, re.MULTILINE) for file in files)
    assert len(first) > len(STEPS)
    assert all(other == first for other in others)


def test_every_step_has_its_title_in_each_language() -> None:
    for language in story_languages():
        words = StoryWords(language, Texts(LOCALE, strict=True))
        titles = [words.line(each) for each in STEPS]
        assert len(set(titles)) == len(STEPS)


async def test_a_step_that_comes_out_differently_fails_with_its_title_and_the_conversation(tmp_path: Path) -> None:
    async def somebody_waits_for_what_never_comes(stage: Stage) -> None:
        nader = await stage.enter("nader")
        await nader.writes("/help")
        await nader.sees("balance-card")

    renderer = Scribe()
    async with playground_server() as playground, running_app(playground, tmp_path / "m.db", shop_tables()):
        stage = stage_on(playground, "en", patience=0.5)
        with pytest.raises(StoryFailed) as failed:
            await play(stage, renderer, {"step-balances": somebody_waits_for_what_never_comes})
    assert failed.value.title == "Maryam looks at her balance, at her history, and asks why"
    assert "nader did not receive" in failed.value.problem
    assert "What I can do" in failed.value.problem


async def test_a_message_that_the_story_does_not_know_of_is_a_failure(tmp_path: Path) -> None:
    async def nobody_looks_at_the_answer(stage: Stage) -> None:
        nader = await stage.enter("nader")
        await nader.writes("/help")

    async with playground_server() as playground, running_app(playground, tmp_path / "m.db", shop_tables()):
        with pytest.raises(StoryFailed, match="nader received"):
            await play(stage_on(playground, "en"), Scribe(), {"step-balances": nobody_looks_at_the_answer})
