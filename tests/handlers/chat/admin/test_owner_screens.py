"""What owners read when they change offers, rates and admins, word for word in each language.

After a change of texts, look at what the change does to the screens:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/handlers/chat/admin/test_owner_screens.py && git diff tests/handlers
"""

import os
from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.languages import LANGUAGES, Language
from chat import buttons_of
from owners import office_of, said

SCREENS = Path(__file__).parent / "screens"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
WORDS = {
    "en": ("half", "30%", "13 Farvardin", "Nowruz", "/offer 100% to 3 days", "/rate phones 15 toman"),
    "fa": ("نصف", "۳۰٪", "۱۳ فروردین", "نوروز", "/offer ۱۰۰٪ تا ۳ روز", "/rate phones ۱۵ تومان"),
}
PLAN = {"kind": "unilevel", "levels": ["15%", "12%", "8%"], "funding": "house"}
TABLES = {
    "program": {"currency": "IRT", "timezone": "Asia/Tehran", "min_withdrawal": 1000},
    "ranks": [{"id": "base", "commission": "20%"}],
    "rates": [{"product": "phones", "commission": "10%"}, {"category": "books", "commission": "5%"}],
    "plan": PLAN,
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_owners_screens_read_like_their_transcript(tmp_path: Path, language: Language) -> None:
    bad, rate, day, title, dear, fixed = WORDS[language]
    shown: list[str] = []
    async with office_of(tmp_path, TABLES, language) as office:

        async def send(text: str) -> Effects:
            return noted(f"> {text}", await office.send(text))

        async def press(effects: Effects, prefix: str) -> Effects:
            pairs = [pair for each in effects.outgoing for pair in buttons_of(each).items()]
            label, data = next(pair for pair in pairs if pair[1].startswith(prefix))
            return noted(f"> [{label}]", await office.chat.press(office.nader, data))

        def noted(head: str, effects: Effects) -> Effects:
            toast = f"({effects.toast.text})" if effects.toast is not None else ""
            labels = [f"[{label}]" for each in effects.outgoing for label in buttons_of(each)]
            shown.extend(filter(None, (head, said(effects), toast, " ".join(labels), "")))
            shown.append("")
            return effects

        await press(await send("/offer"), "ofnew")
        await send(bad)
        things = await send(rate)
        await press(await press(things, "ofset:" + token(things) + ":things:2"), "ofset")
        await send(day)
        proposal = await send(title)
        await press(proposal, "prgok")
        await press(await send(dear), "ofsel")
        await send("@ali")
        await press(await press(await send("/offer"), "ofend"), "prgok")
        asked = await press(await send("/rate"), "rate:1")
        await press(asked, "ratedel")
        await press(await send("/rate"), "ratenew")
        await send("category:socks")
        await press(await send(fixed), "drop")
        await press(proposal, "prgok")
        await press(await press(await send("/admins"), "admnew"), "admins")
        await press(await send("/admins @ali"), "admok")
        await press(await press(await send("/admins"), "admdel"), "admok")
        await send("/admin")
    compare(language, "\n".join(shown))


def token(effects: Effects) -> str:
    """Returns the token of the draft that the suggestions are for."""
    return effects.drafts[0].token


def compare(language: Language, text: str) -> None:
    file = SCREENS / f"owners.{language}.txt"
    if os.environ.get(WRITE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
