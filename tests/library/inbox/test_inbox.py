"""The inbox keeps every entry exactly once, knows what it has, and never takes more than it may."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.manifests import put

from narrate.core.article import Metadata
from narrate.core.errors import NarrateError, OutputError, SourceError
from narrate.core.forecast import Estimate
from narrate.core.system import files
from narrate.episode.naming import origin_of
from narrate.library.inbox.admission import Given
from narrate.library.inbox.entry import ID, Entry, InboxFull, Limits, Made, to_json
from narrate.library.inbox.folder import InboxFolder
from narrate.library.inbox.inbox import KILLS_MAX, Inbox, Shown, opened

URL = "https://example.com/light"
LIMITS = Limits(waiting=5, payload_bytes=1000, kept=3)
FAILURE = NarrateError("it went wrong", "do something")
MADE = Made("A Light at Sea", "light.mp3", "light.page.html")


class Clock:
    """The time of day, which a test can move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(tmp_path: Path, clock: Clock) -> Iterator[Inbox]:
    with opened(tmp_path, LIMITS, clock) as inbox:
        yield inbox


def added(inbox: Inbox, **given: str) -> Entry:
    shown, is_new = inbox.add(Given(**given))  # type: ignore[arg-type]
    assert is_new
    return shown.entry


def states(inbox: Inbox) -> list[str]:
    return [shown.state for shown in inbox.entries()]


def begun(inbox: Inbox) -> Entry:
    entry = inbox.next(1)
    assert entry
    return entry


def test_the_oldest_is_first(inbox: Inbox) -> None:
    """In whatever order they are shown."""
    first, second = added(inbox, url=URL), added(inbox, text="Some words.")

    assert [shown.entry for shown in inbox.entries()] == [second, first]
    assert begun(inbox).id == first.id
    assert states(inbox) == ["waiting", "working"]


def test_entries_keep_their_order_where_the_clock_goes_back(inbox: Inbox, clock: Clock) -> None:
    """A later entry never overtakes an earlier one."""
    first = added(inbox, url=URL)
    clock.now -= timedelta(days=1)
    second = added(inbox, text="Some words.")

    assert second.id > first.id


def test_names_of_entries_do_not_run_out(tmp_path: Path, clock: Clock) -> None:
    """An entry's file that somebody called by the last name there can be leaves room for others beside it."""
    with opened(tmp_path, LIMITS, clock) as inbox:
        last = replace(added(inbox, url=URL), id="9999999999999999-00000000")
        (inbox.spool / f"{last.id}.json").write_bytes(to_json(last))

    new = added(_reloaded(inbox, clock), text="Some words.")

    assert ID.fullmatch(new.id)
    assert len(_reloaded(inbox, clock).entries()) == 3


def test_what_kills_the_process_stops_nothing_else(tmp_path: Path, clock: Clock) -> None:
    """An entry that was in work at a kill comes after the others, and after the third kill it has failed."""
    with opened(tmp_path, LIMITS, clock) as inbox:
        first, second = added(inbox, url=URL), added(inbox, text="Some words.")
        assert begun(inbox).id == first.id
    after_kill = _reloaded(inbox, clock)
    assert begun(after_kill).id == second.id
    after_kill.settle(second.id, MADE, is_new=True)
    assert begun(after_kill).id == first.id
    assert begun(_reloaded(inbox, clock)).id == first.id

    shown = _reloaded(inbox, clock).entries()

    assert [one.state for one in shown] == ["done", "failed"]
    assert shown[1].entry.error
    assert "3 times" in shown[1].entry.error.message


@pytest.mark.parametrize("how", ["put back", "end", "fail"])
def test_no_other_end_of_work_is_taken_for_a_kill(tmp_path: Path, clock: Clock, how: str) -> None:
    """However often the server is stopped as it should be, or the network is away."""
    with opened(tmp_path, LIMITS, clock) as inbox:
        added(inbox, url=URL)
    for _ in range(4):
        inbox = _reloaded(inbox, clock)
        entry = begun(inbox)
        if how == "put back":
            inbox.put_back(entry.id)
        elif how == "end":
            inbox.end()
        else:
            inbox.fail(entry.id, FAILURE, timedelta(0))

    assert [(one.state, one.entry.begun) for one in _reloaded(inbox, clock).entries()] == [("waiting", 0)]


def test_a_clock_that_was_ahead_keeps_nothing_waiting(inbox: Inbox, clock: Clock) -> None:
    """A pause that would end later than any pause is long ends now."""
    clock.now += timedelta(days=400)
    entry = added(inbox, url=URL)
    inbox.fail(begun(inbox).id, FAILURE, timedelta(minutes=1))
    clock.now -= timedelta(days=400)

    assert begun(inbox).id == entry.id


