"""The command as a user types it, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.site import reply, site

from narrate import __version__


def narrate(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [sys.executable, "-m", "narrate", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(
        result.args, result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
    )


def test_speak_prints_the_path_and_nothing_else(article: Path) -> None:
    """Results on standard output, all other words on standard error; the second run the same."""
    for _ in range(2):
        result = narrate("speak", "lighthouse.txt", "--engine", "tone")

        assert (result.returncode, result.stdout) == (0, f"{Path('output/the-last-lighthouse-keeper.mp3')}\n")
    assert Path("output/the-last-lighthouse-keeper.mp3").is_file()


def test_speak_for_machines(article: Path) -> None:
    """One JSON object an episode, a line each."""
    result = narrate("speak", "lighthouse.txt", "-e", "tone", "--json", "-o", "é/x.mp3")

    episode = json.loads(result.stdout)
    assert Path(episode["path"]) == Path("é/x.mp3")
    assert episode["meta"]["title"] == "The Last Lighthouse Keeper"
    assert episode["duration_ms"] > 5000
    assert episode["unchanged"] is False


def test_speak_from_standard_input() -> None:
    """A dash, in any encoding."""
    result = narrate("speak", "-", "-e", "tone", stdin="Café\r\n\r\nIt wasn’t open.".encode("utf-16"))

    assert result.stdout == f"{Path('output/cafe.mp3')}\n"


PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>A Light at Sea | The Daily Post</title>
<meta property="og:site_name" content="The Daily Post"></head><body><nav><a href="/">Home</a></nav><article>
<h1>A Light at Sea</h1><p>The keeper climbs the stairs each evening, lights the lamp and writes a line in the book.</p>
<h2>Winter</h2><p>The ferry stays away for weeks, and nobody on the island complains about it in the least.</p>
<pre><code>lamp.on()</code></pre><p>Sponsored by the ferry company, which has never once been on time.</p>
</article><footer>All rights reserved.</footer></body></html>"""
MARKDOWN = b"# A Light at Sea\n\nThe keeper *climbs* the [stairs](https://example.com).\n"


@pytest.mark.parametrize(("name", "content"), [("page.html", PAGE), ("notes.md", MARKDOWN)])
def test_speak_pages_and_notes(name: str, content: bytes) -> None:
    """As files, and on standard input."""
    Path(name).write_bytes(content)

    assert narrate("speak", name, "-e", "tone").stdout == f"{Path('output/a-light-at-sea.mp3')}\n"
    assert narrate("speak", "-", "-e", "tone", stdin=content).stdout == f"{Path('output/a-light-at-sea.mp3')}\n"


def test_speak_an_address() -> None:
    """From this machine only when told."""
    with site() as web:
        web.answers["/a"] = reply(PAGE)
        address = web.url("/a", host="127.0.0.1")

        refused = narrate("speak", address, "-e", "tone")
        spoken = narrate("speak", address, "-e", "tone", "--allow-private", "--json")

    assert (refused.returncode, refused.stdout) == (3, "")
    assert "--allow-private" in refused.stderr
    assert json.loads(spoken.stdout)["meta"]["site"] == "The Daily Post"


def test_the_user_overrules_cleaning_and_policies() -> None:
    """By flags, and in narrate.toml for all articles or those of one site."""
    page = PAGE.replace(b"<head>", b'<head><link rel="canonical" href="https://www.example.com/a">')
    Path("page.html").write_bytes(page)
    Path("notes.txt").write_text("A Light at Sea\n\nShe lit it.\n\nRead more\n")

    assert "Read more" in narrate("script", "notes.txt", "--keep", "read-more").stdout
    assert "lit" not in narrate("script", "notes.txt", "--drop", "she lit").stdout
    assert narrate("script", "notes.txt", "--keep", "nonsense").returncode == 2
    said = narrate("script", "page.html").stdout
    assert "A code example is not read aloud." in said
    assert "Sponsored" in said
    Path("narrate.toml").write_text('[blocks]\ncode = "skip"\n[clean.sites."example.com"]\ndrop = ["^sponsored by"]\n')
    said = narrate("script", "page.html").stdout
    assert "code example" not in said
    assert "Sponsored" not in said


