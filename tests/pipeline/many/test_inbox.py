"""What is in the inbox becomes episodes, one after the other, whatever goes wrong with one of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from support.site import Site, reply, site

from narrate.core.errors import NarrateError, OutputError
from narrate.core.settings.loading import Settings
from narrate.library.inbox.admission import Given
from narrate.library.inbox.inbox import Inbox, Shown, opened
from narrate.pipeline.many import inbox as at_work
from narrate.pipeline.many import passing
from narrate.pipeline.many.entry_errors import SEND_ALL, SEND_TEXT
from narrate.pipeline.many.inbox import Speaker
from narrate.speech.engines.tone import ToneEngine

TEXT = "A Light at Sea\n\nAnna Berg has kept the light for 31 years. She never missed a night.\n\nThe end."
PAGE = (
    "<!doctype html><html lang=en><head><title>A Light at Sea</title></head><body><article><h1>A Light at Sea</h1>"
    + "".join(
        f"<p>Anna Berg has kept the light for {n} years, and she never missed a single night of them.</p>"
        for n in range(9)
    )
    + "</article></body></html>"
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    folder = Path("library").absolute()
    folder.mkdir()
    with opened(folder) as inbox:
        yield inbox


@pytest.fixture
def speaking(inbox: Inbox, tmp_path: Path) -> Iterator[Callable[..., Speaker]]:
    """Begins to speak, until the end of the test."""
    with ExitStack() as ends:

        def begin(made: Callable[[], object] = lambda: None, **more: object) -> Speaker:
            usual = Settings(output=inbox.library.folder, engine="tone", cover="none", cache_dir=tmp_path / "cache")
            speaker = Speaker(inbox, replace(usual, **{"allow_private": True, **more}), made)  # type: ignore[arg-type]
            ends.callback(lambda: speaker.stop(30))
            speaker.start()
            return speaker

        yield begin


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as far:
        yield far


def settled(inbox: Inbox, count: int = 1) -> list[Shown]:
    """The entries, the oldest first, once so many of them wait and work no more."""
    for _ in range(3000):
        shown = [one for one in reversed(inbox.entries()) if one.state not in ("waiting", "working") or one.entry.error]
        if len(shown) >= count:
            return shown
        time.sleep(0.01)
    raise AssertionError(inbox.entries())


def sounds(inbox: Inbox) -> list[str]:
    return sorted(path.name for path in inbox.library.folder.glob("*.mp3"))


def test_a_text_an_address_and_a_file_become_episodes(
    inbox: Inbox, speaking: Callable[..., Speaker], web: Site
) -> None:
    """Each by its title, with its page; afterwards what was given is gone."""
    web.answers["/light"] = reply(PAGE.replace("A Light at Sea", "By Address").encode())
    for given in (
        Given(text=TEXT),
        Given(url=web.url("/light", "127.0.0.1")),
        Given(file=TEXT.replace("A Light", "A Fire").encode(), file_name="Fire.txt"),
    ):
        inbox.add(given)
    published: list[int] = []

    speaking(lambda: published.append(len(sounds(inbox))))

    shown = settled(inbox, 3)
    assert [one.state for one in shown] == ["done"] * 3
    assert [one.entry.title for one in shown] == ["A Light at Sea", "By Address", "A Fire at Sea"]
    assert [one.entry.episode.page for one in shown if one.entry.episode] == [
        "a-light-at-sea.page.html",
        "by-address.page.html",
        "a-fire-at-sea.page.html",
    ]
    assert sounds(inbox) == ["a-fire-at-sea.mp3", "a-light-at-sea.mp3", "by-address.mp3"]
    assert published == [1, 2, 3]
    assert not [path for path in inbox.spool.iterdir() if path.is_dir()]


def test_a_page_that_is_given_is_that_of_its_address(inbox: Inbox, speaking: Callable[..., Speaker], web: Site) -> None:
    """Nobody asks the server for it, though nothing else may be fetched; the address is known from then on."""
    url = web.url("/behind-a-login", "127.0.0.1")
    inbox.add(Given(html=PAGE, url=url))

    speaking(offline=True)

    assert [one.state for one in settled(inbox)] == ["done"]
    assert web.asked == []
    known = inbox.library.manifest_of("a-light-at-sea")
    assert known
    assert known.meta.url == url
    assert inbox.add(Given(url=url))[0].state == "known"


@pytest.mark.parametrize("given", [{"text": TEXT}, {"html": PAGE}])
def test_a_text_mends_what_failed(
    inbox: Inbox, speaking: Callable[..., Speaker], web: Site, given: dict[str, str]
) -> None:
    """The failure says what it was, and the text becomes the article at its address."""
    web.answers["/closed"] = reply(b"", status=403)
    url = web.url("/closed", "127.0.0.1")
    inbox.add(Given(url=url))
    speaking()
    failed = settled(inbox)[0]
    assert failed.state == "failed"
    assert failed.entry.error
    assert "403" in failed.entry.error.message
    assert failed.entry.error.hint

    inbox.add(Given(**given, instead=failed.entry.id))  # type: ignore[arg-type]

    assert [one.state for one in settled(inbox)] == ["done"]
    known = inbox.library.manifest_of("a-light-at-sea")
    assert known
    assert known.meta.url == url


def test_the_same_words_twice_are_one_episode(inbox: Inbox, speaking: Callable[..., Speaker]) -> None:
    """Given in another form they are found to be known when they are read; no second episode is made."""
    inbox.add(Given(text=TEXT))
    inbox.add(Given(file=f"# {TEXT}".encode(), file_name="other.md"))
    speaking()

    shown = settled(inbox, 2)

    assert "failed" not in [one.state for one in shown]
    assert sounds(inbox) == ["a-light-at-sea.mp3"]


def test_an_episode_that_was_finished_before_a_kill_is_found(
    inbox: Inbox, speaking: Callable[..., Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry still waits then, and its episode stays as it is, byte for byte."""
    inbox.add(Given(text=TEXT))
    with monkeypatch.context() as patch:
        finished = threading.Event()
        patch.setattr(Inbox, "settle", lambda *about, is_new: finished.set())
        speaker = speaking()
        assert finished.wait(30)
        speaker.stop(30)
    before = {path.name: path.read_bytes() for path in inbox.library.folder.iterdir() if path.is_file()}
    again = Inbox(inbox.library, inbox._folder, inbox.limits)
    assert [one.state for one in again.entries()] == ["waiting"]
    next_one = Speaker(again, speaker.settings)
    next_one.start()

    assert [one.state for one in settled(again)] == ["known"]
    next_one.stop(30)
    assert {path.name: path.read_bytes() for path in inbox.library.folder.iterdir() if path.is_file()} == before


