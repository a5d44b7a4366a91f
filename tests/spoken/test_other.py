"""Other languages get their numbers said and keep everything else."""

from __future__ import annotations

import pytest

from narrate.spoken import spoken_form


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de", "Es sind 21 Leute.", "Es sind einundzwanzig Leute."),
        ("de-AT", "rund 3,5 Prozent", "rund drei Komma fünf Prozent"),
        ("es", "unas 1.200 personas", "unas mil doscientos personas"),
        ("fr", "l’an 80.[1]", "l'an quatre-vingts."),
        ("tlh", "Qapla’ 12", "Qapla' 12"),
        ("fr", "17.4.1", "dix-sept quatre un"),
        ("fr", "Node.js", "Node js"),
    ],
)
def test_numbers(language: str, written: str, said: str) -> None:
    """Decimal signs follow the language; what num2words does not know stays."""
    pytest.importorskip("num2words")

    assert spoken_form(written, language).text == said


def test_english_variants() -> None:
    """Every English tag means the English rules."""
    assert spoken_form("5 Jan. 2024", "en-GB").text == "the fifth of January twenty twenty four"
    assert spoken_form("5 km", "EN_us").text == "five kilometers"
