"""The voice that was asked for, or one that speaks the article's language; never another in silence."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import EngineUnavailable, UnknownVoice
from narrate.core.language.detection import detect_language
from narrate.core.settings.loading import Settings
from narrate.speech.engines import Engine, Voice, find_voice, require_cast
from narrate.speech.engines.choice import choose_voice, require_choice, sample_line, speaks
from narrate.speech.engines.gtts import GttsEngine
from narrate.speech.engines.kokoro import GENDERS, LANGUAGES, KokoroEngine
from narrate.speech.engines.kokoro_model import shipped_voices, voice_names
from narrate.speech.engines.kokoro_voices import GRADES, ordered
from narrate.speech.engines.tone import ToneEngine

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


class Listed(ToneEngine):
    """An engine with given voices."""

    name = "kokoro"
    blends = True

    def __init__(self, voices: Sequence[Voice], default_voice: str) -> None:
        self._listed = voices
        self.default_voice = default_voice

    def voices(self) -> Sequence[Voice]:
        return self._listed


def kokoro() -> Engine:
    """Kokoro's voices, best first, without its model."""
    voices = [Voice(name, LANGUAGES[name[0]][0], GENDERS[name[1]]) for name in ordered(voice_names(shipped_voices()))]
    return Listed(voices, KokoroEngine.default_voice)


KOKORO, GTTS, TONE = kokoro(), GttsEngine(), ToneEngine()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("bm_lewis", "bm_lewis"),
        (" bm_lewis ", "bm_lewis"),
        ("af_heart+af_bella", "af_bella:0.5+af_heart:0.5"),
        ("es", "ef_dora"),
        ("fr", "ff_siwis"),
        ("it", "if_sara"),
        ("pt", "pf_dora"),
        ("pt-PT", "pf_dora"),
        ("hi-IN", "hf_alpha"),
        ("en", "af_heart"),
        ("en-US", "af_heart"),
        ("EN_us", "af_heart"),
        ("en-GB", "bf_emma"),
        ("en_gb", "bf_emma"),
        ("en-AU", "bf_emma"),
        ("en-CA", "af_heart"),
        ("es-419", "ef_dora"),
        ("female", "af_heart"),
        ("male", "am_michael"),
        ("Male", "am_michael"),
        ("en-GB male", "bm_fable"),
        ("en_gb:male", "bm_fable"),
        ("en-GB-male", "bm_fable"),
        ("es-male", "em_alex"),
        ("es_male", "em_alex"),
        ("fr:female", "ff_siwis"),
        ("it  :  male", "im_nicola"),
        ("pt-BR male", "pm_alex"),
    ],
)
def test_what_voice_takes(wanted: str, name: str) -> None:
    """Names, blends, languages, genders, and both; the best voice that fits, whatever the article is in."""
    assert choose_voice(KOKORO, wanted).name == name
    if wanted.lower() not in ("male", "female"):
        assert choose_voice(KOKORO, wanted, language="hi").name == name


@pytest.mark.parametrize(
    ("language", "gender", "name"),
    [
        (None, None, "af_heart"),
        (None, "male", "am_michael"),
        ("und", None, "af_heart"),
        ("", "female", "af_heart"),
        ("en", None, "af_heart"),
        ("en-GB", None, "bf_emma"),
        ("en-GB-oxendict", None, "bf_emma"),
        ("en-NZ", "male", "bm_fable"),
        ("es", None, "ef_dora"),
        ("es-MX", "male", "em_alex"),
        ("fr-CA", None, "ff_siwis"),
        ("it", "male", "im_nicola"),
        ("pt-PT", None, "pf_dora"),
        ("hi", "male", "hm_omega"),
        ("de", None, "af_heart"),
        ("de", "male", "am_michael"),
        ("zh-Hant-TW", None, "af_heart"),
        ("nonsense", None, "af_heart"),
    ],
)
def test_the_article_picks_a_voice(language: str | None, gender: str | None, name: str) -> None:
    """Where nobody says which; a language without voices gets the default's, and `speaks` says so."""
    voice = choose_voice(KOKORO, None, gender=gender, language=language)

    assert voice.name == name
    assert speaks(voice, language) == (language not in ("de", "zh-Hant-TW", "nonsense"))


@pytest.mark.parametrize(
    ("wanted", "language", "name"),
    [
        (None, "es", "es"),
        (None, "es-AR", "es"),
        (None, "es-MX", "es-MX"),
        (None, "en", "en"),
        (None, "en-NZ", "en-GB"),
        (None, "en-AU", "en-AU"),
        (None, "pt-PT", "pt-PT"),
        (None, "zh-Hans", "zh-CN"),
        (None, "zh-Hant-HK", "zh-TW"),
        (None, "he", "iw"),
        (None, "nb-NO", "no"),
        (None, None, "en"),
        ("de", "en", "de"),
        ("de-AT", "en", "de"),
        ("he", "en", "iw"),
    ],
)
def test_google_has_a_voice_for_each_language(wanted: str | None, language: str | None, name: str) -> None:
    """Named by tags, some of them retired."""
    voice = choose_voice(GTTS, wanted, language=language)

    assert voice.name == name
    assert speaks(voice, wanted or language)