def test_work_is_told_of(inbox: Inbox) -> None:
    """How far it is at the moment when somebody asks."""
    entry = added(inbox, url=URL)
    begun(inbox)
    assert inbox.entries()[0].estimate is None
    estimates = iter([Estimate(0.25, 30.0), Estimate(0.5, 20.0)])

    assert inbox.tell(entry.id, lambda: next(estimates))

    assert [inbox.entries()[0].estimate for _ in range(2)] == [Estimate(0.25, 30.0), Estimate(0.5, 20.0)]


@pytest.mark.parametrize(
    "again",
    [
        {"url": URL},
        {"text": f"A title {URL}"},
        {"url": "https://www.example.com/light/?utm_source=x#part"},
        {"url": "http://example.com/light"},
    ],
)
def test_an_address_is_known(inbox: Inbox, again: dict[str, str]) -> None:
    """By whatever name, while it waits and while it is in work."""
    entry = added(inbox, url=URL)
    assert inbox.add(Given(**again)) == (Shown(entry, "waiting"), False)  # type: ignore[arg-type]
    entry = begun(inbox)
    assert inbox.add(Given(**again)) == (Shown(entry, "working"), False)  # type: ignore[arg-type]


def test_a_text_is_known(inbox: Inbox) -> None:
    """Equal words of one page are; other words, or another page's, are others."""
    entry = added(inbox, text="Some words.", url=URL)

    assert inbox.add(Given(text=" Some words.\n", url=URL)) == (Shown(entry, "waiting"), False)
    added(inbox, text="Some words.")
    added(inbox, text="Some other words.", url=URL)


@pytest.mark.parametrize("by", ["address", "source"])
def test_an_episode_is_known(inbox: Inbox, tmp_path: Path, by: str) -> None:
    """By its own address or by the one that it was fetched from; it is shown, and spoken no second time."""
    about = {"meta": Metadata(url=URL)} if by == "address" else {"origin": origin_of(URL, tmp_path)}
    episode = put(tmp_path, "light", **about)

    shown, is_new = inbox.add(Given(url=URL))

    assert (shown.state, is_new) == ("known", False)
    assert shown.entry.episode == Made(episode.title, "light.mp3")
    assert inbox.next(0.05) is None
    assert inbox.add(Given(url=URL)) == (shown, False)
    assert len(inbox.entries()) == 1


def test_an_episode_that_was_removed_is_made_again(inbox: Inbox, tmp_path: Path) -> None:
    """What was done before is no reason to refuse it then."""
    put(tmp_path, "light")
    entry = added(inbox, url=URL)
    inbox.settle(begun(inbox).id, MADE, is_new=True)
    assert inbox.add(Given(url=URL))[0].state == "done"
    (tmp_path / "light.mp3").unlink()

    assert added(inbox, url=URL) != entry


def test_an_address_that_failed_is_tried_again(inbox: Inbox) -> None:
    """By adding it, or by asking for that; the entry stays the same one."""
    entry = added(inbox, url=URL)
    for again in (lambda: inbox.add(Given(url=URL))[0], lambda: inbox.again(entry.id)):
        inbox.fail(begun(inbox).id, FAILURE)
        assert states(inbox) == ["failed"]

        assert again() == Shown(entry, "waiting")


def test_what_failed_in_passing_waits(inbox: Inbox, clock: Clock) -> None:
    """Others go first meanwhile; it says why it waits, and is tried at once when somebody asks for that."""
    first = added(inbox, url=URL)
    inbox.fail(begun(inbox).id, FAILURE, timedelta(minutes=1))
    second = added(inbox, text="Some words.")

    shown = inbox.entries()[1]
    assert (shown.state, shown.entry.failures) == ("waiting", 1)
    assert shown.entry.error
    assert shown.entry.error.message == FAILURE.message
    assert begun(inbox).id == second.id
    inbox.fail(second.id, FAILURE)
    assert inbox.next(0.05) is None
    clock.now += timedelta(minutes=2)
    assert begun(inbox).id == first.id
    inbox.fail(first.id, FAILURE, timedelta(days=1))
    inbox.again(first.id)
    assert begun(inbox).id == first.id


