"""The lines that dialects add between paragraphs."""

from __future__ import annotations

import pytest

from narrate.sources.read.markdown import article_from_markdown


def kinds(text: str) -> list[tuple[str, str]]:
    """The kind and the words of all blocks."""
    return [(block.kind, block.text) for block in article_from_markdown(text).blocks]


def dropped(text: str) -> list[tuple[str, str]]:
    """What is on record."""
    return [(drop.rule, drop.block.text) for drop in article_from_markdown(text).drops]


P, Q, C = "paragraph", "quote", "code"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("%%\na\n\nb\n%%\n\nc", [(P, "c")]),
        ("%%a%%\nb", [(P, "b")]),
        ("%% a %% b", [(P, "b")]),
        ("%%\na\n\nb", [(P, "%% a"), (P, "b")]),
        ("{/* a\n\nb */}\nc", [(P, "c")]),
        ("{% comment %}\na\n\nb\n{% endcomment %}\nc", [(P, "c")]),
        (
            "a\n{% highlight ruby linenos %}\nx = 1\n\n  y\n{% endhighlight %}\nb",
            [(P, "a"), (C, "x = 1\n\n  y"), (P, "b")],
        ),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", [(C, "x")]),
        ("{% highlight a %}\nx\n{% endcode %}", [(P, "x")]),
        ("- a\n\n  {% code %}\n  x\n  {% endcode %}\n- b", [("list_item", "a"), (C, "x"), ("list_item", "b")]),
        ("::: mermaid\ngraph\n\nb\n:::\nc", [(C, "graph\n\nb"), (P, "c")]),
        ("```\n%%\na\n%%\n:::\n```", [(C, "%%\na\n%%\n:::")]),
        ("    %%\n    a = {}\n", [(C, "%%\na = {}")]),
    ],
)
def test_lines_between_two_marks(written: str, expected: list[tuple[str, str]]) -> None:
    """Code is code and comments are none, over blank lines; without an end, all of it is text."""
    assert kinds(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\n$$\nx\n= y\n$$\nb", ["a", "x equals y", "b"]),
        ("$$\na\n\n- b\n$$", ["a minus b"]),
        ("$$x^2$$ {#eq:one}", ["x squared"]),
        ("\\[\nx\n\\]", ["x"]),
        ("\\\\[ x \\\\]", ["x"]),
        ("\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}", ["a equals b, c equals d"]),
        ("```math\nx = y\n```", ["x equals y"]),
        ("> $$\n> x\n> $$", ["x"]),
        ("$$\n\\foo\n$$", ["Formula."]),
        ("$$\n – \n$$\n\na", ["a"]),
        ("$$ is a price, and $$$ is another", ["$$ is a price, and $$$ is another"]),
    ],
)
def test_formulas_in_lines_of_their_own(written: str, expected: list[str]) -> None:
    """A formula is a paragraph, whatever its lines would be in Markdown; one that is not known has its name."""
    assert [text for _, text in kinds(written)] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (":::tip\na\n:::\nb", ["a", "b"]),
        (":::tip My title\n\na\n\n:::", ["My title", "a"]),
        (":::tip[My *title*]{.x}\na\n:::", ["My title", "a"]),
        ('::: {.note #x title="T"}\na\n:::', ["T", "a"]),
        (":::: {.columns}\n::: {.column}\na\n:::\n::::", ["a"]),
        ("a\n::: warning :::\nb\n:::", ["a", "b"]),
        ("::: details Click me\n- a\n:::", ["Click me", "a"]),
        (':::image type="content" source="a.png" alt-text="A boat":::', ["A boat"]),
        ("::youtube[A film]{#id}\n\na", ["A film", "a"]),
        ("a ::: b, c::d", ["a ::: b, c::d"]),
        ("> :::note\n> a\n> :::", ["a"]),
    ],
)
def test_containers(written: str, expected: list[str]) -> None:
    """Their marks go; their titles and what they hold are text."""
    assert [text for _, text in kinds(written)] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('!!! note "A title"\n    a\n\n    b\n\nc', [(P, "A title"), (P, "a"), (P, "b"), (P, "c")]),
        ("??? tip\n\n    a\n???+ danger inline end\n    b", [(P, "a"), (P, "b")]),
        (
            '!!! a ""\n    b\n\n    !!! c "d"\n        - e\n\n            f',
            [(P, "b"), (P, "d"), ("list_item", "e"), (P, "f")],
        ),
        ('=== "One"\n\n    a\n\n=== "Two"\n\n    b', [(P, "One"), (P, "a"), (P, "Two"), (P, "b")]),
        ("- a\n\n    !!! note\n        b\n- c", [("list_item", "a"), (P, "b"), ("list_item", "c")]),
        ("!!! wow\n\na", [(P, "!!! wow"), (P, "a")]),
        ("A\n===\n\n=== a", [("title", "A"), (P, "=== a")]),
        ('!!! note "Only a title"', [(P, "Only a title")]),
    ],
)
def test_admonitions_and_tabs(written: str, expected: list[tuple[str, str]]) -> None:
    """Their indented text is text and no code; a line of exclamation marks without any is a line."""
    assert kinds(written) == expected


