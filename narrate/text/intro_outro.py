"""Words before and after an article: its title, who wrote it, where it stood and when, by templates.

A template is a sentence with fields: {title}, {author}, {site}, {date}. What stands in square brackets is left out
where one of its own fields is not known; brackets in it may be left out alone, and where all of them are and it has no
field of its own, it goes with them. The same holds for the template as a whole.

    "[{title}.][ By {author}.][ Published[ by {site}][ on {date}].]"

The signs themselves are written twice: "[[", "]]", "{{", "}}". Two brackets that end together are two ends,
unless a "[[" before them is still open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NotRequired, Protocol, TypedDict
from urllib.parse import urlsplit

from narrate.core.article import Edit, Metadata, Script, Sound, Utterance
from narrate.core.language.tags import DEFAULT_LANGUAGE, is_british, primary_language
from narrate.core.resources import packaged_table

_TABLE = "narrate.text", "intro_outro.toml"

FIELDS = ("title", "author", "site", "date")

# Intro and outro stand outside the article, so they are none of its blocks.
NO_BLOCK = -1

# Names of one word that are longer than this are no initials: "REUTERS", but "ANSA".
INITIALS_MAX_CHARS = 5


class Spoken(Protocol):
    """A text in the words a reader would say; `narrate.text.spoken.SpokenForm` is one."""

    @property
    def text(self) -> str: ...
    @property
    def edits(self) -> tuple[Edit, ...]: ...
    @property
    def sounds(self) -> tuple[Sound, ...]: ...


Say = Callable[[str], Spoken]


def frame(script: Script, *, intro: str, outro: str, language: str, title: str, say: Say) -> Script:
    """Put an intro before a script and an outro after it.

    The article's own title is not said again after an intro that says it. A script without a word stays as it is, and
    so does one of whose particulars the templates find none.

    Args:
        script: What is said of the article.
        intro: A template, "" for none.
        outro: The same.
        language: BCP 47 tag of the text; it decides how the date is written.
        title: The article's title, "" where it has none. Its first words are no title: they are said anyway.
        say: Puts a written text into spoken words.

    Raises:
        ValueError: A template cannot be used.
    """
    if not script.utterances:
        return script
    values = _values(script.meta, title, language)
    before, after = _filled(_parsed(intro), values), _filled(_parsed(outro), values)
    says_title = any(part.field == "title" for part in before)
    own = _without_title(script.utterances, title) if says_title else script.utterances
    framed = (*_utterance("intro", before, say), *own, *_utterance("outro", after, say))
    return replace(script, utterances=framed)


def default_template(which: Literal["intro", "outro"], language: str) -> str:
    """The template for a language, English where there is none of its own."""
    return _words_of(language)[which]


def check_template(template: str) -> str:
    """Give a template back that can be used, "" too.

    Raises:
        ValueError: A field is unknown, a bracket is open, or a field that many articles lack stands outside brackets,
            where the whole template would be left out with it. The message is for the user.
    """
    for part in _parsed(template).parts:
        if isinstance(part, _Field) and part.name != "title":
            message = f"{{{part.name}}} is not known of every article; put it into square brackets with its words"
            raise ValueError(f"{message}, such as [ … {{{part.name}}}.]")
    return template


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The parts of a template between two brackets."""

    parts: tuple[str | _Field | _Group, ...]


@dataclass(slots=True)
class _Open:
    """A bracket whose end is not reached yet."""

    parts: list[str | _Field | _Group] = field(default_factory=list)
    signs: int = 0  # "[[" without their "]]"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of what is said, and the field it comes from; "" for the template's own words."""

    field: str
    text: str


_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\{[^{}\[\]]*\}|[^{}\[\]]+|.", re.DOTALL)


def _parsed(template: str) -> _Group:
    levels = [_Open()]
    for token in _tokens(template, levels):
        level = levels[-1]
        if token == "[":
            levels.append(_Open())
        elif token == "]" and len(levels) > 1:
            levels.pop()
            levels[-1].parts.append(_Group(tuple(level.parts)))
        elif token in ("]", "{", "}"):
            raise ValueError(f"a {token} stands alone; write {token * 2} for the sign itself")
        elif token in ("{{", "}}", "[[", "]]"):
            level.parts.append(token[0])
            level.signs += {"[[": 1, "]]": -1}.get(token, 0)
        else:
            level.parts.append(_field(token) if token.startswith("{") else token)
    if len(levels) > 1:
        raise ValueError("a [ is never closed; write [[ for the sign itself")
    return _Group(tuple(levels[0].parts))


