"""Covers as files."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.shelves import picture

from narrate.check.cover import check_cover, looked_at


def found(path: Path) -> set[str]:
    return {finding.rule for finding in check_cover(path)}


@pytest.mark.parametrize(("name", "format"), [("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.PNG", "PNG")])
def test_good_covers(name: str, format: str, tmp_path: Path) -> None:
    """JPEG and PNG, 1400 to 3000 pixels."""
    (tmp_path / name).write_bytes(picture((3000, 3000), format=format))

    assert found(tmp_path / name) == set()


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "LA"])
def test_colours(mode: str, tmp_path: Path) -> None:
    """Transparent, grey and indexed pictures are not RGB."""
    (tmp_path / "a.png").write_bytes(picture(mode=mode, format="PNG"))

    assert found(tmp_path / "a.png") == {"cover-colours"}


def test_large_pictures(tmp_path: Path) -> None:
    """Are not decoded: one of 36 million pixels is too large, one that claims 10 000 million cannot be used."""
    (tmp_path / "a.png").write_bytes(picture((6000, 6000), "1", "PNG"))
    assert found(tmp_path / "a.png") == {"cover-size", "cover-colours"}

    bomb = bytearray(picture((9, 9), format="PNG"))
    bomb[16:24] = (100_000).to_bytes(4) * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4)
    (tmp_path / "a.png").write_bytes(bomb)
    assert found(tmp_path / "a.png") == {"cover-readable"}


def test_no_file(tmp_path: Path) -> None:
    """A folder of that name, or nothing, is no cover."""
    assert found(tmp_path) == {"cover-readable"}
    assert found(tmp_path / "gone.jpg") == {"cover-readable"}


WHOLE = picture((64, 64)), picture((64, 64), format="PNG"), picture((64, 64), "L", "GIF")


@settings(max_examples=100)
@given(st.sampled_from(WHOLE), st.data())
def test_any_damage(whole: bytes, data: st.DataObject) -> None:
    """Is a problem or none, and no exception."""
    content = bytearray(whole)
    start = data.draw(st.integers(0, len(content)))
    content[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    looked_at(bytes(content))
    looked_at(bytes(content[:start]))