def test_admonitions_in_admonitions_end() -> None:
    """The parser counts them as it counts lists, so that no depth is too much."""
    deep = "\n".join("    " * depth + "!!! note\n" + "    " * (depth + 1) + f"w{depth}" for depth in range(120))
    read = " ".join(text for _, text in kinds(deep))

    assert all(f"w{depth}" in read for depth in range(120))


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (r"\newpage", "page break"),
        (r"\vspace{2cm}", "page break"),
        ('--8<-- "a.md"', "embed"),
        ("*[HTML]: Hyper Text", "abbreviation"),
        ("#ferry #ferry/winter, #2024-plan", "tags"),
        ("status:: draft", "field"),
        ("^abc-1", None),
        ("[TOC]", None),
        ("${toc}", "contents"),
        ("@[toc](Title)", "contents"),
        ("[[_TOC_]]", None),
        ("<!-- toc -->", "comment"),
        ("{: .lead}", None),
        ("{!a.md!}", "embed"),
    ],
)
def test_lines_that_say_nothing(line: str, rule: str | None) -> None:
    """A line for a program is left out, and on record where it has words."""
    written = f"a\n\n{line}\n\nb"

    assert kinds(written) == [(P, "a"), (P, "b")]
    assert rule is None or [name for name, _ in dropped(written)] == [rule]


@pytest.mark.parametrize("line", ["#1 is it", "# heading", "note: this", "a:: b", r"\newpage and more", "#12", "x::y"])
def test_lines_that_say_something(line: str) -> None:
    """A line that only begins as one for a program is read."""
    assert len(kinds(f"a\n\n{line}\n\nb")) == 3 or line == "a:: b"


def test_verse() -> None:
    """Lines after a bar are a stanza, and no table."""
    assert kinds("| Roses are *red*,\n| and so\n|\n| are you.\n\na") == [
        (P, "Roses are red, and so are you."),
        (P, "a"),
    ]
    assert [kind for kind, _ in kinds("| a | b |\n|---|---|\n| c | d |")] == ["table"]


@pytest.mark.parametrize(
    ("written", "words", "contents"),
    [
        ("## Contents\n\n- [A](#a)\n  1. [B *c*](#b)\n- [D](#d)\n\nx", "x", "Contents A B c D"),
        ("1. [A](#a)\n2. [B](#b) ‣\n\nx", "x", "A B ‣"),
        ("## Inhalt\n\n* [A](#a)\n* [B](#b)\n\n## C\n\nx", "C|x", "Inhalt A B"),
        ("- [A](#a)\n\nx", "A|x", ""),
        ("- [A](#a) is here\n- [B](#b)\n\nx", "A is here|B|x", ""),
        ("- [A](https://x.y)\n- [B](#b)", "A|B", ""),
        ("## Contents\n\nOf the boat.", "Contents|Of the boat.", ""),
    ],
)
def test_tables_of_contents(written: str, words: str, contents: str) -> None:
    """A list of nothing but links into the page is left out with its heading; a list of links elsewhere is read."""
    assert "|".join(text for _, text in kinds(written)) == words
    assert [text for rule, text in dropped(written) if rule == "contents"] == [contents][: bool(contents)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("```{note}\na *b*\n\n- c\n```\nd", [(P, "a b"), ("list_item", "c"), (P, "d")]),
        ("```{admonition} A *title*\n:class: tip\n\na\n```", [(P, "A title"), (P, "a")]),
        ("````{tab-set}\n```{tab-item} One\na\n```\n````\nb", [(P, "One"), (P, "a"), (P, "b")]),
        (":::{note}\n:class: tip\na\n:::", [(P, "a")]),
        ("```{figure} a.png\n:alt: A boat\n\nThe boat.\n```", [("image", "A boat"), ("caption", "The boat.")]),
        ("```{code-block} python\nx = 1\n```", [(C, "x = 1")]),
        ("```{math}\nx = y\n```", [(P, "x equals y")]),
        ("(here)=\n# a\n\n+++\n\n% c\n\nb", [("title", "a"), (P, "b")]),
        ("{doc}`the guide <guide>` {term}`boat`", [(P, "the guide boat")]),
    ],
)
def test_directives(written: str, expected: list[tuple[str, str]]) -> None:
    """Prose between fences is prose, a figure's text its caption, and any other directive is code."""
    assert kinds(written) == expected


def test_directives_in_directives_end() -> None:
    """The parser counts them as it counts lists, so that no depth is too much."""
    fences = ["`" * (153 - depth) for depth in range(150)]
    written = "\n".join([f"{fence}{{note}}\nw{depth}" for depth, fence in enumerate(fences)] + fences[::-1])

    assert "w99" in " ".join(text for _, text in kinds(written))
