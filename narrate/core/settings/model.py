"""What a run can be told: every setting with its meaning and its default; loading.py gathers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

from narrate.core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after a chunk, in milliseconds, by what the chunk ends.

    A chunk that ends a block takes the pause of the block's kind; inside a block the pause is that of
    the break it was cut at. A clip keeps up to 0.1 s of its own quiet edges on top. Where sentences and
    clauses end inside a clip, the voice makes a pause of its own, which is lengthened where it is shorter.

    Attributes:
        heading_1_ms: After a heading of the first level; heading_3_ms is for the third and all deeper ones.
        before_heading_ms: Before a heading, whatever comes before it, unless that has a longer pause; before the
            outro, too.
        word_ms: Where a sentence without a single comma was too long and was cut between two words.
    """

    intro_ms: int = 1200
    title_ms: int = 900
    heading_1_ms: int = 850
    heading_2_ms: int = 750
    heading_3_ms: int = 650
    before_heading_ms: int = 1000
    paragraph_ms: int = 600
    list_item_ms: int = 450
    quote_ms: int = 600
    code_ms: int = 600
    table_ms: int = 600
    caption_ms: int = 600
    image_ms: int = 600
    footnote_ms: int = 600
    outro_ms: int = 0
    sentence_ms: int = 350
    clause_ms: int = 120
    word_ms: int = 0


@dataclass(frozen=True, slots=True)
class BlockPolicies:
    """What becomes of a block, by its kind: "speak" it, "announce" that it is left out, or "skip" it.

    Only what a listener would miss without a word can be announced: a title, heading, paragraph or list item
    is spoken or skipped.
    """

    title: str = "speak"
    heading: str = "speak"
    paragraph: str = "speak"
    list_item: str = "speak"
    quote: str = "speak"
    code: str = "announce"
    table: str = "speak"
    caption: str = "skip"
    image: str = "skip"
    footnote: str = "speak"


@dataclass(frozen=True, slots=True)
class Music:
    """Sound before and after the reading.

    Attributes:
        before: A sound file; None for none.
        after: The same.
        below_lu: How much quieter than the voice it is.
        longest_ms: What is longer is faded out there.
        fade_ms: How long it fades in and out; it fades out under the first words and in under the last.
    """

    before: Path | None = None
    after: Path | None = None
    below_lu: float = 6.0
    longest_ms: int = 12_000
    fade_ms: int = 2000


@dataclass(frozen=True, slots=True)
class Podcast:
    """What a feed says of itself.

    Attributes:
        title: Name of the podcast.
        description: What it is about, plain text; "" for a sentence that says so.
        author: Who makes it; "" for the title.
        email: The owner's address, which Apple and hosts ask for to see that the podcast is theirs; "" for none.
        category: One of Apple's, a subcategory after ">": "News > Tech News".
        language: BCP 47 tag; "" for that of most episodes.
        explicit: Whether parents should be warned.
        copyright: A line, "" for none.
        link: The podcast's home page; "" for the page of the library.
        cover: A picture; None to draw one from the title.
        base_url: Where the folder will be found on the web.
        guid: The podcast's identity where it moved from another address; "" for the one that follows from the feed's.
        locked: Tells hosts not to import the feed.
        keep_episodes: The feed holds so many of the newest; 0 for all.
        keep_days: The feed holds those of so many days; 0 for all.
        notes: "article" for the whole text as show notes, "summary" for its beginning, "none" for the source alone.
    """

    title: str = "Articles, read aloud"
    description: str = ""
    author: str = ""
    email: str = ""
    category: str = "News"
    language: str = ""
    explicit: bool = False
    copyright: str = ""
    link: str = ""
    cover: Path | None = None
    base_url: str = ""
    guid: str = ""
    locked: bool = True
    keep_episodes: int = 0
    keep_days: int = 0
    notes: str = "article"


