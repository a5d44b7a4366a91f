"""A line spoken with a voice, to choose by ear."""

from __future__ import annotations

from pathlib import Path

from narrate.audio.mastering import open_spool
from narrate.audio.timeline import join
from narrate.core.article import Chunk
from narrate.core.formats import require_bitrate
from narrate.core.settings.loading import Settings
from narrate.core.system.files import replacing
from narrate.episode.naming import episode_format, episode_path
from narrate.library.locks import writing
from narrate.pipeline.plan import Target
from narrate.pipeline.sound import master_to
from narrate.speech.engines import choose_voice, make_engine, sample_line
from narrate.speech.synthesis import synthesise


def speak_sample(name: str, settings: Settings) -> Path:
    """Speak a line in the language of a voice, as loud as an episode.

    Args:
        name: A voice, a blend, or a language and gender.
        settings: Engine, speed, output, format and loudness.

    Returns:
        The file, called after the voice unless `output` names one.

    Raises:
        UnknownVoice: There is none like that.
        OutputError: The file cannot be written.
    """
    engine = make_engine(settings)
    try:
        voice = choose_voice(engine, name, gender=settings.gender)
        text = sample_line(voice.language)
        format = episode_format(settings.output, settings.format)
        path = episode_path(settings.output, voice.name, format)
        folder = settings.cache_folder if settings.cache else path.parent
        with writing(path), replacing(path) as part, open_spool(folder) as spool:
            chunk = Chunk(0, text, 0, 0, len(text), 0)
            clips = synthesise([chunk], engine, voice=voice.name, speed=settings.speed, cache=None, jobs=1)
            narration = join(clips, spool.add)
            target = Target(voice.name, format, require_bitrate(format, settings.bitrate_kbps))
            master_to(settings, target, voice.language)(spool, narration.rate_hz, part)
    finally:
        engine.close()
    return path
