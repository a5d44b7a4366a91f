"""Words that are read in two ways, where the words beside them tell which: he read, made of lead, they object.

The table says what is looked for; a word that no rule of it fits is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from narrate.core.article import Sound
from narrate.text.spoken.ipa import with_s
from narrate.text.spoken.vocabulary import word_map

_TABLE = "heteronyms"
# A file of its own, which takes longer to read than all the words, and is read where one of them is met.
_RULES = "heteronym_rules"
# Further away than this no word of a sentence is looked for: a list of a thousand words would take their square.
_REACH_WORDS = 60

_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]*)*|[.!?]+(?!\w)|[,;:—–()…-]")
_PLACE = re.compile(r"(?:^|\s)_(?P<form>base|s|capital)?(?:\s|$)")


class _Kind(NamedTuple):
    """Words of one sort: listed, or with an ending, and not those that only look like it."""

    words: frozenset[str]
    endings: tuple[str, ...]
    other_words: frozenset[str]
    other_endings: tuple[str, ...]

    def has(self, token: str) -> bool:
        """Tell whether a word or mark of a sentence is one of them."""
        word = token.lower()
        if word in self.words:
            return True
        alike = word.endswith(self.endings) or ("name" in self.words and token[0].isupper())
        return alike and word not in self.other_words and not word.endswith(self.other_endings)


class _Element(NamedTuple):
    """One place beside the word: what may stand there, and whether nothing may; no kinds: any run of words.

    One that is absent takes no place: none of these words may stand from here to the clause's edge.
    """

    kinds: tuple[_Kind, ...]
    optional: bool
    absent: bool


class _Rule(NamedTuple):
    """A reading and what stands beside the word that is read so; before is from the word outwards."""

    reading: str
    form: str
    before: tuple[_Element, ...]
    after: tuple[_Element, ...]
    at_hyphen: bool


class _Word(NamedTuple):
    """A written word with its readings in the two pronunciations, and the word that its rules are called after."""

    american: Mapping[str, str]
    british: Mapping[str, str]
    is_plural: bool
    base: str


class _Place(NamedTuple):
    """A word in its sentence: the tokens before, nearest first, and after, both up to the sentence's edge or reach."""

    start: int
    end: int
    before: Sequence[str]
    after: Sequence[str]


def heteronym_sounds(text: str, british: bool = False) -> Iterator[Sound]:
    """The words whose reading is told by the words beside them, of a spoken English text, in order.

    Known failure: what only the meaning tells, "We read the paper" of a habit or of this morning, is left alone.

    Args:
        text: Spoken form.
        british: With British sounds.
    """
    if not _has_one(text):
        return
    for place in _places(text.replace("’", "'")):
        ipa = _ipa(text[place.start : place.end], place, british)
        if ipa:
            yield Sound(place.start, place.end, ipa, "heteronyms")


def readings_of(word: str, british: bool = False) -> Mapping[str, str]:
    """Return the readings of a written word that has several, each by its name with its sounds; none for any other."""
    found = _words().get(word.lower())
    return {} if found is None else found.british if british else found.american


def _has_one(text: str) -> bool:
    """Tell whether a text holds any of the words: most do not, and a set tells so sooner than a pattern of them all."""
    return not _words().keys().isdisjoint(_LETTERS.findall(text.lower()))


def _ipa(written: str, place: _Place, british: bool) -> str | None:
    word = _words()[written.lower()]
    forms = {"", "s" if word.is_plural else "base", "capital" if written[0].isupper() else ""}
    hyphen = "-" in (place.before[0], place.after[0])
    for rule in _rules_of(word.base):
        if rule.form in forms and rule.at_hyphen >= hyphen and _fits(rule, place):
            return (word.british if british else word.american).get(rule.reading)
    return None


def _fits(rule: _Rule, place: _Place) -> bool:
    return _stands(rule.before, place.before) and _stands(rule.after, place.after)


def _stands(elements: Sequence[_Element], tokens: Sequence[str]) -> bool:
    """Tell whether the tokens begin with what the elements ask for."""
    if not elements:
        return True
    first, rest = elements[0], elements[1:]
    if not first.kinds:
        return any(_stands(rest, tokens[skipped:]) for skipped in range(len(tokens)))
    if first.absent:
        return not _occurs(first.kinds, tokens) and _stands(rest, tokens)
    if tokens and any(kind.has(tokens[0]) for kind in first.kinds) and _stands(rest, tokens[1:]):
        return True
    return first.optional and _stands(rest, tokens)


