"""Each part is tried, and what fails is named."""

from __future__ import annotations

from pathlib import Path

from narrate.config import Settings
from narrate.doctor import CHECKS, examine


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
