"""Spoken French."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 234 567 voix", "un million deux cent trente-quatre mille cinq cent soixante-sept voix"),
        ("1\u202f234 voix", "mille deux cent trente-quatre voix"),
        ("1.234,5 points", "mille deux cent trente-quatre virgule cinq points"),
        ("1'234 francs", "mille deux cent trente-quatre francs"),
        ("21 femmes", "vingt et une femmes"),
        ("21 ans", "vingt et un ans"),
        ("1 heure", "une heure"),
        ("80 pages", "quatre-vingts pages"),
        ("321 pages", "trois cent vingt et une pages"),
        ("3,5 points", "trois virgule cinq points"),
        ("3,05 points", "trois virgule zéro cinq points"),
        ("3,14", "trois virgule quatorze"),
        ("3,1416", "trois virgule un quatre un six"),
        ("2.5 points", "deux point cinq points"),
        ("version 17.4.1", "version dix-sept point quatre point un"),
        ("-5 points", "moins cinq points"),
    ],
)
def test_numbers(written: str, said: str) -> None:
    """Grouped, decimal and agreeing numbers."""
    assert spoken_form(written, "fr").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("le 1er train", "le premier train"),
        ("la 1re fois", "la première fois"),
        ("la 2e édition", "la deuxième édition"),
        ("le 2ème tour", "le deuxième tour"),
        ("la 2nde place", "la seconde place"),
        ("le 21e siècle", "le vingt et unième siècle"),
        ("le 80e anniversaire", "le quatre-vingtième anniversaire"),
        ("au XIXe siècle", "au dix-neuvième siècle"),
        ("au XIX e siècle", "au dix-neuvième siècle"),
        ("XVIIe et XVIIIe siècles", "dix-septième et dix-huitième siècles"),
        ("Ier siècle", "premier siècle"),
        ("la Ve République", "la cinquième République"),
        ("Louis XIV", "Louis quatorze"),
        ("François Ier", "François premier"),
        ("Élisabeth Ire", "Élisabeth première"),
        ("Jean-Paul II", "Jean-Paul deux"),
        ("chapitre IV", "chapitre quatre"),
    ],
)
def test_ranks(written: str, said: str) -> None:
    """Ranks and Roman numerals."""
    assert spoken_form(written, "fr").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12,50 €", "douze euros cinquante"),
        ("€ 12,50", "douze euros cinquante"),
        ("1 €", "un euro"),
        ("0,99 €", "quatre-vingt-dix-neuf centimes"),
        ("5 M€", "cinq millions d'euros"),
        ("3 Mds€", "trois milliards d'euros"),
        ("3,2 milliards d'euros", "trois virgule deux milliards d'euros"),
        ("1,5 million", "un virgule cinq million"),
        ("2 000 000 €", "deux millions d'euros"),
        ("5 555 €/m²", "cinq mille cinq cent cinquante-cinq euros le mètre carré"),
        ("de 10 à 12 M€", "de dix à douze millions d'euros"),
        ("20 $", "vingt dollars"),
        ("£21", "vingt et une livres"),
        ("20 CHF", "vingt francs suisses"),
    ],
)
def test_money(written: str, said: str) -> None:
    """Sums with their scale first and their coin last."""
    assert spoken_form(written, "fr").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("le 1er mai 2024", "le premier mai deux mille vingt-quatre"),
        ("le 1 mai", "le premier mai"),
        ("le 3 mai 2024", "le trois mai deux mille vingt-quatre"),
        ("le 03/05/2024", "le trois mai deux mille vingt-quatre"),
        ("le 03.05.2024", "le trois mai deux mille vingt-quatre"),
        ("2024-05-03", "trois mai deux mille vingt-quatre"),
        ("du 1er au 5 août", "du premier au cinq août"),
        ("le 3 janv. 2024", "le trois janvier deux mille vingt-quatre"),
        ("à 14h30", "à quatorze heures trente"),
        ("8h-12h", "huit heures à douze heures"),
        ("à 14 h", "à quatorze heures"),
        ("à 14 h 30 min", "à quatorze heures trente"),
        ("à 14:30", "à quatorze heures trente"),
        ("à 21h", "à vingt et une heures"),
        ("à 1h", "à une heure"),
        ("à 6h02", "à six heures deux"),
        ("en 2010-2015", "en deux mille dix à deux mille quinze"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days, years and times."""
    assert spoken_form(written, "fr").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45 %", "quarante-cinq pour cent"),
        ("0,5%", "zéro virgule cinq pour cent"),
        ("5-10 km", "cinq à dix kilomètres"),
        ("100 km/h", "cent kilomètres par heure"),
        ("21 t", "vingt et une tonnes"),
        ("3 m²", "trois mètres carrés"),
        ("-5 °C", "moins cinq degrés Celsius"),
        ("16 Go", "seize gigaoctets"),
        ("1/2", "un demi"),
        ("3/4 des voix", "trois quarts des voix"),
        ("1/3", "un tiers"),
        ("1½", "un et demi"),
        ("3-1", "trois à un"),
        ("7j/7", "sept jours sur sept"),
        ("2 + 2 = 4", "deux plus deux égale quatre"),
        ("+3,5 %", "plus trois virgule cinq pour cent"),
    ],
)
def test_measures(written: str, said: str) -> None:
    """Units, percent, fractions, scores."""
    assert spoken_form(written, "fr").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("avec M. Dupont et Mme Durand", "avec monsieur Dupont et madame Durand"),
        ("M. et Mme Martin", "Monsieur et madame Martin"),
        ("M. Macron est là", "Monsieur Macron est là"),
        ("Mlle Rose et le Dr Martin", "Mademoiselle Rose et le docteur Martin"),
        ("à St Louis", "à saint Louis"),
        ("p. ex. ceci", "par exemple ceci"),
        ("env. 5", "environ cinq"),
        ("n° 5", "numéro cinq"),
        ("52 av. J.-C., alors", "cinquante-deux avant Jésus-Christ, alors"),
        ("en 52 av. J.-C.", "en cinquante-deux avant Jésus-Christ."),
        ("etc. Le maire", "et cetera. Le maire"),
        ("etc., puis", "et cetera, puis"),
        ("Dupont & Fils", "Dupont et Fils"),
        ("Tél. : 01 23 45 67 89", "Téléphone : zéro un, deux trois, quatre cinq, six sept, huit neuf"),
        ("www.lemonde.fr/aide", "lemonde point fr slash aide"),
        ("ana@exemple.fr", "ana arobase exemple point fr"),
        ("l'A380", "l'A trois cent quatre-vingts"),
    ],
)
def test_names(written: str, said: str) -> None:
    """Abbreviations, signs and addresses; a full stop stays where a sentence ends."""
    assert spoken_form(written, "fr").text == said
