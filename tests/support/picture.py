"""`make picture`: the pictures on top of the READMEs, taken from the tour in a headless browser."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from browser import Language, Scheme, open_window, running_browser
from demo import open_demo
from tour import Follower

DOCS: Final = Path(__file__).parents[2] / "docs"
PICTURES: Final[dict[str, tuple[Language, Scheme]]] = {
    "three-phones.png": ("en", "light"),
    "three-phones.fa.png": ("fa", "light"),
}
SIZE: Final = (1360, 850)
MOMENT: Final = "read"
"""The scene in which there is something to see on all three phones."""


async def take(name: str, lang: Language, scheme: Scheme) -> None:
    """Walk the tour up to the moment, and keep what the window shows."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            running_browser() as browser,
            open_demo(Path(folder), lang) as demo,
            open_window(browser, demo.site.url, lang=lang, size=SIZE, scheme=scheme) as window,
        ):
            await Follower(window).walk(MOMENT)
            await window.page.mouse.move(0, 0)
            await asyncio.sleep(5)  # notes fade away
            shot = await window.page.screenshot()
    DOCS.mkdir(exist_ok=True)
    Image.open(BytesIO(shot)).convert("RGB").save(DOCS / name, optimize=True)
    print(f"{DOCS / name}: {(DOCS / name).stat().st_size // 1024} KB", file=sys.stderr)  # noqa: T201


async def main() -> None:
    """Take them all."""
    for name, (lang, scheme) in PICTURES.items():
        await take(name, lang, scheme)


if __name__ == "__main__":
    asyncio.run(main())
