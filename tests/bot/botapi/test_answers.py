"""What is the platform's own word, and what is somebody else's."""

import json
from typing import Any

import pytest

from bot.botapi.answers import OwnAnswer, in_words, is_result_of, own_answer

JSON = "application/json"
BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
FLOOD = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 7}}


@pytest.mark.parametrize(
    ("answer", "own"),
    [
        ({"ok": True, "result": None}, OwnAnswer(200)),
        ({"ok": True, "result": [], "description": "x"}, OwnAnswer(200)),
        (BLOCKED, OwnAnswer(403)),
        (FLOOD, OwnAnswer(429, 7)),
        (BLOCKED | {"parameters": {"migrate_to_chat_id": -100}}, OwnAnswer(403)),
        ({"ok": True}, None),
        ({"ok": False}, None),
        ({"ok": 1, "result": []}, None),
        ({"ok": "true", "result": []}, None),
        ({"ok": 0, "error_code": 403, "description": "x"}, None),
        (BLOCKED | {"error_code": "403"}, None),
        (BLOCKED | {"error_code": True}, None),
        (BLOCKED | {"error_code": 200}, None),
        (BLOCKED | {"error_code": 403.0}, None),
        (BLOCKED | {"description": None}, None),
        ({"error_code": 403, "description": "x"}, None),
        ({"ok": False, "error_code": 403}, None),
        (FLOOD | {"parameters": []}, None),
        (FLOOD | {"parameters": {"retry_after": "7"}}, None),
        (FLOOD | {"parameters": {"retry_after": -1}}, None),
        (FLOOD | {"parameters": {"retry_after": 10**18}}, None),
        (FLOOD | {"parameters": {"migrate_to_chat_id": {}}}, None),
        ({}, None),
        ([], None),
        (None, None),
        ("ok", None),
        (True, None),
    ],
)
def test_only_a_sound_answer_in_the_platforms_form_is_its_own(answer: Any, own: OwnAnswer | None) -> None:
    assert own_answer(JSON, json.dumps(answer).encode()) == own


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"<html>", b"[" * 100_000, b'{"ok":true,"result":' + b"9" * 5000 + b"}", b"NaN"]
)
def test_what_cannot_be_read_is_nobodys(content: bytes) -> None:
    assert own_answer(JSON, content) is None


def test_a_name_that_is_no_utf_8_does_not_stop_updates_and_a_refusal_like_that_is_none() -> None:
    assert own_answer(JSON, b'{"ok":true,"result":[{"update_id":1,"x":"\xff"}]}') == OwnAnswer(200)
    assert own_answer(JSON, b'{"ok":false,"error_code":403,"description":"\xff"}') is None


@pytest.mark.parametrize(
    ("content_type", "is_own"),
    [
        (JSON, True),
        ("application/json; charset=utf-8", True),
        ("APPLICATION/JSON", True),
        ("", True),
        ("text/plain", True),
        ("text/html", False),
        ("text/html; charset=utf-8", False),
        ("application/xhtml+xml", False),
        ("image/png", False),
        ("multipart/form-data", False),
    ],
)
def test_a_page_is_never_the_platforms_whatever_it_says(content_type: str, is_own: bool) -> None:
    assert (own_answer(content_type, json.dumps(BLOCKED).encode()) is not None) is is_own


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><head><title>404\n Not Found</title></head><body>long</body></html>", "404 Not Found"),
        (b"<html><style>p {}</style><body><h1>Access <b>denied</b></h1>", "Access denied"),
        (b"<html><script>steal()</script><p>Please log in</p>", "Please log in"),
        (b"", "no words"),
        (b"\x00\x1b[31m\xff", "[31m\ufffd"),
        (b"x" * 10_000, "x" * 59 + "\u2026"),
    ],
)
def test_an_answer_is_told_in_a_few_words(content: bytes, words: str) -> None:
    assert in_words(404, "text/html; charset=utf-8", content) == f"HTTP 404, text/html, {words}"


@pytest.mark.parametrize(
    ("method", "right", "wrong"),
    [
        ("getMe", [{"id": 7, "username": "shop_bot"}], [{}, True, [], {"id": 7}, {"id": "7", "username": "x"}]),
        ("getUpdates", [[], [{"update_id": 1}], [None]], [{}, None, True, ""]),
        ("getWebhookInfo", [{}, {"url": ""}], [[], None, {"url": 5}]),
        ("sendMessage", [{"message_id": 7}], [True, {}, {"message_id": True}, {"message_id": "7"}, None]),
        ("editMessageText", [{"message_id": 7}, True], [False, {}, None, 1]),
        ("answerCallbackQuery", [True], [False, None, {}, 1, "true"]),
        ("getFile", [{"file_id": "f", "file_path": "a/b"}], [{}, {"file_id": "f"}, {"file_id": "", "file_path": "a"}]),
        (
            "getStarTransactions",
            [
                {"transactions": []},
                {"transactions": [{"id": "t", "amount": 5}]},
                {"transactions": [{"id": "t", "amount": 5, "source": {"type": "user", "user": {"id": 7}}}]},
            ],
            [
                {},
                {"transactions": None},
                {"transactions": [{}]},
                {"transactions": [{"id": "t", "amount": "5"}]},
                {"transactions": [{"id": "t", "amount": 5, "source": {"type": "user"}}]},
                {"transactions": [{"id": "t", "amount": 5, "receiver": "me"}]},
            ],
        ),
        ("getMyName", [{}, None], []),
    ],
)
def test_each_method_has_results_of_its_own_shape(method: str, right: list[Any], wrong: list[Any]) -> None:
    assert all(is_result_of(method, each) for each in right)
    assert not any(is_result_of(method, each) for each in wrong)
