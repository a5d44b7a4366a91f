"""Listening again where there is doubt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.listening import heard_as, script_of

from narrate.check.listen import HeardWord, listen
from narrate.check.listen.listening import spliced

TEXT = "Anna Berg has kept the light for 31 years. She never missed a night. The tower stands on a bare rock."
SCRIPT = script_of(TEXT)
GAP = "She never missed a night. "
EPISODE = Path("a.mp3")


class Ear:
    """Hears one thing the first time and another the second."""

    def __init__(self, first: str, second: Sequence[HeardWord]) -> None:
        self.first, self.second = heard_as(first), second
        self.asked: list[Sequence[tuple[int, int]]] = []

    def hear(self, path: Path, **_: object) -> tuple[HeardWord, ...]:
        """All of it."""
        assert path == EPISODE
        return self.first

    def hear_again(self, path: Path, spans: Sequence[tuple[int, int]], **_: object) -> list[Sequence[HeardWord]]:
        """Each stretch."""
        assert path == EPISODE
        self.asked.append(spans)
        return [self.second for _ in spans]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> object:
    """Put an ear in place of the recogniser."""

    def put(ear: Ear) -> Ear:
        monkeypatch.setattr("narrate.check.listen.listening.hear", ear.hear)
        monkeypatch.setattr("narrate.check.listen.listening.hear_again", ear.hear_again)
        return ear

    return put


def with_gap() -> tuple[HeardWord, ...]:
    """What is heard with two seconds in which nothing was recognised."""
    words = heard_as(TEXT)
    return words[:9] + words[14:]


def test_what_was_heard_well_is_not_heard_again(use) -> None:  # type: ignore[no-untyped-def]
    """No doubt, no second time."""
    ear = use(Ear(TEXT, ()))
    assert listen(EPISODE, SCRIPT).word_errors == 0
    assert ear.asked == []


def test_what_was_passed_over_is_found_the_second_time(use) -> None:  # type: ignore[no-untyped-def]
    """The recogniser skipped a sentence that is in the sound: no alarm."""
    ear = use(Ear("", heard_as(TEXT)))
    ear.first = with_gap()
    report = listen(EPISODE, SCRIPT)
    assert (report.missed, report.word_errors) == ((), 0)
    (spans,) = ear.asked
    assert spans[0][0] <= 9 * 400 and spans[0][1] >= 14 * 400


def test_what_is_not_in_the_sound_stays_missing(use) -> None:  # type: ignore[no-untyped-def]
    """Heard twice and found neither time: it is reported, after two more tries."""
    ear = use(Ear("", with_gap()))
    ear.first = with_gap()
    assert [one.words for one in listen(EPISODE, SCRIPT).missed] == [GAP.strip()]
    assert len(ear.asked) == 2


def test_a_second_hearing_that_is_worse_counts_for_nothing(use) -> None:  # type: ignore[no-untyped-def]
    """Nonsense at the edges of a stretch makes no report worse."""
    ear = use(Ear("", heard_as("thank you for watching " * 8)))
    ear.first = with_gap()
    assert listen(EPISODE, SCRIPT).word_errors == 5


def test_a_sound_of_something_else_is_heard_once(use) -> None:  # type: ignore[no-untyped-def]
    """Where nearly all is doubtful, nothing is heard again: so many doubts are no slips of the recogniser."""
    script = script_of(*[f"{TEXT} Keeper {number} left." for number in range(60)])
    ear = use(Ear(" ".join(f"Keeper {number} left." for number in range(60)), ()))
    assert len(listen(EPISODE, script).missed) == 60
    assert ear.asked == []


def test_words_are_joined_in_pauses() -> None:
    """Nothing is doubled or lost at the joints, though times differ by a tenth of a second."""
    again = tuple(HeardWord(word.text, word.start_ms + 100, word.end_ms + 100) for word in heard_as(TEXT))
    assert " ".join(word.text for word in spliced(with_gap(), again, (3600, 5600))) == TEXT
