"""Hostile inputs for each stage of the text half and for the tags, by the hundred or thousand (docs/fuzzing.md)."""

from __future__ import annotations

import logging
import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fuzz import inputs, targets

# The quick run is FUZZ_EXAMPLES=10000; what runs with all other tests is a twentieth of it.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "500"))

pytestmark = pytest.mark.slow

# Without a database of old failures, and with nothing to say of inputs that take a while.
quick = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> None:
    """Parsers complain of what they are given."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@quick
@given(inputs.BYTES)
def test_read(data: bytes) -> None:
    """Any bytes, taken for any form, become an article of well-formed blocks or a clear refusal."""
    targets.read(data)


@quick
@given(inputs.BYTES)
def test_clean(data: bytes) -> None:
    """Cleaning loses no block, and all that it keeps is said or on record."""
    targets.clean(data)


@quick
@given(inputs.BYTES)
def test_spoken(data: bytes) -> None:
    """The spoken form is the written text with its edits, in any language."""
    targets.spoken(data)


@quick
@given(inputs.BYTES)
def test_chunk(data: bytes) -> None:
    """Every word of any script is in one chunk, however little the engine takes."""
    targets.chunk(data)


@quick
@given(inputs.BYTES)
def test_sentences(data: bytes) -> None:
    """Places to cut are inside the text, in order."""
    targets.sentences(data)


@quick
@given(inputs.BYTES)
def test_tags_written(data: bytes) -> None:
    """Whatever an article is called, its tags can be written and read back."""
    targets.tags_written(data)


@quick
@given(inputs.BYTES)
def test_tags_read(data: bytes) -> None:
    """Files with any bytes in them have tags or a problem."""
    targets.tags_read(data)