@pytest.mark.parametrize("article", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_are_spoken_by_their_own(article: Path) -> None:
    """Five languages, without being told."""
    language = detect_language(article.read_text(encoding="utf-8"))
    voice = choose_voice(KOKORO, None, language=language)

    assert language == article.stem
    assert voice.language.split("-")[0] == article.stem


def test_a_beep_speaks_everything() -> None:
    """Voices of no language fit each article, and none that is asked for."""
    assert choose_voice(TONE, None, language="es").name == "middle"
    assert choose_voice(TONE, "low", language="es").name == "low"
    assert speaks(Voice("low", "und"), "es")
    for wanted in ("es", "male", "es-male", "hi"):
        with pytest.raises(UnknownVoice):
            choose_voice(TONE, wanted)


@pytest.mark.parametrize(
    ("engine", "wanted", "message", "hint"),
    [
        (KOKORO, "af_hart", "has no voice 'af_hart'", "--voice af_heart"),
        (KOKORO, "AF_HEART", "has no voice 'AF_HEART'", "--voice af_heart"),
        (KOKORO, "em", "has no voice 'em'", "em_"),
        (KOKORO, "emma", "has no voice 'emma'", "bf_emma"),
        (KOKORO, "male fr", "has no voice 'male fr'", "--voice"),
        (KOKORO, "x" * 5000, "has no voice 'xxx", "--voice"),
        (KOKORO, "de", "no voice that speaks 'de'", "it speaks en-GB, en-US, es, fr, hi, it, pt-BR"),
        (KOKORO, "de", "no voice that speaks 'de'", "--engine gtts"),
        (KOKORO, "zh-Hant-TW female", "no voice that speaks 'zh-Hant-TW'", "it speaks"),
        (KOKORO, "fr male", "no male voice that speaks 'fr'", "--voice ff_siwis"),
        (KOKORO, "af_heart:0+af_bella:1", "weight of af_heart", "above 0"),
        (KOKORO, "af_heart+emma", "has no voice 'emma'", "bf_emma"),
        (GTTS, "es-male", "does not say which of its voices are male", "by name"),
        (GTTS, "en+es", "cannot blend", "--engine kokoro"),
        (GTTS, "xx", "no voice that speaks 'xx'", "it speaks"),
        (TONE, "female", "does not say which of its voices are female", "by name"),
        (TONE, "hgh", "has no voice 'hgh'", "--voice high"),
    ],
)
def test_what_cannot_be_had_says_what_can(engine: Engine, wanted: str, message: str, hint: str) -> None:
    """One line on what is wrong, one with words to type."""
    with pytest.raises(UnknownVoice) as caught:
        choose_voice(engine, wanted)

    assert message in caught.value.message
    assert hint in caught.value.hint
    assert len(caught.value.message + caught.value.hint) < 300


def test_a_gender_that_the_articles_language_lacks_is_an_error() -> None:
    """A woman's voice where a man's was asked for would be found out at the end of the episode."""
    with pytest.raises(UnknownVoice, match="no male voice that speaks 'fr-CA'"):
        choose_voice(KOKORO, None, gender="male", language="fr-CA")
    with pytest.raises(UnknownVoice, match="no gender 'robot'"):
        choose_voice(KOKORO, "en", gender="robot")


def test_what_is_asked_for_outweighs_the_settings() -> None:
    """A gender in `wanted` that in `gender`, a name both."""
    assert choose_voice(KOKORO, "en male", gender="female").name == "am_michael"
    assert choose_voice(KOKORO, "af_sky", gender="male", language="es").name == "af_sky"


def test_a_default_voice_is_the_best_of_its_language_and_gender() -> None:
    """Wherever it stands in the list."""
    engine = Listed([Voice("a", "en", "male"), Voice("b", "en", "female"), Voice("c", "en", "male")], "c")

    assert [choose_voice(engine, wanted).name for wanted in (None, "en", "male", "female")] == ["c", "c", "c", "b"]


@given(st.one_of(st.text(max_size=20), st.from_regex(r"[a-zA-Z]{2,3}([-_:+ ][a-zA-Z0-9.]{1,8}){0,3}", fullmatch=True)))
def test_any_word_is_a_voice_or_unknown(wanted: str) -> None:
    """Any word is a voice or unknown, and a voice's name finds that voice again."""
    for engine in (KOKORO, TONE):
        try:
            voice = choose_voice(engine, wanted, language="es")
        except UnknownVoice as error:
            assert error.hint
        else:
            assert find_voice(engine, voice.name) == voice


@given(st.text(max_size=20), st.sampled_from([None, "male", "female"]))
def test_any_language_of_an_article_gets_a_voice(language: str, gender: str | None) -> None:
    """Pages state all sorts of languages; only French men and lists of unknown genders are missing."""
    try:
        voice = choose_voice(KOKORO, None, gender=gender, language=language)
    except UnknownVoice:
        assert (language[:2].lower(), gender) == ("fr", "male")
    else:
        assert gender in (None, voice.gender)


def test_voices_of_kokoro_are_ordered_by_grade() -> None:
    """Each voice that ships has its place; others follow by name, and languages stay together."""
    names = voice_names(shipped_voices())
    graded = " ".join(row for _, row in GRADES).split()

    assert sorted(graded) == sorted(names)
    assert [name for name in ordered(names) if name.startswith("bf")] == [
        "bf_emma",
        "bf_isabella",
        "bf_alice",
        "bf_lily",
    ]
    assert [name[0] for name in ordered(names)] == sorted(name[0] for name in names)
    assert ordered(["pf_new", "af_new", "am_adam", "af_heart", "af_a"]) == [
        "af_heart",
        "am_adam",
        "af_a",
        "af_new",
        "pf_new",
    ]


def test_each_voice_has_a_line_to_show_itself_with() -> None:
    """In its own language, without figures, and in one request of gTTS."""
    lines = tomllib.loads((resources.files("narrate.speech.engines") / "samples.toml").read_text(encoding="utf-8"))

    for language, line in lines.items():
        assert detect_language(line) in (None, language)
        assert len(line) <= GTTS.max_chars
        assert not any(char.isdigit() for char in line)
        assert language in ("ja", "th", "zh") or 8 <= len(line.split()) <= 14
    assert {sample_line(voice.language) for voice in KOKORO.voices()} == {
        lines[language] for language in ("en", "es", "fr", "hi", "it", "pt")
    }


@pytest.mark.parametrize(
    ("language", "beginning"),
    [
        ("en-AU", "Good evening"),
        ("pt_PT", "Boa noite"),
        ("iw", "ערב"),
        ("no", "God kveld"),
        ("und", "Good"),
        ("", "Good"),
    ],
)
def test_a_line_for_a_tag(language: str, beginning: str) -> None:
    """Regions and retired tags have their language's, all others the English one."""
    assert sample_line(language).startswith(beginning)


# One woman speaks French, and a man and a woman English.
FEW = (Voice("ann", "en-US", "female"), Voice("bob", "en-US", "male"), Voice("cleo", "fr", "female"))


@pytest.mark.parametrize(
    ("wanted", "gender", "language", "is_possible"),
    [
        (None, None, None, True),
        ("ann", None, None, True),
        ("ann+bob", None, None, True),
        ("dora", None, None, False),
        ("ann+dora", None, None, False),
        ("fr", None, None, True),
        ("de", None, None, False),
        ("fr male", None, None, False),
        ("male", None, None, True),
        ("male", None, "fr", False),
        (None, "male", None, True),
        (None, "male", "fr", False),
        (None, "female", "fr", True),
        ("fr", "male", None, False),
    ],
)
def test_what_can_be_chosen_for_some_article(
    wanted: str | None, gender: str | None, language: str | None, is_possible: bool
) -> None:
    """Before one is read: its language may have a voice that the default's has not, unless the settings say which."""
    engine = Listed(FEW, "ann")
    if is_possible:
        require_choice(engine, wanted, gender=gender, language=language)
        return
    with pytest.raises(UnknownVoice) as caught:
        require_choice(engine, wanted, gender=gender, language=language)
    assert caught.value.hint


def test_a_gender_that_only_another_language_has() -> None:
    """Is no error before the article's language is known."""
    require_choice(Listed((Voice("ann", "en"), Voice("cleo", "fr", "female")), "ann"), None, gender="female")


@pytest.mark.parametrize(("gender", "warnings"), [("male", 1), ("female", 0)])
def test_a_gender_beside_a_voice_of_another(gender: str, warnings: int, caplog: pytest.LogCaptureFixture) -> None:
    """Does not matter, and that is said."""
    require_cast(Listed(FEW, "ann"), Settings(engine="kokoro", voice="ann", gender=gender))

    assert len(caplog.records) == warnings
    assert all("the gender male does not matter: the voice ann" in record.getMessage() for record in caplog.records)


def test_a_service_that_cannot_list_its_voices_now_is_let_pass() -> None:
    """What happens then is said when it is to speak, and the fallback may do so."""

    class Down(Listed):
        def voices(self) -> Sequence[Voice]:
            raise EngineUnavailable("no connection")

    require_cast(Down((), "ann"), Settings(engine="kokoro", voice="ann", fallback="tone"))
