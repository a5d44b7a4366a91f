"""The feed, as two parsers of podcasts and a parser of XML read it."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manifests import ADDED, days_later, manifest

from narrate import __version__
from narrate.core.article import Block, Metadata
from narrate.core.chapters import Span
from narrate.core.errors import ConfigError
from narrate.core.settings.loading import Podcast
from narrate.episode.manifest import Filed, Manifest, Passage
from narrate.publish.feed import feed_language, feed_xml, kept, podcast_guid
from narrate.publish.rss import NAMESPACES, allowed

BASE = "https://example.org/my%20pods/"

TITLES = (
    "A Light at Sea",
    "Ярмарка & “Fair” 🎡",
    "東京の朝、あるいは夜",
    "اَلْعَرَبِيَّةُ فِي الْبَحْرِ",
    "AT&T’s \"quoted\" 'single' titles",
    "]]> & <![CDATA[",
    "a < b && c > d",
    "100% &amp; &lt;escaped&gt; &#39;twice&#39;",
    "👩‍👩‍👧‍👦 Cafe\N{COMBINING ACUTE ACCENT} — naïve",
    "<script>alert(1)</script>",
)

TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json"}

# The name by which podcastparser knows the namespace, and which is the same one
# (https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md).
ALIAS = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def episode(number: int, **others: Any) -> Manifest:
    """An episode with everything that a feed can tell of, each a little different."""
    title = TITLES[number % len(TITLES)]
    stem = f"{number}-{title[:20].translate(dict.fromkeys(map(ord, '/<>')))}"
    endings = (*TRANSCRIPTS, ".chapters.json", ".cover.jpg", ".page.html")
    words = random.Random(number).choices(("light", "sea", "&", "море", "<b>", "]]>", "夜"), k=number % 40)
    fields = {
        "guid": f"guid & {number}",
        "language": ("en-GB", "ru", "en-GB")[number % 3],
        "added": ADDED + timedelta(hours=number),
        "duration_ms": 61_400 + 1000 * number,
        "sidecars": {ending: Filed(stem + ending, 7, "b") for ending in endings},
        "meta": Metadata(author=f"Anna & Bo {number}", url=f"https://example.net/{number}?x=1&y=ж", site="The Light"),
        "chapters": (Span("A & <b>", 0, 21_500), Span("Ночь", 21_500, 61_400)),
        "text": (
            Passage(Block("title", title)),
            Passage(Block("heading", "Day", 2)),
            Passage(Block("paragraph", " ".join(("Number", *words)))),
        ),
    }
    made = manifest(stem, title, **fields)
    return replace(made, **{"audio": Filed(f"{stem}.mp3", 1000 + number, "a"), **others})


EPISODE = episode(1)


def tree(xml: bytes) -> Any:
    """The feed's channel."""
    channel = ElementTree.fromstring(xml).find("channel")
    assert channel is not None
    return channel


def texts(parent: Any, path: str) -> list[str]:
    return [found.text for found in parent.findall(path, NAMESPACES)]


def attributes(parent: Any, path: str) -> list[dict[str, str]]:
    return [found.attrib for found in parent.findall(path, NAMESPACES)]


def channel_of(podcast: Podcast, episodes: Sequence[Manifest] = (), **others: Any) -> Any:
    return tree(feed_xml(podcast, episodes, **{"base_url": BASE, **others}))


def item_of(made: Manifest, podcast: Podcast | None = None) -> Any:
    return channel_of(podcast or Podcast(), [made]).find("item")


def words_of(made: Manifest) -> str:
    """An episode's one paragraph in HTML."""
    return escape(made.text[-1].block.text, quote=False)


def url_of(file: Filed) -> str:
    return BASE + quote(file.name, safe="")


