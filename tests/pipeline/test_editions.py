"""One article in several voices and formats, in one folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import narrate

from narrate.check import check
from narrate.core.episode import Episode
from narrate.core.settings.model import Settings
from narrate.core.settings.tables import Podcast
from narrate.episode.manifest import Manifest
from narrate.library.library import Library
from narrate.pipeline.making import make_episode
from narrate.publish.site import publish

TEXT = "She climbs the stairs each evening. She lights the lamp. She writes into the book what she saw at sea."
OUT = Path("out")
SETTINGS = Settings(engine="tone", speed=2.0, cover="none", cache_dir=Path("cache"), jobs=1)


def speak(output: str | Path, voice: str = "middle", text: str = TEXT, **settings: object) -> Episode:
    """Speak the article into a file or folder."""
    Path("light.txt").write_text(f"A Light at Sea\n\n{text}\n", encoding="utf-8")
    return make_episode("light.txt", replace(SETTINGS, output=Path(output), voice=voice, **settings))  # type: ignore[arg-type]


def listed(folder: Path = OUT) -> dict[str, Manifest]:
    """The episodes of a folder by the names of their sounds, all of them whole."""
    listing = Library(folder).listing()
    assert listing.problems == ()
    return {episode.audio.name: episode for episode in listing.episodes}


EDITIONS = {
    "voices": (("heart.wav", "low"), ("emma.wav", "high")),
    "three voices": (("low.wav", "low"), ("middle.wav", "middle"), ("high.wav", "high")),
    "formats": (("mp3.mp3", "low"), ("flac.flac", "low")),
    "formats of one name": (("a.mp3", "low"), ("a.m4b", "low"), ("a.wav", "low")),
    "voices and formats of one name": (("a.wav", "low"), ("a.flac", "high")),
    "a name that looks like another's": (("a.wav", "low"), ("a.flac", "low"), ("a.flac.wav", "high")),
}


@pytest.mark.parametrize("kind", EDITIONS)
def test_each_is_an_episode(kind: str) -> None:
    """With its own manifest, identity and files; when they are spoken again, nothing is to be done."""
    editions = EDITIONS[kind]

    made = [speak(OUT / name, voice) for name, voice in editions]
    again = [speak(OUT / name, voice) for name, voice in editions]

    assert [one.unchanged for one in (*made, *again)] == [False] * len(made) + [True] * len(made)
    found = listed()
    assert {name: found[name].maker.voice for name, _ in editions} == dict(editions)
    assert [found[name].guid for name, _ in editions] == [one.guid for one in again]
    assert len({one.guid for one in made}) == len(made)
    beside = [path for one in made for path in one.sidecars]
    assert len(set(beside)) == len(beside)
    assert all(path.exists() for path in beside)


@pytest.mark.parametrize("kind", EDITIONS)
def test_the_feed_has_all_and_no_app_objects(kind: str) -> None:
    """No two of them share anything that must be one's own."""
    for name, voice in EDITIONS[kind]:
        speak(OUT / name, voice)

    done = publish(OUT, Podcast(base_url="https://example.com/", author="A", email="a@example.com"))

    assert done.problems == ()
    feed = (OUT / "feed.xml").read_text(encoding="utf-8")
    assert feed.count("<item>") == len(EDITIONS[kind])
    rules = {finding.rule for finding in check(str(OUT)) if finding.rule.startswith(("manifest", "guid", "feed-lists"))}
    assert rules == set()


def test_the_first_format_keeps_the_plain_names() -> None:
    """Those of the second have its ending in them."""
    first, second = speak(OUT / "a.mp3"), speak(OUT / "a.m4b")

    assert first.sidecars[0].name == "a.vtt"
    assert [path.name for path in second.sidecars] == ["a.m4b" + path.name.removeprefix("a") for path in first.sidecars]
    page = (OUT / "a.m4b.page.html").read_text(encoding="utf-8")
    assert "a.m4b" in page
    assert "a.mp3" not in page


def test_a_changed_article_changes_the_edition_that_is_spoken() -> None:
    """It keeps its identity, and the other one stays as it was until it is spoken, too."""
    low, high = speak(OUT / "low.wav", "low"), speak(OUT / "high.wav", "high")

    again = speak(OUT / "high.wav", "high", f"{TEXT} She sleeps.")

    assert (again.guid, again.unchanged) == (high.guid, False)
    assert {name: one.guid for name, one in listed().items()} == {"low.wav": low.guid, "high.wav": high.guid}
    assert "She sleeps." not in str(listed()["low.wav"].text)


def test_without_a_name_it_is_the_one_of_that_form() -> None:
    """Another voice takes the place of the oldest, as it does where there is one only."""
    speak(OUT / "low.wav", "low")
    speak(OUT / "high.wav", "high")

    assert speak(OUT, "high", format="wav").path == OUT / "high.wav"
    assert speak(OUT, "low", format="wav").unchanged
    replaced = speak(OUT, "middle", format="wav")

    assert replaced.path.name in ("low.wav", "high.wav")
    assert len(listed()) == 2


def test_a_name_of_ones_own_beside_one_without() -> None:
    """In another voice is another episode, too: somebody asked for both."""
    first = speak(OUT, "low", format="wav")

    speak(OUT / "high.wav", "high")

    assert set(listed()) == {"a-light-at-sea.wav", "high.wav"}
    assert speak(OUT, "low", format="wav").guid == first.guid


