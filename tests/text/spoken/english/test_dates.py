"""Dates, decades and times are said as a newsreader says them."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("on Jan. 5", "on January fifth"),
        ("jul 25 2012", "July twenty fifth twenty twelve"),
        ("25th jul 2012", "the twenty fifth of July twenty twelve"),
        ("17 may 2010", "the seventeenth of May twenty ten"),
        ("we may 5 times", "we may five times"),
        ("Jan-15-2020", "January fifteenth twenty twenty"),
        ("2024-01-05T10:30:00Z", "January fifth, twenty twenty four, at ten thirty"),
        ("on Oct. 25, 2024, he", "on October twenty fifth, twenty twenty four, he"),
        ("on September 30th", "on September thirtieth"),
        ("SEPT. 15", "September fifteenth"),
        ("The Jan. 6 committee", "The January sixth committee"),
        ("Aug. 3-5 and March 3–5, 2023", "August third to fifth and March third to fifth, twenty twenty three"),
        ("12 March 2021", "the twelfth of March twenty twenty one"),
        ("the 4th of July", "the fourth of July"),
        ("In Feb. 2020 and May 2019", "In February twenty twenty and May twenty nineteen"),
        ("2024-01-05", "January fifth, twenty twenty four"),
        ("10/31/2024", "October thirty first, twenty twenty four"),
        ("31.12.2024", "December thirty first, twenty twenty four"),
        ("Mon., Dec. 2", "Monday, December second"),
        ("open Mon–Fri", "open Monday to Friday"),
        ("since Sept. He left", "since September. He left"),
        ("since Sept. alone", "since September alone"),
        ("You may 4 times", "You may four times"),
        ("Feb. 28–Mar. 3", "February twenty eighth to March third"),
        ("30 May–2 June", "the thirtieth of May to the second of June"),
        ("28 Feb.-3 Mar. 2021", "the twenty eighth of February to the third of March twenty twenty one"),
        ("in Oct-Dec 2024", "in October to December twenty twenty four"),
        ("Jan. 3 – Feb. 2", "January third to February second"),
        ("Tues.–Sat., closed on Sun.", "Tuesday to Saturday, closed on Sunday."),
        ("Monday–Friday", "Monday to Friday"),
        ("Mon, Wed and Fri at 9", "Monday, Wednesday and Friday at nine"),
        ("On Mon he left, Wed night", "On Monday he left, Wednesday night"),
        ("2024-01 and 12/2023", "January twenty twenty four and December twenty twenty three"),
        ("since 3/2020", "since March twenty twenty"),
        ("He sat. The Sun. rose", "He sat. The Sun. rose"),
        ("went fishing with Mar.", "went fishing with Mar."),
        ("in Mar. and Apr.", "in March and April."),
        ("2024-13-45", "two zero two four, one three, four five"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days are ranks, months are whole words, and a word that only looks like a month is left alone."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the 1990s", "the nineteen nineties"),
        ("the ’80s", "the eighties"),
        ("her 30s", "her thirties"),
        ("the class of ’98.", "the class of ninety eight."),
        ("the early 2000s", "the early two thousands"),
        ("the mid-1980s", "the mid-nineteen eighties"),
        ("the 1960s-70s", "the nineteen sixties to seventies"),
        ("the early '00s", "the early two thousands"),
        ("late '90s–early '00s", "late nineties to early two thousands"),
        ("2019-20", "twenty nineteen to twenty"),
        ("1999-00", "nineteen ninety nine to two thousand"),
        ("2019/2020", "twenty nineteen to twenty twenty"),
        ("(1861–65)", "(eighteen sixty one to sixty five)"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
    ],
)
def test_decades_and_spans(written: str, said: str) -> None:
    """Decades are plurals, and a span of years is said with "to"."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at 3:30 p.m. on Friday", "at three thirty PM on Friday"),
        ("at 10 a.m. The", "at ten AM. The"),
        ("at 10 a.m.", "at ten AM."),
        ("at 7pm", "at seven PM"),
        ("9am-5pm", "nine AM to five PM"),
        ("at 14:45", "at fourteen forty five"),
        ("at 09:05", "at nine oh five"),
        ("at 5:00", "at five o'clock"),
        ("at 18:00 UTC", "at eighteen hundred UTC"),
        ("in 2:01:39", "in two hours one minute thirty nine seconds"),
        ("John 3:16", "John three sixteen"),
    ],
)
def test_times(written: str, said: str) -> None:
    """Clock times lose their dots and colons, and keep a full stop that ends a sentence."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in Q3'25 and 4Q'24", "in Q three twenty five and four Q twenty four"),
        ("FY'26, H1'07", "FY twenty six, H one oh seven"),
        ("the M4's and B2'25", "the M four's and B two'twenty five"),
    ],
)
def test_years_of_quarters(written: str, said: str) -> None:
    """Behind a part of a year two digits with an apostrophe are its year."""
    assert spoken_form(written).text == said


def test_days_of_numeric_dates() -> None:
    """Behind a weekday figures with a slash are a date, and the weekday is one."""
    said = "Saturday September twelfth to Sunday September twentieth"
    assert spoken_form("Sat 9/12 to Sun 9/20").text == said
