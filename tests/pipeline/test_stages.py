"""From a source to a file, through every stage."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from support.engines import CountingEngine

import narrate
from narrate.audio.codec import measure_file
from narrate.core.article import Article, Block, Metadata, Sound
from narrate.core.episode import Speech
from narrate.core.errors import EngineUnavailable, NothingToSay, OutputError, SynthesisFailed, UnknownVoice
from narrate.core.progress import Progress
from narrate.core.settings.loading import CleanChoices, Pauses, Settings
from narrate.core.system.files import new_part
from narrate.pipeline.making import make_episode
from narrate.pipeline.stages import clean_article, make_script, read_and_clean, script_of
from narrate.speech.engines import Voice


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without a cover, which takes a second to draw."""
    return Settings(engine="tone", cover="none", cache_dir=tmp_path / "cache")


def test_an_article_becomes_an_episode(article: Path, settings: Settings) -> None:
    """A file named after the title, of the loudness and with the tags that were asked for."""
    episode = make_episode(article, replace(settings, cover="auto"))

    assert episode.path == Path("output/the-last-lighthouse-keeper.mp3")
    assert episode.size_bytes == episode.path.stat().st_size
    assert not episode.unchanged
    assert abs(measure_file(episode.path).integrated_lufs + 16) < 0.3
    tags = ID3(episode.path)
    assert str(tags["TIT2"]) == "The Last Lighthouse Keeper"
    assert str(tags["TXXX:source"]) == "lighthouse.txt"
    assert [path.name for path in episode.sidecars] == [
        f"the-last-lighthouse-keeper{ending}"
        for ending in (".vtt", ".srt", ".json", ".page.html", ".cover.jpg", ".thumb.jpg", ".manifest.json")
    ]
    own = [path.name for path in (episode.path, *episode.sidecars)]
    assert sorted(os.listdir("output")) == sorted([".narrate.lock", *own])


def test_the_script_says_every_kept_word(article: Path, settings: Settings) -> None:
    """In spoken form, without what was dropped."""
    script = make_script(article, settings)

    assert script.text == (
        "The Last Lighthouse Keeper\n\n"
        "Anna Berg has kept the light for thirty one years. She never missed a night.\n\n"
        '"It wasn\'t hard," she says.'
    )
    assert [drop.rule for drop in script.drops] == ["read-more"]


def test_a_second_run_changes_nothing(article: Path, settings: Settings) -> None:
    """A second run changes no byte and no file's time, and speaks nothing."""
    first = make_episode(article, settings)
    before = first.path.stat()
    engine = CountingEngine()

    second = make_episode(article, settings, engine=engine)

    assert second.unchanged
    assert second.duration_ms == first.duration_ms
    assert first.path.stat().st_mtime_ns == before.st_mtime_ns
    assert engine.asked == []


def test_only_a_changed_paragraph_is_spoken_again(article: Path, settings: Settings) -> None:
    """The others come from the cache, and the file is a new one."""
    make_episode(article, settings)
    article.write_text(article.read_text(encoding="utf-8").replace("31 years", "32 years"), encoding="utf-8")
    engine = CountingEngine()

    episode = make_episode(article, settings, engine=engine)

    assert not episode.unchanged
    assert engine.asked == ["Anna Berg has kept the light for thirty two years. She never missed a night."]


@pytest.mark.parametrize(
    "change",
    [
        {"speed": 1.5},
        {"voice": "low"},
        {"loudness_lufs": -19.0},
        {"bitrate_kbps": 64},
        {"pauses": Pauses(title_ms=2000)},
    ],
)
def test_a_changed_setting_makes_another_episode(article: Path, settings: Settings, change: dict[str, object]) -> None:
    """Everything that is heard is noticed."""
    make_episode(article, settings)

    assert not make_episode(article, replace(settings, **change)).unchanged


def test_a_file_that_someone_changed_is_made_again(article: Path, settings: Settings) -> None:
    """To the very bytes it had."""
    path = make_episode(article, settings).path
    data = path.read_bytes()
    path.write_bytes(data[:-1])

    episode = make_episode(article, settings)

    assert not episode.unchanged
    assert path.read_bytes() == data


