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
from support.command import begun, narrate
from support.site import reply, site
from typer.testing import CliRunner

from narrate import __version__
from narrate.cli.app import app
from narrate.episode.manifest import read_head
from narrate.library import index
from narrate.speech.engines.tone import ToneEngine


def started(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with more variables."""
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
        result = started("speak", "lighthouse.txt", "--engine", "tone")

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


def test_a_redirect_to_a_host_with_a_line_break() -> None:
    """It is refused in a line; the headers that urllib3 cannot read are no user's business."""
    with site() as web:
        lines = [b"HTTP/1.1 302 Found", b"bad header", b"Location: http://127.0.0.1%0A.example.org/", b"", b""]
        web.answers["/a"] = b"\r\n".join(lines)
        command = ("script", web.url("/a", host="127.0.0.1"), "--allow-private")
        result, told = narrate(*command), narrate(*command, "--debug")

    assert (result.returncode, result.stdout) == (3, "")
    assert "Failed to parse headers" not in result.stderr
    assert "Traceback" not in result.stderr
    assert "Failed to parse headers" in told.stderr


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


AROUND = """A Light at Sea

The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. Nobody has asked her to do so.

In winter the ferry stays away for weeks, and what was not bought in autumn is not on the table in spring.

Related stories

Ferry runs aground off the point

Lamp oil dearer than ever

Two gulls and a sandwich
"""


def test_what_was_learnt_is_explained_and_overruled() -> None:
    """A headline of another article says why it went; its words, or a site's, keep it."""
    Path("page.txt").write_text(AROUND)

    dropped = [line.split("\t") for line in narrate("script", "page.txt", "--dropped").stdout.splitlines()]
    kept = narrate("script", "page.txt", "--keep-line", "lamp oil").stdout
    Path("narrate.toml").write_text('[clean]\nkeep_lines = ["Two gulls"]\nstrictness = "gentle"\n')
    set_down = narrate("script", "page.txt").stdout

    assert dropped[0] == ["related", "Related stories"]
    assert [line[:2] for line in dropped[1:]][1] == ["related-block", "Lamp oil dearer than ever"]
    assert all(
        "a header of other articles" in line[2] and line[2].endswith(("; 0.98", "; 0.99")) for line in dropped[1:]
    )
    assert "Lamp oil" in kept
    assert "Two gulls" not in kept
    assert "Two gulls" in set_down
    assert narrate("script", "page.txt", "--keep-line", " ").returncode == 2


def test_one_bad_article_does_not_stop_the_others(article: Path) -> None:
    """The exit code says that there was one."""
    result = narrate("speak", "missing.txt", "lighthouse.txt", "-e", "tone")

    assert result.returncode == 8
    assert "missing.txt does not exist" in result.stderr
    assert "the-last-lighthouse-keeper.mp3" in result.stdout


def test_two_articles_of_one_title_do_not_overwrite_each_other(article: Path) -> None:
    """The second has a number; spoken again, each is what it was."""
    Path("other.txt").write_text("The Last Lighthouse Keeper\n\nAnother text.")

    for _ in range(2):
        result = at_once("speak", "lighthouse.txt", "other.txt", "-e", "tone", "--cover", "none")

        names = [f"the-last-lighthouse-keeper{number}.mp3" for number in ("", "-2")]
        assert result.stdout.splitlines() == [str(Path("output", name)) for name in names]


def test_without_manifests_articles_of_one_title_cannot_be_told_apart(article: Path) -> None:
    """The second is an error."""
    Path("other.txt").write_text("The Last Lighthouse Keeper\n\nAnother text.")

    result = narrate("speak", "lighthouse.txt", "other.txt", "-e", "tone", "--no-sidecars")

    assert result.returncode == 8
    assert "other.txt: " in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["speak", "missing.txt"], 3, "missing.txt does not exist"),
        (["script", "."], 3, "is a folder"),
        (["speak", "empty.txt"], 3, "empty.txt is empty"),
        (["speak", "binary.txt"], 3, "binary.txt is a binary file"),
        (["speak", "marks.txt"], 4, "no words"),
        (["speak", "ok.txt", "--engine", "nope"], 2, "no engine 'nope'"),
        (["speak", "ok.txt", "--voice", "nope", "-e", "tone"], 2, "no voice 'nope'"),
        (["speak", "ok.txt", "--speed", "9"], 2, "between 0.5 and 2"),
        (["speak", "ok.txt", "-e", "gtts", "--offline"], 2, "needs the network"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x.aiff"], 2, "no format"),
        (["speak", "ok.txt", "ok.txt", "-o", "x.mp3"], 2, "2 articles"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x.txt"], 2, "no format"),
        (["speak", "ok.txt", "-e", "tone", "-o", "x" * 300], 6, "cannot be"),
        (["speak", ""], 3, "no name"),
        (["script", "ok.txt", "--clean", "--dropped"], 2, "one of them"),
        (["speak", "ok.txt", "-e", "tone", "-o", "ok.txt/sub"], 6, "cannot be written"),
        (["speak"], 2, "SOURCE"),
        (["speak", "--from", "missing.txt"], 8, "missing.txt"),
        (["speak", "ok.txt", "--report", "ok.txt/x"], 2, "the report"),
        (["watch", ".", "--every", "soon"], 2, "no time to wait"),
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


MIXED = """# A light

The light *is* on. ![A lamp](lamp.png)

```sh
make light
```

| a | b |
|---|---|
| c | d |

Press `on` %%ask Anna%% now.
"""


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("", "A light|The light is on.|a | b | c | d|Press on now."),
        (
            '[blocks]\ncode = "speak"\nimage = "speak"\n',
            "A light|The light is on.|A lamp|make light|a | b | c | d|Press on now.",
        ),
        ("table_max_cells = 1\n", "A light|The light is on.|Press on now."),
    ],
)
def test_script_after_cleaning_has_only_what_is_spoken(tmp_path: Path, settings: str, words: str) -> None:
    """Code, pictures and tables that are only announced are left out, by the settings; --dropped has all of them."""
    Path("mixed.md").write_text(MIXED, encoding="utf-8")
    Path("narrate.toml").write_text(settings, encoding="utf-8")

    assert narrate("script", "mixed.md", "--clean").stdout.rstrip("\n").replace("\n\n", "|") == words
    dropped = narrate("script", "mixed.md", "--dropped").stdout
    assert "comment\task Anna" in dropped
    assert ("announce-code\tmake light" in dropped) == ("make light" not in words)


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

    # On a slow machine it says what it is at.
    assert process.stderr.read() in (b"", b"reading lighthouse.txt\n")
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
    text = started("--help", env={"COLUMNS": "80"}).stdout
    assert all(name in text for name in ("speak", "script", "spoken", "voices", "doctor"))
    assert max(map(len, text.splitlines())) <= 80


