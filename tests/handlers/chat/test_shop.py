"""/shop: a token that can be typed, for one account and one day."""

from pathlib import Path

from chat import buttons_of, open_chat, texts_of
from engine.codes import clean_token


async def test_a_token_is_shown_to_copy_and_kept_for_the_shop(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        for language in ("en", "fa"):
            sara = await chat.arrive("Sara", language=language)
            effects = await chat.send(sara, "/shop")
            (token,) = [each for each in buttons_of(effects.outgoing[0]).values() if clean_token(each) == each]
            assert token in texts_of(effects)[0]
            assert (chat.drafts.kept[token].kind, chat.drafts.kept[token].person) == ("shop", sara.id)


async def test_each_time_it_is_another_token(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        await chat.send(sara, "/shop")
        await chat.send(sara, "/shop")
        assert len(chat.drafts.kept) == 2
