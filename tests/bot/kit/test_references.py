import re
from random import Random

from bot.kit.references import error_reference, notice_reference


def test_an_error_has_a_short_reference_that_cannot_be_misread() -> None:
    for seed in range(50):
        assert re.fullmatch(r"E-[0-9A-HJKMNP-TV-Z]{4}", error_reference(Random(seed)))


def test_a_notice_has_the_same_reference_each_time_and_no_other_has_it() -> None:
    assert [notice_reference(number) for number in (0, 1, 31, 32, 43)] == ["N-0", "N-1", "N-Z", "N-10", "N-1B"]
    assert len({notice_reference(number) for number in range(5000)}) == 5000