def test_no_program_of_the_system_is_needed(article: Path) -> None:
    """Neither ffmpeg nor espeak: the path is empty."""
    result = started("speak", "lighthouse.txt", "-e", "tone", env={"PATH": ""})

    assert result.returncode == 0, result.stderr
    assert "ffmpeg" not in result.stderr


def test_plain_locale_and_no_home(article: Path) -> None:
    """A service account on a bare system."""
    environment = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "HOME": "/nonexistent"}

    result = started("script", "lighthouse.txt", env=environment)

    assert result.returncode == 0, result.stderr
    assert "Lighthouse" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """At once, in a sentence, and the next run goes on."""
    Path("long.txt").write_text("A Long Night\n\n" + "The lamp burns on and on. " * 20_000)
    with begun("speak", "long.txt", "-e", "tone") as process:
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
        "import sys; from narrate.cli.app import app;"
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


def at_once(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run narrate in this process, for what would take too many of its own."""
    result = CliRunner().invoke(app, arguments, env=env)
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def test_the_model_is_loaded_ahead_of_new_articles_alone(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the text is read; where the same source was spoken before, nothing is left to speak as a rule."""
    asked: list[bool] = []
    monkeypatch.setattr(ToneEngine, "warm", lambda self, *, at_once: asked.append(at_once), raising=False)
    for _ in range(2):
        assert at_once("speak", "lighthouse.txt", "-e", "tone", "--cover", "none").returncode == 0

    assert asked == [False]


def test_what_a_folder_holds_is_read_once(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whatever asks what was spoken into it, also for one article."""
    Path("other.txt").write_text("A Light at Sea\n\nShe climbs.")
    assert at_once("speak", "other.txt", "-e", "tone", "--cover", "none").returncode == 0
    read = []
    monkeypatch.setattr(index, "read_head", lambda path: read.append(path.name) or read_head(path))

    assert at_once("speak", "lighthouse.txt", "-e", "tone", "--cover", "none").returncode == 0

    own = "the-last-lighthouse-keeper.manifest.json"
    assert [name for name in read if name != own] == ["a-light-at-sea.manifest.json"]


QUOTING = "# A Light at Sea\n\nShe climbs.\n\n## Winter\n\n> Nobody knows.\n"


def spoken_blocks(*arguments: str, env: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Kind and speaker of each block of an episode's transcript."""
    result = at_once("speak", "light.md", "-e", "tone", "--cover", "none", "-o", "x.wav", *arguments, env=env)
    assert (result.returncode, result.stdout) == (0, "x.wav\n"), result.stderr
    blocks = json.loads(Path("x.json").read_text(encoding="utf-8"))["blocks"]
    return [(block["kind"], block.get("speaker", "")) for block in blocks]


def first_word_ms() -> float:
    block = json.loads(Path("x.json").read_text(encoding="utf-8"))["blocks"][0]
    return float(block["start_sample"]) / 24


def test_what_is_said_around_the_reading_and_by_whom() -> None:
    """By flags; --plain takes all of it back, also what the settings ask for."""
    Path("light.md").write_text(QUOTING, encoding="utf-8")
    article = [("title", ""), ("paragraph", ""), ("heading", ""), ("quote", "")]

    assert spoken_blocks() == article
    assert spoken_blocks("--intro", "--outro", "--quote-voice", "low") == [
        *[(kind, "middle") for kind in ("intro", "paragraph", "heading")],
        *[("quote", "low"), ("outro", "middle")],
    ]
    Path("narrate.toml").write_text('intro = "Hello."\noutro = true\nquote_voice = "low"\n')
    assert [kind for kind, _ in spoken_blocks("--no-outro")] == ["intro", *(kind for kind, _ in article)]
    assert spoken_blocks("--plain") == article


def test_music_and_pauses_from_a_file_and_from_variables() -> None:
    """Each place wins over the one before, and --plain over all."""
    Path("light.md").write_text(QUOTING, encoding="utf-8")
    assert at_once("speak", "light.md", "-e", "tone", "-o", "five.wav", "--plain", "--no-sidecars").returncode == 0
    Path("narrate.toml").write_text(
        '[music]\nbefore = "five.wav"\nlongest_ms = 3000\nfade_ms = 1000\n[pauses]\nbefore_heading_ms = 4000\n'
    )

    spoken_blocks()
    assert first_word_ms() == pytest.approx(2000, abs=1)
    winter = json.loads(Path("x.json").read_text(encoding="utf-8"))["blocks"][1:3]
    assert winter[1]["start_sample"] - winter[0]["end_sample"] >= 4000 * 24
    spoken_blocks(env={"NARRATE_MUSIC_LONGEST_MS": "2500"})
    assert first_word_ms() == pytest.approx(1500, abs=1)
    spoken_blocks(env={"NARRATE_MUSIC_BEFORE": ""})
    assert first_word_ms() == 150
    spoken_blocks("--plain")
    assert first_word_ms() == 150


def test_the_file_as_the_flags_say(article: Path) -> None:
    """Format, bit rate, channels, and nothing beside it."""
    options = ["--format", "opus", "--bitrate", "32", "--stereo", "--no-sidecars", "--loudness", "-18", "--json"]

    episode = json.loads(at_once("speak", "lighthouse.txt", "-e", "tone", "--cover", "none", *options).stdout)

    assert Path(episode["path"]) == Path("output/the-last-lighthouse-keeper.opus")
    assert episode["sidecars"] == []
    assert sorted(os.listdir("output")) == [".narrate.lock", "the-last-lighthouse-keeper.opus"]


def test_what_lies_beside_an_episode_for_machines() -> None:
    """The paths, each of a file that is there."""
    Path("light.md").write_text(QUOTING, encoding="utf-8")

    episode = json.loads(at_once("speak", "light.md", "-e", "tone", "--cover", "drawn", "--json").stdout)

    endings = [path.removeprefix(str(Path("output/a-light-at-sea"))) for path in episode["sidecars"]]
    assert endings[:-1] == [".vtt", ".srt", ".json", ".chapters.json", ".page.html", ".cover.jpg", ".thumb.jpg"]
    assert all(Path(path).is_file() for path in episode["sidecars"])


@pytest.mark.parametrize(
    ("options", "variables", "code", "message"),
    [
        (["--bitrate", "33"], {}, 2, "32, 40, 48"),
        (["--format", "flac", "--bitrate", "96"], {}, 2, "loses nothing"),
        (["--format", "wma"], {}, 2, "one of mp3, m4b, opus, flac, wav"),
        (["--format", "opus", "-o", "x.mp3"], {}, 2, "no opus file"),
        (["--cover", "missing.jpg"], {}, 2, "missing.jpg"),
        (["--cover", "ok.md"], {}, 2, "cannot be made into a cover"),
        (["--cover", "https://example.com/a.jpg", "--offline"], {}, 2, "--offline"),
        (["--music-before", "ok.md"], {}, 2, "ok.md is no music"),
        (["--music-after", "missing.mp3"], {}, 2, "missing.mp3"),
        ([], {"NARRATE_INTRO": "{titel}."}, 2, "no field {titel}"),
        ([], {"NARRATE_OUTRO": "By {author}."}, 2, "square brackets"),
        ([], {"NARRATE_MUSIC_FADE_MS": "-1"}, 2, "between 0"),
        (["--quote-voice", "nobody"], {}, 2, "no voice 'nobody'"),
        (["--gender", "female"], {}, 2, "does not say which of its voices are female"),
        (["--gender", "neither"], {}, 2, "one of female, male"),
        (["--voice", "male"], {}, 2, "does not say"),
        (["--voice", "fr"], {}, 2, "no voice 'fr'"),
    ],
)
def test_errors_of_the_newer_settings(options: list[str], variables: dict[str, str], code: int, message: str) -> None:
    """A line, a hint and a code, before anything is spoken or written."""
    Path("ok.md").write_text(QUOTING, encoding="utf-8")

    result = at_once("speak", "ok.md", "-e", "tone", *options, env=variables)

    assert (result.returncode, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.split())
    assert "hint: " in result.stderr
    assert "Traceback" not in result.stderr
    assert not [path for path in Path().rglob("*") if path.is_file() and path.name != "ok.md"]
    assert not list(Path(os.environ["NARRATE_CACHE_DIR"]).rglob("*.clip"))


def test_a_template_in_a_script() -> None:
    """What will be said around the reading can be read before."""
    Path("light.md").write_text("---\nauthor: Anna Berg\n---\n\n" + QUOTING, encoding="utf-8")
    Path("narrate.toml").write_text('intro = "{title}, read to you.[ Words by {author}.][ From {site}.]"\n')

    said = at_once("script", "light.md", "--outro").stdout.split("\n\n")

    assert said[0] == "A Light at Sea, read to you. Words by Anna Berg."
    assert said[-1].startswith("That was")
    assert "read to you" not in at_once("script", "light.md", "--no-intro").stdout


def test_a_sample_of_a_voice() -> None:
    """Its path, where it is told to be."""
    result = at_once("voices", "-e", "tone", "--sample", "low", "-o", "x.wav")

    assert (result.returncode, result.stdout) == (0, "x.wav\n")
    assert Path("x.wav").stat().st_size > 100_000
    assert at_once("voices", "-e", "tone", "--sample", "nobody").returncode == 2
