"""Pages that stand in the place of an article are refused in words, and articles about them are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import narrate

from narrate.core.article import Block
from narrate.core.errors import SourceError
from narrate.sources.read.choosing.walls import wall_of
from narrate.sources.read.html import Wanted, read_page

MENU = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
STORY = (
    "<p>The ferry to the island runs again from Monday, the harbour board said. It had been in dock since "
    "March, when "
    "a gearbox failed.</p>"
    "<p>Bicycles travel free until June, and dogs as ever. The café on board has a new stove.</p>"
)


def page(title: str, body: str) -> str:
    """Return a page with a menu and a site's name in its title."""
    return f"<html lang=en><head><title>{title} | The Quay</title></head><body>{MENU}{body}</body></html>"


WALLS = [
    ("Quay", "<p>Please enable JS and disable any ad blocker</p>", "needs JavaScript"),
    ("Access to this page has been denied", "<h1>Before we go on</h1><p>Press & Hold, and not a bot.</p>", "refused"),
    ("The ferry", "<p>The URL you requested was not found. Please go back to the homepage.</p>", "not found"),
    ("Atención", "<p>La página no se encuentra disponible.</p><p>Es posible que haya sido eliminada.</p>", "not found"),
    (
        "Service Unavailable",
        "<h2>It's us</h2><p>We're working to restore the pier. Check back soon.</p>",
        "server's error",
    ),
    (
        "Just a moment...",
        "<h1>quay.example</h1><p>Checking your browser before accessing quay.example.</p>",
        "a person",
    ),
    ("Security check", "<h1>One more step</h1><p>Please complete the security check to go on.</p>", "a person"),
    (
        "Pardon Our Interruption",
        "<p>As you were browsing something about your browser made us think you are a bot.</p>",
        "person",
    ),
    ("The ferry is back", "<p>Please solve the captcha. Prove that you're not a robot.</p>", "a person"),
    ("Bitte bestätigen Sie, dass Sie ein Mensch sind", "<p>Wir prüfen, dass Sie kein Roboter sind.</p>", "a person"),
    ("App", "<p>This site requires JavaScript.</p>", "needs JavaScript"),
    (
        "Quay",
        "<h2>JavaScript is disabled</h2><p>Please turn on JavaScript in your browser’s settings.</p>",
        "needs JavaScript",
    ),
    ("404 Not Found", "<h1>Not Found</h1><p>The requested URL /ferry was not found on this server.</p>", "not found"),
    ("Oops! That page can’t be found.", "<p>It looks like nothing was found at this location.</p>", "not found"),
    ("Quay", "<h1>404</h1><p>The page you’re looking for may have been moved or deleted.</p>", "not found"),
    ("Page introuvable", "<p>La page que vous cherchez n’existe plus.</p>", "not found"),
    ("Página no encontrada", "<p>La página que busca no existe.</p>", "not found"),
    ("403 Forbidden", "<h1>Forbidden</h1><hr><address>Apache</address>", "access to the article was refused"),
    ("Access to this page has been denied", "<p>Your IP address has been blocked.</p>", "was refused"),
    ("Zugriff verweigert", "<p>Sie haben keine Berechtigung, diese Seite zu sehen.</p>", "was refused"),
    ("503 Service Temporarily Unavailable", "<h1>503 Service Temporarily Unavailable</h1><hr>nginx", "server's error"),
    ("Down for maintenance", "<p>Our site is currently down. We’ll be back soon.</p>", "server's error"),
    (
        "Your privacy",
        "<p>We and our 214 partners store information on your device. You can withdraw consent.</p>",
        "consent",
    ),
    (
        "The ferry is back",
        "<p>Wir und unsere Partner verarbeiten personenbezogene Daten. Alle akzeptieren</p>",
        "consent",
    ),
    ("Quay", "<p>Nous et nos partenaires utilisons des cookies. Tout accepter ou tout refuser.</p>", "consent"),
]


@pytest.mark.parametrize(("title", "body", "said"), WALLS)
def test_a_wall_is_refused(title: str, body: str, said: str) -> None:
    """The error says what the page is, and how to get the article."""
    with pytest.raises(SourceError, match=said) as caught:
        read_page(page(title, f"<main>{body}</main>"), name="saved.html")

    assert "saved.html" in caught.value.message
    assert "--all-text" in caught.value.hint


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The ferry is back", STORY),
        ("Page not found", STORY),
        ("Access denied", STORY),
        ("404", STORY),
        (
            "Are you a robot?",
            f"{STORY}<p>“Are you not a robot?” the captain asks each passenger who pays by phone.</p>",
        ),
        ("How to turn on JavaScript", f"{STORY}<p>To use the ticket shop you need to enable JavaScript.</p>{STORY}"),
        ("Cookies", "<p>Take two cups of oats and one of honey, and stir. Bake them until the edges are brown.</p>"),
        (
            "We use cookies too",
            f"{STORY}<p>On our own pages we use cookies, says the board, and nobody minds.</p>{STORY}",
        ),
        ("Error", "<p>He had made one error, and it followed him for the rest of a long and careful life at sea.</p>"),
    ],
)
def test_an_article_is_no_wall(title: str, body: str) -> None:
    """One sign alone is none: titles and sentences of such pages stand in articles, too."""
    assert read_page(page(title, f"<article><h1>{title}</h1>{body}</article>")).article.blocks


def test_a_long_text_is_no_wall() -> None:
    """An essay about error pages quotes many of them."""
    blocks = [Block("paragraph", "The page you requested does not exist.")] * 40

    assert wall_of(blocks, "404 Not Found") is None
    assert wall_of(blocks[:3], "404 Not Found") is not None


def test_all_text_reads_a_wall() -> None:
    """Who asks for all that is shown gets it."""
    shown = read_page(page("404", "<p>The page you’re looking for does not exist.</p>"), wanted=Wanted(all_text=True))

    assert "does not exist" in shown.article.blocks[-1].text


def test_the_frame_of_a_page_for_scripts() -> None:
    """Where nothing is shown, the error says that it would take JavaScript."""
    frame = '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
    with pytest.raises(SourceError, match="needs JavaScript"):
        read_page(f"<html><head><title>Story</title></head><body>{frame}</body></html>")


def test_the_command_makes_no_episode_of_a_wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with 3 and writes nothing."""
    monkeypatch.chdir(tmp_path)
    Path("saved.html").write_text(page("Page not found", "<p>This page no longer exists.</p>"))
    done = narrate("speak", "saved.html", "-e", "tone")

    assert done.returncode == 3
    assert "saved.html is an error page" in done.stderr
    assert not list(tmp_path.rglob("*.mp3"))
