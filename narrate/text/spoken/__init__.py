"""The stage that puts written text into spoken words; its output is the script that is cut into chunks."""

from __future__ import annotations

from narrate.core.article import replay
from narrate.text.spoken.form import SpokenForm, spoken_form, to_script, variety_of

__all__ = ["SpokenForm", "replay", "spoken_form", "to_script", "variety_of"]
