"""Spoken Portuguese."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.234.567 pessoas", "um milhão duzentas e trinta e quatro mil quinhentas e sessenta e sete pessoas"),
        ("1 234 567 votos", "um milhão duzentos e trinta e quatro mil quinhentos e sessenta e sete votos"),
        ("2 mulheres", "duas mulheres"),
        ("2 homens", "dois homens"),
        ("200 pessoas", "duzentas pessoas"),
        ("2.000 pessoas", "duas mil pessoas"),
        ("22 mil pessoas", "vinte e duas mil pessoas"),
        ("21 anos", "vinte e um anos"),
        ("21 cidades", "vinte e uma cidades"),
        ("1 hora", "uma hora"),
        ("2 a 3 vezes", "duas a três vezes"),
        ("3,5 pontos", "três vírgula cinco pontos"),
        ("3,05 pontos", "três vírgula zero cinco pontos"),
        ("3,14159", "três vírgula um quatro um cinco nove"),
        ("2.5 pontos", "dois ponto cinco pontos"),
        ("-5 pontos", "menos cinco pontos"),
    ],
)
def test_numbers(written: str, said: str) -> None:
    """Grouped, decimal and agreeing numbers."""
    assert spoken_form(written, "pt").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("o 1.º lugar", "o primeiro lugar"),
        ("a 2.ª edição", "a segunda edição"),
        ("o 3º colocado", "o terceiro colocado"),
        ("o 21.º dia", "o vigésimo primeiro dia"),
        ("o século XXI", "o século vinte e um"),
        ("o século V", "o século quinto"),
        ("séculos XVI e XVII", "séculos dezasseis e dezassete"),
        ("Dom João VI", "Dom João sexto"),
        ("D. Pedro II", "Dom Pedro segundo"),
        ("Bento XVI", "Bento dezasseis"),
        ("Isabel II", "Isabel segunda"),
        ("a II Guerra Mundial", "a Segunda Guerra Mundial"),
        ("capítulo IV", "capítulo quatro"),
    ],
)
def test_ranks(written: str, said: str) -> None:
    """Ranks and Roman numerals."""
    assert spoken_form(written, "pt").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("R$ 1.500,00", "mil e quinhentos reais"),
        ("R$ 12,50", "doze reais e cinquenta centavos"),
        ("12,50 €", "doze euros e cinquenta cêntimos"),
        ("1 €", "um euro"),
        ("0,99 €", "noventa e nove cêntimos"),
        ("3,2 milhões de euros", "três vírgula dois milhões de euros"),
        ("US$ 3 bilhões", "três bilhões de dólares"),
        ("R$ 1,5 bilhão", "um vírgula cinco bilhão de reais"),
        ("US$ 3 tri", "três trilhões de dólares"),
        ("2.000.000 €", "dois milhões de euros"),
        ("10-20 €", "dez a vinte euros"),
        ("1,75 €/l", "um euro e setenta e cinco cêntimos por litro"),
        ("£20", "vinte libras"),
    ],
)
def test_money(written: str, said: str) -> None:
    """Sums with their scale first and their coin last."""
    assert spoken_form(written, "pt").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1º de maio de 2024", "primeiro de maio de dois mil e vinte e quatro"),
        ("1 de maio", "primeiro de maio"),
        ("3 de maio de 2024", "três de maio de dois mil e vinte e quatro"),
        ("03/05/2024", "três de maio de dois mil e vinte e quatro"),
        ("2024-05-03", "três de maio de dois mil e vinte e quatro"),
        ("anos 90", "anos noventa"),
        ("2019-2021", "dois mil e dezanove a dois mil e vinte e um"),
        ("às 14h30", "às catorze horas e trinta"),
        ("às 14h", "às catorze horas"),
        ("às 21h", "às vinte e uma horas"),
        ("à 1h", "à uma hora"),
        ("às 2h", "às duas horas"),
        ("às 14:30", "às catorze horas e trinta"),
        ("às 0h20", "às zero horas e vinte"),
        ("2h15min", "duas horas e quinze"),
    ],
)
def test_dates(written: str, said: str) -> None:
    """Days, years and times."""
    assert spoken_form(written, "pt").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45%", "quarenta e cinco por cento"),
        ("0,5 %", "zero vírgula cinco por cento"),
        ("3–5 km", "três a cinco quilómetros"),
        ("1 kg", "um quilograma"),
        ("2 t", "duas toneladas"),
        ("80 km/h", "oitenta quilómetros por hora"),
        ("50 m²", "cinquenta metros quadrados"),
        ("-5 °C", "menos cinco graus Celsius"),
        ("30ºC", "trinta graus Celsius"),
        ("1/2 litro", "meio litro"),
        ("1/2 hora", "meia hora"),
        ("2/3 do total", "dois terços do total"),
        ("½ dos votos", "um meio dos votos"),
        ("3-1", "três a um"),
        ("2 + 2 = 4", "dois mais dois igual a quatro"),
        ("+3,5 %", "mais três vírgula cinco por cento"),
    ],
)
def test_measures(written: str, said: str) -> None:
    """Units, percent, fractions, scores."""
    assert spoken_form(written, "pt").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("o Sr. Silva e a Sra. Costa", "o senhor Silva e a senhora Costa"),
        ("Dr. Sousa", "Doutor Sousa"),
        ("p. ex. isto", "por exemplo isto"),
        ("aprox. 5", "aproximadamente cinco"),
        ("nº 5", "número cinco"),
        ("n.º 5", "número cinco"),
        ("pág. 12", "página doze"),
        ("na Av. Paulista", "na avenida Paulista"),
        ("pão, etc. O tribunal", "pão, etcétera. O tribunal"),
        ("pão, etc., e vinho", "pão, etcétera, e vinho"),
        ("Silva & Filhos", "Silva e Filhos"),
        ("24/7", "vinte e quatro sete"),
        ("Tel. 21 123", "Telefone dois um, um dois três"),
        ("www.exemplo.com.br/ajuda", "exemplo ponto com ponto br barra ajuda"),
        ("ana@exemplo.pt", "ana arroba exemplo ponto pt"),
        ("500 a.C.", "quinhentos antes de Cristo."),
    ],
)
def test_names(written: str, said: str) -> None:
    """Abbreviations, signs and addresses; a full stop stays where a sentence ends."""
    assert spoken_form(written, "pt").text == said
