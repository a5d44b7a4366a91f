"""Runs of marks that lay out a page (leaders, blanks to fill in, rows) are a pause or nothing; marks of speech stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.spoken import spoken_form

LANGUAGES = ("en", "en-GB", "de", "es", "fr", "it", "pt", "nl", "pl", "tlh")
ROWS = "._-*=~·•…─━═│║╌┄┈▔▁█░▪■□●○◆※#+^|/\\<>–—"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("written", "said"),
    [
        # Tables of contents.
        ("Abc ........ Def", "Abc, Def"),
        ("Abc........Def", "Abc, Def"),
        ("Abc " + "." * 500 + " Def", "Abc, Def"),
        ("Abc . . . . . . . Def", "Abc, Def"),
        ("Abc. . . . . . . .Def", "Abc, Def"),
        ("Abc .. .. .. .. Def", "Abc, Def"),
        ("Abc………………Def", "Abc, Def"),
        ("Abc … … … … Def", "Abc, Def"),
        ("Abc ········ Def", "Abc, Def"),
        ("Abc · · · · · Def", "Abc, Def"),
        ("Abc •••••••• Def", "Abc, Def"),
        ("Abc ________ Def", "Abc, Def"),
        ("Abc -------- Def", "Abc, Def"),
        ("Abc - - - - - - Def", "Abc, Def"),
        ("Abc ———————— Def", "Abc, Def"),
        ("Abc ––––––– Def", "Abc, Def"),
        ("Abc ════════ Def", "Abc, Def"),
        ("Abc ──────── Def", "Abc, Def"),
        ("Abc ~~~~~~~~ Def", "Abc, Def"),
        ("Abc ======== Def", "Abc, Def"),
        ("Abc ******** Def", "Abc, Def"),
        ("Abc * * * * * Def", "Abc, Def"),
        ("Abc ++++++++ Def", "Abc, Def"),
        ("Abc >>>>>>>> Def", "Abc, Def"),
        ("Abc ######## Def", "Abc, Def"),
        ("Abc ░░░░░████ Def", "Abc, Def"),
        ("Abc -=-=-=-=- Def", "Abc, Def"),
        ("Abc .-.-.-.-. Def", "Abc, Def"),
        ("Abc ,,,,,,,, Def", "Abc, Def"),
        ("Abc //////// Def", "Abc, Def"),
        # Forms.
        ("Abc: ________", "Abc:"),
        ("Abc: ________ Def: ________", "Abc: Def:"),
        ("Abc: ........ Def", "Abc: Def"),
        ("Abc, ........ Def", "Abc, Def"),
        ("Abc ________.", "Abc."),
        ("Abc ________, def", "Abc, def"),
        ("(Abc ........)", "(Abc)"),
        ("Abc ____/____/____", "Abc"),
        ("Abc! -------- Def", "Abc! Def"),
        # Rows and frames.
        ("-------- Abc --------", "Abc"),
        ("======== Abc ========", "Abc"),
        ("/******** Abc ********/", "Abc"),
        ("........ Abc", "Abc"),
        ("Abc ........", "Abc"),
        ("Abc........", "Abc"),
        ("~ ~ ~ ~ ~ ~ Abc", "Abc"),
        ("+--------+ Abc +--------+", "Abc"),
        ("│────────│ Abc", "Abc"),
        # Rows alone.
        (". . . . . . . .", ""),
        ("+--------+--------+", ""),
        ("-=-=-=-=-=-", ""),
        ("<><><><><><>", ""),
        ("\\/\\/\\/\\/\\/", ""),
        ("*" * 3000, ""),
    ],
)
def test_layout(language: str, written: str, said: str) -> None:
    """A run of marks between words is a comma, at an edge or beside a mark that already pauses it is nothing."""
    assert spoken_form(written, language).text == said


@pytest.mark.parametrize("mark", ROWS)
@pytest.mark.parametrize("language", ["en", "de", "fr", "nl"])
@pytest.mark.parametrize("length", [8, 9, 70, 1001])
def test_row_alone(mark: str, language: str, length: int) -> None:
    """A line that is only layout is said as nothing, whatever it is drawn with, close or spaced."""
    assert spoken_form(mark * length, language).text == ""
    assert spoken_form(" ".join(mark * length), language).text == ""


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "Introduction ........ 12", "Introduction, twelve"),
        ("en", "1. Introduction ............ 12", "one. Introduction, twelve"),
        ("en", "Chapter 1 . . . . . . . . 5", "Chapter one, five"),
        ("en", "Chapter 1..........5", "Chapter one, five"),
        ("en", "Chapter 3………………5", "Chapter three, five"),
        ("en", "Preface . . . . . . . . ix", "Preface, nine"),
        ("en", "Name: ____________ Date: ____/____/______", "Name: Date:"),
        ("en", "I, ____________, live at ____________.", "I, live at."),
        ("en", "Total ---------- $12.50", "Total, twelve dollars fifty cents"),
        ("de", "Einleitung ........ 12", "Einleitung, zwölf"),
        ("de", "Summe: -------- 3,50 €", "Summe: drei Euro fünfzig"),
        ("fr", "Avant-propos ........ 12", "Avant-propos, douze"),
        ("es", "Prólogo . . . . . . . 12", "Prólogo, doce"),
        ("it", "Premessa………………12", "Premessa, dodici"),
        ("pt", "Prefácio ________ 12", "Prefácio, doze"),
        ("nl", "Voorwoord ........ 12", "Voorwoord, twaalf"),
    ],
)
def test_page_numbers(language: str, written: str, said: str) -> None:
    """A line of a table of contents is its title, a pause and its page; a line of a form its label."""
    assert spoken_form(written, language).text == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "Wait... what", "Wait... what"),
        ("en", "Wait…what", "Wait... what"),
        ("en", "I left.... Then it rained.", "I left.... Then it rained."),
        ("en", "the result -- a surprise -- was", "the result, a surprise, was"),
        ("en", "he left --- she stayed", "he left, she stayed"),
        ("en", "C++ and C#", "C plus plus and C sharp"),
        ("en", "well-known top-secret co-op", "well-known top-secret co-op"),
        ("en", "50+ shows", "fifty plus shows"),
        ("en", "AT&T grew", "AT and T grew"),
        ("en", "Is it so?!", "Is it so?!"),
        ("en", "and so on, e.g. this", "and so on, for example this"),
    ],
)
def test_marks_of_speech(language: str, written: str, said: str) -> None:
    """An ellipsis, a dash and the signs of names are none of it."""
    assert spoken_form(written, language).text == said


@pytest.mark.parametrize(
    "written",
    ["f*** this", "s**t", "what the ****", "f****** hell", "__init__", "__name__ == x", "a => b", "a -> b", "i++",
     "No!!!", "What??!!", "snake_case_name", "a ... b", "-- Anna", "*** bold ***", "10 - 5 - 3", "a/b/c", "//host",
     "x == y", "a >> b", "a || b", "a && b", "1-2-3-4-5-6-7", "1.2.3.4.5.6", "A.B.C.D.E.F.", "1/2/3/4/5", "T-t-t-t-t"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "fr", "nl"])
def test_not_layout(written: str, language: str) -> None:
    """Censored words, names of programs, operators, emphasis and figures are not taken for layout."""
    reasons = {edit.rule for edit in spoken_form(f"Here {written} there", language).edits}

    assert "leaders" not in reasons


@given(
    words=st.lists(st.sampled_from(["Anna", "light", "Über", "sea"]), min_size=2, max_size=5),
    mark=st.sampled_from(ROWS),
    length=st.integers(8, 200),
    spaced=st.booleans(),
    language=st.sampled_from(LANGUAGES),
)
def test_words_stay(words: list[str], mark: str, length: int, *, spaced: bool, language: str) -> None:
    """Whatever the run, the words around it are said in order, a pause between them, and no mark is left."""
    run = " ".join(mark * length) if spaced else mark * length

    assert spoken_form(f" {run} ".join(words), language).text == ", ".join(words)


@pytest.mark.parametrize("mark", [".", "_", "-", "…"])
@pytest.mark.parametrize("length", [9_990, 10_000, 25_000])
def test_longer_than_a_part(mark: str, length: int) -> None:
    """A run that is longer than what the rules see at a time still keeps the words around it apart."""
    for said in (spoken_form(f"Abc{mark * length}def").text, spoken_form(f"Abc {mark * length} def").text):
        assert said.replace(",", " ").split() == ["Abc", "def"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("No!!!!!!!! Why?", "No!!! Why?"),
        ("What?!?!?!?!?!?!", "What?!?"),
        ("Gone ! ! ! ! ! !", "Gone !!!"),
        ("No!!!", "No!!!"),
        ("so '''''''' it went", "so it went"),
        ("so (((((((((((( it went", "so it went"),
        ("[[[[]]]] {{{{}}}}", ""),
        ("See (above (or below)).", "See (above (or below))."),
        ("so ''much''", "so ''much''"),
    ],
)
def test_long_marks(written: str, said: str) -> None:
    """Of a run of exclamation and question marks three are left, as each is a pause."""
    assert spoken_form(written).text == said
