"""The rules for figures that name one thing of many, in the order in which they claim the text."""

from __future__ import annotations

from narrate.text.spoken.claims import Rule
from narrate.text.spoken.english.labelled import citations, codes, identifiers, labels

LABEL_RULES: tuple[Rule, ...] = (
    # Digits one by one before anything counts them; "order number 7731902" is a code before "number" is a label.
    codes.codes,
    # A judgment's "U.S." and a standard's dot are no label's.
    identifiers.standards,
    citations.reports_of_cases,
    citations.what_follows,
    labels.references,
    labels.labelled_figures,
    # Whatever no label stands before.
    citations.paragraphs,
    identifiers.identifiers,
    codes.postcodes,
)
