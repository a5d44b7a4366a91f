"""Each part is tried, and what fails is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.cli.doctor import CHECKS, examine
from narrate.core.cache.space import SIZE_NAME
from narrate.core.settings.loading import Settings


def test_a_sound_machine(tmp_path: Path) -> None:
    """Every check passes, with a figure."""
    findings = list(examine(Settings(engine="tone", cache_dir=tmp_path / "cache")))

    assert [finding.name for finding in findings] == [name for name, _ in CHECKS]
    assert all(finding.passed and finding.detail for finding in findings), findings


def test_what_is_wrong_is_named_and_stops_no_other_check(tmp_path: Path) -> None:
    """A file in the place of a folder, and an engine that is none."""
    (tmp_path / "taken").write_text("x")

    findings = {f.name: f for f in examine(Settings(engine="nope", cache_dir=tmp_path / "taken" / "cache"))}

    assert not findings["cache folder"].passed
    assert not findings["engine"].passed
    assert "nope" in findings["engine"].detail
    assert findings["engine"].hint
    assert findings["mp3"].passed


@pytest.mark.parametrize(
    ("limit_mb", "shown"), [(5000, "cache, about 12.3 MB of 5.0 GB"), (0, "cache, about 12.3 MB"), (None, "cache")]
)
def test_the_size_of_the_cache_as_it_was_noted(tmp_path: Path, limit_mb: int | None, shown: str) -> None:
    """The noted size of the cache and its limit are told; nothing where nobody knows."""
    (tmp_path / "cache").mkdir()
    if limit_mb is not None:
        (tmp_path / "cache" / SIZE_NAME).write_text("12000000 1 0\n345678\n")
    settings = Settings(engine="nope", cache_dir=tmp_path / "cache", cache_limit_mb=limit_mb or 0)

    found = next(finding for finding in examine(settings) if finding.name == "cache folder")

    assert found.detail.endswith(shown)