def _occurs(kinds: Sequence[_Kind], tokens: Sequence[str]) -> bool:
    """Tell whether one of the words stands in what is left of the clause."""
    (edge,) = _kinds("@edge")
    return any(kind.has(token) for token in takewhile(lambda token: not edge.has(token), tokens) for kind in kinds)


def _places(text: str) -> Iterator[_Place]:
    for sentence in _sentences(text):
        tokens = [match[0] if match[0][0].isalpha() or match[0] == "-" else "," for match in sentence]
        tokens[:1] = [token.lower() for token in tokens[:1]]  # its capital makes it no name
        for i, match in enumerate(sentence):
            word = match[0].rstrip("'")
            word = word if word.lower() in _words() else word.split("'")[0]
            if word.lower() in _words():
                before = [*reversed(tokens[max(0, i - _REACH_WORDS) : i]), "."]
                after = [*(["'s"] if "'" in match[0] else []), *tokens[i + 1 : i + 1 + _REACH_WORDS], "."]
                yield _Place(match.start(), match.start() + len(word), before, after)


def _sentences(text: str) -> Iterator[list[re.Match[str]]]:
    sentence: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        if match[0][0] in ".!?":
            yield sentence
            sentence = []
        else:
            sentence.append(match)
    yield sentence


@cache
def _words() -> Mapping[str, _Word]:
    """Return every form of every word of the table."""
    words: dict[str, _Word] = {}
    for forms, listed in word_map(_TABLE, "sounds").items():
        base, *plurals = forms.split()
        american, british = _readings(listed)
        words[base] = _Word(american, british, False, base)
        for plural in plurals:
            said = {reading: with_s(ipa, "ᵻ") for reading, ipa in american.items()}
            said_british = {reading: with_s(ipa, "ɪ") for reading, ipa in british.items()}
            words[plural] = _Word(said, said_british, True, base)
    return words


def _readings(listed: str) -> tuple[dict[str, str], dict[str, str]]:
    """Parse readings, "noun ˈɪnsʌlt, verb kəntɹˈækt/kəntɹˈakt": American and British."""
    pairs = [entry.split() for entry in listed.split(",")]
    american = {reading: ipa.split("/")[0] for reading, ipa in pairs}
    return american, {reading: ipa.split("/")[-1] for reading, ipa in pairs}


@cache
def _rules_of(base: str) -> tuple[_Rule, ...]:
    usual = "quality" if "adjective" in _words()[base].american else "pair"
    return _rules(base if base in word_map(_RULES, "rules") else usual)


@cache
def _rules(name: str) -> tuple[_Rule, ...]:
    rules: list[_Rule] = []
    for line in word_map(_RULES, "rules")[name].strip().splitlines():
        rules += _rules(line[1:]) if line.startswith("@") else [_rule(line)]
    return tuple(rules)


def _rule(line: str) -> _Rule:
    reading, _, pattern = line.partition(": ")
    place = _PLACE.search(pattern)
    assert place, f"no place for the word in {line!r}"
    before = pattern[: place.start()].split()
    after = pattern[place.end() :].split()
    return _Rule(
        reading, place["form"] or "", _elements(reversed(before)), _elements(after), "-" in (*before[-1:], *after[:1])
    )


def _elements(parts: Iterator[str] | Sequence[str]) -> tuple[_Element, ...]:
    return tuple(_element(part) for part in parts)


def _element(part: str) -> _Element:
    words = part.removeprefix("!").removesuffix("?")
    return _Element(() if words == "..." else _kinds(words), part.endswith("?"), part.startswith("!"))


@cache
def _kinds(part: str) -> tuple[_Kind, ...]:
    """Parse "to|*ly|@modal": the kinds of words that may stand in one place."""
    names = part.split("|")
    listed = " ".join(name for name in names if not name.startswith("@"))
    classes = [word_map(_RULES, "classes")[name[1:]] for name in names if name.startswith("@")]
    return tuple(_kind(words) for words in (listed, *classes) if words)


@cache
def _kind(listed: str) -> _Kind:
    entries = listed.lower().split()
    wanted = [entry for entry in entries if not _excludes(entry)]
    others = [entry[1:] for entry in entries if _excludes(entry)]
    return _Kind(
        frozenset(entry for entry in wanted if not entry.startswith("*")),
        tuple(entry[1:] for entry in wanted if entry.startswith("*")),
        frozenset(entry for entry in others if not entry.startswith("*")),
        tuple(entry[1:] for entry in others if entry.startswith("*")),
    )


def _excludes(entry: str) -> bool:
    return len(entry) > 1 and entry.startswith("-")