def test_one_bad_article_does_not_stop_the_others(article: Path) -> None:
    """The exit code is that of the first failure."""
    result = narrate("speak", "missing.txt", "lighthouse.txt", "-e", "tone")

    assert result.returncode == 3
    assert "missing.txt does not exist" in result.stderr
    assert "the-last-lighthouse-keeper.mp3" in result.stdout


def test_two_articles_of_one_title_do_not_overwrite_each_other(article: Path) -> None:
    """The second is an error."""
    Path("other.txt").write_text("The Last Lighthouse Keeper\n\nAnother text.")

    result = narrate("speak", "lighthouse.txt", "other.txt", "-e", "tone")

    assert result.returncode == 6
    assert "other.txt: " in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["speak", "missing.txt"], 3, "missing.txt does not exist"),
        (["speak", "."], 3, "is a folder"),
        (["speak", "empty.txt"], 3, "empty.txt is empty"),
        (["speak", "binary.txt"], 3, "binary.txt is a binary file"),
        (["speak", "marks.txt"], 4, "no words"),
        (["speak", "ok.txt", "--engine", "nope"], 5, "no engine 'nope'"),
        (["speak", "ok.txt", "--voice", "nope", "-e", "tone"], 5, "no voice 'nope'"),
        (["speak", "ok.txt", "--speed", "9"], 2, "between 0.5 and 2"),
        (["speak", "ok.txt", "-e", "gtts", "--offline"], 2, "needs the network"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x.wav"], 2, "not an MP3"),
        (["speak", "ok.txt", "ok.txt", "-o", "x.mp3"], 2, "2 articles"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x.txt"], 2, "not an MP3"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x" * 300], 6, "cannot be"),
        (["speak", ""], 3, "no name"),
        (["script", "ok.txt", "--clean", "--dropped"], 2, "one of them"),
        (["speak", "ok.txt", "-e", "tone", "-o", "ok.txt/sub"], 6, "cannot be written"),
        (["speak"], 2, "SOURCE"),
        (["spaek"], 2, "spaek"),
        (["script", "missing.txt"], 3, "missing.txt does not exist"),
    ],
)
def test_errors_have_a_line_a_hint_and_a_code(arguments: list[str], code: int, message: str) -> None:
    """Never a traceback, and nothing is written."""
    Path("ok.txt").write_text("Some words.")
    Path("empty.txt").write_bytes(b"")
    Path("binary.txt").write_bytes(bytes(range(256)) * 4)
    Path("marks.txt").write_text("!?!?\n\n...\n")

    result = narrate(*arguments)

    assert result.returncode == code
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not list(Path().rglob("*.mp3"))


def test_debug_shows_the_traceback() -> None:
    """For those who want to know where."""
    assert "Traceback" in narrate("speak", "missing.txt", "--debug").stderr


def test_script_prints_what_will_be_said(article: Path) -> None:
    """Paragraphs apart by a blank line."""
    assert narrate("script", "lighthouse.txt").stdout == (
        "The Last Lighthouse Keeper\n\n"
        "Anna Berg has kept the light for thirty one years. She never missed a night.\n\n"
        '"It wasn\'t hard," she says.\n'
    )


def test_script_after_cleaning_and_what_was_dropped(article: Path) -> None:
    """The author's words, and the lines that go with their rules."""
    assert "31 years" in narrate("script", "lighthouse.txt", "--clean").stdout
    assert narrate("script", "lighthouse.txt", "--dropped").stdout == "read-more\tRead Entire Article\n"
    assert narrate("script", "-", "--dropped", stdin="🎉 🎉".encode()).stdout == "no-words\t🎉 🎉\n"


def test_script_for_machines(article: Path) -> None:
    """Blocks, drops, utterances and edits, which replay."""
    script = json.loads(narrate("script", "-", "--json", stdin=article.read_bytes()).stdout)

    assert [block["kind"] for block in script["blocks"]] == ["title", "paragraph", "paragraph"]
    assert script["drops"][0]["rule"] == "read-more"
    utterance = script["utterances"][1]
    (edit,) = utterance["edits"]
    assert utterance["written"][edit["start_char"] : edit["end_char"]] == edit["before"] == "31"
    assert edit["after"] == "thirty one"