def test_two_articles_under_one_name_in_two_formats() -> None:
    """A name is that of a file, and the other file is not meant."""
    speak(OUT / "a.wav")
    Path("other.txt").write_text("Another\n\nBees gather honey from the lime trees in June.\n")
    make_episode("other.txt", replace(SETTINGS, output=OUT / "a.flac"))

    assert {name: one.title for name, one in listed().items()} == {"a.wav": "A Light at Sea", "a.flac": "Another"}


@pytest.mark.parametrize(("gone", "left"), [("a.m4b", "a.mp3"), ("a.mp3", "a.m4b"), ("a.m4b.manifest.json", "a.mp3")])
def test_removing_one_format_leaves_the_other(gone: str, left: str) -> None:
    """Down to its last file."""
    kept = {episode.path.name: episode for episode in (speak(OUT / "a.mp3"), speak(OUT / "a.m4b"))}[left]

    ended = narrate("remove", str(OUT / gone))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(listed()) == {left}
    names = {path.name for path in OUT.iterdir() if not path.name.startswith(".")}
    assert names == {path.name for path in (kept.path, *kept.sidecars)}


def test_a_sound_that_is_no_episode_is_not_removed_for_another() -> None:
    """Its name is like that of one."""
    speak(OUT / "a.mp3")
    (OUT / "a.flac").write_bytes(b"mine")

    ended = narrate("remove", str(OUT / "a.flac"))

    assert ended.returncode == 3
    assert set(listed()) == {"a.mp3"}


def test_without_sidecars_the_other_format_keeps_its_own() -> None:
    """The manifest that is there is not that of this sound."""
    speak(OUT / "a.mp3")

    speak(OUT / "a.m4b", sidecars=False)

    assert set(listed()) == {"a.mp3"}


SPEAKER = """
import sys
from dataclasses import replace
from pathlib import Path
from narrate.pipeline.making import make_episode
from narrate.core.settings.model import Settings
name, voice = sys.argv[1:]
settings = Settings(engine="tone", speed=2.0, cover="none", cache_dir=Path("cache"), jobs=1)
make_episode("light.txt", replace(settings, output=Path("out", name), voice=voice))
"""


def test_two_processes_at_once_give_two_identities() -> None:
    """Whichever files its episode first."""
    Path("light.txt").write_text(f"A Light at Sea\n\n{TEXT}\n", encoding="utf-8")
    runs = [("low.wav", "low"), ("high.wav", "high"), ("a.mp3", "low"), ("a.flac", "low")]
    started = [subprocess.Popen([sys.executable, "-c", SPEAKER, *one], stderr=-1) for one in runs]

    said = [process.communicate()[1].decode() for process in started]

    assert [process.returncode for process in started] == [0] * 4, said
    assert len({one.guid for one in listed().values()}) == 4


@dataclass(slots=True)
class Shelf:
    """What a folder should hold, by the simplest rules: names of sounds, with voice, text and identity."""

    episodes: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def named(self, name: str, voice: str, text: str, guid: str) -> None:
        """An episode of that name, in a form that none of another name has; that one's identity moves."""
        is_new = name not in self.episodes
        form = (voice, Path(name).suffix)
        twins = [one for one in self.episodes if (self.episodes[one][0], Path(one).suffix) == form and one != name]
        if is_new and twins:
            moved = [one for one in twins if self.episodes[one][2] == guid]
            assert len(moved) == 1
            del self.episodes[moved[0]]
        elif not is_new:
            assert self.episodes[name][2] == guid
        else:
            assert guid not in {one[2] for one in self.episodes.values()}
        self.episodes[name] = voice, text, guid


NAMES = st.sampled_from(["a.wav", "a.flac", "b.wav", "c.flac"])
VOICES = st.sampled_from(["low", "high"])
TEXTS = st.sampled_from([TEXT, f"{TEXT} She sleeps."])
RUNS = st.lists(
    st.one_of(
        st.tuples(st.just("named"), NAMES, VOICES, TEXTS),
        st.tuples(st.just("unnamed"), st.sampled_from(["wav", "flac"]), VOICES, TEXTS),
        st.tuples(st.just("remove"), NAMES, VOICES, TEXTS),
    ),
    min_size=2,
    max_size=7,
)


@hypothesis.settings(max_examples=15, deadline=None)
@given(RUNS)
def test_any_sequence_of_runs(runs: list[tuple[str, str, str, str]]) -> None:
    """The folder holds what the rules say: each name once, each identity once, what was spoken last under each."""
    shelf = Shelf()
    shutil.rmtree(OUT, ignore_errors=True)
    for what, name, voice, text in runs:
        if what == "named":
            made = speak(OUT / name, voice, text)
            shelf.named(name, voice, text, made.guid)
            assert speak(OUT / name, voice, text).unchanged
        elif what == "remove" and name in shelf.episodes:
            Library(OUT).remove(listed()[name])
            del shelf.episodes[name]
        elif what == "unnamed":
            before = dict(shelf.episodes)
            made = speak(OUT, voice, text, format=name)
            owners = [one for one, (_, _, guid) in before.items() if guid == made.guid]
            assert len(owners) == (1 if before else 0)
            exact = [one for one in before if (before[one][0], Path(one).suffix) == (voice, f".{name}")]
            assert not exact or made.path.name in exact
            for one in owners:
                del shelf.episodes[one]
            shelf.episodes[made.path.name] = voice, text, made.guid
        found = listed() if OUT.exists() else {}
        assert {one: (m.maker.voice, m.guid) for one, m in found.items()} == {
            one: (voice, guid) for one, (voice, _, guid) in shelf.episodes.items()
        }
        assert all((text in str(found[one].text)) for one, (_, text, _) in shelf.episodes.items())
