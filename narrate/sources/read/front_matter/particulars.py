"""The meaning of what stands in front matter: its keys, the values they take, and which values are none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from narrate.core.article import Metadata
from narrate.sources.read.characters import tidy

# Keys as generators and note-takers write them, lower case, without "-" and "_"; the first that holds something wins.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "author": ("author", "authors", "byline"),
    "published": ("date", "published", "publishdate", "pubdate", "publishedat", "datepublished", "created"),
    "language": ("lang", "language", "locale"),
    "url": ("canonicalurl", "canonical", "url", "source", "link"),
    "site": ("sitename", "site", "publication"),
    "cover": ("coverimage", "cover", "image", "featuredimage", "ogimage", "thumbnail"),
    "description": ("description", "summary", "excerpt"),
    "voice": ("voice",),
    "season": ("season",),
    "episode": ("episode",),
}
_TAGS, _LEXICON, _DRAFT, _PUBLISHED = ("tags", "keywords"), "lexicon", "draft", "published"

# By these, particulars are told from text between two lines of dashes.
TELLING_KEYS = frozenset({name for names in _KEYS.values() for name in names} - {"voice", "season", "episode"}) | {
    "layout",
    "tags",
    "draft",
    "slug",
}

# All that mean something; others are left alone.
KNOWN_KEYS = frozenset({name for names in _KEYS.values() for name in names} | {*_TAGS, _LEXICON, _DRAFT})

# Where a value is a mapping, what it is called or where it lies.
_INNER_KEYS = ("name", "image", "path", "src", "url", "feature")

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\s*\d{1,2}:\d{2}.*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,5}")
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

# A feed shows a few of them, and no article has more than these.
TAGS_MAX = 50
SHOWN_MAX_CHARS = 60


@dataclass(frozen=True, slots=True)
class Misstated:
    """A value that a key of front matter cannot have.

    Attributes:
        key: As narrate writes it: "date".
        value: What stands there.
        why: What is wrong with it, to follow "date: 'soon'".
        hint: What to write instead.
    """

    key: str
    value: str
    why: str
    hint: str

    @property
    def message(self) -> str:
        """Return a line that names the key, the value, and what is wrong with it."""
        shown = self.value if len(self.value) <= SHOWN_MAX_CHARS else f"{self.value[:SHOWN_MAX_CHARS]}…"
        return f"{self.key}: {shown!r} in the front matter {self.why}"


# What the value of a key must be, for those that not every word will do for.
_DEMANDS = {
    "date": ("is no date", "write it as 2026-03-01"),
    "language": ("is no tag of a language", "write it as en, en-GB or de"),
    "season": ("is no number", "write it as 2"),
    "episode": ("is no number", "write it as 12"),
    "draft": ("is neither true nor false", "write draft: true"),
}


def metadata_of(values: Mapping[str, object]) -> tuple[Metadata, tuple[Misstated, ...]]:
    """Return what values tell of an article, and those that cannot be used; keys that are not known are passed over.

    Args:
        values: By their folded keys.
    """
    found = {field: [text for name in names if (text := text_of(values.get(name)))] for field, names in _KEYS.items()}
    url = next(filter(_ADDRESS.fullmatch, found["url"]), None)
    found["published"] = [text for text in found["published"] if text.lower() not in _WORDS]
    languages = (text.replace("_", "-") for text in found["language"] if _LANGUAGE.fullmatch(text))
    meta = Metadata(
        title=next(iter(found["title"]), None),
        author=next(iter(found["author"]), None),
        published=next(filter(None, map(day_of, found["published"])), None),
        language=next(languages, None),
        url=url,
        site=next(iter(found["site"]), None),
        cover_url=next((_joined(url, cover) for cover in found["cover"]), None),
        description=next(iter(found["description"]), None),
        tags=_tags(values),
        season=_number(found["season"]),
        episode=_number(found["episode"]),
        voice=next(iter(found["voice"]), None),
        is_draft=bool(_is_draft(values)),
        lexicon=tuple(_listed(values.get(_LEXICON))),
    )
    return meta, tuple(_misstated(meta, found, values))


def _misstated(meta: Metadata, found: Mapping[str, list[str]], values: Mapping[str, object]) -> Iterator[Misstated]:
    """Yield what is stated and gave no value."""
    stated = {
        "date": (found["published"], meta.published),
        "language": (found["language"], meta.language),
        "season": (found["season"], meta.season),
        "episode": (found["episode"], meta.episode),
        "draft": ([text_of(values.get(_DRAFT))], _is_draft(values)),
    }
    for key, (texts, value) in stated.items():
        if value is None and any(texts):
            yield Misstated(key, texts[0], *_DEMANDS[key])


def folded(key: str) -> str:
    """Return a key as it is compared: "Canonical-URL" and "canonical_url" are one."""
    return key.strip('"').lower().replace("-", "").replace("_", "")


def text_of(value: object) -> str:
    """The words of a value: a list gives all of them, a mapping the name in it."""
    if isinstance(value, list):
        return ", ".join(filter(None, (text_of(item) for item in value if not isinstance(item, list))))
    if isinstance(value, Mapping):
        inner = {folded(str(key)): item for key, item in value.items() if not isinstance(item, list | Mapping)}
        return next((text for name in _INNER_KEYS if (text := text_of(inner.get(name)))), "")
    try:
        text = "" if value is None or isinstance(value, bool) else tidy(html.unescape(str(value)))
    except ValueError:  # a number of thousands of hexadecimal digits
        return ""
    if text.startswith("[[") and text.endswith("]]"):  # a link to a note
        return text[2:-2].rpartition("|")[2].strip()
    return text


def day_of(text: str) -> date | None:
    """Return the day that a text names by the ISO's form, whatever time of day follows; None for any other."""
    match = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _number(texts: Iterable[str]) -> int | None:
    return next((int(text) for text in texts if _NUMBER.fullmatch(text)), None)


def _is_draft(values: Mapping[str, object]) -> bool | None:
    """Tell a draft by `draft: true`, or by `published: false` as two generators have it; None for any other word."""
    stated, published = values.get(_DRAFT), values.get(_PUBLISHED)
    if isinstance(stated, bool):
        return stated
    if text := text_of(stated):
        return _WORDS.get(text.lower())
    return published is False or text_of(published).lower() == "false"


def _tags(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the article's tags, each once; a text has them apart by commas, or each behind a "#"."""
    for name in _TAGS:
        texts = _listed(values.get(name))
        if len(texts) == 1 and isinstance(values[name], str):
            parts = re.findall(r"#[^\s,#]+", texts[0]) if texts[0].startswith("#") else texts[0].split(",")
            texts = [part.strip() for part in parts]
        tags = dict.fromkeys(text.removeprefix("#") for text in texts)
        if found := tuple(filter(None, tags))[:TAGS_MAX]:
            return found
    return ()


def _listed(value: object) -> list[str]:
    """Return the texts of a list, or the one that stands there without one."""
    return [text for one in (value if isinstance(value, list) else [value]) if (text := text_of(one))]


def _joined(url: str | None, address: str) -> str:
    try:
        return urljoin(url, address) if url else address
    except ValueError:
        return address
