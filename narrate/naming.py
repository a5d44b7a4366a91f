"""Names that follow from an article: its title where it has none, its file name, its identity."""

from __future__ import annotations

import os
import unicodedata
import uuid
from pathlib import Path

from narrate.article import Metadata, Script
from narrate.errors import ConfigError

EXTENSION = ".mp3"

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
    if script.meta.title:
        return script.meta.title
    words = script.utterances[0].written.split()
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


def episode_path(output: Path, title: str) -> Path:
    """Where the episode goes: `output` itself if it names an MP3, else a file in that folder.

    Raises:
        ConfigError: `output` names a file of another format.
    """
    suffix = output.suffix.lower()
    if suffix == EXTENSION and not os.path.isdir(output):
        return output
    if suffix[1:].isalpha() and len(suffix) <= 5 and not os.path.isdir(output):
        raise ConfigError(f"{output} is not an MP3; narrate writes MP3 so far", f"use -o {output.with_suffix('.mp3')}")
    return output / (slug(title) + EXTENSION)


def episode_guid(meta: Metadata, title: str) -> str:
    """Identity of an episode: by address where the article has one, else by title."""
    return str(uuid.uuid5(GUID_NAMESPACE, meta.url or title))
