"""A review changes its draft, lets it be heard, keeps lexicons, and writes over nobody's work."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from narrate.audio.codec import decode
from narrate.core.settings.loading import Settings
from narrate.pipeline.engine import open_engine
from narrate.pipeline.reviewing.changes import BadChange
from narrate.pipeline.reviewing.hearing import Overtaken
from narrate.pipeline.reviewing.opening import opened_draft
from narrate.pipeline.reviewing.session import Review
from narrate.publish.review.reviewed import Conflict
from narrate.speech.engines.tone import PITCHES_HZ

ARTICLE = """# The Lamp

It was 6 o'clock. The boats of the whole harbour came home, one behind the other, and all of them were late.

Share this on Facebook

SQL is used by 12 people.
"""


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Review]:
    """A review of an article with a voice of tones."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "lamp.md").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(engine="tone", output=tmp_path / "output", cache_dir=tmp_path / "cache")
    with open_engine(settings) as engine:
        path, settings = opened_draft(str(tmp_path / "lamp.md"), settings, engine)
        yield Review(path, settings, engine)


def blocks(told: Mapping[str, object]) -> list[dict[str, object]]:
    """The blocks that an answer has."""
    return cast("list[dict[str, object]]", told["blocks"])


def id_of(review: Review, words: str) -> str:
    """The id of the block with these words."""
    return next(str(one["id"]) for one in blocks(review.state()) if words in str(one["text"]))


def change(review: Review, does: str, words: str, **more: object) -> Mapping[str, object]:
    """Change the block with these words."""
    revision = cast(int, review.check()["revision"])
    return review.change(revision, {"does": does, "id": id_of(review, words), **more})


def pitch_hz(sound: bytes) -> float:
    """The loudest frequency."""
    audio = decode(sound)
    return float(np.argmax(np.abs(np.fft.rfft(audio.samples))) * audio.rate_hz / len(audio.samples))


def test_the_first_look_has_what_is_said_and_why(review: Review) -> None:
    """Edits with their rules, doubtful words, and drops with theirs."""
    assert review.state()["is_noted"] is False
    told = {str(one["text"])[:5]: one for one in blocks(review.notes())}
    [edit] = cast("list[list[object]]", told["SQL i"]["edits"])
    assert edit[:3] == [15, 17, "twelve"] and edit[3]
    assert told["SQL i"]["doubtful"] == ["SQL"]
    assert told["Share"]["dropped"] is True and told["Share"]["rule"] == "share-bar"
    assert len(cast("list[object]", told["It wa"]["sentences"])) == 2


def test_a_change_is_answered_with_what_changed_alone(review: Review) -> None:
    """The changed block comes back with its new words, and the file has them."""
    review.notes()
    told = change(review, "say", "SQL", text="Four words instead, 7.")
    [one] = blocks(told)
    assert one["said"] == "Four words instead, seven." and told["unsaved"] == ""
    assert "%= Four words instead, 7." in review.path.read_text(encoding="utf-8")


def test_undo_and_redo_go_step_by_step(review: Review) -> None:
    """To what was there, letter by letter."""
    review.notes()
    change(review, "drop", "SQL")
    first = review.path.read_text(encoding="utf-8")
    change(review, "keep", "Share")
    second = review.path.read_text(encoding="utf-8")
    assert review.undo()["can_redo"] is True
    assert review.path.read_text(encoding="utf-8") == first
    review.redo()
    assert review.path.read_text(encoding="utf-8") == second
    review.undo(), review.undo()
    assert review.undo()["can_undo"] is False
    assert "\n% SQL" not in review.path.read_text(encoding="utf-8")


def test_a_line_of_a_lexicon_is_shown_written_heeded_and_undone(review: Review) -> None:
    """Beside the article; a new file goes away again."""
    review.notes()
    lexicon = review.path.parent.parent / "lexicon.toml"
    told = review.lexicon("SQL", "say", "sequel", "article", is_written=False)
    assert (told["line"], lexicon.exists()) == ('"SQL" = "sequel"', False)
    [one] = blocks(review.lexicon("SQL", "say", "sequel", "article", is_written=True))
    assert one["said"] == "sequel is used by twelve people." and lexicon.exists()
    review.undo()
    assert not lexicon.exists()
    review.redo()
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + '"A" = "b"\n', encoding="utf-8")
    with pytest.raises(Conflict, match=r"lexicon\.toml"):
        review.undo()
    assert '"A"' in lexicon.read_text(encoding="utf-8")


def test_the_users_own_lexicon_is_made_where_there_is_none(review: Review, tmp_path: Path) -> None:
    """With the folder that it belongs into."""
    told = review.lexicon("SQL", "spell", "", "user", is_written=True)
    assert Path(str(told["file"])).read_text(encoding="utf-8") == '[en]\n"SQL" = { spell = true }\n'
    assert Path(str(told["file"])).is_relative_to(tmp_path / "config")


def test_what_another_wrote_stays(review: Review) -> None:
    """Until the page has loaded it."""
    text = review.path.read_text(encoding="utf-8").replace("12 people", "13 people")
    review.path.write_text(text, encoding="utf-8")
    assert review.check()["is_changed_outside"] is True
    for does in (lambda: change(review, "drop", "SQL"), review.save, review.undo):
        with pytest.raises(Conflict):
            does()
    assert review.path.read_text(encoding="utf-8") == text
    assert "13 people" in str(review.reload()["blocks"])
    change(review, "drop", "SQL")
    assert "% SQL is used by 13 people" in review.path.read_text(encoding="utf-8")


