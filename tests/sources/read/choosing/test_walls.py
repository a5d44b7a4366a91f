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


WALLS_OF_OTHER_KINDS = [
    (
        "Log in",
        (
            "<h1>Please log in to continue</h1><p>You must be logged in to view this page.</p><label>"
            "Email</label><input><label>Password</label><input><p>Forgot your password?</p>"
        ),
        "sign in",
    ),
    ("The ferry is back", "<p>Please log in to continue.</p>", "sign in"),
    (
        "The ferry is back",
        "<h1>The ferry is back</h1><p>Sign in to read this article.</p><p>Don't have an account? Create one.</p>",
        "sign in",
    ),
    (
        "Sign in",
        (
            "<h1>Sign in</h1><p>Welcome back! Sign in with Google or enter your email address.</p>"
            "<p>By continuing, you agree to our Terms of Service.</p>"
        ),
        "sign in",
    ),
    ("Members only", "<h1>Members only</h1><p>This content is for members. Log in or join to read on.</p>", "sign in"),
    (
        "Anmelden",
        "<h1>Bitte melden Sie sich an</h1><p>Um diesen Artikel zu lesen, müssen Sie sich anmelden.</p>",
        "sign in",
    ),
    ("Connexion", "<h1>Connectez-vous</h1><p>Vous devez être connecté pour accéder à cette page.</p>", "sign in"),
    ("Iniciar sesión", "<h1>Inicia sesión</h1><p>Debes iniciar sesión para ver este contenido.</p>", "sign in"),
    ("Session expired", "<h1>Your session has expired</h1><p>Please log in again to continue.</p>", "sign in"),
    (
        "Age verification",
        "<h1>Are you over 18?</h1><p>You must be 18 or older to enter this site.</p><button>Yes</button>",
        "how old",
    ),
    (
        "The ferry is back",
        "<p>This site contains adult content. Please confirm that you are at least 18 years old.</p>",
        "how old",
    ),
    (
        "Altersprüfung",
        "<h1>Bist du über 18?</h1><p>Bitte bestätige, dass du mindestens 18 Jahre alt bist.</p>",
        "how old",
    ),
    (
        "Enter your date of birth",
        "<p>Please enter your date of birth to continue.</p><p>You must be of legal drinking age to enter.</p>",
        "how old",
    ),
    ("Unavailable", "<p>This content is not available in your country.</p>", "country"),
    (
        "The ferry is back",
        "<p>Sorry, this content isn’t available in your region due to licensing restrictions.</p>",
        "country",
    ),
    (
        "451",
        (
            "<p>We recognise you are attempting to access this website from a country belonging to "
            "the European Economic Area (EEA) and therefore cannot grant you access at this time.</p>"
        ),
        "refused",
    ),
    ("Nicht verfügbar", "<p>Dieser Inhalt ist in Ihrem Land leider nicht verfügbar.</p>", "country"),
    ("Quay", "<p>You need to enable JavaScript to run this app.</p>", "needs JavaScript"),
    (
        "Quay",
        (
            "<p>JavaScript seems to be disabled in your browser. For the best experience on our site, "
            "be sure to turn on Javascript in your browser.</p>"
        ),
        "needs JavaScript",
    ),
    (
        "Scheduled maintenance",
        (
            "<h1>We’ll be back soon!</h1><p>Sorry for the inconvenience. We are performing some maintenance "
            "at the moment.</p>"
        ),
        "server's error",
    ),
    (
        "Quay",
        "<p>The Quay is currently offline for scheduled maintenance. Please check back in an hour.</p>",
        "server's error",
    ),
    ("Wartung", "<p>Unsere Seite wird gerade gewartet. Wir sind bald wieder für Sie da.</p>", "server's error"),
    ("Maintenance", "<p>Le site est actuellement en maintenance. Merci de revenir plus tard.</p>", "server's error"),
    (
        "Update your browser",
        "<p>Your browser is out of date. Please upgrade to a modern browser to view this page.</p>",
        "needs JavaScript",
    ),
    ("Coming soon", "<h1>Coming soon</h1><p>Our new website is on its way. Stay tuned!</p>", "server's error"),
    ("Quay", "<p>This domain is for sale. Buy this domain today.</p>", "not found"),
    (
        "Password protected",
        "<p>This content is password protected. To view it please enter your password below:</p>",
        "sign in",
    ),
    ("Private", "<p>This post is private. Only its author’s followers can see it.</p>", "sign in"),
    (
        "Redirecting",
        "<p>You are being redirected. If you are not redirected automatically, click here.</p>",
        "another address",
    ),
    (
        "Account suspended",
        "<p>This account has been suspended. Contact your hosting provider for more information.</p>",
        "not found",
    ),
    (
        "Member login",
        "<h1>Member login</h1><p>Username or email</p><p>Lost your password?</p><p>Remember me</p>",
        "sign in",
    ),
    ("A new bell", "<p>You need to be signed in to see this page.</p>", "sign in"),
    ("A new bell", "<p>Log in or create a free account to continue reading.</p><p>Continue with Apple</p>", "sign in"),
    ("Restricted", "<p>This page is only accessible to registered users. Please register or sign in.</p>", "sign in"),
    ("Einloggen", "<p>Sie müssen angemeldet sein, um diese Seite zu sehen.</p>", "sign in"),
    ("Accedi", "<p>Devi effettuare l'accesso per visualizzare questa pagina.</p>", "sign in"),
    ("Please log in", "<p>Use your work account.</p>", "sign in"),
    ("Login", "<p>Enter your credentials to access your account.</p>", "sign in"),
    ("Adults only", "<p>You must be over 21 years of age to view this website. Are you of legal age?</p>", "how old"),
    ("Wait!", "<p>By entering this site you certify that you are 18 years or older.</p>", "how old"),
    ("Verificación de edad", "<p>Debes ser mayor de 18 años para entrar.</p>", "how old"),
    ("Not here", "<p>The content you are trying to view is not available in your location.</p>", "country"),
    ("Oh no", "<p>Unfortunately, our website is currently unavailable in most European countries.</p>", "country"),
    ("Indisponible", "<p>Ce contenu n’est pas disponible dans votre pays.</p>", "country"),
    ("Loading", "<p>Loading…</p><p>Please wait while the page loads.</p>", "needs JavaScript"),
    ("Quay", "<p>We are down for maintenance and will return shortly.</p>", "server's error"),
    (
        "En mantenimiento",
        "<p>Estamos realizando tareas de mantenimiento. Vuelva a intentarlo más tarde.</p>",
        "server's error",
    ),
    ("Under construction", "<p>This site is under construction. Please come back later.</p>", "server's error"),
    (
        "Please update",
        "<p>We no longer support Internet Explorer. Please switch to Chrome, Firefox or Edge.</p>",
        "needs JavaScript",
    ),
]


@pytest.mark.parametrize(("title", "body", "said"), [*WALLS, *WALLS_OF_OTHER_KINDS])
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
        (
            "Sign in",
            "<p>The monks sign in with a quill each morning, and the porter reads their names aloud at noon.</p>",
        ),
        ("Are you over 18?", f"{STORY}<p>You must be at least 18 years old to steer the ferry, says the board.</p>"),
        ("Content warning", f"<p>This story speaks of a drowning.</p>{STORY}"),
        ("Coming soon", f"{STORY}<p>Stay tuned for the timetable.</p>"),
        ("Maintenance", f"{STORY}<p>The ferry is down for maintenance until Monday.</p>"),
        (
            "Loading",
            (
                "<p>Loading a ferry takes forty minutes: first the lorries, then the cars, and last of "
                "all the bicycles.</p>"
            ),
        ),
        (
            "Private",
            "<p>Private Holm was the youngest on the island, and the only one who could swim as far as the light.</p>",
        ),
        ("Members only", f"{STORY}<p>The sauna is for members only, and they must log in at the pier.</p>"),
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
