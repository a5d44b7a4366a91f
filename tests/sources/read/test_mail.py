"""Mails and web archives: the best part is read, the rest is named or on record."""

from __future__ import annotations

import textwrap
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import narrate

from narrate.core.article import Article
from narrate.core.errors import SourceError
from narrate.core.settings.loading import Settings
from narrate.sources.read import read_source
from narrate.sources.read.mail import is_message, read_message
from narrate.sources.read.mail.mime import DEPTH_MAX, HEADERS_MAX_BYTES, PARTS_MAX
from narrate.sources.read.mail.written_mail import is_written_mail, own_subject, without_soft_breaks, written_mail

FIRST = "The mill on the lower river has ground no flour since the flood, and yet its wheel turns every Sunday for us."
SECOND = "Old Henrik, who keeps the sluice, explains to all that water has no memory and that a dam is only a promise."
THIRD = "Three engineers came from the capital in June, measured the weir for a week and went away with notebooks."
PAGE = f"<html><head><title>Template 7</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"


def mail(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"From": "Hen Dahl <hen@mill.example>", "Subject": "The Mill", **headers}.items():
        made[name.replace("_", "-")] = value
    return made


def read(message: EmailMessage | bytes) -> Article:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return read_message(data, name="a.eml").article


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_transfer_encodings_and_charsets(encoding: str, charset: str) -> None:
    """The words come out alike, whatever they travelled in."""
    words = "Die Mühle am unteren Fluß mahlt kein Mehl mehr, und doch dreht sich ihr Rad jeden Sonntag für die Kinder."
    if encoding == "7bit":
        words = words.replace("ü", "ue").replace("ß", "ss")
    made = mail(Subject="Größe", Date="Tue, 3 Mar 2026 09:12:44 +0100")
    made.set_content(words, charset=charset, cte=encoding)
    article = read(made)
    assert texts(article) == ["Größe", words]
    assert (article.meta.author, article.meta.published) == ("Hen Dahl", date(2026, 3, 3))


def test_a_page_is_read_rather_than_the_text_beside_it() -> None:
    """The title of a template is none; the subject is."""
    made = mail()
    made.set_content("Your program shows no pages.")
    made.add_alternative(PAGE, subtype="html")
    assert texts(read(made)) == ["The Mill", FIRST, SECOND]


def test_a_page_of_pictures_gives_way_to_the_text() -> None:
    """A page with less than half of the words of the text beside it is not read."""
    made = mail()
    made.set_content(f"{FIRST}\n\n{SECOND}\n")
    made.add_alternative("<html><body><img src='cid:1'><p>View it here</p></body></html>", subtype="html")
    assert texts(read(made)) == ["The Mill", FIRST, SECOND]


def test_attachments_are_named(caplog: pytest.LogCaptureFixture) -> None:
    """Those that are no pictures inside of the text."""
    made = mail()
    made.set_content("Nothing here.")
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    assert texts(read(made))[1:] == [FIRST, SECOND]
    assert [record.getMessage() for record in caplog.records] == ["a.eml: the attachment Übersicht.pdf is not read"]


def test_the_command_says_what_it_leaves_out_of_a_mail() -> None:
    """Words on standard output, names of attachments on standard error, headers and signatures among the drops."""
    made = mail()
    made.set_content(f"{FIRST}\n\n-- \nHen, +47 555\n")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="plan.pdf")
    Path("a.eml").write_bytes(made.as_bytes())

    script, dropped = narrate("script", "--clean", "a.eml"), narrate("script", "--dropped", "a.eml")

    assert (script.returncode, script.stdout) == (0, f"The Mill\n\n{FIRST}\n")
    assert script.stderr == "narrate: a.eml: the attachment plan.pdf is not read\n"
    assert dropped.stdout == "mail-signature\t-- Hen, +47 555\n"


def test_pictures_inside_are_no_attachments(caplog: pytest.LogCaptureFixture) -> None:
    """They are what "cid:" leads to."""
    made = mail()
    made.set_content(PAGE, subtype="html")
    made.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<one@mill>")
    assert texts(read(made)) == ["The Mill", FIRST, SECOND]
    assert not caplog.records


