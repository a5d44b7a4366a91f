"""The marks of dialects inside a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read.dialects.context import Context
from narrate.sources.read.dialects.inline import GAP, rewritten
from narrate.sources.read.markdown import article_from_markdown

MDX = "import A from './a'\n\n"


def said(written: str) -> str:
    """The words of the paragraphs that a piece of Markdown has."""
    return "|".join(block.text for block in article_from_markdown(written).blocks)


def dropped(written: str) -> list[tuple[str, str]]:
    """What is on record of a piece of Markdown."""
    return [(drop.rule, drop.block.text) for drop in article_from_markdown(written).drops]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        # What an editor proposes: as if it were accepted.
        ("A {++bright ++}lamp {--that was --}is {~~red~>green~~}.", "A bright lamp is green."),
        ("It is {==very *good*==}{>>is it?<<}, he said.", "It is very good, he said."),
        ("{++new", "{++new"),
        ("A {~~~>b~~} c {--x", "A b c {--x"),
        # Notes of one's own.
        ("It ==is **so**== true, ==a== b.", "It is so true, a b."),
        ("1 == 1, a==b, c == d == e, ====", "1 == 1, a==b, c == d == e, ===="),
        ("Seen %%ask Rolf%% today, %%%%, 50%% off and 20%% more.", "Seen today, %%%%, 50%% off and 20%% more."),
        ("Words. ^abc123", "Words."),
        ("Words ^my-block\nand more.", "Words and more."),
        ("2 ^10 and a^b ^", "2 ^10 and a^b ^"),
        ("[[Note#^a1b2]] and [[Note#^a1b2|words]]", "Note and words"),
        ("See ![[lamp.png|300]] and ![[Note#Part]].", "See and."),
        # Emoji.
        ("Well done :rocket: and :tada:!", "Well done and!"),
        (":+1: for :white_check_mark:, :100:.", "for."),
        (
            "At 10:30:45, 3:2:1, std::vector::size, a:b:c, C:/d: e",
            "At 10:30:45, 3:2:1, std::vector::size, a:b:c, C:/d: e",
        ),
        ("https://a.b/:smile:/ and `:smile:`", "https://a.b/:smile:/ and :smile:"),
        # What stands above and below the line.
        ("H~2~O, CO~2~ and x^2^, 10^-6^, 1^st^", "H2O, CO2 and x², 10⁻⁶, 1st"),
        ("a ~ b ~ c, ~~gone~~, ~5 and ~6, x^ y^", "a ~ b ~ c, gone, ~5 and ~6, x^ y^"),
        # Attributes.
        ("[small *caps*]{.smallcaps} and `code`{.python}", "small caps and code"),
        ("A lead. {.lead #intro}", "A lead."),
        ("Table: Ages {#tbl:ages}", "Table: Ages"),
        ("A [link](x){ .md-button } {a} {b c}", "A link {a} {b c}"),
        (':abbr[HTML]{title="x"} and {ref}`part`', "HTML and part"),
        ("++ctrl+alt+del++, C++, i++ and C++.", "ctrl alt del, C++, i++ and C++."),
        # Works.
        ("It is so [@doe2020, p. 3; see @roe].", "It is so."),
        ("As @doe2020 [p. 33] says; @roe99 [-@roe99] too.", "As Doe says; Roe too."),
        ("Ask @narrate or me@x.y, [@narrate](https://x.y).", "Ask @narrate or me@x.y, @narrate."),
        ("@fig-plot and @tbl:ages show it.", "the figure and the table show it."),
        (r"Said \cite{foo} in Table~\ref{tab:x}.", "Said in Table."),
        # Generators.
        ("To {{ site.title }} by {{ page.date | date: '%Y' }}, {{ b }}.", "To by, {{ b }}."),
        ('[a]({% post_url x %}), [b]({{< ref "c d" >}})', "a, b"),
        ('{% raw %}Words{% endraw %} {% include x.html a="b" %}remain.', "Words remain."),
        ('{{% notice tip "A title" %}}\nWords.\n{{% /notice %}}', "A title. Words."),
        ('{% tabs %}{% tab title="Why?" %}Words.{% endtab %}', "Why? Words."),
        ('{{<expand "More">}}Words.{{</expand>}} {{< youtube "a b" >}}', "More. Words."),
        (r"\noindent Words, \hfill and \noindents.", r"Words, and \noindents."),
        # Escapes and code are the author's.
        (r"\$5$ \==a== \{--b--} `{++c++}` ``==`d`==``", r"$5$ ==a== {--b--} {++c++} ==`d`=="),
    ],
)
def test_words_of_a_paragraph(written: str, words: str) -> None:
    """Marks go, words stay, and what only looks like a mark is left alone."""
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("$x^2$ and $n$th, $k$-means", "x squared and nth, k-means"),
        (
            "Given $a_i$, the sum $\\sum_{i=1}^n a_i$ is.",
            "Given a sub i, the sum the sum from i equals one to n of a sub i is.",
        ),
        ("It costs $4 or $5, $5-$10, US$5 or A$6.", "It costs $4 or $5, $5-$10, US$5 or A$6."),
        ("$100 here and 50$ there, $HOME/$USER", "$100 here and 50$ there, $HOME/$USER"),
        ("From $5 million to 6$ and from $x$ to $y$", "From $5 million to 6$ and from x to y"),
        ("$`x^3`$ and `$x^3$`", "x cubed and $x^3$"),
        (r"We have \(E = mc^2\) and \\(a_1\\)", "We have E equals m c squared and a sub one"),
        (r"An aside \(not maths at all\) and \[1\], \[sic it is\]", "An aside (not maths at all) and [1], [sic it is]"),
        ("The map $$f(x) = y$$ and $$ – $$$", "The map f of x equals y and $$ – $$$"),
        (r"It is $\begin{matrix} a \end{matrix}$, so $\foo$.", "It is formula, so formula."),
    ],
)
def test_formulas(written: str, words: str) -> None:
    """A formula is said once; money stays money."""
    assert said(written) == words


def test_formulas_in_other_languages() -> None:
    """No English words stand in a German sentence, and no formula is lost."""
    written = "Die Länge der Leine ist $n = 3$ oder auch $x^2$, wie der Hafenmeister an die Wand geschrieben hat."

    assert said(written) == (
        "Die Länge der Leine ist n = 3 oder auch Formel, wie der Hafenmeister an die Wand geschrieben hat."
    )
    assert dropped(written) == [("formula", "x^2")]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("You have {count} new {' '}letters, {`two`} of {\"hers\"}.", "You have new letters, two of hers."),
        ('A <Tooltip text="no" on={() => f({a: 1})}>word</Tooltip>.', "A word."),
        ("A <b>word</b> and <Icon.Small name='x' /> a <BR> sign.", "A word and a sign."),
    ],
)
def test_mdx_in_a_paragraph(written: str, words: str) -> None:
    """Braces are code where a text imports components; strings in them are words."""
    assert said(MDX + written) == words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a {--b--} {>>c<<} %%d%% <!-- e --> f", [("deletion", "b"), *(("comment", char) for char in "cde")]),
        ("a ![[b]] [@c] :d2:", [("embed", "b"), ("citation", "@c"), ("emoji", "d2")]),
        ("a {{< youtube b >}} {% c %}", [("template", "{{< youtube b >}}"), ("template", "{% c %}")]),
        (MDX + "a {b}", [("import", "import A from './a'"), ("expression", "{b}")]),
        (r"$\foo{b}$ {---- --} %% – %%", [("formula", r"\foo{b}")]),
        ("- a %%b%%\n\n| c %%d%% |\n|-|\n| %%e%% |\n\n# f %%g%%", [("comment", char) for char in "bdeg"]),
    ],
)
def test_what_is_left_out_is_on_record(written: str, expected: list[tuple[str, str]]) -> None:
    """In reading order and with its reason, if it has words."""
    assert dropped(written) == expected


def test_words_that_figures_show() -> None:
    """A caption and what a picture says follow the paragraph, whoever set them."""
    written = 'Words {{< figure src="a.png" caption="The *boat*" alt="A boat" >}} go on.'

    assert [(block.kind, block.text) for block in article_from_markdown(written).blocks] == [
        ("paragraph", "Words go on."),
        ("caption", "The *boat*"),
        ("image", "A boat"),
    ]


@given(st.text("abcXY 12", max_size=60))
def test_words_alone_are_left_alone(text: str) -> None:
    """Nothing is a mark that has none of a mark's characters."""
    result = rewritten(text, Context(is_mdx=True, cites=True))

    assert (result.text, result.drops, result.captions) == (text, [], [])


@given(st.lists(st.sampled_from([*"ab {}%=$[]@:^~+<>\\`\n", "{++", "++}", "{~~", "~>", "%%", "[@a]", "<Ab", "/>"])))
def test_any_marks_are_read(pieces: list[str]) -> None:
    """Letters outside of marks that are whole are never lost: each is said, or on record."""
    text = "".join(pieces)
    result = rewritten(text, Context(is_mdx=True))
    kept = result.text.replace(GAP, "") + "".join(drop.block.text for drop in result.drops)

    assert len(kept) <= len(text) + 100
    assert GAP not in text
