"""Google Translate's voice through gTTS: online, unofficial, one pace; a request for each short chunk.

gTTS packs the requests and knows the languages. Sending them is done here, because gTTS sends without
time limits, without a second try and without checking certificates (gTTS issue #259).
"""

from __future__ import annotations

import base64
import binascii
import errno
import logging
import random
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import metadata

import gtts
import gtts.lang
import requests
from urllib3.exceptions import NameResolutionError

from narrate.audio.codec import decode
from narrate.core.article import Sound
from narrate.core.episode import Speech
from narrate.core.errors import EngineUnavailable, SynthesisFailed
from narrate.core.web.retry_after import retry_after_s
from narrate.speech.engines.base import Voice, faster
from narrate.speech.engines.declaration import NoOptions, Run, engine_factory

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 5
READ_TIMEOUT_S = 30

# A hundred characters are 40 kB and come in a second; the time is for the whole reply, however slowly it drips.
REPLY_TIMEOUT_S = 60
REPLY_MAX_BYTES = 5_000_000

# 1 + 2 + 4 + 8 s of waiting, and a little chance so that two runs do not knock in step.
ATTEMPTS = 5
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0

# Where not even the service's name can be found there is no network, as a rule, and waiting brings none. Once more all
# the same: a machine that has just woken up, or a telephone that changes networks, has one again after a moment.
ATTEMPTS_OFFLINE = 2

WAY_OUT = (
    "try again later: finished clips are kept; or use --engine kokoro, which needs no network, or --fallback kokoro"
)

# Google's host decides the accent: https://gtts.readthedocs.io/en/latest/module.html#localized-accents
ACCENTS = {
    "en-AU": ("en", "com.au"),
    "en-CA": ("en", "ca"),
    "en-GB": ("en", "co.uk"),
    "en-IE": ("en", "ie"),
    "en-IN": ("en", "co.in"),
    "en-US": ("en", "us"),
    "en-ZA": ("en", "co.za"),
    "es-MX": ("es", "com.mx"),
    "fr-CA": ("fr", "ca"),
    "pt-BR": ("pt", "com.br"),
    "pt-PT": ("pt", "pt"),
}

_AUDIO = re.compile(r'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"]')


class GttsEngine:
    """A session with the service, one request at a time."""

    name = "gtts"
    online = True
    word_timings = False
    parallel = 1
    default_voice = "en"
    max_chars: int = gtts.gTTS.GOOGLE_TTS_MAX_CHARS

    def __init__(
        self,
        base_url: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
        reply_timeout_s: float = REPLY_TIMEOUT_S,
    ) -> None:
        """Make the engine.

        Args:
            base_url: Another address of the service, such as "http://127.0.0.1:8000"; for tests and proxies.
            sleep: Waits that many seconds between tries.
            reply_timeout_s: A reply must be there in full so long after its beginning.
        """
        self._reply_timeout_s = reply_timeout_s
        self._base_url = base_url
        self._sleep = sleep
        self._session = requests.Session()
        self.version = f"gTTS={metadata.version('gTTS')}"

    def voices(self) -> Sequence[Voice]:
        """A voice for each language gTTS lists, and for each accent; named by language tag."""
        tags = sorted({*gtts.lang.tts_langs(), *ACCENTS})
        return [Voice(tag, tag) for tag in tags]

    def fits(self, text: str, *, voice: str) -> bool:
        """Up to 100 characters, which is what the service takes in a request."""
        return len(text) <= self.max_chars

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        """Ask for one chunk, again where that may help, and decode the MP3 that comes back."""
        language, domain = ACCENTS.get(voice, (voice, "com"))
        problem: EngineUnavailable | SynthesisFailed | None = None
        for attempt in range(ATTEMPTS):
            if isinstance(problem, _Offline) and attempt >= ATTEMPTS_OFFLINE:
                break
            if problem is not None:
                self._wait(problem, attempt)
            try:
                audio = decode(_audio_in(self._reply(text, language, domain)))
            except _Retryable as error:
                problem = error.problem
                continue
            except ValueError as error:
                problem = SynthesisFailed(f"gtts sent audio that cannot be decoded: {error}", WAY_OUT)
                continue
            return faster(Speech(audio), speed)
        assert problem is not None  # every way round the loop without a return sets it
        raise problem

    def _wait(self, problem: EngineUnavailable | SynthesisFailed, attempt: int) -> None:
        wait_s = min(LONGEST_WAIT_S, _asked_wait_s(problem) or FIRST_WAIT_S * 2 ** (attempt - 1))
        wait_s *= random.uniform(1.0, 1.25)
        tries = ATTEMPTS_OFFLINE if isinstance(problem, _Offline) else ATTEMPTS
        logger.warning("%s; trying again in %.0f s, %d of %d", problem.message, wait_s, attempt + 1, tries)
        self._sleep(wait_s)

    def close(self) -> None:
        """Close connections."""
        self._session.close()

    def _reply(self, text: str, language: str, domain: str) -> str:
        # The text is already in spoken form and short enough, so gTTS has nothing to prepare or cut.
        packed = gtts.gTTS(
            text,
            tld=domain,
            lang=language,
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda all_of_it: [all_of_it],
        )
        base_url = self._base_url or f"https://translate.google.{domain}"
        try:
            (body,) = packed.get_bodies()
            response = self._session.post(
                f"{base_url}/_/TranslateWebserverUi/data/batchexecute",
                data=body,
                headers=packed.GOOGLE_TTS_HEADERS,
                timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
                allow_redirects=False,  # what is to be spoken goes nowhere else
                stream=True,
            )
            with response:
                return _body(_checked(response), self._reply_timeout_s)
        except requests.RequestException as error:
            kind = _Offline if _is_offline(error) else EngineUnavailable
            raise _Retryable(kind(f"gtts cannot be reached: {_reason(error)}", WAY_OUT)) from error


