"""The stage itself: written text to spoken text, and a cleaned article to the script that is narrated."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from narrate.article import Block, Cleaned, Drop, Edit, Script, Utterance
from narrate.language import primary_language
from narrate.spoken.edits import replay
from narrate.spoken.machine import Rule, rewrite
from narrate.spoken.other import rules_for

_log = logging.getLogger(__name__)

NO_WORDS = "no-words"


@dataclass(frozen=True, slots=True)
class SpokenForm:
    """A text in the words a reader would say.

    Attributes:
        text: The words to say.
        edits: Changes that turn the written text into `text`, in order, not overlapping.
    """

    text: str
    edits: tuple[Edit, ...]


def spoken_form(written: str, language: str = "en") -> SpokenForm:
    """Put a text into spoken words: "nearly $120 million" -> "nearly one hundred twenty million dollars".

    Args:
        written: Any text.
        language: BCP 47 tag; every language but English gets its numbers said and little more.
    """
    edits = rewrite(written, _rules(language))
    return SpokenForm(replay(written, edits), edits)


def to_script(cleaned: Cleaned, language: str) -> Script:
    """Put every block of a cleaned article into spoken words.

    A block that leaves nothing to say, such as a row of signs, is recorded as a drop of the rule "no-words".
    """
    blocks = cleaned.article.blocks
    forms = [_utterance(index, block, language) for index, block in enumerate(blocks)]
    said = tuple(form for form in forms if _has_words(form.text))
    unsaid = tuple(Drop(blocks[form.block], NO_WORDS) for form in forms if not _has_words(form.text))
    return Script(cleaned.article.meta, said, cleaned.drops + unsaid)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _rules(language: str) -> tuple[Rule, ...]:
    primary = primary_language(language)
    if primary == "en":
        # Here, because its hundred patterns take longer to compile than all else to import.
        from narrate.spoken.english import ENGLISH_RULES

        return ENGLISH_RULES
    return rules_for(primary)


def _utterance(index: int, block: Block, language: str) -> Utterance:
    form = spoken_form(block.text, language)
    for edit in form.edits:
        _log.debug("block %d: %s: %r -> %r", index, edit.rule, edit.before, edit.after)
    return Utterance(block.kind, form.text, block.text, index, form.edits, block.level)