def test_a_mail_inside_of_a_mail() -> None:
    """It stands under its own subject."""
    inner = mail(Subject="Re: The weir")
    inner.set_content(f"{THIRD}\n")
    made = mail(Subject="Fwd: News")
    made.set_content(f"{FIRST}\n")
    made.add_attachment(inner)
    assert texts(read(made)) == ["News", FIRST, "The weir", THIRD]


def test_quotes_and_signatures_of_pages() -> None:
    """As mail programs mark them; they are on record."""
    made = mail()
    body = f"<p>{FIRST}</p><p>{SECOND}</p><div class='gmail_quote'><div>On Monday Anna wrote:</div><p>{THIRD}</p></div>"
    made.set_content(f"<html><body>{body}<div class='gmail_signature'>Hen, +47 555</div></body></html>", subtype="html")
    article = read(made)
    assert texts(article) == ["The Mill", FIRST, SECOND]
    assert [drop.rule for drop in article.drops] == ["quoted-reply", "mail-signature"]


def test_a_page_that_is_passed_on_is_no_quote() -> None:
    """Though programs mark it as one."""
    made = mail(Subject="Fwd: The Mill")
    quote = f"<div class='gmail_quote'>---------- Forwarded message ---------<p>{FIRST}</p><p>{SECOND}</p></div>"
    made.set_content(f"<html><body><p>See below.</p>{quote}</body></html>", subtype="html")
    assert texts(read(made))[-2:] == [FIRST, SECOND]


ARCHIVE = "\r\n".join(
    [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://courier.example/mill",
        "Subject: =?utf-8?Q?The_Mill?=",
        "Date: Tue, 3 Mar 2026 09:12:44 -0000",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related;",
        '\ttype="text/html";',
        '\tboundary="----B----"',
        "",
        "",
        "------B----",
        "Content-Type: text/html",
        "Content-Location: https://ads.example/frame",
        "",
        "<html><body><p>Buy a mill today, and have it delivered tomorrow, wherever you live, for next to nothing.</p>",
        "------B----",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://courier.example/mill",
        "",
        f"<html><head><title>The=20Mill</title></head><body><article><h1>The Mill</h1><p>{FIRST[:40]}=",
        f"{FIRST[40:]}</p><p>{SECOND}</p></article></body></html>",
        "------B----",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "------B------",
        "",
    ]
)


def test_a_web_archive() -> None:
    """The page is read that the headers name, and it has its address; who saved it wrote it not."""
    article = read(ARCHIVE.encode())
    assert texts(article) == ["The Mill", FIRST, SECOND]
    assert (article.meta.url, article.meta.author) == ("https://courier.example/mill", None)
    assert article.meta.published is None


@pytest.mark.parametrize("name", ["page.mhtml", "page.MHT", "page.eml", "page.txt", "page"])
def test_files_are_known_by_ending_or_by_their_headers(name: str, tmp_path: Path) -> None:
    """Whatever a browser calls them."""
    (tmp_path / name).write_bytes(ARCHIVE.encode())
    assert texts(read_source(tmp_path / name)) == ["The Mill", FIRST, SECOND]


def test_a_text_that_is_called_a_mail_is_a_text(tmp_path: Path) -> None:
    """Its first paragraph would be taken for headers."""
    (tmp_path / "a.eml").write_text(f"{FIRST}\n\n{SECOND}\n")
    assert texts(read_source(tmp_path / "a.eml")) == [FIRST, SECOND]


def test_the_source_of_a_mail_can_be_read_as_text(tmp_path: Path) -> None:
    """Where the user says so."""
    (tmp_path / "a.eml").write_bytes(ARCHIVE.encode())
    assert "MIME-Version" in " ".join(texts(read_source(tmp_path / "a.eml", Settings(read_as="text"))))


