"""The library's page as a document: what there is, newest first, and how to subscribe."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.pages import manifest, parsed, texts

from narrate.core.article import Metadata
from narrate.core.file_names import COVER, PAGE
from narrate.core.settings.loading import Podcast
from narrate.episode.manifest import Manifest
from narrate.publish.library_page import app_links, library_page

ABOUT = Podcast("Kitchen Radio", "Long reads.\nFor Anna.", "Ben")
FEED = "https://example.com/pod/feed.xml"


def page(*episodes: Manifest, about: Podcast = ABOUT, **more: Any) -> Any:
    """A parsed page of some episodes."""
    return parsed(library_page(about, episodes, **more))


def test_episodes_are_listed_newest_first() -> None:
    """Each title leads to its page, whatever the order in which they are given."""
    root = page(manifest(1, title="Old"), manifest(3, title="New & <b>"), manifest(2, title="Between"))

    assert texts(root, "//h2") == ["New & <b>", "Between", "Old"]
    assert root.xpath("//h2/a/@href") == [f"./episode-{number}.page.html" for number in (3, 2, 1)]
    assert "3 episodes, 3 min" in root.xpath("string(//*[@id='list-title'])")


def test_an_episode_without_a_page_leads_to_its_sound() -> None:
    """There is always something to hear."""
    root = page(manifest(1, name="a b.mp3"), manifest(0, name="c #1.mp3", sidecars=()))

    assert root.xpath("//h2/a/@href") == ["./a%20b.page.html", "./c%20%231.mp3"]


def test_facts_stand_under_each_title() -> None:
    """Author, site, day and length; the day it was published, else the day it came into the library."""
    meta = Metadata(author="Anna", site="The Daily", published=date(2024, 10, 8))
    root = page(manifest(2, meta=meta, duration_ms=3_720_000), manifest(1))

    assert texts(root, "//li//p") == ["Anna · The Daily · 2024-10-08 · 1 h 2 min", "2026-01-01 · 1 min"]


def test_covers_are_loaded_when_they_come_into_view() -> None:
    """An episode without one leaves its place empty."""
    root = page(manifest(2, sidecars=(PAGE, COVER)), manifest(1), cover_name="feed.cover.jpg")

    assert root.xpath("//li/img/@src") == ["./episode-2.cover.jpg"]
    assert root.xpath("//li/img/@loading") == ["lazy"]
    assert root.xpath("//header/img/@src") == ["./feed.cover.jpg"]


def test_titles_keep_their_own_language() -> None:
    """An Arabic title runs from right to left on an English page."""
    root = page(manifest(1, title="سلام", language="ar"), language="en")

    assert root.xpath("//h2/a/@lang") == ["ar"]
    assert root.xpath("//h2/a/@dir") == ["rtl"]
    assert root.get("lang") == "en"


def test_a_feed_can_be_subscribed_to() -> None:
    """Its address stands there to copy, is announced in the head, and opens apps."""
    root = page(manifest(1), feed_url=FEED)

    assert root.xpath("//link[@rel='alternate']/@href") == [FEED]
    assert root.xpath("//link[@rel='alternate']/@type") == ["application/rss+xml"]
    assert root.xpath("//input[@id='feed']/@value") == [FEED]
    assert root.xpath("//ul[@class='apps']//a/@href") == [address for _, address in app_links(FEED)]


def test_without_a_feed_nobody_is_asked_to_subscribe() -> None:
    """Neither to nothing, nor to what is no address of the web."""
    for feed_url in ("", "javascript:alert(1)"):
        root = page(manifest(1), feed_url=feed_url)
        assert not root.xpath("//*[@id='subscribe']")
        assert not root.xpath("//link[@rel='alternate']")


def test_apps_are_given_the_address_as_they_take_it() -> None:
    """Without its scheme, or as a parameter; AntennaPod's own scheme stands for http."""
    assert dict(app_links("https://example.com/p/feed.xml?a=1&b")) == {
        "Apple Podcasts": "podcast://example.com/p/feed.xml?a=1&b",
        "AntennaPod": "https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fexample.com%2Fp%2Ffeed.xml%3Fa%3D1%26b",
        "Podcast Addict": "podcastaddict://example.com/p/feed.xml?a=1&b",
        "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.com%2Fp%2Ffeed.xml%3Fa%3D1%26b",
        "Pocket Casts": "pktc://subscribe/example.com/p/feed.xml?a=1&b",
    }
    assert dict(app_links("http://example.com/feed.xml"))["AntennaPod"] == "antennapod-subscribe://example.com/feed.xml"


@pytest.mark.parametrize(
    "host", ["192.168.1.7:8000", "10.0.0.2", "127.0.0.1:8000", "[fd00::1]:8000", "localhost:1", "pi.local", "nas"]
)
def test_apps_that_fetch_through_their_servers_are_left_out_at_home(host: str) -> None:
    """They cannot reach an address of this network, and the page says so."""
    feed_url = f"http://{host}/feed.xml"

    assert [name for name, _ in app_links(feed_url)] == ["Apple Podcasts", "AntennaPod", "Podcast Addict"]
    assert "this network only" in page(manifest(1), feed_url=feed_url).xpath("string(//*[@id='subscribe'])")


def test_a_short_list_needs_no_filter() -> None:
    """A long one has one."""
    assert not page(*map(manifest, range(11))).xpath("//input[@id='filter']")
    assert page(*map(manifest, range(12))).xpath("//input[@id='filter']")


def test_an_empty_library_says_so() -> None:
    """In words, and without a list."""
    root = page()

    assert texts(root, "//p[@class='nothing']") == ["There are no episodes here yet."]
    assert not root.xpath("//ol")


@given(st.text(max_size=60) | st.sampled_from(("</style>", "</script>", '"><img src=x onerror=y>', "$title", "{0}")))
def test_nothing_gets_out_of_its_place(text: str) -> None:
    """Whatever a podcast or an episode is called, and whatever a file is named."""
    meta = Metadata(author=text, site=text)
    episode = manifest(1, title=text, meta=meta, language=text, sidecars=(PAGE, COVER))
    written = library_page(Podcast(text, text, text), [episode], feed_url=FEED, cover_name=text, language=text)
    root = parsed(written)

    written.encode()
    assert len(root.xpath("//script")) == len(root.xpath("//style")) == 1
    assert not root.xpath("//@onerror")
    assert all(address.startswith("./") for address in root.xpath("//@src"))


def test_three_hundred_episodes_are_a_small_page() -> None:
    """It is read in an instant, and pictures come later."""
    written = library_page(ABOUT, [manifest(number, sidecars=(PAGE, COVER)) for number in range(300)])

    assert len(written) < 200_000
    assert len(re.findall("<li>", written)) == 300
