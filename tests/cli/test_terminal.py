"""The command in a terminal of 80 by 24, as somebody sees it over time."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from support.terminal import Session, in_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo terminals")

# The tone engine as if it were a slow one, whose model takes a while to load as well.
SLOWNESS = """
import time
from narrate.speech.engines.tone import ToneEngine
own = ToneEngine.synthesise
def slow(self, text, **given):
    time.sleep(len(text) / chars_a_second)
    return own(self, text, **given)
ToneEngine.synthesise = slow
ToneEngine.load = lambda self: time.sleep(0.6)
"""
SLOW = f"chars_a_second = 300{SLOWNESS}"
# Enough for a share to be seen to move also where the machine has much else to do.
SLOWEST = f"chars_a_second = 150{SLOWNESS}"

SENTENCE = "The keeper lights the lamp at dusk, and the ships pass by until the morning comes again. "

SHARE = re.compile(r"(\d+)%")


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NARRATE_ENGINE", "tone")


def written(name: str, sentences: int) -> str:
    Path(name).write_text(f"A title of {name[:5]}\n\n{SENTENCE * sentences}\n", encoding="utf-8")
    return name


def shares(session: Session, about: str) -> list[int]:
    lines = [line for screen in session.screens for line in screen if about in line]
    return [int(found[1]) for line in lines if (found := SHARE.search(line))]


@pytest.mark.slow
def test_an_article(tmp_path: Path) -> None:
    """The share moves while a chunk is spoken, nothing is too wide, nothing stays, and standard output has the path."""
    first = in_terminal("speak", written("a.txt", 10), "--jobs", "1", "-o", "out", program=SLOWEST)
    again = in_terminal("speak", written("b.txt", 10), "--jobs", "1", "-o", "out", program=SLOWEST)

    for session in (first, again):
        assert session.code == 0
        assert session.terminal.widest < 80
        assert session.terminal.shown() == []
        told = shares(session, "speaking")
        assert told == sorted(told)
        assert any("loading the voice" in line for screen in session.screens for line in screen)
        assert any(" left" in line for screen in session.screens for line in screen)
    assert first.out == f"{Path('out', 'a-title-of-a-txt.mp3')}\n"
    # There are three chunks, and on the fastest machine twice as many shares.
    assert len(set(shares(first, "speaking"))) >= 6
    assert all(later - share < 25 for share, later in pairwise(shares(again, "speaking")))


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.slow
def test_many_articles(width: int) -> None:
    """Rows for all and for each that is running; long titles, and those of wide letters, are cut."""
    names = [written(name, 4) for name in ("x" * 120 + ".txt", "燈塔" * 30 + ".txt", "🗼" * 40 + ".txt")]
    session = in_terminal("speak", *names, "missing.txt", "--jobs", "2", "-o", "out", width=width, program=SLOW)

    assert session.code == 8
    rows = [line for screen in session.screens for line in screen]
    drawn = [line for line in rows if "speaking" in line or "encoding" in line or " of 4 art" in line]
    assert drawn
    assert max(len(line.encode("utf-16-le")) // 2 for line in drawn) < width
    assert any("of 4" in line for line in drawn)
    assert len(session.out.splitlines()) == 3
    assert "speaking" not in " ".join(session.terminal.shown())
    assert "missing.txt does not exist" in " ".join(" ".join(session.terminal.shown()).split())


@pytest.mark.slow
def test_no_colours_and_no_screen() -> None:
    """NO_COLOR has no colours, and a dumb terminal lines instead of a bar."""
    plain = in_terminal("speak", written("a.txt", 4), "-o", "out", program=SLOW, NO_COLOR="1")
    dumb = in_terminal("speak", written("b.txt", 4), "-o", "out", program=SLOW, TERM="dumb")

    assert plain.code == dumb.code == 0
    assert any("%" in line for screen in plain.screens for line in screen)
    assert dumb.terminal.shown()[0] == "speaking b.txt"
    assert "━" not in " ".join(dumb.terminal.shown())


@pytest.mark.parametrize("arguments", [("speak", "-", "-o", "out"), ("script", "-"), ("words", "-"), ("spoken",)])
def test_somebody_who_types_is_told_to(arguments: tuple[str, ...]) -> None:
    """Once, with the key that ends it; nothing is drawn over what is typed."""
    session = in_terminal(*arguments, typed="The lamp is lit.", program=SLOW)

    assert session.code == 0, session.terminal.shown()
    said = [line for line in session.terminal.shown() if "standard input" in line]
    assert said == ["narrate: reading standard input, end with Ctrl-D"]
