"""Defines the table `[brand]`: how the shop looks in posters and charts."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator

from bot.config.tables import file_within
from bot.kit.brand import COLOUR, Brand
from bot.kit.colours import LARGE_LETTERS, WHITE, contrast, parse_colour
from bot.kit.config_tables import ConfigTable
from engine.programme.errors import ProgrammeProblem

LOGO_BYTES_MAX: Final = 2_000_000
LOGO_PIXELS_MAX: Final = 16_000_000
"""4,000 x 4,000: decoded, a picture takes four bytes a pixel, however small its file is."""

_EXPECTED: Final = "a PNG or JPEG picture in the configuration's folder"


def _colour(text: str) -> str:
    colour = parse_colour(text)
    found = contrast(colour, WHITE)
    if found < LARGE_LETTERS:
        raise ValueError(
            f"a darker colour: its contrast with white is {found:.1f}, and letters are read from {LARGE_LETTERS:.1f} on"
        )
    return colour


class BrandTable(ConfigTable):
    """Configures the shop's logo, a file's path from the configuration's folder, and its colour "#rrggbb"."""

    logo: str = ""
    color: Annotated[str, AfterValidator(_colour)] = COLOUR


def brand_problems(table: BrandTable, folder: Path) -> Iterator[ProgrammeProblem]:
    """Yields what is wrong with the logo's file."""
    if table.logo:
        try:
            _check_logo(folder, table.logo)
        except ValueError as problem:
            yield ProgrammeProblem("brand.logo", str(problem))


def _check_logo(folder: Path, logo: str) -> None:
    """Reads the logo as pictures will. Raises ValueError with what was expected.

    The size of the file, then that of the picture, are looked at before anything is decoded.
    """
    from PIL import Image

    file = file_within(folder, logo)
    if file is None:
        raise ValueError(_EXPECTED)
    if (size := file.stat().st_size) > LOGO_BYTES_MAX:
        raise ValueError(f"a picture of at most {LOGO_BYTES_MAX / 1e6:.0f} MB; it has {size / 1e6:.1f}")
    try:
        with warnings.catch_warnings(action="error"), Image.open(file, formats=("PNG", "JPEG")) as picture:
            wide, high = picture.size
            if wide * high <= LOGO_PIXELS_MAX:
                picture.load()
                return
            found = f"{wide:,} x {high:,}"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        found = "far more"
    except Exception:  # noqa: BLE001  # whatever a damaged picture makes of its reader
        raise ValueError(_EXPECTED) from None
    raise ValueError(f"a picture of at most {LOGO_PIXELS_MAX:,} pixels; it has {found}")


def brand_of(table: BrandTable, folder: Path) -> Brand:
    """Returns the brand for pictures."""
    return Brand(table.color, str((folder / table.logo).resolve()) if table.logo else "")
