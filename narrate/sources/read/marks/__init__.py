"""Marks in a text: pauses, other words, sounds and voices that its author asks for, taken out of what is read."""

from narrate.sources.read.marks.placing import placed
from narrate.sources.read.marks.scanning import may_have_marks, scanned

__all__ = ["may_have_marks", "placed", "scanned"]