def _nested(depth: int) -> bytes:
    tops = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return ("From: a\nMIME-Version: 1.0\n" + "".join(tops) + "\n\nhello").encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_nested(DEPTH_MAX + 5), "inside each other"),
        (_nested(20_000), "inside each other"),
        (b"From: a\n" + b"Content-Type: message/rfc822\n\n" * 5_000, "inside each other"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (PARTS_MAX + 2), "parts"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhello\n" * 300, "texts"),
        (b"From: a\n" + b"X-A: b\n" * (HEADERS_MAX_BYTES // 7 + 1) + b"\nhello", "headers"),
        (b"From: a\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--", "encrypted"),
        (b"From: a\nContent-Type: application/pdf\n\n%PDF", "no text"),
        (b"From: a\nContent-Type: text/html\n\n<html><body></body></html>", "no text"),
        (b"From: a\nContent-Type: multipart/mixed; boundary=b\n\nnothing", "no text"),
    ],
)
def test_what_is_no_mail_of_a_person_is_refused(data: bytes, said: str) -> None:
    """In words, with the name of the file and a hint."""
    with pytest.raises(SourceError, match=said) as caught:
        read(data)
    assert "a.eml" in caught.value.message
    assert caught.value.hint


PIECES = (
    b"--b",
    b"--b--",
    b"\n",
    b"\r\n",
    b"Content-Type: ",
    b"text/html",
    b"multipart/mixed;boundary=b",
    b"message/rfc822",
)
HEADER_PIECES = (b"Content-Transfer-Encoding: base64", b"=?utf-8?q?=FF?=", b"Subject: ", b"From: ", b"charset=utf-7")
ODD_PIECES = (b"\xff\x00", b'filename*="x', b"filename*=utf-8''%FF", b"<p>hello", b" ", b"Date: 99")


@given(st.lists(st.sampled_from(PIECES + HEADER_PIECES + ODD_PIECES), max_size=30))
def test_any_message_is_read_or_refused(pieces: list[bytes]) -> None:
    """No shape of one ends otherwise."""
    try:
        read(b"From: a\nMIME-Version: 1.0\n" + b"".join(pieces))
    except SourceError as error:
        assert error.message and error.hint


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b"From: a\nMIME-Version: 1.0\n\nhello", True),
        (b"From hen@mill Tue Mar  3\nReceived: x\n y\nContent-Type: text/plain\n\nhello", True),
        (b"\xef\xbb\xbfSubject: a\r\nContent-Type: text/plain\r\n\r\nhello", True),
        (b"From: a\nSubject: b\n\nMIME-Version: 1.0", False),
        (b"Title: a\n\nhello", False),
        (b"From the river\nto the sea", False),
    ],
)
def test_messages_are_known_by_their_headers(data: bytes, is_one: bool) -> None:
    """MIME's own must be among them."""
    assert is_message(data) == is_one


HEADERS = {
    "en": "From: Hen Dahl <h@mill.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Council\nSubject: RE: The Mill\n",
    "de": "Von: Hen Dahl\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Rat\nBetreff: AW: The Mill\n",
    "fr": "De : Hen Dahl <h@mill.example>\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Conseil\nObjet : TR: The Mill\n",
    "es": "De: Hen Dahl <h@mill.example>\nEnviado el: martes, 3 de marzo\nPara: Consejo\nAsunto: RV: The Mill\n",
}


@pytest.mark.parametrize("language", HEADERS)
def test_headers_of_mails_saved_as_text(language: str) -> None:
    """They are no part of it; the subject is the title."""
    text = f"{HEADERS[language]}\n{textwrap.fill(FIRST, 60)}\n\n{SECOND}\n"
    assert is_written_mail(text)
    article = written_mail(text)
    assert texts(article) == ["The Mill", FIRST, SECOND]
    assert article.meta.author == "Hen Dahl"
    assert {drop.rule for drop in article.drops} == {"mail-header"}


QUOTE = "> What will become of it?\n>\n>> Who knows?\n> Anna\n"


@pytest.mark.parametrize(
    ("after", "rules"),
    [
        ("-- \nHen Dahl\n+47 555\n", ["mail-signature"]),
        ("Sent from my iPhone\n", ["mail-signature"]),
        ("Von meinem iPhone gesendet\n", ["mail-signature"]),
        (f"On Monday, 2 March 2026, at 18:01, Anna\n<anna@b.example> wrote:\n\n{QUOTE}", ["quoted-reply"]),
        (f"Am 02.03.26 um 18:01 schrieb Anna Berg:\n{QUOTE}", ["quoted-reply"]),
        (f"-----Original Message-----\n{HEADERS['en']}\nWhat will become of it?\n", ["mail-header", "quoted-reply"]),
        (f"________________________________\n{HEADERS['de']}\nWas wird aus ihr?\n", ["quoted-reply"]),
        ("This e-mail is confidential and\nmay be privileged.\n", ["mail-disclaimer"]),
        ("If you are not the intended\nrecipient, delete it.\n", ["mail-disclaimer"]),
    ],
)  # fmt: skip
def test_what_is_under_a_mail(after: str, rules: list[str]) -> None:
    """Signatures, what is answered, what companies add: none of it is read, all of it is on record."""
    article = written_mail(f"{HEADERS['en']}\n{FIRST}\n\n{SECOND}\n\n{after}")
    assert texts(article) == ["The Mill", FIRST, SECOND]
    assert set(rules) <= {drop.rule for drop in article.drops}
    there = " ".join(drop.block.text for drop in article.drops)
    assert all(line.strip() in there for line in after.split("\n") if not line.startswith("___"))


