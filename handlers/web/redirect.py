"""Redirects links of web pages and shop footers: counts a click and leads on to configured addresses only.

Programs that fetch a link before people do (previews, crawlers, prefetching browsers) are redirected and not counted.
"""

import logging
import re
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.kit.digits import normalised
from bot.kit.languages import FALLBACK, HABITS, Language, known_language
from engine.codes import clean_link
from handlers.web.link_previews import is_opened_by_a_person
from handlers.web.services import WebServices, services_of

TAG: Final = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
RETRY_SECONDS: Final = "30"
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_log = logging.getLogger(__name__)


async def follow(request: Request) -> Response:
    """Redirects to the bot with the member's code, or with `?to=SHOP` to that shop's page; an unknown code gets an
    error.

    A bot whose username is not known yet cannot redirect to itself.
    """
    services = services_of(request)
    if not services.bot.username and "to" not in request.query_params:
        return Response(status_code=503, headers={"Cache-Control": "no-store", "Retry-After": RETRY_SECONDS})
    code, tag = await _meant(services, clean_link(request.path_params["code"]), request.query_params.get("tag", ""))
    target = _target(services, code, request.query_params.get("to")) if code is not None else None
    if code is None or target is None:
        return _unknown(services, request)
    if is_opened_by_a_person(request.method, request.headers):
        await _count(services, code, tag)
    return RedirectResponse(target, 302, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


async def _meant(services: WebServices, code: str | None, tag: str) -> tuple[str | None, str]:
    """Returns the code of a member's link, and the tag if the link does not imply it.

    An own code with the tag of an additional link is replaced by that link's, so that the friend keeps the tag.
    """
    link = await services.links.owner_of(code) if code is not None else None
    if link is None:
        return None, ""
    tag = normalised(tag)
    tag = tag if TAG.fullmatch(tag) else ""
    made = await services.links.tagged(link.member, tag.casefold()) if tag and link.purpose is None else None
    return (made.code, "") if made is not None else (link.code, tag)


def _target(services: WebServices, code: str, shop: str | None) -> str | None:
    """Returns a configured address only: none is taken from the request."""
    if shop is None:
        return services.bot.link(code)
    known = services.shops.get(shop)
    return known.address(code) if known is not None else None


async def _count(services: WebServices, code: str, tag: str) -> None:
    """Counts a click; a failure does not stop the redirect."""
    try:
        await services.clicks.count(code, tag)
    except Exception:  # noqa: BLE001  a failing counter must not block the visitor
        _log.exception("click not counted")


def _unknown(services: WebServices, request: Request) -> Response:
    language = _language(request.headers.get("accept-language", ""))
    direction = "rtl" if HABITS[language].right_to_left else "ltr"
    ids = ("web-unknown-title", "web-unknown", "web-to-the-bot")
    title, words, way = (escape(services.texts.plain(language, text_id)) for text_id in ids)
    page = (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>\n'
        f'<body><h1>{title}</h1><p>{words}</p><p><a href="{escape(services.bot.home)}">{way}</a></p></body>\n</html>\n'
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return HTMLResponse(page, 404, headers=headers)


def _language(accepted: str) -> Language:
    """Returns the first supported language that the browser names; weights are ignored, as browsers list the best
    first.
    """
    for part in accepted.split(","):
        if known := known_language(part.partition(";")[0].strip()):
            return known
    return FALLBACK
