"""The stage itself: written text to spoken text, and a cleaned article to the script that is narrated."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from narrate.core.article import Block, Cleaned, Drop, Edit, Script, Sound, Utterance, replay
from narrate.core.language.tags import is_british, primary_language
from narrate.text.lexicon import Lexicon, shipped_lexicon
from narrate.text.sentences import parts
from narrate.text.spoken.author_marks import (
    mark_sounds,
    marked_edits,
    outermost,
    spoken_marks,
    with_mark_sounds,
)
from narrate.text.spoken.claims import Rule, rewrite
from narrate.text.spoken.lexicon_entries import Words, entry_rule, entry_sounds, prepared
from narrate.text.spoken.other_languages import rules_for

_log = logging.getLogger(__name__)

NO_WORDS = "no-words"


@dataclass(frozen=True, slots=True)
class SpokenForm:
    """A text in the words a reader would say.

    Attributes:
        text: The words to say.
        edits: Changes that turn the written text into `text`, in order, not overlapping.
        sounds: Words of `text` whose pronunciation is known, in order, not overlapping.
    """

    text: str
    edits: tuple[Edit, ...]
    sounds: tuple[Sound, ...] = ()


def spoken_form(written: str, language: str = "en", lexicon: Lexicon | None = None) -> SpokenForm:
    """Put a text into spoken words: "nearly $120 million" -> "nearly one hundred twenty million dollars".

    Args:
        written: Any text.
        language: BCP 47 tag. English has the most rules, Spanish, French, German, Italian and Portuguese have rules of
            their own, and in other languages numbers are said.
        lexicon: How names and terms are said; the shipped one where left out.
    """
    return _form(written, language, lexicon, language)


def _form(written: str, language: str, lexicon: Lexicon | None, variety: str) -> SpokenForm:
    words, rules = _reading(language, variety, shipped_lexicon() if lexicon is None else lexicon)
    edits = rewrite(written, rules)
    text = replay(written, edits)
    sounds = (_moved(sound, at) for at, part in parts(text) for sound in _sounds(part, language, words))
    return SpokenForm(text, edits, tuple(sounds))


def _moved(sound: Sound, by_chars: int) -> Sound:
    return replace(sound, start_char=sound.start_char + by_chars, end_char=sound.end_char + by_chars)


@lru_cache(maxsize=16)
def _reading(language: str, variety: str, lexicon: Lexicon) -> tuple[Words, tuple[Rule, ...]]:
    """Return the words and rules of a language with a lexicon: the lexicon's words come before all others."""
    words = prepared(lexicon.entries_for(language))
    return words, (entry_rule(words), *_rules(variety))


def _sounds(text: str, language: str, words: Words) -> tuple[Sound, ...]:
    """Gather what is known of pronunciations; where two sources know a word, the first one named here counts."""
    sources: list[Iterable[Sound]] = [entry_sounds(text, words)]
    if primary_language(language) == "en":
        from narrate.text.spoken.heteronyms import heteronym_sounds
        from narrate.text.spoken.initialisms import initialism_sounds
        from narrate.text.spoken.letters import letter_sounds

        british = is_british(language)
        sources += [letter_sounds(text, british), initialism_sounds(text, british), heteronym_sounds(text, british)]
    found: list[Sound] = []
    taken = bytearray(len(text))
    for sound in (sound for source in sources for sound in source):
        if taken.find(1, sound.start_char, sound.end_char) < 0:
            taken[sound.start_char : sound.end_char] = b"\1" * (sound.end_char - sound.start_char)
            found.append(sound)
    return tuple(sorted(found, key=lambda sound: sound.start_char))


def to_script(cleaned: Cleaned, language: str, lexicon: Lexicon | None = None, variety: str = "") -> Script:
    """Put every block of a cleaned article into spoken words.

    A block that leaves nothing to say, such as a row of signs, is recorded as a drop of the rule "no-words".

    Args:
        cleaned: What is left to speak.
        language: BCP 47 tag; by it words sound.
        lexicon: How names and terms are said; the shipped one where left out.
        variety: BCP 47 tag by whose rules numbers and dates are read, where that is another one.
    """
    blocks = cleaned.article.blocks
    forms = [_utterance(index, block, language, lexicon, variety or language) for index, block in enumerate(blocks)]
    said = tuple(form for form in forms if _has_words(form.text))
    unsaid = tuple(Drop(blocks[form.block], NO_WORDS) for form in forms if not _has_words(form.text))
    return Script(cleaned.article.meta, said, cleaned.drops + unsaid, cleaned.asides, cleaned.article.doubts)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def variety_of(texts: Iterable[str], language: str, stated: str) -> str:
    """Return the tag by whose rules an article is read: British where its own spelling says so and no tag contradicts.

    Args:
        texts: Its blocks.
        language: BCP 47 tag by which its words sound.
        stated: What the article or its reader says of its language: "" for nothing, "en" where it names no region.
    """
    if primary_language(language) != "en" or is_british(language) or stated.lower() not in ("", "en"):
        return language
    from narrate.text.spoken.english.variety import looks_british

    return "en-GB" if looks_british(texts) else language


def _rules(language: str) -> tuple[Rule, ...]:
    primary = primary_language(language)
    if primary != "en":
        return rules_for(primary)
    # Here, because their hundred patterns take longer to compile than all else to import.
    from narrate.text.spoken.english.british import BRITISH_RULES
    from narrate.text.spoken.english.rules import ENGLISH_RULES

    return BRITISH_RULES if is_british(language) else ENGLISH_RULES


def _utterance(index: int, block: Block, language: str, lexicon: Lexicon | None, variety: str) -> Utterance:
    say = _marked_form if block.marks else _block_form
    form = say(block, language, lexicon, variety)
    for edit in form.edits:
        _log.debug("block %d: %s: %r -> %r", index, edit.rule, edit.before, edit.after)
    marks = spoken_marks(form.text, block.marks, form.edits)
    return Utterance(
        block.kind, form.text, block.text, index, form.edits, block.level, form.sounds, marks, block.speaker
    )


def _block_form(block: Block, language: str, lexicon: Lexicon | None, variety: str) -> SpokenForm:
    return _form(block.text, language, lexicon, variety)


def _marked_form(block: Block, language: str, lexicon: Lexicon | None, variety: str) -> SpokenForm:
    """Return the spoken form of a block whose author marked how parts of it are said."""
    if not outermost(block.marks):
        return _block_form(block, language, lexicon, variety)
    words, rules = _reading(language, variety, shipped_lexicon() if lexicon is None else lexicon)

    def say(span: str) -> str:
        return _form(span, language, lexicon, variety).text

    edits = marked_edits(block.text, block.marks, rules, language, say)
    text = replay(block.text, edits)
    sounds = (_moved(sound, at) for at, part in parts(text) for sound in _sounds(part, language, words))
    own = tuple(mark_sounds(text, block.marks, edits, language))
    return SpokenForm(text, edits, with_mark_sounds(sounds, own))
