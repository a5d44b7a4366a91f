"""Marks are dropped, signs are said, and dashes become pauses."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in Rome.[1]", "in Rome."),
        ("It grew.[2][3] Then it fell.[citation needed]", "It grew. Then it fell."),
        ("was revised.¹", "was revised."),
        ("The theory[a] was", "The theory was"),
        ("[sic] stays, [a b] too", "[sic] stays, [a b] too"),
        ("Coca-Cola™ and Pepsi®", "Coca-Cola and Pepsi"),
        ("Great job! 🎉", "Great job!"),
        ("Good ☀️ morning", "Good morning"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_dropped(written: str, said: str) -> None:
    """What nobody says leaves no gap."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Procter & Gamble, AT&T, Q&A", "Procter and Gamble, AT and T, Q and A"),
        ("at A&E", "at A&E"),
        ("Disney+ lost 50+ shows", "Disney plus lost fifty plus shows"),
        ("2 + 2 = 4", "two plus two equals four"),
        ("~30 minutes", "about thirty minutes"),
        ("±3 points", "plus or minus three points"),
        ("p < 0.05", "p less than zero point zero five"),
        ("C++ and C#", "C plus plus and C sharp"),
        ("C++20 and C++17", "C plus plus twenty and C plus plus seventeen"),
        ("24/7 since 9/11", "twenty four seven since nine eleven"),
        ("a 401(k)", "a four oh one k"),
    ],
)
def test_signs(written: str, said: str) -> None:
    """Signs become words with spaces around them."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("matters—all of which", "matters, all of which"),
        ("the result -- a surprise -- was", "the result, a surprise, was"),
        ("one – two – three", "one, two, three"),
        ("“Wait—”", '"Wait"'),
        ("He left. — She stayed", "He left. She stayed"),
        ("the New York–London flight", "the New York-London flight"),
        ("Wait… what", "Wait... what"),
        ("wait...what", "wait... what"),
        ("his/her writer/director", "his or her writer director"),
        ("a well-known, top-secret co-op", "a well-known, top-secret co-op"),
    ],
)
def test_dashes_and_slashes(written: str, said: str) -> None:
    """A dash between words is a comma, a hyphen stays."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("BREAKING NEWS: US STOCKS FALL 3%", "Breaking News: US Stocks Fall three percent"),
        ("CHAPTER IV", "Chapter four"),
        ("A MIX OF CIVIC PRIDE", "A Mix of Civic Pride"),
        ("NASA AND THE FBI", "NASA and the FBI"),
        ("NASA", "NASA"),
        ("HTML CSS", "HTML CSS"),
        ("The FBI SAID so", "The FBI SAID so"),
        ("HAVE A NICE DAY", "Have a Nice Day"),
        ("VITAMIN A IS GOOD", "Vitamin A is Good"),
        ("Q&A", "Q and A"),
    ],
)
def test_headings_in_capitals(written: str, said: str) -> None:
    """Only a text wholly in capitals is lowered, and known acronyms stay."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("come w/ me w/o shoes", "come with me without shoes"),
        ("w/o, (w/o) or w/out it: w/o", "without, (without) or without it: without"),
        ("w/one of w/our", "with one of with our"),
        ("written in f++", "written in f plus plus"),
        ("2*8 = 16", "two times eight equals sixteen"),
        ("1-4=5", "one minus four equals five"),
        ("He/she has his/hers", "He or she has his or hers"),
        ("if x < y", "if x less than y"),
    ],
)
def test_signs_of_every_day(written: str, said: str) -> None:
    """Shorthand and small sums."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "fr", "nl"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nooooooooooo way", "Nooo way"),
        ("NOOOOOOOO Anna", "NOOO Anna"),
        ("a" * 500, "aaa"),
        ("Hmmmmmmmmmmm so", "Hmmm so"),
        ("ha" * 150, "hahahaha"),
        ("blablablablablabla so", "blablablabla so"),
        ("Mississippi banana", "Mississippi banana"),
        ("hahaha", "hahaha"),
        ("Noooo", "Noooo"),
    ],
)
def test_drawn_out(written: str, said: str, language: str) -> None:
    """Of a letter that is held three are said, of a syllable over and over four: no voice keeps count of more."""
    assert spoken_form(written, language).text == said


@pytest.mark.parametrize("language", ["en", "de", "fr", "nl"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nguyen /ˈŋwiən/ wrote", "Nguyen wrote"),
        ("English /ˈɪŋ.ɡlɪʃ/ [ðə ˈfʌðə] here", "English here"),
        ("the word [ˈlaɪt] here", "the word here"),
        ("Hanna [sic] here", "Hanna [sic] here"),
    ],
)
def test_transcriptions(written: str, said: str, language: str) -> None:
    """How a word sounds is no text to read aloud."""
    assert spoken_form(written, language).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a 4* hotel and a 5*-rated spa", "a four star hotel and a five star-rated spa"),
        ("the Grade II* listed barn", "the Grade two star listed barn"),
        ("5* food for £5* more", "five star food for five pounds more"),
        ("two A* grades", "two A star grades"),
        ("Terms apply*.", "Terms apply."),
        ("*Offer ends, *really* soon", "Offer ends, really soon"),
        ("f*ck", "f*ck"),
    ],
)
def test_stars(written: str, said: str) -> None:
    """Stars that are counted are said, those that mark something are not."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Home | News • Sport · More", "Home, News, Sport, More"),
        ("It ended. • It began", "It ended. It began"),
        ("Click File > Print", "Click File, Print"),
        ("|x| and a|b", "|x| and a|b"),
        ("P(A | B)", "P(A | B)"),
    ],
)
def test_between_items(written: str, said: str) -> None:
    """What parts the items of a row is a pause."""
    assert spoken_form(written).text == said
