"""Every error has its code, and the docstring draws the whole tree."""

from __future__ import annotations

import pytest

from narrate.core import errors

CODES = {
    "ConfigError": 2,
    "SourceError": 3,
    "MarkError": 3,
    "NothingToSay": 4,
    "EngineError": 5,
    "UnknownEngine": 2,
    "EngineNotInstalled": 5,
    "UnknownVoice": 2,
    "EngineUnavailable": 5,
    "SynthesisFailed": 5,
    "OutputError": 6,
    "Fault": 1,
}


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_codes(name: str, code: int) -> None:
    """Scripts rely on them."""
    assert getattr(errors, name)("message", "hint").exit_code == code


def test_the_tree_is_whole() -> None:
    """No error is missing in the table above or in the docstring."""
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.NarrateError) and value is not errors.NarrateError
    }

    assert classes == set(CODES)
    assert all(name in (errors.__doc__ or "") for name in classes)
