"""Finds the encoding of bytes that say nothing of it and are no UTF-8: the one in which they make words.

Every encoding that can decode them is tried, and asked how much of the text beyond ASCII is made of letters of one
language. Where none fits well, charset-normalizer is asked, too; why not it alone: docs/decisions/0034-charsets.md.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from narrate.core.resources import packaged_table
from narrate.sources.encodings import codec_of

# What so much says, more would not change.
SAMPLE_MAX_BYTES = 32_768
# Of all that is not ASCII, so much has to be letters and marks of one language, and so much more than in the next best.
FITS_MIN_SHARE = 0.75
LEAD_MIN_SHARE = 0.06
# With less than this it is no text in any of these languages.
TEXT_MIN_SHARE = 0.5
# Of the letters of a text in Latin script, at most so many are not from a to z.
ACCENTS_MAX_SHARE = 0.35
# The commonest letters of an alphabet are two thirds of a text.
COMMON_MIN_SHARE = 0.55
RARE_WEIGHT = 0.5
# Of a Japanese text, at least so much is kana.
KANA_MIN_SHARE = 0.15
KOREAN_MIN_LETTERS = 8

_TAG = re.compile(rb"<[^<>]{0,2000}>")
_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile("[\u3041-\u30ff]")
_HANZI = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Detected:
    """An encoding that was found.

    Attributes:
        label: Its name in the Encoding Standard, in lower case.
        codec: Python's name of it.
        is_sure: Nothing else fits as well.
    """

    label: str
    codec: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    label: str
    text: str
    share: float


def detect_charset(data: bytes) -> Detected | None:
    """Return the encoding of a text that is not in UTF-8; None where none that is known here fits it.

    Args:
        data: A text or a page, with some bytes beyond ASCII.
    """
    sample = _sample(data)
    found = sorted(_candidates(sample), key=lambda candidate: candidate.share, reverse=True)
    if not found or found[0].share < TEXT_MIN_SHARE:
        return None
    best = found[0]
    # Two encodings that make the same text of it need no choice between them.
    second = next((other for other in found if other.text != best.text), None)
    is_sure = best.share >= FITS_MIN_SHARE and (not second or best.share - second.share >= LEAD_MIN_SHARE)
    if best.share < FITS_MIN_SHARE and (asked := _asked(sample, found)):
        best = asked
    codec = codec_of(best.label)
    return Detected(best.label, codec, is_sure) if codec and _fits(data, codec) else None


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _sample(data: bytes) -> bytes:
    """Return lines with letters beyond ASCII, without the tags of a page."""
    lines: list[bytes] = []
    size = 0
    for found in _HIGH_LINE.finditer(_TAG.sub(b" ", data[: 8 * SAMPLE_MAX_BYTES])):
        lines.append(found[0][:SAMPLE_MAX_BYTES])
        size += len(lines[-1])
        if size >= SAMPLE_MAX_BYTES:
            break
    return b"\n".join(lines)


def _candidates(sample: bytes) -> Iterator[_Candidate]:
    for label, share in _ways():
        if (text := _decoded(sample, label)) is not None:
            yield _Candidate(label, text, share(text))


@cache
def _ways() -> Sequence[tuple[str, Callable[[str], float]]]:
    """The encodings that are tried, in their order, and how a text is judged that was decoded by each."""
    tables = packaged_table("narrate.sources", "charsets.toml")
    latin = [(label, partial(_latin_share, alphabets=alphabets)) for label, alphabets in tables["latin"].items()]
    other = [(label, partial(_alphabet_share, alphabets=own)) for label, own in tables["alphabets"].items()]
    wide = [(label, partial(_wide_share, label=label)) for label in tables["wide"]["encodings"]]
    return (*latin, *other, *wide)


def _decoded(sample: bytes, label: str) -> str | None:
    """Return the sample's text, None where it holds bytes of another encoding; its last character may be cut."""
    codec = codec_of(label)
    try:
        return codecs.getincrementaldecoder(codec)().decode(sample) if codec else None
    except UnicodeDecodeError:
        return None


def _latin_share(text: str, alphabets: Sequence[str]) -> float:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    high = Counter(char.lower() for word in words for char in word if char > "\x7f")
    letters = sum(char.isalpha() for char in text)
    if sum(high.values()) > ACCENTS_MAX_SHARE * letters:
        return 0.0
    return _weighed(text, max(_inside(high, alphabet) for alphabet in alphabets), words)


