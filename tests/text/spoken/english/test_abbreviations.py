"""Shortened words are said in full where a dot is no full stop, and words that look like them stay."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("two depts. by spring. The Govt. will", "two departments by spring. The Government will"),
        ("the Univ. of Iowa and the Dept of Health", "the University of Iowa and the Department of Health"),
        ("He asked the dept.", "He asked the department."),
        ("max. 250, min. ten", "maximum two hundred fifty, minimum ten"),
        ("approx 200 and avg. speed", "approximately two hundred and average speed"),
        ("an hour, incl. lunch, tax incl.", "an hour, including lunch, tax included."),
        ("tel. 4410, ext. 12", "telephone four thousand four hundred ten, extension twelve"),
        ("pop. 4,300", "population four thousand three hundred"),
        ("a town whose pop. is small", "a town whose population is small"),
        ("Ines (b. 1950; d. 2001)", "Ines (born nineteen fifty; died two thousand one)"),
        ("Smith Mfg. Co. said", "Smith Manufacturing Company said"),
        ("int'l and gov't work", "international and government work"),
        ("Starr, a.k.a. Ringo, aka Richie", "Starr, also known as Ringo, also known as Richie"),
        ("4 percent p.a. on", "four percent per annum on"),
        ("coats b/c it is cold w/in", "coats because it is cold within"),
        ("the 9th Cir. reversed", "the ninth Circuit reversed"),
        ("2d Lt. Smith of the 3d Inf. Div. went", "second Lieutenant Smith of the third Infantry Division went"),
        ("Jim, a/k/a J, ed. by Roe, 2nd ed. of it", "Jim, also known as J, edited by Roe, second edition of it"),
        ("Drake feat. Rihanna", "Drake featuring Rihanna"),
        ("The approx. cost is approx. half", "The approximate cost is approximately half"),
        ("two mgrs. and b/w photos", "two managers and black and white photos"),
        ("Jefferson Elem. School", "Jefferson Elementary School"),
        ("he lives at No 10", "he lives at number ten"),
        ("on the 2nd fl. of it, 34th Fl, 1st fl.", "on the second floor of it, thirty fourth Floor, first floor."),
        ("Lat. 51, Props. 4 and 5, btwn. us", "Latitude fifty one, Propositions four and five, between us"),
        ("the 3rd flr. She left", "the third floor. She left"),
        ("the Bar Assn. It met two assns.", "the Bar Association. It met two associations."),
        ("Attys. Cole and Fox of the Bar Assn here", "Attorneys Cole and Fox of the Bar Association here"),
    ],
)
def test_said(written: str, said: str) -> None:
    """With its dot, capitalised, in the plural; a stop that ends the sentence stays."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the firm, est. 1921, is", "the firm, established nineteen twenty one, is"),
        ("(est. 1887)", "(established eighteen eighty seven)"),
        ("est. 2000 people", "estimated two thousand people"),
        ("est. $5", "estimated five dollars"),
        ("the est. time", "the estimated time"),
    ],
)
def test_established_or_estimated(written: str, said: str) -> None:
    """A year says since when, anything else how many."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "ask Max. He knows",
        "what a feat. Then he",
        "an ESP board",
        "he is a temp. She is not",
        "the est bon",
        "a min or max",
        "Temp. Vera left",
        "No ten",
    ],
)
def test_left(written: str) -> None:
    """A word or a name before a full stop is no abbreviation."""
    assert spoken_form(written).text == written