def test_whoever_waits_is_woken(inbox: Inbox) -> None:
    """At once when an entry comes, and at the end."""
    found: list[Entry | None] = []
    for wake in (lambda: inbox.add(Given(url=URL)), inbox.end):
        waiting = threading.Thread(target=lambda: found.append(inbox.next(60)))
        waiting.start()
        wake()
        waiting.join(30)
        assert not waiting.is_alive()
        inbox.fail(found[0].id if found[0] else "", FAILURE)

    assert found[0]
    assert found[1] is None


def test_a_text_takes_the_place_of_a_failure(inbox: Inbox, tmp_path: Path, clock: Clock) -> None:
    """As the article at the address that failed, whose entry is gone."""
    failed = added(inbox, url=URL, title="A Light")
    inbox.fail(begun(inbox).id, FAILURE)

    new = added(inbox, text="Some words.", instead=failed.id)

    assert (new.url, new.title) == (URL, "A Light")
    assert [shown.entry for shown in inbox.entries()] == [new]
    with mock.patch("narrate.library.inbox.folder.shutil.rmtree"):
        assert [shown.entry for shown in _reloaded(inbox, clock).entries()] == [new]


@pytest.mark.parametrize("instead", ["", "../x", "1796060865366620-30431400"])
def test_only_a_failure_is_replaced(inbox: Inbox, instead: str) -> None:
    """Another entry, or none, is not."""
    waiting = added(inbox, url=URL)
    with pytest.raises(SourceError, match="no failed entry"):
        inbox.add(Given(text="Some words.", instead=instead or waiting.id))


def test_too_many_wait(inbox: Inbox) -> None:
    """One more is refused; what is known is told all the same."""
    for number in range(LIMITS.waiting):
        added(inbox, url=f"{URL}/{number}")

    with pytest.raises(InboxFull):
        inbox.add(Given(url=URL))
    assert not inbox.add(Given(url=f"{URL}/1"))[1]


def test_files_have_a_limit_together(inbox: Inbox) -> None:
    """It counts what is kept: an entry that is done, or taken away, makes room."""
    entry = added(inbox, text="words " * 150)
    with pytest.raises(OutputError):
        inbox.add(Given(text="other " * 150))
    assert len(inbox.entries()) == 1
    inbox.remove(entry.id)
    added(inbox, text="other " * 150)
    inbox.settle(begun(inbox).id, MADE, is_new=True)
    added(inbox, text="third " * 150)


def test_what_is_done_goes_in_the_end(inbox: Inbox, clock: Clock) -> None:
    """After some days, or behind many others; what failed stays until somebody takes it away."""
    added(inbox, url=f"{URL}/failed")
    inbox.fail(begun(inbox).id, FAILURE)
    for number in range(LIMITS.kept + 2):
        added(inbox, url=f"{URL}/{number}")
        inbox.settle(begun(inbox).id, MADE, is_new=number > 1)
        clock.now += timedelta(seconds=1)
    assert states(inbox) == ["done"] * LIMITS.kept + ["failed"]
    assert states(_reloaded(inbox, clock)) == ["done"] * LIMITS.kept + ["failed"]

    clock.now += timedelta(days=8)

    assert states(_reloaded(inbox, clock)) == ["failed"]


def test_failures_do_not_pile_up_for_ever(tmp_path: Path, clock: Clock) -> None:
    """The last ones stay, with what was given."""
    with opened(tmp_path, Limits(failed=3), clock) as inbox:
        for number in range(5):
            entry = added(inbox, text=f"Some words, {number}.")
            inbox.fail(begun(inbox).id, FAILURE)

        kept = [shown.entry.title for shown in inbox.entries()]

        assert kept == ["Some words, 4.", "Some words, 3.", "Some words, 2."]
        assert inbox.payload(entry)
        assert len([path for path in inbox.spool.iterdir() if path.is_dir()]) == 3


def test_work_at_what_was_taken_away_ends(inbox: Inbox) -> None:
    """Whoever does it learns of it, and what comes of it is no entry any more."""
    entry = added(inbox, url=URL)
    begun(inbox)
    inbox.remove(entry.id)

    assert not inbox.tell(entry.id, lambda: Estimate(0.5))
    inbox.settle(entry.id, MADE, is_new=True)
    inbox.fail(entry.id, FAILURE)
    assert inbox.entries() == ()


@pytest.mark.parametrize("id", ["", "x", "../../etc/passwd", "1796060865366620-30431400"])
def test_what_is_no_entry(inbox: Inbox, id: str) -> None:
    """There is nothing to try again or to take away."""
    assert inbox.again(id) is None
    assert inbox.remove(id) is None


