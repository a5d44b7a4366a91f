"""Figures that name one thing of many, in spoken English: labels, identifiers, codes, citations."""
