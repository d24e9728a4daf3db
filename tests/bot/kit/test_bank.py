import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.bank import (
    Destination,
    NotDigits,
    UnknownCountry,
    WrongCardNumber,
    WrongCheckDigits,
    WrongLength,
    WrongShebaLength,
    parse_destination,
)
from bot.kit.errors import UserError

SHEBA = "IR820540102680020817909002"
CARD = "6037991000000004"


@pytest.mark.parametrize(
    "text",
    [
        SHEBA,
        SHEBA.lower(),
        SHEBA[2:],
        "IR82 0540 1026 8002 0817 9090 02",
        "IR-82-0540-1026-8002-0817-9090-02",
        "۸۲۰۵۴۰۱۰۲۶۸۰۰۲۰۸۱۷۹۰۹۰۰۲",
        "\u200fIR٨٢٠٥٤٠١٠٢٦٨٠٠٢٠٨١٧٩٠٩٠٠٢\n",
    ],
)
def test_a_sheba_comes_in_many_dresses(text: str) -> None:
    assert parse_destination(text) == Destination("sheba", SHEBA, "IR82 •••• 9002")


@pytest.mark.parametrize("text", [CARD, "6037 9910 0000 0004", "۶۰۳۷-۹۹۱۰-۰۰۰۰-۰۰۰۴", "6037_9910_0000_0004"])
def test_so_does_a_card(text: str) -> None:
    assert parse_destination(text) == Destination("card", CARD, "6037 99** **** 0004")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("IR820540102680020817909003", WrongCheckDigits("IR82 •••• 9003")),
        ("IR000540102680020817909002", WrongCheckDigits("IR00 •••• 9002")),
        ("IR010540102680020817909002", WrongCheckDigits("IR01 •••• 9002")),
        ("IR990540102680020817909002", WrongCheckDigits("IR99 •••• 9002")),
        (SHEBA[:-1], WrongShebaLength(23)),
        ("IR", NotDigits()),
        (SHEBA[2:-1], WrongLength(23)),
        ("6037991000000005", WrongCardNumber("6037 99** **** 0005")),
        ("0000000000000000", WrongCardNumber("0000 00** **** 0000")),
        ("603799100000004", WrongLength(15)),
        ("DE89370400440532013000", UnknownCountry("DE")),
        ("", NotDigits()),
        ("my card", NotDigits()),
        ("IR82O540102680020817909002", NotDigits()),
        ("کارت ۶۰۳۷۹۹۱۰۰۰۰۰۰۰۰۴", NotDigits()),
    ],
)
def test_what_is_wrong_is_said_and_only_a_mask_is_echoed(text: str, error: UserError) -> None:
    with pytest.raises(UserError) as caught:
        parse_destination(text)
    assert repr(caught.value) == repr(error)


@pytest.mark.parametrize("start", ["00", "01", "99"])
def test_check_digits_that_no_iban_can_have_are_refused_though_the_sum_is_right(start: str) -> None:
    account = next(f"{number:022d}" for number in range(1000) if int(f"{number:022d}1827{start}") % 97 == 1)
    with pytest.raises(WrongCheckDigits):
        parse_destination(f"IR{start}{account}")


@given(st.integers(0, 25), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(place: int, by: int) -> None:
    number = SHEBA[2:] if place >= len(CARD) else CARD
    at = place % len(number)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    with pytest.raises((WrongCheckDigits, WrongCardNumber)):
        parse_destination(wrong)


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_check(text: str) -> None:
    try:
        destination = parse_destination(text)
    except UserError:
        return
    assert len(destination.value) in (16, 26)


def test_a_destination_in_a_log_shows_no_more_than_its_mask() -> None:
    assert repr(parse_destination(CARD)) == "Destination(card 6037 99** **** 0004)"
