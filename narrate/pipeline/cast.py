"""Who speaks an episode, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.core.article import BlockKind

if TYPE_CHECKING:
    from narrate.speech.engines import Voice  # which imports numpy: cores.one_blas_thread would come too late


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks.

    Attributes:
        voice: The episode's voice.
        language: BCP 47 tag of the text.
        quote_voice: Another one for block quotes; None for the same.
    """

    voice: Voice
    language: str
    quote_voice: Voice | None = None

    @property
    def by_kind(self) -> Mapping[BlockKind, str]:
        """Names of other voices than the episode's, by the kind of block they speak."""
        other = self.quote_voice
        return {"quote": other.name} if other and other.name != self.voice.name else {}

    @property
    def speakers(self) -> Mapping[str, str]:
        """What a transcript calls each voice, by its name in a chunk; nothing where there is one only."""
        if not self.by_kind:
            return {}
        return {"": _shown(self.voice.name), **{name: _shown(name) for name in self.by_kind.values()}}


def _shown(voice: str) -> str:
    """ "af_heart" is called Heart; "en-GB" stays what it is."""
    names = (part.split(":")[0] for part in voice.split("+"))
    return " + ".join(name.rpartition("_")[2].capitalize() if "_" in name else name for name in names)
