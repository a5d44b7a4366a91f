"""A page without an article is its posts; comments below an article are none of it."""

from __future__ import annotations

import pytest

from narrate.sources.read.choosing.posts import posts_of
from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

SAID = (
    "I tried this with an old kettle and it works, though the lid has to be weighed down with a stone.",
    "Which kind of stone? Mine cracked after the second boil and the cat has not come back since.",
    "Basalt. Never use anything from a river, there is water in it and it goes off like a shot.",
    "Thanks, that explains the ceiling. I will report back when the plaster is dry.",
)
MENU = '<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/help">Help</a></nav>'
NEWS = (
    '<tr class="athing comtr"><td class="default"><a class="hnuser">mo_{n}</a> <span class="age">{n} hours ago</span>'
    '<div class="comment"><div class="commtext c00">{text}</div></div></td></tr>'
)
BLOG = (
    '<li class="comment"><div class="comment-author"><cite>mo_{n}</cite> says:</div>'
    '<div class="comment-body"><p>{text}</p></div><a class="comment-reply-link" href="#">Reply</a></li>'
)
THREAD = (
    '<article class="message message--post"><h4 class="message-name">mo_{n}</h4><h5>Member</h5>'
    '<div class="message-date">May {n}</div><div class="bbWrapper">{text}</div></article>'
)
VOTES = (
    '<div class="thing comment"><p class="tagline"><a class="author">mo_{n}</a> <span>{n} points</span></p>'
    '<form class="usertext"><div class="md"><p>{text}</p></div></form><ul><li><a>reply</a></li></ul></div>'
)
ANSWERS = (
    '<div class="answer"><div class="votecell">{n}</div><div class="s-prose"><p>{text}</p></div>'
    '<div class="user-info"><a href="/u">mo_{n}</a> answered</div></div>'
)


def thread(form: str, around: str = "{}") -> str:
    """Return a page with a post of this form for each thing that was said."""
    posts = "".join(form.format(n=number, text=text) for number, text in enumerate(SAID, 2))
    title = "<title>The kettle | TeaTalk</title>"
    return f"<html lang=en><head>{title}</head><body>{MENU}{around.format(posts)}</body></html>"


@pytest.mark.parametrize(
    "page",
    [
        thread(NEWS, '<center><table><tr><td><table class="comment-tree">{}</table></td></tr></table></center>'),
        thread(BLOG, '<div id="comments"><h2>4 thoughts on “The kettle”</h2><ol class="comment-list">{}</ol></div>'),
        thread(THREAD, '<div class="thread"><h1>The kettle</h1>{}</div>'),
        thread(VOTES, '<div class="content"><p class="title"><a href="/k">The kettle</a></p>{}</div>'),
        thread(ANSWERS, '<div id="answers"><h1>How do I keep the lid on?</h1>{}</div>'),
    ],
)
def test_a_page_of_posts_is_its_posts(page: str) -> None:
    """All that was said is read, in order, and a doubt says what the page is."""
    article = read_page(page).article

    assert [block.text for block in article.blocks if block.text in SAID] == list(SAID)
    assert "it has no article of its own, and its 4 posts are read" in article.doubts


def test_comments_below_an_article_are_not_read() -> None:
    """There is an article, however many comments it has."""
    text = "".join(
        f"<p>The lid of kettle {number} was weighed down with a stone from the quarry behind the mill, which is what "
        "everybody in the valley has done since the mill was built. Nobody remembers who was the first.</p>"
        for number in range(6)
    )
    article = read_page(thread(BLOG, f"<article><h1>The kettle</h1>{text}</article><ol>{{}}</ol>")).article

    assert not {block.text for block in article.blocks} & set(SAID)
    assert not article.doubts


def test_an_article_beside_teasers_of_others_is_no_thread() -> None:
    """All of them are called posts, and one of them says nearly all."""
    others = "".join(f'<article class="post"><h3>{text[:20]}</h3><p>{text[:60]}</p></article>' for text in SAID[:3])
    own = f'<article class="post"><h1>The kettle</h1>{"".join(f"<p>{text} {text}</p>" for text in SAID)}</article>'
    root = parse_html(f"<body>{own}{others}</body>")
    assert root is not None

    assert posts_of(list(pieces(root)), {1, 2, 3, 4}) is None


@pytest.mark.parametrize(
    ("page", "kept", "found"),
    [
        (thread(NEWS), (3, 5), {3, 5, 7, 9}),
        (thread(NEWS), (), None),
        (f'<div class="post"><p>{SAID[0]}</p><p>{SAID[1]}</p></div>', (0, 1), None),
        (f"<p>{' '.join(SAID)}</p>" + "".join(BLOG.format(n=1, text=text) for text in SAID), (0,), None),
    ],
)
def test_which_pieces_are_posts(page: str, kept: tuple[int, ...], found: set[int] | None) -> None:
    """Three posts or more hold most of what is read; what stands in another as that does is read, too."""
    root = parse_html(page)
    assert root is not None
    listed = [piece for piece in pieces(root) if piece.block.text != "Home About us Help"]
    texts = [index for index, piece in enumerate(listed) if piece.block.text in SAID]
    read = [texts[(number - 3) // 2] for number in kept] if found else list(kept)
    posts = posts_of(listed, read)

    assert (posts and posts.pieces) == (frozenset(texts) if found else None)