class _Retryable(Exception):
    """A problem that another try may solve."""

    def __init__(self, problem: EngineUnavailable | SynthesisFailed) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Offline(EngineUnavailable):
    """The error that not even the name of the service can be found."""


class _Throttled(EngineUnavailable):
    """The service said how long to wait."""

    wait_s = 0.0


def _asked_wait_s(problem: Exception) -> float:
    return problem.wait_s if isinstance(problem, _Throttled) else 0.0


def _checked(response: requests.Response) -> requests.Response:
    status = response.status_code
    if status == 429 or status >= 500:
        what = "asks for fewer requests" if status == 429 else "has an error of its own"
        problem = _Throttled(f"gtts {what} ({status} {response.reason})", WAY_OUT)
        problem.wait_s = retry_after_s(response.headers.get("Retry-After", ""), datetime.now(UTC)) or 0.0
        raise _Retryable(problem)
    if status != 200:
        raise EngineUnavailable(f"gtts refuses ({status} {response.reason})", WAY_OUT)
    return response


def _body(response: requests.Response, timeout_s: float) -> str:
    """All of a reply, which has an end in time and in size whatever the other side does."""
    deadline_s = time.monotonic() + timeout_s
    data = bytearray()
    for piece in response.iter_content(16_384):
        data += piece
        if len(data) > REPLY_MAX_BYTES:
            raise _Retryable(SynthesisFailed("gtts sent far more than a sentence", WAY_OUT))
        if time.monotonic() > deadline_s:
            raise _Retryable(EngineUnavailable("gtts sent its reply too slowly", WAY_OUT))
    return data.decode("utf-8", "replace")


def _audio_in(reply: str) -> bytes:
    """The MP3 in a reply of the batchexecute protocol.

    Raises:
        _Retryable: There is none, or it is cut off.
    """
    found = _AUDIO.search(reply)
    if not found:
        raise _Retryable(SynthesisFailed("gtts sent a reply without audio", WAY_OUT))
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error as error:
        raise _Retryable(SynthesisFailed("gtts sent a reply that is cut off", WAY_OUT)) from error


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if _is_offline(error):
        return "there is no network, or its names cannot be looked up"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return type(error).__name__


def _is_offline(error: BaseException) -> bool:
    """Tell whether a name was looked for in vain, or no way leads to any network; requests keeps the cause inside."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    causes = [one for one in (error, reason, getattr(reason, "__cause__", None)) if isinstance(one, BaseException)]
    return any(
        isinstance(one, NameResolutionError) or getattr(one, "errno", None) == errno.ENETUNREACH for one in causes
    )


@engine_factory("gtts")
def make(_: NoOptions, run: Run) -> GttsEngine:
    """Entry point."""
    return GttsEngine()
