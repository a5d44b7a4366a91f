"""Apple's categories."""

from __future__ import annotations

import pytest

from narrate.core.categories import categories, plain_category
from narrate.core.errors import ConfigError


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("News", ("News",)),
        ("News > Tech News", ("News", "Tech News")),
        ("news>TECH  news ", ("News", "Tech News")),
        ("tv & film > after shows", ("TV & Film", "After Shows")),
    ],
)
def test_a_category_is_written_as_apple_writes_it(written: str, expected: tuple[str, ...]) -> None:
    """However it is written in the settings."""
    assert plain_category(written) == expected


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Tech News", 'did you mean "News > Tech News"?'),
        ("Arts > Book", 'did you mean "Arts > Books"?'),
        ("Kids and Family", 'did you mean "Kids & Family"?'),
        ("Nwes", 'did you mean "News"?'),
        ("Arts > Tech News", 'did you mean "News > Tech News"?'),
        ("", "choose one of Arts, Business"),
        ("zzz", "choose one of Arts, Business"),
    ],
)
def test_another_is_refused_and_the_nearest_named(written: str, hint: str) -> None:
    """Apps would show a podcast of an unknown category under none."""
    with pytest.raises(ConfigError) as caught:
        plain_category(written)
    assert hint in caught.value.hint


def test_the_table_is_whole() -> None:
    """19 categories and 91 below them, none twice in one place."""
    below = [name for names in categories().values() for name in names]
    assert (len(categories()), len(below)) == (19, 91)
    assert all(len(set(names)) == len(names) for names in categories().values())
