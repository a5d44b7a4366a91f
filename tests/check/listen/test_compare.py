"""What is reported as missing and as too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.listening import heard_as, script_of

from narrate.check.listen import Report, compare

FIRST = "Anna Berg has kept the light for 31 years. She never missed a night. The tower stands on a bare rock."
SECOND = "Every spring the council sends $43.6 million to the coast. Ships from the U.S. pass without a sound."
THIRD = "“It wasn’t hard,” she says. Her brother, the heir, paints boats in Harbour Lane."
SCRIPT = script_of(FIRST, SECOND, THIRD)
WHOLE = f"{FIRST} {SECOND} {THIRD}"


def listened(text: str) -> Report:
    """The report on a recording of the three paragraphs."""
    return compare(SCRIPT, heard_as(text))


def test_a_script_that_was_heard_has_no_errors() -> None:
    """Every word counts, and none is wrong."""
    report = listened(WHOLE)
    assert (report.word_errors, report.missed, report.added, report.doubts) == (0, (), (), ())
    assert report.by_block == (0, 0, 0)
    assert report.wer == 0
    assert report.words == 58


FAULTS = [
    ("last word of all", "in Harbour Lane.", "in Harbour", [(2, "Lane.")]),
    ("last word of a sentence", "for 31 years. She", "for 31. She", [(0, "years.")]),
    ("half a sentence", "sends $43.6 million to the coast.", "", [(1, "sends $43.6 million to the coast.")]),
    ("start of a sentence", "Every spring the council", "", [(1, "Every spring the council")]),
    ("a sentence", "She never missed a night. ", "", [(0, "She never missed a night.")]),
    ("a short sentence", "“It wasn’t hard,” she says. ", "", [(2, "“It wasn’t hard,” she says.")]),
    ("an amount", "$43.6 ", "", [(1, "$43.6 million")]),
    ("a paragraph", SECOND, "", [(1, SECOND)]),
    ("two paragraphs", f"{SECOND} {THIRD}", "", [(1, SECOND), (2, THIRD)]),
    ("half, and a word", "sends $43.6 million to the coast.", "now.", [(1, "sends $43.6 million to the coast.")]),
    ("all", WHOLE, "", [(0, FIRST), (1, SECOND), (2, THIRD)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after", "missed"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_what_was_not_heard_is_reported(name: str, before: str, after: str, missed: list[tuple[int, str]]) -> None:
    """Each fault is found, in its block, in the author's words, and nothing else is."""
    assert before in WHOLE, name
    report = listened(WHOLE.replace(before, after))
    assert [(one.block, one.words) for one in report.missed] == missed
    assert not report.added
    assert report.word_errors > 0
    assert report.doubts


def test_what_is_missing_has_its_time() -> None:
    """Times are those of the transcript, to the end of the last word."""
    missed = listened(WHOLE.replace("She never missed a night. ", "")).missed[0]
    assert (missed.start_ms, missed.end_ms) == (9 * 400, 14 * 400)


def test_where_in_the_sound_it_is_missing() -> None:
    """A doubt lies between the last word that is sure and the next one, as they were heard."""
    report = listened(WHOLE.replace("She never missed a night. ", ""))
    assert report.doubts == ((9 * 400, 9 * 400),)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("She never missed a night.", "She never missed a night. She never missed a night.", "doubled"),
        ("Harbour Lane.", "Harbour Lane. Lane.", "doubled"),
        ("she says.", "she says. Thanks to all who have listened to us.", "added"),
    ],
)
def test_what_was_heard_too_often_is_reported(before: str, after: str, kind: str) -> None:
    """A sentence that is repeated and words from nowhere are told apart; nothing is missing."""
    report = listened(WHOLE.replace(before, after))
    assert [one.kind for one in report.added] == [kind]
    assert not report.missed


