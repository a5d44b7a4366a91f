"""Languages without tables of their own get their numbers said and keep everything else."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("nl", "Er zijn 21 mensen.", "Er zijn eenentwintig mensen."),
        ("nl-BE", "rond 3,5 procent", "rond drie komma vijf procent"),
        ("pl", "17,5 procent", "siedemnaście przecinek pięć procent"),
        ("nl", "’t jaar 80.[1]", "'t jaar tachtig."),
        ("tlh", "Qapla’ 12", "Qapla' 12"),
        ("nl", "17.4.1", "zeventien vier één"),
        ("nl", "Node.js", "Node js"),
        ("nl", "5 km & 3 €", "vijf km & drie €"),
    ],
)
def test_numbers(language: str, written: str, said: str) -> None:
    """Decimal signs follow the language; what num2words does not know stays."""
    pytest.importorskip("num2words")

    assert spoken_form(written, language).text == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de-AT", "rund 3,5 %", "rund drei Komma fünf Prozent"),
        ("es-MX", "unas 1.200 personas", "unas mil doscientas personas"),
        ("fr-CA", "l’an 80.[1]", "l'an quatre-vingts."),
        ("it-CH", "5 km", "cinque chilometri"),
        ("pt-BR", "R$ 2,00", "dois reais"),
    ],
)
def test_regions(language: str, written: str, said: str) -> None:
    """A region's tag means the rules of its language."""
    assert spoken_form(written, language).text == said


def test_english_variants() -> None:
    """Every English tag means the English rules."""
    assert spoken_form("5 Jan. 2024", "en-GB").text == "the fifth of January twenty twenty four"
    assert spoken_form("5 km", "EN_us").text == "five kilometers"
