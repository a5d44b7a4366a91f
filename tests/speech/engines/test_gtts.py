"""The online engine, against a server on loopback that answers as the real service does, and does not."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from support.google import Google, Reply, good, google, mp3_for, packed

from narrate.core.episode import Speech
from narrate.core.errors import ConfigError, EngineUnavailable, SynthesisFailed
from narrate.core.settings.loading import Settings
from narrate.engine.testing import SENTENCE, EngineContract
from narrate.speech.engines import make_engine
from narrate.speech.engines.gtts import ATTEMPTS, ATTEMPTS_OFFLINE, REPLY_MAX_BYTES, GttsEngine


@pytest.fixture
def service() -> Iterator[Google]:
    with google() as state:
        yield state


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(service: Google, waits: list[float]) -> Iterator[GttsEngine]:
    made = GttsEngine(service.url, sleep=waits.append)
    yield made
    made.close()


def speak(engine: GttsEngine, text: str = SENTENCE) -> Speech:
    return engine.synthesise(text, voice="en", speed=1.0)


class TestGtts(EngineContract):
    """The contract."""


def test_text_arrives_as_it_was_given(engine: GttsEngine, service: Google) -> None:
    """gTTS neither cuts nor rewords what is already in spoken form."""
    text = "“It’s” 5 o'clock, Mr. & Mrs. Esq. — déjà vu? Yes; no: " + "x" * 40

    speak(engine, text)

    assert service.asked == [text]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_trouble_that_passes_is_waited_out(
    engine: GttsEngine, service: Google, waits: list[float], status: int
) -> None:
    """Each wait is longer than the one before."""
    service.replies += [Reply(status), Reply(status), good]

    assert speak(engine).audio.duration_s > 1
    assert len(waits) == 2
    assert 1.0 <= waits[0] <= 1.25
    assert 2.0 <= waits[1] <= 2.5


@pytest.mark.parametrize("status", [429, 500])
def test_trouble_that_stays_ends_with_the_way_out(
    engine: GttsEngine, service: Google, waits: list[float], status: int
) -> None:
    """Tries are bounded, and the error names the engine that needs no network."""
    service.replies += [Reply(status)] * ATTEMPTS

    with pytest.raises(EngineUnavailable, match=str(status)) as caught:
        speak(engine)

    assert len(service.asked) == ATTEMPTS
    assert len(waits) == ATTEMPTS - 1
    assert "--engine kokoro" in caught.value.hint


def test_the_service_may_say_how_long_to_wait(engine: GttsEngine, service: Google, waits: list[float]) -> None:
    """Retry-After in seconds, or as a date."""
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    service.replies += [Reply(429, headers={"Retry-After": "7"}), Reply(503, headers={"Retry-After": date}), good]

    speak(engine)

    assert 7 <= waits[0] <= 8.75
    assert 25 <= waits[1] <= 37.5


@pytest.mark.parametrize("value", ["soon", "-1", "9999999"])
def test_odd_waits_are_bounded(engine: GttsEngine, service: Google, waits: list[float], value: str) -> None:
    """A wrong header neither stops nor hangs the run."""
    service.replies += [Reply(429, headers={"Retry-After": value}), good]

    speak(engine)

    assert 1.0 <= waits[0] <= 75.0


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again(engine: GttsEngine, service: Google, status: int) -> None:
    """More of the same would only annoy."""
    service.replies += [Reply(status)]

    with pytest.raises(EngineUnavailable, match=str(status)):
        speak(engine)

    assert len(service.asked) == 1


BAD = {
    "empty": Reply(),
    "no audio": Reply(body=b')]}\'\n\n[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]\n'),
    "empty audio": Reply(body=packed(b"")),
    "not audio": Reply(body=packed(b"this is no mp3 at all" * 20)),
    "cut off in the audio": Reply(body=packed(mp3_for(SENTENCE))[:3000]),
    "half of what was announced": Reply(body=packed(mp3_for(SENTENCE)), cut_off_by=4000),
    "a web page": Reply(body=b"<html>Sorry...</html>", headers={"Content-Type": "text/html"}),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_is_asked_again(engine: GttsEngine, service: Google, name: str) -> None:
    """Once is an accident."""
    service.replies += [BAD[name], good]

    assert speak(engine).audio.duration_s > 1


@pytest.mark.parametrize("name", BAD)
def test_bad_replies_for_good_are_an_error(engine: GttsEngine, service: Google, name: str) -> None:
    """Never silence where words should be."""
    service.replies += [BAD[name]] * ATTEMPTS

    with pytest.raises((SynthesisFailed, EngineUnavailable), match="gtts") as caught:
        speak(engine)

    assert caught.value.hint


@pytest.mark.parametrize("status", [301, 302, 307])
def test_what_is_to_be_spoken_goes_nowhere_else(engine: GttsEngine, service: Google, status: int) -> None:
    """A service that points elsewhere refuses."""
    service.replies += [Reply(status, headers={"Location": f"{service.url}/elsewhere"})]

    with pytest.raises(EngineUnavailable, match=f"refuses.*{status}"):
        speak(engine)

    assert len(service.asked) == 1


def test_a_reply_without_end(engine: GttsEngine, service: Google) -> None:
    """Is not taken into memory."""
    service.replies += [Reply(body=b"x" * (REPLY_MAX_BYTES + 100_000))] * ATTEMPTS

    with pytest.raises(SynthesisFailed, match="far more"):
        speak(engine)


def test_a_reply_that_drips(service: Google, waits: list[float]) -> None:
    """Is given up, however lively it is; here no time at all is allowed."""
    impatient = GttsEngine(service.url, sleep=waits.append, reply_timeout_s=-1)

    with pytest.raises(EngineUnavailable, match="too slowly"):
        speak(impatient)

    assert len(waits) == ATTEMPTS - 1
    impatient.close()


def test_nobody_there(waits: list[float]) -> None:
    """A refused connection is an error of the service, not of narrate."""
    with google() as gone:
        url = gone.url
    engine = GttsEngine(url, sleep=waits.append)

    with pytest.raises(EngineUnavailable, match="no connection"):
        speak(engine)

    assert len(waits) == ATTEMPTS - 1


def test_accents_are_voices(engine: GttsEngine) -> None:
    """Languages gTTS lists, and the accents of other hosts."""
    names = {voice.name for voice in engine.voices()}

    assert {"en", "en-GB", "de", "pt-BR"} <= names


def test_offline_runs_refuse_it() -> None:
    """Before anything is sent."""
    with pytest.raises(ConfigError, match="needs the network"):
        make_engine(Settings(engine="gtts", offline=True))


def test_each_try_is_said_aloud(
    engine: GttsEngine, service: Google, waits: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    """With the reason, the wait and the count, for whoever sits before a bar that stands still."""
    service.replies += [Reply(503), Reply(503), good]

    speak(engine)

    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(said) == len(waits) == 2
    assert "(503" in said[0]
    assert [line.rpartition(", ")[2] for line in said] == [f"2 of {ATTEMPTS}", f"3 of {ATTEMPTS}"]


@pytest.mark.parametrize("cause", ["name", "route"])
def test_where_there_is_no_network_little_is_waited(cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second try after a moment, and then what works without; half a minute of waiting brings no network."""
    waits: list[float] = []
    made = GttsEngine("http://translate.invalid", sleep=waits.append)

    def fails(*args: object, **kwargs: object) -> None:
        if cause == "name":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr("urllib3.util.connection.create_connection", fails)
    with pytest.raises(EngineUnavailable, match="no network") as caught:
        speak(made)
    made.close()

    assert "--fallback kokoro" in caught.value.hint
    assert len(waits) == ATTEMPTS_OFFLINE - 1
    assert sum(waits) < 2
