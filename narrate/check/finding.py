"""Findings of a check, the rules it goes by, and findings as lines for a terminal."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, Never, TypeVar

from narrate.core.clean_text import one_line

Severity = Literal["error", "warning"]
Subject = TypeVar("Subject")
# What a rule looks at; any rule is one for a subject that nobody knows.
Subject_contra = TypeVar("Subject_contra", contravariant=True)

# A feed of 300 episodes that all lack the same thing needs no 300 lines.
MOST_ALIKE = 3
COLUMNS = 80

# So much of somebody else's text stands in a message.
SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Source:
    """A document that asks for something, and where it can be read."""

    name: str
    url: str


PSP_1 = Source("PSP-1", "https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification")
RSS = Source("RSS 2.0", "https://www.rssboard.org/rss-specification")
APPLE = Source("Apple", "https://podcasters.apple.com/support/823-podcast-requirements")
APPLE_AUDIO = Source("Apple", "https://podcasters.apple.com/support/893-audio-requirements")
APPLE_COVER = Source("Apple", "https://podcasters.apple.com/support/896-artwork-requirements")
PODCASTING_2 = Source("Podcasting 2.0", "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md")
TRANSCRIPTS = Source(
    "Podcasting 2.0",
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md",
)
CHAPTERS = Source(
    "Podcasting 2.0",
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md",
)
ID3 = Source("ID3", "https://id3.org/id3v2-chapters-1.0")
HOSTS = Source("hosts", "https://help.prx.org/hc/en-us/articles/360023748473-Overview-of-feed-requirements")
NARRATE = Source("narrate", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        severity: "error" where an app refuses or misbehaves, "warning" for what is only recommended.
        rule: Name of the rule, for scripts: "enclosure-size".
        where: The file's name, and the place in it: 'feed.xml, item 3 "Title"'.
        message: What is wrong, one line.
        source: Who asks for it.
    """

    severity: Severity
    rule: str
    where: str
    message: str
    source: str

    @property
    def file(self) -> str:
        """The name that `where` begins with."""
        return self.where.partition(", item ")[0]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject_contra]):
    """One thing that is looked at.

    Attributes:
        name: In kebab case, the same for life.
        severity: Of what it finds.
        source: Who asks for it.
        about: What it asks for, in a few words.
        look: Gives a message for each thing that is wrong with a subject.
    """

    name: str
    severity: Severity
    source: Source
    about: str
    look: Callable[[Subject_contra], Iterable[str]]


def applied(rules: Iterable[Rule[Subject]], subject: Subject, where: str) -> Iterator[Finding]:
    """Look at a subject by each of the rules; `where` names it."""
    for rule in rules:
        for message in rule.look(subject):
            yield Finding(rule.severity, rule.name, one_line(where), one_line(message), rule.source.name)


def shown(text: str) -> str:
    """A piece of somebody else's text, for a message: one line, in quotes, not long."""
    line = one_line(text[: 4 * SHOWN_CHARS])
    return f'"{line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"}"'


def lines(findings: Iterable[Finding]) -> list[str]:
    """Findings for a person: file by file, errors first, at most MOST_ALIKE of a kind, COLUMNS wide."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.file].append(finding)
    return [line for found in by_file.values() for line in _of_file(found)]


def rule_lines(rules: Iterable[Rule[Never]]) -> list[str]:
    """Rules for a person, one a line: how bad it is, its name, what it asks for, and who."""
    table = list(rules)
    width = max((len(rule.name) for rule in table), default=0)
    return [f"{rule.severity:<8} {rule.name:<{width}}  {rule.about} [{rule.source.name}]" for rule in table]


def _of_file(findings: list[Finding]) -> Iterator[str]:
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.severity, finding.rule].append(finding)
    for (severity, rule), alike in sorted(by_rule.items(), key=lambda pair: pair[0][0]):  # "error" before "warning"
        for one in alike[:MOST_ALIKE]:
            yield from _wrapped(severity, f"{one.where}: {one.message} [{one.source}]")
        if len(alike) > MOST_ALIKE:
            yield from _wrapped(severity, f"{alike[0].file}: {len(alike) - MOST_ALIKE} more like this [{rule}]")


def _wrapped(severity: str, text: str) -> list[str]:
    indent = " " * len("warning  ")
    first = f"{severity:<{len(indent)}}"
    return textwrap.wrap(text, COLUMNS, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