def test_without_cache_the_file_is_the_same(article: Path, settings: Settings) -> None:
    """The file is the same without a cache, and nothing is kept."""
    with_cache = make_episode(article, settings).path.read_bytes()

    without = make_episode(article, replace(settings, cache=False, output=Path("b"), cache_dir=Path("c")))

    assert without.path.read_bytes() == with_cache
    assert not list(Path("c").rglob("*.clip"))


def test_progress_runs_from_nothing_to_all(article: Path, settings: Settings) -> None:
    """In characters of what is spoken, then in samples of what is encoded."""
    seen: list[Progress] = []

    make_episode(article, settings, on_progress=seen.append)

    for stage in ("speak", "encode"):
        steps = [step for step in seen if step.stage == stage]
        assert (steps[0].done, steps[-1].done) == (0, steps[-1].total)
        assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert [step.stage for step in seen] == sorted((step.stage for step in seen), reverse=True)


def test_an_article_of_boilerplate_only(settings: Settings) -> None:
    """Nothing to say is an error, and the drops are mentioned."""
    Path("a.txt").write_text("Read more.\n\n5 hours ago.\n")

    with pytest.raises(NothingToSay, match="blocks dropped: 2") as caught:
        make_episode("a.txt", settings)

    assert "--dropped" in caught.value.hint
    assert not Path("output").exists()


def test_an_article_of_a_title_only(settings: Settings) -> None:
    """A page of which only the title is left was not read; a file that has no more than a title is spoken."""
    Path("a.md").write_text("# A Light at Sea\n\nRead more.\n\n5 hours ago.\n")
    Path("b.md").write_text("# A Light at Sea\n")

    with pytest.raises(NothingToSay, match="no words to speak but its title; blocks dropped: 2"):
        make_script("a.md", settings)
    assert make_script("b.md", settings).text == "A Light at Sea"


def test_a_site_has_its_own_strictness() -> None:
    """What is said of the article's host wins over what holds for all; lines to keep are those of both."""
    stairs = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. " * 2
    lines = ("Related stories", "Lamp oil dearer than ever", "Two gulls and a sandwich", "By the way")
    blocks = (
        Block("title", "A Light at Sea"),
        *(Block("paragraph", text.strip()) for text in (stairs, stairs, *lines)),
    )
    article = Article(Metadata(url="https://www.example.com/light"), blocks)
    asked: list[str] = []
    sites = (("example.com", CleanChoices(keep_lines=("gulls",), strictness="strict")),)
    settings = Settings(clean=CleanChoices(keep_lines=("lamp oil",), strictness="gentle"), clean_sites=sites)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "narrate.text.clean.judging.limit_of", lambda line, strictness, rare: asked.append(strictness) or 0.9
        )
        kept = {block.text for block in clean_article(article, settings).article.blocks}

    assert set(asked) == {"strict"}
    assert {"Lamp oil dearer than ever", "Two gulls and a sandwich"} <= kept
    assert "Related stories" not in kept


def test_the_voice_tells_the_language() -> None:
    """A French voice is given French numbers, unless somebody says otherwise."""
    Path("fr.txt").write_text("Il a gagné 23 euros.", encoding="utf-8")

    def said(settings: Settings) -> str:
        return script_of(read_and_clean("fr.txt", settings), settings, voice_language="fr").text

    assert said(Settings()) == "Il a gagné vingt-trois euros."
    assert "twenty three" in said(Settings(language="en"))


def test_an_output_that_cannot_be_is_known_before_the_first_word(article: Path, settings: Settings) -> None:
    """Nobody waits an hour for it."""
    Path("taken").write_text("a file where a folder should be")
    engine = CountingEngine()

    with pytest.raises(OutputError):
        make_episode(article, replace(settings, output=Path("taken/x.mp3")), engine=engine)

    assert engine.asked == []