@pytest.mark.parametrize("count", [1, 3, 300])
def test_podcastparser_reads_every_field(count: int) -> None:
    """Each is what the manifest says, for titles in all scripts."""
    episodes = [episode(number) for number in range(count)]
    xml = feed_xml(Podcast(title=TITLES[1]), episodes, base_url=BASE)
    found = podcastparser.parse(
        f"{BASE}feed.xml", io.BytesIO(xml.replace(NAMESPACES["podcast"].encode(), ALIAS.encode()))
    )

    assert found["title"] == TITLES[1]
    assert found["cover_url"] == f"{BASE}feed.cover.jpg"
    assert (found["explicit"], found["type"], found["import_prohibited"]) == (False, "episodic", True)
    assert len(found["episodes"]) == count
    for one, made in zip(found["episodes"], reversed(episodes), strict=True):
        assert one["title"] == made.title
        assert one["guid"] == made.guid
        assert one["link"] == (made.meta.url or "").replace("ж", "%D0%B6")
        assert one["published"] == made.added.timestamp()
        assert one["total_time"] == round(made.duration_ms / 1000)
        assert one["enclosures"] == [
            {"url": url_of(made.audio), "file_size": made.audio.size_bytes, "mime_type": "audio/mpeg"}
        ]
        assert one["episode_art_url"] == url_of(made.sidecars[".cover.jpg"])
        assert one["chapters_json_url"] == url_of(made.sidecars[".chapters.json"])
        assert one["transcript_url"] in [url_of(made.sidecars[ending]) for ending in TRANSCRIPTS]
        assert one["chapters"] == [{"start": 0, "title": "A & <b>"}, {"start": 21, "title": "Ночь"}]
        assert one["itunes_author"] == made.meta.author
        assert [(who["name"], who["role"], who["group"]) for who in one["persons"]] == [
            (made.meta.author, "author", "writing")
        ]
        assert (one["explicit"], one["type"]) == (False, "full")
        assert one["description_html"].endswith(f"<h3>Day</h3>\n<p>{words_of(made)}</p>")


@pytest.mark.parametrize("count", [1, 3, 300])
def test_feedparser_reads_every_field(count: int) -> None:
    """Another parser reads every field and finds nothing to complain of."""
    episodes = [episode(number) for number in range(count)]
    podcast = Podcast(
        title=TITLES[4], author="Me & Co.", description="All & <everything>.", category="News > Tech News"
    )
    found = feedparser.parse(
        feed_xml(podcast, episodes, base_url=BASE), sanitize_html=False, resolve_relative_uris=False
    )

    assert not found.bozo
    assert (found.version, found.encoding) == ("rss20", "utf-8")
    assert (found.feed.title, found.feed.author) == (TITLES[4], "Me & Co.")
    assert found.feed.subtitle == "All & <everything>."
    assert (found.feed.language, found.feed.link) == ("en-GB", BASE)
    assert found.feed.image.href == f"{BASE}feed.cover.jpg"
    assert [tag.term for tag in found.feed.tags] == ["News", "Tech News"]
    assert len(found.entries) == count
    for one, made in zip(found.entries, reversed(episodes), strict=True):
        assert one.title == made.title
        assert (one.id, one.guidislink) == (made.guid, False)
        assert one.link == (made.meta.url or "").replace("ж", "%D0%B6")
        assert one.author == made.meta.author
        assert datetime(*one.published_parsed[:6], tzinfo=UTC) == made.added
        [enclosure] = one.enclosures
        assert (enclosure.href, enclosure.type) == (url_of(made.audio), "audio/mpeg")
        assert int(enclosure.length) == made.audio.size_bytes
        assert int(one.itunes_duration) == round(made.duration_ms / 1000)
        assert one.image.href == url_of(made.sidecars[".cover.jpg"])
        assert one.podcast_chapters["url"] == url_of(made.sidecars[".chapters.json"])
        assert one.itunes_explicit is None  # its word for "no warning"
        assert one.podcast_transcript in [
            {"url": url_of(made.sidecars[ending]), "type": kind, "language": made.language, "rel": "captions"}
            for ending, kind in TRANSCRIPTS.items()
        ]
        assert [(mark.start_parsed.total_seconds(), mark.title) for mark in one.psc_chapters.chapters] == [
            (chapter.start_ms / 1000, chapter.title) for chapter in made.chapters
        ]
        assert one.summary.startswith('<p>Originally published at <a href="https://example.net/')
        assert one.summary.endswith(f"<p><strong>Day</strong></p>\n<p>{words_of(made)}</p>")
        assert one.content[0].value.endswith(f"<h3>Day</h3>\n<p>{words_of(made)}</p>")


@pytest.mark.parametrize("count", [0, 1, 3, 300])
def test_a_feed_read_and_written_again_is_the_same_tree(count: int) -> None:
    """The standard library finds the same tags, texts and attributes in what it writes itself."""
    xml = feed_xml(Podcast(), [episode(number) for number in range(count)], base_url=BASE)
    root = ElementTree.fromstring(xml)
    again = ElementTree.fromstring(ElementTree.tostring(root))

    assert [(one.tag, one.text, one.attrib) for one in again.iter()] == [
        (one.tag, one.text, one.attrib) for one in root.iter()
    ]
    assert len(root.findall("channel/item")) == count


