"""Ways in which a word can be said, and the lexicons that can keep one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from narrate.core.language.tags import primary_language, with_usual_case
from narrate.core.settings.folders import users_folder
from narrate.core.web.addresses import is_web_address
from narrate.pipeline.lexicons import LEXICON_NAME
from narrate.sources.read.draft.origin import made_of
from narrate.speech.engines.abilities import pronouncer_of
from narrate.text.lexicon import ANY_LANGUAGE, Lexicon, is_ipa, is_sayable
from narrate.text.lexicon_lines import Way, lexicon_line, text_of, with_line
from narrate.text.spoken.heteronyms import readings_of

if TYPE_CHECKING:
    from narrate.speech.engines import Engine

# Alone, short words in capitals are said in another way.
_FRAME = "the"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to say a word.

    Attributes:
        label: What it is.
        way: As in narrate.text.lexicon_lines.
        value: Sounds or letters; "" where the way says it all.
    """

    label: str
    way: str
    value: str = ""


def choices_for(word: str, engine: Engine, voice: str, language: str, lexicon: Lexicon) -> Sequence[Choice]:
    """Return the ways to say a word, the voice's own first; each is there once.

    Args:
        word: As it is written.
        engine: Says it now.
        voice: In this voice.
        language: BCP 47 tag of the text.
        lexicon: May have an entry for it.
    """
    found = (*_known(word, language, lexicon), *_sounds(word, engine, voice, language), *_readings(word, language))
    letters = [Choice("letter by letter", "spell")] if any(map(str.isalpha, word)) else []
    as_word = [Choice("as a word", "say", word.capitalize())] if word.isupper() and is_sayable(word) else []
    unique = {(one.way, one.value): one for one in reversed((*found, *letters, *as_word))}
    return tuple(reversed(unique.values()))


def _known(word: str, language: str, lexicon: Lexicon) -> Iterator[Choice]:
    for entry in lexicon.entries_for(language):
        if entry.written == word or (not entry.is_case_sensitive and entry.written.lower() == word.lower()):
            if entry.ipa:
                yield Choice("the lexicon's", "ipa", entry.ipa)
            elif entry.say:
                yield Choice("the lexicon's", "say", entry.say)


def _sounds(word: str, engine: Engine, voice: str, language: str) -> Iterator[Choice]:
    pronounce = pronouncer_of(engine, voice)
    if pronounce is None:
        return
    is_english = primary_language(language) == "en"
    said = pronounce(f"{_FRAME} {word}").strip().partition(" ")[2] if is_english else pronounce(word).strip()
    if is_ipa(said):
        yield Choice("as the voice says it", "ipa", said)


def _readings(word: str, language: str) -> Iterator[Choice]:
    if primary_language(language) == "en":
        is_british = with_usual_case(language) == "en-GB"
        for name, ipa in readings_of(word, is_british).items():
            yield Choice(f"as {name}", "ipa", ipa)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line for a lexicon.

    Attributes:
        line: The line.
        table: The language that it stands under.
        path: The file.
        text: All of the file with the line in it.
    """

    line: str
    table: str
    path: Path
    text: str

    @property
    def shown(self) -> dict[str, object]:
        """The line and its place, for the page."""
        return {"line": self.line, "table": self.table, "file": str(self.path.absolute())}


def line_in(path: Path, word: str, choice: Choice, language: str) -> NewLine:
    """Return a lexicon with a line that says a word in a way.

    Raises:
        ConfigError: It can be no entry, or the file is written so that none can be put into it.
    """
    line = lexicon_line(word, cast(Way, choice.way), choice.value)
    table = primary_language(language or ANY_LANGUAGE)
    return NewLine(line, table, path, with_line(text_of(path), table, line, str(path)))


def lexicon_files(draft: Path, source: str) -> dict[str, Path]:
    """Return the lexicons that a word can be written into: that beside the article, and the user's own.

    Args:
        draft: The draft's file.
        source: What the draft says that it is of.
    """
    article = made_of(draft)
    folder = draft.parent if is_web_address(source) or not isinstance(article, Path) else article.parent
    own = users_folder("config")
    return {"article": folder / LEXICON_NAME, **({"user": own / LEXICON_NAME} if own else {})}
