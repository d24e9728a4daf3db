"""Every kind of problem with a shop's order has its own words, for the chat and for the shell."""

from __future__ import annotations

import pytest

from bot.cli.shop_problems import KINDS as ON_THE_SHELL
from bot.kit.languages import LANGUAGES, Language
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.kit.texts import LOCALE, Texts
from handlers.notices.shops import shop_problem
from handlers.shop_problem import KINDS

CONTENT = {"total": "5 EUR", "reason": "total", "recorded": "IRT", "currency": "USD", "sponsor": "K7MPQ2R"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_told_in_words_of_its_own(language: Language) -> None:
    texts, admin = Texts(LOCALE, strict=True), Person("P", 1, "Hamid", None, language, True, False)
    said = {
        kind: shop_problem(ShopProblem("woo", "7", kind, CONTENT), admin, texts)[0].params["text"]
        for kind in (*KINDS, "other")
    }
    assert len(set(said.values())) == len(said)
    assert all("woo:7" in text for text in said.values())
    assert "K7MPQ2R" in said["late_friend"]
    assert "USD" in said["currency_changed"]


def test_the_shell_knows_the_same_kinds() -> None:
    assert set(ON_THE_SHELL) == set(KINDS)
