"""Which voice speaks: the one that was asked for, else the best one of the article's language.

--voice takes one of these; what fits several is the first:

    a name                 af_heart; gTTS calls its voices by language: es, en-GB
    a blend                af_heart:0.6+af_bella:0.4, af_heart+af_bella
    a language             es, en-GB, en_gb: a BCP 47 tag
    a gender               female, male: of the article's language
    a language and gender  en-GB male, fr:female, es-male

Of several voices the engine's default is the best, then the order of `voices()` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from narrate.core.errors import UnknownVoice
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language, subtags
from narrate.core.resources import packaged_table
from narrate.speech.engines.base import Engine, Voice, find_voice, unknown_voice
from narrate.speech.engines.blend import is_blend, shown

# The language of a voice that speaks none, and so fits any: a beep (BCP 47: "undetermined").
ANY_LANGUAGE = "und"

GENDERS = ("female", "male")

# Tags for one language: retired ones, which gTTS still uses, and those of Norwegian
# (https://www.iana.org/assignments/language-subtag-registry).
SAME_LANGUAGE = {"iw": "he", "in": "id", "jw": "jv", "tl": "fil", "no": "nb", "nn": "nb"}

# Tags that are nearer to another than to their language alone: English that is spelled and said more like the
# British, and the Chinese that a script goes with.
NEAREST = {
    "en-au": "en-gb",
    "en-ie": "en-gb",
    "en-in": "en-gb",
    "en-nz": "en-gb",
    "en-za": "en-gb",
    "zh-hans": "zh-cn",
    "zh-hant": "zh-tw",
    "zh-hk": "zh-tw",
}

# A script only after a hyphen, so that "af_hart" is a slip in a name and not Afrikaans in the script Hart.
_TAG = r"[a-z]{2,3}(?:-(?!male)[a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?"
_REQUEST = re.compile(
    rf"(?P<language>{_TAG})(?:\s*[\s:_-]\s*(?P<with>female|male))?|(?P<alone>female|male)?", re.IGNORECASE
)


def choose_voice(
    engine: Engine, wanted: str | None, *, gender: str | None = None, language: str | None = None
) -> Voice:
    """The voice to speak an article with.

    Of the voices of a language, the one with the nearest tag is taken: for "en-AU" one of "en-AU", else of "en-GB",
    else of "en", else any that speaks English.

    Args:
        engine: Whose voices to choose from.
        wanted: A name, a blend, a language, a gender or both, as at the top of this module; None for the voice
            that suits the article.
        gender: "female" or "male", where `wanted` gives none; names and blends have their own.
        language: BCP 47 tag of the article, for where `wanted` gives none; None or "und" where it is not known.

    Returns:
        A voice that is what was asked for. Only a language that the article has, and nobody asked for, may be
        missing: then it is a voice of the default one's language (see `speaks`).

    Raises:
        UnknownVoice: No voice is called that, or speaks the language asked for, or has the gender in that language.
    """
    typed = (wanted or "").strip()
    if typed and (is_blend(typed) or any(voice.name == typed for voice in engine.voices())):
        return find_voice(engine, typed)
    asked = _REQUEST.fullmatch(typed)
    if asked is None:
        raise unknown_voice(engine, typed)
    sought = (asked["with"] or asked["alone"] or gender or "").lower()
    if sought not in ("", *GENDERS):
        raise UnknownVoice(f"there is no gender {shown(sought)!r} to choose a voice by", "write female or male")
    if not asked["language"]:
        return _for_article(engine, language, sought)
    found = [voice for voice in engine.voices() if voice.language != ANY_LANGUAGE and speaks(voice, asked["language"])]
    if not found:
        raise _no_such_language(engine, asked["language"], typed)
    return _best(engine, found, asked["language"], sought)


def require_choice(
    engine: Engine, wanted: str | None, *, gender: str | None = None, language: str | None = None
) -> None:
    """Check that `choose_voice` can find a voice for some article, before one is read.

    Args:
        engine: Whose voices to choose from.
        wanted: As for `choose_voice`.
        gender: Likewise.
        language: That of the settings; None where each article has its own, which may have a voice of that gender.

    Raises:
        UnknownVoice: No article's language helps.
    """
    typed = (wanted or "").strip()
    asked = _REQUEST.fullmatch(typed)
    if not asked or asked["language"] or language or any(voice.name == typed for voice in engine.voices()):
        choose_voice(engine, wanted, gender=gender, language=language)
        return
    sought = (asked["alone"] or gender or "").lower()
    if sought and not any(voice.gender == sought for voice in engine.voices()):
        raise _no_such_gender(engine, engine.voices(), find_voice(engine, None).language, sought)


def speaks(voice: Voice, language: str | None) -> bool:
    """Tell whether a voice speaks a language, with whatever accent; where the language is not known, it does.

    Args:
        voice: Any voice; one of "und" speaks every language.
        language: BCP 47 tag.
    """
    if not language or ANY_LANGUAGE in (voice.language, language):
        return True
    return _primary(voice.language) == _primary(language)


def sample_line(language: str) -> str:
    """A line of about a dozen words to show a voice with; English where narrate has none in the language.

    Args:
        language: BCP 47 tag of the voice.
    """
    return _lines().get(_primary(language), _lines()[DEFAULT_LANGUAGE])


def _for_article(engine: Engine, language: str | None, gender: str) -> Voice:
    default = find_voice(engine, None)
    found = [voice for voice in engine.voices() if speaks(voice, language)]
    if not language or language == ANY_LANGUAGE or not found:
        language = default.language
        found = [voice for voice in engine.voices() if speaks(voice, language)]
    return _best(engine, found, language, gender)


def _best(engine: Engine, found: Sequence[Voice], tag: str, gender: str) -> Voice:
    """The nearest to the tag among voices that speak its language."""
    fitting = [voice for voice in found if not gender or voice.gender == gender]
    if not fitting:
        raise _no_such_gender(engine, found, tag, gender)
    fitting.sort(key=lambda voice: voice.name != engine.default_voice)
    for nearest in _nearest_first(tag):
        for voice in fitting:
            if _plain(voice.language) == nearest:
                return voice
    return fitting[0]


def _nearest_first(tag: str) -> Iterator[str]:
    """The tag, and shorter and shorter beginnings of it (RFC 4647, 3.4), each before its relative."""
    parts = _plain(tag).split("-")
    for count in range(len(parts), 0, -1):
        shorter = "-".join(parts[:count])
        yield shorter
        if shorter in NEAREST:
            yield NEAREST[shorter]


def _plain(tag: str) -> str:
    """A tag to compare: "en_GB" and "en-gb" are one, "iw" and "he" are, too."""
    primary, *others = subtags(tag)
    return "-".join([SAME_LANGUAGE.get(primary, primary), *others])


def _primary(tag: str) -> str:
    return primary_language(_plain(tag))


def _no_such_language(engine: Engine, tag: str, typed: str) -> UnknownVoice:
    # "am_m" and "bf" are the beginnings of names, whatever languages they may be.
    if any(voice.name.lower().startswith(typed.lower()) for voice in engine.voices()):
        return unknown_voice(engine, typed)
    languages = sorted({voice.language for voice in engine.voices()} - {ANY_LANGUAGE})
    if not languages:
        return unknown_voice(engine, typed)
    known = ", ".join(languages[:12]) + (", ..." if len(languages) > 12 else "")
    more = "" if engine.online else "; --engine gtts, which is online, speaks more"
    return UnknownVoice(f"{engine.name} has no voice that speaks {tag!r}", f"it speaks {known}{more}")


def _no_such_gender(engine: Engine, found: Sequence[Voice], tag: str, gender: str) -> UnknownVoice:
    if not any(voice.gender for voice in engine.voices()):
        reason = f"{engine.name} does not say which of its voices are {gender}"
        return UnknownVoice(reason, f"choose by name: narrate voices --engine {engine.name} lists all")
    near = " or ".join(voice.name for voice in found[:3])
    return UnknownVoice(f"{engine.name} has no {gender} voice that speaks {tag!r}", f"try --voice {near}")


def _lines() -> Mapping[str, str]:
    return packaged_table("narrate.speech.engines", "samples.toml")
