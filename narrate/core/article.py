"""Values of the text half: what an article is on its way from a source to chunks an engine can speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "quote", "code", "table", "caption", "image", "footnote",
    "intro", "outro"
]  # fmt: skip


MarkKind = Literal["pause", "say", "sounds", "voice", "emphasis", "as"]

# The rule of all that the author's marks decide: edits, sounds.
MARK_RULE = "mark"

# Before the path of a picture that is inside of the document.
INSIDE = "inside:"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about an article besides its text; None where nothing is known.

    Attributes:
        title: The author's title.
        author: Who wrote it.
        published: The day it was published.
        language: BCP 47 tag, such as "en" or "en-GB".
        url: Canonical address.
        site: Name of the publication.
        cover_url: Address of the lead image, or its path from the folder of an article that is a file, or INSIDE and
            its path in the archive that a document is.
        source: File name the article came from, without its folder.
        modified: The day the source file was last changed.
        description: What it is about, in the author's words, on one line.
        tags: What it is about, in single words.
        season: Number of the season that its episode belongs to.
        episode: Number of its episode in the season.
        voice: Name of the voice that it asks for.
        is_draft: Its author says that it is not ready.
        lexicon: Paths of its own lexicons, as seen from its folder.
        origin: Of the draft of an article: tells the article's source again, as Manifest.origin does.
    """

    title: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    site: str | None = None
    cover_url: str | None = None
    source: str | None = None
    modified: date | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    season: int | None = None
    episode: int | None = None
    voice: str | None = None
    is_draft: bool = False
    lexicon: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text with the way it is to be said, as its author marked it; nothing of the mark is in the text.

    Attributes:
        kind: "pause" (silence at a place), "say" (other words for a span), "sounds" (its pronunciation), "voice" (who
            says it), "emphasis" (how strongly), "as" (how it is read: digits, characters, ordinal).
        start_char: Where the span begins in the text.
        end_char: Where it ends (exclusive); that of a pause is its start.
        value: Of a pause its milliseconds as a decimal, of sounds IPA, of the other kinds words or a name.
        line: Line of the source that the mark stands in, from 1; 0 where that is not known.
    """

    kind: MarkKind
    start_char: int
    end_char: int
    value: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of an article: NFC text, single spaces, no line breaks; only code keeps its lines.

    Attributes:
        kind: What the piece is.
        text: The author's words; a numbered list item begins with its number ("3. Stir."), an image has its
            alternative text, a footnote begins with its mark, a table has its cells apart by " | ".
        level: Depth of a heading (1 is the highest), 0 for every other kind.
        rows: Cells of a table, row by row; the first row holds the headers, and is empty where there are none.
        marks: How parts of `text` are to be said, in order of their starts, an outer one before an inner one.
        speaker: Who says it, as the article names them; "" where it is the author.
        label: The words before it that name its speaker, as they are written, with their colon; not in `text`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[Mark, ...] = ()
    speaker: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """A block that reading or cleaning took out.

    Attributes:
        block: The block.
        rule: Name of the rule that did it.
        why: What decided where it was no phrase alone, with the probability that the block is not the article's:
            "short line, after the last paragraph; 0.97". Empty where the rule's name says it all.
    """

    block: Block
    rule: str
    why: str = ""


# The rule of pieces that a page shows around its article.
NOT_THE_ARTICLE = "not-the-article"


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece of a source, whether it was taken for the article's, and why, with the probability that it is."""

    block: Block
    is_kept: bool
    why: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as typed blocks in reading order.

    Attributes:
        meta: What is known besides the text.
        blocks: What is left to clean and speak.
        drops: What the reader left out of it, in reading order: running heads, the header of a mail. Cleaning takes
            them over, so that `narrate script --dropped` shows them.
        doubts: Why it may not be all of the article, or not the right one, each a sentence without its full stop.
        judged: Every piece of the source with what decided about it, where that was asked for.
        standfirst: The line under the headline that the page calls its summary; no weights are asked about it.
    """

    meta: Metadata
    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...] = ()
    doubts: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    standfirst: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A block that a reader sees and a listener does not hear, such as a piece of code.

    Attributes:
        block: The author's.
        before: Index of the spoken block that it stands before.
        announced: The voice says that it is there.
    """

    block: Block
    before: int
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article after cleaning: what to speak, every drop (the reader's, then cleaning's), and what is only seen."""

    article: Article
    drops: tuple[Drop, ...]
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change from written to spoken form.

    Attributes:
        rule: Name of the rule, and behind a colon the reading it chose with the evidence for it, where it had a choice.
        start_char: Where the change begins in the written text.
        end_char: Where it ends (exclusive).
        before: The written text of that span.
        after: What is said instead; may be empty.
    """

    rule: str
    start_char: int
    end_char: int
    before: str
    after: str


