"""A whole page gives an article whose parts are what they stand for."""

from __future__ import annotations

import pytest

from narrate.sources.read.html import read_page

FIRST = "Harbour dues rose twice last year, and nobody from the ministry has come to look at the crane since the gales."
TEXTS = (
    "Sixteen families moved to the eastern shore after the mine closed, and most of them now mend nets or keep bees.",
    "The lighthouse was painted in June by volunteers, who argued for a week about the shade of red that it had.",
    "Children row to school in good weather, and on stormy days they are taught over the radio by a sea captain.",
)
REST = "".join(f"<p>{text}</p>" for text in TEXTS)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<p><span aria-hidden=true>H</span><span class=sr-only>H</span>{FIRST[1:]}</p>", ("paragraph", FIRST)),
        (r"<p>The due for a crate is \(d = 2c\) on every day, as the old board by the quay has it.</p>",
         ("paragraph", "The due for a crate is d equals two c on every day, as the old board by the quay has it.")),
        ("<h3><button aria-expanded=false>Who mends the crane?</button></h3><p>The county does, when it is asked.</p>",
         ("heading", "Who mends the crane?")),
        ("<figure><blockquote><p>It is a good crane, but dead.</p></blockquote></figure>",
         ("quote", "It is a good crane, but dead.")),
        ("<aside class=note><p>The office shuts at noon on Fridays.</p></aside>",
         ("paragraph", "The office shuts at noon on Fridays.")),
        (f"<div>{FIRST}<div class=ad>Advertisement</div>It is a good crane.</div>", ("paragraph", FIRST)),
        ("<div role=heading aria-level=2>The cannery</div>", ("heading", "The cannery")),
    ],
)  # fmt: skip
def test_what_stands_for_something_is_in_the_article(body: str, said: tuple[str, str]) -> None:
    """From the page to its blocks: nothing of the author's is lost on the way, and it is said once."""
    page = f"<html lang=en><title>The shore</title><article><h1>The shore</h1>{REST}{body}{REST.swapcase()}</article>"
    blocks = [(block.kind, block.text) for block in read_page(page).article.blocks]

    assert blocks.count(said) == 1
    assert "Advertisement" not in str(blocks)


def test_a_standfirst_outside_the_article() -> None:
    """The line under the headline is read, though it stands beside the text and not in it; the byline is not."""
    summed = "Dues have doubled, the crane is broken, and nobody comes to look."
    head = f"<header><h1>The shore</h1><p class=dek>{summed}</p><p class=byline>By Ada Holm</p></header>"
    page = f"<html><title>The shore</title><main>{head}<article><p>{FIRST}</p>{REST}</article></main>"

    assert [block.text for block in read_page(page).article.blocks] == ["The shore", summed, FIRST, *TEXTS]
