"""Rules for addresses of the web, handles, tags and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late, needs, where
from narrate.text.spoken.numbers import digit_by_digit, in_groups, paired
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_SAID = word_map("web", "said")
_ENDINGS = word_set("web", "endings")
_ENDING = any_of(_ENDINGS)
_HOST = r"[A-Za-z0-9][\w-]*+(?:\.[\w-]++)++"
_URL = re.compile(
    rf"(?<![\w@./-])(?:(?P<scheme>https?|ftp)://)?(?P<host>{_HOST})(?::\d++)?(?P<path>/[^\s<>\"')\]?#]*+)?(?P<more>[?#]\S*+)?"
)
_EMAIL = late(rf"(?<![\w.+@-])(?:mailto:)?(?P<user>\w[\w.+&%-]*+)@(?P<host>{_HOST})")
_ENDING_ALONE = re.compile(rf"(?<![\w.])\.(?P<it>{_ENDING})(?![\w.])")
# The ending of a file's name, or a name that begins with a dot: a .zip file, .NET.
_FILE_ENDING = late(
    rf"(?<![\w.])\.(?P<it>{any_of(word_set('web', 'files'))}|"
    r"[a-z]{2,4}(?= (?:files?|folders?|formats?|extensions?)\b))(?![\w.]\w|\w)"
)
_HANDLE = re.compile(r"(?<![\w.@/])@(?P<it>\w++)")
_HASHTAG = late(r"(?<![\w&/#])#(?P<it>[^\W\d_]\w*+)")
_TAG_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
_PARTS = re.compile(r"\d+|[^\W\d_]+|\W|_")
# A path longer than this is noise to a listener; the host is enough to find the page.
_LONGEST_PATH_CHARS = 40

_PHONE = late(
    r"(?<![\w.-])(?P<plus>\+)?(?:(?P<country>\d{1,3})[ .-])?\(?(?P<area>\d{3})(?:\)[ .-]{0,2}|[ .-]{1,2})"
    r"(?P<one>\d{3})[ .-](?P<two>\d{4})(?![\w-])(?!\.\d)"
)
_INTERNATIONAL = late(r"(?<![\w.-])\+(?P<it>\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}+)(?![\w-])")
# British, with the zero that is dialled inside the country: 020 7946 0018, 07700 900123.
_BRITISH = late(r"(?<![\w.,-])\(?0\d{2,4}\)?(?: \d{3,4} ?\d{3,4}| \d{6})(?: \d{3})?(?![\w-]|[.,]\d)")
# Behind an American number: 212-555-0133 x45.
_EXTENSION = late(r"(?<=[-.]\d{4}),? x ?(?P<it>\d{1,5})(?!\w)")
_LOCAL = late(r"(?<![\w.-])(?P<one>555)-(?P<two>\d{4})(?![\w-])")
_DIALLED = late(
    rf"(?i)\b(?:{any_of(word_set('words', 'dialling'))}) (?P<it>\d{{3}}|\d{{5,6}})(?![\w%,.-]\w|\w| [a-z]*s\b)|"
    r"(?<!\w)(?P<service>911|999|112|988)(?= (?:call|calls|caller|dispatcher|operator|emergency|tape|recording)\b)"
)
# A number to remember by its words: 1-800-FLOWERS.
_VANITY = late(r"(?<![\w.-])1-(?P<area>8\d\d)-(?P<words>(?=[\dA-Z-]*[A-Z]{2})[A-Z\d]+(?:-[A-Z\d]+)*)(?![\w-])")
# The end of a card's or account's number, a PIN.
_ENDING_IN = late(r"(?:\bending in|\bPIN(?: is| was|:)?) (?P<it>\d{4,6})(?![\w,.]\w|\w)")
_GROUPS = late(r"(?<![\w.-])\d++(?:-\d++){2,}+(?![\w-])")
_IP = late(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\w|\w)")


@needs("@")
def emails(text: str) -> Iterator[Claim]:
    """jane.doe@example.com -> jane dot doe at example dot com."""

    def say(match: re.Match[str]) -> str:
        return f"{_spelled(match['user'].strip('.'))} at {_spelled(match['host'])}"

    return claims(_EMAIL(), text, say)


@needs(".")
def urls(text: str) -> Iterator[Claim]:
    """https://www.example.com/news -> example dot com slash news; a long path is left out.

    Known failure: a word ending such as ".it" counts only with a path or www in front.
    """
    for match in _URL.finditer(text):
        found = _url(match)
        if found is not None:
            yield found


@where(r"(?<![\w.])\.[A-Za-z]")
def endings_alone(text: str) -> Iterator[Claim]:
    """the .com boom -> the dot com boom; .NET -> dot NET; a .zip file -> a dot zip file."""
    yield from claims(_FILE_ENDING(), text, lambda match: f"dot {match['it']}")
    yield from claims(_ENDING_ALONE, text, lambda match: f"dot {_SAID.get(match['it'], match['it'])}")


@needs("@")
def handles(text: str) -> Iterator[Claim]:
    """@NASA -> at NASA; @jane_doe -> at jane doe."""
    return claims(_HANDLE, text, lambda match: f"at {_words(match['it'])}")


@needs("#")
def hashtags(text: str) -> Iterator[Claim]:
    """#MeToo -> hashtag Me Too."""
    return claims(_HASHTAG(), text, lambda match: f"hashtag {_words(_TAG_WORD.sub(' ', match['it']))}")


