"""What settings name is looked at before the first article is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import narrate

import narrate as api  # the command of that name is another
from narrate.core.errors import ConfigError, UnknownEngine, UnknownVoice
from narrate.core.settings.loading import CleanChoices, Music, Settings
from narrate.pipeline.preflight import require_usable


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        (Settings(format="flac", bitrate_kbps=96), "loses nothing", "leave the bit rate out"),
        (Settings(bitrate_kbps=33), "no 33 kbit/s", "32, 40"),
        (Settings(output=Path("x.mp3"), format="opus"), "no opus file", "leave out --format"),
        (Settings(output=Path("x.aiff")), "no format", ".mp3"),
        (Settings(lexicon=(Path("no.toml"),)), "no.toml", "write"),
        (Settings(music=Music(before=Path("no.mp3"))), "no file no.mp3", "--plain"),
        (Settings(music=Music(after=Path("."))), "no file .", "--plain"),
        (Settings(cover="no.jpg"), "no file no.jpg", "auto, drawn or none"),
        (Settings(intro="{titel}."), "no field {titel}", "correct intro"),
        (Settings(outro="By {author}."), "square brackets", "correct outro"),
        (Settings(clean=CleanChoices(keep=("read-mor",))), "no cleaning rule 'read-mor'", "did you mean read-more?"),
        (Settings(clean_sites=(("a.org", CleanChoices(keep=("x",))),)), "no cleaning rule 'x'", "read-more"),
    ],
)
def test_what_no_article_could_be_spoken_with(settings: Settings, message: str, hint: str) -> None:
    """The error names it, and the hint says what would do."""
    with pytest.raises(ConfigError) as caught:
        require_usable(settings)

    assert message in caught.value.message
    assert hint in caught.value.hint


def test_what_can_be_used() -> None:
    """Files that are there, pictures elsewhere, and what nobody named."""
    for name in ("a.mp3", "b.jpg"):
        Path(name).write_bytes(b"x")

    require_usable(Settings())
    require_usable(Settings(music=Music(before=Path("a.mp3")), cover="b.jpg", intro="{title}."))
    require_usable(Settings(cover="https://example.com/a.jpg", clean=CleanChoices(keep=("read-more",))))


WRONG = [
    (["--engine", "tnoe"], "no engine 'tnoe'", "did you mean tone?"),
    (["--engine", "tone", "--fallback", "foo"], "no engine 'foo' to fall back on", "engines: "),
    (["--engine", "tone", "--fallback", "Kokoroo"], "to fall back on", "did you mean kokoro?"),
    (["--engine", "tone", "--voice", "lwo"], "no voice 'lwo'", "low"),
]


@pytest.mark.parametrize(("flags", "message", "hint"), WRONG)
@pytest.mark.parametrize(
    "command", [["speak", "no.txt"], ["speak", "no.txt", "no.md"], ["speak", "--from", "no"], ["watch", ".", "--once"]]
)
def test_who_speaks_is_settled_first(command: list[str], flags: list[str], message: str, hint: str) -> None:
    """One article, several, a list or a watched folder: exit 2 before any is read; watch takes the rest from a file."""
    if command[0] == "watch":
        named = dict(zip(flags[::2], flags[1::2], strict=True))
        Path("narrate.toml").write_text("".join(f"{flag[2:]} = '{value}'\n" for flag, value in named.items()))
        flags = []

    result = narrate(*command, *flags)

    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert hint in result.stderr
    assert "does not exist" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["words", "no.txt", "-e", "tone", "--voice", "lwo"], "no voice 'lwo'"),
        (["script", "no.txt", "--keep", "read-mor"], "no cleaning rule"),
        (["speak", "no.txt", "-e", "tone", "--newest", "3"], "there is none"),
        (["speak", "-e", "tone", "--feed", "no.xml", "--newest", "0"], "--newest 0 leaves no article"),
        (["watch", ".", "--newest", "3", "--once"], "there is none"),
        (["watch", ".", "-o", "-", "--once"], "do not fit"),
        (["watch", ".", "-e", "tone", "--base-url", "nowhere", "--once"], "no address of the web"),
        (["speak", "no.txt", "-e", "tone", "--cluster", ""], "--cluster names no scheduler"),
        (["voices", "-e", "tone", "-o", "x.wav"], "none is asked for"),
        (["voices", "-e", "tone", "--sample", "low", "-o", "-"], "goes into a file"),
        (["check", "--rules", "--listen"], "--rules does not go with --listen"),
        (["check", "--rules", "--json"], "--rules does not go with --json"),
    ],
)
def test_flags_that_would_mean_nothing(arguments: list[str], message: str) -> None:
    """Are refused, with what to type instead."""
    result = narrate(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "  hint: " in result.stderr
    assert not [path for path in Path().rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("table", "message"), [("category = 'Nonsense'", "Nonsense"), ("cover = 'no.jpg'", "no file no.jpg")]
)
def test_a_podcast_that_no_feed_could_say_is_refused_before_the_first_round(table: str, message: str) -> None:
    """A podcast that no feed could say is refused before the first round, not after hours of speech."""
    Path("narrate.toml").write_text(f"engine = 'tone'\n[podcast]\nbase_url = 'https://example.com'\n{table}\n")

    result = narrate("watch", ".", "--once")

    assert result.returncode == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.html",
            "<html lang='klingon'><title>A Light</title><article><h1>A Light</h1><p>The lamp is lit.</p></article>",
        ),
        ("a.md", "---\nlanguage: klingon\n---\n\n# A Light\n\nThe lamp is lit.\n"),
    ],
)
def test_what_an_article_says_of_its_language_is_no_setting(name: str, text: str) -> None:
    """However wrong it is, it is read."""
    Path(name).write_text(text)

    result = narrate("script", name)

    assert result.returncode == 0
    assert "The lamp is lit." in result.stdout


def test_from_python() -> None:
    """A call from Python is checked before the article is read, too."""
    with pytest.raises(UnknownEngine, match="tnoe"):
        api.speak("no.txt", engine="tnoe")
    with pytest.raises(UnknownVoice, match="lwo"):
        api.speak("no.txt", engine="tone", voice="lwo")
    with pytest.raises(ConfigError, match=r"^speed = 9 cannot be used: it must be between 0.5 and 2$"):
        api.speak("no.txt", speed=9)
    with pytest.raises(ConfigError, match=r"no file no\.jpg"):
        api.speak("no.txt", settings=Settings(engine="tone", cover="no.jpg"))
