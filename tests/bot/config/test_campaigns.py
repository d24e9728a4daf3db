"""The tables `[[campaigns]]`: words and pictures that members pass on."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ConfigError, build
from bot.config.campaigns import campaigns_of

PROGRAMME = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}


def built(tables: dict[str, Any], folder: Path = Path("/srv/shop")) -> Config:
    return build({**PROGRAMME, **tables}, {}, folder, token_needed=False)


def refused(tables: dict[str, Any]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        built(tables)
    return [str(problem) for problem in caught.value.problems]


NOWRUZ = {"id": "nowruz", "en": {"title": "Nowruz", "text": "Look: {link} ({code})"}}


def test_a_campaign_speaks_both_languages_and_its_picture_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "nowruz.png").write_bytes(b"picture")
    table = {**NOWRUZ, "picture": "nowruz.png", "products": ["case"]}
    config = built({"campaigns": [table]}, tmp_path)
    campaign = campaigns_of(config.campaigns, tmp_path)["nowruz"]
    assert (campaign.picture, campaign.picture_is_a_file) == (str(tmp_path / "nowruz.png"), True)
    assert campaign.words["fa"].filled("LINK", "CODE") == "Look: LINK (CODE)"
    assert campaign.products == ("case",)


def test_a_campaign_s_picture_may_be_an_address() -> None:
    config = built({"campaigns": [{**NOWRUZ, "picture": "https://shop.example/nowruz.png"}]})
    assert not campaigns_of(config.campaigns, config.folder)["nowruz"].picture_is_a_file


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "No wruz"}, "campaigns[1].id: expected"),
        ({"id": "nowruz"}, "campaigns: expected a different id"),
        ({"en": {}}, "campaigns[1]: expected a text"),
        ({"en": {"text": "Look!"}}, "campaigns[1].en.text: expected a text with {link}"),
        ({"en": {"text": "{link} {name}"}}, "campaigns[1].en.text: expected a text with {link}"),
        ({"en": {"text": "{link}" + "x" * 700}}, "campaigns[1].en.text: expected at most 700"),
        ({"en": {"text": "{link}", "title": "x" * 33}}, "campaigns[1].en.title: expected at most 32"),
        ({"picture": "missing.png"}, "campaigns[1].picture: expected an address, or a file"),
        ({"colour": "red"}, "campaigns[1].colour: expected no such key"),
    ],
)
def test_what_is_wrong_about_a_campaign_is_told_by_its_key(change: dict[str, Any], problem: str) -> None:
    problems = refused({"campaigns": [NOWRUZ, {**NOWRUZ, "id": "yalda", **change}]})
    assert len(problems) == 1
    assert problems[0].startswith(problem), problems


@pytest.mark.parametrize(
    "picture",
    [
        "../secret.png",
        "sub/../../secret.png",
        "linked.png",
        "linked/secret.png",
        "{outside}/secret.png",
        "round.png",
        "sub",
        "a\0b",
        "x" * 5_000,
    ],
)
def test_a_campaign_s_picture_stays_inside_the_folder(tmp_path: Path, picture: str) -> None:
    inside, outside = tmp_path / "shop", tmp_path / "outside"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    for place in (tmp_path, outside, inside / "sub"):
        (place / "secret.png").write_bytes(b"secret")
    (inside / "sub" / "own.png").write_bytes(b"picture")
    (inside / "linked.png").symlink_to(tmp_path / "secret.png")
    (inside / "linked").symlink_to(outside)
    (inside / "round.png").symlink_to(inside / "round.png")
    asked = picture.replace("{outside}", str(outside)).replace("{inside}", str(inside))
    with pytest.raises(ConfigError) as caught:
        built({"campaigns": [{**NOWRUZ, "picture": asked}]}, inside)
    assert [str(each) for each in caught.value.problems] == [
        "campaigns[0].picture: expected an address, or a file in the configuration's folder"
    ]


@pytest.mark.parametrize("picture", ["sub/own.png", "./own.png", "sub/../own.png", "alias.png", "{inside}/own.png"])
def test_a_picture_may_lie_anywhere_below_the_folder_also_by_a_link_that_stays_there(
    tmp_path: Path, picture: str
) -> None:
    inside = tmp_path / "by-a-link"
    (tmp_path / "shop" / "sub").mkdir(parents=True)
    inside.symlink_to(tmp_path / "shop")
    for place in (inside, inside / "sub"):
        (place / "own.png").write_bytes(b"picture")
    (inside / "alias.png").symlink_to("own.png")
    config = built({"campaigns": [{**NOWRUZ, "picture": picture.replace("{inside}", str(inside))}]}, inside)
    found = campaigns_of(config.campaigns, inside)["nowruz"]
    assert Path(found.picture).read_bytes() == b"picture"
