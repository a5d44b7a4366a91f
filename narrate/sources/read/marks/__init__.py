"""Marks in a text: pauses, other words, sounds and voices that its author asks for, taken out of what is read."""
