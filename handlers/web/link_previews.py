"""Tells people who open a link from programs that only fetch it: previews, crawlers, prefetching browsers."""

import re
from collections.abc import Mapping
from typing import Final

PROGRAMS: Final = re.compile(
    # Programs that call themselves a bot; CUBOT is a maker of phones.
    r"(?<!cu)bot(?![a-z])|crawler|spider|slurp|scraper"
    # Messengers and networks that show a preview of a link.
    r"|externalhit|facebookcatalog|meta-external|^whatsapp/|preview(?![a-z])|slack-imgproxy|vkshare|snap url"
    r"|pinterest/\d|embedly|iframely|quora link|outbrain|flipboardproxy|tumblr/|nuzzel|w3c_validator|mastodon/"
    r"|pleroma|misskey"
    # Google's and others' programs that do not say "bot".
    r"|mediapartners-google|apis-google|google-inspectiontool|google-read-aloud|google-pagerenderer|google-safety"
    r"|googleother|feedfetcher|google\.com/\+/web/snippet|lighthouse|headlesschrome|prerender|ia_archiver",
    re.IGNORECASE,
)
"""Matches the User-Agent of programs. An application's own browser names the application, too, and is a person's."""

PREFETCHES: Final = {
    "purpose": ("prefetch", "preview"),
    "x-purpose": ("prefetch", "preview"),
    "sec-purpose": ("prefetch", "prerender"),
    "x-moz": ("prefetch",),
}
"""Headers by which a browser says that nobody has opened the page yet, with their values."""


def is_opened_by_a_person(method: str, headers: Mapping[str, str]) -> bool:
    """Returns whether a request for a link is a click. `headers` are looked up in small letters."""
    if method != "GET" or PROGRAMS.search(headers.get("user-agent", "")):
        return False
    return not any(word in words for name, words in PREFETCHES.items() for word in _words(headers.get(name, "")))


def _words(value: str) -> list[str]:
    """Splits a header's value into words, such as the two of `prefetch;prerender`."""
    return re.findall(r"[a-z]+", value.lower())
