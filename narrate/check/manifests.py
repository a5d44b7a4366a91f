"""The rules for manifests: they are those of the files that lie beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from narrate.check.finding import NARRATE, Finding, Rule, applied
from narrate.core.file_names import MANIFEST
from narrate.core.formats import format_of_ending
from narrate.core.system.files import sha256_of
from narrate.episode.manifest import Filed, Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Kept:
    """An episode's manifest.

    Attributes:
        audio: The episode.
        manifest: None where there is none, or none that can be read.
        problem: Why it cannot be read, "" where it can, or is not there.
    """

    audio: Path
    manifest: Manifest | None = None
    problem: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the manifest is that of this very file, not of the same episode in another format."""
        return self.manifest is not None and self.manifest.audio.name == self.audio.name


def kept_beside(audio: Path) -> Kept:
    """Read the manifest beside an episode; whatever it holds, this raises nothing."""
    try:
        return Kept(audio, read_manifest(manifest_path(audio)))
    except FileNotFoundError:
        return Kept(audio)
    except OSError as error:
        return Kept(audio, None, f"it cannot be read: {error.strerror or error}")
    except (ValueError, OverflowError) as error:
        return Kept(audio, None, str(error))


def manifest_path(audio: Path) -> Path:
    """Return where an episode's manifest lies; the second format of a name has its ending in it."""
    whole = audio.with_name(audio.name + MANIFEST)
    return whole if whole.is_file() else audio.with_name(audio.stem + MANIFEST)


def check_manifest(kept: Kept) -> Iterator[Finding]:
    """Look at an episode's manifest, and at the files that it names."""
    yield from applied(PRESENT_RULES, kept, kept.audio.name)
    yield from applied(MANIFEST_RULES, kept, manifest_path(kept.audio).name)


def _missing(kept: Kept) -> Iterator[str]:
    if kept.manifest is None and not kept.problem:
        yield "it has no manifest, so it is not part of a library"
    elif kept.manifest and not kept.is_own and kept.manifest.stem == kept.audio.stem:
        yield f"its manifest is that of {kept.manifest.audio.name}"


def _bad_form(kept: Kept) -> Iterator[str]:
    if kept.problem:
        yield kept.problem


def _name(kept: Kept) -> Iterator[str]:
    if kept.manifest and kept.manifest.stem + MANIFEST != manifest_path(kept.audio).name:
        yield f"it is the manifest of {kept.manifest.audio.name}"


def _type(kept: Kept) -> Iterator[str]:
    format = format_of_ending(kept.audio.suffix)
    if kept.is_own and kept.manifest and format and kept.manifest.media_type != format.media_type:
        yield f"it says that {kept.audio.name} is {kept.manifest.media_type}, not {format.media_type}"


def _files(kept: Kept) -> Iterator[tuple[Filed, Path]]:
    if kept.manifest and kept.is_own:
        for file in kept.manifest.files:
            yield file, kept.audio.with_name(file.name)


def _gone(kept: Kept) -> Iterator[str]:
    for file, path in _files(kept):
        if not path.is_file():
            yield f"{file.name} is missing"


def _sizes(kept: Kept) -> Iterator[str]:
    for file, path in _files(kept):
        if path.is_file() and (size_bytes := path.stat().st_size) != file.size_bytes:
            yield f"{file.name} has {size_bytes} bytes, not {file.size_bytes}"


def _checksums(kept: Kept) -> Iterator[str]:
    for file, path in _files(kept):
        try:
            if path.stat().st_size == file.size_bytes and sha256_of(path) != file.sha256:
                yield f"{file.name} is not the file that was written with it"
        except OSError as error:
            if path.exists():
                yield f"{file.name} cannot be read: {error.strerror or error}"


PRESENT_RULES: tuple[Rule[Kept], ...] = (
    Rule("manifest-missing", "warning", NARRATE, "the episode has a manifest", _missing),
)

MANIFEST_RULES: tuple[Rule[Kept], ...] = (
    Rule("manifest-form", "error", NARRATE, "it can be read", _bad_form),
    Rule("manifest-name", "error", NARRATE, "it is that of the episode of its name", _name),
    Rule("manifest-type", "error", NARRATE, "the media type is that of the ending", _type),
    Rule("manifest-files", "error", NARRATE, "all files that it names are there", _gone),
    Rule("manifest-sizes", "error", NARRATE, "they have the sizes that it says", _sizes),
    Rule("manifest-checksums", "error", NARRATE, "they are the very files", _checksums),
)
