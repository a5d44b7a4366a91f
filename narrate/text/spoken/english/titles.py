"""Rules for titles and ranks before a name, and for what stands behind the name of a person or a company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.sentences import starts_sentence
from narrate.text.spoken.claims import Claim, claims, late, needs_words
from narrate.text.spoken.context import kept_stop, stop, word_before
from narrate.text.spoken.readings import choose
from narrate.text.spoken.vocabulary import any_of, with_capitals, word_map, word_set

_TITLES = {**with_capitals(word_map("names", "titles")), **word_map("names", "given")}
_AFTER = word_map("names", "after")
_DOTLESS = word_set("names", "dotless")

_PLURALS = word_map("names", "plurals")

_TITLE = late(
    rf"(?<![\w.]){any_of(_TITLES)}"
    r"(?= ?['\"]?[A-Z]| (?:and|&|of) [A-Z]| 1st\b|-(?:[Ee]lect|[Dd]esignate|[A-Z][a-z]))"
)
# "the Gov. signed it": an office of three letters or more, without its name.
_OFFICE = late(rf"(?<=[Tt]he ){any_of(word for word in _TITLES if len(word) > 3 and word[1].islower())}(?= [a-z]|,)")
_PLURAL = late(rf"(?<![\w.]){any_of(_PLURALS)}(?!\w)")
# The capital of a name, not of letters that are said one by one: "Rep FC", "Col II".
_BARE_TITLE = late(rf"(?<![\w.'&-])(?P<it>{any_of(_DOTLESS)})(?= (?:and M|(?P<name>[A-Z][\w']*+)))")
_BEHIND_NAME = late(rf"(?<=[\w&,.)] ){any_of(_AFTER)}(?![\w&-])(?!'(?!s\b))")
_COMPANY = late(r"(?<![\w.'&-])C(?:o\.|o(?!\.)|O\.)(?![\w-])(?!'(?!s\b))(?= (?P<next>[A-Z][\w']+)|)")
_UNIT = late(r" (?:[A-Z]|\d{1,3})(?!\w)")
_RETIRED = late(r"(?<=\()[Rr]et\.?(?=[)'d,]| [A-Z])|(?<=[a-z], )[Rr]et\.(?=,)")


@needs_words(written.rstrip(".") for written in (*_TITLES, *_PLURALS))
def titles(text: str) -> Iterator[Claim]:
    """Sen. Warren -> Senator Warren; Lt. Col. Vindman -> Lieutenant Colonel Vindman."""
    yield from claims(_TITLE(), text, lambda match: _TITLES[match[0]])
    yield from claims(_OFFICE(), text, lambda match: _TITLES[match[0]])
    yield from claims(_PLURAL(), text, lambda match: _PLURALS[match[0]] + stop(text, match.end()))


@needs_words(_DOTLESS)
def titles_without_dot(text: str) -> Iterator[Claim]:
    """Mr Khan -> Mister Khan; Det Insp Morse -> Det Inspector Morse; Gen Z stays.

    Known failure: a first name that is a title as well, at the beginning of a sentence: "Gen Smith sang".
    """

    def say(match: re.Match[str]) -> str | None:
        name = match["name"] or ""
        if (
            len(name) == 1
            or name.removesuffix("'s") in word_set("names", "generations")
            or (len(name) < 4 and name.isupper())
        ):
            return None
        before = word_before(text, match.start()) if text[match.start() - 2 : match.start() - 1].isalnum() else ""
        is_inside_name = before[:1].isupper() and not _leads_to_title(before)
        return None if is_inside_name else _TITLES[f"{match['it']}."]

    return claims(_BARE_TITLE(), text, say, "it")


@needs_words(written.rstrip(".") for written in _AFTER)
def behind_names(text: str) -> Iterator[Claim]:
    """Apple Inc. sued -> Apple Inc sued; King Jr. -> King Junior; a stop that also ends the sentence stays."""

    def say(match: re.Match[str]) -> str | None:
        before = word_before(text, match.start())
        named = any(char.isupper() or char.isdigit() for char in before) or before.endswith(".")
        # "Sr." may stand before an office, too: "Sr. Engineer"; without a dot, only a name in front tells.
        if not (named or (match[0].endswith(".") and match[0] != "Esq.") or text[match.start() - 2] in "&)"):
            return None
        return _AFTER[match[0]] + kept_stop(text, match.end())

    return claims(_BEHIND_NAME(), text, say)


@needs_words(("Co", "CO"))
def companies_and_counties(text: str) -> Iterator[Claim]:
    """Ford Motor Co. said -> Ford Motor Company said; in Co. Cork -> in County Cork."""
    for match in _COMPANY().finditer(text):
        facts = _company_facts(text, match)
        chosen = choose("co", text, match.start(), match.end(), facts)
        if _is_sure(text, match, facts, chosen.name):
            yield Claim(
                match.start(), match.end(), chosen.name.capitalize() + kept_stop(text, match.end()), str(chosen)
            )


def _is_sure(text: str, match: re.Match[str], facts: set[str], reading: str) -> bool:
    # Without its dot, or in capitals, only a name on the left side tells, or a county's own.
    if match[0] == "Co.":
        return bool(facts or _UNIT().match(text, match.end()))
    return facts == {"name-before"} or (reading == "county" and match[0] == "Co" and "name-before" not in facts)


def _company_facts(text: str, match: re.Match[str]) -> set[str]:
    before = word_before(text, match.start())
    joined = text.endswith(("& ", "and "), 0, match.start())
    named = before[:1].isupper() and not starts_sentence(before) and match[0] != "CO."
    return ({"name-before"} if joined or named else set()) | ({"name-after"} if match["next"] else set())


@needs_words(("ret", "Ret"))
def retired(text: str) -> Iterator[Claim]:
    """Gen. Ines Roche (ret.) -> Gen. Ines Roche (retired)."""
    return claims(_RETIRED(), text, lambda _: "retired")


def _leads_to_title(word: str) -> bool:
    return (
        starts_sentence(word)
        or word in _DOTLESS
        or f"{word}." in _TITLES
        or word in word_map("names", "titles").values()
    )