def test_failures_name_no_file_of_the_machine(inbox: Inbox, speaking: Callable[..., Speaker]) -> None:
    """Whoever reads them may sit elsewhere; the file is called as its sender calls it."""
    inbox.add(Given(file=b"\x00\x01\x02\x03" * 100, file_name="Notes of mine.txt"))
    speaking()

    error = settled(inbox)[0].entry.error

    assert error
    assert "Notes of mine.txt" in error.message
    assert str(inbox.library.folder) not in error.message + error.hint


CUT_OFF = (
    "<html lang=en><title>A Way</title><article><h1>A Way</h1><p>It began in the harbour, on a grey day in March, when "
    "nobody had expected the boats to leave.</p><p>The first of them went out at six, and the others followed within "
    "the hour.</p><div class=paywall><p>Subscribe to continue reading</p></div></article></html>"
)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (reply(b"", status=403), SEND_TEXT),
        (reply(b"", status=404), "check the address"),
        (reply(b"<title>Empty</title>"), SEND_TEXT),
        (reply(b"<title>App</title><noscript>You need to enable JavaScript.</noscript>"), SEND_TEXT),
        (reply(CUT_OFF.encode()), SEND_TEXT),
        (reply(b"", status=500), f"try again later, or {SEND_TEXT}"),
    ],
)
def test_what_can_be_done_needs_no_terminal(
    inbox: Inbox, speaking: Callable[..., Speaker], web: Site, answer: object, hint: str
) -> None:
    """A phone has no files to save and no flags to give; it has a field for the page's text."""
    web.answers["/"] = answer  # type: ignore[assignment]
    inbox.add(Given(url=web.url("/", "127.0.0.1")))
    speaking()

    error = settled(inbox)[0].entry.error

    assert error
    assert error.hint == hint


def test_the_beginning_of_a_page_that_was_sent(inbox: Inbox, speaking: Callable[..., Speaker]) -> None:
    """The sender is asked for the rest of it."""
    inbox.add(Given(html=CUT_OFF))
    speaking()

    error = settled(inbox)[0].entry.error

    assert error
    assert error.hint == SEND_ALL


def test_private_addresses_are_refused(inbox: Inbox, speaking: Callable[..., Speaker], web: Site) -> None:
    """Unless the server was started with --allow-private; nobody is asked."""
    inbox.add(Given(url=web.url("/", "127.0.0.1")))
    speaking(allow_private=False)

    shown = settled(inbox)[0]

    assert shown.state == "failed"
    assert shown.entry.error
    assert "private network" in shown.entry.error.message
    assert web.asked == []


