"""Without Chromium a test of pages is skipped with its reason, and fails where a browser was promised."""

from __future__ import annotations

import pytest

from browser import NEEDED, chromium


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for name in NEEDED:
        monkeypatch.delenv(name, raising=False)


def test_it_is_skipped_with_the_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="no Chromium here: apt install chromium"):
        chromium()


@pytest.mark.parametrize("name", NEEDED)
def test_it_fails_where_a_browser_is_needed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(pytest.fail.Exception, match="no Chromium here"):
        chromium()