def test_script_into_a_closed_pipe(article: Path) -> None:
    """As in `narrate script … | head -1`."""
    article.write_text("A Light at Sea\n\n" + "Some words are said. " * 50_000, encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-m", "narrate", "script", "lighthouse.txt"], stdout=-1, stderr=-1)
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_spoken_is_a_filter() -> None:
    """Line by line, empty lines too."""
    result = narrate("spoken", stdin="It cost $43.6 million.\n\nIt wasn’t in the U.S. Later it was.".encode())

    assert result.stdout == ("It cost forty three point six million dollars.\n\nIt wasn't in the US. Later it was.\n")


def test_voices() -> None:
    """A line each, the default marked; or JSON."""
    lines = narrate("voices").stdout.splitlines()

    assert len(lines) == 41
    assert "* af_heart      en-US   female" in lines
    assert {"name": "low", "language": "und", "gender": ""} in json.loads(
        narrate("voices", "-e", "tone", "--json").stdout
    )


def test_version_and_help() -> None:
    """Help fits a terminal of 80 columns and names every command."""
    assert narrate("--version").stdout == f"narrate {__version__}\n"
    text = narrate("--help", env={"COLUMNS": "80"}).stdout
    assert all(name in text for name in ("speak", "script", "spoken", "voices", "doctor"))
    assert max(map(len, text.splitlines())) <= 80


def test_no_program_of_the_system_is_needed(article: Path) -> None:
    """Neither ffmpeg nor espeak: the path is empty."""
    result = narrate("speak", "lighthouse.txt", "-e", "tone", env={"PATH": ""})

    assert result.returncode == 0, result.stderr
    assert "ffmpeg" not in result.stderr


def test_plain_locale_and_no_home(article: Path) -> None:
    """A service account on a bare system."""
    environment = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "HOME": "/nonexistent"}

    result = narrate("script", "lighthouse.txt", env=environment)

    assert result.returncode == 0, result.stderr
    assert "Lighthouse" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """At once, in a sentence, and the next run goes on."""
    Path("long.txt").write_text("A Long Night\n\n" + "The lamp burns on and on. " * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "narrate", "speak", "long.txt", "-e", "tone"], stdout=-1, stderr=-1, text=True
    )
    deadline = time.monotonic() + 30
    while not list((tmp_path / "cache").rglob("*.clip")) and time.monotonic() < deadline:
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert output == ""
    assert "finished clips are kept" in errors
    assert "Traceback" not in errors
    assert not list(Path().rglob("*.mp3"))


def test_text_commands_import_no_audio_library(article: Path) -> None:
    """Help and scripts come in an instant because of it."""
    code = (
        "import sys; from narrate.cli import app;"
        "app(['script', 'lighthouse.txt'], standalone_mode=False);"
        "heavy = ('numpy', 'av', 'pydub', 'mutagen', 'onnxruntime', 'phonemizer', 'gtts', 'requests', 'rich');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stderr.strip() == "[]"


def test_a_lexicon_beside_the_article(article: Path) -> None:
    """Found by itself; one given with --lexicon wins; a broken one is an error that names the file."""
    Path("lexicon.toml").write_text('[en]\n"Berg" = "bairg"\n', encoding="utf-8")
    Path("mine.toml").write_text('[en]\n"Berg" = "birk"\n', encoding="utf-8")
    Path("broken.toml").write_text('[en]\n"Berg" = { sey = "birk" }\n', encoding="utf-8")

    assert "Anna bairg has kept" in narrate("script", "lighthouse.txt").stdout
    assert "Anna birk has kept" in narrate("script", "lighthouse.txt", "--lexicon", "mine.toml").stdout
    assert "Ms birk" in narrate("spoken", "--lexicon", "mine.toml", stdin=b"Ms. Berg").stdout
    broken = narrate("script", "lighthouse.txt", "--lexicon", "broken.toml")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "broken.toml" in broken.stderr


def test_words_to_paste_into_a_lexicon() -> None:
    """What is printed is a lexicon as it stands; with Kokoro it has sounds."""
    text = b"Wojciechowski came."

    with_sounds = narrate("words", "-", stdin=text)
    without = narrate("words", "-", "-e", "tone", stdin=text)

    assert '"Wojciechowski" = { ipa = "' in with_sounds.stdout
    assert '"Wojciechowski" = ' in without.stdout
    Path("lexicon.toml").write_text(with_sounds.stdout, encoding="utf-8")
    assert narrate("words", "-", "--lexicon", "lexicon.toml", stdin=text).stdout == "[en]\n"
