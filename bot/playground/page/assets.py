"""Serves the page's files, with headers that keep the browser from contacting other hosts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"

# No inline code, no foreign content, no framing, and no referrer when a link is followed.
GUARDS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Defined here because a machine's own table may lack or override the newer ones.
TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
ASK_AGAIN: Final = "no-cache"  # cached, but revalidated: a changed file is seen at once, an unchanged one is a 304
KEEP: Final = "public, max-age=31536000, immutable"
KEPT_KINDS: Final = frozenset({".woff2"})


class Assets(StaticFiles):
    """Serves the folder `static`, each file with its own type, caching and security headers."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answers with a file, or with 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        suffix = Path(full_path).suffix
        response.headers.update(GUARDS)
        response.headers["Content-Type"] = TYPES.get(suffix, "application/octet-stream")
        response.headers["Cache-Control"] = KEEP if suffix in KEPT_KINDS else ASK_AGAIN
        return response


def parts() -> list[str]:
    """Returns the names of the files directly in `static`: the page loads the parts that exist."""
    return sorted(path.name for path in STATIC.iterdir() if path.is_file())
