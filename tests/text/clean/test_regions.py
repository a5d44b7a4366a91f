"""Runs of lines that no single line gives away: what stands around and inside an article."""

from __future__ import annotations

import pytest

from narrate.sources.read import article_from_text
from narrate.text.clean import clean

STAIRS = (
    "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. "
    "Nobody has asked her to do so for many years."
)
FERRY = (
    "In winter the ferry stays away for weeks, and what was not bought in autumn is not on the table in spring. "
    "The islanders do not complain."
)
TRADE = "She learned the trade from her father, who had it from his. There is no school for it."
TITLE = "The Last Keeper of the Northern Light"
OWN = {"TITLE": TITLE, "STAIRS": STAIRS, "FERRY": FERRY, "TRADE": TRADE}


def page(lines: str) -> str:
    """A text with a blank line between the lines; names in capitals stand for the lines above."""
    for name, text in OWN.items():
        lines = lines.replace(name, text)
    return "\n\n".join(line.strip() for line in lines.strip().splitlines())


BOILERPLATE = {
    "menu before the title": """
        News
        Sport
        Opinion
        Culture
        Weather
        TITLE
        STAIRS
        FERRY
        TRADE
    """,
    "share bar under the title": """
        TITLE
        3.1K
        12
        Share
        Tweet
        STAIRS
        FERRY
        TRADE
    """,
    "footer": """
        TITLE
        STAIRS
        FERRY
        TRADE
        About us
        Careers
        Privacy policy
        Contact
        © 2024 The Daily Post
    """,
    "headlines after the text": """
        TITLE
        STAIRS
        FERRY
        TRADE
        Related stories
        Ferry runs aground off the point
        Two gulls and a sandwich
        Lamp oil dearer
    """,
    "headlines with teasers": """
        TITLE
        STAIRS
        FERRY
        TRADE
        More from the coast
        Ferry runs aground
        The ferry ran aground on Monday, with nobody hurt.
        Lamp oil dearer
        The price of oil has gone up again, and the keepers do not know what to do.
    """,
    "a box of headlines inside the text": """
        TITLE
        STAIRS
        FERRY
        Most read
        Ferry runs aground
        Two gulls and a sandwich
        3 hours ago
        TRADE
        STAIRS
    """,
    "comments": """
        TITLE
        STAIRS
        FERRY
        TRADE
        3 comments
        Tom Ek says:
        March 3, 2021 at 4:02 pm
        I knew her father, and he was the same.
        Reply
        Eva Lind says:
        March 4, 2021 at 9:15 am
        Lovely piece. My aunt kept the north light.
        Reply
    """,
    "comment form": """
        TITLE
        STAIRS
        FERRY
        TRADE
        Leave a reply
        Your email address will not be published.
        Name *
        Email *
        Website
        Post comment
    """,
    "newsletter": """
        TITLE
        STAIRS
        FERRY
        TRADE
        Newsletter
        Get the best of the coast in your inbox
        Enter your email address
        Subscribe
        By signing up you agree to our terms of use and privacy policy.
    """,
    "author": """
        TITLE
        STAIRS
        FERRY
        TRADE
        Anna Berg is a writer based in Bergen.
        She is the author of two books about the sea.
        Follow her on Mastodon
    """,
    "publisher": """
        TITLE
        STAIRS
        FERRY
        TRADE
        About Coast Media
        Coast Media is the leading publisher of stories about lamps and ferries.
        © 2024 Coast Media
    """,
    "player inside the text": """
        TITLE
        STAIRS
        FERRY
        Watch
        A night in the tower
        00:50
        Now playing
        The last ferry
        01:40
        TRADE
        STAIRS
    """,
}


# What an author might have written as well: a paragraph under a headline, a timeline, a sentence after a name.
IN_DOUBT = ("headlines with teasers", "comments", "player inside the text")
# A reader's only sentence that speaks of the article's people, as the author might have.
MAY_STAY = {"I knew her father, and he was the same."}


@pytest.mark.parametrize("name", BOILERPLATE)
def test_a_run_of_boilerplate_is_dropped(name: str) -> None:
    """All of it, and nothing of the article; runs in doubt as a whole only where cleaning is strict."""
    strictness = "strict" if name in IN_DOUBT else "normal"

    kept = clean(article_from_text(page(BOILERPLATE[name])), strictness=strictness).article.blocks

    assert {block.text for block in kept} - MAY_STAY == set(OWN.values())


@pytest.mark.parametrize("name", IN_DOUBT)
def test_of_a_run_in_doubt_the_plain_lines_go(name: str) -> None:
    """What is certain goes at any strictness, and nothing of the article does."""
    article = article_from_text(page(BOILERPLATE[name]))

    for strictness in ("gentle", "normal"):
        kept = {block.text for block in clean(article, strictness=strictness).article.blocks}
        assert set(OWN.values()) <= kept
        assert len(kept) < len(article.blocks)


