"""All that a run can be told: every setting above the tables, declared once; loading.py gathers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS
from narrate.core.settings import checks
from narrate.core.settings.declaration import Decides, Declared, Flag, declared_in, documented, setting, table
from narrate.core.settings.engine_values import EngineValues
from narrate.core.settings.folders import users_folder
from narrate.core.settings.tables import (
    FRAME_PANEL,
    TEXT_PANEL,
    BlockPolicies,
    CleanChoices,
    Music,
    Pauses,
    Podcast,
)

# What a voice is chosen by, and what a source can be read as.
GENDERS = ("female", "male")
FORMS = ("text", "markdown", "html")
SPEAKER_NAMES = ("first", "spoken", "silent")

FILE_PANEL = "The file"


@documented
@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run can be told."""

    engine: str = setting(
        "kokoro",
        meaning="Name of a registered engine.",
        check=checks.word,
        decides=Decides.SPEECH,
        flag=Flag(("--engine", "-e"), "kokoro (offline), gtts (online), tone (beeps).", "ENGINE", proposes="engines"),
        makes_engine=True,
    )
    voice: str | None = setting(
        None,
        meaning="Voice of that engine, a blend of several, or a language, a gender or both to choose by; None to "
        "choose by the article's language.",
        check=checks.word,
        decides=Decides.SPEECH,
        flag=Flag(
            ("--voice", "-v"),
            "Name, blend, or language and gender; narrate voices lists them.",
            "VOICE",
            proposes="voices",
        ),
    )
    gender: str | None = setting(
        None,
        meaning='"female" or "male", where the voice is chosen; None for either.',
        check=checks.one_of(*GENDERS),
        decides=Decides.SPEECH,
        flag=Flag(("--gender",), "female or male, where the voice is chosen.", "GENDER"),
    )
    own_voice: bool = setting(
        True,
        meaning="Heed the voice that an article names in its front matter, unless a voice or a gender was asked for by "
        "a flag, or from Python.",
        check=checks.flag,
        decides=Decides.NOTHING,
    )
    quote_voice: str = setting(
        "",
        meaning="Voice for block quotes; empty for the same voice.",
        check=checks.word_or_none,
        decides=Decides.SPEECH,
        flag=Flag(("--quote-voice",), "Another voice for block quotes.", "VOICE", FRAME_PANEL, "voices"),
        is_recorded=True,
    )
    inline_quotes: bool = setting(
        False,
        meaning="The voice for block quotes speaks quotations inside paragraphs as well.",
        check=checks.flag,
        decides=Decides.SPEECH,
        flag=Flag(("--inline-quotes/--no-inline-quotes",), "Quotations in sentences, too.", panel=FRAME_PANEL),
        is_recorded=True,
    )
    cast: str = setting(
        "",
        meaning='Voices of a dialogue: "Anna=af_bella, Ben=am_michael", or a table; "auto" for all, "" for one voice.',
        check=checks.cast,
        decides=Decides.TEXT,
        flag=Flag(("--cast",), "Voices of a dialogue: Anna=af_bella, Ben=am_michael; or auto.", "CAST", FRAME_PANEL),
        is_recorded=True,
    )
    speaker_names: str = setting(
        "first",
        meaning='Names of a cast are said where each begins ("first"), at every turn ("spoken"), or never ("silent").',
        check=checks.one_of(*SPEAKER_NAMES),
        decides=Decides.TEXT,
        flag=Flag(("--speaker-names",), "Names of a dialogue: first, spoken or silent.", "WHEN", FRAME_PANEL),
        is_recorded=True,
    )
    speed: float = setting(
        1.0,
        meaning="Speaking rate, 1.0 is the voice's own, 0.5 to 2.0.",
        check=checks.number(0.5, 2.0),
        decides=Decides.SPEECH,
        flag=Flag(("--speed", "-s"), "Speaking rate, 0.5 to 2.", "RATE"),
        is_recorded=True,
    )
    language: str | None = setting(
        None,
        meaning="BCP 47 tag of the text; None to take the voice's language.",
        check=checks.language,
        decides=Decides.TEXT,
        flag=Flag(("--language", "-l"), "Language of the text, such as en or en-GB.", "LANGUAGE", proposes="languages"),
        is_recorded=True,
    )
    output: Path = setting(
        Path("output"),
        meaning="Folder for episodes.",
        check=checks.path,
        decides=Decides.NOTHING,
        flag=Flag(("--output", "-o"), "Folder, a file such as talk.m4b, or - for a stream.", "PATH"),
    )
    jobs: int | None = setting(
        None,
        meaning="Chunks spoken at once; None for as many as the engine and the machine take well.",
        check=checks.whole(1, 256),
        decides=Decides.NOTHING,
        flag=Flag(("--jobs", "-j"), "Chunks spoken at once.", "N"),
    )
    cache: bool = setting(
        True,
        meaning="Keep finished clips and take them from earlier runs.",
        check=checks.flag,
        decides=Decides.NOTHING,
        flag=Flag(("--cache/--no-cache",), "Keep clips, or speak everything anew and keep nothing."),
    )
    cache_dir: Path | None = setting(
        None,
        meaning="Where clips and models are kept; None for the user's cache folder.",
        check=checks.path,
        decides=Decides.NOTHING,
    )
    cache_limit_mb: int = setting(
        5_000,
        meaning="What the cache folder may hold, in millions of bytes; 0 for any size.",
        check=checks.whole(0, 1_000_000_000),
        decides=Decides.NOTHING,
    )
    shared_cache: str = setting(
        "",
        meaning='Where the workers of a cluster share clips, an address as fsspec takes it; "" for none.',
        check=checks.word_or_none,
        decides=Decides.NOTHING,
    )
    offline: bool = setting(
        False,
        meaning="Refuse everything that needs the network.",
        check=checks.flag,
        decides=Decides.NOTHING,
        flag=Flag(("--offline",), "Refuse everything that needs the network.", panel=TEXT_PANEL),
        makes_engine=True,
    )
    fallback: str | None = setting(
        None,
        meaning="Engine that speaks the whole article where the other cannot be reached; None to stop instead.",
        check=checks.word,
        decides=Decides.SPEECH,
        flag=Flag(("--fallback",), "Engine to go on with where the other is down.", "ENGINE", proposes="engines"),
    )
    strict: bool = setting(
        True,
        meaning="Stop where speech fails its checks however it is cut; else the best attempt is kept, and noted.",
        check=checks.flag,
        decides=Decides.SPEECH,
        flag=Flag(("--strict/--lenient",), "Stop at speech that fails its checks, or keep and note it."),
    )
    loudness_lufs: float = setting(
        -16.0,
        meaning="Integrated loudness of the episode, mono measured as dual mono (EBU R128).",
        check=checks.number(-40.0, -8.0),
        decides=Decides.SOUND,
        flag=Flag(("--loudness",), "Integrated loudness, else -16.", "LUFS", FILE_PANEL),
        is_recorded=True,
    )
    true_peak_dbtp: float = setting(
        -1.0,
        meaning="Highest true peak of the episode.",
        check=checks.number(-20.0, 0.0),
        decides=Decides.SOUND,
        is_recorded=True,
    )
    format: str | None = setting(
        None,
        meaning='"mp3", "m4b", "opus", "flac" or "wav"; None for what the ending of `output` says, else MP3.',
        check=checks.one_of(*FORMATS),
        decides=Decides.SOUND,
        flag=Flag(("--format", "-f"), "mp3, m4b, opus, flac or wav.", "FORMAT", FILE_PANEL),
        is_recorded=True,
    )
    bitrate_kbps: int | None = setting(
        None,
        meaning="Bit rate of the file; None for the format's own.",
        check=checks.whole(8, 512),
        decides=Decides.SOUND,
        flag=Flag(("--bitrate",), "Bit rate, else the format's own.", "KBPS", FILE_PANEL),
        is_recorded=True,
    )
    stereo: bool = setting(
        False,
        meaning="Two channels with the same sound.",
        check=checks.flag,
        decides=Decides.SOUND,
        flag=Flag(("--stereo",), "Two equal channels.", panel=FILE_PANEL),
        is_recorded=True,
    )
    sidecars: bool = setting(
        True,
        meaning="Write transcripts, chapters and the cover beside the episode.",
        check=checks.flag,
        decides=Decides.FILE,
        flag=Flag(("--sidecars/--no-sidecars",), "Transcripts, page and cover beside it.", panel=FILE_PANEL),
        is_recorded=True,
    )
    srt_line_chars: int = setting(
        32,
        meaning="Longest line of the SRT transcript.",
        check=checks.whole(20, 100),
        decides=Decides.FILE,
        is_recorded=True,
    )
    cover: str = setting(
        "auto",
        meaning='"auto" for the article\'s picture or else a drawn one, "drawn", "none", or the path of a picture.',
        check=checks.word,
        decides=Decides.FILE,
        flag=Flag(("--cover",), "A picture's path or address, drawn, or none.", "COVER", FILE_PANEL),
    )
    intro: bool | str = setting(
        False,
        meaning="Say title, author, site and date first: True, or a template of one's own.",
        check=checks.flag_or_word,
        decides=Decides.TEXT,
        flag=Flag(("--intro/--no-intro",), "Say title, author, site and date first.", panel=FRAME_PANEL),
    )
    outro: bool | str = setting(
        False,
        meaning="The same for the end.",
        check=checks.flag_or_word,
        decides=Decides.TEXT,
        flag=Flag(("--outro/--no-outro",), "Say them again at the end.", panel=FRAME_PANEL),
    )
    kokoro_model: Path | None = setting(
        None,
        meaning="Another Kokoro ONNX model file; None for the one that is installed.",
        check=checks.path,
        decides=Decides.SPEECH,
        makes_engine=True,
    )
    kokoro_voices: Path | None = setting(
        None,
        meaning="Another Kokoro voices file (.npz, or .bin of the same form); None for the shipped one.",
        check=checks.path,
        decides=Decides.SPEECH,
        makes_engine=True,
    )
    lexicon: tuple[Path, ...] = setting(
        (),
        meaning="Lexicon files, on top of those in the user's configuration folder and beside the article.",
        check=checks.paths,
        decides=Decides.TEXT,
        flag=Flag(("--lexicon",), "How names are said.", "FILE", TEXT_PANEL),
    )
    read_as: str | None = setting(
        None,
        meaning='"text", "markdown" or "html"; None to see it from the ending, the server or the text.',
        check=checks.one_of(*FORMS),
        decides=Decides.TEXT,
        flag=Flag(("--as",), "text, markdown or html; seen by itself else.", "FORM", TEXT_PANEL),
    )
    allow_private: bool = setting(
        False,
        meaning="Fetch addresses of this machine and its network, too.",
        check=checks.flag,
        decides=Decides.NOTHING,
        flag=Flag(("--allow-private",), "Fetch from this machine and its network, too.", panel=TEXT_PANEL),
    )
    partial: bool = setting(
        False,
        meaning="Speak what is there of a page that says it has more.",
        check=checks.flag,
        decides=Decides.TEXT,
        flag=Flag(("--partial",), "Take a page that says it has more than is there.", panel=TEXT_PANEL),
    )
    all_text: bool = setting(
        False,
        meaning="Take all that a page shows, without choosing what of it is the article.",
        check=checks.flag,
        decides=Decides.TEXT,
        flag=Flag(("--all-text",), "Take all that a page shows for its article.", panel=TEXT_PANEL),
    )
    marks: str = setting(
        "auto",
        meaning='Pauses, sounds and voices that are marked in the text (docs/marks.md): "on", "off", or "auto": heeded '
        "in Markdown and plain text of this machine, not in what comes from the web, in pages, mails and documents.",
        check=checks.switch,
        decides=Decides.TEXT,
        flag=Flag(("--marks/--no-marks",), "Heed pauses, sounds and voices marked in the text.", panel=TEXT_PANEL),
    )
    table_max_cells: int = setting(
        60,
        meaning="A table with more cells is announced, not read.",
        check=checks.whole(0, 100_000),
        decides=Decides.TEXT,
    )
    pauses: Pauses = table(Pauses(), meaning="Silence by what a chunk ends.", decides=Decides.SPEECH)
    blocks: BlockPolicies = table(
        BlockPolicies(), meaning="What becomes of a block, by its kind.", decides=Decides.TEXT
    )
    music: Music = table(Music(), meaning="Sound before and after.", decides=Decides.SOUND)
    podcast: Podcast = table(Podcast(), meaning="What a feed says of itself.", decides=Decides.NOTHING)
    clean: CleanChoices = table(
        CleanChoices(), meaning="Rules not to use, patterns to drop, how strictly.", decides=Decides.TEXT
    )
    clean_sites: tuple[tuple[str, CleanChoices], ...] = table(
        (),
        meaning='The same for the articles of one host and those below it, such as "example.com".',
        decides=Decides.TEXT,
    )
    engines: EngineValues = table(
        (),
        meaning="Values of engines' own settings, those that win last; each engine says which there are.",
        decides=Decides.SPEECH,
    )

    def cleaning_of(self, url: str | None) -> tuple[CleanChoices, ...]:
        """The user's own word on cleaning an article: what holds everywhere, then what holds for its site."""
        host = urlsplit(url or "").hostname or ""
        return (self.clean, *(own for site, own in self.clean_sites if host == site or host.endswith(f".{site}")))

    @property
    def cache_folder_if_any(self) -> Path | None:
        """The folder for clips and models; None for a user without a home who has chosen none."""
        return self.cache_dir or users_folder("cache")

    @property
    def cache_folder(self) -> Path:
        """Return the folder in use for clips and models; it need not be there yet.

        Raises:
            ConfigError: None was chosen, and this user has no home where it could be.
        """
        found = self.cache_folder_if_any
        if found is None:
            hint = "choose a folder with NARRATE_CACHE_DIR, or do without: --no-cache or NARRATE_CACHE=no"
            raise ConfigError("there is no cache folder: this user has no home folder", hint)
        return found

    @property
    def cache_limit_bytes(self) -> int:
        """The size that the cache folder is kept below; 0 for any size."""
        return self.cache_limit_mb * 1_000_000


# The classes of the tables of narrate.toml, by their names: fields of Settings that are settings themselves.
TABLES: Mapping[str, type] = {one.name: type(one.default) for one in declared_in(Settings) if is_dataclass(one.default)}


@cache
def declared() -> tuple[Declared, ...]:
    """Return every setting, first those above the tables, then each table's; tables themselves are not among them."""
    above = (one for one in declared_in(Settings) if one.setting.check)
    return (*above, *(one for name, kind in TABLES.items() for one in declared_in(kind, name)))
