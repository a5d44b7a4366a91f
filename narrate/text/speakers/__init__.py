"""Tells who speaks in an interview or a dialogue, by labels before paragraphs and by the whole article."""

from __future__ import annotations

from narrate.text.speakers.announcing import with_labels, with_names
from narrate.text.speakers.names import NameMatch, match_name
from narrate.text.speakers.turns import speakers_of, with_speakers
from narrate.text.speakers.words import gender_of, is_role

__all__ = [
    "NameMatch",
    "gender_of",
    "is_role",
    "match_name",
    "speakers_of",
    "with_labels",
    "with_names",
    "with_speakers",
]
