"""Newsletters as services send them, with what is to be read of each and who wrote it.

`PYTHONPATH=tests python -m support.papers.letters` tells which of them are read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from narrate.core.article import Article
from narrate.core.settings.loading import Settings
from narrate.sources.read import read_source
from narrate.text.clean import clean

_A = "The mill on the lower river has ground no flour since the flood, and yet its wheel turns every Sunday for us."
_B = "Old Henrik, who keeps the sluice, explains to all that water has no memory and that a dam is only a promise."
_C = "Three engineers came from the capital in June, measured the weir for a week and went away with notebooks."
_D = "What they wrote in them was never printed, but the sluice was painted green the spring after that."
STORY = (_A, _B, _C, _D)
_PROSE = "".join(f"<p>{text}</p>" for text in STORY)
_PLAIN = "\n\n".join(STORY)
_TABLE = "<table role=presentation width=100%><tr><td>{}</td></tr></table>"


@dataclass(frozen=True, slots=True)
class Letter:
    """A newsletter.

    Attributes:
        name: What is special about it.
        data: The message, or the mailbox.
        ending: Of its file's name.
        author: Who wrote it.
        read: Texts that are to be read, in order, the title not among them.
        site: What the newsletter is called, where the sender says so.
    """

    name: str
    data: bytes
    author: str | None = "Ina Berg"
    read: tuple[str, ...] = STORY
    site: str | None = None
    ending: str = ".eml"


def mailed(
    page: str | None, text: str | None = None, sender: str = "Ina Berg <ina@mill.example>", **headers: str
) -> bytes:
    """Return a mail with a page, a text, or both."""
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = sender, "The Mill", "Tue, 03 Nov 2026 09:12:44 +0100"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    if page is not None and text is not None:
        made.add_alternative(_html(page), subtype="html")
    elif page is not None:
        made.set_content(_html(page), subtype="html")
    return made.as_bytes()


def _html(body: str) -> str:
    return f"<html><head><title>Campaign 12</title></head><body>{body}</body></html>"


def letters() -> Iterator[Letter]:
    """Yield all of them."""
    yield from _above()
    yield from _fields()
    yield from _below()
    yield from _packed()
    yield from _forwarded()
    yield from _senders()


def _above() -> Iterator[Letter]:
    """What services put above the text."""
    preview = (
        '<div style="display:none;max-height:0;overflow:hidden">Why a wheel turns without a stone '
        "&zwnj;&nbsp;&zwnj;&nbsp;</div>"
    )
    yield Letter("a hidden preview", mailed(preview + _PROSE))
    yield Letter(
        "a preview that is shown", mailed(_TABLE.format("Preview: Why a wheel turns without a stone") + _PROSE)
    )
    yield Letter(
        "view in a browser",
        mailed(_TABLE.format('<a href="https://m.example/v">View this email in your browser</a>') + _PROSE),
    )
    yield Letter(
        "trouble with pictures",
        mailed(
            _TABLE.format('Having trouble viewing this email? <a href="https://m.example/v">Click here</a>.') + _PROSE
        ),
    )
    yield Letter("a date with a bar", mailed(_TABLE.format("November 03, 2026 | Issue 12") + _PROSE))
    yield Letter(
        "a date, a bar and a link",
        mailed(_TABLE.format('November 03, 2026 | <a href="https://m.example/v">Read Online</a>') + _PROSE),
    )
    yield Letter("a date in German with a bar", mailed(_TABLE.format("3. November 2026 | Ausgabe 12") + _PROSE))


def _fields() -> Iterator[Letter]:
    """Fields that were to hold a reader's name."""
    for field in (
        "*|FNAME|*",
        "{{first_name}}",
        "%FIRSTNAME%",
        "[FIRSTNAME]",
        "{$name}",
        "{{ subscriber.first_name | default: 'friend' }}",
        "%%first_name%%",
        "<<First Name>>",
    ):
        yield Letter(
            f"a greeting with the field {field}",
            mailed(f"<p>Hi {field.replace('<', '&lt;')},</p>{_PROSE}"),
            read=("Hi,", *STORY),
        )
    yield Letter(
        "a field in the text",
        mailed(f"<p>Thank you for being with us, *|FNAME|*!</p>{_PROSE}"),
        read=("Thank you for being with us!", *STORY),
    )
    yield Letter("a field alone", mailed(f"<p>*|MC_PREVIEW_TEXT|*</p>{_PROSE}"))


