"""The table `[brand]`: what a logo and a colour may be, and what is said of one that is not."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PIL import Image

from bot.config import Config, ConfigError, build
from bot.config.brand import LOGO_BYTES_MAX, brand_of
from bot.kit.brand import Brand

PROGRAMME: dict[str, Any] = {
    "program": {"currency": "IRT", "timezone": "Asia/Tehran"},
    "ranks": [{"id": "base", "commission": "20%"}],
    "plan": {"kind": "direct"},
}
EXPECTED = "brand.logo: expected a PNG or JPEG picture in the configuration's folder"


def built(brand: dict[str, Any], folder: Path) -> Config:
    return build({"brand": brand, **PROGRAMME}, {}, folder, token_needed=False)


def refusal(brand: dict[str, Any], folder: Path) -> str:
    with pytest.raises(ConfigError) as refused:
        built(brand, folder)
    (problem,) = refused.value.problems
    return str(problem)


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#b3123f").save(file, "PNG")
    return file.getvalue()


def claimed(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels, and has none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_without_the_table_the_look_is_the_bot_s_own(tmp_path: Path) -> None:
    assert brand_of(built({}, tmp_path).brand, tmp_path) == Brand()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_logo_and_colour_are_read_and_the_logo_is_looked_for_beside_the_file(kind: str, tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    Image.new("RGB", (40, 20)).save(tmp_path / "art" / "logo", kind)
    table = built({"logo": "art/logo", "color": "#B3123F"}, tmp_path).brand
    assert brand_of(table, tmp_path) == Brand("#b3123f", str(tmp_path / "art" / "logo"))


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        (
            "#ffee00",
            "brand.color: expected a darker colour: its contrast with white is 1.2, and letters are read from 3.0 on",
        ),
        ("#ffffff", "its contrast with white is 1.0"),
        ("#ff8c00", "its contrast with white is 2.3"),
        ("red", 'brand.color: expected a colour such as "#2f6fbf"'),
        ("#12", 'brand.color: expected a colour such as "#2f6fbf"'),
    ],
)
def test_a_colour_on_which_nothing_can_be_read_is_refused_with_its_contrast(
    colour: str, said: str, tmp_path: Path
) -> None:
    assert said in refusal({"color": colour}, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
        png()[:60],
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"\xff\xd8\xff\xe0 not quite",
        claimed(100, 100),
    ],
)
def test_what_is_no_whole_png_or_jpeg_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    assert refusal({"logo": "logo.png"}, tmp_path) == EXPECTED


@pytest.mark.parametrize("name", ["missing.png", ".", "../logo.png", "/etc/hostname", "link.png", "nul\0.png"])
def test_what_is_no_file_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "logo.png").write_bytes(png())
    (home / "link.png").symlink_to(tmp_path / "logo.png")
    assert refusal({"logo": name}, home) == EXPECTED


def test_twenty_megabytes_are_refused_at_once_with_their_size(tmp_path: Path) -> None:
    with (tmp_path / "logo.png").open("wb") as file:
        file.write(png())
        file.truncate(20_000_000)
    begun = monotonic()
    assert refusal({"logo": "logo.png"}, tmp_path) == "brand.logo: expected a picture of at most 2 MB; it has 20.0"
    assert monotonic() - begun < 2


def test_a_small_file_that_would_be_huge_is_not_decoded(tmp_path: Path) -> None:
    for wide, high, said in (
        (5_000, 4_000, "5,000 x 4,000"),
        (10_000, 10_000, "far more"),  # from here on the library warns, then refuses, itself
        (60_000, 60_000, "far more"),
    ):
        content = claimed(wide, high)
        assert len(content) < LOGO_BYTES_MAX
        (tmp_path / "logo.png").write_bytes(content)
        wanted = f"brand.logo: expected a picture of at most 16,000,000 pixels; it has {said}"
        assert refusal({"logo": "logo.png"}, tmp_path) == wanted


def test_a_key_that_is_none_is_named(tmp_path: Path) -> None:
    assert refusal({"colour": "#b3123f"}, tmp_path).startswith("brand.colour: expected")