def test_a_record_that_cannot_be_kept_is_no_failure(
    article: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The episode is there; the next run only makes it again."""
    settings.cache_folder.mkdir(parents=True)
    (settings.cache_folder / "episodes").write_text("a file where a folder should be")

    episode = make_episode(article, settings)

    assert episode.path.is_file()
    assert "will make this episode again" in caplog.text


def test_without_cache_the_cache_folder_does_not_matter(article: Path) -> None:
    """As the hint says."""
    Path("taken").write_text("a file where a folder should be")

    episode = make_episode(article, Settings(engine="tone", cache=False, cache_dir=Path("taken/cache")))

    assert episode.path.is_file()


def test_a_failure_writes_nothing(article: Path, settings: Settings) -> None:
    """No half episode, and the old one stays."""
    make_episode(article, settings)
    before = {path: path.read_bytes() for path in Path("output").iterdir()}
    article.write_text("The Last Lighthouse Keeper\n\nA fault is here.", encoding="utf-8")

    with pytest.raises(SynthesisFailed):
        make_episode(article, settings, engine=CountingEngine(fail_on="fault"))

    assert {path: path.read_bytes() for path in Path("output").iterdir()} == before


@pytest.mark.parametrize("output", ["taken/x", "taken/x.mp3"])
def test_an_output_that_cannot_be_written(article: Path, settings: Settings, output: str) -> None:
    """Says which, and what to do."""
    Path("taken").write_text("a file where a folder should be")

    with pytest.raises(OutputError, match="cannot be written") as caught:
        make_episode(article, replace(settings, output=Path(output)))

    assert "-o" in caught.value.hint


def test_a_cache_that_cannot_be_used(article: Path) -> None:
    """Says how to do without."""
    Path("taken").write_text("a file where a folder should be")

    with pytest.raises(OutputError, match="cache") as caught:
        make_episode(article, Settings(engine="tone", cache_dir=Path("taken/cache")))

    assert "NARRATE_CACHE_DIR" in caught.value.hint


def test_two_runs_at_once_make_one_good_file(article: Path, settings: Settings) -> None:
    """The second waits, and finds nothing left to do."""
    engines = [CountingEngine(pause_s=0.05), CountingEngine(pause_s=0.05)]
    threads = [threading.Thread(target=make_episode, args=(article, settings), kwargs={"engine": e}) for e in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(len(engine.asked) for engine in engines) == [0, 3]
    assert not [name for name in os.listdir("output") if name.endswith(".part")]


def test_leftovers_of_a_killed_run_are_cleared(article: Path, settings: Settings) -> None:
    """By the next run for the same file."""
    Path("output").mkdir()
    for ending in (".mp3", ".vtt", ".manifest.json"):
        new_part(Path(f"output/the-last-lighthouse-keeper{ending}"))

    make_episode(article, settings)

    assert not [name for name in os.listdir("output") if name.endswith(".part")]


def test_public_functions(article: Path) -> None:
    """Public functions make the same as a library, with an engine's name or an engine."""
    script = narrate.script(article)
    engine = CountingEngine()

    episode = narrate.speak(article, "episodes", engine=engine, speed=1.25)
    again = narrate.speak(article, Path("episodes/mine.mp3"), engine="tone", voice="low")

    assert script.meta.title == "The Last Lighthouse Keeper"
    assert episode.path == Path("episodes/the-last-lighthouse-keeper.mp3")
    assert again.path == Path("episodes/mine.mp3")
    assert len(engine.asked) == 3


def test_public_names_are_sorted_and_there() -> None:
    """What is promised is importable."""
    assert narrate.__all__ == sorted(narrate.__all__)
    assert all(hasattr(narrate, name) for name in narrate.__all__)


def test_the_voice_that_speaks(article: Path, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """One that speaks no language suits every article; where genders are not known, none can be asked for."""
    make_episode(article, replace(settings, voice="high", language="fr"))
    assert caplog.text == ""

    with pytest.raises(UnknownVoice, match="female"):
        make_episode(article, replace(settings, gender="female"))
    with pytest.raises(UnknownVoice, match="'fr'"):
        make_episode(article, replace(settings, quote_voice="fr"))


class Accents(CountingEngine):
    """Pitches that speak languages."""

    name = "accents"

    def voices(self) -> list[Voice]:
        return [Voice("middle", "en-US", "female"), Voice("low", "en-GB", "male"), Voice("high", "fr", "female")]


@pytest.mark.parametrize(
    ("options", "voice", "language"),
    [
        ({}, "middle", "en-US"),
        ({"gender": "male"}, "low", "en-GB"),
        ({"voice": "en-GB"}, "low", "en-GB"),
        ({"language": "fr"}, "high", "fr"),
        ({"voice": "high"}, "high", "en"),
        ({"voice": "high", "language": "en"}, "high", "en"),
    ],
)
def test_voice_gender_and_language_go_together(
    article: Path,
    settings: Settings,
    options: dict[str, str],
    voice: str,
    language: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each that is given leads to the others; a voice of another language than the text's is a warning."""
    sent: list[str] = []

    class Listening(Accents):
        def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
            sent.append(voice)
            return super().synthesise(text, voice=voice, speed=speed, sounds=sounds)

    made = replace(settings, speed=2.0, **options)
    episode = make_episode(article, made, engine=Listening())

    assert set(sent) == {voice}
    assert json.loads(episode.path.with_suffix(".json").read_text(encoding="utf-8"))["language"] == language
    assert ("narrate voices lists the others" in caplog.text) == (voice == "high" and language == "en")


class Untimed(CountingEngine):
    """Beeps that come without the times of words, as those of a web service do."""

    name = "untimed"
    word_timings = False

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        return replace(super().synthesise(text, voice=voice, speed=speed, sounds=sounds), words=())


def test_an_engine_without_word_times_is_given_sentences(article: Path, settings: Settings) -> None:
    """An engine without word times is given sentences, so that at least those have exact ones; words are estimated."""
    engine = Untimed()

    episode = make_episode(article, settings, engine=engine)

    assert sorted(engine.asked) == [
        '"It wasn\'t hard," she says.',
        "Anna Berg has kept the light for thirty one years.",
        "She never missed a night.",
        "The Last Lighthouse Keeper",
    ]
    blocks = json.loads(episode.path.with_suffix(".json").read_text(encoding="utf-8"))["blocks"]
    words = [word for block in blocks for sentence in block["sentences"] for word in sentence["words"]]
    assert words and all(word["estimated"] for word in words)


def test_a_run_without_cache_clears_up_after_itself(article: Path, settings: Settings) -> None:
    """Stale files go, and nothing temporary stays."""
    plain = replace(settings, cache=False)
    text = article.read_text()
    article.write_text(f"# {text}\n\n## Winter\n\nIt froze.\n")
    make_episode(article, replace(plain, read_as="markdown"))
    assert Path("output/the-last-lighthouse-keeper.chapters.json").exists()
    article.write_text(text)

    episode = make_episode(article, plain)

    own = [path.name for path in (episode.path, *episode.sidecars)]
    assert sorted(os.listdir("output")) == sorted([".narrate.lock", *own])


class DownEngine(CountingEngine):
    """An online engine whose service went away after so many chunks."""

    name = "down"

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        if len(self.asked) >= self._after:
            raise EngineUnavailable("the service is down", "use --engine kokoro")
        return super().synthesise(text, voice=voice, speed=speed, sounds=sounds)


def test_a_service_that_is_down_stops_the_run(article: Path, settings: Settings) -> None:
    """Unless another engine was named; the clips that were finished stay."""
    with pytest.raises(EngineUnavailable):
        make_episode(article, replace(settings, jobs=1), engine=DownEngine(after=1))

    assert not Path("output").exists() or not list(Path("output").glob("*.mp3"))
    assert len(list((settings.cache_folder / "clips").rglob("*.clip"))) == 1


def test_another_engine_goes_on(article: Path, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """With the whole article in its own voice, and that is said; nothing is mixed."""
    given = replace(settings, jobs=1, voice="low", fallback="tone")

    episode = make_episode(article, given, engine=DownEngine(after=1))

    undisturbed = make_episode(article, replace(settings, voice=None, output=Path("other")))
    assert episode.path.read_bytes() == undisturbed.path.read_bytes()
    assert "the service is down; going on with tone" in caplog.text


def test_an_engine_does_not_fall_back_on_itself(article: Path, settings: Settings) -> None:
    """It would be down again."""
    with pytest.raises(EngineUnavailable):
        make_episode(article, replace(settings, fallback="down"), engine=DownEngine(after=0))


@pytest.mark.parametrize(
    ("stated", "told", "said"),
    [("en", "", "one hundred and twenty"), ("en-US", "", "one hundred twenty"), ("en", "en-US", "one hundred twenty")],
)
def test_a_british_article_is_read_the_british_way(stated: str, told: str, said: str, settings: Settings) -> None:
    """By its own spelling and money, unless a tag names a region."""
    text = "The centre organised 120 programmes at £3.50, said Mr Khan."
    cleaned = clean_article(
        Article(Metadata(title="Programmes", language=stated), (Block("paragraph", text),)), settings
    )

    script = script_of(cleaned, replace(settings, language=told or None), voice_language="en-US")

    assert any(f"{said} programmes" in utterance.text for utterance in script.utterances)
