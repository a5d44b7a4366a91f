"""Rules for what a text refers to: judgments by volume and page, sources by their number, pages and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late, needs
from narrate.text.spoken.context import kept_stop, word_before
from narrate.text.spoken.english.labelled.labels import parts_of_label
from narrate.text.spoken.numbers import paired
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_FOLLOWING = late(r"(?<![\w.])(?:pp?\.|pages?|vv?\.|lines?|§§?) ?\d{1,5}(?P<it> ?ff?\b\.?)")
_PARAGRAPH = late(
    r"(?<![\w.,$£€-])\d{1,5}[a-z]?(?:[.-]\d{1,4}[a-z]?){0,2}(?:\((?:\d{1,2}|(?!s\))[A-Za-z]|[ivx]{2,5})\)){1,6}(?![\w(:])"
)
# Volume, report and page.
_REPORTS = word_map("labels", "reports")
_REPORT = late(
    rf"(?<![\w.,$-])(?P<volume>\d{{1,4}}) (?P<report>{any_of(_REPORTS)})(?:,?(?P<at> at))? (?P<page>\d{{1,5}})"
    r"(?![\w-]|[.,]\d)"
)
# One source or more at the end of a clause: "the reform [14].", "the reform [3, 4] and".
_CITED = late(
    r"(?<=[\w)\"'])(?P<it>(?:,? ?\[\d{1,3}(?:(?:, ?|[-–])\d{1,3}){0,8}\]){1,8})"
    r"(?=[.,;:!?)]|$| (?:and|but|or|while|which)\b)"
)


@needs("(")
def paragraphs(text: str) -> Iterator[Claim]:
    """212(a)(7) -> two twelve A seven: brackets right behind figures name a paragraph, whatever stands before."""
    return claims(_PARAGRAPH(), text, lambda match: parts_of_label(match[0]))


@needs("f")
def what_follows(text: str) -> Iterator[Claim]:
    """p. 12ff. -> page twelve and following."""

    def say(match: re.Match[str]) -> str:
        return f" and following{kept_stop(text, match.end())}"

    return claims(_FOLLOWING(), text, say, "it")


@among_digits(r"\d [A-Z][A-Za-z., ]*(?:\d[dth]+ )?\d")
def reports_of_cases(text: str) -> Iterator[Claim]:
    """347 U.S. 483 -> three forty seven US four eighty three; 18 F.3d 123 -> eighteen F third one twenty three."""

    def say(match: re.Match[str]) -> str:
        report = f"{_REPORTS[match['report']]}{match['at'] or ''}"
        return f"{paired(match['volume'])} {report} {paired(match['page'])}"

    return claims(_REPORT(), text, say)


@needs(r"\[")
def cited_sources(text: str) -> Iterator[Claim]:
    """until the reform [14]. -> until the reform. Behind "in", "see" and the like it is a part of the sentence."""

    def say(match: re.Match[str]) -> str | None:
        return None if word_before(text, match.start()).lower() in word_set("labels", "before_sources") else ""

    return claims(_CITED(), text, say, "it")