def _tokens(template: str, levels: list[_Open]) -> Iterator[str]:
    at = 0
    while found := _TOKEN.match(template, at):
        token = found[0]
        if template.startswith("]]", at) and (len(levels) == 1 or levels[-1].signs > 0):
            token = "]]"
        at += len(token)
        yield token


def _field(token: str) -> _Field:
    name = token[1:-1].strip()
    if name not in FIELDS:
        *most, last = (f"{{{known}}}" for known in FIELDS)
        raise ValueError(f"there is no field {token}; the fields are {', '.join(most)} and {last}")
    return _Field(name)


def _filled(group: _Group, values: Mapping[str, str]) -> tuple[_Part, ...]:
    """The pieces that are said; none where the group is left out."""
    names = [part.name for part in group.parts if isinstance(part, _Field)]
    inner = [_filled(part, values) for part in group.parts if isinstance(part, _Group)]
    if not all(values[name] for name in names) or (inner and not names and not any(inner)):
        return ()
    parts: list[_Part] = []
    following = iter(inner)
    for part in group.parts:
        if isinstance(part, _Group):
            parts += next(following)
        elif isinstance(part, _Field):
            parts.append(_Part(part.name, values[part.name]))
        else:
            parts.append(_Part("", part))
    return tuple(parts)


# Ends a value while pieces are put together; values hold no control characters.
_MARK = "\0"
_CLOSERS = "\"'”’“»›)\\] \u00a0\u202f"
_SECOND_STOP = re.compile(rf"([.!?…][{_CLOSERS}]*{_MARK}[{_CLOSERS}{_MARK}]*)\.")
# Italian: "l’8 ottobre", not "il 8 ottobre".
_ELISION = re.compile(rf"\b([Ii])l {_MARK}(?=(?:8|11) \w)")


def _joined(parts: tuple[_Part, ...]) -> str:
    """Join parts; a value that ends its sentence itself takes no further full stop: "Who Knows?", not "Who Knows?."."""
    text = ""
    for part in parts:
        value = _quoted(part.text, text) if part.field == "title" else part.text
        start = _MARK if part.field == "date" else ""
        text += f"{start}{value}{_MARK}" if part.field else value
    text = _ELISION.sub(lambda found: "L’" if found[1] == "I" else "l’", text)
    text = _SECOND_STOP.sub(r"\1", text).replace(_MARK, "")
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _quoted(title: str, before: str) -> str:
    """A title as it stands between double marks: those of its own become single ones, if they come in pairs."""
    outer = before.rstrip(" \u00a0\u202f")[-1:]
    pieces = re.split(r"\s*»|«\s*|[\"“”„]", title)
    inner = _quotes().get(outer, "")
    if not inner or len(pieces) % 2 == 0:
        return title
    marks = (inner[number % 2] for number in range(len(pieces) - 1))
    return pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))


def _utterance(kind: Literal["intro", "outro"], parts: tuple[_Part, ...], say: Say) -> Iterator[Utterance]:
    written = _joined(parts)
    form = say(written)
    if any(char.isalnum() for char in form.text):
        yield Utterance(kind, form.text, written, NO_BLOCK, form.edits, 0, form.sounds)


def _without_title(utterances: tuple[Utterance, ...], title: str) -> tuple[Utterance, ...]:
    """Return all but the title, or a first heading that stands for it; one that says more than the intro does stays."""
    said = _bare(title)
    first = next((item for item in utterances if item.kind in ("title", "heading")), None)
    if first is None:
        return utterances
    own = _bare(first.written)
    is_said = own in said if first.kind == "title" else own == said
    return tuple(item for item in utterances if item is not first or not is_said)


def _values(meta: Metadata, title: str, language: str) -> dict[str, str]:
    """Return what is known, field by field, as it may stand in a sentence; "" where nothing is."""
    site = _site(meta.site or "")
    return {
        "title": _title(title),
        "author": _author(meta.author or "", site, language),
        "site": site,
        "date": _day(meta.published, language) if meta.published else "",
    }


def _title(title: str) -> str:
    text = _line(title)
    last = text.split()[-1] if text else ""
    is_abbreviation = "." in last[:-1] or last[:-1] in _names()["abbreviations"]
    return text[:-1] if text.endswith(".") and not is_abbreviation else text


def _site(site: str) -> str:
    text = _line(site)
    if re.match(r"https?://", text, re.IGNORECASE):
        text = _host(text)
    return _in_small_letters(re.sub(r"^www\.(?=\S+$)", "", text, flags=re.IGNORECASE))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


