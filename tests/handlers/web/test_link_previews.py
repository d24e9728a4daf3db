"""What opens a link and is no person is led on, and is no click."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shops.clicks import ClickCounts
from handlers.web.link_previews import is_opened_by_a_person
from storefront import open_storefront

PROGRAMS = [
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0 A",
    "WhatsApp/2.2336.9 N",
    "WhatsApp/2.19.81 i",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "facebookexternalhit/1.1;line-poker/1.0",
    "Facebot/1.0",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "Twitterbot/1.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) Chrome/120 Mobile Safari/537.36 (compatible; Googlebot/2.1)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Safari/605.1.15 (Applebot/0.1)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
    "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/) Bot",
]
PEOPLE = [
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 8.0; CUBOT X18 Plus) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 8.0; CUBOT_NOTE) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36 Telegram-Android/10.2.0 (Samsung; Android 13)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0;FBBV/1;FBDV/iPhone14,2]",
    "Mozilla/5.0 (Linux; Android 12) Version/4.0 Chrome/120 Mobile Safari/537.36 Instagram 300.0.0.0 Android",
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.29",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1.15 Mobile/15E148 WhatsApp",
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]",
    "",
]


@pytest.mark.parametrize("agent", PROGRAMS)
def test_previews_and_crawlers_are_no_people(agent: str) -> None:
    assert not is_opened_by_a_person("GET", {"user-agent": agent})


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_are_people_also_inside_of_applications(agent: str) -> None:
    assert is_opened_by_a_person("GET", {"user-agent": agent})


@pytest.mark.parametrize(
    "headers",
    [
        {"purpose": "prefetch"},
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"sec-purpose": "prefetch;anonymous-client-ip"},
        {"x-purpose": "preview"},
        {"x-moz": "Prefetch"},
    ],
)
def test_a_browser_that_fetches_ahead_is_not_a_click_yet(headers: dict[str, str]) -> None:
    assert not is_opened_by_a_person("GET", headers)
    assert is_opened_by_a_person("GET", dict.fromkeys(headers, ""))


def test_whoever_asks_for_the_headers_alone_has_opened_nothing() -> None:
    assert not is_opened_by_a_person("HEAD", {"user-agent": PEOPLE[0]})


async def test_a_preview_is_led_on_and_not_counted(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for headers in ({"User-Agent": PROGRAMS[0]}, {"User-Agent": PEOPLE[0], "Sec-Purpose": "prefetch"}):
            answer = await front.web.get(f"/r/{front.nader}", headers=headers)
            assert (answer.status_code, front.nader in answer.headers["location"]) == (302, True)
        assert (await front.web.head(f"/r/{front.nader}", headers={"User-Agent": PEOPLE[0]})).status_code == 302
        counts = ClickCounts(front.stores.writer, front.stores.machine, front.clock)
        assert await counts.of(front.nader) == {}
        await front.web.get(f"/r/{front.nader}", headers={"User-Agent": PEOPLE[0]})
        assert await counts.of(front.nader) == {"": 1}
