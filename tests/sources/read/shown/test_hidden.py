"""What a page hides is weighed against what it shows."""

from __future__ import annotations

import pytest

from narrate.sources.read.html import read_page

STORY = [
    f"In the {year} the keeper of the light wrote that {what}, and nobody on the quay believed a word of it."
    for year, what in [
        ("first year", "the sea had frozen as far as the outer skerries"),
        ("second year", "a whale had slept under the pier for nine nights"),
        ("third year", "the lamp had burned without oil since the feast of Martin"),
        ("fourth year", "two boats had come home with each other's crews"),
        ("fifth year", "the fog had a colour that he had seen in no other place"),
    ]
]
PROSE = "".join(f"<p>{line}</p>" for line in STORY)
CONSENT = "".join(
    f"<p>We and our {number} partners store cookies on this device, and you may say no to any of them.</p>"
    for number in range(200, 212)
)


def said(body: str) -> str:
    page = read_page(f"<title>The keeper</title><body><h1>The keeper</h1>{body}</body>", name="page")
    return "\n".join(block.text for block in page.article.blocks)


def all_of(lines: list[str], text: str) -> bool:
    return all(line in text for line in lines)


@pytest.mark.parametrize(
    "holder",
    [
        "<div hidden>{}</div>",
        "<div style='display:none'>{}</div>",
        "<section style='color:red; visibility: hidden'>{}</section>",
        "<div aria-hidden=true>{}</div>",
        "<div hidden><div style='display: none'>{}</div></div>",
        "<template id=story>{}</template>",
        "<main hidden>{}</main>",
        "<dialog>{}</dialog>",
        "<article aria-hidden=true style='display:none'>{}</article>",
        "<noscript>{}</noscript>",
    ],
)
def test_most_of_the_page(holder: str) -> None:
    """What is hidden and is most of what there is to read is shown by a script; it is the article."""
    assert all_of(STORY, said("<p>Loading the page.</p>" + holder.format(PROSE)))


@pytest.mark.parametrize(
    "holder",
    [
        "<div id=cookie-consent hidden>{}</div>",
        "<div style='display:none' class='modal fade'>{}</div>",
        "<div role=dialog aria-hidden=true>{}</div>",
        "<template class=newsletter>{}</template>",
        "<div class=search-overlay hidden><div>{}</div></div>",
        "<noscript><div class=cookie-notice>{}</div></noscript>",
    ],
)
def test_what_no_article_is(holder: str) -> None:
    """Consent, overlays and the like stay hidden, however long they are."""
    text = said(PROSE + holder.format(CONSENT))

    assert all_of(STORY, text)
    assert "partners" not in text


@pytest.mark.parametrize(
    "part",
    [
        "<h3><button aria-controls=p1 aria-expanded=false>Why so?</button></h3><div id=p1 hidden><p>{}</p></div>",
        "<div class=accordion><h3>Why so?</h3><div style='display:none'><p>{}</p></div></div>",
        "<h3>Why so?</h3><div class='accordion-collapse' aria-hidden=true><p>{}</p></div>",
        "<div class=tabs><a role=tab href='#t2'>Why so?</a><div role=tabpanel id=t2 hidden><p>{}</p></div></div>",
        "<h3>Why so?</h3><div class=read-more style='display:none;'><p>{}</p></div>",
        "<h3>Why so?</h3><div hidden=until-found><p>{}</p></div>",
        "<details><summary>Why so?</summary><p>{}</p></details>",
    ],
)
def test_parts_that_open(part: str) -> None:
    """What opens inside the article is the author's."""
    answer = "Because the ice had moved the marks by eleven fathoms, as the pilots found when they took soundings."

    assert answer in said(f"<article>{PROSE}{part.format(answer)}{PROSE.replace('year', 'winter')}</article>")


def test_what_is_shown_anyway() -> None:
    """A second copy for another screen, and a first part before "read more", are not said twice."""
    text = said(f"<article>{PROSE}<div class=more-text style='display:none'>{PROSE}</div></article>")

    assert text.count(STORY[2]) == 1


def test_little_is_hidden() -> None:
    """A hidden remark is hidden."""
    text = said(f"<article>{PROSE}<p hidden>This note is for editors alone, and it is to be deleted.</p></article>")

    assert "editors" not in text
