"""What a page puts between paragraphs is taken out, and what an author wrote is not."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import html

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.furniture import RULE, remove_furniture

BEFORE, AFTER = "The boat left.", "It came back."


def words_of(root: html.HtmlElement) -> Counter[str]:
    """Count the words that a page shows; signs that stand alone are none."""
    return Counter(word for text in root.itertext() for word in text.split() if any(map(str.isalnum, word)))


def between(body: str) -> list[str]:
    """What is left of something between two paragraphs."""
    root = parse_html(f"<body><main><p>{BEFORE}</p>{body}<p>{AFTER}</p></main></body>")
    assert root is not None
    shown = words_of(root)
    drops = remove_furniture(root)
    # Nothing goes without a record, and the record says what it was.
    dropped = [word for drop in drops for word in drop.block.text.split() if any(map(str.isalnum, word))]
    assert shown - words_of(root) == Counter(dropped)
    assert all(drop.rule == RULE and drop.why for drop in drops)
    texts = [piece.block.text for piece in pieces(root)]
    assert (texts[0], texts[-1]) == (BEFORE, AFTER)
    return texts[1:-1]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Article content</h2>",
        "<p class=x>Article content</p>",
        "<div class=ad><span>Advertisement</span></div>",
        "<p>Advertisement - Continue reading below</p>",
        "<p>Anzeige</p>",
        "<div>Article continues below this ad</div>",
        "<p><a href=https://m.example>View this email in your browser</a></p>",
        "<table><tr><td>Having trouble viewing this email? <a href=/m>View in your browser</a></td></tr></table>",
        "<p><a href=/m>Im Browser ansehen</a></p>",
        "<p><a href=/m>Voir dans le navigateur</a></p>",
        "<nav aria-label=Breadcrumb><a href=/>Home</a> / <a href=/n>News</a></nav>",
        "<ol class=breadcrumb><li><a href=/>Home</a><li><a href=/n>News</a><li>The boat</ol>",
        "<div class='c-breadcrumbs'><a href=/>Start</a> › <a href=/n>Hafen</a></div>",
        "<p>READ NEXT: <a href=/a>Cottages sold</a></p>",
        "<p><strong>Read more:</strong> <a href=/a>Cottages sold</a></p>",
        "<p><a href=/a>ALSO READ | Cottages sold</a></p>",
        "<h4>Related: <a href=/a>Cottages sold</a></h4>",
        "<p><em>Lesen Sie auch: <a href=/a>Hütten verkauft</a></em></p>",
        "<p>Lire aussi : <a href=/a>Chalets vendus</a></p>",
        "<p>Leggi anche: <a href=/a>Case vendute</a></p>",
        "<p>Read more:</p><ul><li><a href=/a>Cottages sold</a></li><li><a href=/b>Bread dear</a></li></ul>",
        "<p><strong>Related story</strong></p><p><a href=/a>Cottages sold</a></p>",
        "<p>See also:</p><h4><a href=/a>Cottages sold</a></h4>",
        "<p>» <a href=/a>Cottages sold to the mainland</a></p>",
        "<p><a href=/a>→ Cottages sold</a></p>",
        "<blockquote class=instagram-media><a href=/i>View this post on Instagram</a>"
        "<p><a>A post shared by Ada (@ada)</a></p></blockquote>",
        "<div class=teaser><span>Read more</span><h3><a href=/a>Cottages sold</a></h3><p>All of them.</p></div>",
        "<aside><p>Related story</p><a href=/a><h4>Cottages sold</h4></a></aside>",
        "<div class='inline-related'><h4><a href=/a>Cottages sold</a></h4><p>All of them.</p></div>",
        "<div class=consent-box><h3>This content is blocked</h3><p>To view this video, accept all cookies.</p></div>",
        "<div class=embed-privacy>"
        "<p>An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.</p></div>",
        "<p>This content is hosted by a third party. To show it, you need to give your consent to cookies.</p>",
        "<div class=gdpr-placeholder><p>Pour afficher ce contenu, vous devez accepter les cookies.</p><a>OK</a></div>",
    ],
)  # fmt: skip
def test_furniture_goes(body: str) -> None:
    """Labels, paths, links to other articles, and what waits for consent, in several languages."""
    assert between(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Advertising</h2>",
        "<ul><li>Werbung</li></ul>",
        "<p>They met for an <b>advertisement</b> on the quay.</p>",
        "<p>Read more: it is good for you, said Ada, and she meant it.</p>",
        "<p>Related: the boat's <a href=/b>bell</a> was sold in the same year to a man from the mainland.</p>",
        "<p>See also what Ada wrote in 1931.</p>",
        "<p>Related</p><p>Petter is Ada's <a href=/u>uncle</a>.</p>",
        "<p>» We are late, said Ada. She saw <a href=/b>the boat</a>. «</p>",
        "<p>A post shared the news.</p>",
        "<div class=teaser><p>The boat has been at sea for forty years.</p></div>",
        "<p>This content is blocked in four countries, and editors there write of privacy only in private.</p>",
        "<p>She read the letter in the browser.</p>",
        "<div class=related><p>Ada is related to Petter.</p><p>He is her uncle.</p></div>",
        "<blockquote><p>We left — and came back.</p></blockquote>",
    ],
)
def test_an_authors_words_stay(body: str) -> None:
    """A heading, a list, a sentence that begins as a label does: all of its words are there still."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None

    assert " ".join(between(body)) == " ".join(piece.block.text for piece in pieces(root))


@pytest.mark.parametrize(
    "body",
    [
        "<blockquote class=twitter-tweet><p>The boat is late. <a href=https://t.co/x>pic.twitter.com/x1</a></p>"
        "&mdash; Ada Holm (@ada) <a href=https://twitter.com/ada>May 4, 2024</a></blockquote>",
        "<blockquote class='twitter-tweet'><p>The boat is late.</p><p>— Ada Holm (@ada) <a href=/a>May 4</a>"
        "</p></blockquote>",
        "<blockquote class=bluesky-embed>"
        "<p>The boat is late.</p>&mdash; Ada (<a href=/a>@ada</a>) <a href=/b>2024</a></blockquote>",
    ],
)  # fmt: skip
def test_a_quoted_post_loses_its_signature(body: str) -> None:
    """What was posted is said; name, account, day and links to pictures are not."""
    assert between(body) == ["The boat is late."]


def test_the_same_place_for_an_embed_twice() -> None:
    """What a page says in two places instead of an embed is no sentence of the article."""
    place = "<p>This video is not available because of privacy preferences.</p>"

    assert between(place) == ["This video is not available because of privacy preferences."]
    assert between(place + "<p>Then it rained.</p>" + place) == ["Then it rained."]
