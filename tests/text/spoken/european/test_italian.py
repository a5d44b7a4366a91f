"""Spoken Italian."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.234.567 voti", "un milione duecentotrentaquattromilacinquecentosessantasette voti"),
        ("1 234 567 voti", "un milione duecentotrentaquattromilacinquecentosessantasette voti"),
        ("1'234 franchi", "milleduecentotrentaquattro franchi"),
        ("21 anni", "ventuno anni"),
        ("1 persona", "una persona"),
        ("1 anno", "un anno"),
        ("10mila persone", "diecimila persone"),
        ("5 mila auto", "cinquemila auto"),
        ("123 casi", "centoventitré casi"),
        ("3,5 punti", "tre virgola cinque punti"),
        ("3,05 punti", "tre virgola zero cinque punti"),
        ("l'8 per mille", "l'otto per mille"),
        ("3,14159", "tre virgola uno quattro uno cinque nove"),
        ("2.5 punti", "due punto cinque punti"),
        ("-5 punti", "meno cinque punti"),
    ],
)
def test_numbers(written: str, said: str) -> None:
    """Grouped, decimal and agreeing numbers."""
    assert spoken_form(written, "it").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("il 1º posto", "il primo posto"),
        ("la 2ª edizione", "la seconda edizione"),
        ("al 3° posto", "al terzo posto"),
        ("la 21ª volta", "la ventunesima volta"),
        ("il XX secolo", "il ventesimo secolo"),
        ("nel secolo XX", "nel secolo ventesimo"),
        ("XVI e XVII secolo", "sedicesimo e diciassettesimo secolo"),
        ("dal XV al XVI secolo", "dal quindicesimo al sedicesimo secolo"),
        ("Luigi XIV", "Luigi quattordicesimo"),
        ("papa Giovanni XXIII", "papa Giovanni ventitreesimo"),
        ("Elisabetta II", "Elisabetta seconda"),
        ("Vittorio Emanuele II", "Vittorio Emanuele secondo"),
        ("la II guerra mondiale", "la Seconda guerra mondiale"),
        ("VI secolo", "sesto secolo"),
        ("capitolo IV", "capitolo quattro"),
    ],
)
def test_ranks(written: str, said: str) -> None:
    """Ranks and Roman numerals."""
    assert spoken_form(written, "it").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12,50 €", "dodici euro e cinquanta centesimi"),
        ("€ 12,50", "dodici euro e cinquanta centesimi"),
        ("1 €", "un euro"),
        ("0,99 €", "novantanove centesimi"),
        ("3,2 milioni di euro", "tre virgola due milioni di euro"),
        ("5 mln di euro", "cinque milioni di euro"),
        ("3 mld di dollari", "tre miliardi di dollari"),
        ("€ 2 miliardi", "due miliardi di euro"),
        ("2.000.000 €", "due milioni di euro"),
        ("10-20 €", "dieci a venti euro"),
        ("2.500 €/mq", "duemilacinquecento euro al metro quadrato"),
        ("45 €/MWh", "quarantacinque euro al megawattora"),
        ("$85", "ottantacinque dollari"),
        ("£20", "venti sterline"),
    ],
)
def test_money(written: str, said: str) -> None:
    """Sums with their scale first and their coin last."""
    assert spoken_form(written, "it").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("il 1º maggio 2024", "il primo maggio duemilaventiquattro"),
        ("il 1° maggio", "il primo maggio"),
        ("il 1 maggio", "il primo maggio"),
        ("l'1 gennaio", "l'uno gennaio"),
        ("l'8 maggio", "l'otto maggio"),
        ("l'11 settembre 2001", "l'undici settembre duemilauno"),
        ("il 03/05/2024", "il tre maggio duemilaventiquattro"),
        ("3.5.2024", "tre maggio duemilaventiquattro"),
        ("2024-05-03", "tre maggio duemilaventiquattro"),
        ("gli anni '60", "gli anni sessanta"),
        ("gli anni 80", "gli anni ottanta"),
        ("l'800", "l'ottocento"),
        ("2019-2021", "duemiladiciannove a duemilaventuno"),
        ("alle 14.30", "alle quattordici e trenta"),
        ("ore 14:30", "ore quattordici e trenta"),
        ("alle 21:00", "alle ventuno"),
        ("alle 15:05", "alle quindici e cinque"),
        ("dura 1h 45min", "dura un'ora quarantacinque minuti"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days, years and times."""
    assert spoken_form(written, "it").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45%", "quarantacinque per cento"),
        ("0,5%", "zero virgola cinque per cento"),
        ("all'1,2%", "all'uno virgola due per cento"),
        ("3–5 km", "tre a cinque chilometri"),
        ("1 kg", "un chilogrammo"),
        ("1 t", "una tonnellata"),
        ("1 h", "un'ora"),
        ("80 mq", "ottanta metri quadrati"),
        ("80 km/h", "ottanta chilometri all'ora"),
        ("-5 °C", "meno cinque gradi Celsius"),
        ("30° a Palermo", "trenta gradi a Palermo"),
        ("1/3", "un terzo"),
        ("1/2 litro", "mezzo litro"),
        ("½ dei voti", "un mezzo dei voti"),
        ("1/2 ora", "mezza ora"),
        ("3-1", "tre a uno"),
        ("2 + 2 = 4", "due più due uguale a quattro"),
        ("+3,5 %", "più tre virgola cinque per cento"),
    ],
)
def test_measures(written: str, said: str) -> None:
    """Units, percent, fractions, scores."""
    assert spoken_form(written, "it").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("il sig. Rossi e la sig.ra Bianchi", "il signor Rossi e la signora Bianchi"),
        ("Sig. Verdi", "Signor Verdi"),
        ("il dott. Neri", "il dottor Neri"),
        ("pane, ecc. La legge", "pane, eccetera. La legge"),
        ("pane, ecc., e vino", "pane, eccetera, e vino"),
        ("ad es. questo", "ad esempio questo"),
        ("p. es. questo", "per esempio questo"),
        ("n. 5", "numero cinque"),
        ("pag. 12", "pagina dodici"),
        ("Art. 5", "Articolo cinque"),
        ("nel 44 a.C. morì", "nel quarantaquattro avanti Cristo morì"),
        ("nel 44 a.C.", "nel quarantaquattro avanti Cristo."),
        ("Rossi & Figli", "Rossi e Figli"),
        ("24/7", "ventiquattro sette"),
        ("Tel. 06 123", "Telefono zero sei, uno due tre"),
        ("www.esempio.it", "esempio punto it"),
        ("info@esempio.it", "info chiocciola esempio punto it"),
    ],
)
def test_names(written: str, said: str) -> None:
    """Abbreviations, signs and addresses; a full stop stays where a sentence ends."""
    assert spoken_form(written, "it").text == said
