"""Quantities of spoken English: one grammar of figures, scales, units, coins, rates, ranges and chains.

From the inside out: a numeral (numerals.py) with a coin (coins.py) or a unit (unit_signs.py, from the table that
units.py reads) is a term (terms.py), units of one chain are one term (chains.py), terms make an expression
(expressions.py), whose doubtful signs are decided by what stands around (positions.py; marks.py for quote marks,
counted.py for years), and which is then said. What stands under a line alone is in rates.py, signs between bare figures
in products.py, shillings in old_money.py, places by their degrees in
coordinates.py, and the rules that claim all this in rules.py.
"""

from __future__ import annotations

from narrate.text.spoken.english.quantities.coordinates import coordinates
from narrate.text.spoken.english.quantities.old_money import old_money
from narrate.text.spoken.english.quantities.products import multiplications
from narrate.text.spoken.english.quantities.rates import lines_below
from narrate.text.spoken.english.quantities.rules import amounts, negative_sums, round_numbers, unmistakable_quantities

__all__ = [
    "amounts",
    "coordinates",
    "lines_below",
    "multiplications",
    "negative_sums",
    "old_money",
    "round_numbers",
    "unmistakable_quantities",
]
