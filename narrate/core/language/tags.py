"""Tags that name languages, such as "en" or "pt-BR" (BCP 47): whether one is well formed, known, and how it is written.

The rules are those of RFC 5646; what is known stands in language_subtags.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from narrate.core.errors import UnfitValue
from narrate.core.near_names import nearest
from narrate.core.resources import packaged_rows

# Where nothing tells another one: in what narrate says itself, and of texts too short to tell.
DEFAULT_LANGUAGE = "en"

# Regions that read numbers and dates the American way, of those whose language is tagged as English.
AMERICAN_REGIONS = frozenset({"us", "ca", "ph", "pr", "lr"})

HINT = "write a tag such as en, en-GB or de"

# The United Kingdom's own country code is GB; UK is what people write (ISO 3166-1 keeps it free for them).
_MEANT = {"UK": "GB"}

# RFC 5646, 2.1: a language, then script, region, variants, extensions and private subtags, each in its place.
_FORM = re.compile(
    r"(?P<language>[a-z]{2,8})(?P<extlang>(?:-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variant>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<rest>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE,
)

_CASES = {"script": str.title, "region": str.upper}

# RFC 5646, 2.1, without the places of its parts: what is shaped so can stand where tags do, known or not.
_SHAPE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


def subtags(tag: str) -> tuple[str, ...]:
    """Return the parts of a tag, or of a POSIX locale, in small letters: "en-GB" and "en_GB.UTF-8" are "en", "gb".

    Nothing is checked; of "" it is one empty part.
    """
    return tuple(re.split(r"[.@]", tag.lower(), maxsplit=1)[0].replace("_", "-").split("-"))


def primary_language(tag: str) -> str:
    """Return the language of a BCP 47 tag, or of a POSIX locale: "en-GB", "en_GB.UTF-8" and "EN" are all "en"."""
    return subtags(tag)[0]


def is_british(tag: str) -> bool:
    """Tell whether a tag of English names a region that reads as Britain does: "en-GB", "en-AU", "en_IE"."""
    regions = [part for part in subtags(tag)[1:] if len(part) == 2]
    return bool(regions) and regions[0] not in AMERICAN_REGIONS


def with_usual_case(tag: str) -> str:
    """Return a tag as it is usually written, known or not: "EN_gb.UTF-8" is "en-GB", "zh-hant" is "zh-Hant".

    By RFC 5646, 2.1.1: parts of two letters are large, those of four have one large letter, but for the first part and
    what follows a single letter.
    """
    parts = subtags(tag)
    plain_from = next((at for at, part in enumerate(parts) if len(part) == 1), len(parts))
    cases: Mapping[int, Callable[[str], str]] = {2: str.upper, 4: str.title}
    cased = (cases.get(len(part), str)(part) for part in parts[1:plain_from])
    return "-".join((*parts[:1], *cased, *parts[max(1, plain_from) :]))


def is_shaped_as_tag(text: str) -> bool:
    """Tell whether a text could be a tag, so that it may stand in a page or be given to a library as one."""
    return _SHAPE.fullmatch(text) is not None


def tag_in(text: str) -> str | None:
    """Return the tag that a file states as its language, as it is usually written; None where it could not be one."""
    return with_usual_case(text) if is_shaped_as_tag(text) else None


def language_tag(text: str) -> str:
    """Return a tag in its one spelling: "EN_gb.UTF-8" is "en-GB", "deu" and "DE" are "de".

    Args:
        text: A tag, or the name of a locale as in the variable LANG.

    Raises:
        UnfitValue: It is not well formed, or has a part that is not in the registry; the hint has the tag that may be
            meant, also for a language's name in English or in itself.
    """
    typed = re.split(r"[.@]", text.strip(), maxsplit=1)[0].replace("_", "-")
    whole = _subtags()["grandfathered"].get(typed.lower())
    found = _FORM.fullmatch(whole or typed)
    if not found:
        raise UnfitValue("it is no tag of a language (BCP 47)", _proposal(text))
    primary = _known("language", found["language"], text)
    parts = [primary, *(_known("extlang", part, text, primary) for part in found["extlang"].split("-")[1:])]
    for kind in ("script", "region"):
        parts += [_known(kind, found[kind], text, primary)] if found[kind] else []
    parts += [_known("variant", part, text, primary) for part in found["variant"].split("-")[1:]]
    return "-".join(parts) + found["rest"].lower()


def common_tags(begun: str = "") -> Iterator[tuple[str, str]]:
    """Tags to choose from, with their names: languages of two letters, or those of each country behind "en-".

    Args:
        begun: What is typed so far.
    """
    names = {subtag: names for kind, subtag, _, names in _rows() if kind == "language" and len(subtag) == 2}
    language, hyphen, _ = begun.partition("-")
    if not hyphen:
        yield from ((subtag, shown.partition("|")[0]) for subtag, shown in names.items())
    elif language in names:
        yield from ((f"{language}-{region}", "") for region in _subtags()["region"] if region.isalpha())


def _known(kind: str, typed: str, text: str, primary: str = "") -> str:
    """A subtag as it is written, in place of one that is out of use."""
    subtag = _CASES.get(kind, str.lower)(typed)
    known = _subtags()[kind]
    if subtag in known:
        return known[subtag] or subtag
    if any(low <= subtag <= high and len(low) == len(subtag) for low, high in _ranges()[kind]):
        return subtag
    if kind == "language":
        raise UnfitValue(f"there is no language {subtag!r}", _proposal(text))
    hint = f"did you mean {primary}-{_MEANT[subtag]}?" if subtag in _MEANT else f"write {primary} alone, or as in en-GB"
    raise UnfitValue(f"there is no {kind} {subtag!r} of languages", hint)


def _proposal(text: str) -> str:
    """The tag for a language's name, or for the name that is nearest."""
    names, name = _names(), _plain(text)
    if name in names and len(name) > 2:
        return f"write {names[name]} for {text.strip()}"
    near = nearest(name, names, most=5, nearness=0.82) if len(name) > 3 else []
    if not near:
        return HINT
    best = min(near, key=lambda one: len(names[one]))  # of names as near as these, that of a language with two letters
    return f"did you mean {names[best]}, for {best.title()}?"


