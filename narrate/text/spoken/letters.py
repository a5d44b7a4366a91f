"""Letters that stand as words: engines read a lone "A" as the article and "Ms" as two letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.core.article import Sound
from narrate.text.spoken.claims import late
from narrate.text.spoken.ipa import spelt
from narrate.text.spoken.vocabulary import word_set

RULE = "letters"

_NEAR_CHARS = 40

_NUMBER = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred)"
)
_NUMBER_WORD = late(_NUMBER)
# Each begins with what it looks for, which is found sooner than what stands before it.
_MISS = late(r"Ms(?<!\wMs)(?= [A-Z])")
_MASS = late(r"mc(?<!\wmc)(?= squared\b)")
# "Two As and a B", "straight As".
_MARKS = late(r"As(?<!\wAs)(?= (?:and|in|or|won|beat)\b|[.,;:!?)]|$)")
_MARKS_BEFORE = frozenset(("straight", "all", "mostly", "got", "the", "of", "Oakland"))

_OTHER_LETTERS = frozenset("BCDEFGHIJKLMNOPQRSTUVWXYZ")
_CAPITAL = late(r"A(?<![\w'.&-]A)(?![\w'&-])(?!\.\w)")
# The letter of a formula in words: "a squared plus b squared", "from a to b", "equals a."; prose has a word after "a".
_SUM = r"(?:plus|minus|times|over|equals|sub|to)"
_IN_FORMULA = late(
    rf"\b(?P<it>a)(?= (?:(?:squared|cubed) {_SUM}\b|(?:equals|{_SUM} (?:[b-hj-z]|{_NUMBER}))\b(?!')))"
    rf"|\b{_SUM} (?P<last>a)(?=$|[.,;:)])"
    r"|\b(?:letter|vowel) (?P<named>a)(?= (?:is|was|and|or|in|at|on|with|appears|stands)\b)"
)

# The letter of a formula: S I O two, an I V drip; elsewhere a lone I is the speaker.
_FORMULA_I = late(r"I(?:(?<=\b[A-HJ-Z] I)(?= (?:[A-Z]|two|three)\b)|(?<!\wI)(?= (?:V|N [A-Z])\b))")

# What stands right before a lone "A": the word or letter, or the mark where a sentence begins.
_WORD_BEFORE = late(r"(?:(?P<earlier>\w[\w'-]*) )?(?P<word>\w(?:[\w'-]*\w)?) $")
_LETTER_BEFORE = late(r"(?:^|[ (])[B-Z],?(?: (?:and|or|to|by))? $")
_LABEL_BEFORE = late(r"(?P<label>\w+) $")
_ENDS = late(r"$|[.,;:!?)\"]")
_LETTER_AFTER = late(r"(?: (?:and|or|to|versus|plus|minus|sub)|,)? (?P<next>\w+)(?![\w']|\.\w)")
_WORD_AFTER = late(r" (?P<next>\w+)")
_TITLE_AFTER = late(r" [A-Z][\w'-]* [A-Z]")
_NAME_AFTER = late(r" [A-Z]")
_LOWER_WORD = late(r"(?<![\w'])[a-z]{4,}")


def letter_sounds(text: str, british: bool = False) -> Iterator[Sound]:
    """Yield the sounds of lone letters in a spoken English text; an "A" that may be the article is left alone.

    "A five percent rise" begins with the article, though a number follows: at the beginning of a sentence
    nothing is claimed before a number.

    Args:
        text: Spoken form.
        british: With the letters' British names.
    """
    letter, letters = spelt("A", british=british), spelt("A", british=british, plural=True)
    found = {start: Sound(start, start + 1, letter, RULE) for start in _lone_as(text)}
    for pattern, ipa in ((_MISS, "mˈɪz"), (_MASS, "ˌɛmsˈiː"), (_FORMULA_I, "ˈaɪ"), (_MARKS, letters)):
        for match in pattern().finditer(text):
            if pattern is not _MARKS or _are_marks(text, match.start()):
                found[match.start()] = Sound(match.start(), match.end(), ipa, RULE)
    yield from (found[start] for start in sorted(found))


def _lone_as(text: str) -> Iterator[int]:
    """Yield where the letter A stands and not the article."""
    for match in _IN_FORMULA().finditer(text):
        yield match.start(match.lastgroup or 0)
    for match in _CAPITAL().finditer(text):
        if _is_letter(text, match.start()):
            yield match.start()


def _is_letter(text: str, at: int) -> bool:
    """Tell whether a capital A is the letter: the article has no capital inside a sentence, but in titles."""
    before, following = text[max(0, at - _NEAR_CHARS) : at], text[at + 1 : at + _NEAR_CHARS]
    if _is_label(before) or _LETTER_BEFORE().search(before):
        return True
    inside = _WORD_BEFORE().search(before)
    match = _WORD_AFTER().match(following)
    word = match["next"] if match else ""
    if word in word_set("letters", "verbs") or (_letter_follows(following) and (inside or not _is_number(word))):
        return True
    if _ENDS().match(following):
        return bool(inside) or not before.strip()
    if inside is None:
        return False
    if not _NAME_AFTER().match(following):
        return not inside["word"].isupper() or len(inside["word"]) == 1
    return _is_initial(text, following, inside)


def _is_label(before: str) -> bool:
    """Tell whether a letter follows: grade A, blood type A, four A, the A."""
    match = _LABEL_BEFORE().search(before)
    word = match["label"] if match else ""
    plain = word.lower()
    return plain in word_set("letters", "lettered") or plain in word_set("letters", "determiners") or _is_number(word)


def _are_marks(text: str, at: int) -> bool:
    """Tell whether As are counted or named: two As, straight As."""
    match = _LABEL_BEFORE().search(text[max(0, at - 20) : at])
    return match is not None and (match["label"] in _MARKS_BEFORE or _is_number(match["label"]))


def _letter_follows(following: str) -> bool:
    """Tell whether another letter or a number follows: A and B, A four, A, B."""
    match = _LETTER_AFTER().match(following)
    return match is not None and (match["next"] in _OTHER_LETTERS or _is_number(match["next"]))


def _is_number(word: str) -> bool:
    return _NUMBER_WORD().fullmatch(word) is not None


def _is_initial(text: str, following: str, inside: re.Match[str]) -> bool:
    """Tell whether an "A" between two capitalised words is a name's: James A Garfield, and not How To Write A Letter.

    In titles more words have capitals than one on each side.
    """
    word, earlier = inside["word"], inside["earlier"] or ""
    if not word[:1].isupper() or word in word_set("letters", "title_words") or _TITLE_AFTER().match(following):
        return False
    return bool(_LOWER_WORD().search(text)) and (not earlier[:1].isupper() or earlier in word_set("letters", "offices"))
