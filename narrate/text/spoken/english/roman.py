"""Rules for Roman numerals, said where what stands around them leaves no doubt: rulers, sons, labels, years, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.sentences import starts_sentence
from narrate.text.spoken.claims import Claim, claims, late, needs, needs_words
from narrate.text.spoken.numbers import cardinal, ordinal, year
from narrate.text.spoken.readings import choose
from narrate.text.spoken.vocabulary import any_of, word_set

_REGNAL = word_set("roman", "regnal")
_RULERS = word_set("roman", "rulers")
_NUMBERED = word_set("roman", "numbered")
_SMALL = word_set("roman", "numbered_small")
_SMALL_LABELS = frozenset(("ii", "iv", "p", "pp", "Page", "page", "Pages", "pages", "Scene", "scene", "Act", "act"))
_SMALL_LABELS |= {"Chapter", "chapter", "Canto", "canto", "Book", "book"}
_HEADED = {word.upper() for word in _NUMBERED}
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VALID = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Behind a numeral no initial goes on: "I. M. Pei", "George V. Higgins"; nor does a speaker: "I'm".
_ENDS = r"(?!\w|'(?:m|ve|ll|d)\b|&|\.\w|\. ?[A-Z]\.)"
_AFTER_NAME = late(rf"(?<=[^\W\d_] )(?P<it>[IVX]{{1,6}}){_ENDS}")
_JOINT = r"(?:,? (?:and|or|to|through|of|&) |, |[-–/])"
_AFTER_NUMBERED = late(
    rf"(?<!\w)(?:{any_of(_NUMBERED | _HEADED)})s? "
    rf"(?P<it>[IVXLC]{{1,8}}(?:{_JOINT}[IVX]{{1,8}}(?![\w']))*+){_ENDS}"
)
_AFTER_SMALL = late(rf"(?<![\w-])(?:{any_of(_SMALL)})s? (?P<it>[IVX]{{1,8}}(?:{_JOINT}[IVX]{{1,8}}(?![\w']))*+){_ENDS}")
# Behind these an X alone is a letter: "Xbox Series X".
_LETTERED_LABEL = late(
    r"(?:Series|Type|Class|Group|Grade|Unit|Level|Table|Exhibit|Module|Zone|Area|Formula|Rule|Count)\b"
)
_SMALL_NUMERAL = late(
    r"(?<!\w)(?:[Ss]cene|[Aa]ct|[Cc]hapter|[Cc]anto|[Bb]ook|[Pp]ages?|(?P<page>pp?)\.) "
    r"(?P<it>[ivxl]{1,7}(?:[-–][ivxl]{1,7})?)(?![\w'])"
)
_NUMERAL = late(r"[IVXLCivxlc]+")
_RANKED = late(
    r"(?<![\w.-])(?P<it>[IVX]{1,6})(?=(?:(?:,| and| or|[-–]) ?(?:the )?[IVX]{1,6})?"
    rf" ?[ -]{any_of(word_set('roman', 'ranked'))}(?!\w))"
)
_AFTER_THE = late(r"(?P<name>[A-Z][a-z]+) the (?P<it>[IVX]{2,6})(?=$|[\s.,;:!?)'\"])")
# "stage IIIA", "type Ia": the letter of a part.
_LETTERED = late(
    r"(?<!\w)(?:[Ss]tage|[Pp]hase|[Tt]ype|[Cc]lass|[Gg]rade|[Gg]roup|[Cc]ategory|[Tt]ier|[Ll]evel|[Pp]art)s? "
    r"(?P<it>[IVX]{1,4})(?P<letter>[a-cA-C])(?!\w)"
)
_SUFFIXED = late(r"(?<![\w.-])(?P<it>[IVX]{1,6})(?:st|nd|rd|th)(?!\w)")
_YEAR = late(r"(?<![\w.&-])(?P<it>M[MDCLXVI]{3,14})(?![\w&])")
_WORLD_WAR = late(r"(?<![\w.])(?:WW ?|W\.W\. ?)(?P<it>I{1,3}|[123])(?![\w.]\w|\w)")
_LISTED = late(r"(?<![\w)])\((?P<it>[ivx]{1,5})\)(?= ?\S)")
_ENUMERATED = late(r"\A(?P<it>[IVX]{2,6})[.):](?= [A-Z\"])|\A(?P<one>[IVX])[.)](?= (?P<word>[A-Z][\w']+))")
_NAMES = late(r"(?<![\w'.-])(?:[A-Z][\w'.-]*+ ){1,5}$")
# The longest name that is looked back for.
_REACH_CHARS = 60
_OTHER = late(r"(?P<name>[A-Z][^\W\d_]++) (?P<it>[IVX]{1,5})(?![\w'])")
# More numerals behind the first: "Popes Leo I and II".
_MORE = late(r"(?:,? (?:and|or|&) |, |[-–/])(?P<it>[IVX]{2,5}(?!\w)|[IVX](?=$|[.,;:!?)'\"]| of ))")
_INITIAL = late(r"\.? (?P<word>[A-Z][\w']*)")
_SPEAKS = late(r" ([a-z']+)")
_BOUNDARY = late(r"$|[.,;:!?)\]\"\n]|'(?!\w)| ?[—–-]")


@needs_words(word + end for word in _NUMBERED | _SMALL | _HEADED for end in ("", "s"))
def numbered_things(text: str) -> Iterator[Claim]:
    """Chapter IV -> Chapter four; World War II -> World War two; Chapters I–III -> Chapters one to three."""
    for match in _AFTER_NUMBERED().finditer(text):
        is_letter = set(match["it"]) & {"X", "L", "C"} and len(match["it"]) < 3 and _LETTERED_LABEL().match(match[0])
        if not is_letter and (match["it"] != "I" or not _speaks(text, match.end())):
            yield from _numbers(match)
    for match in _LETTERED().finditer(text):
        said = _cardinal(match["it"])
        if said:
            yield Claim(match.start("it"), match.end(), f"{said} {match['letter'].upper()}")
    for match in _AFTER_SMALL().finditer(text):
        if match["it"] != "X" and (match["it"] != "I" or _is_label(text, match)):
            yield from _numbers(match)


@needs_words(_SMALL_LABELS)
def small_numerals(text: str) -> Iterator[Claim]:
    """Act V, scene ii -> Act V, scene two; pages iv–ix -> pages four to nine; (i) and (ii) -> (one) and (two)."""
    for match in _SMALL_NUMERAL().finditer(text):
        if len(match["it"]) > 1 or match[0][:1].lower() in "sa":
            yield from _numbers(match)
            if match["page"]:
                yield Claim(match.start(), match.end("page") + 1, "page" if match["page"] == "p" else "pages")
    if "(ii)" in text or "(iv)" in text:
        yield from claims(_LISTED(), text, lambda match: _cardinal(match["it"].upper()), "it")


@needs("IVX")
def ranks(text: str) -> Iterator[Claim]:
    """the XIX century -> the nineteenth century; XVIII Airborne Corps -> eighteenth Airborne Corps."""

    def say(match: re.Match[str]) -> str | None:
        value = _value(match["it"])
        return None if value is None or value == 1 else ordinal(value)

    yield from claims(_RANKED(), text, say)
    yield from claims(_SUFFIXED(), text, say)
    for match in _AFTER_THE().finditer(text):
        value = _value(match["it"])
        if value and not starts_sentence(match["name"]):
            yield Claim(match.start("it"), match.end("it"), ordinal(value))


@needs("MW")
def years_and_wars(text: str) -> Iterator[Claim]:
    """MCMXCIV -> nineteen ninety four; WWII and WW1 -> World War two and World War one."""

    def written_year(match: re.Match[str]) -> str | None:
        value = _value(match["it"])
        return year(value) if value and 1000 <= value < 2100 else None

    def war(match: re.Match[str]) -> str:
        figure = match["it"]
        return f"World War {cardinal(int(figure) if figure.isdigit() else len(figure))}"

    yield from claims(_YEAR(), text, written_year)
    yield from claims(_WORLD_WAR(), text, war)


@needs("IVX")
def enumerated(text: str) -> Iterator[Claim]:
    """II. The war -> two. The war, at the beginning of a paragraph; I. M. Pei stays."""
    match = _ENUMERATED().match(text)
    if match is None:
        return
    name = "it" if match["it"] else "one"
    said = _cardinal(match[name])
    if said and (name == "it" or starts_sentence(match["word"]) or match["word"] in word_set("roman", "openings")):
        yield Claim(match.start(name), match.end(name), said.capitalize())


@needs("IVXLC")
def rulers_and_names(text: str) -> Iterator[Claim]:
    """Louis XIV -> Louis the fourteenth; Harold Ford III -> Harold Ford the third; Rocky III -> Rocky three; GTA VI.

    Malcolm X stays, as does the I that speaks.
    """
    for match in _AFTER_NAME().finditer(text):
        value = _value(match["it"])
        if value is None or not text[text.rfind(" ", 0, match.start() - 1) + 1].isupper():
            continue
        names = _names_before(text, match.start())
        if not names or (names[0].isupper() and len(names[0]) > 1 and names[0] not in word_set("roman", "games")):
            continue
        if names[0] == "I":  # of "I V", letters that were said already
            continue
        facts = _facts(text, match, names)
        if value == 1 and not facts & {"regnal", "title-before"}:
            continue
        sign = "roman_one" if value == 1 else "roman_names" if len(names) > 1 else "roman"
        chosen = choose(sign, text, match.start(), match.end(), facts)
        if chosen.name == "rank":
            yield from _ranked(text, match, str(chosen))
        elif chosen.name == "number":
            yield Claim(match.start(), match.end(), cardinal(value), str(chosen))


def _ranked(text: str, match: re.Match[str], why: str) -> Iterator[Claim]:
    """Claim the numeral of a ruler or a son, and those that are joined to it."""
    found: re.Match[str] | None = match
    while found is not None:
        value = _value(found["it"])
        if value is None:
            return
        yield Claim(found.start("it"), found.end("it"), f"the {ordinal(value)}", why)
        found = _MORE().match(text, found.end())


def _names_before(text: str, start: int) -> list[str]:
    """Return the capitalised words that lead up to a numeral, the nearest first."""
    found = _NAMES().search(text[max(0, start - _REACH_CHARS) : start])
    return found[0].split()[::-1] if found else []


def _facts(text: str, match: re.Match[str], names: list[str]) -> set[str]:
    """Return what is known of a numeral and the names before it, as lines of tables/readings.toml ask for it."""
    facts = {"regnal"} if _is_regnal(names[0]) else set()
    if not _RULERS.isdisjoint(names[1:]):
        facts.add("title-before")
    if _is_son(names):
        facts.add("son")
    if len(names) == 1 and starts_sentence(names[0]):
        facts.add("small-word-before")
    if len(match["it"]) == 1:
        facts.add("single")
        following = _INITIAL().match(text, match.end())
        if text.startswith("-", match.end()) or (following and not starts_sentence(following["word"])):
            facts.add("initial")
        if names[0] in word_set("words", "lettered"):
            facts.add("lettered")
    return facts | _facts_behind(text, match)


def _is_regnal(name: str) -> bool:
    """Tell whether a name is a ruler's, or those of two: "Georges I and II", "Louis-Philippe I"."""
    first = name.partition("-")[0]
    return first in _REGNAL or (first.endswith("s") and first[:-1] in _REGNAL)


