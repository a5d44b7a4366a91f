"""A paper of invented sentences: what is in it is known, so that what is read of it can be compared word for word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from narrate.core.article import Article

Kind = Literal["heading", "paragraph", "list_item", "quote"]

_WORDS = tuple(
    re.findall(
        r"\S+",
        """
        the of a and to in that it was for on with as at by from this they have not but had which their been were will
        would when there what about more also other into than only some could time these two may then first any people
        new after such our council river letter morning report winter village market harbour bridge weather station
        evening account between government international development understanding representative investigation
        considerable environment agriculture administration responsibility communication well-known long-term self-made
        north-eastern decision-making
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paper.

    Attributes:
        kind: What it is.
        text: Its words.
        note: Words of a note whose mark stands behind the first sentence; "" for none.
    """

    kind: Kind
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its title, who wrote it, and its pieces in order."""

    title: str
    author: str
    parts: tuple[Part, ...]

    def words(self) -> list[str]:
        """Return the words of its text in order, author first, without its title and its notes."""
        return words_of(" ".join((self.author, *(part.text for part in self.parts))))

    def notes(self) -> list[str]:
        """Return the words of each note."""
        return [" ".join(words_of(part.note)) for part in self.parts if part.note]


def make_paper(seed: int, *, sections: int = 4, paragraphs: int = 5) -> Paper:
    """Invent a paper; the same one for the same seed."""
    rng = random.Random(seed)
    parts = [part for number in range(1, sections + 1) for part in _section(rng, number, paragraphs)]
    return Paper(f"Notes on the {_plain(rng)} of the {_plain(rng)} number {seed}", "Anna Berg", tuple(parts))


def _section(rng: random.Random, number: int, paragraphs: int) -> Iterator[Part]:
    yield Part("heading", f"About the {_plain(rng)} and the {_plain(rng)} {_plain(rng)}")
    for index in range(paragraphs):
        text = " ".join(make_sentence(rng) for _ in range(rng.randint(2, 6)))
        yield Part("paragraph", text, make_sentence(rng) if index % 3 == 1 else "")
        if index == 2:
            yield from (Part("list_item", make_sentence(rng, 6)) for _ in range(3))
        if index == 3 and number % 2:
            yield Part("quote", make_sentence(rng))


def _plain(rng: random.Random) -> str:
    return rng.choice([word for word in _WORDS if len(word) > 5 and "-" not in word])


def make_sentence(rng: random.Random, most: int = 22) -> str:
    """Invent a sentence of five words to so many."""
    words = [rng.choice(_WORDS) for _ in range(rng.randint(5, most))]
    if len(words) > 12:
        words[5] += ","
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; compounds are one word with their hyphen."""
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold())


def read_words(article: Article) -> list[str]:
    """Return the words that were read of a paper, without its title and its notes."""
    return words_of(" ".join(block.text for block in article.blocks if block.kind not in ("title", "footnote")))


def share_in_order(read: Sequence[str], written: Sequence[str]) -> float:
    """Return how much of a text was read in order, and nothing else: F1 over matching runs of words."""
    matcher = SequenceMatcher(None, read, written, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return 2 * same / (len(read) + len(written))
