"""Sounds that are not as podcasts are."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.shelves import picture, write_episode, write_sound

from narrate.audio.codec import measure_file
from narrate.check import check
from narrate.check.sound import listen

# What a bare sound lacks.
BARE = {"manifest-missing", "tag-title", "tag-cover"}


def found(path: Path) -> set[str]:
    return {finding.rule for finding in check(path)}


@pytest.mark.parametrize(
    ("name", "about", "rules"),
    [
        ("a.mp3", {}, set()),
        ("a.mp3", {"layout": "stereo"}, set()),  # one channel is measured as two
        ("a.mp3", {"level": 0.08}, {"audio-loudness"}),
        ("a.mp3", {"level": 0.99}, {"audio-loudness", "audio-peak"}),
        ("a.mp3", {"rate_hz": 24_000}, {"audio-rate"}),
        ("a.mp3", {"layout": "stereo", "kbps": 48}, {"audio-bitrate"}),
        ("a.mp3", {"vbr": True}, {"audio-variable"}),
        ("a.flac", {"layout": "3.0", "level": 0.13}, {"audio-channels", "audio-format"}),
    ],
)
def test_one_thing_wrong(name: str, about: dict[str, Any], rules: set[str], tmp_path: Path) -> None:
    """Is found by the rule for it."""
    assert found(write_sound(tmp_path / name, **about)) - BARE == rules


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.opus", "a.flac", "a.wav"])
def test_the_figures_are_those_of_the_meter(name: str, tmp_path: Path) -> None:
    """Measured a second at a time or a packet at a time, a file is as loud."""
    path = write_episode(tmp_path / name)
    sound, expected = listen(path), measure_file(path)

    assert sound.loudness.integrated_lufs == pytest.approx(expected.integrated_lufs, abs=0.1)
    assert sound.loudness.true_peak_dbtp == pytest.approx(expected.true_peak_dbtp, abs=0.1)
    assert abs(sound.duration_ms - 2000) < 50
    assert [(mark.title, mark.start_ms) for mark in sound.marks] in ([("One", 0), ("Two", 1000)], [])
    assert sound.marks or name == "a.wav"


def test_a_file_of_another_format(tmp_path: Path) -> None:
    """Is not read as what its name says; a list of other files is never followed."""
    (tmp_path / "list.mp3").write_bytes(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    (tmp_path / "cover.mp3").write_bytes(picture((100, 100)))

    for name in ("list.mp3", "cover.mp3"):
        assert "audio-readable" in found(tmp_path / name)


def test_no_sound_at_all(tmp_path: Path) -> None:
    """A file without a single sample."""
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)

    assert "audio-readable" in found(tmp_path / "a.wav")


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.flac", "a.m4b"])
def test_a_file_that_was_cut(name: str, tmp_path: Path) -> None:
    """Is not whole."""
    path = write_episode(tmp_path / name)
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.truncate(size * 3 // 4 if name != "a.mp3" else size - 15_000)

    assert found(path) & {"audio-whole", "audio-readable"}


@settings(max_examples=40)
@given(st.sampled_from(["mp3", "m4b", "opus", "flac", "wav"]), st.data())
def test_any_damage(tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject) -> None:
    """Gives findings or none, and no exception: bytes overwritten, cut off, or all of them strange."""
    folder = tmp_path_factory.getbasetemp() / "damage"
    folder.mkdir(exist_ok=True)
    whole = folder / f"whole.{ending}"
    content = bytearray(whole.read_bytes() if whole.exists() else write_episode(whole).read_bytes())
    kind = data.draw(st.sampled_from(["cut", "head", "random", "flips"]))
    if kind == "cut":
        del content[data.draw(st.integers(0, len(content))) :]
    elif kind == "head":
        content[: data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=200))
    elif kind == "flips":
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=60)):
            content[place] ^= data.draw(st.integers(1, 255))
    else:
        content = bytearray(data.draw(st.binary(max_size=3000)))
    path = folder / f"broken.{ending}"
    path.write_bytes(content)

    check(path)
