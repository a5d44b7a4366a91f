"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from narrate.core.language.tags import primary_language
from narrate.core.resources import packaged_table

# More than this changes no answer, and an hour's article need not be counted to its end.
SAMPLE_MAX_CHARS = 20_000

# Fewer words than this say too little: a title may be in another language than its text.
SAMPLE_MIN_WORDS = 12

# In running prose a fifth to a half of all words are among the commonest of their language.
COMMON_WORDS_MIN_SHARE = 0.12

# The runner-up of Spanish text is Portuguese, at half its share or less.
LEAD_MIN_RATIO = 1.15

# Between spaces and marks; the letters of a checksum, an address or a name in code are no words.
_WORD = re.compile(r"(?<![\w/@.:\\-])[^\W\d_]++(?![\w/@\\]|[.:-]\w)")


def has_own_script(tag: str) -> bool:
    """Tell whether a language that narrate can tell by its script is written in that, and not in Latin letters."""
    return primary_language(tag) in (*_data().scripts, *_data().letters)


def is_in_latin_script(text: str) -> bool:
    """Tell whether at least half of the letters of a text are Latin ones; true of a text without letters."""
    if text.isascii():
        return True
    letters = [char for char in text if char.isalpha()]
    other = sum(1 for char in letters if char > "\x7f" and not unicodedata.name(char, "").startswith("LATIN"))
    return other * 2 <= len(letters)


def commonest_words(language: str) -> frozenset[str]:
    """Return the commonest small words of a language in lower case; none where it is told by its script."""
    return _data().words.get(primary_language(language), frozenset())


def detect_language(text: str) -> str | None:
    """The primary tag of the language that a text is most likely in.

    Scripts that one language uses are counted first, then the commonest small words of the languages in
    Latin script.

    Args:
        text: Some sentences; more than SAMPLE_MAX_CHARS characters are not looked at.

    Returns:
        A tag such as "de", or None where the text is too short or no language stands out.
    """
    sample = text[:SAMPLE_MAX_CHARS].lower()
    if script := _by_script(sample):
        return script
    words = _WORD.findall(sample)
    if len(words) < SAMPLE_MIN_WORDS:
        return None
    counts = Counter(words)
    shares = {language: sum(counts[word] for word in common) / len(words) for language, common in _data().words.items()}
    first, second = sorted(shares, key=lambda language: shares[language], reverse=True)[:2]
    if shares[first] < COMMON_WORDS_MIN_SHARE or shares[first] < LEAD_MIN_RATIO * shares[second]:
        return None
    return first


def settled_language(stated: str | None, text: str) -> str | None:
    """Return the language a page states, unless its text plainly is in another one: templates often say "en"."""
    detected = detect_language(text)
    if stated and (detected is None or primary_language(stated) == detected):
        return stated
    return detected


def _by_script(sample: str) -> str | None:
    # The signs of a script are counted with its marks, so marks are letters here: Thai and Hindi have many.
    letters = sum(1 for char in sample if char.isalpha() or unicodedata.category(char)[0] == "M")
    found = {language: len(pattern.findall(sample)) for language, pattern in _data().scripts.items()}
    # Japanese mixes its own signs with Chinese ones, which are more.
    if found["ja"] > 0.1 * (found["ja"] + found["zh"]) and found["ja"] + found["zh"] > letters / 2:
        return "ja"
    most = max(found, key=lambda language: found[language])
    if not found[most] or found[most] <= letters / 2:
        return None
    for language, pattern in _data().letters.items():
        if len(pattern.findall(sample)) > found[most] / 50:
            return language
    return most


class _Data:
    def __init__(self, tables: Mapping[str, dict[str, str]]) -> None:
        self.words = {language: frozenset(words.split()) for language, words in tables["words"].items()}
        self.scripts = {language: re.compile(f"[{chars}]") for language, chars in tables["scripts"].items()}
        self.letters = {language: re.compile(f"[{chars}]") for language, chars in tables["letters"].items()}


@cache
def _data() -> _Data:
    return _Data(packaged_table("narrate.core.language", "language.toml"))