@among_digits(r"\d{3}\)?[ .-]{0,2}\d{3}|\+\d|1-8\d\d")
def phone_numbers(text: str) -> Iterator[Claim]:
    """(212) 555-0199 -> two one two, five five five, zero one nine nine; 020 7946 0018; 1-800-FLOWERS."""

    def groups(match: re.Match[str]) -> str:
        parts = (match[name] for name in ("country", "area", "one", "two"))
        return ("plus " if match["plus"] else "") + ", ".join(digit_by_digit(part) for part in parts if part)

    yield from claims(_PHONE(), text, groups)
    yield from claims(_INTERNATIONAL(), text, lambda match: f"plus {in_groups(match['it'])}")
    yield from claims(_LOCAL(), text, lambda match: in_groups(match[0]))
    yield from claims(_BRITISH(), text, lambda match: in_groups(match[0]))
    yield from claims(_EXTENSION(), text, lambda match: f" extension {digit_by_digit(match['it'])}")
    yield from claims(_VANITY(), text, _vanity)


@among_digits(r" \d{3}(?!\d)|\d{5}|(?:in|PIN|is|was|:) \d{4}|\b(?:911|999|112|988) ")
def dialled_numbers(text: str) -> Iterator[Claim]:
    """Say digits that are dialled: dial 911 -> dial nine one one; a card ending in 8876."""
    yield from claims(_ENDING_IN(), text, lambda match: digit_by_digit(match["it"]), "it")
    for match in _DIALLED().finditer(text):
        group = "it" if match["it"] else "service"
        yield Claim(match.start(group), match.end(group), digit_by_digit(match[group]))


@among_digits(r"\d[.-]\d")
def digit_groups(text: str) -> Iterator[Claim]:
    """111-11-1111 -> one one one, one one, one one one one; 192.168.0.1 is read by the dots."""
    yield from claims(_GROUPS(), text, lambda match: in_groups(match[0]))
    yield from claims(_IP(), text, lambda match: " dot ".join(digit_by_digit(part) for part in match[0].split(".")))


def _vanity(match: re.Match[str]) -> str:
    area = match["area"]
    said = f"{digit_by_digit(area[0])} hundred" if area == "800" else digit_by_digit(area)
    words = (digit_by_digit(part) if part.isdecimal() else part for part in re.findall(r"\d+|[A-Z]+", match["words"]))
    return f"one, {said}, {' '.join(words)}"


def _url(match: re.Match[str]) -> Claim | None:
    host, path = match["host"], match["path"] or ""
    ending = host.rpartition(".")[2]
    known = ending.lower() in _ENDINGS and (ending.islower() or host.isupper())
    www = host.lower().startswith("www.")
    if not (match["scheme"] or www or known) or host.replace(".", "").isdigit():
        return None
    if not (match["scheme"] or www or path) and ending.lower() in word_set("web", "words") and host.count(".") < 2:
        return None
    end = match.end()
    rest = match[0].rstrip(".,;:!?")
    end -= len(match[0]) - len(rest)
    path = path.rstrip(".,;:!?/")
    said = _spelled(host[4:] if www else host)
    if path and not match["more"] and len(path) <= _LONGEST_PATH_CHARS:
        said += f" {_spelled(path)}"
    return Claim(match.start(), end, said)


def _spelled(address: str) -> str:
    """Return every part of an address as words: names as they stand, signs by name, digits one by one."""
    return " ".join(
        digit_by_digit(part) if part.isdecimal() else _SAID.get(part, part) for part in _PARTS.findall(address)
    )


def _words(name: str) -> str:
    """The words of a handle or tag: figures as words, underscores as spaces."""
    parts = (paired(part) if part.isdecimal() else part for part in _PARTS.findall(name))
    return " ".join(part for part in parts if part not in ("_", " "))
