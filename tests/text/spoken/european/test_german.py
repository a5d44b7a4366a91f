"""Spoken German."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.234.567 Stimmen", "eine Million zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig Stimmen"),
        ("1'234 Franken", "eintausendzweihundertvierunddreißig Franken"),
        ("3,5 Punkte", "drei Komma fünf Punkte"),
        ("3,05 Punkte", "drei Komma null fünf Punkte"),
        ("1 Million Menschen", "eine Million Menschen"),
        ("1 Frau", "eine Frau"),
        ("1 Jahr", "ein Jahr"),
        ("1 Prozent", "ein Prozent"),
        ("1,5 Jahre", "eins Komma fünf Jahre"),
        ("im Jahr 1998", "im Jahr neunzehnhundertachtundneunzig"),
        ("2005 und 1100", "zweitausendfünf und elfhundert"),
        ("seit 1998 Mitglied", "seit neunzehnhundertachtundneunzig Mitglied"),
        ("1500 Menschen", "eintausendfünfhundert Menschen"),
        ("die 90er", "die neunziger"),
        ("1990er Jahre", "neunzehnhundertneunziger Jahre"),
        ("die 16-jährige Schülerin", "die sechzehnjährige Schülerin"),
        ("3-fach", "dreifach"),
        ("-5 Punkte", "minus fünf Punkte"),
    ],
)
def test_numbers(written: str, said: str) -> None:
    """Grouped, decimal and agreeing numbers."""
    assert spoken_form(written, "de").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("das 19. Jahrhundert", "das neunzehnte Jahrhundert"),
        ("im 19. Jahrhundert", "im neunzehnten Jahrhundert"),
        ("des 19. Jahrhunderts", "des neunzehnten Jahrhunderts"),
        ("im 19. und 20. Jahrhundert", "im neunzehnten und zwanzigsten Jahrhundert"),
        ("in der 3. Liga", "in der dritten Liga"),
        ("der 2. Platz", "der zweite Platz"),
        ("die 10. Klasse", "die zehnte Klasse"),
        ("zum 2. Mal", "zum zweiten Mal"),
        ("sein 3. Tor", "sein drittes Tor"),
        ("jeder 3. Deutsche", "jeder dritte Deutsche"),
        ("im 21. sind es mehr", "im einundzwanzigsten sind es mehr"),
        ("Er wurde 3. Danach ging er.", "Er wurde drei. Danach ging er."),
        ("Ludwig XIV. war König", "Ludwig der Vierzehnte war König"),
        ("unter Ludwig XIV. war", "unter Ludwig dem Vierzehnten war"),
        ("das Haus Ludwigs XIV. steht", "das Haus Ludwigs des Vierzehnten steht"),
        ("unter Elisabeth II. Das war gut.", "unter Elisabeth der Zweiten. Das war gut."),
        ("der I. Weltkrieg", "der Erste Weltkrieg"),
        ("Kapitel IV", "Kapitel vier"),
    ],
)
def test_ranks(written: str, said: str) -> None:
    """Ranks take the ending that the words around them ask for; an unsure one stays a number."""
    assert spoken_form(written, "de").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12,50 €", "zwölf Euro fünfzig"),
        ("€ 12,50", "zwölf Euro fünfzig"),
        ("1 €", "ein Euro"),
        ("1 Euro", "ein Euro"),
        ("0,99 €", "neunundneunzig Cent"),
        ("3,2 Mrd. Euro", "drei Komma zwei Milliarden Euro"),
        ("1,5 Mio.", "eins Komma fünf Millionen"),
        ("1 Mio. Euro", "eine Million Euro"),
        ("2,3 Milliarden Euro", "zwei Komma drei Milliarden Euro"),
        ("€2,3 Mrd.", "zwei Komma drei Milliarden Euro"),
        ("500 Mio. €", "fünfhundert Millionen Euro"),
        ("10–20 €", "zehn bis zwanzig Euro"),
        ("45 €/MWh", "fünfundvierzig Euro pro Megawattstunde"),
        ("20 CHF", "zwanzig Franken"),
    ],
)
def test_money(written: str, said: str) -> None:
    """Sums with their scale first and their coin last."""
    assert spoken_form(written, "de").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("am 3. Mai 2024", "am dritten Mai zweitausendvierundzwanzig"),
        ("der 3. Mai", "der dritte Mai"),
        ("Montag, 3. Mai", "Montag, dritter Mai"),
        ("vom 1. bis 3. Mai", "vom ersten bis dritten Mai"),
        ("vom 5.-7. Juni", "vom fünften bis siebten Juni"),
        ("bis 30. Juni", "bis dreißigsten Juni"),
        ("3.5.2024", "dritter Mai zweitausendvierundzwanzig"),
        ("am 03.05.2024", "am dritten Mai zweitausendvierundzwanzig"),
        ("am 3.5. war es", "am dritten Mai war es"),
        ("2024-05-03", "dritter Mai zweitausendvierundzwanzig"),
        ("am 3. Okt. 1990", "am dritten Oktober neunzehnhundertneunzig"),
        ("14:30 Uhr", "vierzehn Uhr dreißig"),
        ("um 14.30 Uhr", "um vierzehn Uhr dreißig"),
        ("14 Uhr", "vierzehn Uhr"),
        ("8-12 Uhr", "acht bis zwölf Uhr"),
        ("8:00-12:00 Uhr", "acht Uhr bis zwölf Uhr"),
        ("bis 26.12. Am Abend", "bis sechsundzwanzigsten Dezember. Am Abend"),
        ("1 Uhr", "ein Uhr"),
        ("20:15", "zwanzig Uhr fünfzehn"),
        ("2010–2015", "zweitausendzehn bis zweitausendfünfzehn"),
        ("2023/24", "zweitausenddreiundzwanzig vierundzwanzig"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days with the ending their article asks for, years, times."""
    assert spoken_form(written, "de").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45 %", "fünfundvierzig Prozent"),
        ("1 %", "ein Prozent"),
        ("3–5 km", "drei bis fünf Kilometer"),
        ("1 kg", "ein Kilogramm"),
        ("1 t", "eine Tonne"),
        ("1 h", "eine Stunde"),
        ("80 km/h", "achtzig Kilometer pro Stunde"),
        ("50 m²", "fünfzig Quadratmeter"),
        ("-5 °C", "minus fünf Grad Celsius"),
        ("11,5 s", "elf Komma fünf Sekunden"),
        ("1/2", "einhalb"),
        ("1½", "eineinhalb"),
        ("2/3 der Tore", "zwei Drittel der Tore"),
        ("3/4", "drei Viertel"),
        ("3:1", "drei zu eins"),
        ("10-20", "zehn bis zwanzig"),
        ("3x täglich", "dreimal täglich"),
        ("5 Mio. t Stahl", "fünf Millionen Tonnen Stahl"),
        ("+3,5 %", "plus drei Komma fünf Prozent"),
    ],
)
def test_measures(written: str, said: str) -> None:
    """Units, percent, fractions, scores."""
    assert spoken_form(written, "de").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("z. B. so", "zum Beispiel so"),
        ("z.B. so", "zum Beispiel so"),
        ("Z. B. so", "Zum Beispiel so"),
        ("d. h. ca. 5", "das heißt circa fünf"),
        ("Obst usw. und", "Obst und so weiter und"),
        ("Obst usw. Die Leute", "Obst und so weiter. Die Leute"),
        ("bzw. Nr. 5", "beziehungsweise Nummer fünf"),
        ("Dr. Müller und Prof. Weber", "Doktor Müller und Professor Weber"),
        ("44 v. Chr. starb er", "vierundvierzig vor Christus starb er"),
        ("es war 44 v. Chr.", "es war vierundvierzig vor Christus."),
        ("inkl. Porto, ggf. mehr", "inklusive Porto, gegebenenfalls mehr"),
        ("Hauptstr. 5", "Hauptstraße fünf"),
        ("§ 5 Abs. 2", "Paragraf fünf Absatz zwei"),
        ("Müller & Söhne", "Müller und Söhne"),
        ("24/7", "vierundzwanzig sieben"),
        ("Tel.: 030 123", "Telefon: null drei null, eins zwei drei"),
        ("spiegel.de", "spiegel Punkt de"),
        ("max@firma.de", "max ät firma Punkt de"),
    ],
)
def test_names(written: str, said: str) -> None:
    """Abbreviations, signs and addresses; a full stop stays where a sentence ends."""
    assert spoken_form(written, "de").text == said
