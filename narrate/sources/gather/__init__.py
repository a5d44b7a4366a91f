"""Gather many articles: from sources that were named, folders, patterns, lists and feeds."""

from __future__ import annotations

from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.gather.gathering import gathered

__all__ = ["Gathered", "Unusable", "Wanted", "gathered"]