def _below() -> Iterator[Letter]:
    """What services put below the text."""
    address = "Harbour Letters, 548 Market Street, PMB 72296, San Francisco, CA 94104"
    yield Letter("a postal address", mailed(_PROSE + _TABLE.format(address)))
    yield Letter(
        "a postal address in lines",
        mailed(_PROSE + _TABLE.format("Harbour Letters<br>12 Quay Street<br>Dublin 2, D02 XY45<br>Ireland")),
    )
    yield Letter(
        "a postal address in German",
        mailed(_PROSE + _TABLE.format("Hafenbriefe GmbH, Lange Straße 12, 20457 Hamburg, Deutschland")),
    )
    yield Letter(
        "rights and unsubscribing",
        mailed(
            _PROSE
            + _TABLE.format(
                '© 2026 Harbour Letters<br>548 Market Street, San Francisco, CA 94104<br><a href="https://m.example'
                '/u">Unsubscribe</a>'
            )
        ),
    )
    yield Letter(
        "why you get this",
        mailed(
            _PROSE
            + _TABLE.format("You are receiving this email because you opted in via our website.")
            + _TABLE.format(
                'Want to change how you receive these emails? You can <a href="https://m.example/p">update '
                'your preferences</a> or <a href="https://m.example/u">unsubscribe from this list</a>'
                "."
            )
        ),
    )
    yield Letter(
        "likes and shares",
        mailed(
            _TABLE.format(
                '<a href="https://m.example/l">Like</a> <a href="https://m.example/c">Comment</a> <a '
                'href="https://m.example/r">Restack</a>'
            )
            + _PROSE
            + _TABLE.format('<a href="https://m.example/a">READ IN APP</a>')
        ),
    )
    yield Letter(
        "a request to forward",
        mailed(_PROSE + "<p>Was this forwarded to you? <a href='https://m.example/s'>Sign up here</a>.</p>"),
    )
    yield Letter(
        "text alone with all of it",
        mailed(
            None,
            (
                f"View this email in your browser:\nhttps://m.example/v\n\nNovember 03, 2026 | Issue 12\n\n{_PLAIN}\n"
                f"\n---\n548 Market Street, San Francisco, CA 94104\nUnsubscribe: https://m.example/u\n"
            ),
        ),
    )


def _packed() -> Iterator[Letter]:
    """Alternatives, charsets and mailboxes."""
    yield Letter("a poor text", mailed(_PROSE, "This email is in HTML. View it here: https://m.example/v"))
    yield Letter(
        "a text with links between words",
        mailed("<img src=a.png><p>View online</p>", _PLAIN.replace("Henrik", "Henrik ( https://m.example/h )")),
        read=(_A, _B, _C, _D),
    )
    yield Letter("a page cut short", mailed(f"<p>{_A}</p>", _PLAIN))
    words = "Die Mühle am Fluß – „alt“ – steht für 5 € am Ufer, und ihr Rad dreht sich jeden Sonntag für die Kinder."
    head = (
        b"From: Ina Berg <ina@mill.example>\r\nSubject: The Mill\r\nMIME-Version: 1.0\r\nContent-Type: "
        b"text/{}; charset={}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    for stated, real in (
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "utf-8"),
        ("utf8", "utf-8"),
        ("x-unknown", "cp1252"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("windows-1252http-equivContent-Type", "cp1252"),
        ("utf-8", "cp1252"),
        ('"ISO-8859-15"', "iso-8859-15"),
        ("utf-16", "utf-8"),
        ("_iso-2022-jp$ESC", "utf-8"),
    ):
        said = words if real != "iso-8859-15" else words.replace("– „alt“ –", "- alt -")
        header = head.replace(b"{}", b"plain", 1).replace(b"{}", stated.encode(), 1)
        yield Letter(f"charset {stated}, in truth {real}", header + said.encode(real), read=(said,))
    quoted = mailed(None, _PLAIN.replace(_C, f">From the capital, {_C}").replace(_D, f"{_D}")).replace(b"\r\n", b"\n")
    box = b"From ina@mill.example Tue Nov  3 09:12:44 2026\n" + quoted + b"\n"
    yield Letter(">From in a mailbox of one", box, read=(_A, _B, f"From the capital, {_C}", _D), ending=".mbox")
    yield Letter(">From in a mailbox of two", box + box, read=(_A, _B, f"From the capital, {_C}", _D), ending=".mbox")


