"""What a page calls its elements tells what they are, as far as the names' tables say."""

from __future__ import annotations

import pytest

from narrate.sources.read.class_names import is_name


@pytest.mark.parametrize(
    ("kind", "names", "is_called"),
    [
        ("heard", "title sr-only", True),
        ("heard", "no-sr-only", False),
        ("opened", "my-tab active", True),
        ("opened", "tablet", False),
        ("never", "main-menubar", True),
        ("never", "submenu", False),
        ("never", "the-NewsletterBox", True),
        ("never", "shadow", False),
    ],
)
def test_how_much_of_a_name_counts(kind: str, names: str, is_called: bool) -> None:
    """Names count as whole classes, as words, as beginnings of words or anywhere, capitals or not."""
    assert is_name(names, f"shown.{kind}") is is_called
