"""Decides on access: from the loopback by the requested host name, from elsewhere by the key.

Any website could make a browser send requests to a loopback address, or point its own name at this machine. So the
requested host is checked, and so is the site that a changing request comes from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.api import json_answer

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK_NAMES: Final = frozenset({"localhost", "localhost.localdomain"})
OWN_SITE: Final = frozenset({"same-origin", "none"})
KEY: Final = "key"


def is_loopback(host: str) -> bool:
    """Returns whether a host name or address, in brackets or not, is the loopback."""
    name = host.strip("[]").lower()
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name in LOOPBACK_NAMES


@dataclass(frozen=True, slots=True)
class Door:
    """Checks a request: the key where there is one, else that it names the loopback. `token` is the bot's."""

    token: str
    key: str | None = None

    def refuses(self, scope: Scope) -> str | None:
        """Returns why a request is refused; None where it is permitted."""
        if self._is_the_bots(scope["path"]):
            return None
        headers = Headers(scope=scope)
        if self.key is None:
            if not is_loopback(_name(headers.get("host", ""))):
                return "this address is not the demo's"
        elif not self._has_key(scope, headers):
            return "the key is missing: open the address as it was printed"
        if scope["method"] not in READING and not _is_own_site(headers):
            return "another site may not do this"
        return None

    def _is_the_bots(self, path: str) -> bool:
        """Returns whether the path contains the bot's token, which is as good as a key."""
        return path.startswith((f"/bot{self.token}/", f"/file/bot{self.token}/"))

    def _has_key(self, scope: Scope, headers: Headers) -> bool:
        shown = [*_keys_in_query(scope), *_keys_in_cookie(headers, self.cookie)]
        return any(secrets.compare_digest(each.encode(), str(self.key).encode()) for each in shown)

    @property
    def cookie(self) -> str:
        """Returns the cookie's name. Cookies ignore ports, so two demos on a machine need two names."""
        return f"moaref_demo_{self.token.rpartition(':')[2][:8]}"


class Guard:
    """Passes permitted requests to the application behind it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 403 to forbidden requests; stores the key in a browser that sent it."""
        reason = self._door.refuses(scope)
        if reason is not None:
            await json_answer({"ok": False, "error": reason}, 403)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _add_headers(self, headers: MutableHeaders, scope: Scope) -> None:
        headers["Referrer-Policy"] = "no-referrer"  # the key is in the URL
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if self._door.key is not None and self._door.key in _keys_in_query(scope):
            cookie = f"{self._door.cookie}={self._door.key}; Path=/; HttpOnly; SameSite=Strict"
            headers.append("Set-Cookie", cookie)


def _name(host_header: str) -> str:
    """Returns the host of a Host header, without its port."""
    try:
        return urlsplit(f"//{host_header}").hostname or ""
    except ValueError:
        return ""


def _is_own_site(headers: Headers) -> bool:
    """Returns whether a browser states that the request is from our own page; other clients state nothing."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in OWN_SITE:
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _keys_in_query(scope: Scope) -> list[str]:
    return parse_qs(scope["query_string"].decode("latin-1")).get(KEY, [])


def _keys_in_cookie(headers: Headers, name: str) -> list[str]:
    try:
        cookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return []
    return [cookie[name].value] if name in cookie else []
