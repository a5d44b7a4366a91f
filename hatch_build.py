"""Stops an installation where it could not end well, with a word on what works instead.

Hatchling asks this hook for metadata before any installer looks at what narrate depends on; without it pip would
compile for a while, or say that no version of onnxruntime was found. Wheels of an index do not come this way: there
Kokoro's adapter says it when it is to speak.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# For who brings a build of onnxruntime along, builds a wheel for others, or wants Google's voice alone.
ANYWAY = "INSTALL_NARRATE_ANYWAY"


class PlatformHook(MetadataHookInterface):
    """Changes no metadata; see the module."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Raise SystemExit where narrate's own voice cannot be installed, unless INSTALL_NARRATE_ANYWAY is set."""
        lack = _platforms(Path(self.root)).lacking()
        if lack and not os.environ.get(ANYWAY):
            use = "for Google's voice alone (--engine gtts)" if lack.rest_installs else "with builds of your own"
            sys.exit(f"narrate cannot be installed here: {lack.message}.\n{lack.instead}; {use}, set {ANYWAY}=1")


def _platforms(root: Path) -> ModuleType:
    """The module of that name, without the package around it, whose dependencies are not there yet."""
    spec = importlib.util.spec_from_file_location(
        "narrate_platforms", root / "narrate" / "core" / "system" / "platforms.py"
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(root / "narrate" / "core" / "system" / "platforms.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