@dataclass(frozen=True, slots=True)
class CleanChoices:
    """Where a user knows better than the cleaning rules.

    Attributes:
        keep: Names of rules that are not used.
        drop: Regular expressions; a block in which one is found is dropped.
    """

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run can be told.

    Attributes:
        engine: Name of a registered engine.
        voice: Voice of that engine, a blend of several, or a language, a gender or both to choose by; None to choose
            by the article's language.
        gender: "female" or "male", where the voice is chosen; None for either.
        quote_voice: Voice for block quotes; empty for the same voice.
        speed: Speaking rate, 1.0 is the voice's own, 0.5 to 2.0.
        language: BCP 47 tag of the text; None to take the voice's language.
        output: Folder for episodes.
        jobs: Chunks spoken at once; None for as many as the engine and the machine take well.
        cache: Keep finished clips and take them from earlier runs.
        cache_dir: Where clips and models are kept; None for the user's cache folder.
        cache_limit_mb: What the cache folder may hold, in millions of bytes; 0 for any size.
        shared_cache: Where the workers of a cluster share clips, an address as fsspec takes it; "" for none.
        offline: Refuse everything that needs the network.
        fallback: Engine that speaks the whole article where the other cannot be reached; None to stop instead.
        strict: Stop where speech fails its checks however it is cut; else the best attempt is kept, and noted.
        loudness_lufs: Integrated loudness of the episode, mono measured as dual mono (EBU R128).
        true_peak_dbtp: Highest true peak of the episode.
        format: "mp3", "m4b", "opus", "flac" or "wav"; None for what the ending of `output` says, else MP3.
        bitrate_kbps: Bit rate of the file; None for the format's own.
        stereo: Two channels with the same sound.
        sidecars: Write transcripts, chapters and the cover beside the episode.
        srt_line_chars: Longest line of the SRT transcript.
        cover: "auto" for the article's picture or else a drawn one, "drawn", "none", or the path of a picture.
        intro: Say title, author, site and date first: True, or a template of one's own.
        outro: The same for the end.
        music: Sound before and after.
        kokoro_model: Another Kokoro ONNX model file; None for the one that is installed.
        kokoro_voices: Another Kokoro voices file (.npz, or .bin of the same form); None for the shipped one.
        lexicon: Lexicon files, on top of those in the user's configuration folder and beside the article.
        read_as: "text", "markdown" or "html"; None to see it from the ending, the server or the text.
        allow_private: Fetch addresses of this machine and its network, too.
        partial: Speak what is there of a page that says it has more.
        table_max_cells: A table with more cells is announced, not read.
        pauses: Silence by what a chunk ends.
        podcast: What a feed says of itself.
        blocks: What becomes of a block, by its kind.
        clean: Rules not to use and patterns to drop.
        clean_sites: The same for the articles of one host and those below it, such as "example.com".
    """

    engine: str = "kokoro"
    voice: str | None = None
    gender: str | None = None
    quote_voice: str = ""
    speed: float = 1.0
    language: str | None = None
    output: Path = Path("output")
    jobs: int | None = None
    cache: bool = True
    cache_dir: Path | None = None
    cache_limit_mb: int = 5_000
    shared_cache: str = ""
    offline: bool = False
    fallback: str | None = None
    strict: bool = True
    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    format: str | None = None
    bitrate_kbps: int | None = None
    stereo: bool = False
    sidecars: bool = True
    srt_line_chars: int = 32
    cover: str = "auto"
    intro: bool | str = False
    outro: bool | str = False
    kokoro_model: Path | None = None
    kokoro_voices: Path | None = None
    lexicon: tuple[Path, ...] = ()
    read_as: str | None = None
    allow_private: bool = False
    partial: bool = False
    table_max_cells: int = 60
    pauses: Pauses = field(default_factory=Pauses)
    blocks: BlockPolicies = field(default_factory=BlockPolicies)
    music: Music = field(default_factory=Music)
    podcast: Podcast = field(default_factory=Podcast)
    clean: CleanChoices = field(default_factory=CleanChoices)
    clean_sites: tuple[tuple[str, CleanChoices], ...] = ()

    @property
    def cache_folder_if_any(self) -> Path | None:
        """The same for what can do without; None for a user without a home who has chosen none."""
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
        """What the cache folder may hold; 0 for any size."""
        return self.cache_limit_mb * 1_000_000


def users_folder(kind: Literal["cache", "config"]) -> Path | None:
    """Return narrate's folder among the user's; None where that cannot be told, as for a user without a home.

    HOME need not be set, and a container's user need not be in the list of users; what is left then is "~" as it
    stands, which would be a folder of that name in the working folder.
    """
    ask = platformdirs.user_cache_path if kind == "cache" else platformdirs.user_config_path
    try:
        found = ask("narrate", appauthor=False)
    except (OSError, RuntimeError, LookupError, ValueError):  # of the registry or the list of users
        return None
    return found if found.is_absolute() else None
