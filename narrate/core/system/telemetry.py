"""No telemetry: nothing that narrate stands on tells anybody that it is used, or of what.

Of all dependencies onnxruntime alone does so by itself: since 1.29 it sends what it is run with to its maker, on Linux
and macOS over the network and on Windows through the system, and keeps a number for the machine in the user's cache.
docs/decisions/0024-telemetry.md tells how that was looked for.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

logger = logging.getLogger(__name__)

# Read once, when onnxruntime is imported; with anything but "1" it may take the value as a no.
VARIABLE = "ORT_DISABLE_TELEMETRY"

RUNTIME = "onnxruntime"


def switch_off() -> None:
    """Have onnxruntime send nothing from this process, nor from those that it starts; may be called again.

    `import narrate` does so, before any other module of narrate can be imported and whatever the variable was set to:
    --offline must hold whatever the environment says. Where a program has imported onnxruntime before, its library has
    begun already; it is told to log no more events, and a warning says what is left.
    """
    decided_late = RUNTIME in sys.modules and os.environ.get(VARIABLE) != "1"
    os.environ[VARIABLE] = "1"
    if decided_late:
        logger.warning("onnxruntime was imported before narrate and may send telemetry: import narrate first")
    _log_no_events()


def _log_no_events() -> None:
    """Tell an imported onnxruntime so: the variable is not read on Windows, nor any more once it was imported."""
    runtime = sys.modules.get(RUNTIME)
    if runtime is not None:
        with suppress(AttributeError):  # half imported, or a version without it, which sends nothing either
            runtime.disable_telemetry_events()
