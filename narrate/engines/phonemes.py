"""Spoken words become the phonemes that Kokoro was trained on, by espeak-ng.

phonemizer's own punctuation handling is not used: it cuts at every mark, inner ones too, and puts the
marks back by searching from the left, so that "grew by 0.5 points." becomes "zero. five points"
(docs/decisions/0002-kokoro.md). Here text is cut only at marks that end or begin a word.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import cache

# A mark counts where it does not stand between two letters or digits: "3.5", "it's" and "e-mail" are whole.
_MARKS = re.compile(r"(?<!\w)[;:,.!?—…\"()“”]|[;:,.!?…](?!\w)|[—\"()“”]")

# What other marks sound like among those the model knows.
_AS_KNOWN = str.maketrans({"–": "—", "«": "“", "»": "”", "„": "“", "[": "(", "]": ")", "¿": "", "¡": "", "’": "'"})

_OPENING = "(“"

# espeak marks a word it reads by another language's rules: "(fr)dəʒa vy(en-us)".
_LANGUAGE_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9]+)*\)")

# espeak keeps its voice and buffers in globals of the library; two calls at once mix their phonemes.
_LOCK = threading.Lock()


def phonemise(text: str, espeak_language: str) -> str:
    """Turn text into espeak's IPA with stress marks, keeping punctuation where it stood.

    Args:
        text: Spoken form; digits are best spelled out before.
        espeak_language: espeak-ng's name of a language, such as "en-us".
    """
    parts: list[str] = []
    for is_mark, part in _parts(text.translate(_AS_KNOWN)):
        if is_mark:
            parts.append(part)
        elif part.strip():
            edges = (" " if part[0].isspace() else "", " " if part[-1].isspace() else "")
            parts.append(edges[0] + _espeak(part.strip(), espeak_language) + edges[1])
        else:
            parts.append(" ")
    return " ".join("".join(parts).split())


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
