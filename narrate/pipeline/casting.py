"""Voices for the speakers of a dialogue: those that are named, then those of earlier episodes, then one by gender."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence

from narrate.core.article import Metadata
from narrate.core.casting import Casting, parse_casting
from narrate.core.errors import ConfigError
from narrate.core.near_names import did_you_mean, nearest
from narrate.core.settings.model import Settings
from narrate.library.show_cast import ShowCast
from narrate.speech.engines import Engine, Voice, choose_voice, speaks
from narrate.text.speakers import gender_of, match_name

logger = logging.getLogger(__name__)


def casting_for(settings: Settings, meta: Metadata) -> Casting:
    """Return the cast that is asked for: the settings' own, else that of the article's front matter."""
    return parse_casting(settings.cast or meta.cast or "")


def voices_of_speakers(
    engine: Engine,
    asked: Casting,
    people: Sequence[str],
    language: str,
    *,
    taken: Collection[str],
    show: ShowCast | None = None,
) -> Mapping[str, str]:
    """Return the names of voices by the names of speakers; who is not named has one only with "auto".

    Args:
        engine: Who has the voices.
        asked: Which are wanted.
        people: All who speak, in the order in which they begin.
        language: BCP 47 tag of the text.
        taken: Voices that somebody else of the episode has.
        show: What earlier episodes of the same folder gave; None to keep nothing.

    Raises:
        UnknownVoice: The engine has no such voice.
        ConfigError: A name is nobody's, or several people's.
    """
    wanted = {name: choose_voice(engine, voice, language=language).name for name, voice in asked.voices}
    found = {meant: voice for name, voice in wanted.items() if (meant := _meant(name, people))}
    if wanted and not found and not asked.is_auto:
        raise _nobody(next(iter(wanted)), people)
    others = [name for name in people if name not in found]
    if not asked.is_auto or not others:
        return found
    voices = [voice for voice in engine.voices() if speaks(voice, language)]
    if show is None:
        return {**found, **_given(others, {}, voices, language, {*taken, *found.values()})}
    with show.changed(f"{engine.name}.{language}") as kept:
        given = _given(others, kept, voices, language, {*taken, *found.values()})
        kept.update(given)
    return {**found, **given}


def _meant(name: str, people: Sequence[str]) -> str:
    """Return who of an article is meant; "" where somebody of a show has no part in this episode."""
    match = match_name(name, people)
    if match.name:
        return match.name
    if match.others:
        raise ConfigError(f"the cast's {name} may be {' or '.join(match.others)}", "write the whole name")
    if nearest(name, people, nearness=0.75):
        raise _nobody(name, people)
    return ""


def _nobody(name: str, people: Sequence[str]) -> ConfigError:
    hint = f"{did_you_mean(name, people)} speakers: {', '.join(people)}".strip()
    return ConfigError(f"nobody in the article is called {name}", hint)


def _given(
    people: Sequence[str], kept: Mapping[str, str], voices: Sequence[Voice], language: str, taken: Collection[str]
) -> dict[str, str]:
    """Give each a voice: the one of before where the engine still has it, else the next of the gender that is free."""
    names = {voice.name for voice in voices}
    given = {name: kept[name] for name in people if kept.get(name) in names}
    for name in people:
        if name not in given and voices:
            used = {*taken, *kept.values(), *given.values()}
            given[name] = next(_fitting(gender_of(name, language), voices, used, taken, given))
    return given


def _fitting(
    gender: str, voices: Sequence[Voice], used: Collection[str], taken: Collection[str], given: Mapping[str, str]
) -> Iterator[str]:
    """Yield voices, the best first: of the gender and free, free of any gender, and then those heard least."""
    free = [voice for voice in voices if voice.name not in used]
    if gender:
        yield from (voice.name for voice in free if voice.gender == gender)
        # A voice of somebody who is not in this episode is better than one of another gender.
        here = {*taken, *given.values()}
        yield from (voice.name for voice in voices if voice.gender == gender and voice.name not in here)
    yield from (voice.name for voice in free)
    heard = [*taken, *given.values()]
    yield from (voice.name for voice in sorted(voices, key=lambda voice: heard.count(voice.name)))
