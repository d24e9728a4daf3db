"""`make picture`: takes the READMEs' pictures from the tour in a headless browser."""

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
"""The scene with content on all three phones."""


async def take(name: str, lang: Language, scheme: Scheme) -> None:
    """Walks the tour up to the scene, and saves a screenshot of the window."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            running_browser() as browser,
            open_demo(Path(folder), lang) as demo,
            open_window(browser, demo.site.url, lang=lang, size=SIZE, scheme=scheme) as window,
        ):
            await Follower(window).walk(MOMENT)
            await window.page.mouse.move(0, 0)
            await asyncio.sleep(5)  # notes fade out
            shot = await window.page.screenshot()
    DOCS.mkdir(exist_ok=True)
    Image.open(BytesIO(shot)).convert("RGB").save(DOCS / name, optimize=True)
    print(f"{DOCS / name}: {(DOCS / name).stat().st_size // 1024} KB", file=sys.stderr)  # noqa: T201


async def main() -> None:
    """Takes all pictures."""
    for name, (lang, scheme) in PICTURES.items():
        await take(name, lang, scheme)


if __name__ == "__main__":
    asyncio.run(main())