ARTICLES = {
    "verse": """
        The Wreck
        Down by the sea
        Home
        where the ships go
        More
        Down by the sea
        and out
        Next
    """,
    "timeline": """
        A Year on the Rock
        STAIRS
        January 17, 2020
        FERRY
        February 3, 2020
        TRADE
        March 2020
        STAIRS
    """,
    "interview": """
        A Talk at Sea
        STAIRS
        Do you like it here?
        I do.
        And the comments from the mainland?
        I don’t read them.
        Will you stay?
        Yes.
    """,
    "headings that are headers": """
        On Lamps
        STAIRS
        Related work
        FERRY
        Comments
        TRADE
        About the data
        STAIRS
        Sources
        FERRY
    """,
    "obituary": """
        Anna Berg, keeper, dies at 91
        Anna Berg was a journalist and the author of six books before she went to sea.
        STAIRS
        She is survived by two sons.
        FERRY
    """,
    "list at the end": """
        Five Lamps
        STAIRS
        The Fresnel lens
        The Argand lamp
        The arc lamp
        The fire basket
    """,
    "recipe": """
        Island Bread
        Ingredients
        300 g flour
        2 tsp salt
        water
        Method
        Mix everything.
        Bake it.
    """,
    "steps": """
        Fix a Lamp
        1. Open the door.
        2. Search for the wick.
        3. Share it with a friend.
        STAIRS
    """,
    "about newsletters": """
        How to Write a Newsletter
        STAIRS
        Subscribe buttons that work
        Your subscribe button should stand at the top, and again at the end of every newsletter you send.
        Privacy policy
        Write down what you do with email addresses, and keep to it.
        Cookies
        FERRY
    """,
    "dialogue": """
        A Light at Sea
        STAIRS
        “No,” he said.
        “Search me,” he said.
        Home.
        “It wasn’t hard,” she says.
    """,
    "match report": """
        Harbour beats Dock 2-1
        STAIRS
        Up next
        Harbour: at Pier on Friday.
        Dock: rests until Sunday.
    """,
    "questions": """
        Questions About Light
        STAIRS
        Who is Anna Berg?
        Anna Berg is the keeper. FERRY
        TRADE
    """,
    "three words": """
        A Light at Sea
        It went out.
    """,
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_stays_as_it_is(name: str) -> None:
    """Short lines, dates, lists, headings and sentences of the author's that look like a page's."""
    assert clean(article_from_text(page(ARTICLES[name]))).drops == ()


# A title, two buttons, two paragraphs, a link to another article, a notice.
PAGES = {
    "es": """
        Los últimos fareros del norte
        Publicidad
        Compartir en Facebook
        La farera sube la escalera cada tarde, enciende la lámpara y escribe una línea en el libro.
        En invierno el barco no viene durante semanas, y nadie se queja de ello en la isla.
        Lea también: El barco que no volvió
        Todos los derechos reservados
    """,
    "fr": """
        Les derniers gardiens du nord
        Publicité
        Partager sur Facebook
        La gardienne monte l’escalier chaque soir, allume la lampe et écrit une ligne dans le livre.
        En hiver, le bateau ne vient pas pendant des semaines, et personne ne s’en plaint sur l’île.
        Lire aussi : Le bateau qui n’est pas revenu
        Tous droits réservés
    """,
    "de": """
        Die letzten Wärter des Nordens
        Anzeige
        Auf Facebook teilen
        Die Wärterin steigt jeden Abend die Treppe hinauf, zündet die Lampe an und schreibt eine Zeile ins Buch.
        Im Winter kommt die Fähre wochenlang nicht, und auf der Insel beklagt sich niemand darüber.
        Lesen Sie auch: Die Fähre, die nicht wiederkam
        Alle Rechte vorbehalten
    """,
    "it": """
        Gli ultimi guardiani del nord
        Pubblicità
        Condividi su Facebook
        La guardiana sale le scale ogni sera, accende la lampada e scrive una riga nel libro.
        D’inverno il traghetto non viene per settimane, e nessuno sull’isola se ne lamenta.
        Leggi anche: Il traghetto che non tornò
        Tutti i diritti riservati
    """,
    "pt": """
        Os últimos faroleiros do norte
        Publicidade
        Compartilhar no Facebook
        A faroleira sobe a escada todas as tardes, acende a lâmpada e escreve uma linha no livro.
        No inverno o barco não vem durante semanas, e ninguém se queixa disso na ilha.
        Leia também: O barco que não voltou
        Todos os direitos reservados
    """,
}


@pytest.mark.parametrize("language", PAGES)
def test_other_languages(language: str) -> None:
    """Each language has its own phrases."""
    title, first_button, second_button, first, second, link, notice = page(PAGES[language]).split("\n\n")

    result = clean(article_from_text(page(PAGES[language])), language)

    assert [block.text for block in result.article.blocks] == [title, first, second]
    assert [drop.block.text for drop in result.drops] == [first_button, second_button, link, notice]