def _inside(letters: Mapping[str, int], alphabet: str) -> float:
    """Count the letters that are of an alphabet, rare ones half."""
    usual, _, rare = alphabet.partition("|")
    return sum(count * (1 if char in usual else RARE_WEIGHT * (char in rare)) for char, count in letters.items())


def _alphabet_share(text: str, alphabets: Sequence[Sequence[str]]) -> float:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(any("a" <= char.lower() <= "z" for char in word) for word in words)
    counts = Counter(char.lower() for word in words for char in word if char > "\x7f")
    whole = sum(counts.values())
    if not whole:
        return 0.0
    inside = [sum(counts[char] for char in alphabet) for alphabet, _ in alphabets]
    common = [sum(counts[char] for char in often) / whole for _, often in alphabets]
    shares = (
        _weighed(text, fit, words) * min(1.0, often / COMMON_MIN_SHARE)
        for fit, often in zip(inside, common, strict=True)
    )
    return max(shares) * (1 - mixed / len(words))


def _weighed(text: str, inside: float, words: Sequence[str]) -> float:
    """Return which share of what is not ASCII is letters of an alphabet and marks, less words of odd case."""
    high = [char for char in text if char > "\x7f"]
    marks = sum(char in _marks("all") or char in _marks("arabic") for char in high if not char.isalpha())
    odd = sum(_is_odd(word) for word in words)
    return (inside + marks) / len(high) * (1 - odd / len(words)) if words else marks / max(1, len(high)) / 2


def _is_odd(word: str) -> bool:
    """Tell whether a small letter is followed by a capital: koi8-r and windows-1251 have them the other way round."""
    return any(before.islower() and after.isupper() for before, after in pairwise(word))


def _wide_share(text: str, label: str) -> float:
    """Return which share of what is not ASCII is among the common letters of the language an encoding is for."""
    high = [char for char in text if char > "\x7f"]
    if not high:
        return 0.0
    marks = sum(char in _marks("wide") for char in high)
    kana, hanzi = (sum(bool(pattern.match(char)) for char in high) for pattern in (_KANA, _HANZI))
    if label == "euc-kr":
        return (_common(high, "euc_kr", 0xB0, 0xC8, _HANGUL) + marks) / len(high)
    if label in ("shift_jis", "euc-jp"):
        is_japanese = kana >= KANA_MIN_SHARE * (kana + hanzi)
        return (kana + _common(high, "euc_jp", 0xB0, 0xCF) + marks) / len(high) * (1 if is_japanese else 0.3)
    if label == "big5":
        return (_common(high, "big5", 0xA4, 0xC6) + marks) / len(high)
    common = _common(high, "gb2312", 0xB0, 0xD7)
    # These rows hold Korean syllables in EUC-KR; more than a third of what is Chinese stands behind them.
    is_korean = common >= KOREAN_MIN_LETTERS and _common(high, "gb2312", 0xB0, 0xC8) == common
    return (common + marks) / len(high) * (0.8 if is_korean else 1)


def _common(chars: Sequence[str], codec: str, first: int, last: int, kind: re.Pattern[str] = _HANZI) -> int:
    """Count the letters of a kind in the rows of a character set that hold the common ones."""
    pairs = (char.encode(codec, "ignore") for char in chars if kind.match(char))
    return sum(len(pair) == 2 and first <= pair[0] <= last for pair in pairs)


def _asked(sample: bytes, found: Sequence[_Candidate]) -> _Candidate | None:
    """Return what charset-normalizer chooses among the candidates that fit nearly as well as the best one."""
    from charset_normalizer import from_bytes

    near = [candidate for candidate in found if candidate.share >= found[0].share - 2 * LEAD_MIN_SHARE]
    names = {codecs.lookup(codec).name: candidate for candidate in near if (codec := codec_of(candidate.label))}
    best = from_bytes(sample, cp_isolation=list(names)).best()
    return names.get(codecs.lookup(best.encoding).name) if best else None


@cache
def _marks(name: str) -> frozenset[str]:
    return frozenset(packaged_table("narrate.sources", "charsets.toml")["marks"][name])
