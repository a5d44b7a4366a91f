"""Names that follow from an article: its title where it has none, its file name, its identity."""

from __future__ import annotations

import hashlib
import os
import unicodedata
import uuid
from pathlib import Path

from narrate.core.article import Script
from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS, Format, format_of_ending

DEFAULT_FORMAT = "mp3"

# File systems take 255 bytes; a prefix, a suffix and a sidecar's ending must fit as well.
SLUG_MAX_BYTES = 120

TITLE_FROM_TEXT_WORDS = 8

# Names that Windows keeps for devices, whatever the extension.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})

# Letters without a decomposition, as their languages spell them in ASCII.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})

GUID_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "narrate.episode")


def episode_title(script: Script) -> str:
    """The article's title, or its first words."""
    own = (said.written for said in script.utterances if said.kind not in ("intro", "outro"))
    return script.meta.title or first_words(next(own, ""))


def first_words(text: str) -> str:
    """The beginning of a text, as a name for it."""
    words = text.split()
    return " ".join(words[:TITLE_FROM_TEXT_WORDS]) + ("…" if len(words) > TITLE_FROM_TEXT_WORDS else "")


def slug(title: str) -> str:
    """A file name for a title: lower case, hyphens, no accents; other scripts keep their letters.

    >>> slug("Elon Musk’s “Alleged” Talks: Déjà vu?")
    'elon-musks-alleged-talks-deja-vu'
    """
    text = title.casefold().replace("'", "").replace("’", "").translate(_PLAIN)
    latin = "".join(_without_accent(char) for char in unicodedata.normalize("NFC", text))
    words = "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in latin).split()
    name = _cut_bytes("-".join(words), SLUG_MAX_BYTES).strip("-") or "untitled"
    return f"{name}-" if name in RESERVED else name


def _without_accent(char: str) -> str:
    """Latin letters lose their accents; a mark in another script is part of the letter ("й", "ไม้")."""
    decomposed = unicodedata.normalize("NFKD", char)
    return decomposed[0] if decomposed[0].isascii() and decomposed[0].isalnum() else char


def _cut_bytes(name: str, limit: int) -> str:
    if len(name.encode()) <= limit:
        return name
    cut = name.encode()[: limit + 1].decode(errors="ignore")
    at_word = cut.rpartition("-")[0]
    return at_word or name.encode()[:limit].decode(errors="ignore")


def episode_format(output: Path, name: str | None = None) -> Format:
    """The format that is asked for by name, else by the ending of a file's name, else MP3.

    Raises:
        ConfigError: `output` names a file of a format that narrate does not write, or of another than `name`.
    """
    if os.path.isdir(output):
        return FORMATS[name or DEFAULT_FORMAT]
    ending = output.suffix.lower()
    by_ending = format_of_ending(ending)
    if by_ending is None and ending[1:].isalnum() and len(ending) <= 5 and not ending[1:].isdigit():
        known = ", ".join(ending for item in FORMATS.values() for ending in item.endings)
        raise ConfigError(f"{output} is of no format that narrate writes", f"endings: {known}")
    if by_ending and name and by_ending.name != name:
        raise ConfigError(f"{output} is no {name} file", f"leave out --format, or use -o {output.with_suffix('')}")
    return by_ending or FORMATS[name or DEFAULT_FORMAT]


def episode_path(output: Path, title: str, format: Format) -> Path:
    """Return where the episode goes: `output` itself if it names a file, else a file in that folder."""
    if format_of_ending(output.suffix) and not os.path.isdir(output):
        return output
    return output / (slug(title) + format.endings[0])


def origin_of(source: str | Path, folder: Path) -> str:
    """Tell the same source again: a checksum of its address, or of its path as seen from a folder; "" for "-".

    What it is the checksum of is nobody's business: folders are published.
    """
    if str(source) == "-":
        return ""
    place = str(source)
    if not place.startswith(("http://", "https://")):
        try:
            place = Path(os.path.relpath(source, folder)).as_posix()
        except ValueError:  # another drive
            place = os.path.abspath(source)
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32]
