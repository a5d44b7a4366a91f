"""Formulas are said as one reads them to somebody who does not see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from narrate.sources.read.formulas import formula_name, spoken_formula, spoken_mathml
from narrate.sources.read.formulas.nodes import symbols


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"L = 2d", "L equals two d"),
        (r"E = mc^2", "E equals m c squared"),
        (r"x^2+y^2=z^2", "x squared plus y squared equals z squared"),
        (r"\frac{a}{b} = \sum_{i=1}^{n} x_i", "a over b equals the sum from i equals one to n of x sub i"),
        (r"\frac12 mv^2", "one half m v squared"),
        (r"\tfrac{3}{4}", "three quarters"),
        (r"\frac{2}{5} + \frac{1}{97}", "two fifths plus one over ninety seven"),
        (r"\int_0^\infty e^{-x}\,dx", "the integral from zero to infinity of e to the power of minus x, d x"),
        (r"\prod_{p \in P} p", "the product over p in P of p"),
        (r"\lim_{n\to\infty} a_n = 0", "the limit as n approaches infinity of a sub n equals zero"),
        (r"\max_\theta L(\theta)", "the maximum over theta of L of theta"),
        (r"x \in \mathbb{R}^n", "x is in R n"),
        (r"\mathbb{Z} \subset \mathbb{Q}", "the integers is a subset of the rational numbers"),
        (r"\forall x \in A, \exists y", "for all x in A, there exists y"),
        (r"\{x \in \mathbb{N} \mid x > 3\}", "the set of x in the natural numbers such that x is greater than three"),
        (r"f\colon A \to B", "f from A to B"),
        (r"f'(x) = f''(y)", "f prime of x equals f double prime of y"),
        (r"O(n \log n)", "O of n log n"),
        (r"P(A|B)P(B)", "P of A given B times P of B"),
        (r"\left|x - y\right| < \varepsilon", "the absolute value of x minus y is less than epsilon"),
        (r"\|v\|", "the norm of v"),
        (r"[0, 1)", "the interval from zero to one"),
        (r"\sqrt{2} \ne \sqrt[3]{n+1}", "the square root of two is not equal to the cube root of n plus one"),
        (r"\sin^2\theta + \log_2 n", "sine squared of theta plus log base two n"),
        (r"A^{-1} A^T", "A to the power of minus one, A transpose"),
        (r"\hat{\theta} \approx \vec{v}", "theta hat is approximately vector v"),
        (r"\binom{n}{k}", "n choose k"),
        (r"a \equiv b \pmod{n}", "a is equivalent to b mod n"),
        (r"x_1, \ldots, x_n", "x sub one, and so on up to x sub n"),
        (r"n(n+1)/2", "n times open parenthesis n plus one close parenthesis over two"),
        (r"e^{i\pi} + 1 \not= 0", "e to the power of i pi, plus one is not equal to zero"),
        (r"\text{speed} = \frac{\text{way}}{\mathrm{time}}", "speed equals way over time"),
        (r"\operatorname*{arg\,max}_x f", "the arg max over x of f"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a equals b, c equals d"),
        (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 \end{cases}", "one if x is greater than zero, or zero"),
        (r"0{,}5 < 3.14", "zero point five is less than three point one four"),
        (r"a % a remark", "a"),
        (r"α ≤ β", "alpha is less than or equal to beta"),
        (r"f() + []", "f of plus open bracket close bracket"),
        (r"3 \times 3", "three by three"),
        (r"3 \times 10^8 \times n", "three times ten to the power of eight times n"),
        (r"\sim 10", "about ten"),
        (r"\pi \approx 3", "pi is approximately three"),
        (r"1{,}000", "1,000"),
        (r"95\%", "95%"),
    ],
)
def test_tex_in_words(tex: str, words: str) -> None:
    """Every construct has its words, and a pause where its end would not be heard."""
    assert spoken_formula(tex) == words


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\unknown{x}",
        r"(a + b",
        r"a + b)",
        r"\frac{a}",
        r"x^{2",
        r"x^2^3",
        r"\left. x \right|",
        r"\{x | |x| < y\}",
        r"\begin{tikzcd} a \end{tikzcd}",
        r"\text{a $b$}",
        "",
        r"\quad",
        "x + " * 400 + "x",
        "{" * 200 + "x" + "}" * 200,
        "(" * 200 + "x" + ")" * 200,
        r"\hat" * 200 + "x",
        r"\not" * 300 + "=",
    ],
)
def test_what_is_not_sure_is_not_said(tex: str) -> None:
    """There are no words for a formula that is not understood from its beginning to its end."""
    assert spoken_formula(tex) is None


_PIECES = st.sampled_from(
    [*"xyn2 3+-=()[]{}|^_'&,.%~", r"\frac", r"\sqrt", r"\left", r"\right", r"\sum", r"\text{of }", r"\\", r"\{", r"\}"]
    + [rf"\{name} " for name in symbols()["commands"] if name.isalpha()]
    + [r"\begin{cases}", r"\end{cases}", r"\langle", r"\hat", r"\mathbb", r"\operatorname", r"\not", "\\"]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_whatever_is_said_is_words(tex: str) -> None:
    """A formula, however broken, gives words without a sign of TeX in them, or none."""
    words = spoken_formula(tex)
    assert words is None or (words == " ".join(words.split()) and not set(words) & set("\\{}^_$"))


def test_every_sign_has_words() -> None:
    """What TeX calls by name is in one of the tables, so that no command of them ends in nothing."""
    fences = set("()[]{}|‖⟨⟩⌊⌋⌈⌉:…")
    tables = ("letters", "operators", "relations", "after", "bigs")
    said = {char for table in tables for char in symbols()[table]} | fences | set(symbols()["powers"])
    assert set(symbols()["commands"].values()) <= said


def math(inner: str, attributes: str = "") -> str | None:
    """The words for a piece of MathML."""
    element = html.fromstring(f'<math xmlns="http://www.w3.org/1998/Math/MathML" {attributes}>{inner}</math>')
    return spoken_mathml(element)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<mi>L</mi><mo>=</mo><mn>2</mn><mi>d</mi>", "L equals two d"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "the fraction a over b plus one"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", "n choose k"),
        ("<msqrt><mi>x</mi><mo>-</mo><mi>y</mi></msqrt>", "the square root of x minus y"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "the cube root of x"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x sub i squared"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sine of x"),
        ("<mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>", "f of x"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x bar"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            "the sum from i equals one to n of i",
        ),
        (
            "<msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mn>2</mn></msup>",
            "open parenthesis a plus b close parenthesis squared",
        ),
        ("<mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>", "a, b"),
        ("<mo>(</mo><mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable><mo>)</mo>", None),
        ("<mn>3,14</mn><mi>r</mi>", "three point one four r"),
        ("<mtext>for all</mtext><mspace/><mi>x</mi>", "for all x"),
        ("<mglyph/>", None),
        ("<mfrac><mi>a</mi></mfrac>", None),
        ("", None),
        ("<mrow>" * 80 + "<mi>x</mi>" + "</mrow>" * 80, None),
    ],
)
def test_mathml_in_words(inner: str, words: str | None) -> None:
    """Presentation has the same words as the TeX for it."""
    assert math(inner) == words


@pytest.mark.parametrize(
    ("inner", "attributes", "words"),
    [
        ('<semantics><mi>x</mi><annotation encoding="application/x-tex">y^2</annotation></semantics>', "", "y squared"),
        ('<semantics><mi>x</mi><annotation encoding="application/x-tex">\\no y</annotation></semantics>', "", "x"),
        ('<semantics><mi>x</mi><annotation encoding="StarMath 5.0">y</annotation></semantics>', "", "x"),
        ("<mi>x</mi>", 'alttext="\\sqrt{y}"', "the square root of y"),
    ],
)
def test_the_tex_that_mathml_was_made_from(inner: str, attributes: str, words: str) -> None:
    """TeX tells more than its picture; where it is not understood, the picture is read, and never both."""
    assert math(inner, attributes) == words


@pytest.mark.parametrize(
    ("tex", "words", "name"),
    [("n = 3", "n = 3", "Formel"), ("x", "x", "Formel"), (r"x^2", None, "Formel"), (r"\alpha", "α", "Formel")],
)
def test_other_languages(tex: str, words: str | None, name: str) -> None:
    """No English words stand in a text of another language: only what is said everywhere is, as it is written."""
    assert (spoken_formula(tex, "de-AT"), formula_name("de-AT")) == (words, name)


def test_the_name_of_a_formula() -> None:
    """A language that has no word in the table has the English one."""
    assert (formula_name(), formula_name("sv"), formula_name("fr")) == ("formula", "formula", "formule")
