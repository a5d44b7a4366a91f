"""Addresses and telephone numbers are said so that they can be written down."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("https://www.example.com/news.", "example dot com slash news."),
        ("see nytimes.com, please", "see nytimes dot com, please"),
        ("bbc.co.uk", "bbc dot co dot UK"),
        ("https://example.com/a?b=c#d", "example dot com"),
        ("the .com boom", "the dot com boom"),
        ("an .exe or a .zip file", "an dot exe or a dot zip file"),
        ("jane.doe@example.com", "jane dot doe at example dot com"),
        ("as @jane_doe wrote", "as at jane doe wrote"),
        ("#MeToo", "hashtag Me Too"),
        ("that is it.It was late.The end", "that is it. It was late. The end"),
    ],
)
def test_addresses(written: str, said: str) -> None:
    """Hosts are spelled with "dot", paths with "slash", and a missing space is no address."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call 555-123-4567 now", "Call five five five, one two three, four five six seven now"),
        ("(212) 555-0199", "two one two, five five five, zero one nine nine"),
        ("(212)555-0199", "two one two, five five five, zero one nine nine"),
        ("1-800-FLOWERS", "one, eight hundred, FLOWERS"),
        ("1-888-GO-2-HAUL", "one, eight eight eight, GO two HAUL"),
        ("a card ending in 8876", "a card ending in eight eight seven six"),
        ("+1 212 555 0199", "plus one, two one two, five five five, zero one nine nine"),
        ("Dial 911 in an emergency", "Dial nine one one in an emergency"),
        ("a 911 call", "a nine one one call"),
        ("text 741741", "text seven four one seven four one"),
        ("called 911 voters", "called nine hundred eleven voters"),
        ("111-11-1111", "one one one, one one, one one one one"),
        ("192.168.0.1", "one nine two dot one six eight dot zero dot one"),
    ],
)
def test_telephone_numbers(written: str, said: str) -> None:
    """Numbers that are dialled are said digit by digit in their groups."""
    assert spoken_form(written).text == said
