"""A report as a page to look at: the script with every word marked that was not heard as it was written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from narrate.check.listen.compare import Added, Difference, DifferenceKind, Missed, Report
from narrate.check.listen.report import places
from narrate.core.episode import TimedBlock, Transcript
from narrate.core.errors import OutputError
from narrate.core.file_names import PAGE
from narrate.core.system.files import replacing
from narrate.core.timecode import clock, to_ms
from narrate.episode.page.markup import filled, language_attributes, line_html, text_html

HEARD = ".heard.html"

# By which a file is known for one that may be written anew.
SIGN = "narrate check --listen"

_STYLES = ("episode/page/shared.css", "check/listen/page.css")
_SCRIPTS = ("check/listen/page.js",)

_TAGS = {"title": "h2", "heading": "h3", "quote": "blockquote"}
_WHAT = {"missing": "Not heard", "doubled": "Heard twice", "moved": "Heard elsewhere", "added": "Not written"}
_TOLD: Mapping[DifferenceKind, str] = {
    "missed": "not heard",
    "misheard": "heard otherwise",
    "added": "not written",
}
# A sound is sought a little before the words, which begin a moment earlier than a recogniser says.
_BEFORE_MS = 500


def write_report(where: Path, report: Report, transcript: Transcript, audio: Path, *, title: str = "") -> Path:
    """Write the page of an episode.

    Args:
        where: The file; in a folder, it has the name of the sound and the ending ".heard.html".
        report: What was found.
        transcript: The script that was compared.
        audio: The episode. The page leads to it, and to the episode's own page where that lies beside it.
        title: Of the episode; the name of its file where left out.

    Returns:
        The file.

    Raises:
        OutputError: It cannot be written, or another file has the name that it would have in that folder.
    """
    stem = audio.name if audio.with_name(audio.name + PAGE).is_file() else audio.stem
    path = where / f"{stem}{HEARD}" if where.is_dir() else where
    if path != where and os.path.lexists(path) and not is_report(path):
        hint = "move it away, or name a file: --report FILE"
        raise OutputError(f"{path} is not narrate's and would be replaced", hint)
    own = audio.with_name(stem + PAGE)
    html = report_page(
        report,
        transcript,
        title=title or audio.stem,
        audio_url=_address(audio, path.parent),
        page_url=_address(own, path.parent) if own.is_file() else "",
    )
    try:
        with replacing(path) as part:
            part.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"the page {path} cannot be written: {reason}", "name another file: --report FILE") from error
    return path


def is_report(path: Path) -> bool:
    """Tell whether a file is a page that `write_report` wrote."""
    try:
        with path.open("rb") as file:
            return not path.is_symlink() and f"<!-- {SIGN} -->".encode() in file.read(2000)
    except OSError:
        return False


def _address(file: Path, folder: Path) -> str:
    """Return where a file is as seen from a folder."""
    try:
        parts = Path(os.path.relpath(file, folder)).parts
    except ValueError:  # another drive
        return file.absolute().as_uri()
    return "./" + "/".join(quote(os.fsencode(part), safe="") for part in parts)


def report_page(report: Report, transcript: Transcript, *, title: str, audio_url: str, page_url: str = "") -> str:
    """The page: the rate and each missing stretch on top, then the script with what was heard otherwise.

    Args:
        report: What was found.
        transcript: The script that was compared.
        title: Of the episode.
        audio_url: Of the sound, as seen from the page.
        page_url: Of the episode's own page, where moments lead without a script; to the sound where left out.

    Returns:
        HTML that loads nothing but the sound; to be written as UTF-8 with line feeds as they are.
    """
    places_ms = Moments(page_url or audio_url)
    names = places(block.kind for block in transcript.blocks)
    return filled(
        "check/listen/page.html",
        _STYLES,
        _SCRIPTS,
        images="",
        attributes=language_attributes(transcript.language),
        sign=SIGN,
        title=line_html(title),
        rate=f"{100 * report.wer:.1f} %",
        words=f"{report.words:,} {'word' if report.words == 1 else 'words'}",
        found=_found(report, names, places_ms),
        text="\n".join(_blocks(report, transcript, places_ms)),
        audio=escape(audio_url),
        audio_name=line_html(title),
    )


class Moments:
    """Links to moments of the sound."""

    def __init__(self, url: str) -> None:
        self._url = escape(url)

    def link(self, start_ms: int, label: str = "") -> str:
        """A link that is heard on the page itself, or leads to where it can be."""
        start_s = _start_s(start_ms)
        named = f' aria-label="{escape(label)} {clock(start_ms)}"' if label else ""
        return f'<a class="at" href="{self._url}#t={start_s}" data-t="{start_s}"{named}>{clock(start_ms)}</a>'


def _found(report: Report, names: Sequence[str], moments: Moments) -> str:
    """Return a table of what is missing and what is too much; a line where nothing is."""
    found: list[Missed | Added] = sorted([*report.missed, *report.added], key=lambda one: (one.block, one.start_ms))
    good = "" if report.missed else '<p class="good">Nothing is missing.</p>\n'
    if not found:
        return good
    rows = "\n".join(_row(one, names, moments) for one in found)
    count = len(report.missed)
    caption = f"{count} {'stretch is' if count == 1 else 'stretches are'} missing" if count else "Heard too often"
    head = "".join(f'<th scope="col">{name}</th>' for name in ("What", "Where", "When", "Words"))
    table = f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    return f'{good}<div class="box" tabindex="0" role="region" aria-label="Stretches">{table}</div>'


def _row(one: Missed | Added, names: Sequence[str], moments: Moments) -> str:
    what = _WHAT["missing" if isinstance(one, Missed) else one.kind]
    place = names[one.block] if one.block < len(names) else f"block {one.block + 1}"
    cells = (
        f'<td class="what">{what}</td>',
        f'<td class="where"><a href="#b{one.block + 1}">{place}</a></td>',
        f'<td class="at">{moments.link(one.start_ms, "Listen at")}</td>',
        f'<td dir="auto">{text_html(one.words)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"


def _blocks(report: Report, transcript: Transcript, moments: Moments) -> Iterator[str]:
    by_block: dict[int, list[Difference]] = {}
    for difference in report.differences:
        by_block.setdefault(difference.block, []).append(difference)
    for number, block in enumerate(transcript.blocks):
        rate = report.by_block[number] if number < len(report.by_block) else 0.0
        errors = f'<span class="errors">{100 * rate:.0f} % <span class="hidden">of words</span></span>' if rate else ""
        start_ms = to_ms(block.start_sample, transcript.rate_hz)
        side = f'<div class="side" lang="en" dir="ltr">{moments.link(start_ms, "Listen at")} {errors}</div>'
        tag = _TAGS.get(block.kind, "p")
        inner = "".join(_marked(block, by_block.get(number, ())))
        yield f'<div class="block" id="b{number + 1}">{side}<{tag} class="{escape(block.kind)}">{inner}</{tag}></div>'


def _marked(block: TimedBlock, differences: Sequence[Difference]) -> Iterator[str]:
    """The text of a block; words of two differences, such as a number that is two words, are marked once."""
    done = 0
    for one in differences:
        start, end = max(done, one.start_char), max(done, one.end_char)
        yield text_html(block.text[done:start])
        yield from _difference(one, text_html(block.text[start:end]))
        done = end
    yield text_html(block.text[done:])


def _difference(one: Difference, words: str) -> Iterator[str]:
    heard = text_html(one.heard)
    if words:
        yield _mark("missed" if one.kind == "missed" else "misheard", one.start_ms, words)
    if heard and one.kind == "added":
        yield " " + _mark("added", one.start_ms, heard)
    elif heard:
        yield f'<span class="heard"><span class="hidden" lang="en">heard: </span>{heard}</span>'


def _mark(kind: DifferenceKind, start_ms: int, words: str) -> str:
    """Return marked words; a click on them is heard, and who does not see the mark is told."""
    told = f'<span class="hidden" lang="en">({_TOLD[kind]}) </span>'
    return f'<mark class="{kind}" data-t="{_start_s(start_ms)}">{told}{words}</mark>'


def _start_s(start_ms: int) -> str:
    return f"{max(0, start_ms - _BEFORE_MS) / 1000:.1f}"
