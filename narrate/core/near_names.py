"""Names that are near to what somebody typed, for the hints of errors."""

from __future__ import annotations

from collections.abc import Iterable

# How alike two names are, 0 to 1 (difflib's ratio), from which on one is taken for a slip of the other.
NEAR = 0.6


def nearest(typed: object, known: Iterable[str], *, most: int = 1, nearness: float = NEAR) -> list[str]:
    """Return the names most like a typed one, the most alike first; capitals and spaces around it do not matter.

    Args:
        typed: As somebody wrote it.
        known: All names that there are.
        most: How many names are wanted.
        nearness: How alike two names must be, 0 to 1.
    """
    import difflib  # only on the way to an error: --help, which compares nothing, does without

    by_plain_name = {name.lower(): name for name in known}
    near = difflib.get_close_matches(str(typed).strip().lower(), by_plain_name, n=most, cutoff=nearness)
    return [by_plain_name[name] for name in near]


def did_you_mean(typed: object, known: Iterable[str], *, before: str = "", nearness: float = NEAR) -> str:
    """Return a hint with the nearest of the names that are known; empty where none is near.

    Args:
        typed: As somebody wrote it.
        known: All names that there are.
        before: What stands before each name where it is typed; it makes none more alike.
        nearness: How alike two names must be, 0 to 1.
    """
    return "".join(f"did you mean {before}{name}?" for name in nearest(typed, known, nearness=nearness))
