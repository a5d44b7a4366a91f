"""Which names mean the same person: a full name, a surname, a first name, initials, in any letter case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from narrate.text.speakers.words import folded, listed

_INITIALS_MAX_CHARS = 4


class NameMatch(NamedTuple):
    """A name that was given, as it was found among those that there are.

    Attributes:
        name: The one that is meant; "" where none is.
        others: Those that may be meant as well, where it is not only one.
    """

    name: str
    others: tuple[str, ...] = ()


def match_name(given: str, names: Iterable[str]) -> NameMatch:
    """Find who is meant by a name: the whole of it, else the surname, else the first name, else initials.

    Args:
        given: As somebody wrote it: "anna", "Berg", "AB", "A. B.".
        names: All people that there are.
    """
    known = tuple(dict.fromkeys(names))
    for is_meant in (_is_whole, _is_last, _is_first, _is_initials):
        found = tuple(name for name in known if is_meant(given, name))
        if len(found) == 1:
            return NameMatch(found[0])
        if found:
            return NameMatch("", found)
    return NameMatch("")


def canonical_names(written: Sequence[str]) -> Mapping[str, str]:
    """Return the fullest form of each name that an article has, by the name folded.

    "Berg" and "AB" are Anna Berg where she alone can be meant; capitals do not part people. Of two forms that differ in
    letter case only, the first is taken.
    """
    first: dict[str, str] = {}
    for name in written:
        first.setdefault(folded(name), name)
    full = [name for name in first.values() if len(_words(name)) > 1]
    known: dict[str, str] = {}
    for key, name in first.items():
        fuller = [other for other in full if len(_words(other)) > len(_words(name))]
        match = (
            match_name(name, fuller)
            if key not in map(folded, full) or len(key) <= _INITIALS_MAX_CHARS
            else NameMatch(name)
        )
        known[key] = match.name or name
    return known


def _words(name: str) -> list[str]:
    words = folded(name).split()
    return words[1:] if len(words) > 1 and words[0] in listed("honorifics") else words


def _is_whole(given: str, name: str) -> bool:
    return folded(given) == folded(name) or _words(given) == _words(name)


def _is_last(given: str, name: str) -> bool:
    words, wanted = _words(name), _words(given)
    return 0 < len(wanted) < len(words) and words[-len(wanted) :] == wanted


def _is_first(given: str, name: str) -> bool:
    words, wanted = _words(name), _words(given)
    return 0 < len(wanted) < len(words) and words[: len(wanted)] == wanted


def _is_initials(given: str, name: str) -> bool:
    letters = folded(given).replace(" ", "")
    return 1 < len(letters) <= _INITIALS_MAX_CHARS and letters == "".join(
        part[0] for word in _words(name) for part in word.split("-")
    )