def _forwarded() -> Iterator[Letter]:
    gmail = (
        '<div dir="ltr">This one made me laugh twice.<br><br><div class="gmail_quote"><div class="gmail_att'
        'r">---------- Forwarded message ---------<br>'
        "From: <b>Ina Berg</b> &lt;ina@mill.example&gt;<br>Date: Tue, Nov 3, 2026 at 9:12 AM<br>"
        "Subject: The Mill<br>To: &lt;rolf@sound.example&gt;<br></div>"
        f"{_PROSE}</div></div>"
    )
    rolf = "Rolf Tamm <rolf@sound.example>"
    yield Letter("passed on by Gmail", mailed(gmail, sender=rolf), read=("This one made me laugh twice.", *STORY))
    apple = (
        "<div>Begin forwarded message:</div><blockquote type=cite><div><b>From:</b> Ina Berg "
        "&lt;ina@mill.example&gt;</div>"
        f"<div><b>Subject:</b> The Mill</div><div><b>Date:</b> 3 November 2026 at 09:12:44 CET</div>"
        f"<div><b>To:</b> rolf@sound.example</div><br>{_PROSE}</blockquote>"
    )
    yield Letter("passed on by Apple Mail", mailed(apple, sender=rolf))
    outlook = (
        '<div id="divRplyFwdMsg"><b>From:</b> Ina Berg &lt;ina@mill.example&gt;<br><b>Sent:</b>'
        " Tuesday, November 3, 2026 9:12 AM<br>"
        f"<b>To:</b> Rolf Tamm<br><b>Subject:</b> The Mill</div>{_PROSE}"
    )
    yield Letter("passed on by Outlook", mailed(outlook, sender=rolf))
    text = (
        f"---------- Forwarded message ---------\nFrom: Ina Berg <ina@mill.example>\nDate: Tue, "
        f"Nov 3, 2026\nSubject: The Mill\nTo: rolf@sound.example\n\n{_PLAIN}\n"
    )
    yield Letter("passed on as text", mailed(None, text, sender=rolf))
    yield Letter(
        "passed on with a word before it",
        mailed(None, f"This one made me laugh twice.\n\n{text}", sender=rolf),
        read=("This one made me laugh twice.", *STORY),
    )


def _senders() -> Iterator[Letter]:
    for sender, author, site in (
        ("Ina Berg from Harbour Letters <i@m.example>", "Ina Berg", "Harbour Letters"),
        ('"Ina Berg, Harbour Letters" <i@m.example>', "Ina Berg", "Harbour Letters"),
        ('"Ina Berg (Harbour Letters)" <i@m.example>', "Ina Berg", "Harbour Letters"),
        ("Ina Berg - Harbour Letters <i@m.example>", "Ina Berg", "Harbour Letters"),
        ('"Harbour Letters by Ina Berg" <i@m.example>', "Ina Berg", "Harbour Letters"),
        ('"Ina Berg @ Harbour Letters" <i@m.example>', "Ina Berg", "Harbour Letters"),
        ('"Berg, Ina" <ina.berg@mill.example>', "Ina Berg", None),
        ("=?utf-8?q?Ina_Berg?= <i@m.example>", "Ina Berg", None),
        ("no-reply@mill.example", None, None),
        ('"noreply" <no-reply@mill.example>', None, None),
        ('"ina@mill.example" <ina@mill.example>', None, None),
        ("Max von Berg <m@m.example>", "Max von Berg", None),
        ("'Ina Berg' via Harbour Group <g@m.example>", "Ina Berg", "Harbour Group"),
    ):
        data = mailed(_PROSE).replace(b"From: Ina Berg <ina@mill.example>", f"From: {sender}".encode())
        yield Letter(f"from {sender}", data, author, site=site)


def read_letter(letter: Letter, folder: Path) -> Article:
    """Read a letter as a file, and clean it as an episode's text is."""
    path = folder / f"letter{letter.ending}"
    path.write_bytes(letter.data)
    return clean(read_source(path, Settings())).article


def missed(letter: Letter, folder: Path) -> str:
    """Return how a letter is read otherwise than it should be, "" where it is not."""
    try:
        article = read_letter(letter, folder)
    except Exception as error:  # what is measured is whether it is read
        return f"{type(error).__name__}: {error}"
    got = tuple(block.text for block in article.blocks if block.kind not in ("title", "image"))
    meta = (article.meta.author, article.meta.site)
    wanted = (letter.author, letter.site)
    return (
        ""
        if got == letter.read and meta == wanted
        else f"{[t for t in got if t not in letter.read]} missing {[t for t in letter.read if t not in got]} {meta}"
    )


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        every = list(letters())
        wrong = [(letter.name, how) for letter in every if (how := missed(letter, Path(made)))]
    for name, how in wrong:
        print(f"{name}: {how}")
    print(f"{len(every) - len(wrong)} of {len(every)} are read as they should be")
