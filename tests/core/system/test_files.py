"""Files are there whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
import zlib
from pathlib import Path

import pytest

from narrate.core.system.files import crc32_of, file_state, new_part, remove_leftovers, replacing, write_whole


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    """Until then the old one stays."""
    path = tmp_path / "new" / "a.txt"
    with replacing(path) as part:
        part.write_text("one")
        assert not path.exists()

    assert path.read_text() == "one"
    assert os.listdir(path.parent) == ["a.txt"]


def test_an_error_leaves_the_old_file_and_nothing_else() -> None:
    """Also one that is no Exception."""
    path = Path("a.txt")
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as part:
        part.write_text("half")
        raise KeyboardInterrupt

    assert path.read_text() == "old"
    assert os.listdir() == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask to speak of")
def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    """A finished episode can be served by another user."""
    (tmp_path / "plain.txt").write_text("x")
    with replacing(tmp_path / "a.txt") as part:
        part.write_text("x")

    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == stat.S_IMODE((tmp_path / "plain.txt").stat().st_mode)


@pytest.mark.parametrize("other", ["b.mp3", "a.mp3.mp3", "a"])
def test_leftovers_of_one_file_are_removed(other: str) -> None:
    """Those of another file stay."""
    for name in ("a.mp3", other):
        new_part(Path(name))
    Path("notes.part").write_text("x")

    remove_leftovers(Path("a.mp3"))

    left = sorted(os.listdir())
    assert (len(left), left[1]) == (2, "notes.part")
    assert left[0].startswith(f".{other}.")


def test_leftovers_of_names_that_begin_alike() -> None:
    """However long they are: another run may be writing the other one."""
    one, two = Path("n" * 200 + "-1.mp3"), Path("n" * 200 + "-2.mp3")
    new_part(one)
    part = new_part(two)

    remove_leftovers(one)

    assert os.listdir() == [part.name]


def test_what_is_written_whole_clears_away_first() -> None:
    """What a killed process left of the same file."""
    new_part(Path("a.clip")).write_bytes(b"half")

    write_whole(Path("a.clip"), b"whole")

    assert os.listdir() == ["a.clip"]
    assert Path("a.clip").read_bytes() == b"whole"


def test_a_file_that_many_write_at_once() -> None:
    """Is whole, is that of one of them, and none fails though each takes the others' parts for leftovers."""
    path, failed = Path("a.clip"), []

    def write(mark: bytes) -> None:
        try:
            write_whole(path, mark * 100_000)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=[bytes([65 + number])]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failed
    assert len(set(path.read_bytes())) == 1
    assert os.listdir() == ["a.clip"]


def test_damage_is_noticed(tmp_path: Path) -> None:
    """Anywhere; the checksum is that of zip files."""
    path = tmp_path / "file"
    path.touch()
    assert crc32_of(path) == 0
    data = bytearray(1_000_000)
    path.write_bytes(data)
    before = crc32_of(path)

    data[999_999] = 1
    path.write_bytes(data)

    assert crc32_of(path) != before
    assert before == zlib.crc32(bytes(len(data)))


def test_the_state_of_a_file() -> None:
    """Its size, then its time: either may change alone; without a file there is no state."""
    path = Path("a.txt")
    path.write_bytes(b"12345")
    os.utime(path, ns=(1, 1_700_000_000_123_456_700))
    before = file_state(path)

    assert before[0] == 5 and abs(before[1] - 1_700_000_000_123_456_700) < 1_000_000_000
    path.write_bytes(b"1234567")
    assert file_state(path)[0] == 7
    os.utime(path, ns=(1, 1_700_000_999_000_000_000))
    assert file_state(path)[1] != before[1]
    path.unlink()
    with pytest.raises(OSError):
        file_state(path)
