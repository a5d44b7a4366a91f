"""Reads what a mark asks for: the attributes of an element, and the time, sounds or name in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import unescape
from typing import NamedTuple, NoReturn

from narrate.core.article import MarkKind
from narrate.core.errors import MarkError
from narrate.core.near_names import did_you_mean
from narrate.core.resources import packaged_table
from narrate.text.lexicon import ipa_of, is_ipa

PAUSE_MAX_MS = 60_000

_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_CURLY = str.maketrans("“”„‟″‘’‚‛′", "\"\"\"\"\"'''''")
_TIME = re.compile(r"\+?(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s)")
# Signs that no address has: those of the phonetic alphabet alone.
_PHONETIC = re.compile("[\u0250-\u02af\u02b0\u02b2\u02b7\u02c8\u02cc\u02d0\u02d1\u1d7b\u1d7f]")
_STRESS = re.compile("[\u02c8\u02cc\u02d0]")


class Asked(NamedTuple):
    """The wish of a mark: its kind, and its value as `Mark` has it."""

    kind: MarkKind
    value: str


class Where(NamedTuple):
    """The place of a mark in a source, for its errors."""

    source: str
    line: int

    def refuse(self, message: str, hint: str) -> NoReturn:
        """Raise the error of a mark."""
        raise MarkError(f"{self.source}, line {self.line}: {message}", hint)


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of an element's tag; curly quotes, which editors put there, are straight ones."""
    body = tag.translate(_CURLY)
    return {name.lower(): unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(body)}


def asked_by(name: str, tag: str, where: Where) -> Asked | None:
    """Return what an element asks for, None for one that asks for nothing: <sub> without an alias.

    Args:
        name: Of the element, in small letters.
        tag: The whole tag.
        where: It stands.

    Raises:
        MarkError: It cannot be done as it is written.
    """
    given = attributes_of(tag)
    match name:
        case "break":
            return _break(given, where)
        case "sub":
            return Asked("say", _worded(given["alias"], where)) if "alias" in given else None
        case "say-as":
            return _reading(given, where)
        case "phoneme":
            return _phoneme(given, where)
        case "voice":
            return Asked("voice", _wanted(given, "voice", "name", 'write <voice name="af_bella">…</voice>', where))
        case _:
            return _emphasis(given, where)


def bracket_pause(time: str | None, where: Where) -> Asked | None:
    """Return the pause of "[pause 2s]"; None where words follow that are no time, as in "[pause for breath]"."""
    if time is None:
        return Asked("pause", str(_lengths_ms("pauses")["bracket_ms"]))
    if not time[:1].isdecimal() and time[:1] not in "+-.":
        return None
    return Asked("pause", str(_time_ms(time, "write [pause 2s] or [pause 500ms]", where)))


def bracket_sounds(target: str, where: Where) -> str | None:
    """Return the sounds that a link leads to, None where it leads to an address: no sign in it is a phonetic one.

    Raises:
        MarkError: It has a sign of stress or length, so that it can be no address, and others that are no sounds.
    """
    if not _PHONETIC.search(target):
        return None
    sounds = "".join(_words("short_signs").get(sign, sign) for sign in target)
    try:
        return ipa_of(sounds)
    except ValueError as error:
        if _STRESS.search(target):
            where.refuse(f"/{target}/ is no pronunciation: {error}", "write sounds as in [Kyiv](/kˈiːv/)")
        return None


def _break(given: Mapping[str, str], where: Where) -> Asked:
    if "time" in given:
        return Asked("pause", str(_time_ms(given["time"], 'write <break time="2s"/> or <break time="500ms"/>', where)))
    if "strength" not in given:
        return Asked("pause", str(_lengths_ms("pauses")["element_ms"]))
    strengths = _lengths_ms("strengths")
    _require_one_of(given["strength"], strengths, "strength of a break", where)
    return Asked("pause", str(strengths[given["strength"]]))


def _time_ms(time: str, hint: str, where: Where) -> int:
    found = _TIME.fullmatch(time.strip())
    if not found:
        where.refuse(f"{time!r} is no time for a pause", hint)
    duration_ms = float(found[1]) * (1000 if found[2] == "s" else 1)
    if duration_ms > PAUSE_MAX_MS:
        where.refuse(f"a pause of {time} is longer than {PAUSE_MAX_MS // 1000} s", "make it shorter")
    return round(duration_ms)


def _reading(given: Mapping[str, str], where: Where) -> Asked:
    hint = 'write <say-as interpret-as="characters">…</say-as>'
    readings = _words("readings")
    name = _wanted(given, "say-as", "interpret-as", hint, where).lower()
    _require_one_of(name, readings, "way to read a span", where)
    order = given.get("format", "") if readings[name] == "date" else ""
    if order:
        _require_one_of(order, _choices("dates", "formats"), "order of a date", where)
    return Asked("as", f"{readings[name]}:{order}" if order else readings[name])


def _phoneme(given: Mapping[str, str], where: Where) -> Asked:
    hint = 'write <phoneme alphabet="ipa" ph="kˈiːv">Kyiv</phoneme>'
    alphabet = given.get("alphabet", "ipa")
    if alphabet.lower() != "ipa":
        where.refuse(f"the alphabet {alphabet!r} is not known", hint)
    written = _wanted(given, "phoneme", "ph", hint, where).strip("/[]")
    sounds = written if is_ipa(written) else "".join(_words("short_signs").get(sign, sign) for sign in written)
    try:
        return Asked("sounds", ipa_of(sounds))
    except ValueError as error:
        where.refuse(f"{written!r} is no pronunciation: {error}", hint)


def _emphasis(given: Mapping[str, str], where: Where) -> Asked:
    level = given.get("level", "moderate")
    _require_one_of(level, _choices("emphasis", "levels"), "level of emphasis", where)
    return Asked("emphasis", level)


def _worded(alias: str, where: Where) -> str:
    alias = " ".join(alias.split())
    if not any(map(str.isalnum, alias)):
        where.refuse("the alias of <sub> has no words", 'write <sub alias="World Wide Web">WWW</sub>')
    return alias


def _wanted(given: Mapping[str, str], element: str, attribute: str, hint: str, where: Where) -> str:
    value = given.get(attribute, "")
    if not value:
        where.refuse(f"<{element}> has no {attribute}", hint)
    return value


def _require_one_of(value: str, known: Collection[str], what: str, where: Where) -> None:
    if value not in known:
        near = did_you_mean(value, known)
        where.refuse(f"{value!r} is no {what}", near or f"write one of {', '.join(known)}")


def _words(name: str) -> Mapping[str, str]:
    table: Mapping[str, str] = packaged_table("narrate.sources.read.marks", "marks.toml")[name]
    return table


def _lengths_ms(name: str) -> Mapping[str, int]:
    table: Mapping[str, int] = packaged_table("narrate.sources.read.marks", "marks.toml")[name]
    return table


def _choices(name: str, key: str) -> Collection[str]:
    table: Mapping[str, Collection[str]] = packaged_table("narrate.sources.read.marks", "marks.toml")[name]
    return table[key]
