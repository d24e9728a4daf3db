import pytest

from bot.kit.links import TAG_LENGTH_MAX, NoTag, clean_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("instagram", "instagram"),
        ("Instagram", "instagram"),
        ("#Instagram", "instagram"),
        (" insta-2 ", "insta-2"),
        ("کانال‌من".replace("\u200c", "_"), "کانال_من"),
        ("كانال۲", "کانال2"),
        ("x" * TAG_LENGTH_MAX, "x" * TAG_LENGTH_MAX),
    ],
)
def test_a_tag_is_a_word_of_any_script(typed: str, tag: str) -> None:
    assert clean_tag(typed) == tag


@pytest.mark.parametrize("typed", ["", "#", "two words", "a/b", "<b>", "-x", "x" * (TAG_LENGTH_MAX + 1), "😀", "a:b"])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(NoTag):
        clean_tag(typed)
