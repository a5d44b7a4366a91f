"""What a page that talks to the inbox may do besides what all pages may: narrate.episode.page.markup says that."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Its form is sent, and its script asks, to its own server alone.
TALKING: Mapping[str, str] = MappingProxyType(
    {"connect-src": "'self'", "form-action": "'self'", "manifest-src": "'self'"}
)
