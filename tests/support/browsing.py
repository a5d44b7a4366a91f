"""A real Chromium for tests of pages, what it complains of, and what axe-core finds."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium, or a plain word on why there is none."""
    from playwright import sync_api as playwright

    program = os.environ.get("NARRATE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        pytest.skip("the pages were not tried in a browser: no Chromium found; install one, e.g. apt install chromium")
    # As root, in a container, there is no sandbox to be had.
    arguments = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    arguments += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def until(page: Any, condition: str, within_s: float = 15) -> None:
    """Wait for a condition; playwright's own waiting evaluates strings, which the pages' policy forbids."""
    end = time.monotonic() + within_s
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"it never came: {condition}"
        page.wait_for_timeout(20)


def complaints_of(page: Any) -> list[str]:
    """A list that grows by whatever the browser complains of."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    return complaints


def serious(page: Any) -> list[str]:
    """What axe-core finds that is serious or worse: the rule and the element."""
    from axe_playwright_python import sync_playwright as axe

    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]