def test_the_channel_says_all_that_is_asked_for() -> None:
    """Every tag that PSP-1 and Apple require or recommend."""
    podcast = Podcast(
        title="Letters & Lights",
        description="One.\nTwo.",
        author="Anna Berg",
        email="anna@example.org",
        category="kids & family > Stories for kids",
        language="de",
        explicit=True,
        copyright="Anna Berg",
        link="https://bücher.example/",
        locked=False,
    )
    channel = channel_of(podcast, [EPISODE])

    assert attributes(channel, "atom:link") == [
        {"href": f"{BASE}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    assert {name: texts(channel, name) for name in ("title", "link", "description", "language", "copyright")} == {
        "title": ["Letters & Lights"],
        "link": ["https://xn--bcher-kva.example/"],
        "description": ["One.\nTwo."],
        "language": ["de"],
        "copyright": ["Anna Berg"],
    }
    assert texts(channel, "image/*") == [f"{BASE}feed.cover.jpg", "Letters & Lights", "https://xn--bcher-kva.example/"]
    assert attributes(channel, "itunes:image") == [{"href": f"{BASE}feed.cover.jpg"}]
    assert attributes(channel, "itunes:category") == [{"text": "Kids & Family"}]
    assert attributes(channel, "itunes:category/itunes:category") == [{"text": "Stories for Kids"}]
    assert texts(channel, "itunes:owner/*") == ["Anna Berg", "anna@example.org"]
    assert texts(channel, "itunes:author") == ["Anna Berg"]
    assert texts(channel, "itunes:explicit") == texts(channel, "item/itunes:explicit") == ["true"]
    assert texts(channel, "itunes:type") == ["episodic"]
    assert texts(channel, "podcast:locked") == ["no"]
    assert attributes(channel, "podcast:locked") == [{"owner": "anna@example.org"}]
    assert texts(channel, "podcast:medium") == ["podcast"]
    assert texts(channel, "podcast:guid") == [podcast_guid("example.org/my%20pods/feed.xml")]
    assert texts(channel, "generator") == [f"narrate {__version__}"]
    assert texts(channel, "pubDate") == texts(channel, "lastBuildDate") == ["Fri, 02 Jan 2026 04:04:05 GMT"]


def test_what_nobody_said_is_left_out_or_has_a_sensible_value() -> None:
    """A podcast without any settings is a whole one."""
    channel = channel_of(Podcast(title=" "))

    assert texts(channel, "title") == texts(channel, "itunes:author") == ["Articles, read aloud"]
    assert texts(channel, "link") == [BASE]
    assert texts(channel, "language") == ["en"]
    assert texts(channel, "description")[0].startswith("Articles to listen to")
    for absent in ("copyright", "itunes:owner", "pubDate", "lastBuildDate", "item"):
        assert channel.find(absent, NAMESPACES) is None
    assert attributes(channel, "podcast:locked") == [{}]


def test_the_default_description_is_in_the_podcasts_language() -> None:
    """As far as it is known."""
    assert texts(channel_of(Podcast(language="de-AT")), "description")[0].startswith("Artikel zum Anhören")
    assert texts(channel_of(Podcast(language="ja")), "description")[0].startswith("Articles to listen to")


@pytest.mark.parametrize(
    ("said", "languages", "expected"),
    [
        ("", (), "en"),
        ("", ("ru", "de", "ru"), "ru"),
        ("", ("de", "ru"), "de"),
        ("pt-BR", ("ru",), "pt-BR"),
    ],
)
def test_the_language_is_that_of_most_episodes(said: str, languages: tuple[str, ...], expected: str) -> None:
    """Unless the podcast says another."""
    episodes = [manifest(str(number), language=language) for number, language in enumerate(languages)]
    assert feed_language(Podcast(language=said), episodes) == expected


def test_an_item_tells_of_every_file_and_how_to_read_it() -> None:
    """Transcripts in three types, chapters beside the feed and in it."""
    item = item_of(EPISODE)

    assert attributes(item, "podcast:transcript") == [
        {"url": url_of(EPISODE.sidecars[ending]), "type": kind, "language": "ru", "rel": "captions"}
        for ending, kind in TRANSCRIPTS.items()
    ]
    assert attributes(item, "podcast:chapters") == [
        {"url": url_of(EPISODE.sidecars[".chapters.json"]), "type": "application/json+chapters"}
    ]
    assert attributes(item, "psc:chapters") == [{"version": "1.2"}]
    assert attributes(item, "psc:chapters/psc:chapter") == [
        {"start": "00:00:00.000", "title": "A & <b>"},
        {"start": "00:00:21.500", "title": "Ночь"},
    ]
    assert attributes(item, "guid") == [{"isPermaLink": "false"}]
    assert texts(item, "itunes:title") == [EPISODE.title]
    assert texts(item, "itunes:episodeType") == ["full"]


def test_only_files_that_are_there_are_told_of() -> None:
    """An episode that is only a sound has no dead links; its link is the podcast's."""
    item = item_of(replace(EPISODE, sidecars={}, chapters=(), meta=Metadata(), text=()))

    tags = "title title link guid pubDate description enclosure duration explicit episodeType"
    assert " ".join(one.tag.rpartition("}")[2] for one in item) == tags
    assert texts(item, "link") == [BASE]
    assert texts(item, "description") == [f"<p>{escape(EPISODE.title, quote=False)}</p>"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.net/a", "http://example.net/a"),
        ("file:///home/anna/a.md", url_of(EPISODE.sidecars[".page.html"])),
        ("javascript:alert(1)", url_of(EPISODE.sidecars[".page.html"])),
        (None, url_of(EPISODE.sidecars[".page.html"])),
    ],
)
def test_an_item_links_to_the_article_or_else_to_its_page(url: str | None, expected: str) -> None:
    """Only addresses of the web are for others."""
    assert texts(item_of(replace(EPISODE, meta=Metadata(url=url))), "link") == [expected]


