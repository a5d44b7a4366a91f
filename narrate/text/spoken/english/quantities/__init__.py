"""Quantities of spoken English: one grammar of figures, scales, units, coins, rates, ranges and chains."""
