"""The addresses of the inbox, and what each answers; whoever is let in here is checked before a body is read."""

from __future__ import annotations

import logging
import re
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from narrate.core.errors import NarrateError, OutputError, SourceError
from narrate.library.inbox.entry import ID, InboxFull, TooLarge, WrongKind
from narrate.library.inbox.inbox import Inbox, Shown
from narrate.publish.adding.add_page import add_page
from narrate.publish.adding.refused_page import refused_page
from narrate.publish.adding.work_page import work_page
from narrate.publish.headers import is_token, page_policy
from narrate.publish.inbox.bodies import kind_of, most_bytes, read
from narrate.publish.inbox.origins import bears_token, is_of_another_site, wants_page
from narrate.publish.inbox.shown import entry_shown
from narrate.publish.requests import Refused, allowed_methods, answered, error_shown, methods_told, received

logger = logging.getLogger(__name__)

# Bodies that are received at once; the others are asked to come again.
UPLOADS = 4
_COME_AGAIN_S = "5"

_INBOX, _ADD = "inbox", "inbox/add"
_OF_ENTRY = re.compile(rf"inbox/(?P<id>{ID.pattern})/(?P<does>again|remove)")
# A query is no place for a text; so much of it is shown.
_QUERY_MAX_CHARS = 20_000

# The more particular first.
_STATUSES: tuple[tuple[type[NarrateError], int], ...] = (
    (TooLarge, 413),
    (WrongKind, 415),
    (SourceError, 400),
    (InboxFull, 429),
    (OutputError, 503),
)


class InboxRoutes:
    """The part of the server that answers for the inbox; see app.Beside."""

    def __init__(self, inbox: Inbox, *, token: str = "", base_url: str = "") -> None:
        """Answer nothing yet.

        Args:
            inbox: What is asked.
            token: The secret part of all addresses, "" for none; the inbox takes it as a bearer's as well.
            base_url: Where others find the library, behind a proxy; "" for nowhere else.
        """
        self._inbox, self._token, self._base_url = inbox, token, base_url
        self._uploads = 0

    def name_of(self, scope: Scope) -> str | None:
        """Return the name below the base that a request asks for, None where it is not the inbox's."""
        path: str = scope["path"]
        name = path.removeprefix("/")
        if self._token and not bears_token(Headers(scope=scope), self._token):
            secret, _, name = name.partition("/")
            if not is_token(secret, self._token):
                return None
        elif self._token:
            name = name.removeprefix(f"{self._token}/")
        return name if path.startswith("/") and _is_ours(name) else None

    async def answer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what goes wrong is told in the form that it accepts."""
        request = Request(scope, receive)
        failed = partial(self._failed, request=request, home=_home(name))
        if response := await answered(self._answer(name, request), failed, partial(page_policy, may_send=True)):
            await response(scope, receive, send)

    async def _answer(self, name: str, request: Request) -> Response:
        allowed = "POST" if _OF_ENTRY.fullmatch(name) else "GET, HEAD" if name == _ADD else "GET, HEAD, POST"
        if told := methods_told(request, allowed):
            return told
        if request.method != "POST":
            return await self._get(name, request)
        if is_of_another_site(request.headers, self._base_url):
            hint = "use the library's own page; behind a proxy, narrate serve must be told its address: --base-url"
            raise Refused(403, "a page of another site sent this", hint)
        return await (self._post(request) if name == _INBOX else self._of_entry(name, request))

    async def _get(self, name: str, request: Request) -> Response:
        if name == _ADD:
            fields = {key: request.query_params.get(key, "")[:_QUERY_MAX_CHARS] for key in ("url", "title", "text")}
            return _page(await run_in_threadpool(add_page, {key: one for key, one in fields.items() if one}))
        entries = [entry_shown(one) for one in await run_in_threadpool(self._inbox.entries)]
        if wants_page(request.headers):
            return _page(await run_in_threadpool(work_page, entries))
        return JSONResponse({"entries": entries})

    async def _post(self, request: Request) -> Response:
        kind = kind_of(request)
        if self._uploads >= UPLOADS:
            raise Refused(429, "others are sending something now", f"try again in {_COME_AGAIN_S} seconds")
        self._uploads += 1
        try:
            async with received(request, most_bytes(kind, self._inbox.limits), self._inbox.spool) as file:
                content_type = request.headers.get("content-type", "")

                def add() -> tuple[Shown, bool]:
                    with read(file, kind, content_type, self._inbox.limits) as given:
                        return self._inbox.add(given)

                shown, is_new = await run_in_threadpool(add)
        finally:
            self._uploads -= 1
        if wants_page(request.headers):
            return _see_other(f"./?added={quote(shown.entry.id)}")
        return JSONResponse(entry_shown(shown), 202 if is_new else 200)

    async def _of_entry(self, name: str, request: Request) -> Response:
        found = _OF_ENTRY.fullmatch(name)
        if found is None:
            raise Refused(404, "there is no such address")
        does = self._inbox.again if found["does"] == "again" else self._inbox.remove
        shown = await run_in_threadpool(does, found["id"])
        if shown is None:
            raise Refused(404, "there is no such entry", "it may have been removed, or settled long ago")
        return _see_other("../../inbox") if wants_page(request.headers) else JSONResponse(entry_shown(shown))

    def _failed(self, error: Exception, request: Request, home: str) -> Response:
        """Return the answer of a request that failed: the client learns what it may do, the log what happened."""
        said, status = _in_words(error)
        headers = {"retry-after": _COME_AGAIN_S} if status in (429, 503) else {}
        headers |= allowed_methods(said)
        if wants_page(request.headers):
            content = refused_page(said.message, said.hint, home)
            return Response(content, status, headers, media_type="text/html")
        return JSONResponse(error_shown(said), status, headers)


def _is_ours(name: str) -> bool:
    return name in (_INBOX, _ADD) or bool(_OF_ENTRY.fullmatch(name))


def _home(name: str) -> str:
    """Return the way from an address of the inbox to the library's page."""
    return "../" * name.count("/") or "./"


def _in_words(error: Exception) -> tuple[NarrateError, int]:
    if isinstance(error, Refused):
        return error, error.status
    if isinstance(error, NarrateError):
        return error, next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    logger.error("a request to the inbox failed: %s: %s", type(error).__name__, error)
    if isinstance(error, OSError):
        return NarrateError("it cannot be kept now", "make room on the server's disk, then try again"), 503
    return NarrateError("something went wrong", "see what narrate serve says"), 500


def _page(content: bytes) -> Response:
    return Response(content, media_type="text/html")


def _see_other(place: str) -> Response:
    return Response(status_code=303, headers={"location": place})
