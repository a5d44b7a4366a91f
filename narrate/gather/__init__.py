"""Where many articles come from: sources that were named, folders, patterns, lists and feeds."""

from __future__ import annotations

from narrate.gather.sources import gathered
from narrate.gather.wanted import Gathered, Unusable, Wanted

__all__ = ["Gathered", "Unusable", "Wanted", "gathered"]
