"""A list of the inbox's entries as a page that needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from narrate.core.timecode import length
from narrate.episode.page.markup import line_html, text_html
from narrate.publish.adding.frame import framed, sentence

_STATES = {
    "waiting": "Waiting",
    "working": "Being made",
    "failed": "Failed",
    "done": "Ready",
    "known": "Already here",
}


def work_page(entries: Sequence[Mapping[str, object]]) -> bytes:
    """Return the page, as UTF-8.

    Args:
        entries: As `GET inbox` lists them in JSON (docs/inbox.md), newest first.
    """
    items = "\n".join(map(_item, entries))
    listed = f'<ol class="entries" role="list">\n{items}\n</ol>' if items else "<p>Nothing is in work.</p>"
    # It does not load itself again: that would take readers away from where they are.
    links = '<p class="acts"><a class="button" href="./inbox">Look again</a><a href="./">To the library</a></p>'
    return framed("In work", f"<h1>In work</h1>\n{listed}\n{links}")


def _item(entry: Mapping[str, object]) -> str:
    state, identifier = str(entry["state"]), str(entry["id"])
    again = _act(identifier, "again", "Try again") if entry["error"] else ""
    instead = _instead(identifier) if entry["error"] and entry["kind"] == "url" else ""
    return (
        f'<li class="entry" data-state="{text_html(state)}"><h2 class="title" dir="auto">{_title(entry)}</h2>'
        f'<p class="byline"><span class="state">{line_html(_STATES.get(state, state))}</span> {_source(entry)}</p>'
        f"{_act(identifier, 'remove', 'Remove')}{_progress(entry)}{_error(entry['error'])}{again}{instead}</li>"
    )


def _source(entry: Mapping[str, object]) -> str:
    source, title = (str(entry[name]).removeprefix("https://").removeprefix("http://") for name in ("source", "title"))
    return f'<span class="from" dir="auto">{line_html(source)}</span>' if source not in ("", title) else ""


def _title(entry: Mapping[str, object]) -> str:
    episode = entry["episode"]
    if not isinstance(episode, Mapping) or not str(episode["page"]).startswith("./"):
        return line_html(str(entry["title"]))
    return f'<a href="{text_html(str(episode["page"]))}">{line_html(str(episode["title"]))}</a>'


def _progress(entry: Mapping[str, object]) -> str:
    fraction, left_s = entry["fraction"], entry["remaining_s"]
    if entry["state"] != "working" or not isinstance(fraction, int | float):
        return ""
    left = f", about {length(round(left_s * 1000))} left" if isinstance(left_s, int | float) else ""
    name = line_html(f"Progress of {entry['title']}")
    bar = f'<progress max="1" value="{fraction:.3f}" aria-label="{name}"></progress>'
    return f'<p class="making">{bar}<span class="left">{int(fraction * 100)} %{left}</span></p>'


def _error(error: object) -> str:
    if not isinstance(error, Mapping):
        return ""
    message, hint = (line_html(sentence(str(error[name] or ""))) for name in ("message", "hint"))
    return f'<p class="error"><strong dir="auto">{message}</strong> <span dir="auto">{hint}</span></p>'


def _instead(identifier: str) -> str:
    """A form for the text of a page that could not be read; the entry keeps its address."""
    return (
        '<details class="replacing"><summary>Send the page’s text instead</summary>'
        f'<form method="post" action="./inbox"><input type="hidden" name="instead" value="{text_html(identifier)}">'
        "<label><span>The text of the page, copied from where you can read it</span>"
        '<textarea name="text" rows="6" dir="auto" required></textarea></label>'
        '<p><button type="submit">Send the text</button></p></form></details>'
    )


def _act(identifier: str, what: str, words: str) -> str:
    action = text_html(f"./inbox/{quote(identifier, safe='')}/{what}")
    return f'<form class="{what}" method="post" action="{action}"><button type="submit">{words}</button></form>'