def test_what_fails_in_passing_is_tried_again(
    inbox: Inbox, speaking: Callable[..., Speaker], web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that has an error has the page a moment later; the entry says meanwhile why it waits."""
    monkeypatch.setattr(passing, "FIRST_PAUSE_S", 0.2)
    web.answers["/"] = reply(b"", status=500)
    inbox.add(Given(url=web.url("/", "127.0.0.1")))
    speaking()
    waiting = settled(inbox)[0]
    assert waiting.state in ("waiting", "working")
    assert waiting.entry.failures >= 1

    web.answers["/"] = reply(PAGE.encode())

    for _ in range(3000):
        if inbox.entries()[0].state == "done":
            return
        time.sleep(0.01)
    raise AssertionError(inbox.entries())


def test_tries_come_to_an_end(
    inbox: Inbox, speaking: Callable[..., Speaker], web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails for ever has failed."""
    monkeypatch.setattr(passing, "FIRST_PAUSE_S", 0.0)
    monkeypatch.setattr(passing, "TRIES_MAX", 3)
    monkeypatch.setattr("narrate.sources.fetch.host_turns.PAUSE_S", 0.0)
    web.answers["/"] = reply(b"", status=500)
    inbox.add(Given(url=web.url("/", "127.0.0.1")))
    speaking()

    for _ in range(3000):
        if inbox.entries()[0].state == "failed":
            break
        time.sleep(0.01)

    assert web.paths == ["/"] * 3


class Slow(ToneEngine):
    """Waits in each chunk until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.may_go_on = threading.Event(), threading.Event()
        self.closed = 0

    def synthesise(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        self.reached.set()
        assert self.may_go_on.wait(30)
        return super().synthesise(*args, **kwargs)  # type: ignore[arg-type]

    def close(self) -> None:
        self.closed += 1
        super().close()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    engine = Slow()
    monkeypatch.setattr("narrate.speech.engines.make_engine", lambda settings: engine)
    return engine


def test_what_is_taken_away_is_not_made(inbox: Inbox, speaking: Callable[..., Speaker], slow: Slow) -> None:
    """Work at it ends with the clip that is being spoken, and the next entry is spoken."""
    entry = inbox.add(Given(text=TEXT))[0].entry
    inbox.add(Given(text=TEXT.replace("A Light", "A Fire")))
    speaking()
    assert slow.reached.wait(30)
    assert inbox.entries()[-1].state == "working"

    inbox.remove(entry.id)
    slow.may_go_on.set()

    assert [one.entry.title for one in settled(inbox)] == ["A Fire at Sea"]
    assert sounds(inbox) == ["a-fire-at-sea.mp3"]
    assert not list(inbox.library.folder.glob("*light*")) + list(inbox.library.folder.glob(".*light*part"))


def test_the_end_in_the_middle_of_speaking(inbox: Inbox, speaking: Callable[..., Speaker], slow: Slow) -> None:
    """It is told that it cannot be so soon; the entry waits for the next process."""
    inbox.add(Given(text=TEXT))
    speaker = speaking()
    assert slow.reached.wait(30)

    assert not speaker.stop(0.05)

    slow.may_go_on.set()
    assert speaker.stop(30)
    assert [one.state for one in inbox.entries()] == ["waiting"]
    assert sounds(inbox) == []


def test_one_engine_for_all_and_none_when_idle(inbox: Inbox, speaking: Callable[..., Speaker], slow: Slow) -> None:
    """It stays open from entry to entry, and its memory is given back some time after the last."""
    slow.may_go_on.set()
    speaker = speaking()
    speaker.idle_s = 0.3
    for number in range(2):
        inbox.add(Given(text=TEXT.replace("A Light", f"Light {number}")))
    settled(inbox, 2)
    for _ in range(3000):
        if slow.closed:
            break
        time.sleep(0.01)

    assert slow.closed == 1


def test_an_engine_that_cannot_be_opened(
    inbox: Inbox, speaking: Callable[..., Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry says so, and the next one is tried all the same."""
    inbox.add(Given(text=TEXT))
    inbox.add(Given(text=TEXT.replace("A Light", "A Fire")))
    broken = [NarrateError("the voice is missing", "install it")]
    plain = at_work.open_engine

    def opening(*args: object, **kwargs: object) -> object:
        if broken:
            raise broken.pop()
        return plain(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(at_work, "open_engine", opening)
    speaking()

    assert [one.state for one in settled(inbox, 2)] == ["failed", "done"]


def test_a_feed_that_cannot_be_renewed(inbox: Inbox, speaking: Callable[..., Speaker]) -> None:
    """The episode is there all the same, and the next one is made."""

    def fail() -> None:
        raise OutputError("the disk is full")

    for title in ("A Light", "A Fire"):
        inbox.add(Given(text=TEXT.replace("A Light", title)))
    speaking(fail)

    assert [one.state for one in settled(inbox, 2)] == ["done", "done"]
