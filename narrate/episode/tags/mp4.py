"""The tags of iTunes, for M4B and M4A. The chapters are already there: the container holds them."""

from __future__ import annotations

from pathlib import Path

from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm, MP4Tags

from narrate.core.formats import Format
from narrate.episode.tags.labels import GENRE, Labels
from narrate.episode.tags.mark import MP4_OWN, NAME

# What a player takes the file for, by the file's brand: a book keeps its place, and plays at the speed of books.
_MEDIA_KINDS = {"M4B ": 2, "M4A ": 1}


def write_mp4(path: Path, labels: Labels, format: Format) -> None:
    """Write the tags of an MP4, in front of its sound."""
    file = MP4(path)
    if file.tags is None:
        file.add_tags()
    _put(labels, format, file.tags)
    file.save()


def _put(labels: Labels, format: Format, tags: object) -> None:
    """Put labels into the tags of a file; mutagen's class declares them as None, until they are read."""
    if not isinstance(tags, MP4Tags):
        raise TypeError(f"labels cannot be put into {tags!r}")
    tags.update(_texts(labels))
    tags["stik"] = [_MEDIA_KINDS[format.brand]]
    tags.update(_free(labels))
    if labels.cover_jpeg:
        tags["covr"] = [MP4Cover(labels.cover_jpeg, MP4Cover.FORMAT_JPEG)]


def _texts(labels: Labels) -> dict[str, list[str]]:
    texts = {
        "©nam": labels.title,
        "©ART": labels.artist,
        "aART": labels.artist,
        "©alb": labels.album,
        "©gen": GENRE,
        "©day": labels.day.isoformat() if labels.day else "",
        "©cmt": labels.source,
        "desc": labels.opening,
        "ldes": labels.opening,
        "keyw": labels.keywords,
        "©lyr": labels.text,
    }
    return {name: [text] for name, text in texts.items() if text}


def _free(labels: Labels) -> dict[str, list[MP4FreeForm]]:
    texts = {"LANGUAGE": labels.language, "URL": labels.url, "source": labels.source, NAME: labels.mark}
    return {MP4_OWN + name: [MP4FreeForm(text.encode())] for name, text in texts.items() if text}
