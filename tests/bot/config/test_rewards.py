"""What the configuration says of friends: read, checked with other tables and files, and refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ConfigError, build
from bot.config.rewards import caution_of, rewards_of, share_of
from bot.kit.friends import ReviewRules
from bot.kit.rewards import Reward, RewardWords, Split
from stores import DIRECT

TOKEN = {"token": "1:a"}
WELCOME = {"id": "welcome", "when": "coming", "percent": "10%", "en": {"title": "10% off"}}
WOO = {
    "kind": "woocommerce",
    "secret": "x" * 16,
    "url": "https://shop.example",
    "consumer_key": "ck",
    "consumer_secret": "cs",
}


def config(folder: Path, **tables: Any) -> Config:
    return build({"telegram": TOKEN, **DIRECT, **tables}, {}, folder)


def refused(folder: Path, **tables: Any) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        config(folder, **tables)
    return {problem.key: problem.expected for problem in caught.value.problems}


def test_a_reward_is_read_and_one_language_stands_in_for_the_other(tmp_path: Path) -> None:
    rewards = rewards_of(config(tmp_path, rewards=[{**WELCOME, "prefix": "HI-", "valid_days": 30}]).rewards, tmp_path)
    words = RewardWords("10% off", "")
    assert rewards == {
        "welcome": Reward(
            "welcome", "coming", "code", {"en": words, "fa": words}, percent="10%", valid_days=30, prefix="HI-"
        )
    }


def test_codes_come_from_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text("\ufeffAAAA-1\n\nBBBB_2\n", encoding="utf-8")
    read = config(tmp_path, rewards=[{**WELCOME, "codes_file": "codes.txt"}])
    assert rewards_of(read.rewards, tmp_path)["welcome"].codes == ("AAAA-1", "BBBB_2")


@pytest.mark.parametrize("content", [b"", b"AAAA\nbad code!\n", b"AAAA\naaaa\n", b"\xff\xfe\xff"])
def test_a_file_without_good_codes_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "codes.txt").write_bytes(content)
    assert list(refused(tmp_path, rewards=[{**WELCOME, "codes_file": "codes.txt"}])) == ["rewards[0].codes_file"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, rewards=[{**WELCOME, "codes_file": "none.txt"}]) == {
        "rewards[0].codes_file": "a file that can be read, with a code on each line"
    }


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"id": "share"}, "rewards[0].id"),
        ({"id": "No Id"}, "rewards[0].id"),
        ({"when": "birthday"}, "rewards[0].when"),
        ({"percent": "0%"}, "rewards[0].percent"),
        ({"percent": "101%"}, "rewards[0].percent"),
        ({"amount": 5}, "rewards[0]"),
        ({"codes": ["AAAA"], "prefix": "A"}, "rewards[0]"),
        ({"codes": ["AAAA", "aaaa"]}, "rewards[0].codes"),
        ({"codes": ["a b c d"]}, "rewards[0].codes[0]"),
        ({"en": {}}, "rewards[0]"),
        ({"en": {"title": "x" * 81}}, "rewards[0].en.title"),
        ({"kind": "text", "percent": ""}, "rewards[0]"),
        ({"kind": "text"}, "rewards[0]"),
        ({"shop": "nowhere"}, "rewards[0].shop"),
        ({"shop": "woo", "percent": ""}, "rewards[0]"),
    ],
)
def test_what_does_not_hold_together_is_refused_by_name(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    assert list(refused(tmp_path, rewards=[{**WELCOME, **changes}])) == [key]


def test_two_rewards_share_neither_their_id_nor_a_code(tmp_path: Path) -> None:
    other = {**WELCOME, "id": "other", "codes": ["AAAA"]}
    assert list(refused(tmp_path, rewards=[WELCOME, WELCOME])) == ["rewards"]
    assert list(refused(tmp_path, rewards=[{**WELCOME, "codes": ["aaaa"]}, other])) == ["rewards"]


def test_a_shop_must_be_one_that_takes_coupons(tmp_path: Path) -> None:
    reward = {**WELCOME, "shop": "woo"}
    assert config(tmp_path, rewards=[reward], shops={"woo": WOO}).rewards[0].shop == "woo"
    webhooks_alone = {"kind": "woocommerce", "secret": "x" * 16}
    assert list(refused(tmp_path, rewards=[reward], shops={"woo": webhooks_alone})) == ["rewards[0].shop"]
    share = {"budget": "14%", "step": "2%", "shop": "woo"}
    assert list(refused(tmp_path, share=share)) == ["share.shop"]


def test_the_slider_is_read(tmp_path: Path) -> None:
    share = share_of(config(tmp_path, share={"budget": "14%", "step": "2%"}).share)
    assert share is not None
    assert (len(share.splits()), share.splits()[3], share.valid_days) == (8, Split("6%", "8%"), 30)
    assert share_of(None) is None


@pytest.mark.parametrize(
    ("budget", "step"), [("14%", "0%"), ("14%", "15%"), ("14%", "0.5%"), ("0%", "2%"), ("5000", "2%"), ("14%", "")]
)
def test_a_budget_and_its_step_must_fit(tmp_path: Path, budget: str, step: str) -> None:
    assert all(key.startswith("share") for key in refused(tmp_path, share={"budget": budget, "step": step}))


def test_without_its_table_nobody_is_set_aside(tmp_path: Path) -> None:
    assert caution_of(config(tmp_path).caution) == ReviewRules(0, 0)
    assert caution_of(config(tmp_path, caution={"ring_length": 4}).caution) == ReviewRules(50, 4)
    assert list(refused(tmp_path, caution={"friends_an_hour": -1})) == ["caution.friends_an_hour"]
