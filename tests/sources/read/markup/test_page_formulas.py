"""Formulas of a page are said once, in words, inside their sentence."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.page_formulas import speak_formulas
from narrate.sources.read.shown.unspoken import remove_unspoken

SQUARE = (
    "<math><semantics><msup><mi>x</mi><mn>2</mn></msup><annotation encoding=TeX>x^2</annotation></semantics></math>"
)


def read(body: str, language: str | None = None) -> list[tuple[str, str]]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    speak_formulas(root, language)
    remove_unspoken(root)
    return [(piece.block.kind, piece.block.text) for piece in pieces(root)]


@pytest.mark.parametrize(
    "formula",
    [
        SQUARE,
        "<math><msup><mi>x</mi><mn>2</mn></msup></math>",
        f"<span class=katex><span class=katex-mathml>{SQUARE}</span>"
        f"<span class=katex-html aria-hidden=true>x2</span></span>",
        f"<span class=mwe-math-element><span class=mwe-math-mathml-a11y style='display: none;'>{SQUARE}</span>"
        r"<img class=mwe-math-fallback-image-inline alt='{\displaystyle x^{2}}' src=x.svg></span>",
        f"<mjx-container><mjx-math aria-hidden=true>x2</mjx-math>"
        f"<mjx-assistive-mml>{SQUARE}</mjx-assistive-mml></mjx-container>",
        "<span class=MathJax_Preview>x2</span><span class=MathJax><nobr>x2</nobr></span>"
        "<script type='math/tex'>x^2</script>",
        "<span class=MathJax data-mathml='<math><msup><mi>x</mi><mn>2</mn></msup></math>'><nobr>x2</nobr></span>",
        "<script type='math/tex; mode=display'>x^2</script>",
        r"\(x^2\)",
        r"\[ x^2 \]",
        "$$x^2$$",
        r"<span class='math inline'>\(x^2\)</span>",
        "<img class=latex src=x.png alt='x^2'>",
        "<img src=x.png alt='$x^2$'>",
        r"<img class='ql-img-inline-formula quicklatex-auto-format' src=x.png alt='x^{2}'>",
    ],
)  # fmt: skip
def test_a_formula_is_said_once_where_it_stands(formula: str) -> None:
    """However a page shows a formula, and in how many forms at once, its words stand in the sentence one time."""
    assert read(f"<p>Here {formula} is small, as he said.</p>") == [
        ("paragraph", "Here x squared is small, as he said.")
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (r"<p>Run <code>\(x\)</code> now.</p>", [("paragraph", r"Run \(x\) now.")]),
        (r"<pre>a = $$x^2$$</pre>", [("code", "a = $$x^2$$")]),
        ("<p>It cost $5, then $6.</p>", [("paragraph", "It cost $5, then $6.")]),
        ("<img src=a.jpg alt='$5 bill on a table'>", [("image", "$5 bill on a table")]),
        ("<img class='formula-one' src=a.jpg alt='A car'>", [("image", "A car")]),
        ("<img class='formula' src=a.jpg alt='A red car'>", [("image", "A red car")]),
    ],
)
def test_money_programs_and_photographs_are_no_formulas(body: str, found: list[tuple[str, str]]) -> None:
    """A dollar is money, a program stays as written, a photograph keeps its description."""
    assert read(body) == found


def test_an_unknown_formula_is_named() -> None:
    """Where there are no words for a formula, the word for it keeps the sentence whole, in the text's language."""
    body = r"<p>Siehe \(\unknowncommand{x}{y}{z}\) dort.</p>"

    assert read(body, "de") == [("paragraph", "Siehe Formel dort.")]
    assert read(body, "en") == [("paragraph", "Siehe formula dort.")]


def test_an_equation_set_as_a_table() -> None:
    """A table that only places an equation and its number is a line of its own, and the number is not said."""
    cells = f"<td>{SQUARE}</td><td><span class=ltx_tag>(1)</span></td>"
    table = f"<table class='ltx_equation ltx_eqn_table'><tr>{cells}</tr></table>"

    assert read(f"<p>It is</p>{table}<p>for all.</p>") == [
        ("paragraph", "It is"),
        ("paragraph", "x squared"),
        ("paragraph", "for all."),
    ]
    assert read(f"<table class=data>{'<tr>' + cells}{'<tr>' + cells}</table>")[0][0] == "table"
