"""How far a run is, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        stage: "speak", counted in characters of spoken text, then "encode", counted in samples; "listen", counted in
            milliseconds of sound, is another command's.
        done: What is finished of the stage.
        total: All of it.
    """

    stage: Literal["speak", "encode", "listen"]
    done: int
    total: int


OnProgress = Callable[[Progress], None]
