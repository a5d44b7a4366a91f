"""A host is asked by one at a time, with pauses, by a clock that the test moves."""

from __future__ import annotations

import threading

import pytest

from narrate.core.errors import SourceError
from narrate.sources.fetch import host_turns as module
from narrate.sources.fetch.host_turns import MAX_WAIT_S, Turns, host_of


class Time:
    """A clock, and how it was waited for."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.waits_s: list[float] = []

    def sleep(self, wait_s: float) -> None:
        self.waits_s.append(round(wait_s, 3))
        self.now_s += wait_s


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def turns(time: Time) -> Turns:
    return Turns(1.0, now_s=lambda: time.now_s, sleep=time.sleep)


def test_pause(turns: Turns, time: Time) -> None:
    """From the end of a request to the next at its host passes a second; other hosts are not waited for."""
    for url in ("http://a.test/1", "http://b.test/1", "https://A.test:8443/2"):
        with turns.turn(url):
            time.now_s += 0.25

    assert time.waits_s == [0.75]


def test_longer_pause(turns: Turns, time: Time) -> None:
    """A pause that the site asks for counts, where it is longer."""
    for _ in range(2):
        with turns.turn("http://a.test/", 7.0):
            pass

    assert time.waits_s == [7.0]


def test_put_off(turns: Turns, time: Time) -> None:
    """A host that is busy is left alone for as long as it says, and a shorter time does not undo a longer one."""
    turns.put_off("http://a.test/", 60)
    turns.put_off("http://a.test/", 5)

    with turns.turn("http://a.test/"):
        pass

    assert time.waits_s == [60.0]


def test_too_long(turns: Turns, time: Time) -> None:
    """Nobody waits for an hour, and nobody asks before it is over."""
    turns.put_off("http://a.test/", 3600)

    for _ in range(2):
        with (
            pytest.raises(SourceError, match=r"a\.test asks to be left alone for 60 more minutes"),
            turns.turn("http://a.test/"),
        ):
            raise AssertionError
    assert not time.waits_s

    time.now_s += 3600 - MAX_WAIT_S
    with turns.turn("http://a.test/"):
        pass
    assert time.waits_s == [MAX_WAIT_S]


def test_failure_counts(turns: Turns, time: Time) -> None:
    """After a request that failed there is a pause as well."""
    with pytest.raises(OSError), turns.turn("http://a.test/"):
        raise OSError
    with turns.turn("http://a.test/"):
        pass

    assert time.waits_s == [1.0]


def test_one_at_a_time() -> None:
    """Of many threads, one is inside at a host; those for other hosts are not held up."""
    turns = Turns(0.0)
    inside, most, together = 0, 0, threading.Barrier(2, timeout=10)

    def ask() -> None:
        nonlocal inside, most
        for _ in range(20):
            with turns.turn("http://a.test/"):
                inside += 1
                most = max(most, inside)
                inside -= 1

    def meet(host: str) -> None:
        with turns.turn(f"http://{host}/"):
            together.wait()

    threads = [threading.Thread(target=ask) for _ in range(5)]
    threads += [threading.Thread(target=meet, args=(host,)) for host in ("b.test", "c.test")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert most == 1 and not together.broken


def test_end() -> None:
    """Who waits when a run ends gets an error at once, and so does who comes later."""
    turns = Turns()
    turns.put_off("http://a.test/", 100)
    errors: list[str] = []

    def ask() -> None:
        try:
            with turns.turn("http://a.test/"):
                pass
        except SourceError as error:
            errors.append(error.message)

    thread = threading.Thread(target=ask)
    thread.start()
    turns.end()
    thread.join(10)
    ask()

    assert len(errors) == 2 and all("the run is ending" in message for message in errors)


def test_memory(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts that need no pause any more are forgotten, so that a run may go on for ever."""
    monkeypatch.setattr(module, "HOSTS_MAX", 10)
    turns = Turns(1.0, now_s=lambda: time.now_s, sleep=time.sleep)
    turns.put_off("http://busy.test/", 1000)
    for number in range(100):
        with turns.turn(f"http://{number}.test/"):
            time.now_s += 5

    assert len(turns._hosts) <= 10
    with pytest.raises(SourceError), turns.turn("http://busy.test/"):
        pass


@pytest.mark.parametrize(
    ("url", "host"), [("https://A.test:8/x", "a.test"), ("http://[::1]:8/", "::1"), ("http://[bad/", ""), ("x", "")]
)
def test_host(url: str, host: str) -> None:
    """The port and the case make no other host."""
    assert host_of(url) == host
