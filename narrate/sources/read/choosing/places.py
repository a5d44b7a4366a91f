"""Features of where pieces stand: in which elements, what those are called, how much prose they hold.

Most pieces share the elements around them with their neighbours, so all that is said of those is worked out once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

from narrate.sources.read.choosing.columns import by_name, marked
from narrate.sources.read.choosing.holders import HOLDERS_MAX, names_of

# Elements that say what stands in them.
PLACES = ("article", "main", "aside", "nav", "footer", "header", "form", "figure", "blockquote", "table", "ul", "ol")
PLACES_MORE = ("li", "section", "p", "dl", "details")
LOOKED_UP = 4
# The second and third element around are near, those after them are around.
_NEAR = slice(0, 2)
_AROUND = slice(2, HOLDERS_MAX)
_SAID_NAMES = tuple(f"{where} {what}" for where in ("called", "near", "around") for what in ("sum", "worst", "best"))
_NAMES = ("depth", *(f"share {up}" for up in range(LOOKED_UP)), "most", "role", *_SAID_NAMES)
_TAGS = frozenset({*PLACES, *PLACES_MORE})

# What names say in sum, at worst, at best.
_Said = tuple[float, float, float]
_NOTHING: _Said = (0, 0.0, 0.0)


class Places:
    """The elements around a page's pieces, each looked at once.

    Attributes:
        holders: For each piece the elements that it stands in, the nearest first.
        shares: How much of the page's prose an element holds.
        odds: For words in classes and ids how much they speak for the article, in logits.
    """

    def __init__(
        self,
        holders: Sequence[Sequence[etree._Element]],
        shares: Mapping[etree._Element, float],
        odds: Mapping[str, float],
    ) -> None:
        self.holders, self.shares, self.odds = holders, shares, odds
        self._said: dict[etree._Element, _Said] = {}
        self._is_body: dict[etree._Element, bool] = {}
        self._rows: dict[etree._Element, list[float]] = {}
        self._around: dict[etree._Element | None, tuple[bool, int, _Said, _Said]] = {}

    def columns(self) -> dict[str, Sequence[float]]:
        """Return what the pieces stand in: how deep, what is around them called, how much of the prose it holds."""
        found = by_name(_NAMES, map(self._row, self.holders))
        inside: dict[str, list[int]] = {}
        tags: dict[etree._Element | None, frozenset[str]] = {}
        for index, (own, *around) in enumerate(self.holders):
            nearest = around[0] if around else None
            if nearest not in tags:
                tags[nearest] = _TAGS.intersection([holder.tag for holder in around])
            for tag in tags[nearest] | {own.tag} if own.tag in _TAGS else tags[nearest]:
                inside.setdefault(tag, []).append(index)
        return found | {f"in {tag}": marked(len(self.holders), indices) for tag, indices in inside.items()}

    def _row(self, holders: Sequence[etree._Element]) -> list[float]:
        own, around = holders[0], holders[1:]
        if own not in self._rows:
            nearest = around[0] if around else None
            if nearest not in self._around:
                self._around[nearest] = self._look_around(around)
            is_body, most, near, far = self._around[nearest]
            shares = [self.shares.get(holders[min(up, len(holders) - 1)], 0.0) for up in range(LOOKED_UP)]
            most = 0 if shares[0] >= 0.5 else most
            role = is_body or self._says_body(own)
            said = self._said_together([own])
            self._rows[own] = [float(len(holders)), *shares, float(most), float(role), *said, *near, *far]
        return self._rows[own]

    def _look_around(self, around: Sequence[etree._Element]) -> tuple[bool, int, _Said, _Said]:
        """Return of what is around a piece whether it says to be the article, what holds most prose, and its names."""
        is_body = any(map(self._says_body, around))
        most = next((up for up, one in enumerate(around, 1) if self.shares.get(one, 0.0) >= 0.5), HOLDERS_MAX)
        return is_body, most, self._said_together(around[_NEAR]), self._said_together(around[_AROUND])

    def _says_body(self, holder: etree._Element) -> bool:
        """Tell whether an element says of itself that the article is in it."""
        if holder not in self._is_body:
            self._is_body[holder] = "articleBody" in (holder.get("itemprop") or "")
        return self._is_body[holder]

    def _said_together(self, holders: Sequence[etree._Element]) -> _Said:
        if not holders:
            return _NOTHING
        said = list(map(self._said_of, holders))
        return sum(one[0] for one in said), min(one[1] for one in said), max(one[2] for one in said)

    def _said_of(self, holder: etree._Element) -> _Said:
        """Return what an element's names say together, at worst and at best."""
        if holder not in self._said:
            found = [self.odds[word] for word in names_of(holder) if word in self.odds]
            # The words come in any order, and a plain sum's last digit would hang on it.
            self._said[holder] = (math.fsum(found), min(found, default=0.0), max(found, default=0.0))
        return self._said[holder]


def likeness(holders: Sequence[Sequence[etree._Element]], prose: Sequence[bool]) -> dict[str, Sequence[float]]:
    """Return how many pieces stand in elements of the same build: cards and menus come in dozens, articles do not.

    Args:
        holders: For each piece the elements that it stands in, the nearest first.
        prose: For each piece whether it is sentences; those count above 0, others below.
    """
    numbers: dict[str, int] = {}
    known: dict[etree._Element, int] = {}
    builds = [tuple(_build(one, known, numbers) for one in around[:3]) for around in holders]
    found: dict[str, Sequence[float]] = {}
    for up in range(3):
        parts = [build[up:] for build in builds]
        logs = {part: math.log1p(count) for part, count in Counter(parts).items()}
        found[f"alike {up}"] = [logs[part] * (1 if own else -1) for part, own in zip(parts, prose, strict=True)]
    return found


def _build(element: etree._Element, known: dict[etree._Element, int], numbers: dict[str, int]) -> int:
    """Return the number of an element's tag and class, the same for those of the same build."""
    if element not in known:
        known[element] = numbers.setdefault(f"{element.tag}.{element.get('class') or ''}", len(numbers))
    return known[element]
