"""The addresses of a review, and what each answers; hosts, origin and secret are checked before a body is read."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from narrate.core.errors import NarrateError, OutputError
from narrate.publish.headers import is_token
from narrate.publish.inbox.bodies import JSON, kind_of
from narrate.publish.inbox.origins import is_of_another_site
from narrate.publish.requests import (
    Refused,
    allowed_methods,
    answered,
    error_shown,
    json_object,
    methods_told,
    received,
)
from narrate.publish.review.page import review_page, review_policy
from narrate.publish.review.reviewed import Conflict, Json, Reviewed

logger = logging.getLogger(__name__)

# A block may be long; nothing else that is sent is.
BODY_MAX_BYTES = 200_000

_READ = ("state", "notes", "check", "making")
_DONE = ("change", "undo", "redo", "reload", "save", "choices", "lexicon", "hear", "make", "done")


class ReviewRoutes:
    """The part of the server that answers for a review; see app.Beside."""

    def __init__(self, review: Reviewed, token: str, on_done: Callable[[], object]) -> None:
        """Answer nothing yet.

        Args:
            review: What is asked.
            token: The secret part of all addresses.
            on_done: Called when the page says that it was the last of it.
        """
        self._review, self._token, self._on_done = review, token, on_done

    def name_of(self, scope: Scope) -> str | None:
        """Return the name below the base that a request asks for, None where it is not the review's."""
        path: str = scope["path"]
        secret, slash, name = path.removeprefix("/").partition("/")
        if not path.startswith("/") or not slash or not is_token(secret, self._token):
            return None
        return name if name in ("", *_READ, *_DONE) else None

    async def answer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what goes wrong is told as JSON."""
        response = await answered(self._answer(name, Request(scope, receive)), _failed, review_policy)
        if response is None:
            return
        await response(scope, receive, send)
        if name == "done" and response.status_code == 200:
            self._on_done()

    async def _answer(self, name: str, request: Request) -> Response:
        allowed = "POST" if name in _DONE else "GET, HEAD"
        if told := methods_told(request, allowed):
            return told
        if name == "":
            return Response(await run_in_threadpool(review_page), media_type="text/html")
        if is_of_another_site(request.headers, ""):
            raise Refused(403, "a page of another site sent this", "use the address that narrate review printed")
        if name in _READ:
            return JSONResponse(await run_in_threadpool(self._read, name))
        asked = await _body(request)
        if name == "hear":
            return Response(await run_in_threadpool(self._heard, asked), media_type="audio/flac")
        return JSONResponse(await run_in_threadpool(self._done, name, asked))

    def _read(self, name: str) -> Json:
        review = self._review
        reads = {"state": review.state, "notes": review.notes, "check": review.check, "making": review.making.state}
        return reads[name]()

    def _done(self, name: str, asked: Json) -> Json:
        review = self._review
        match name:
            case "change":
                return review.change(_number(asked, "revision"), _table(asked, "change"))
            case "choices":
                return review.choices(_text(asked, "id"), _text(asked, "word"))
            case "lexicon":
                words = (_text(asked, key) for key in ("word", "way", "value", "where"))
                return review.lexicon(*words, is_written=asked.get("write") is True)
            case "done":
                return self._ended()
        plain = {"undo": review.undo, "redo": review.redo, "reload": review.reload, "save": review.save}
        return plain.get(name, review.make)()

    def _ended(self) -> Json:
        """Return that the review ends.

        Raises:
            Conflict: Its episode is being made.
        """
        if self._review.making.state()["state"] == "working":
            raise Conflict("the episode is being made", "wait for it, or press Ctrl-C in the terminal to leave it")
        return {"done": True}

    def _heard(self, asked: Json) -> bytes:
        span = (_number(asked, "start_char"), _number(asked, "end_char"))
        trial = _table(asked, "trial") if "trial" in asked else None
        return self._review.hear(_text(asked, "id"), span, trial)


async def _body(request: Request) -> Mapping[str, object]:
    """Return what a request says.

    Raises:
        Refused: It is no JSON object, or too long.
    """
    if kind_of(request) != JSON:
        raise Refused(415, f"the body is not {JSON}")
    async with received(request, BODY_MAX_BYTES, Path(tempfile.gettempdir())) as file:
        file.seek(0)
        data = file.read()
    return json_object(data, "the body is no JSON", "load the page again")


def _failed(error: Exception) -> Response:
    """Return the answer of a request that failed: the page learns what can be done, the log what happened."""
    if not isinstance(error, NarrateError):
        logger.error("a request to the review failed: %s: %s", type(error).__name__, error)
        error, status = NarrateError("something went wrong", "see what narrate review says"), 500
    elif isinstance(error, Refused):
        status = error.status
    else:
        status = 409 if isinstance(error, Conflict) else 503 if isinstance(error, OutputError) else 400
    return JSONResponse(error_shown(error), status, allowed_methods(error))


def _text(asked: Json, name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise Refused(400, f"{name} is no text")
    return value


def _number(asked: Json, name: str) -> int:
    value = asked.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(400, f"{name} is no number")
    return value


def _table(asked: Json, name: str) -> Json:
    value = asked.get(name)
    if not isinstance(value, dict):
        raise Refused(400, f"{name} is no object")
    return value