_TOP_LEVEL = r"\.(?:com|org|net|info|io|co|news|eu|uk|de|at|ch|fr|es|it|pt|br)"
# Where somebody is found, not who it is.
_ADDRESS = re.compile(rf"<[^<>]*>|(?<![^\s()])[^\s()]*(?:@|://)[^\s()]*|\bwww\.\S+|^\S+{_TOP_LEVEL}$", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")


def _author(author: str, site: str, language: str) -> str:
    text = _line(_EMPTY_BRACKETS.sub("", _ADDRESS.sub("", _line(author))))
    text = _without_by(re.split(r"\s*[|•·]\s*", text)[0], language)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    sites = {_bare(site), _bare(re.sub(rf"{_TOP_LEVEL}$", "", site))}
    is_name = any(char.isalpha() for char in text) and text.lower() not in _names()["nobody"]
    return _in_small_letters(_line(text)) if is_name and _bare(text) not in sites else ""


def _without_by(text: str, language: str) -> str:
    """ "By Jane Doe" -> "Jane Doe"; "von der Leyen" and "Di Stefano" are names themselves."""
    for tag, least_words in ((DEFAULT_LANGUAGE, 1), (primary_language(language), 2)):
        openings = "|".join(re.escape(opening) for opening in _words_of(tag)["by"])
        found = re.match(rf"(?:{openings})(?:\s*:\s*|\s+)(?=\S)", text, re.IGNORECASE)
        rest = text[found.end() :] if found else ""
        if rest and len(rest.split()) >= least_words and not rest[0].islower():
            return rest
    return text


_AND = re.compile(r"(,\s*|\s+(?:and|und|et|y|e|&)\s+)", re.IGNORECASE)


def _in_small_letters(names: str) -> str:
    """ "JANE DOE" -> "Jane Doe": voices read capitals letter by letter. Initials of agencies stay."""
    parts = _AND.split(names)
    if not any(_is_shouted(part) for part in parts[::2]):
        return names
    parts[1::2] = [link.lower() for link in parts[1::2]]
    return "".join(re.sub(r"[^\W\d_]+", _capitalised, part) if _is_shouted(part) else part for part in parts)


def _is_shouted(name: str) -> bool:
    return name.isupper() and (" " in name or len(name) > INITIALS_MAX_CHARS)


def _capitalised(found: re.Match[str]) -> str:
    if found[0] in _names()["capitals"].split():
        return found[0]
    is_ending = found[0] == "S" and found.string[max(0, found.start() - 1) : found.start()] in ("'", "’")
    return "s" if is_ending else found[0].capitalize()


def _line(text: str) -> str:
    """The words of a value: no controls, one stop at its end, nothing that would part it from what follows."""
    clean = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
    line = re.sub(r"\s+(?=,|\.(?:\s|\.|$))", "", " ".join(clean.split()))
    line = re.sub(r"[.…]{2,}", "…", line).strip(" ,;:|–—-")
    line = re.sub(rf"([?!…][{_CLOSERS}]*)\.$", r"\1", line)
    return line if any(char.isalnum() for char in line) else ""


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _day(day: date, language: str) -> str:
    words = _words_of(language)
    form = words["day_first"] if "day_first" in words and is_british(language) else words["date"]
    figure = words.get("first", "1") if day.day == 1 else str(day.day)
    return form.format(day=figure, month=words["months"].split()[day.month - 1], year=day.year)


class _Words(TypedDict):
    """A language's table of intro_outro.toml."""

    intro: str
    outro: str
    by: list[str]
    months: str
    date: str
    day_first: NotRequired[str]
    first: NotRequired[str]


class _Names(TypedDict):
    """Words about names, for all languages: who is nobody, what keeps its capitals, what ends with a stop."""

    nobody: list[str]
    capitals: str
    abbreviations: list[str]


def _words_of(language: str) -> _Words:
    data = packaged_table(*_TABLE)
    primary = primary_language(language)
    words: _Words = data[primary if "intro" in data.get(primary, {}) else DEFAULT_LANGUAGE]
    return words


def _names() -> _Names:
    names: _Names = packaged_table(*_TABLE)["names"]
    return names


def _quotes() -> Mapping[str, str]:
    """The marks inside of others, by the opening one outside."""
    quotes: Mapping[str, str] = packaged_table(*_TABLE)["quotes"]
    return quotes
