"""Tests that need an extra: skipped where it is not installed, failed where it must be."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

# CI installs every extra that has tests and sets this, so that a package that is missing cannot pass for a success.
MUST_BE_THERE = "REQUIRE_EXTRAS"


def require_extra(extra: str, *modules: str) -> None:
    """Skip the test, or the module that calls this, unless the modules that an extra brings are there.

    Args:
        extra: As in `pip install '.[extra]'`.
        modules: What the tests import of it.

    Raises:
        ModuleNotFoundError: One is missing and REQUIRE_EXTRAS is set.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if not missing:
        return
    reason = f"needs the extra: python3 -m pip install '.[{extra}]'"
    if os.environ.get(MUST_BE_THERE):
        raise ModuleNotFoundError(f"{', '.join(missing)}: {reason}")
    pytest.skip(reason, allow_module_level=True)