def test_two_sentences_that_changed_places_are_missing_and_moved() -> None:
    """One of the two is missing at its place and heard at another."""
    one, two = "She never missed a night.", "The tower stands on a bare rock."
    report = listened(WHOLE.replace(f"{one} {two}", f"{two} {one}"))
    assert len(report.missed) == 1
    assert [added.kind for added in report.added] == ["moved"]
    assert report.missed[0].words in (one, two)


HARMLESS = [
    ("the heir,", "the air"),
    ("31 years", "thirty one years"),
    ("$43.6 million", "forty-three point six million dollars"),
    ("the U.S. pass", "the US pass"),
    ("Harbour Lane", "harbor lane"),
    ("Anna Berg", "Anna Burke"),
    ("Anna Berg", "Annaberg"),
    ("the council sends", "the counsel sense"),
    ("“It wasn’t hard,” she says.", "It wasn't hard, she says"),
    ("paints boats in", "pains boats and"),
    ("She never", "And she never"),
    ("on a bare rock", "on bare rock"),
    ("Every spring the council", "Every spring, the council"),
    ("kept the light", "cap the lights"),
]


@pytest.mark.parametrize(("before", "after"), HARMLESS)
def test_what_a_recogniser_makes_of_words_is_no_alarm(before: str, after: str) -> None:
    """Homophones, other spellings, figures, and single small words lost or found."""
    assert before in WHOLE
    report = listened(WHOLE.replace(before, after))
    assert (report.missed, report.added) == ((), ())
    assert report.wer < 0.06


def test_errors_count_for_their_block() -> None:
    """The block where words are missing has the errors, the others have none."""
    report = listened(WHOLE.replace("She never missed a night. ", ""))
    assert report.by_block[0] > 0
    assert report.by_block[1:] == (0, 0)
    assert report.word_errors == 5


def test_another_text_altogether_is_missing_as_a_whole() -> None:
    """As many words of something else do not stand for the script."""
    report = listened(" ".join(["bluebell quartz jump vexing zephyr mock lynx"] * 9))
    assert sum(len(one.words.split()) for one in report.missed) > 40


def test_nothing_written_and_something_heard() -> None:
    """An empty script has no words to miss."""
    report = compare(script_of(), heard_as("Thank you for watching."))
    assert (report.words, report.word_errors, report.wer, report.missed) == (0, 4, 1.0, ())
    assert [one.words for one in report.added] == ["Thank you for watching."]
    assert compare(script_of(), ()).wer == 0


@given(st.lists(st.integers(0, 8), max_size=12), st.lists(st.integers(0, 8), max_size=12))
def test_any_two_texts_have_a_report(said: list[int], heard: list[int]) -> None:
    """Never more missing than written, never more errors than words on both sides, and all of it in order."""
    vocabulary = ("the sea.", "Musk", "12", "and", "light", "U.S.", "hundred", "—", "$4 million")
    text = " ".join(vocabulary[number] for number in said)
    script = script_of(text) if text else script_of()
    ear = heard_as(" ".join(vocabulary[number] for number in heard))
    report = compare(script, ear)
    assert [one.start_ms for one in report.missed] == sorted(one.start_ms for one in report.missed)
    assert all(one.words in text for one in report.missed)
    assert bool(report.word_errors) or not (report.missed or report.added)
    assert all(start <= end for start, end in report.doubts)


def test_an_hour_with_a_paragraph_missing() -> None:
    """Nine thousand words, two of three hundred paragraphs not heard: they are reported, and nothing else."""
    paragraphs = [
        f"In the year {1500 + number} keeper {number * 7} wrote that the light of tower {number} was seen from the"
        f" bay. He had {number + 3} boats, and none of them was lost in the storm of that winter."
        for number in range(300)
    ]
    heard = [text for number, text in enumerate(paragraphs) if number not in (120, 299)]
    report = compare(script_of(*paragraphs), heard_as(" ".join(heard)))
    assert [one.block for one in report.missed] == [120, 299]
    assert [one.words for one in report.missed] == [paragraphs[120], paragraphs[299]]
