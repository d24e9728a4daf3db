"""Links for web pages and shop footers: a click is counted and led on to where the configuration says, nowhere else.

Programs that look at a link before people do (previews, crawlers, browsers that prefetch) are led on and not counted.
"""

import logging
import re
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.kit.digits import normalised
from bot.kit.languages import Language
from engine.codes import clean_link
from handlers.web.link_previews import is_opened_by_a_person
from handlers.web.services import WebServices, desk_of

TAG: Final = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
RETRY_SECONDS: Final = "30"
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_log = logging.getLogger(__name__)


async def follow(request: Request) -> Response:
    """To the bot with the member's code, or with `?to=SHOP` to that shop's page; an unknown code is told so.

    A bot that has never been told what it is called cannot lead anybody to itself yet.
    """
    desk = desk_of(request)
    if not desk.bot.username and "to" not in request.query_params:
        return Response(status_code=503, headers={"Cache-Control": "no-store", "Retry-After": RETRY_SECONDS})
    code, tag = await _meant(desk, clean_link(request.path_params["code"]), request.query_params.get("tag", ""))
    target = _target(desk, code, request.query_params.get("to")) if code is not None else None
    if code is None or target is None:
        return _unknown(desk, request)
    if is_opened_by_a_person(request.method, request.headers):
        await _count(desk, code, tag)
    return RedirectResponse(target, 302, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


async def _meant(desk: WebServices, code: str | None, tag: str) -> tuple[str | None, str]:
    """The code of a member's link, and the tag that it does not say itself.

    The own code with a tag that the member has made a link for is that link: so the friend keeps the tag.
    """
    link = await desk.links.owner_of(code) if code is not None else None
    if link is None:
        return None, ""
    tag = normalised(tag)
    tag = tag if TAG.fullmatch(tag) else ""
    made = await desk.links.tagged(link.member, tag.casefold()) if tag and link.purpose is None else None
    return (made.code, "") if made is not None else (link.code, tag)


def _target(desk: WebServices, code: str, shop: str | None) -> str | None:
    """Only what is configured: no address comes from the request."""
    if shop is None:
        return desk.bot.link(code)
    known = desk.shops.get(shop)
    return known.address(code) if known is not None else None


async def _count(desk: WebServices, code: str, tag: str) -> None:
    """A click that cannot be counted is led on all the same."""
    try:
        await desk.clicks.count(code, tag)
    except Exception:  # noqa: BLE001  the visitor is not to wait for a counter
        _log.exception("a click is not counted")


def _unknown(desk: WebServices, request: Request) -> Response:
    language = _language(request.headers.get("accept-language", ""))
    direction = "rtl" if language == "fa" else "ltr"
    ids = ("web-unknown-title", "web-unknown", "web-to-the-bot")
    title, words, way = (escape(desk.texts.plain(language, text_id)) for text_id in ids)
    page = (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>\n'
        f'<body><h1>{title}</h1><p>{words}</p><p><a href="{escape(desk.bot.home)}">{way}</a></p></body>\n</html>\n'
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return HTMLResponse(page, 404, headers=headers)


def _language(accepted: str) -> Language:
    """The first of ours that the browser names; weights aside, browsers list them best first."""
    for part in accepted.lower().split(","):
        name = part.partition(";")[0].strip().partition("-")[0]
        if name in ("fa", "en"):
            return "fa" if name == "fa" else "en"
    return "en"