def _plain(name: str) -> str:
    """A name as people type it: without accents, in small letters."""
    bare = (char for char in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(bare).replace("-", " ").replace("_", " ").split())


@cache
def _rows() -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_row(*cells) for cells in packaged_rows("narrate.core.language", "language_subtags.tsv"))


def _row(kind: str, subtag: str, instead: str = "", names: str = "") -> tuple[str, str, str, str]:
    """Kind, subtag, what is written instead, names; empty ones at the end of a line are left out in the file."""
    return kind, subtag, instead, names


@cache
def _subtags() -> Mapping[str, Mapping[str, str]]:
    """Return the replacement of each subtag, by its kind; an empty word for one that is in use."""
    kinds: dict[str, dict[str, str]] = {}
    for kind, subtag, instead, _ in _rows():
        known = kinds.setdefault(kind, {})
        if kind != "grandfathered":
            # One subtag can take the place of another; what has two, as "sr-Latn" for "sh", is left as it is.
            known[subtag] = instead if instead.isalnum() else ""
        elif instead:  # a whole that only custom made a tag; without a better one it says nothing that can be used
            known[subtag.lower()] = instead
    return kinds


@cache
def _ranges() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Subtags for private use, which the registry gives as first and last."""
    found: dict[str, list[tuple[str, str]]] = {"language": [], "extlang": [], "script": [], "region": [], "variant": []}
    for kind, subtag, _, _ in _rows():
        low, dots, high = subtag.partition("..")
        if dots:
            found[kind].append((low, high))
    return {kind: tuple(ranges) for kind, ranges in found.items()}


@cache
def _names() -> Mapping[str, str]:
    """The tag of each name; where two languages share one, that of the shorter tag."""
    found: dict[str, str] = {}
    for _, subtag, instead, names in sorted(_rows(), key=lambda row: len(row[1])):
        for name in filter(None, names.split("|")):
            found.setdefault(_plain(name), instead or subtag)
    return found