@pytest.mark.parametrize(("duration_ms", "expected"), [(0, "1"), (1499, "1"), (1501, "2"), (3_600_000, "3600")])
def test_durations_are_whole_seconds(duration_ms: int, expected: str) -> None:
    """Of which there is at least one: apps take 0 for not known."""
    assert texts(item_of(replace(EPISODE, duration_ms=duration_ms)), "itunes:duration") == [expected]


def test_media_types_have_no_parameters() -> None:
    """Apple compares them letter by letter."""
    made = replace(EPISODE, media_type="audio/ogg; codecs=opus", audio=Filed("a.opus", 5, "c"))
    assert attributes(item_of(made), "enclosure") == [{"url": f"{BASE}a.opus", "length": "5", "type": "audio/ogg"}]


@pytest.mark.parametrize(("notes", "has_text", "has_content"), [("article", 1, 1), ("summary", 1, 0), ("none", 0, 0)])
def test_notes_hold_as_much_as_the_podcast_wants(notes: str, has_text: bool, has_content: bool) -> None:
    """The source and the chapters always; apps show content:encoded first, so it is there for whole articles only."""
    words = Passage(Block("paragraph", "море & <sea> " * 1000))
    item = item_of(replace(EPISODE, text=(words,)), Podcast(notes=notes))
    [description] = texts(item, "description")

    assert "https://example.net/1?x=1&amp;y=%D0%B6" in description
    assert "<p>00:00:21 Ночь</p>" in description
    assert ("море" in description) is bool(has_text)
    assert bool(texts(item, "content:encoded")) is bool(has_content)
    assert len(description.encode()) <= {"article": 4000, "summary": 1500, "none": 500}[notes]


def test_notes_that_are_no_longer_in_full_are_given_once() -> None:
    """Apps without content:encoded take the description."""
    item = item_of(replace(EPISODE, text=(Passage(Block("paragraph", "Short.")),)))
    assert texts(item, "description")[0].endswith("<p>Short.</p>")
    assert texts(item, "content:encoded") == []


def test_long_values_are_cut_to_what_is_allowed() -> None:
    """255 characters of a title, 4000 bytes of a description."""
    channel = channel_of(Podcast(title="т" * 300, description="слово " * 2000), [replace(EPISODE, title="т" * 300)])

    assert texts(channel, "title") == texts(channel, "item/title") == ["т" * 254 + "…"]
    [description] = texts(channel, "description")
    assert 3980 <= len(description.encode()) <= 4000
    assert description.endswith("слово …")


