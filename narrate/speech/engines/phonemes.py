"""Spoken words become the phonemes that Kokoro was trained on, by espeak-ng.

phonemizer's own punctuation handling is not used: it cuts at every mark, inner ones too, and puts the
marks back by searching from the left, so that "grew by 0.5 points." becomes "zero. five points"
(docs/decisions/0002-kokoro.md). Here text is cut only at marks that end or begin a word.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cache

from narrate.core.article import Sound

# A mark counts where it does not stand between two letters or digits: "3.5", "it's" and "e-mail" are whole.
_MARKS = re.compile(r"(?<!\w)[;:,.!?—…\"()“”]|[;:,.!?…](?!\w)|[—\"()“”]")

# What other marks sound like among those the model knows.
_AS_KNOWN = str.maketrans(
    {"–": "—", "«": "“", "»": "”", "„": "“", "[": "(", "]": ")", "¿": "", "¡": "", "’": "'", "।": "."}
)

_OPENING = "(“"

# espeak marks a word it reads by another language's rules: "(fr)dəʒa vy(en-us)".
_LANGUAGE_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9]+)*\)")

# What a stand-in begins and ends with; see _stand_in.
_VOWELS = tuple("aeiouyæɐɑɒɔəɚɛɜɪɨʊʌᵻøœ")
_ENDINGS = {"szʃʒ": "ss", "ptkfθ": "k", "ɹɚəɜ": "zar"}

# espeak keeps its voice and buffers in globals of the library; two calls at once mix their phonemes.
_LOCK = threading.Lock()


def phonemise(text: str, espeak_language: str, sounds: Sequence[Sound] = ()) -> str:
    """Turn text into espeak's IPA with stress marks, keeping punctuation where it stood.

    Args:
        text: Spoken form; digits are best spelled out before.
        espeak_language: espeak-ng's name of a language, such as "en-us".
        sounds: Words whose phonemes are given, in order; espeak reads what is around them in its full context.
    """
    known = [sound for sound in sounds if 0 <= sound.start_char < sound.end_char <= len(text)]
    if not known:
        return _tidy(_read(text, espeak_language))
    stand_ins = [_stand_in(sound.ipa) for sound in known]
    read = _tidy(_read(_replaced(text, known, stand_ins), espeak_language))
    sounded = _sounded(read, [_stand_in_said(word, espeak_language) for word in stand_ins], known)
    return sounded if sounded is not None else _tidy(_pieces(text, espeak_language, known))


def stretches(text: str) -> list[tuple[str, int, int]]:
    """Return the marks of a text and what lies between them: (mark, start, end), in order, all of the text.

    The mark is the one that phonemes have for it, and "" for what lies between. Phonemes have the same marks in the
    same order, but for a mark inside a word whose sounds are given.
    """
    same_length = text.translate(_AS_KNOWN | {ord("¿"): " ", ord("¡"): " "})
    found, at = [], 0
    for is_mark, part in _parts(same_length):
        found.append((part if is_mark else "", at, at + len(part)))
        at += len(part)
    return found


def _stand_in(ipa: str) -> str:
    """A word of no meaning that begins and ends like the sounds, for what espeak does to the words beside it.

    Its beginning decides over "the" and "to", its end over the possessive "'s" and British linking r.
    """
    said = ipa.strip("ˈˌː ")
    ending = next((ending for last, ending in _ENDINGS.items() if said.endswith(tuple(last))), "b")
    return ("ib" if said.startswith(_VOWELS) else "zib") + "zi" + ending


@cache
def _stand_in_said(word: str, espeak_language: str) -> str:
    return _espeak(word, espeak_language)


def _replaced(text: str, sounds: Sequence[Sound], words: Sequence[str]) -> str:
    for sound, word in zip(reversed(sounds), reversed(words), strict=True):
        text = text[: sound.start_char] + word + text[sound.end_char :]
    return text


def _sounded(read: str, said: Sequence[str], sounds: Sequence[Sound]) -> str | None:
    """The sounds in place of their stand-ins; None unless exactly those are found, in order."""
    found = re.split("(" + "|".join(map(re.escape, sorted(set(said), key=len, reverse=True))) + ")", read)
    if found[1::2] != list(said):
        return None
    found[1::2] = [sound.ipa for sound in sounds]
    return "".join(found)


def _pieces(text: str, espeak_language: str, sounds: Sequence[Sound]) -> str:
    """Return the phonemes around the sounds, each piece read alone: words next to them may lose their weak forms."""
    parts, at = [], 0
    for sound in sounds:
        parts += [_read(text[at : sound.start_char], espeak_language), sound.ipa]
        at = sound.end_char
    return "".join([*parts, _read(text[at:], espeak_language)])


def _read(text: str, espeak_language: str) -> str:
    parts: list[str] = []
    for is_mark, part in _parts(text.translate(_AS_KNOWN)):
        if is_mark:
            parts.append(part)
        elif part.strip():
            edges = (" " if part[0].isspace() else "", " " if part[-1].isspace() else "")
            parts.append(edges[0] + _espeak(part.strip(), espeak_language) + edges[1])
        else:
            parts.append(" ")
    return "".join(parts)


def _tidy(phonemes: str) -> str:
    return " ".join(phonemes.split())


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    at = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > at:
            yield False, text[at : mark.start()]
        yield True, mark[0]
        at = mark.end()
    if at < len(text):
        yield False, text[at:]


def _espeak(text: str, espeak_language: str) -> str:
    with _LOCK:
        # "_" separates phonemes in espeak's output and is not one itself.
        ipa = str(_wrapper(espeak_language).text_to_phonemes(text)).replace("_", "")
    return " ".join(_LANGUAGE_SWITCH.sub("", ipa).split())


@cache
def _wrapper(espeak_language: str):  # type: ignore[no-untyped-def]  # phonemizer carries no types
    import espeakng_loader
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    wrapper = EspeakWrapper()
    wrapper.set_voice(espeak_language)
    return wrapper