def test_a_mail_passed_on_is_what_is_to_be_read() -> None:
    """Its headers alone go."""
    headers = HEADERS["en"].replace("RE:", "FW:")
    text = f"{headers}\nSee below.\n\n---------- Forwarded message ---------\n{HEADERS['de']}\n{FIRST}\n"
    assert texts(written_mail(text)) == ["The Mill", "See below.", FIRST]


def test_a_mail_of_quotes_alone_is_read() -> None:
    """There is nothing else in it."""
    assert texts(written_mail(f"{HEADERS['en']}\n> {FIRST}\n>\n> {SECOND}\n"))[1:] == [FIRST, SECOND]


def test_flowed_text() -> None:
    """A space at the end of a line says that it goes on (RFC 3676)."""
    assert without_soft_breaks("a \nb\n\n c\n-- \nd", is_glued=False) == "a b\n\nc\n-- \nd"
    assert without_soft_breaks("日 \n本", is_glued=True) == "日本"


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("Re: Tides", "Tides"),
        ("AW: WG: Tides", "Tides"),
        ("Re[2]: Tides", "Tides"),
        ("Ways: all", "Ways: all"),
    ],
)
def test_subjects(subject: str, own: str) -> None:
    """Marks of answers are no part of a title."""
    assert own_subject(subject) == own


def test_wishes_hold_for_pages_in_mails(tmp_path: Path) -> None:
    """`--all-text` reads all that a mail's page shows, and `--why` lists its pieces, as of any page."""
    path = tmp_path / "a.eml"
    made = mail()
    made.set_content(PAGE.replace("<body>", "<body><nav><a href='/'>The menu of the mill</a></nav>"), subtype="html")
    path.write_bytes(made.as_bytes())

    assert "The menu of the mill" not in texts(read_source(path, Settings()))
    assert "The menu of the mill" in texts(read_source(path, Settings(all_text=True)))
    assert FIRST in [one.block.text for one in read_source(path, Settings(), is_explained=True).judged]


def test_doubts_about_pages_in_mails() -> None:
    """What is doubtful about the choice in a mail's page is told of the mail."""
    prose = "".join(f"<p>{FIRST} {SECOND} It was in the year {year}.</p>" for year in range(1900, 1906))
    two = f"<h1>The Mill</h1>{prose}<h1>The other mill of the valley</h1>{prose.replace('19', '18')}"
    made = mail()
    made.set_content(f"<html><head><title>The Mill</title></head><body>{two}</body></html>", subtype="html")
    archive = (
        b"Snapshot-Content-Location: https://mill.example/\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    )

    page = f"<title>The Mill</title>{two}".encode()
    assert read(archive + page).doubts == ("there is another title in it: “The other mill of the valley”",)


@pytest.mark.parametrize(
    ("sender", "author", "site"),
    [
        ("Ina Berg from Harbour Letters", "Ina Berg", "Harbour Letters"),
        ("Ina at The Harbour", "Ina", "The Harbour"),
        ("Ina Berg | Harbour Letters", "Ina Berg", "Harbour Letters"),
        ("Harbour Letters", "Harbour Letters", None),
        ("Max von Berg", "Max von Berg", None),
        ("greetings from the sea", "greetings from the sea", None),
        ("Letters from home", "Letters from home", None),
    ],
)
def test_senders_of_newsletters(sender: str, author: str, site: str | None) -> None:
    """A sender who names the newsletter as well is its author; any other name is one name."""
    mail = f"From: {sender} <ina@example.org>\r\nSubject: Boats\r\nMIME-Version: 1.0\r\n\r\nThe sea was calm today.\r\n"

    meta = read_message(mail.encode(), name="mail").article.meta

    assert (meta.author, meta.site) == (author, site)
