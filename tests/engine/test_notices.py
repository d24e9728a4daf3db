import json
from typing import get_args

import msgspec
import pytest

from engine import notices
from engine.notices import AnyNotice, FriendCame, Notice, Unreadable, kind_of, read, values_of
from engine.store.rows import compact
from stored_notices import STORED


def test_every_kind_is_among_the_stored_ones() -> None:
    assert {kind_of(each) for each in get_args(AnyNotice)} == set(STORED)


def test_the_union_holds_every_notice_of_its_module() -> None:
    defined = {each for each in vars(notices).values() if isinstance(each, type) and issubclass(each, Notice)}
    bases = {Notice, Unreadable, notices.WithdrawalNotice, notices.AdminWithdrawalNotice}
    assert defined - bases == set(get_args(AnyNotice))


@pytest.mark.parametrize("kind", STORED)
def test_a_stored_notice_is_read_and_would_be_stored_in_the_same_words(kind: str) -> None:
    notice = read(kind, json.dumps(STORED[kind]))
    assert type(notice) in get_args(AnyNotice)
    assert kind_of(type(notice)) == kind
    assert compact(values_of(notice)) == compact(STORED[kind])


class Later(FriendCame, frozen=True, tag="friend_came"):
    """A notice that got one more field."""

    through: str | None = None


def test_a_row_without_a_newer_field_is_read_and_is_still_what_its_event_tells() -> None:
    earlier = msgspec.json.decode('{"friend": "HAMID"}', type=Later)
    assert earlier == Later("HAMID")
    assert values_of(earlier) == {"friend": "HAMID"}
    assert values_of(Later("HAMID", "instagram")) == {"friend": "HAMID", "through": "instagram"}


def test_a_field_that_a_later_version_wrote_is_no_hindrance() -> None:
    assert read("friend_came", '{"friend": "HAMID", "through": "instagram"}') == FriendCame("HAMID")


@pytest.mark.parametrize(
    ("kind", "content"),
    [("eclipse", "{}"), ("friend_came", "{}"), ("friend_came", '{"friend": 5}'), ("suspended", "{"), ("suspended", "")],
)
def test_what_is_no_notice_of_this_version_is_read_as_unreadable(kind: str, content: str) -> None:
    assert read(kind, content) == Unreadable()