def _is_son(names: list[str]) -> bool:
    """Tell whether a given name or an initial leads up to the name of a family."""
    has_initial = any(len(name.rstrip(".")) == 1 and name != "A" for name in names[1:])
    return len(names) > 1 and names[0] not in _REGNAL and (has_initial or names[-1] in word_set("roman", "given"))


def _facts_behind(text: str, match: re.Match[str]) -> set[str]:
    facts = set()
    if _BOUNDARY().match(text, match.end()):
        facts.add("boundary")
    if text.startswith("'s", match.end()):
        facts.add("possessive")
    around = text[max(0, match.start() - 120) : match.start() - 1] + "|" + text[match.end() : match.end() + 120]
    for other in _OTHER().finditer(around):
        if other["name"] in _REGNAL:
            facts.add("kin" if other["it"] == "I" else "company")
    return facts


def _is_label(text: str, match: re.Match[str]) -> bool:
    facts = _facts_behind(text, match)
    return choose("roman_label", text, match.start("it"), match.end("it"), facts).name == "number"


def _numbers(match: re.Match[str]) -> Iterator[Claim]:
    """Claim every numeral behind a label, and the dash between two of them."""
    start = match.start("it")
    for found in _NUMERAL().finditer(match["it"]):
        said = _cardinal(found[0].upper())
        if said and found[0].upper() not in ("L", "C"):
            yield Claim(start + found.start(), start + found.end(), said)
    for dash in re.finditer("[-–]", match["it"]):
        yield Claim(start + dash.start(), start + dash.end(), " to ")


def _speaks(text: str, end: int) -> bool:
    """Tell whether a lone I is the speaker: Part I think."""
    match = _SPEAKS().match(text, end)
    return match is not None and choose("roman_speaker", text, end, end).name == "speaker"


def _cardinal(numeral: str) -> str | None:
    value = _value(numeral)
    return None if value is None else cardinal(value)


def _value(numeral: str) -> int | None:
    if not _VALID.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