def test_a_look_alone_writes_nothing(review: Review) -> None:
    """An editor's line breaks stay as they are until something is changed."""
    text = review.path.read_text(encoding="utf-8").replace("of the whole harbour", "of the\nwhole harbour", 1)
    review.path.write_text(text, encoding="utf-8")
    review.reload()
    before = review.check()["revision"]
    review.notes()
    review.hear(id_of(review, "boats"), (0, 17))
    review.finish()
    assert review.check()["revision"] == before
    assert review.path.read_text(encoding="utf-8") == text


def test_a_voice_of_the_command_line_is_the_drafts(review: Review, tmp_path: Path) -> None:
    """From the beginning, and the page can choose another."""
    settings = Settings(
        engine="tone", voice="low", own_voice=False, output=tmp_path / "output", cache_dir=tmp_path / "cache"
    )
    with open_engine(settings) as engine:
        again = Review(review.path, settings, engine)
        assert "voice: low" in review.path.read_text(encoding="utf-8")
        assert pitch_hz(again.hear(id_of(again, "boats"), (0, 17))) == pytest.approx(PITCHES_HZ["low"], abs=4)
        again.change(cast(int, again.check()["revision"]), {"does": "head", "field": "voice", "value": "high"})
        assert pitch_hz(again.hear(id_of(again, "boats"), (0, 17))) == pytest.approx(PITCHES_HZ["high"], abs=4)


def test_a_second_page_is_told_that_it_is_late(review: Review) -> None:
    """By the revision that it has."""
    change(review, "drop", "SQL")
    with pytest.raises(Conflict, match="another page"):
        review.change(0, {"does": "keep", "id": id_of(review, "SQL")})


def test_a_disk_that_takes_nothing_is_told_and_tried_again(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change stays in the page meanwhile."""
    from narrate.sources.read.draft import drafts

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "write_whole", full)
        told = change(review, "drop", "SQL")
        assert "No space left" in str(told["unsaved"])
    assert review.save()["unsaved"] == ""
    assert "% SQL" in review.path.read_text(encoding="utf-8")


def test_a_sentence_is_heard_with_its_voice(review: Review) -> None:
    """Shorter than its block, and in the voice of the block; what was dropped can be heard, too."""
    id = id_of(review, "boats")
    whole, first = (decode(review.hear(id, span)).duration_s for span in ((0, 0), (0, 17)))
    assert 0 < first < whole / 3
    assert pitch_hz(review.hear(id, (0, 17))) == pytest.approx(PITCHES_HZ["middle"], abs=4)
    change(review, "voice", "boats", voice="high")
    assert pitch_hz(review.hear(id, (0, 17))) == pytest.approx(PITCHES_HZ["high"], abs=4)
    assert decode(review.hear(id_of(review, "Share"), (0, 0))).duration_s > 0.5


def test_a_trial_is_heard_and_not_kept(review: Review) -> None:
    """The file stays as it was."""
    id, before = id_of(review, "SQL"), review.path.read_text(encoding="utf-8")
    plain = decode(review.hear(id, (0, 0))).duration_s
    trial = {"does": "sound", "id": id, "start_char": 0, "end_char": 3, "way": "say", "value": "a very long word"}
    assert decode(review.hear(id, (0, 0), trial)).duration_s > plain + 0.5
    assert review.path.read_text(encoding="utf-8") == before


def test_who_asks_later_is_heard(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one before is told so, and no more of it is made."""
    from narrate.pipeline.reviewing import session

    begun, goes_on = threading.Event(), threading.Event()
    real = session.flac_of

    def slow(heard: object, settings: object, engine: object, is_wanted: object) -> bytes:
        begun.set()
        assert goes_on.wait(20)
        return real(heard, settings, engine, is_wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "flac_of", slow)
    id, told = id_of(review, "boats"), []

    def first() -> None:
        try:
            review.hear(id, (0, 0))
        except Overtaken:
            told.append("overtaken")

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(20)
    second = threading.Thread(target=lambda: told.append(len(review.hear(id, (0, 17))) > 100))
    second.start()
    while review._last_heard < 2:
        pass
    goes_on.set()
    thread.join(20), second.join(20)
    assert told == ["overtaken", True]


def test_a_word_has_its_readings_to_choose_from(review: Review) -> None:
    """Of the table of heteronyms, letter by letter, and of the lexicon."""
    review.lexicon("SQL", "say", "sequel", "article", is_written=True)
    found = cast("list[dict[str, str]]", review.choices(id_of(review, "SQL"), "SQL")["choices"])
    assert [(one["way"], one["value"]) for one in found][:2] == [("say", "sequel"), ("spell", "")]
    read = cast("list[dict[str, str]]", review.choices(id_of(review, "SQL"), "lead")["choices"])
    assert {one["value"] for one in read if one["way"] == "ipa"} >= {"lˈɛd", "lˈiːd"}


def test_what_is_no_lexicon_or_way_is_refused(review: Review) -> None:
    """Nothing is written outside of the two."""
    for way, where in (("say", "../x"), ("shout", "article")):
        with pytest.raises(BadChange):
            review.lexicon("SQL", way, "sequel", where, is_written=True)
