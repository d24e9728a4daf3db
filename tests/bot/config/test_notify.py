"""`[notify]`: what members are told who have chosen nothing."""

from pathlib import Path

import pytest

from bot.config import ConfigError, build
from bot.kit.preferences import Defaults, Quiet
from chat import UNILEVEL


def test_the_defaults_of_members_are_all_in_the_configuration(tmp_path: Path) -> None:
    notify = {"digest": "daily", "hour": 7, "quiet": "23-8", "off": ["friends", "ranks"]}
    config = build({**UNILEVEL, "notify": notify}, {}, tmp_path, token_needed=False)
    assert config.notify.defaults == Defaults("daily", 7, Quiet(23, 8), frozenset({"friends", "ranks"}))


@pytest.mark.parametrize("off", [["money"], "friends", [1]])
def test_a_kind_that_there_is_not_is_refused(tmp_path: Path, off: object) -> None:
    with pytest.raises(ConfigError) as caught:
        build({**UNILEVEL, "notify": {"off": off}}, {}, tmp_path, token_needed=False)
    assert "notify.off" in str(caught.value.problems[0])
