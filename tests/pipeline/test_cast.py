"""A dialogue spoken by a cast, from the command line to the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import narrate

from narrate.core.article import Mark, Metadata, Script, Utterance
from narrate.core.settings.tables import Pauses
from narrate.speech.chunking import chunk

TALK = """# Of lighthouses

Ben Okafor takes pictures of them.

**Anna Berg:** When did you take the first one?

**Ben Okafor:** In 1998, from a ferry.

**Berg:** And it came out?

**BO:** It came out purple. I still like it best.
"""
BASE = ("speak", "talk.md", "--engine", "tone", "-v", "middle", "-o", "out")


@pytest.fixture(autouse=True)
def _talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.md").write_text(TALK, encoding="utf-8")


def _file(ending: str) -> str:
    return next(Path("out").glob(f"*{ending}")).read_text(encoding="utf-8")


def test_each_speaks_with_a_voice() -> None:
    """Names are matched however the cast has them; transcripts, page and manifest say who speaks."""
    done = narrate(*BASE, "--cast", "anna=high, Okafor=low")
    assert done.returncode == 0, done.stderr
    blocks = json.loads(Path("out/of-lighthouses.json").read_text(encoding="utf-8"))["blocks"]
    spoken = [(block.get("speaker", ""), block["text"]) for block in blocks]
    assert ("Ben Okafor", "It came out purple. I still like it best.") in spoken
    assert "<v Anna Berg>And it came out?" in _file(".vtt")
    assert json.loads(_file(".manifest.json"))["speakers"] == {"Anna Berg": "high", "Ben Okafor": "low"}
    assert _file(".page.html").count('<b class="speaker">') == 4


@pytest.mark.parametrize(("how", "said"), [("first", 2), ("spoken", 4), ("silent", 0)])
def test_names_are_said_by_choice(how: str, said: int) -> None:
    """Where each begins, at every turn, or never."""
    done = narrate("script", "talk.md", "--cast", "auto", "--speaker-names", how)
    assert sum(line in ("Anna Berg:", "Ben Okafor:") for line in done.stdout.splitlines()) == said


def test_who_shares_a_voice_is_named_at_every_turn() -> None:
    """Where no voice tells two people apart, their names do."""
    done = narrate(*BASE, "--cast", "Anna=high, Ben=high")
    assert done.returncode == 0, done.stderr
    assert _file(".vtt").count("Ben Okafor:") == 2


def test_nobody_asks_for_a_cast() -> None:
    """Without a cast labels are read as they stand, and nothing is kept."""
    assert narrate(*BASE).returncode == 0
    assert "Anna Berg: When did you" in _file(".vtt")
    assert not Path("out/.narrate-cast.toml").exists()
    assert "speakers" not in json.loads(_file(".manifest.json"))


@pytest.mark.parametrize(
    ("cast", "said"),
    [
        ("Ana Berg=high", "did you mean Anna Berg?"),
        ("Carl=high", "speakers: Anna Berg, Ben Okafor"),
        ("Anna=hihg", "high"),
        ("Anna", "name with a voice"),
    ],
)
def test_a_cast_that_cannot_be_is_refused(cast: str, said: str) -> None:
    """A name that nobody has, a voice that there is not, no pair: said before a word is spoken, with what is near."""
    done = narrate(*BASE, "--cast", cast)
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(Path("out").glob("*.mp3"))


def test_a_show_keeps_its_voices() -> None:
    """People have their voices again in the next episode, whoever speaks first there."""
    assert narrate(*BASE, "--cast", "auto").returncode == 0
    kept = Path("out/.narrate-cast.toml").read_text(encoding="utf-8")
    turned = TALK.replace("Of lighthouses", "Of ferries").replace("**Anna Berg:** When", "**Ben Okafor:** Now.\n\nWhen")
    Path("talk.md").write_text(turned, encoding="utf-8")
    assert narrate(*BASE, "--cast", "auto").returncode == 0
    assert Path("out/.narrate-cast.toml").read_text(encoding="utf-8") == kept


@pytest.mark.parametrize(
    "place", ['cast: "Anna=high, Ben=low"', "cast:\n  Anna: high\n  Ben: low"], ids=["line", "table"]
)
def test_front_matter_may_cast(place: str) -> None:
    """The author of a file may say who speaks whom in it."""
    Path("talk.md").write_text(f"---\ntitle: Of lighthouses\n{place}\n---\n{TALK}", encoding="utf-8")
    done = narrate(*BASE)
    assert done.returncode == 0, done.stderr
    assert json.loads(_file(".manifest.json"))["speakers"] == {"Anna Berg": "high", "Ben Okafor": "low"}


def test_a_table_of_settings_casts() -> None:
    """[cast] in narrate.toml is the same as the flag, and may name people of other episodes of the show."""
    Path("narrate.toml").write_text('[cast]\nAnna = "high"\nBen = "low"\nZacharias = "middle"\n', encoding="utf-8")
    done = narrate(*BASE)
    assert done.returncode == 0, done.stderr
    assert json.loads(_file(".manifest.json"))["speakers"] == {"Anna Berg": "high", "Ben Okafor": "low"}


def test_quotations_have_the_quote_voice() -> None:
    """With --inline-quotes a quotation in a sentence is another chunk than what is around it."""
    Path("talk.md").write_text("# News\n\nShe said “we have waited for eleven years” and left.\n", encoding="utf-8")
    plain = narrate(*BASE, "--quote-voice", "low")
    before = json.loads(_file(".manifest.json"))["duration_ms"], _file(".vtt")
    both = narrate(*BASE, "--quote-voice", "low", "--inline-quotes")
    assert (plain.returncode, both.returncode) == (0, 0), both.stderr
    assert json.loads(_file(".manifest.json"))["duration_ms"] != before[0]
    assert "“we have waited for eleven years”" in " ".join(_file(".vtt").split())


def test_a_marked_voice_wins() -> None:
    """What the author gave a voice in the text has it, whoever speaks there."""
    said = Utterance(
        "paragraph", "I am here.", "I am here.", 0, (), marks=(Mark("voice", 5, 9, "low"),), speaker="Anna"
    )
    chunks = chunk(Script(Metadata(), (said,), ()), lambda text: True, Pauses(), speakers={"Anna": "high"})
    assert [(one.text, one.voice, one.speaker) for one in chunks] == [
        ("I am", "high", "Anna"),
        ("here.", "low", "Anna"),
    ]
