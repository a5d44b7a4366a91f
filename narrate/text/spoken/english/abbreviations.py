"""Rules for shortened words of running text: dept., approx., est., ext. 12, (b. 1950)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from narrate.text.spoken.claims import Claim, claims, late, needs, needs_words
from narrate.text.spoken.context import kept_stop, stop, word_after, word_before
from narrate.text.spoken.numbers import ordinal
from narrate.text.spoken.readings import choose
from narrate.text.spoken.vocabulary import any_of, with_capitals, word_map, word_set

_ANYWHERE = with_capitals(word_map("abbreviations", "anywhere"))
_WITHIN = with_capitals(word_map("abbreviations", "within"))
_FIGURES = with_capitals(word_map("abbreviations", "figures"))
_LIVES = word_map("abbreviations", "lives")
# No word in capitals is one of these: "an ESP32 board".
_BARE_FORMS = {form for word in word_set("abbreviations", "dotless") for form in (word, word.capitalize())}

# Only what stands before a dot is looked at, which is cheaper than all abbreviations in a row.
_DOT = re.compile(r"\.(?!\w)")
_BEFORE_DOT = re.compile(r"(?<![\w.@/'&-])(?:op\. |loc\. |et )?[A-Za-z]{2,6}(?:'[a-z]{1,3})?$")
_REACH_CHARS = 16
_GOES_ON = re.compile(r" [a-z\d$£€(]|,")
_FIGURE = re.compile(r"(?=:)|:? ?[+(]?[\d$£€]")
_BARE = late(rf"(?<![\w.@/'&-])(?P<it>{any_of(_BARE_FORMS)})(?![\w.'@/&-])")
_LIFE = late(rf"(?:(?<=\()|(?<=[;,] ))(?P<it>{any_of(_LIVES)})\.? ?(?=(?:c\. ?|ca\. ?)?\d{{3,4}}(?!\d))")
_INCLUDED = late(r"(?<![\w.])(?P<it>[Ii])ncl(?:\.|\b)(?P<last>(?=[),;]|$|\.))?")
_ESTABLISHED = late(r"(?<![\w.])(?P<it>[Ee])st\.(?= ?(?P<figure>[$£€]?\d(?:[\d,.]*\d)?)|)(?P<alone>(?=\)| [a-z]))?")
# "the approx. cost", but "approx. half of it".
_THING = late(r" (?!half|one|two|three|four|five|six|seven|eight|nine|ten|twenty|a |an |the )[a-z]{3}")
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
_CIRCUIT = late(r"(?:(?<=\d(?:st|nd|rd|th) )|(?<=\dd )|(?<=D\.C\. )|(?<=Fed\. ))Cir\.")
_EDITION = late(r"(?:(?<=\d(?:st|nd|rd|th) )|(?<=\brev\. ))ed\.")
_FLOOR = late(r"(?<=\d(?:st|nd|rd|th) )(?P<it>[Ff])lr?(?:\.|(?![\w.]))(?! ?oz)")
_FEATURING = late(r"(?<=[A-Za-z)] )f(?:ea)?t\.(?= [A-Z])")
_SHORT_RANK = late(r"(?<![\w.,$£€-])(?P<it>\d{0,2}[23])d(?= [A-Z][a-z])")
_MARK = late(r"(?<!\w)(?:Mk\.?(?= ?(?:\d|[IVX]+\b))|Is\.(?= of [A-Z]))")
# A British number without its dot: "at No 10"; a sentence that begins so may count: "No 10 people agree".
_NUMBER = late(r"(?<![.!?] )(?<!\n)(?<=[\w,(] )(?P<it>No(?P<more>s)?)(?= \d)")


@needs_words(re.split(r"[.' ]", written)[0] for written in (*_ANYWHERE, *_WITHIN, *_FIGURES))
def shortened_words(text: str) -> Iterator[Claim]:
    """two depts. by spring -> two departments by spring; the Govt. will -> the Government will; call ext. 12.

    A word before a full stop that is no abbreviation stays: "ask Max. He knows".
    """
    for dot in _DOT.finditer(text):
        end = dot.end()
        match = _BEFORE_DOT.search(text[max(0, dot.start() - _REACH_CHARS) : dot.start()])
        said = match and _said(text, match[0], end)
        if match and said:
            yield Claim(dot.start() - len(match[0]), end, said + stop(text, end))


@needs_words(word.split("'")[0] for word in _BARE_FORMS)
def bare_words(text: str) -> Iterator[Claim]:
    """approx 200 grams -> approximately 200 grams; the Dept of Health -> the Department of Health."""
    return claims(_BARE(), text, lambda match: _ANYWHERE.get(match["it"]))


@needs("(")
def lives(text: str) -> Iterator[Claim]:
    """Ines Roche (b. 1950) -> Ines Roche (born 1950)."""
    return claims(_LIFE(), text, lambda match: f"{_LIVES[match['it']]} ")


@needs_words(("incl", "Incl"))
def included(text: str) -> Iterator[Claim]:
    """an hour, incl. lunch -> an hour, including lunch; tax incl. -> tax included."""

    def say(match: re.Match[str]) -> str:
        end = match.end()
        is_last = match["last"] is not None or (text[end - 1] == "." and stop(text, end))
        said = f"{match['it']}nclud{'ed' if is_last else 'ing'}"
        return said + kept_stop(text, end)

    return claims(_INCLUDED(), text, say)


@needs_words(("est", "Est"))
def established(text: str) -> Iterator[Claim]:
    """the firm, est. 1921, -> the firm, established 1921,; est. 300 people -> estimated 300 people."""
    for match in _ESTABLISHED().finditer(text):
        figure = match["figure"]
        if figure is None and match["alone"] is None:
            continue
        facts = {"year"} if figure and _YEAR.fullmatch(figure) else set()
        counted = word_after(text, match.end() + len(figure) + 1) if figure else ""
        if (len(counted) > 3 and counted.endswith("s")) or counted in word_set("words", "counted"):
            facts.add("counted")
        chosen = choose("est", text, match.start(), match.end(), facts)
        said = chosen.name if match["it"] == "e" else chosen.name.capitalize()
        yield Claim(match.start(), match.end(), said, str(chosen))


@needs_words(("Cir", "Fl", "Flr", "Is", "Mk", "No", "Nos", "d", "ed", "feat", "fl", "flr", "ft"))
def circuits_and_numbers(text: str) -> Iterator[Claim]:
    """the 9th Cir. reversed -> the 9th Circuit reversed; at No 10 -> at number 10; the 3rd fl. -> the 3rd floor."""
    yield from claims(_CIRCUIT(), text, lambda match: "Circuit" + stop(text, match.end()))
    yield from claims(_MARK(), text, lambda match: "Mark" if match[0][0] == "M" else "Isle")
    yield from claims(_EDITION(), text, lambda match: "edition" + stop(text, match.end()))
    yield from claims(_FLOOR(), text, lambda match: f"{match['it']}loor" + kept_stop(text, match.end()))
    yield from claims(_FEATURING(), text, lambda match: _featuring(text, match))
    yield from claims(_SHORT_RANK(), text, lambda match: ordinal(int(match["it"])))
    yield from claims(_NUMBER(), text, lambda match: "numbers" if match["more"] else "number", "it")


def _featuring(text: str, match: re.Match[str]) -> str | None:
    """A guest comes between two names; "what a feat. Then he" has none before it."""
    return "featuring" if word_before(text, match.start())[:1].isupper() else None


def _said(text: str, written: str, end: int) -> str | None:
    if written in ("approx", "Approx") and _THING().match(text, end):
        return f"{written}imate"
    return (
        _ANYWHERE.get(written)
        or _if(_FIGURE.match(text, end), _FIGURES, written)
        or _if(_GOES_ON.match(text, end), _WITHIN, written)
    )


def _if(found: re.Match[str] | None, words: Mapping[str, str], written: str) -> str | None:
    return words.get(written) if found else None
