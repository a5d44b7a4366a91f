"""The tables of narrate.toml: pauses, blocks, music, podcast, clean; the settings above them are in model.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from narrate.core.settings import checks
from narrate.core.settings.declaration import Checked, Decides, Flag, Value, documented, setting

# How much cleaning may risk; what each costs stands in text/clean/judging.py.
STRICTNESSES = ("gentle", "normal", "strict")

FRAME_PANEL, TEXT_PANEL = "Around the reading", "Reading and cleaning"


def _pause(default_ms: int, meaning: str) -> int:
    return setting(default_ms, meaning=meaning, check=checks.whole(0, 10_000), decides=Decides.SPEECH, is_recorded=True)


@documented
@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after a chunk, in milliseconds, by what the chunk ends.

    A chunk that ends a block takes the pause of the block's kind; inside a block the pause is that of
    the break it was cut at. A clip keeps up to 0.1 s of its own quiet edges on top. Where sentences and
    clauses end inside a clip, the voice makes a pause of its own, which is lengthened where it is shorter.
    """

    intro_ms: int = _pause(1200, "After the intro.")
    title_ms: int = _pause(900, "After the title.")
    heading_1_ms: int = _pause(850, "After a heading of the first level.")
    heading_2_ms: int = _pause(750, "After a heading of the second level.")
    heading_3_ms: int = _pause(650, "After a heading of the third level, and of all deeper ones.")
    before_heading_ms: int = _pause(
        1000,
        "Before a heading, whatever comes before it, unless that has a longer pause; before the outro, too.",
    )
    paragraph_ms: int = _pause(600, "After a paragraph.")
    list_item_ms: int = _pause(450, "After an item of a list.")
    quote_ms: int = _pause(600, "After a block quote.")
    code_ms: int = _pause(600, "After code, or what is said in its place.")
    table_ms: int = _pause(600, "After a table, or what is said in its place.")
    caption_ms: int = _pause(600, "After the caption of a picture.")
    image_ms: int = _pause(600, "After a picture's description.")
    footnote_ms: int = _pause(600, "After a footnote.")
    outro_ms: int = _pause(0, "After the outro.")
    speaker_ms: int = _pause(250, "After the name of a speaker, before what is said.")
    sentence_ms: int = _pause(350, "Between two sentences of a block.")
    clause_ms: int = _pause(120, "Between two clauses of a sentence.")
    word_ms: int = _pause(0, "Where a sentence without a single comma was too long and was cut between two words.")


_SPOKEN_OR_NOT = checks.one_of("speak", "skip")
_ANY_POLICY = checks.one_of("speak", "announce", "skip")


def _block(default: str, meaning: str, check: checks.OneOf = _ANY_POLICY) -> str:
    return setting(default, meaning=meaning, check=check, decides=Decides.TEXT)


@documented
@dataclass(frozen=True, slots=True)
class BlockPolicies:
    """The treatment of each kind of block: "speak" it, "announce" that it is left out, or "skip" it.

    Only what a listener would miss without a word can be announced: a title, heading, paragraph or list item
    is spoken or skipped.
    """

    title: str = _block("speak", "The article's title.", _SPOKEN_OR_NOT)
    heading: str = _block("speak", "Headings of every level.", _SPOKEN_OR_NOT)
    paragraph: str = _block("speak", "Paragraphs.", _SPOKEN_OR_NOT)
    list_item: str = _block("speak", "Items of lists.", _SPOKEN_OR_NOT)
    quote: str = _block("speak", "Block quotes.")
    code: str = _block("announce", "Blocks of code.")
    table: str = _block("speak", "Tables; large ones are announced, see table_max_cells.")
    caption: str = _block("skip", "Captions of pictures.")
    image: str = _block("skip", "Descriptions of pictures.")
    footnote: str = _block("speak", "Footnotes.")


@documented
@dataclass(frozen=True, slots=True)
class Music:
    """Sound before and after the reading."""

    before: Path | None = setting(
        None,
        meaning="A sound file that is heard first; None for none.",
        check=checks.path_or_none,
        decides=Decides.SOUND,
        flag=Flag(("--music-before",), "Sound before; it fades under the first words.", "FILE", FRAME_PANEL),
    )
    after: Path | None = setting(
        None,
        meaning="A sound file that is heard last; None for none.",
        check=checks.path_or_none,
        decides=Decides.SOUND,
        flag=Flag(("--music-after",), "Sound after; it begins under the last words.", "FILE", FRAME_PANEL),
    )
    below_lu: float = setting(
        6.0,
        meaning="How much quieter than the voice it is.",
        check=checks.number(0.0, 40.0),
        decides=Decides.SOUND,
        is_recorded=True,
    )
    longest_ms: int = setting(
        12_000,
        meaning="What is longer is faded out there.",
        check=checks.whole(500, 120_000),
        decides=Decides.SOUND,
        is_recorded=True,
    )
    fade_ms: int = setting(
        2000,
        meaning="How long it fades in and out; it fades out under the first words and in under the last.",
        check=checks.whole(0, 20_000),
        decides=Decides.SOUND,
        is_recorded=True,
    )


