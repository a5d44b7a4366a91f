"""The review of one draft: what its page asks for, one at a time where the draft or the voice is concerned."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Utterance
from narrate.core.settings.model import Settings
from narrate.pipeline.drafting.notes import Spoken, spoken_draft, with_notes
from narrate.pipeline.reviewing.changes import BadChange, block_number, changed
from narrate.pipeline.reviewing.hearing import Heard, Overtaken, flac_of, only_block
from narrate.pipeline.reviewing.kept_draft import KeptDraft, Step
from narrate.pipeline.reviewing.making import Making
from narrate.pipeline.reviewing.pronunciations import Choice, choices_for, lexicon_files, line_in
from narrate.pipeline.reviewing.views import Json, block_shown, head_shown
from narrate.publish.review.reviewed import Conflict
from narrate.sources.read.draft.values import Draft
from narrate.text.lexicon_lines import WAYS

if TYPE_CHECKING:
    from narrate.speech.engines import Engine

__all__ = ["Overtaken", "Review"]


class Review:
    """A draft that is reviewed; any thread may call."""

    def __init__(self, path: Path, settings: Settings, engine: Engine) -> None:
        """Read the draft.

        Args:
            path: Of the draft.
            settings: Of its episode.
            engine: Speaks; the caller closes it.

        Raises:
            SourceError: It cannot be read.
        """
        self.path, self._engine = path, engine
        self._kept = KeptDraft(path)
        # A voice of the command line is the draft's from now on, and the page can change it.
        self._settings = replace(settings, own_voice=True)
        if settings.voice and not settings.own_voice:
            self._kept.make(lambda draft: replace(draft, meta=replace(draft.meta, voice=settings.voice)))
        self._said: Mapping[str, Sequence[Utterance]] | None = None
        self._lock, self._voice_lock = threading.RLock(), threading.Lock()
        self._last_heard = 0
        self.making = Making(path, self._settings, engine)

    def state(self) -> Json:
        """Return all that the page shows, at once; what is said of blocks is added by `notes`."""
        with self._lock:
            blocks = [block_shown(one, self._said_of(one.id)) for one in self._kept.draft.blocks]
            return {
                **self._status(),
                "file": self.path.name,
                "head": head_shown(self._kept.draft),
                "voices": [voice.name for voice in self._engine.voices()],
                "blocks": blocks,
                "is_noted": self._said is not None,
            }

    def notes(self) -> Json:
        """Return the blocks with what is said of them, made anew.

        Raises:
            ConfigError: A lexicon or a voice cannot be used.
        """
        with self._lock:
            self._note_all()
            return self.state()

    def check(self) -> Json:
        """Return whether the page is up to date."""
        with self._lock:
            return {**self._status(), "is_changed_outside": self._kept.is_changed_outside()}

    def change(self, revision: int, change: Mapping[str, object]) -> Json:
        """Make a change and save it.

        Args:
            revision: That the page has; another one's change came first where it is not the newest.
            change: See changes.changed.

        Raises:
            BadChange: It cannot be made.
            ChangedOutside: The file is another's.
        """
        with self._lock:
            if revision != self._kept.revision:
                raise Conflict("another page changed the draft", "load it again, then go on")
            before = self._kept.draft
            self._kept.make(lambda draft: self._noted_where_new(draft, changed(draft, change)))
            return self._difference(before)

    def undo(self) -> Json:
        """Take the last change back."""
        return self._moved(is_back=True)

    def redo(self) -> Json:
        """Make the change again that was undone last."""
        return self._moved(is_back=False)

    def reload(self) -> Json:
        """Read the file again."""
        with self._lock:
            self._kept.reload()
            self._said = None
            return self.notes()

    def save(self) -> Json:
        """Write the draft, where that could not be done before."""
        with self._lock:
            self._kept.save()
            return self._status()

    def choices(self, id: str, word: str) -> Json:
        """Return the ways to say a word, and the lexicons that can keep one."""
        with self._lock:
            spoken = self._spoken_alone(block_number(self._kept.draft, id))
            found = choices_for(word, self._engine, spoken.voice.name, spoken.language, spoken.lexicon)
            files = {name: str(path.absolute()) for name, path in self._lexicons().items()}
            return {"choices": [asdict(one) for one in found], "files": files}

    def lexicon(self, word: str, way: str, value: str, where: str, *, is_written: bool) -> Json:
        """Return the line that a lexicon gets, after it was written if that is asked for.

        Raises:
            ConfigError: It can be no entry.
            OutputError: The file cannot be written.
        """
        with self._lock:
            path = self._lexicons().get(where)
            if way not in WAYS or path is None:
                raise BadChange("no such way to say a word, or no such lexicon")
            new = line_in(path, word, Choice("", way, value), self._kept.draft.meta.language or "")
            if not is_written:
                return new.shown
            before = self._kept.draft
            self._kept.write_lexicon(path, new.text)
            self._note_all()
            return {**self._difference(before), **new.shown}

    def hear(self, id: str, span: tuple[int, int], trial: Mapping[str, object] | None = None) -> bytes:
        """Return the sound of a stretch of a block, as FLAC; who asks later is heard instead.

        Args:
            id: Of the block; one that is dropped can be heard as well.
            span: Where it begins and ends in the block's words; (0, 0) for all of it.
            trial: A change that is heard and not made.

        Raises:
            Overtaken: Something else was asked for meanwhile.
            EngineError: It cannot be spoken.
        """
        with self._lock:
            self._last_heard += 1
            ticket = self._last_heard
            draft = changed(self._kept.draft, trial) if trial else self._kept.draft
            spoken = self._spoken_alone(block_number(draft, id), draft)
        if not spoken.script.utterances:
            raise BadChange("nothing is said of this block", "its kind is left out, or it has no words")
        heard = Heard(only_block(spoken.script, spoken.script.utterances), *span)
        with self._voice_lock:
            if ticket != self._last_heard:
                raise Overtaken
            return flac_of(heard, self._settings, self._engine, lambda: ticket == self._last_heard)

    def make(self) -> Json:
        """Begin to make the episode of the draft as it is now.

        Raises:
            ChangedOutside: The file is another's.
        """
        with self._lock:
            self.finish()
            return self.making.begin()

    def finish(self) -> None:
        """Write the draft with its newest notes, if it was changed; a file that is another's by now stays."""
        with self._lock:
            if self._kept.can_undo and not self._kept.is_changed_outside():
                self._kept.save()

    def _status(self) -> dict[str, object]:
        kept = self._kept
        return {
            "revision": kept.revision,
            "unsaved": kept.unsaved,
            "can_undo": kept.can_undo,
            "can_redo": kept.can_redo,
        }

    def _difference(self, before: Draft) -> Json:
        """Return the blocks that are not as they were."""
        old = {one.id: one for one in before.blocks}
        draft = self._kept.draft
        blocks = [block_shown(one, self._said_of(one.id)) for one in draft.blocks if old.get(one.id) != one]
        return {**self._status(), "head": head_shown(draft), "blocks": blocks}

    def _moved(self, *, is_back: bool) -> Json:
        with self._lock:
            before = self._kept.draft
            step: Step | None = self._kept.undo() if is_back else self._kept.redo()
            if step and step.lexicon:
                self._note_all()
            elif step:
                self._kept.note(self._noted_where_new(before, self._kept.draft))
            return self._difference(before)

    def _said_of(self, id: str) -> Sequence[Utterance] | None:
        return None if self._said is None else self._said.get(id, ())

    def _note_all(self) -> None:
        draft = self._kept.draft
        spoken = spoken_draft(draft, self.path, self._settings, self._engine)
        self._said = {draft.blocks[number].id: said for number, said in spoken.by_block.items()}
        self._kept.note(with_notes(draft, spoken, self._engine))

    def _noted_where_new(self, before: Draft, after: Draft) -> Draft:
        """Return a draft with notes on those blocks that were changed; what all hangs on makes all of them anew."""
        old = {one.id: one for one in before.blocks}
        said = dict(self._said or {})
        blocks = list(after.blocks)
        for number, one in enumerate(blocks):
            if old.get(one.id) == one:
                continue
            if one.is_dropped:
                said.pop(one.id, None)
                continue
            alone = replace(after, blocks=(one,))
            spoken = spoken_draft(alone, self.path, self._settings, self._engine)
            said[one.id] = spoken.script.utterances
            blocks[number] = with_notes(alone, spoken, self._engine).blocks[0]
        self._said = said if self._said is not None else None
        return replace(after, blocks=tuple(blocks))

    def _spoken_alone(self, number: int, draft: Draft | None = None) -> Spoken:
        draft = draft or self._kept.draft
        one = replace(draft.blocks[number], is_dropped=False)
        return spoken_draft(replace(draft, blocks=(one,)), self.path, self._settings, self._engine)

    def _lexicons(self) -> Mapping[str, Path]:
        return lexicon_files(self.path, self._kept.draft.source)
