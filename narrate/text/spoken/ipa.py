"""Sounds that are put together, in espeak's spelling: words said letter by letter, and endings in -s."""

from __future__ import annotations

from functools import lru_cache

from narrate.text.spoken.vocabulary import word_map

_VOICELESS = ("p", "t", "k", "f", "θ")
_HISSING = ("s", "z", "ʃ", "ʒ")


@lru_cache(maxsize=1024)
def spelt(letters: str, *, british: bool = False, plural: bool = False) -> str:
    """Return the sounds of letters said one by one, the last with the most stress: US -> jˌuːˈɛs.

    Args:
        letters: Of the Latin alphabet, in any case.
        british: Zed and R without its sound.
        plural: With an -s behind the last: MPs.

    Raises:
        KeyError: One has no name.
    """
    names = word_map("letters", "british" if british else "american")
    said = [names[letter] for letter in letters.upper()]
    joined = "".join([*(name.replace("ˈ", "ˌ") for name in said[:-1]), *said[-1:]])
    return with_s(joined, "ɪ" if british else "ᵻ") if plural else joined


def with_s(ipa: str, weak: str) -> str:
    """Return a word's sounds with the ending of a plural: kˈæt -> kˈæts, hˈaʊs -> hˈaʊsᵻz.

    Args:
        ipa: The sounds of the word.
        weak: The vowel of the ending behind s and its like: ᵻ in American, ɪ in British sounds.
    """
    if ipa.endswith(_HISSING):
        return f"{ipa}{weak}z"
    return ipa + ("s" if ipa.endswith(_VOICELESS) else "z")
