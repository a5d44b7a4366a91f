"""What is said before and after an article, whatever is known of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, BlockKind, Cleaned, Edit, Metadata, Script, Sound, Utterance
from narrate.text.intro_outro import check_template, default_template, frame
from narrate.text.spoken import spoken_form, to_script

LANGUAGES = ("en", "es", "fr", "de", "it", "pt")
TITLES = {
    "en": "The Last Light", "es": "La última luz", "fr": "Le dernier phare", "de": "Das letzte Licht",
    "it": "L’ultima luce", "pt": "A última luz",
}  # fmt: skip
SITES = {
    "en": "The Weekly", "es": "El País", "fr": "Le Monde", "de": "Zeit Online", "it": "La Repubblica", "pt": "Público"
}  # fmt: skip
AUTHOR = "Anna Berg"
DAY = date(2024, 10, 8)

# With author, site and date; without the date; without the site; without both; and the same without the author.
INTROS = {
    "en": (
        "The Last Light. By Anna Berg. Published by The Weekly on October 8, 2024.",
        "The Last Light. By Anna Berg. Published by The Weekly.",
        "The Last Light. By Anna Berg. Published on October 8, 2024.",
        "The Last Light. By Anna Berg.",
        "The Last Light. Published by The Weekly on October 8, 2024.",
        "The Last Light. Published by The Weekly.",
        "The Last Light. Published on October 8, 2024.",
        "The Last Light.",
    ),
    "es": (
        "La última luz. Por Anna Berg. Publicado en El País el 8 de octubre de 2024.",
        "La última luz. Por Anna Berg. Publicado en El País.",
        "La última luz. Por Anna Berg. Publicado el 8 de octubre de 2024.",
        "La última luz. Por Anna Berg.",
        "La última luz. Publicado en El País el 8 de octubre de 2024.",
        "La última luz. Publicado en El País.",
        "La última luz. Publicado el 8 de octubre de 2024.",
        "La última luz.",
    ),
    "fr": (
        "Le dernier phare. Par Anna Berg. Publié par Le Monde le 8 octobre 2024.",
        "Le dernier phare. Par Anna Berg. Publié par Le Monde.",
        "Le dernier phare. Par Anna Berg. Publié le 8 octobre 2024.",
        "Le dernier phare. Par Anna Berg.",
        "Le dernier phare. Publié par Le Monde le 8 octobre 2024.",
        "Le dernier phare. Publié par Le Monde.",
        "Le dernier phare. Publié le 8 octobre 2024.",
        "Le dernier phare.",
    ),
    "de": (
        "Das letzte Licht. Von Anna Berg. Erschienen bei Zeit Online am 8. Oktober 2024.",
        "Das letzte Licht. Von Anna Berg. Erschienen bei Zeit Online.",
        "Das letzte Licht. Von Anna Berg. Erschienen am 8. Oktober 2024.",
        "Das letzte Licht. Von Anna Berg.",
        "Das letzte Licht. Erschienen bei Zeit Online am 8. Oktober 2024.",
        "Das letzte Licht. Erschienen bei Zeit Online.",
        "Das letzte Licht. Erschienen am 8. Oktober 2024.",
        "Das letzte Licht.",
    ),
    "it": (
        "L’ultima luce. Di Anna Berg. Pubblicato su La Repubblica l’8 ottobre 2024.",
        "L’ultima luce. Di Anna Berg. Pubblicato su La Repubblica.",
        "L’ultima luce. Di Anna Berg. Pubblicato l’8 ottobre 2024.",
        "L’ultima luce. Di Anna Berg.",
        "L’ultima luce. Pubblicato su La Repubblica l’8 ottobre 2024.",
        "L’ultima luce. Pubblicato su La Repubblica.",
        "L’ultima luce. Pubblicato l’8 ottobre 2024.",
        "L’ultima luce.",
    ),
    "pt": (
        "A última luz. Por Anna Berg. Publicado por Público em 8 de outubro de 2024.",
        "A última luz. Por Anna Berg. Publicado por Público.",
        "A última luz. Por Anna Berg. Publicado em 8 de outubro de 2024.",
        "A última luz. Por Anna Berg.",
        "A última luz. Publicado por Público em 8 de outubro de 2024.",
        "A última luz. Publicado por Público.",
        "A última luz. Publicado em 8 de outubro de 2024.",
        "A última luz.",
    ),
}

# With author and site; without the site; without the author; without both.
OUTROS = {
    "en": (
        "That was “The Last Light”, by Anna Berg, from The Weekly.",
        "That was “The Last Light”, by Anna Berg.",
        "That was “The Last Light”, from The Weekly.",
        "That was “The Last Light”.",
    ),
    "es": (
        "Acaba de escuchar «La última luz», de Anna Berg, publicado en El País.",
        "Acaba de escuchar «La última luz», de Anna Berg.",
        "Acaba de escuchar «La última luz», publicado en El País.",
        "Acaba de escuchar «La última luz».",
    ),
    "fr": (
        "Vous venez d’écouter « Le dernier phare », par Anna Berg, publié par Le Monde.",
        "Vous venez d’écouter « Le dernier phare », par Anna Berg.",
        "Vous venez d’écouter « Le dernier phare », publié par Le Monde.",
        "Vous venez d’écouter « Le dernier phare ».",
    ),
    "de": (
        "Das war „Das letzte Licht“ von Anna Berg, erschienen bei Zeit Online.",
        "Das war „Das letzte Licht“ von Anna Berg.",
        "Das war „Das letzte Licht“, erschienen bei Zeit Online.",
        "Das war „Das letzte Licht“.",
    ),
    "it": (
        "Avete ascoltato «L’ultima luce», di Anna Berg, pubblicato su La Repubblica.",
        "Avete ascoltato «L’ultima luce», di Anna Berg.",
        "Avete ascoltato «L’ultima luce», pubblicato su La Repubblica.",
        "Avete ascoltato «L’ultima luce».",
    ),
    "pt": (
        "Acabou de ouvir “A última luz”, de Anna Berg, publicado por Público.",
        "Acabou de ouvir “A última luz”, de Anna Berg.",
        "Acabou de ouvir “A última luz”, publicado por Público.",
        "Acabou de ouvir “A última luz”.",
    ),
}


@dataclass(frozen=True)
class Form:
    """What the words become where the spoken form is not the subject: what they are."""

    text: str
    edits: tuple[Edit, ...] = ()
    sounds: tuple[Sound, ...] = ()


def utterance(text: str, kind: BlockKind = "paragraph", block: int = 0) -> Utterance:
    return Utterance(kind, text, text, block, ())


BODY = utterance("It was night.")


def framed(
    template: str, *, title: str = "The Last Light", language: str = "en", where: str = "intro", **known: object
) -> list[str]:
    """What is written before, or after, an article."""
    script = Script(Metadata(**known), (BODY,), ())
    chosen = {"intro": "", "outro": "", where: template}
    result = frame(script, **chosen, language=language, title=title, say=Form)
    return [item.written for item in result.utterances if item.kind == where]


def said(template: str, **known: object) -> str:
    return " ".join(framed(template, **known))


def field(name: str, value: str, **known: object) -> str:
    """How a field is said."""
    return said(f"[{{{name}}}]", **{name: value}, **known)


def _cases() -> list[tuple[str, str, dict[str, object], str]]:
    found = []
    for language in LANGUAGES:
        for index, (author, site, day) in enumerate(product((AUTHOR, None), (SITES[language], None), (DAY, None))):
            known = {"author": author, "site": site, "published": day}
            found.append((language, "intro", known, INTROS[language][index]))
        for index, (author, site) in enumerate(product((AUTHOR, None), (SITES[language], None))):
            known = {"author": author, "site": site, "published": DAY}
            found.append((language, "outro", known, OUTROS[language][index]))
    return found


@pytest.mark.parametrize(("language", "where", "known", "wanted"), _cases())
def test_whatever_is_not_known_the_sentences_are_right(
    language: str, where: str, known: dict[str, object], wanted: str
) -> None:
    """In every language that has words of its own."""
    template = default_template("intro" if where == "intro" else "outro", language)

    assert framed(template, where=where, language=language, title=TITLES[language], **known) == [wanted]


def test_without_a_title_the_rest_is_said() -> None:
    """Without a title the rest is said; an outro, which has only the title to tell, is left out."""
    intro, outro = default_template("intro", "en"), default_template("outro", "en")

    assert framed(intro, title="", author=AUTHOR) == ["By Anna Berg."]
    assert framed(intro, title="", site="The Weekly", published=DAY) == ["Published by The Weekly on October 8, 2024."]
    assert framed(intro, title="") == []
    assert framed(outro, title="", author=AUTHOR, where="outro") == []


@pytest.mark.parametrize("which", ["intro", "outro"])
def test_other_languages_have_the_english_words(which: str) -> None:
    """Other languages have the English words, regions those of their language."""
    assert default_template(which, "sv") == default_template(which, "en-GB") == default_template(which, "en")
    assert default_template(which, "pt-BR") == default_template(which, "pt") != default_template(which, "en")


@pytest.mark.parametrize(
    ("language", "day", "wanted"),
    [
        ("en", date(2024, 10, 25), "October 25, 2024"),
        ("en-US", date(2024, 10, 25), "October 25, 2024"),
        ("en-GB", date(2024, 10, 25), "25 October 2024"),
        ("en_AU", date(2024, 5, 1), "1 May 2024"),
        ("fr", date(2024, 10, 25), "25 octobre 2024"),
        ("fr-CA", date(2024, 8, 1), "1er août 2024"),
        ("de-AT", date(2024, 3, 1), "1. März 2024"),
        ("es", date(1999, 12, 31), "31 de diciembre de 1999"),
        ("it", date(2024, 2, 1), "1º febbraio 2024"),
        ("pt-BR", date(2024, 3, 2), "2 de março de 2024"),
        ("sv", date(2024, 10, 25), "October 25, 2024"),
    ],
)
def test_a_date_is_written_in_words(language: str, day: date, wanted: str) -> None:
    """As the language, and the region of English, writes it."""
    assert said("[{date}]", language=language, published=day) == wanted


@pytest.mark.parametrize(
    ("day", "wanted"), [(7, "il 7 ottobre"), (8, "l’8 ottobre"), (11, "l’11 ottobre"), (18, "il 18 ottobre")]
)
def test_the_italian_article_is_elided(day: int, wanted: str) -> None:
    """Before a number that begins with a vowel, and only there."""
    written = said("[Uscito il {date}, il 8 volte.]", language="it", published=date(2024, 10, day))

    assert written == f"Uscito {wanted} 2024, il 8 volte."


def test_the_day_a_file_was_changed_is_not_said() -> None:
    """It is not that of publication."""
    assert framed("[{date}]", modified=DAY) == []


@pytest.mark.parametrize(
    ("title", "intro", "outro"),
    [
        ("Who Knows?", "Who Knows? By Jane.", "That was “Who Knows?”"),
        ("Stop!", "Stop! By Jane.", "That was “Stop!”"),
        ("And then…", "And then… By Jane.", "That was “And then…”"),
        ("And then...", "And then… By Jane.", "That was “And then…”"),
        ("He went home.", "He went home. By Jane.", "That was “He went home”."),
        ("Inside Apple Inc.", "Inside Apple Inc. By Jane.", "That was “Inside Apple Inc.”"),
        ("Made in the U.S.", "Made in the U.S. By Jane.", "That was “Made in the U.S.”"),
        ("Is it “over”?", "Is it “over”? By Jane.", "That was “Is it ‘over’?”"),
        ("“Is it over?”", "“Is it over?” By Jane.", "That was “‘Is it over?’”"),
        ("The first of three:", "The first of three. By Jane.", "That was “The first of three”."),
        ('A 5" disk', 'A 5" disk. By Jane.', 'That was “A 5" disk”.'),
        ("  A \n tale ", "A tale. By Jane.", "That was “A tale”."),
        ("[Updated] {site} and {{", "[Updated] {site} and {{. By Jane.", "That was “[Updated] {site} and {{”."),
    ],
)
def test_a_title_that_ends_a_sentence_takes_no_second_full_stop(title: str, intro: str, outro: str) -> None:
    """Only a title without an end takes a full stop; what looks like a template in it is none."""
    assert said("{title}.[ By {author}.]", title=title, author="Jane") == intro
    assert said("[That was “{title}”.]", title=title) == outro
    assert said("[That was “{title}”[, from {site}].]", title=title) == outro


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe and Tom Ek", "Jane Doe and Tom Ek"),
        ("By Jane Doe", "Jane Doe"),
        ("by: Jane Doe", "Jane Doe"),
        ("Written by Jane Doe", "Jane Doe"),
        ("By Reuters", "Reuters"),
        ("Byron Kay", "Byron Kay"),
        ("JANE DOE", "Jane Doe"),
        ("JANE O’BRIEN-SMITH AND J.K. ROWLING III", "Jane O’Brien-Smith and J.K. Rowling III"),
        ("JANE DOE, BBC NEWS", "Jane Doe, BBC News"),
        ("THE WOMEN’S REVIEW", "The Women’s Review"),
        ("REUTERS", "Reuters"),
        ("AFP", "AFP"),
        ("AFP, DPA", "AFP, DPA"),
        ("ÉMILE ZOLA", "Émile Zola"),
        ("Jane Doe <jane@example.com>", "Jane Doe"),
        ("jane@example.com (Jane Doe)", "Jane Doe"),
        ("Jane Doe (jane@example.com)", "Jane Doe"),
        ("Jane Doe (Reuters)", "Jane Doe (Reuters)"),
        ("Jane Doe @jane", "Jane Doe"),
        ("Jane Doe | The Weekly", "Jane Doe"),
        ("Jane Doe,", "Jane Doe"),
        ("jane@example.com", ""),
        ("https://example.com/authors/jane", ""),
        ("www.example.com", ""),
        ("example.com", ""),
        ("@jane", ""),
        ("Admin", ""),
        ("None", ""),
        ("By Admin", ""),
        ("2024", ""),
        (" ", ""),
        ("the weekly", ""),
        ("By The Weekly", ""),
    ],
)
def test_an_author_is_a_name(author: str, wanted: str) -> None:
    """Without what stands around it on a page; no name where there is only an address, or the site once more."""
    assert said("[{author}]", author=author, site="The Weekly") == wanted


@pytest.mark.parametrize(
    ("language", "author", "wanted"),
    [
        ("de", "Von Anna Berg", "Anna Berg"),
        ("de", "von der Leyen", "von der Leyen"),
        ("en", "Von Miller", "Von Miller"),
        ("de", "Von Miller", "Von Miller"),
        ("it", "Di Stefano", "Di Stefano"),
        ("fr", "Par Anna Berg et Tom Ek", "Anna Berg et Tom Ek"),
        ("es", "POR ANNA BERG Y TOM EK", "Anna Berg y Tom Ek"),
        ("fr", "By Anna Berg", "Anna Berg"),
    ],
)
def test_the_word_before_a_name_is_known_in_every_language(language: str, author: str, wanted: str) -> None:
    """Where it is no part of the name."""
    assert said("[{author}]", language=language, author=author) == wanted


@pytest.mark.parametrize(
    ("site", "wanted"),
    [
        ("The Verge", "The Verge"),
        ("nytimes.com", "nytimes.com"),
        ("www.nytimes.com", "nytimes.com"),
        ("https://www.nytimes.com/section/world", "nytimes.com"),
        ("https://[", ""),
        ("BBC", "BBC"),
        ("BBC NEWS", "BBC News"),
        ("THE GUARDIAN", "The Guardian"),
        ("Yahoo!", "Yahoo!"),
        ("—", ""),
    ],
)
def test_a_site_is_a_name_or_a_host(site: str, wanted: str) -> None:
    """A site is a name or a host, and no address."""
    assert said("[{site}]", site=site) == wanted


@pytest.mark.parametrize(
    ("author", "site"), [("theverge", "theverge.com"), ("The Verge", "theverge.com"), ("CNN", "www.cnn.com")]
)
def test_an_author_who_is_the_site_is_not_said_twice(author: str, site: str) -> None:
    """Also where one is written as a host."""
    assert said("{title}.[ By {author}.][ From {site}.]", author=author, site=site).count(" By ") == 0


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("{title}", "The Last Light"),
        ("Now: { title }!", "Now: The Last Light!"),
        ("{title}[ by {author}[, {site}]].", "The Last Light by Jane."),
        ("{title}[ from {site}[ by {author}]].", "The Last Light."),
        ("{title}[ in[ {site}][ {date}]].", "The Last Light."),
        ("{title}[ told[ in {site}][ by {author}]].", "The Last Light told by Jane."),
        ("[Always] {title}.", "Always The Last Light."),
        ("[[{title}]]", "[The Last Light]"),
        ("{{{title}}}", "{The Last Light}"),
        ("{{title}}", "{title}"),
        ("[ [[{author}]] told it.]", "[Jane] told it."),
        ("]] and {title}", "] and The Last Light"),
        ("A\n {title}\t!", "A The Last Light !"),
        ("Welcome.", "Welcome."),
        ("Welcome.[ From {site}.]", ""),
        ("[{site}]", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_brackets_and_braces(template: str, wanted: str) -> None:
    """What is not known takes its bracket with it; signs written twice stand for themselves."""
    assert check_template(template) == template
    assert said(template, author="Jane") == wanted


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{titel}", r"no field \{titel\}; the fields are \{title\}, \{author\}, \{site\} and \{date\}"),
        ("{title.upper}", "no field"),
        ("{}", "no field"),
        ("{title!r}", "no field"),
        ("[{title}", "never closed"),
        ("{title}]", r"a \] stands alone"),
        ("{title", r"a \{ stands alone"),
        ("title}", r"a \} stands alone; write \}\}"),
        ("[ [[{title}]]", "never closed"),
        ("{[title]}", "stands alone"),
        ("{title} by {author}", r"\{author\} is not known of every article; put it into square brackets"),
        ("Published {date}.", r"\{date\} is not known"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(template: str, reason: str) -> None:
    """In words that say what to write."""
    with pytest.raises(ValueError, match=reason):
        check_template(template)


@given(
    st.text(alphabet="[]{} ab.", max_size=12)
    | st.lists(st.sampled_from(["[", "]", "[[", "]]", "{title}", "{site}", "x"])).map("".join)
)
def test_any_text_is_a_template_or_is_refused(template: str) -> None:
    """A template that passes the check fills without an error; nothing else happens."""
    try:
        check_template(template)
    except ValueError:
        return
    said(template, author="Jane")


_ENDS = st.text(alphabet='abcXYZ .,…?!’“”"-–:;\n\t\x00\u00a0', max_size=30)
_ANYTHING = st.text(st.characters(exclude_characters="[]{}()<>N"), max_size=30)
_MAYBE = st.none() | _ENDS | _ANYTHING


@given(_ENDS | _ANYTHING, _MAYBE, _MAYBE, st.none() | st.dates(), st.sampled_from([*LANGUAGES, "en-GB", "sv"]))
def test_whatever_the_metadata_no_template_shows(
    title: str, author: str | None, site: str | None, day: date | None, language: str
) -> None:
    """No brackets, no doubled spaces or stops, no space before a comma, no "None", and never signs alone."""
    known = {"author": author, "site": site, "published": day}
    for where in ("intro", "outro"):
        template = default_template("intro" if where == "intro" else "outro", language)
        for text in framed(template, where=where, language=language, title=title, **known):
            assert not re.search(r"\.\.| ,|  |[\[\]{}\0\n]|None|[?!…][\"”»“]?\.\Z", text)
            assert text == text.strip() and any(char.isalnum() for char in text)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_metadata_is_an_error(title: str, author: str, site: str) -> None:
    """Whatever a page says of itself."""
    for language in LANGUAGES:
        framed(default_template("intro", language), language=language, title=title, author=author, site=site)


def script_of(*blocks: Block, **known: object) -> Script:
    return to_script(Cleaned(Article(Metadata(**known), blocks), ()), "en")


def kinds(script: Script) -> list[str]:
    return [item.kind for item in script.utterances]


def test_intro_and_outro_are_in_spoken_words() -> None:
    """Edits lead from the one to the other, as for every block; neither is a block of the article."""
    script = script_of(Block("paragraph", "Night."), author="Anna Berg", site="nytimes.com", published=DAY)

    result = frame(
        script,
        intro=default_template("intro", "en"),
        outro="Thanks.",
        language="en",
        title="1 Light",
        say=lambda text: spoken_form(text, "en"),
    )

    intro, body, outro = result.utterances
    assert intro.text == "one Light. By Anna Berg. Published by nytimes dot com on October eighth, twenty twenty four."
    assert intro.written == "1 Light. By Anna Berg. Published by nytimes.com on October 8, 2024."
    assert intro.edits == spoken_form(intro.written, "en").edits != ()
    assert (intro.kind, intro.block, outro.kind, outro.block, outro.level) == ("intro", -1, "outro", -1, 0)
    assert (body, result.meta, result.drops) == (script.utterances[0], script.meta, script.drops)


TITLE = Block("title", "The Last Light")
TEXT = Block("paragraph", "Night.")


@pytest.mark.parametrize(
    ("intro", "blocks", "wanted"),
    [
        ("{title}.", (TITLE, TEXT), ["intro", "paragraph"]),
        ("{title}.", (TEXT, TITLE), ["intro", "paragraph"]),
        ("{title}.", (Block("heading", "The last light!", 1), TEXT), ["intro", "paragraph"]),
        ("{title}.", (TITLE, TEXT, Block("heading", "The Last Light", 2)), ["intro", "paragraph", "heading"]),
        (
            "{title}.",
            (Block("heading", "One", 2), TEXT, Block("heading", "The Last Light", 2)),
            ["intro", "heading", "paragraph", "heading"],
        ),
        ("{title}.", (Block("title", "The Last"), TEXT), ["intro", "paragraph"]),
        ("{title}.", (Block("heading", "The Last", 2), TEXT), ["intro", "heading", "paragraph"]),
        ("{title}.", (Block("title", "The Last Light: a memoir"), TEXT), ["intro", "title", "paragraph"]),
        ("{title}.", (Block("paragraph", "The Last Light"), TEXT), ["intro", "paragraph", "paragraph"]),
        ("Welcome.", (TITLE, TEXT), ["intro", "title", "paragraph"]),
        ("Welcome.[ {title} by {author}.][ In {site}.]", (TITLE, TEXT), ["intro", "title", "paragraph"]),
        ("", (TITLE, TEXT), ["title", "paragraph"]),
    ],
)
def test_the_title_is_said_once(intro: str, blocks: tuple[Block, ...], wanted: list[str]) -> None:
    """Where the intro says it; a title that has more to say stays."""
    result = frame(script_of(*blocks, site="X"), intro=intro, outro="", language="en", title="The Last Light", say=Form)

    assert kinds(result) == wanted


def test_an_outro_leaves_the_title_where_it_is() -> None:
    """It comes after it."""
    result = frame(script_of(TITLE, TEXT), intro="", outro="{title}.", language="en", title="The Last Light", say=Form)

    assert kinds(result) == ["title", "paragraph", "outro"]


def test_a_script_without_a_word_stays_empty() -> None:
    """There is nothing to put a frame around."""
    empty = script_of()

    assert frame(empty, intro="{title}.", outro="Thanks.", language="en", title="A", say=Form) == empty


def test_an_intro_that_leaves_nothing_to_say_is_none() -> None:
    """After the rules of the spoken form, too."""
    script = script_of(TEXT)

    assert frame(script, intro="Hm.", outro="", language="en", title="", say=lambda _: Form("—")) == script


def test_every_language_has_all_words() -> None:
    """Templates that can be used, twelve months, the same keys but for peculiarities."""
    tables = tomllib.loads((resources.files("narrate.text") / "intro_outro.toml").read_text(encoding="utf-8"))
    words = {tag: table for tag, table in tables.items() if tag not in ("names", "quotes")}

    assert tuple(words) == LANGUAGES
    for table in words.values():
        assert (
            {"intro", "outro", "by", "months", "date"}
            <= set(table)
            <= {"intro", "outro", "by", "months", "date", "first", "day_first"}
        )
        assert len(table["months"].split()) == 12
        assert check_template(table["intro"]) and check_template(table["outro"])
