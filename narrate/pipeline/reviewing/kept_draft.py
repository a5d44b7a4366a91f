"""A draft and its file while it is edited: saved at once, never over what somebody else wrote, undone step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from narrate.core.errors import NarrateError
from narrate.publish.review.reviewed import Conflict
from narrate.sources.read.draft.drafts import read_draft, write_draft
from narrate.sources.read.draft.values import Draft
from narrate.text.lexicon_lines import keep_text, text_of

_STEPS_MAX = 200


class ChangedOutside(Conflict):
    """The file is another one than the draft was read from."""


@dataclass(frozen=True, slots=True)
class Written:
    """A lexicon that was written: its text before and after."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change, and how it is undone."""

    before: Draft
    after: Draft
    lexicon: Written | None = None


class KeptDraft:
    """A draft as it is in its file, or will be when that can be written; callers hold a lock of their own."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises:
            SourceError: It cannot be read.
        """
        self.path = path
        self.revision = 0
        self.unsaved = ""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self.draft = self._read()

    @property
    def can_undo(self) -> bool:
        """There is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """There is a change to make again."""
        return bool(self._undone)

    def reload(self) -> None:
        """Read what is in the file now; nothing from before can be undone.

        Raises:
            SourceError: It cannot be read.
        """
        self.draft = self._read()
        self._done, self._undone, self.unsaved = [], [], ""
        self.revision += 1

    def is_changed_outside(self) -> bool:
        """Tell whether somebody else wrote the file, or took it away."""
        return _sum_of(self.path) != self._sum

    def make(self, change: Callable[[Draft], Draft]) -> None:
        """Make a change and save it.

        Raises:
            ChangedOutside: The file is another's; nothing was changed.
        """
        self._require_own()
        after = change(self.draft)
        if after != self.draft:
            self._take(Step(self.draft, after))

    def write_lexicon(self, path: Path, text: str) -> None:
        """Write a lexicon, as a step that can be undone.

        Raises:
            OutputError: It cannot be written.
        """
        before = text_of(path)
        keep_text(path, text)
        self._take(Step(self.draft, self.draft, Written(path, before, text)))

    def undo(self) -> Step | None:
        """Take the last change back; None where there is none.

        Raises:
            ChangedOutside: The file, or the lexicon, is another's by now.
        """
        return self._move(self._done, self._undone, is_back=True)

    def redo(self) -> Step | None:
        """Make the change again that was undone last; None where there is none.

        Raises:
            ChangedOutside: The file, or the lexicon, is another's by now.
        """
        return self._move(self._undone, self._done, is_back=False)

    def note(self, draft: Draft) -> None:
        """Take notes on what is said, which are no change of the editor's; they are written with the next one."""
        self.draft = draft

    def save(self) -> None:
        """Write the draft; where that fails, `unsaved` says why.

        Raises:
            ChangedOutside: The file is another's.
        """
        self._require_own()
        try:
            write_draft(self.path, self.draft)
        except NarrateError as error:
            self.unsaved = error.message
        else:
            self.unsaved, self._sum = "", _sum_of(self.path)

    def _take(self, step: Step) -> None:
        self._done = [*self._done, step][-_STEPS_MAX:]
        self._undone = []
        self._to(step.after)

    def _move(self, here: list[Step], there: list[Step], *, is_back: bool) -> Step | None:
        self._require_own()
        if not here:
            return None
        step = here[-1]
        if step.lexicon:
            now, then = step.lexicon.after, step.lexicon.before
            _swapped(step.lexicon.path, *((now, then) if is_back else (then, now)))
        there.append(here.pop())
        self._to(step.before if is_back else step.after)
        return step

    def _to(self, draft: Draft) -> None:
        self.draft = draft
        self.revision += 1
        self.save()

    def _read(self) -> Draft:
        self._sum = _sum_of(self.path)
        return read_draft(self.path)

    def _require_own(self) -> None:
        if self.is_changed_outside():
            raise ChangedOutside(f"{self.path.name} was changed by another program", "load it again, then go on")


def _swapped(path: Path, now: str, then: str) -> None:
    """Write a lexicon back.

    Raises:
        ChangedOutside: It is not what was written.
    """
    if text_of(path) != now:
        raise ChangedOutside(f"{path.name} was changed by another program", "change its line there by hand")
    if then:
        keep_text(path, then)
    else:
        path.unlink(missing_ok=True)


def _sum_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
