"""`speak` where somebody listens already: `--play`, and `-o -`, a stream on standard output."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from io import FileIO
from pathlib import Path

from narrate.cli.console import progress_shown, tell_to_type, working
from narrate.cli.output import print_episode
from narrate.cli.request import Asked
from narrate.core.errors import ConfigError, NarrateError
from narrate.core.formats import require_bitrate
from narrate.core.settings.model import Settings
from narrate.core.system.installing import install_command
from narrate.episode.cover.artwork import is_named
from narrate.episode.naming import episode_format
from narrate.pipeline.engine import open_engine
from narrate.pipeline.making import make_episode, stream_episode

logger = logging.getLogger(__name__)

# What -o takes for standard output.
STANDARD_OUTPUT = "-"


def is_live(settings: Settings, *, play: bool) -> bool:
    """Tell whether sound is wanted while it is made."""
    return play or str(settings.output) == STANDARD_OUTPUT


def speak_live(
    asked: Asked, settings: Settings, *, play: bool, report: Path | None, cluster: str, as_json: bool
) -> None:
    """Speak one article aloud, or into standard output."""
    to_stdout = str(settings.output) == STANDARD_OUTPUT
    flag = "-o -" if to_stdout else "--play"
    if play and to_stdout:
        raise ConfigError("--play and -o - both take the sound", "give one of them")
    if not asked.is_one:
        raise ConfigError(f"{flag} takes one article", "name one, and no folder, list or feed")
    if report or cluster:
        raise ConfigError(f"{'--report' if report else '--cluster'} does not go with {flag}", "leave one of them out")
    if to_stdout and as_json:
        raise ConfigError("--json and -o - both want standard output", "give one of them")
    if settings.music.before or settings.music.after:
        logger.warning("music is in files only; %s gives the voice alone", flag)
    if to_stdout and is_named(settings.cover):
        logger.warning("a cover is in files only; %s gives the voice alone", flag)
    tell_to_type(asked.sources[0])
    if to_stdout:
        _stream(asked.sources[0], settings)
    else:
        _play(asked.sources[0], settings, as_json=as_json)


def _play(source: str, settings: Settings, *, as_json: bool) -> None:
    if find_spec("miniaudio") is None:
        hint = f"{install_command('play')}, or without it: narrate speak ARTICLE -o - | mpv -"
        raise ConfigError("--play needs the package miniaudio", hint)
    with ExitStack() as ends:
        with open_engine(settings, warm=True, at_once=True) as engine:
            # The codecs take a while to be imported, and the model loads meanwhile.
            from narrate.audio.player import Player, require_device

            level = {"loudness_lufs": settings.loudness_lufs, "true_peak_dbtp": settings.true_peak_dbtp}
            player = ends.enter_context(closing(Player(**level, folder=_spool_folder(settings))))
            require_device()  # whoever has none learns it now, and not when the first words are spoken
            with progress_shown(Path(source).name) as on_progress:
                episode = make_episode(source, settings, engine=engine, on_progress=on_progress, listener=player)
        print_episode(source, episode, as_json=as_json)
        sys.stdout.flush()
        if episode.unchanged:
            player.play_file(episode.path)
        with working(f"playing {episode.path.name}", only_on_screen=True):
            player.wait()


def _spool_folder(settings: Settings) -> Path:
    """Return a folder on a disk, if it may be: an hour of sound is 170 MB, and temporary folders may be in memory."""
    return settings.cache_folder if settings.cache else Path(tempfile.gettempdir())


def _stream(source: str, settings: Settings) -> None:
    if sys.stdout.isatty():
        hint = "send it on: narrate speak ARTICLE -o - | mpv -; or --play"
        raise ConfigError("-o - would write sound to the terminal", hint)
    with open_engine(settings, warm=True, at_once=True) as engine, ExitStack() as ends:
        from narrate.audio.stream import SoundStream, streamed  # as above

        format = streamed(episode_format(settings.output, settings.format))
        file = ends.enter_context(_standard_output())
        stream = SoundStream(
            file,
            format,
            loudness_lufs=settings.loudness_lufs,
            true_peak_dbtp=settings.true_peak_dbtp,
            bitrate_kbps=require_bitrate(format, settings.bitrate_kbps),
            stereo=settings.stereo,
        )
        try:
            with progress_shown(Path(source).name) as on_progress:
                stream_episode(source, settings, stream, engine=engine, on_progress=on_progress)
        except NarrateError:
            stream.close()  # what was said so far is heard
            raise
        stream.close()


@contextmanager
def _standard_output() -> Iterator[FileIO]:
    """Standard output for sound alone: what anything prints there goes to standard error."""
    sys.stdout.flush()
    own, shown = sys.stdout.fileno(), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), own)
    try:
        # A buffer would be locked by a write that waits for the reader, and Ctrl-C would wait for it, too.
        with os.fdopen(shown, "wb", buffering=0, closefd=False) as file:
            yield file
    finally:
        os.dup2(shown, own)
        os.close(shown)
