"""Codes, accounts and extensions are said digit by digit; amounts are not."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Your code is 276983;", "Your code is two seven six nine eight three;"),
        ("code 904417", "code nine zero four four one seven"),
        ("Text STOP to 40404", "Text STOP to four zero four zero four"),
        ("confirmation number 58213", "confirmation number five eight two one three"),
        ("the account, No. 4420,", "the account, number four four two zero,"),
        ("account no. 4420", "account number four four two zero"),
        ("order 7731902", "order seven seven three one nine zero two"),
        ("your PIN is 0421", "your PIN is zero four two one"),
        ("extension 412", "extension four one two"),
        ("a 617 area code", "a six one seven area code"),
        ("Akron, Ohio 44309", "Akron, Ohio four four three zero nine"),
        ("ISBN 978-0143039433", "ISBN nine seven eight, zero one four three zero three nine four three three"),
        ("Call 867-5309", "Call eight six seven, five three zero nine"),
        ("ring 020 7946 0018", "ring zero two zero, seven nine four six, zero zero one eight"),
        ("on 07700 900123", "on zero seven seven zero zero, nine zero zero one two three"),
        ("the 2018 building code", "the twenty eighteen building code"),
        ("the building code 2018", "the building code twenty eighteen"),
        ("an order of 250 cars", "an order of two hundred fifty cars"),
        ("she sent 500 letters to 300 people", "she sent five hundred letters to three hundred people"),
        ("Ohio 44,309 times", "Ohio forty four thousand three hundred nine times"),
    ],
)
def test_codes(written: str, said: str) -> None:
    """What comes before or behind the digits says whether they are typed or counted."""
    assert spoken_form(written).text == said