def _of_feed(
    default: Value, meaning: str, check: Callable[[object], Checked], flag: Flag | None = None
) -> Value | Checked:
    return setting(default, meaning=meaning, check=check, decides=Decides.NOTHING, flag=flag)


@documented
@dataclass(frozen=True, slots=True)
class Podcast:
    """The statements of a feed about itself."""

    title: str = _of_feed(
        "Articles, read aloud",
        "Name of the podcast.",
        checks.word,
        Flag(("--title",), "Name of the podcast.", "TITLE"),
    )
    description: str = _of_feed(
        "", 'What it is about, plain text; "" for a sentence that says so.', checks.word_or_none
    )
    author: str = _of_feed("", 'Who makes it; "" for the title.', checks.word_or_none)
    email: str = _of_feed(
        "",
        'The owner\'s address, which Apple and hosts ask for to see that the podcast is theirs; "" for none.',
        checks.word_or_none,
    )
    category: str = _of_feed("News", 'One of Apple\'s, a subcategory after ">": "News > Tech News".', checks.word)
    language: str = _of_feed("", 'BCP 47 tag; "" for that of most episodes.', checks.language_or_none)
    explicit: bool = _of_feed(False, "Whether parents should be warned.", checks.flag)
    copyright: str = _of_feed("", 'A line, "" for none.', checks.word_or_none)
    link: str = _of_feed("", 'The podcast\'s home page; "" for the page of the library.', checks.word_or_none)
    cover: Path | None = _of_feed(None, "A picture; None to draw one from the title.", checks.path_or_none)
    base_url: str = _of_feed(
        "",
        "Where the folder will be found on the web.",
        checks.word_or_none,
        Flag(("--base-url",), "Where the folder will be found on the web.", "URL"),
    )
    guid: str = _of_feed(
        "",
        "The podcast's identity where it moved from another address; \"\" for the one that follows from the feed's.",
        checks.uuid_or_none,
    )
    locked: bool = _of_feed(True, "Tells hosts not to import the feed.", checks.flag)
    keep_episodes: int = _of_feed(
        0,
        "The feed holds so many of the newest; 0 for all.",
        checks.whole(0, 1_000_000),
        Flag(("--keep-episodes",), "List the newest N; 0 for all.", "N"),
    )
    keep_days: int = _of_feed(
        0,
        "The feed holds those of so many days; 0 for all.",
        checks.whole(0, 100_000),
        Flag(("--keep-days",), "List those of the last N days; 0 for all.", "N"),
    )
    notes: str = _of_feed(
        "article",
        '"article" for the whole text as show notes, "summary" for its beginning, "none" for the source alone.',
        checks.one_of("article", "summary", "none"),
    )


@documented
@dataclass(frozen=True, slots=True)
class CleanChoices:
    """The choices of a user who knows better than the cleaning rules."""

    keep: tuple[str, ...] = setting(
        (),
        meaning="Names of rules that are not used.",
        check=checks.words,
        decides=Decides.TEXT,
        flag=Flag(("--keep",), "Do without a cleaning rule.", "RULE", TEXT_PANEL, "rules"),
        has_variable=False,
    )
    drop: tuple[str, ...] = setting(
        (),
        meaning="Regular expressions; a block in which one is found is dropped.",
        check=checks.patterns,
        decides=Decides.TEXT,
        flag=Flag(("--drop",), "Drop blocks with this in them.", "PATTERN", TEXT_PANEL),
        has_variable=False,
    )
    keep_lines: tuple[str, ...] = setting(
        (),
        meaning="Words as they stand in the text; a block that holds them stays, whatever the rules say.",
        check=checks.words,
        decides=Decides.TEXT,
        flag=Flag(("--keep-line",), "Keep blocks with these words in them.", "WORDS", TEXT_PANEL),
        has_variable=False,
    )
    strictness: str | None = setting(
        None,
        meaning='"gentle", "normal" or "strict": whether a sentence of the author\'s that is lost is as bad as 30, 10 '
        "or 3 lines of boilerplate that are spoken; None for normal.",
        check=checks.one_of(*STRICTNESSES),
        decides=Decides.TEXT,
        has_variable=False,
    )
