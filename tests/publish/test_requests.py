"""Answers to requests that send something, whoever they are for."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from narrate.core.errors import NarrateError
from narrate.publish.requests import Refused, allowed_methods, answered, json_object, methods_told


def _answered(error: Exception | None, media_type: str = "text/html") -> Response | None:
    async def answer() -> Response:
        if error:
            raise error
        return Response("page", media_type=media_type)

    return asyncio.run(answered(answer(), lambda one: PlainTextResponse(str(one), 500), lambda: "default-src 'none'"))


def test_answers_are_kept_by_nobody() -> None:
    """Pages have their policy; what is no page has none."""
    page, sound = _answered(None), _answered(None, "audio/flac")

    assert page is not None and sound is not None
    assert page.headers["cache-control"] == sound.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"] == "default-src 'none'"
    assert "content-security-policy" not in sound.headers


def test_what_fails_is_told() -> None:
    """The caller words it; a client that has gone is told nothing."""
    failed = _answered(ValueError("no"))

    assert failed is not None and failed.status_code == 500 and failed.headers["cache-control"] == "no-store"
    assert _answered(ClientDisconnect()) is None


@pytest.mark.parametrize(("method", "status"), [("GET", None), ("HEAD", None), ("OPTIONS", 204)])
def test_methods(method: str, status: int | None) -> None:
    """A question for them is answered; one of them goes on."""
    told = methods_told(Request({"type": "http", "method": method}), "GET, HEAD")

    assert (told and told.status_code) == status
    assert told is None or told.headers["allow"] == "GET, HEAD"


def test_another_method_is_refused() -> None:
    """The answer names those that there are."""
    with pytest.raises(Refused) as refused:
        methods_told(Request({"type": "http", "method": "PUT"}), "POST")

    assert (refused.value.status, allowed_methods(refused.value)) == (405, {"allow": "POST"})
    assert allowed_methods(NarrateError("another")) == {}


@pytest.mark.parametrize(
    ("data", "message"), [(b"{", "no JSON"), (b"[" * 100_000, "no JSON"), (b"[1]", "the body is no JSON object")]
)
def test_bodies_that_are_no_objects(data: bytes, message: str) -> None:
    """They are refused in words with what to do."""
    with pytest.raises(Refused) as refused:
        json_object(data, "no JSON", "send an object")

    assert (refused.value.status, refused.value.message, refused.value.hint) == (400, message, "send an object")