def test_an_outcome_that_cannot_be_written(inbox: Inbox, clock: Clock) -> None:
    """It holds for this process; the next one does the work again, which finds the episode made."""
    added(inbox, text="Some words.")
    with mock.patch.object(files, "_flush_to_disk", side_effect=OSError(28, "No space left on device")):
        inbox.settle(begun(inbox).id, MADE, is_new=True)

    assert states(inbox) == ["done"]
    assert states(_reloaded(inbox, clock)) == ["waiting"]


def _reloaded(inbox: Inbox, clock: Clock, limits: Limits = LIMITS) -> Inbox:
    """Return what a process after this one would find, were it killed now."""
    return Inbox(inbox.library, inbox._folder, limits, clock)


class Life(RuleBasedStateMachine):
    """An inbox through any sequence of events, beside what must be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = ExitStack()
        folder = Path(self.ends.enter_context(tempfile.TemporaryDirectory()))
        put(folder, "light")
        self.clock = Clock()
        self.limits = Limits(kept=1000)
        # What is on the disk is looked at, not how fast it got there.
        self.ends.enter_context(mock.patch.object(files, "_flush_to_disk"))
        self.inbox = self.ends.enter_context(opened(folder, self.limits, self.clock))
        self.expected: dict[str, str] = {}
        self.working: str | None = None
        self.kills: Counter[str] = Counter()

    def teardown(self) -> None:
        self.ends.close()

    def id_of(self, words: str) -> str:
        return next(one.entry.id for one in self.inbox.entries() if one.entry.title == words)

    @rule(words=st.sampled_from(["Words a.", "Words b.", "Words c."]))
    def add(self, words: str) -> None:
        shown, is_new = self.inbox.add(Given(text=words, title=words))
        before = self.expected.get(words)
        assert is_new == (before in (None, "failed"))
        self.expected[words] = "waiting" if is_new else before or ""
        assert shown.entry.title == words

    @rule(words=st.sampled_from(["Words a.", "Words b."]))
    def add_on_a_full_disk(self, words: str) -> None:
        with mock.patch.object(files, "_flush_to_disk", side_effect=OSError(28, "full")):
            try:
                assert not self.inbox.add(Given(text=words, title=words))[1]
            except OutputError:
                assert self.expected.get(words) in (None, "failed")

    @precondition(lambda self: self.working is None)
    @rule()
    def begin(self) -> None:
        entry = self.inbox.next(30 if "waiting" in self.expected.values() else 0)
        assert (entry is None) == ("waiting" not in self.expected.values())
        self.working = entry.title if entry else None

    @precondition(lambda self: self.working)
    @rule(how=st.sampled_from(["done", "known", "failed", "waiting"]))
    def end(self, how: str) -> None:
        words, self.working = self.working or "", None
        self.kills.pop(words, None)
        id = self.id_of(words) if words in self.expected else "gone"
        if how in ("done", "known"):
            self.inbox.settle(id, Made(words, "light.mp3"), is_new=how == "done")
        elif how == "failed":
            self.inbox.fail(id, FAILURE)
        else:
            self.inbox.put_back(id)
        if words in self.expected:
            self.expected[words] = how

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        words = data.draw(st.sampled_from(sorted(self.expected)))
        self.inbox.again(self.id_of(words))
        if self.expected[words] == "failed":
            self.expected[words] = "waiting"

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        words = data.draw(st.sampled_from(sorted(self.expected)))
        self.inbox.remove(self.id_of(words))
        del self.expected[words]
        self.kills.pop(words, None)
        if self.working == words:
            self.working = None
            self.inbox.put_back("gone")

    @rule()
    def kill(self) -> None:
        self.inbox = _reloaded(self.inbox, self.clock, self.limits)
        if self.working:
            self.kills[self.working] += 1
        if self.working and self.kills[self.working] == KILLS_MAX:
            self.expected[self.working] = "failed"
            del self.kills[self.working]
        self.working = None

    @invariant()
    def every_entry_is_there_once(self) -> None:
        shown = self.inbox.entries()
        assert sorted(one.entry.title for one in shown) == sorted(self.expected)
        for one in shown:
            is_working = one.entry.title == self.working
            assert one.state == ("working" if is_working else self.expected[one.entry.title])
            if one.entry.state in ("waiting", "failed"):
                path = self.inbox.payload(one.entry)
                assert path
                assert path.read_text() == one.entry.title

    @invariant()
    def what_is_on_the_disk_is_the_same(self) -> None:
        kept = InboxFolder(self.inbox.library.folder).load()
        assert kept[::-1] == [one.entry for one in self.inbox.entries()]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
