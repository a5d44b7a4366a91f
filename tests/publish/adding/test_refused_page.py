"""What a form without script is shown where the inbox refused what it sent."""

from __future__ import annotations

from support.pages import parsed, texts

from narrate.publish.adding.refused_page import refused_page


def test_message_hint_and_the_way_back() -> None:
    """As sentences; markup in them is text."""
    root = parsed(refused_page("a picture.png is a <b>picture", "send a text", "../../").decode())

    assert texts(root, "//p") == ["A picture.png is a <b>picture.", "Send a text.", "To the library"]
    assert root.xpath("//a/@href") == ["../../"]


def test_an_address_at_the_beginning_stays_as_it_is() -> None:
    """It is no word; without a hint there is no empty line for one."""
    root = parsed(refused_page("https://example.com/a is gone", "", "./").decode())

    assert texts(root, "//p") == ["https://example.com/a is gone.", "To the library"]