@pytest.mark.parametrize("base", ["https://example.org/my%20pods", "https://example.org/my pods//", BASE])
def test_the_address_may_end_in_a_slash_or_not(base: str) -> None:
    """The feed is the same."""
    assert feed_xml(Podcast(), [EPISODE], base_url=base) == feed_xml(Podcast(), [EPISODE], base_url=BASE)


def test_names_of_files_are_encoded() -> None:
    """Addresses are ASCII, whatever a file is called."""
    name = "a b#c?d&e%20\N{SMILING FACE WITH OPEN MOUTH}ж+(1).mp3"
    made = replace(EPISODE, audio=Filed(name, 1, "a"))
    [enclosure] = attributes(item_of(made), "enclosure")

    assert enclosure["url"] == f"{BASE}a%20b%23c%3Fd%26e%2520%F0%9F%98%83%D0%B6%2B%281%29.mp3"


def test_the_newest_stand_first_in_any_order_given() -> None:
    """Those of one second too have an order of their own, so that the feed's bytes never change without a reason."""
    episodes = [episode(1), episode(2), *(replace(episode(n), added=ADDED, guid=str(n)) for n in (5, 4, 3))]
    feeds = {feed_xml(Podcast(), random.Random(seed).sample(episodes, 5), base_url=BASE) for seed in range(8)}

    assert len(feeds) == 1
    assert texts(tree(feeds.pop()), "item/guid") == ["guid & 2", "guid & 1", "5", "4", "3"]


def test_the_guid_follows_from_the_feeds_address() -> None:
    """By the specification's own examples; scheme and slashes at the end make no difference."""
    assert podcast_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert podcast_guid("http://podnews.net/rss//") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert podcast_guid("mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_a_podcast_that_has_moved_keeps_its_guid() -> None:
    """The one it was given first is for life."""
    guid = "917393E3-1b1e-5cef-ace4-edaa54e1f810"
    assert texts(channel_of(Podcast(guid=guid)), "podcast:guid") == [guid.lower()]


@pytest.mark.parametrize(
    "podcast",
    [Podcast(guid="no uuid"), Podcast(link="my home"), Podcast(link="javascript:x"), Podcast(category="Gossip")],
)
def test_what_cannot_be_written_is_refused_with_a_hint(podcast: Podcast) -> None:
    """Before anything is written."""
    with pytest.raises(ConfigError) as caught:
        feed_xml(podcast, [EPISODE], base_url=BASE)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("keep_episodes", "keep_days", "expected"),
    [
        (0, 0, "4 3 2 1 0"),
        (2, 0, "4 3"),
        (9, 0, "4 3 2 1 0"),
        (0, 1, "4"),
        (0, 3, "4 3 2"),
        (2, 3, "4 3"),
        (3, 2, "4 3"),
    ],
)
def test_a_feed_holds_the_newest_and_the_young(keep_episodes: int, keep_days: int, expected: str) -> None:
    """By number and by days up to today, whichever is fewer."""
    episodes = [manifest(str(day), added=days_later(day)) for day in (2, 0, 4, 1, 3)]
    found = kept(episodes, keep_episodes=keep_episodes, keep_days=keep_days, today=date(2026, 1, 6))
    assert " ".join(one.stem for one in found) == expected


anything = st.text(max_size=60)


@given(anything, anything, anything, anything, st.sampled_from(["article", "summary", "none"]))
def test_any_text_makes_a_feed_that_parsers_read(title: str, author: str, words: str, guid: str, notes: str) -> None:
    """Control characters and halves of letters are left out or replaced; everything else comes back."""
    made = replace(
        episode(2),
        title=title,
        guid=guid,
        meta=Metadata(author=author, site=words, url=words),
        text=(Passage(Block("code", words)), Passage(Block("paragraph", title))),
        chapters=(Span(words, 0, 10),),
    )
    xml = feed_xml(Podcast(title=title, author=author, description=words, notes=notes), [made], base_url=BASE)
    item = tree(xml).find("item")

    expected = " ".join(title.split())
    if expected and expected.isprintable():
        assert texts(item, "title") == [expected]
    assert allowed(xml.decode()) == xml.decode()
    for tag in ("description", "content:encoded"):
        for html in texts(item, tag):
            ElementTree.fromstring(f"<div>{html}</div>")
