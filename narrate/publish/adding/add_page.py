"""The page that asks before something is added: what a bookmark or a link handed over, and one button."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from narrate.core.resources import packaged_text
from narrate.episode.page.markup import line_html, text_html
from narrate.publish.adding.frame import framed

# Of a text, so much is shown to know it by.
_SHOWN_CHARS = 300

_FIELDS = ("url", "title", "text")


def add_page(fields: Mapping[str, str]) -> bytes:
    """Return the page, as UTF-8.

    Args:
        fields: What was handed over, by "url", "title" and "text"; what is missing or empty was not.
    """
    given = {name: fields.get(name, "").strip() for name in _FIELDS}
    has_something = bool(given["url"] or given["text"])
    template = Template(packaged_text("narrate", "publish/adding/web/add.html"))
    content = template.substitute(
        fields="\n".join(_hidden(name, value) for name, value in given.items() if value),
        what=_what(given) if has_something else _NOTHING,
        button='<button type="submit">Add</button>' if has_something else "",
    )
    scripts = ("publish/adding/web/talk.js", "publish/adding/web/add.js")
    return framed("Add to the library", content, scripts=scripts)


_NOTHING = '<p class="name">Nothing was handed over: neither an address nor a text.</p>'


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{text_html(value)}">'


def _what(given: Mapping[str, str]) -> str:
    """HTML of what would be added: its title, its address, and how long its text is."""
    url, title, text = (given[name] for name in _FIELDS)
    lines = [f'<p class="name" dir="auto">{line_html(title or url or _beginning(text))}</p>']
    if url and title:
        lines.append(f'<p class="byline" dir="auto">{line_html(url)}</p>')
    if text:
        words = len(text.split())
        lines.append(f'<p class="byline">A text of {words:,} {"word" if words == 1 else "words"}:</p>')
        lines.append(f'<p class="byline" dir="auto">{line_html(_beginning(text))}</p>')
    return "\n".join(lines)


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS].rstrip() + "…"
