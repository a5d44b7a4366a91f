"""The voices that a show's speakers were given, kept in its folder, so that the next episode gives them the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narrate.core import toml
from narrate.core.errors import OutputError
from narrate.core.system.files import write_whole
from narrate.library.transactions import library_lock

SHOW_CAST = ".narrate-cast.toml"
# No show has so many people; a larger file is none of narrate's.
MAX_BYTES = 1_000_000

_HEAD = """\
# The voices that `narrate --cast auto` gave to the people of this folder's episodes. A line may be changed: who
# is named here keeps the voice that stands here. Tables are called by engine and language.
"""


class ShowCast:
    """The kept voices of a folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet, and it need not be there."""
        self._folder = folder

    @contextmanager
    def changed(self, group: str) -> Iterator[dict[str, str]]:
        """Yield the voices of a group by speakers' names, to be added to; what is new is kept when the block ends.

        The folder is locked meanwhile, so that two runs give one person one voice.

        Args:
            group: Engine and language, since another engine has other voices: "kokoro.en-US".

        Raises:
            OutputError: The file is damaged or cannot be written, or another process holds the folder.
        """
        path = self._folder / SHOW_CAST
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with library_lock(self._folder):
                groups = _read(path)
                voices = dict(groups.get(group, {}))
                yield voices
                if voices != groups.get(group, {}):
                    write_whole(path, _written({**groups, group: voices}).encode())
        except OSError as error:
            raise OutputError(f"{path} cannot be kept: {error}", "choose another folder with --output") from error


def _read(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    hint = "mend it, or remove it to give voices anew"
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OutputError(f"{path} is too large for a cast", hint)
        found = toml.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise OutputError(f"{path} cannot be read: {error}", hint) from error
    return {group: _voices(path, group, voices, hint) for group, voices in found.items()}


def _voices(path: Path, group: str, voices: object, hint: str) -> dict[str, str]:
    if not isinstance(voices, dict) or not all(isinstance(voice, str) for voice in voices.values()):
        raise OutputError(f"{path}: {group} is no table of names and voices", hint)
    return dict(voices)


def _written(groups: dict[str, dict[str, str]]) -> str:
    lines = [_HEAD]
    for group, voices in sorted(groups.items()):
        lines.append(f"[{_quoted(group)}]")
        lines += [f"{_quoted(name)} = {_quoted(voice)}" for name, voice in sorted(voices.items())]
        lines.append("")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Return a string of TOML, whose escapes are JSON's; DEL, which JSON lets pass, is none of a name."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)
