"""What holds for each of the European languages that are said in full."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.spoken import replay, spoken_form

LANGUAGES = ("es", "fr", "de", "it", "pt")
INNER_MARK = re.compile(r"(?<=[^\W_])[.:](?=[^\W_])")

LEFT_ALONE = [
    ("es", "El presidente habló ayer con la prensa en Sevilla; no dijo nada."),
    ("es", "SpaceX, iPhone, A&E y O'Higgins son nombres."),
    ("es", '¿Qué dijo? "Nada", respondió él. ¡Ni una palabra! Sí.'),
    ("es", "El teórico-práctico y la ex-ministra. Fin. De nuevo."),
    ("es", "La vi en mayo. En Av y en St no hay nada, etcétera."),
    ("es", "Malcolm X y la vitamina C, el plan B."),
    ("fr", "L'homme d'aujourd'hui n'a qu'une envie : qu'on l'écoute."),
    ("fr", "SpaceX, iPhone et A&E sont des noms propres."),
    ("fr", 'Peut-être viendra-t-il, dit-elle. "Non !" Fin. La suite.'),
    ("fr", "Me voici, le bd est fermé. Ce que je veux, De Gaulle."),
    ("fr", "Le maire de Saint-Étienne a dit oui. C'est la Vie."),
    ("fr", "J. M. Le Clézio n'est pas là."),
    ("fr", "On dit der I. Weltkrieg en Allemagne."),
    ("de", "Der Bürgermeister sagte gestern nichts. Das war es."),
    ("de", "SpaceX, iPhone, A&E und H&M sind Namen."),
    ("de", 'Ein E-Mail-Konto? "Nein", sagte sie. Die Nord-Süd-Achse.'),
    ("de", "Wir sind da. Und Sie? Im Mai geht es los. Malcolm X."),
    ("de", "Das ist Ludwigs Haus, nicht das von Karl."),
    ("it", "L'uomo dell'arte non c'è. Dov'è andato?"),
    ("it", "SpaceX, iPhone e A&E sono nomi."),
    ("it", 'Disse: "No". Poi uscì. Fine. Di nuovo in città.'),
    ("it", "La storico-artistica e il sud-est. S. Pietro no."),
    ("pt", "O presidente não disse nada. Foi-se embora."),
    ("pt", "SpaceX, iPhone e A&E são nomes. Dar-lhe-ei isso."),
    ("pt", 'Ele disse: "Não". Depois saiu. Fim. De novo.'),
    ("pt", "Copo d'água e guarda-chuva; a vitamina C."),
    *((language, "") for language in LANGUAGES),
]

# Pieces that rules wait for, in any order, so that they meet each other in ways no writer would think of.
CHARACTERS = "aAbIVXTsmhñ p.'’-–—/:,$€%&+#@[]()\"“”²½₂①…0123459\n!?°ºª~<=^Ⅳ٣🎉\u200b\u00ad\ufe0f\u00a0\u202f"
WRITTEN = (
    "EE. UU.", "z. B.", " janv. ", "Mrd.", "M. ", " etc. ", "€5 ", "millones ", "Uhr", "[1]", "...", "5km", "http://",
    "a.com", "n.º ", "am ", "'80", "1990", "1.234", "3. Mai ", " XIV.", "siglo ", "14h30", "1er", " de ", "Tel. ",
    "Ludwig ",
)  # fmt: skip
PIECES = st.sampled_from((*CHARACTERS, *WRITTEN))
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join))
SPOKEN_IN = st.sampled_from(LANGUAGES)
LONG_RUNS = (
    "1", "a.", "$", "1,", "1-", "1:", "1.", "1/", "A ", "@", "a@", " ", "[1]", "XIV ", "z. B. ", "I ", "½", "€1-",
    "1. ", "3. Mai ", "1 mil ", "a/", "www.a.", "1.234", "1 234 ", "Tel. 1 ", "14h", "str.", "1º", "EE. ", "-1", "+1 ",
    "a-", "'1",
)  # fmt: skip


@pytest.mark.parametrize(("language", "written"), LEFT_ALONE)
def test_plain_sentences_stay(language: str, written: str) -> None:
    """What is already spoken is not touched."""
    form = spoken_form(written, language)

    assert (form.text, form.edits) == (written, ())


@given(TEXTS, SPOKEN_IN)
def test_edits_replay(written: str, language: str) -> None:
    """Edits turn the written text into the spoken one, exactly."""
    form = spoken_form(written, language)

    assert replay(written, form.edits) == form.text
    assert all(edit.before == written[edit.start_char : edit.end_char] != edit.after for edit in form.edits)


@given(TEXTS, SPOKEN_IN)
def test_idempotent(written: str, language: str) -> None:
    """Spoken words said again are the same words."""
    said = spoken_form(written, language).text

    assert spoken_form(said, language).text == said


@given(TEXTS, SPOKEN_IN)
def test_no_digit_and_no_inner_mark_left(written: str, language: str) -> None:
    """No digit of any script is left, and no dot or colon inside a word."""
    said = spoken_form(written, language).text

    assert not any(char.isdigit() for char in said)
    assert not INNER_MARK.search(said)


@pytest.mark.parametrize("length_chars", [2_000, pytest.param(20_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("piece", LONG_RUNS)
def test_long_runs_end_soon(piece: str, language: str, length_chars: int) -> None:
    """No pattern goes back over a long run again and again: quadratic work would take minutes at the greater length."""
    written = piece * (length_chars // len(piece))

    form = spoken_form(written, language)

    assert replay(written, form.edits) == form.text
