"""Python's callers: articles and texts in, values out, nothing printed."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from support.engines import CountingEngine

import narrate

TEXT = "# A Light\n\nIn 1923 the lamp was lit.\n\nSubscribe to our newsletter\n\nIt burns."
SETTINGS = narrate.load_settings({"engine": "tone"})


def test_a_text_is_spoken() -> None:
    """Its heading names it; nothing of it need be a file."""
    episode = narrate.speak(text=TEXT, engine="tone")

    assert episode.path == Path("output/a-light.mp3")
    assert narrate.speak(text=TEXT, engine="tone").unchanged
    assert narrate.script(text=TEXT).text == "A Light\n\nIn nineteen twenty three the lamp was lit.\n\nIt burns."


def test_an_article_is_read_changed_and_spoken() -> None:
    """What became of it is spoken; its episode is that of the article."""
    Path("a.md").write_text(TEXT)
    article = narrate.read("a.md")
    first = narrate.speak("a.md", engine="tone")
    changed = replace(article, blocks=(*article.blocks[:-1], narrate.Block("paragraph", "It burns at night.")))
    episode = narrate.speak(changed, engine="tone")

    assert [block.kind for block in article.blocks] == ["title", "paragraph", "paragraph", "paragraph"]
    assert narrate.script(changed).text.endswith("It burns at night.")
    assert (episode.guid, episode.path) == (first.guid, first.path)
    assert "at night" in Path("output/a-light.srt").read_text()


def test_an_article_of_ones_own() -> None:
    """Its title comes first, its lines are made tidy, and its front matter is what metadata says."""
    meta = narrate.Metadata(title="A  Light", voice="high", language="en", tags=("sea",))
    article = narrate.Article(meta, (narrate.Block("paragraph", "The lamp\nis  lit."), narrate.Block("quote", " ")))
    episode = narrate.speak(article, settings=SETTINGS)

    assert narrate.script(article).text == "A Light\n\nThe lamp is lit."
    assert episode.path.name == "a-light.mp3"
    assert '"voice":"high"' in Path("output/a-light.manifest.json").read_text()
    with pytest.raises(FrozenInstanceError):
        article.meta = meta  # type: ignore[misc]


@pytest.mark.parametrize("blocks", [(), (narrate.Block("paragraph", " \n"),)])
def test_an_article_of_nothing(blocks: tuple[narrate.Block, ...]) -> None:
    """It is refused as any other."""
    with pytest.raises(narrate.SourceError, match="no text"):
        narrate.script(narrate.Article(narrate.Metadata(), blocks))


@pytest.mark.parametrize("call", [narrate.speak, narrate.script, narrate.read])
def test_one_article_at_a_time(call: object) -> None:
    """A source or a text."""
    assert callable(call)
    with pytest.raises(narrate.ConfigError, match="both given"):
        call("a.md", text=TEXT)
    with pytest.raises(narrate.ConfigError, match="source"):
        call()
    with pytest.raises(narrate.ConfigError, match="text"):
        call(text=3)
    with pytest.raises(narrate.SourceError, match="empty"):
        call(text="")


def test_a_batch() -> None:
    """Outcomes come in the order of the sources, one that fails among them, with progress of each."""
    Path("in").mkdir()
    Path("in/a.md").write_text(TEXT)
    Path("in/b.txt").write_text("The sea is calm.")
    seen: list[str] = []
    told: list[narrate.Outcome] = []
    outcomes = narrate.batch(
        ["in", Path("none.txt")],
        "out",
        engine=CountingEngine(),
        on_progress=lambda source, progress: seen.append(source),
        on_outcome=told.append,
    )

    assert [(one.source, one.status) for one in outcomes] == [
        ("in/a.md", "made"),
        ("in/b.txt", "made"),
        ("none.txt", "failed"),
    ]
    assert outcomes == tuple(told)
    assert outcomes[0].episode is not None
    assert outcomes[0].episode.path == Path("out/a-light.mp3")
    assert "does not exist" in outcomes[2].error
    assert outcomes[2].exit_code == 3
    assert set(seen) == {"in/a.md", "in/b.txt"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"sources": "in"}, "sources"),
        ({"sources": b"in"}, "sources"),
        ({"sources": 3}, "sources"),
        ({"sources": [3]}, "source"),
        ({"sources": ["a"], "output": "a.mp3"}, "do not fit"),
        ({"sources": ["a"], "on_progress": 3}, "on_progress"),
        ({"sources": ["a"], "on_outcome": "print"}, "on_outcome"),
    ],
)
def test_what_a_batch_cannot_do(arguments: dict[str, object], words: str) -> None:
    """Each argument is named."""
    with pytest.raises(narrate.ConfigError, match=words):
        narrate.batch(**arguments, engine="tone")  # type: ignore[arg-type]


def test_a_feed_and_its_check() -> None:
    """A folder becomes a podcast, and what apps would object to comes as values."""
    narrate.speak(text=TEXT, engine="tone")
    published = narrate.feed("output", base_url="https://example.com/pod/", title="Lamps")

    assert published.feed == Path("output/feed.xml")
    assert (published.episodes, published.url) == (1, "https://example.com/pod/feed.xml")
    assert "<title>Lamps</title>" in published.feed.read_text()
    assert narrate.findings("output") == ()
    published.feed.write_text(published.feed.read_text().replace("Lamps", ""))
    assert "error" in {one.severity for one in narrate.findings(published.feed)}
    with pytest.raises(narrate.SourceError):
        narrate.findings("none")
    with pytest.raises(narrate.ConfigError, match="base_url"):
        narrate.feed("output", base_url=" ")


PROGRAM = """
import narrate
from pathlib import Path
narrate.speak(text="---\\ntitle: A\\nseason: two\\ndraft: true\\n---\\n\\n# A\\n\\nThe lamp is lit.", engine="tone")
narrate.batch(["none.txt"], "out", engine="tone")
narrate.feed("output", base_url="https://example.com/")
narrate.findings("output")
try:
    narrate.speak("none.txt", engine="tone")
