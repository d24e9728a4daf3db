from pathlib import Path

import pytest

from bot.kit.formatting import Choice, Count, Text
from bot.kit.texts import TextError, Texts

ENGLISH = """
hello = Hello { $name }
friends = { $count ->
    [0] no friends
    [one] a friend
   *[other] { $count } friends
}
state = { $state ->
    [paid] paid
   *[other] open
}
outer = { hello } and { friends }
only-here = here
"""
PERSIAN = """
hello = سلام { $name }
friends = { $count ->
    [0] هیچ دوستی
   *[other] دوستان: { $count }
}
state = { $state ->
    [paid] پرداخت‌شده
   *[other] باز
}
outer = { hello } و { friends }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en.ftl").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "fa.ftl").write_text(PERSIAN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("count", "en", "fa"), [(0, "no friends", "هیچ دوستی"), (1, "a friend", "دوستان: ۱")])
def test_texts_choose_by_counts(folder: Path, count: int, en: str, fa: str) -> None:
    texts = Texts(folder, strict=True)
    assert texts.render("en", "friends", count=Count(count)) == en
    assert texts.render("fa", "friends", count=Count(count)) == fa


def test_counts_are_shown_in_the_language_s_digits(folder: Path) -> None:
    texts = Texts(folder, strict=True)
    assert texts.render("fa", "friends", count=Count(12345)) == "دوستان: ۱۲٬۳۴۵"
    assert texts.render("en", "friends", count=Count(12345)) == "12,345 friends"


def test_texts_choose_by_words(folder: Path) -> None:
    assert Texts(folder, strict=True).render("fa", "state", state=Choice("paid")) == "پرداخت‌شده"


def test_a_message_takes_the_arguments_of_those_it_holds(folder: Path) -> None:
    texts = Texts(folder, strict=True)
    assert texts.variables("outer") == {"name", "count"}
    assert texts.render("en", "outer", name=Text("A"), count=Count(1)) == "Hello \u2068A\u2069 and a friend"


@pytest.mark.parametrize(
    ("message_id", "arguments", "problem"),
    [
        ("hello", {}, "missing name"),
        ("hello", {"name": Text("A"), "nam": Text("B")}, "superfluous nam"),
        ("goodbye", {}, "no such message"),
    ],
)
def test_a_strict_catalogue_refuses_what_is_asked_wrongly(
    folder: Path, message_id: str, arguments: dict[str, Text], problem: str
) -> None:
    with pytest.raises(TextError, match=problem):
        Texts(folder, strict=True).render("en", message_id, **arguments)


def test_at_run_time_a_wrong_text_is_logged_and_never_raised(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    texts = Texts(folder)
    assert texts.render("en", "hello") == "Hello …"
    assert texts.render("en", "friends") == "… friends"
    assert texts.render("en", "hello", name=Text("A"), nam=Text("B")) == "Hello \u2068A\u2069"
    assert texts.render("en", "goodbye") == "…"
    assert texts.render("fa", "only-here") == "here"
    assert len(caplog.records) == 5


def test_what_is_remembered_of_a_message_is_neither_its_values_nor_another_count(folder: Path) -> None:
    texts = Texts(folder, strict=True)
    for name in ("A", "B", "A"):
        for count, shown in ((1, "a friend"), (7, "7 friends"), (1, "a friend")):
            said = texts.render("en", "outer", name=Text(name), count=Count(count))
            assert said == f"Hello \u2068{name}\u2069 and {shown}"


def test_a_wrong_text_is_logged_each_time(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    texts = Texts(folder)
    for _ in range(3):
        texts.plain("en", "hello")
        texts.plain("en", "goodbye")
    assert len(caplog.records) == 6


ODD = """
# A comment that says hello = goodbye
-shop = the shop { $case ->
    [of] of all
   *[in] of Sara
}
greeting = Welcome to { -shop }
    hello = is no message but the second line
hello = Hello
# Between them
hello = Hello again
broken = { $name
after = It goes on
    .title = A title
"""


def test_each_message_is_found_by_its_name_wherever_else_the_name_stands(tmp_path: Path) -> None:
    for language in ("en", "fa"):
        (tmp_path / f"{language}.ftl").write_text(ODD, encoding="utf-8")
    texts = Texts(tmp_path)
    assert texts.plain("en", "hello") == "Hello", "of two with the same name the first counts"
    assert texts.plain("en", "after") == "It goes on"
    greeting = ["Welcome to the shop of Sara", "hello = is no message but the second line"]
    assert texts.plain("en", "greeting").splitlines() == greeting
    assert [each for each in ("hello", "after", "broken", "-shop", "shop", "title", "nothing") if texts.has(each)] == [
        "hello",
        "after",
    ]


def test_messages_that_hold_each_other_are_an_error_and_no_end_of_the_program(tmp_path: Path) -> None:
    for language in ("en", "fa"):
        (tmp_path / f"{language}.ftl").write_text("one = { two } { $name }\ntwo = { one }\n", encoding="utf-8")
    texts = Texts(tmp_path)
    assert texts.variables("one") == texts.variables("two") == {"name"}
    assert texts.plain("en", "one", name=Text("Sara"))
