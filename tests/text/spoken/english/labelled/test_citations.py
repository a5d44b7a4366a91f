"""Judgments, sources and pages that a text refers to."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("347 U.S. 483", "three forty seven US four eighty three"),
        ("410 U.S. at 153", "four ten US at one fifty three"),
        ("18 F.3d 123", "eighteen F third one twenty three"),
        ("92 F. Supp. 2d 45", "ninety two F Supp second forty five"),
        ("42 U.S.C. § 1983", "forty two USC section nineteen eighty three"),
        ("on p. 12ff.", "on page twelve and following."),
        ("INA 212(a)(7) and 8 CFR 214.2(f)", "INA two twelve A seven and eight CFR two fourteen point two f"),
        ("ISO 9001:2015", "ISO nine thousand one twenty fifteen"),
        ("vv. 3-5", "verses three to five"),
        ("until the reform [14].", "until the reform."),
        ("it fell [3, 4] and rose", "it fell and rose"),
        ("as shown in [12].", "as shown in [twelve]."),
        ("(Smith 2019)", "(Smith twenty nineteen)"),
    ],
)
def test_citations(written: str, said: str) -> None:
    """A judgment is volume, report and page; a source's number is said only where the sentence needs it."""
    assert spoken_form(written).text == said
