"""Findings as lines for a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narrate.check.finding import COLUMNS, MOST_ALIKE, PSP_1, Finding, Rule, applied, lines, rule_lines, shown


def finding(where: str, message: str = "wrong", severity: str = "error", rule: str = "a-rule") -> Finding:
    return Finding("error" if severity == "error" else "warning", rule, where, message, "RSS 2.0")


def test_a_line() -> None:
    """Says how bad it is, where, what, and who asks for it."""
    made = finding('feed.xml, item 3 "Title"', "enclosure is 12 bytes long, the file 34")

    assert lines([made]) == [
        'error    feed.xml, item 3 "Title": enclosure is 12 bytes long, the file 34 [RSS',
        "         2.0]",
    ]


def test_files_stay_together_and_errors_come_first() -> None:
    """In the order in which files were looked at."""
    found = [finding("b.mp3", severity="warning"), finding("a.mp3"), finding("b.mp3", "worse", rule="b-rule")]

    assert lines(found) == [
        "error    b.mp3: worse [RSS 2.0]",
        "warning  b.mp3: wrong [RSS 2.0]",
        "error    a.mp3: wrong [RSS 2.0]",
    ]


def test_many_alike() -> None:
    """Are counted after the first few."""
    made = lines(finding(f"feed.xml, item {number}") for number in range(1, 301))

    assert len(made) == MOST_ALIKE + 1
    assert made[-1] == "error    feed.xml: 297 more like this [a-rule]"


def test_nothing_found() -> None:
    """Gives no lines."""
    assert lines([]) == []


@given(st.text(), st.text())
def test_somebody_elses_text(where: str, message: str) -> None:
    """Cannot command a terminal, however strange it is, and is not long."""
    rule: Rule[str] = Rule("a-rule", "error", PSP_1, "about", lambda subject: [subject, shown(subject)])
    made = lines(applied([rule], message, where))

    assert all(len(line) <= COLUMNS or " " not in line[9:] for line in made)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for line in made for char in line)
    assert len(shown(message)) <= 62


def test_rules_as_lines() -> None:
    """Their names stand in a column."""
    rules: list[Rule[str]] = [
        Rule("a-rule", "error", PSP_1, "it is so", lambda subject: ()),
        Rule("a-longer-rule", "warning", PSP_1, "it is not", lambda subject: ()),
    ]

    assert rule_lines(rules) == [
        "error    a-rule         it is so [PSP-1]",
        "warning  a-longer-rule  it is not [PSP-1]",
    ]
    assert rule_lines([]) == []
