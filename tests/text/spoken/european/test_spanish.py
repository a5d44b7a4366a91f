"""Spoken Spanish."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.234.567 votos", "un millón doscientos treinta y cuatro mil quinientos sesenta y siete votos"),
        ("1 234 567 votos", "un millón doscientos treinta y cuatro mil quinientos sesenta y siete votos"),
        ("1'234 francos", "mil doscientos treinta y cuatro francos"),
        ("1,234,567 votos", "un millón doscientos treinta y cuatro mil quinientos sesenta y siete votos"),
        ("unas 1.200 personas", "unas mil doscientas personas"),
        ("otras 1.300 resultaron heridas", "otras mil trescientas resultaron heridas"),
        ("21 años", "veintiún años"),
        ("21 mujeres", "veintiuna mujeres"),
        ("1 persona", "una persona"),
        ("1 hombre", "un hombre"),
        ("$1,500.50", "mil quinientos dólares con cincuenta centavos"),
        ("21.000 casos", "veintiún mil casos"),
        ("31 ciudades", "treinta y una ciudades"),
        ("quedan 21 de 40", "quedan veintiuno de cuarenta"),
        ("3,5 puntos", "tres coma cinco puntos"),
        ("3,05 puntos", "tres coma cero cinco puntos"),
        ("3,14159", "tres coma uno cuatro uno cinco nueve"),
        ("2.5 puntos", "dos punto cinco puntos"),
        ("el agente 007", "el agente cero cero siete"),
        ("bajó a -5 puntos", "bajó a menos cinco puntos"),
    ],
)
def test_numbers(written: str, said: str) -> None:
    """Grouped, decimal and agreeing numbers."""
    assert spoken_form(written, "es").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("el 1.º de mayo", "el primero de mayo"),
        ("la 2.ª edición", "la segunda edición"),
        ("el 3.er puesto", "el tercer puesto"),
        ("el 11.º lugar", "el undécimo lugar"),
        ("la 21ª vez", "la vigésima primera vez"),
        ("el siglo XXI", "el siglo veintiuno"),
        ("siglos XVI y XVII", "siglos dieciséis y diecisiete"),
        ("Luis XIV", "Luis catorce"),
        ("Felipe VI y Alfonso X", "Felipe sexto y Alfonso décimo"),
        ("Isabel II", "Isabel segunda"),
        ("Juan Pablo II", "Juan Pablo segundo"),
        ("la II Guerra Mundial", "la Segunda Guerra Mundial"),
        ("capítulo IV", "capítulo cuatro"),
    ],
)
def test_ranks(written: str, said: str) -> None:
    """Ranks and Roman numerals."""
    assert spoken_form(written, "es").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12,50 €", "doce euros con cincuenta céntimos"),
        ("€ 12,50", "doce euros con cincuenta céntimos"),
        ("1 €", "un euro"),
        ("0,99 €", "noventa y nueve céntimos"),
        ("$5 millones", "cinco millones de dólares"),
        ("5 millones de dólares", "cinco millones de dólares"),
        ("US$ 3.000", "tres mil dólares"),
        ("£20", "veinte libras"),
        ("2.000.000 €", "dos millones de euros"),
        ("2.300 M€", "dos mil trescientos millones de euros"),
        ("20 EUR", "veinte euros"),
        ("10-20 €", "diez a veinte euros"),
        ("45 €/MWh", "cuarenta y cinco euros por megavatio hora"),
        ("$200 millones de pesos", "doscientos millones de pesos"),
        ("2,5 millones de euros", "dos coma cinco millones de euros"),
        ("21 millones", "veintiún millones"),
    ],
)
def test_money(written: str, said: str) -> None:
    """Sums with their scale first and their coin last."""
    assert spoken_form(written, "es").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("el 3 de mayo de 2024", "el tres de mayo de dos mil veinticuatro"),
        ("el 03/05/2024", "el tres de mayo de dos mil veinticuatro"),
        ("2024-05-03", "tres de mayo de dos mil veinticuatro"),
        ("el 1 de enero", "el uno de enero"),
        ("en 2010–2015", "en dos mil diez a dos mil quince"),
        ("los años 90", "los años noventa"),
        ("a las 14:30", "a las catorce treinta"),
        ("a las 21:00", "a las veintiuna horas"),
        ("a las 8:05", "a las ocho cero cinco"),
        ("a las 9:30 h. del lunes", "a las nueve treinta horas del lunes"),
        ("dura 2 h 15 min", "dura dos horas quince minutos"),
        ("tardó 2:01:39", "tardó dos horas un minuto treinta y nueve segundos"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days, years and times."""
    assert spoken_form(written, "es").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45 %", "cuarenta y cinco por ciento"),
        ("0,5%", "cero coma cinco por ciento"),
        ("5-10 %", "cinco a diez por ciento"),
        ("3–5 km", "tres a cinco kilómetros"),
        ("1 kg", "un kilogramo"),
        ("1 t", "una tonelada"),
        ("120 km/h", "ciento veinte kilómetros por hora"),
        ("50 m²", "cincuenta metros cuadrados"),
        ("-5 °C", "menos cinco grados Celsius"),
        ("30 ºC", "treinta grados Celsius"),
        ("16 GB", "dieciséis gigabytes"),
        ("1/2 kg", "medio kilogramo"),
        ("1/2 hora", "media hora"),
        ("¾ del total", "tres cuartos del total"),
        ("2/3 del total", "dos tercios del total"),
        ("ganó 3-1", "ganó tres a uno"),
        ("50+ países", "cincuenta más países"),
        ("10x15 cm", "diez por quince centímetros"),
        ("2 + 2 = 4", "dos más dos igual a cuatro"),
        ("+3,5 %", "más tres coma cinco por ciento"),
    ],
)
def test_measures(written: str, said: str) -> None:
    """Units, percent, fractions, scores."""
    assert spoken_form(written, "es").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("El Sr. García y la Dra. López", "El señor García y la doctora López"),
        ("en EE. UU. hay", "en Estados Unidos hay"),
        ("Vive en EE. UU.", "Vive en Estados Unidos."),
        ("en EE. UU. El presidente", "en Estados Unidos. El presidente"),
        ("pan, vino, etc. Luego salió", "pan, vino, etcétera. Luego salió"),
        ("pan, etc., y vino", "pan, etcétera, y vino"),
        ("p. ej. esto", "por ejemplo esto"),
        ("aprox. 5", "aproximadamente cinco"),
        ("n.º 5", "número cinco"),
        ("#1", "número uno"),
        ("§ 5", "párrafo cinco"),
        ("Johnson & Johnson", "Johnson y Johnson"),
        ("24/7", "veinticuatro siete"),
        ("Tel. 91 123 45", "Teléfono nueve uno, uno dos tres, cuatro cinco"),
        ("www.elpais.com/deportes", "elpais punto com barra deportes"),
        ("ana@correo.es", "ana arroba correo punto es"),
        ("Node.js y MP3", "Node js y MP tres"),
        ("500 a. C.", "quinientos antes de Cristo."),
    ],
)
def test_names(written: str, said: str) -> None:
    """Abbreviations, signs and addresses; a full stop stays where a sentence ends."""
    assert spoken_form(written, "es").text == said
