"""Progress of a run, as a value for those who show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from narrate.core.forecast import Estimate, Forecast


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run.

    Attributes:
        stage: "speak", counted in characters of spoken text, then "encode", counted in samples; "listen", counted in
            milliseconds of sound, is another command's.
        done: What is finished of the stage.
        total: All of it.
        forecast: Knows more: what the run is at (`phase`), and how far it is at any later moment; see `estimate`. None
            where nobody foretells anything.
    """

    stage: Literal["speak", "encode", "listen"]
    done: int
    total: int
    forecast: Forecast | None = field(default=None, compare=False, repr=False)

    def estimate(self) -> Estimate:
        """The share of the whole run that is done now, between two calls too, and the seconds that are left.

        Any thread may ask, as often as it likes. Without a forecast it is the share of the stage, and no time.
        """
        if self.forecast:
            return self.forecast.estimate()
        return Estimate(self.done / self.total if self.total else 0.0)


OnProgress = Callable[[Progress], None]