def replay(written: str, edits: Sequence[Edit]) -> str:
    """Apply edits to the written text they were made for; the result is the spoken text, exactly."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (written[position : edit.start_char], edit.after)
        position = edit.end_char
    return "".join((*parts, written[position:]))


@dataclass(frozen=True, slots=True)
class Sound:
    """The pronunciation of a word where the engine, left alone, might say it otherwise.

    Attributes:
        start_char: Where the word begins in the text to say.
        end_char: Where it ends (exclusive).
        ipa: Its sounds in the International Phonetic Alphabet, with stress marks: "lˈɛd".
        rule: What decided it: "heteronyms", "lexicon", "mark".
    """

    start_char: int
    end_char: int
    ipa: str
    rule: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One block in spoken form.

    Attributes:
        kind: The block's kind.
        text: The words to say.
        written: The author's words.
        block: Index of the block in the cleaned article.
        edits: Changes that turn `written` into `text`, in order, not overlapping.
        level: Depth of a heading, 0 for every other kind.
        sounds: Words of `text` whose pronunciation is known, in order, not overlapping.
        marks: Pauses, voices and emphases, with places in `text`, in order of their starts.
        speaker: Who says it, as the article names them; "" where it is the author.
    """

    kind: BlockKind
    text: str
    written: str
    block: int
    edits: tuple[Edit, ...]
    level: int = 0
    sounds: tuple[Sound, ...] = ()
    marks: tuple[Mark, ...] = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """All that will be said, and all that will not; what is only seen is among the drops, too.

    Attributes:
        meta: What is known of the article.
        utterances: What is said, in order.
        drops: What is not, each with its rule.
        asides: What is only seen.
        doubts: Why it may not be all of the article, or not the right one.
    """

    meta: Metadata
    utterances: tuple[Utterance, ...]
    drops: tuple[Drop, ...]
    asides: tuple[Aside, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The spoken words, utterances apart by a blank line."""
        return "\n\n".join(utterance.text for utterance in self.utterances)


@dataclass(frozen=True, slots=True)
class Break:
    """A place inside a chunk where the voice pauses.

    Attributes:
        at_char: The end of what comes before it, in the chunk's text.
        at_least_ms: The pause is lengthened to this where it is shorter.
    """

    at_char: int
    at_least_ms: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one utterance that an engine takes in one call.

    Attributes:
        index: Position in the episode, from 0.
        text: The words to say, stripped.
        utterance: Index of the utterance in the script.
        start_char: Where the piece begins in the utterance's text.
        end_char: Where it ends (exclusive).
        pause_after_ms: Silence that follows; on top of what a clip keeps of its own quiet edges, unless it is exact.
        chapter: Title of the chapter that begins here, None inside one.
        sounds: Words of `text` whose pronunciation is known; places are in `text`.
        breaks: Ends of sentences and clauses inside the chunk, in order.
        voice: Name of the voice, "" for the episode's own.
        speaker: Who says it, as the article names them; "" where it is the author.
        is_pause_exact: The author asked for the pause: its milliseconds count from the last sound to the next one.
    """

    index: int
    text: str
    utterance: int
    start_char: int
    end_char: int
    pause_after_ms: int
    chapter: str | None = None
    sounds: tuple[Sound, ...] = ()
    breaks: tuple[Break, ...] = ()
    voice: str = ""
    speaker: str = ""
    is_pause_exact: bool = False