except narrate.NarrateError:
    pass
"""


def test_nothing_is_printed() -> None:
    """Warnings and progress are for whoever asks: by logging, and by a function of the caller's."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_messages_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Under narrate's own name."""
    with caplog.at_level(logging.WARNING, "narrate"):
        narrate.read(text="---\ntitle: A\nseason: two\n---\n\nThe lamp is lit.")

    assert "season: 'two'" in caplog.text


TYPED = """
from pathlib import Path

import narrate


def told(progress: narrate.Progress) -> None:
    share: float = progress.estimate().share


article: narrate.Article = narrate.read("a.md")
title: str | None = article.meta.title
tags: tuple[str, ...] = article.meta.tags
own = narrate.Article(narrate.Metadata(title="A"), (narrate.Block("paragraph", "The lamp is lit."),))
path: Path = narrate.speak(own, "out", on_progress=told, voice="af_heart").path
words: str = narrate.script(text="The lamp.").text
for outcome in narrate.batch(["in", Path("b.md")], on_outcome=lambda outcome: None):
    status: str = outcome.status
count: int = narrate.feed("out", base_url="https://example.com/").episodes
rules: list[str] = [one.rule for one in narrate.findings("out")]
"""


@pytest.mark.slow
def test_types_hold(tmp_path: Path) -> None:
    """A program that is checked strictly finds the types of all that is public."""
    pytest.importorskip("mypy")
    program = tmp_path / "program.py"
    program.write_text(TYPED)
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file=", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (narrate.Block("poem", "The sea."), "no block of the kind 'poem'"),  # type: ignore[arg-type]
        (narrate.Block("paragraph", "The sea.", marks=(narrate.Mark("sing", 0, 3, ""),)), "no mark of the kind"),  # type: ignore[arg-type]
        (narrate.Block("paragraph", "The sea.", marks=(narrate.Mark("pause", 3, 3, "1s"),)), "no time for a pause"),
        (narrate.Block("paragraph", "The sea.", marks=(narrate.Mark("pause", 3, 3, "-5"),)), "no time for a pause"),
    ],
)
def test_a_block_that_there_is_not_is_an_error(block: narrate.Block, words: str) -> None:
    """Of narrate's own, with what there is."""
    with pytest.raises(narrate.SourceError, match=words):
        narrate.script(narrate.Article(narrate.Metadata(), (block,)))
