"""The library as a web app: what a phone reads to install it and to share pages with it."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from PIL import Image, ImageDraw

from narrate.core.resources import packaged_text
from narrate.core.settings.loading import Podcast
from narrate.publish.adding import web_app
from narrate.publish.adding.web_app import web_app_files
from narrate.sources.read.documents.chapters import ENDINGS

ABOUT = Podcast("Kitchen & Radio <b>", "Long reads.", "Ben", language="en-GB")


def cover(side_px: int = 600) -> bytes:
    """A blue picture with a red middle."""
    picture = Image.new("RGB", (side_px, side_px), "#2040c0")
    ImageDraw.Draw(picture).rectangle([side_px // 4] * 2 + [side_px * 3 // 4] * 2, fill="#c02020")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=95)
    return written.getvalue()


def manifest(about: Podcast = ABOUT) -> dict[str, Any]:
    """The manifest as a browser reads it."""
    found: dict[str, Any] = json.loads(web_app_files(about, cover())["manifest.webmanifest"].content)
    return found


def test_the_manifest_says_what_an_app_needs() -> None:
    """Name, colours and beginning; an icon of each size, one that may be cut round."""
    found = manifest()

    assert (found["name"], found["lang"], found["display"]) == ("Kitchen & Radio <b>", "en-GB", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in found["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert "id" not in found


def test_every_address_of_the_manifest_holds_below_a_secret() -> None:
    """They are relative to the manifest, the share target's, too."""
    found = manifest()
    addresses = [found["start_url"], found["scope"], found["share_target"]["action"]]

    assert all(address.startswith("./") for address in [*addresses, *(icon["src"] for icon in found["icons"])])


def test_pages_and_files_can_be_shared_with_it() -> None:
    """By the fields that the inbox reads; every document that narrate reads is among the files."""
    target = manifest()["share_target"]
    (files,) = target["params"]["files"]

    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")
    assert {key: value for key, value in target["params"].items() if key != "files"} == {
        "title": "title",
        "text": "text",
        "url": "url",
    }
    assert files["name"] == "file"
    assert set(ENDINGS) <= set(files["accept"])
    assert {"text/html", "text/plain", "text/markdown", "application/pdf", "message/rfc822"} <= set(files["accept"])


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Radio", "Radio"),
        ("Kitchen Radio", "Kitchen"),
        ("Kitchen & Radio", "Kitchen"),
        ("Long evening reads", "Long evening"),
        ("Donaudampfschifffahrt", "Donaudampfschifffahrt"),
    ],
)
def test_a_short_name_has_whole_words(title: str, short: str) -> None:
    """As many as a launcher has room for."""
    assert manifest(Podcast(title))["short_name"] == short


@pytest.mark.parametrize(
    ("name", "side_px"),
    [("icon-192.png", 192), ("icon-512.png", 512), ("icon-maskable-512.png", 512), ("apple-touch-icon.png", 180)],
)
def test_icons_are_made_of_the_cover(name: str, side_px: int) -> None:
    """PNGs of their size, with the cover's colours in the middle and at the edge, from a cover of any size."""
    for cover_px in (100, 3000):
        icon = web_app_files(ABOUT, cover(cover_px))[name]
        with Image.open(io.BytesIO(icon.content)) as picture:
            assert (picture.format, picture.size, icon.media_type) == ("PNG", (side_px, side_px), "image/png")
            assert picture.getpixel((side_px // 2, side_px // 2))[0] > 150
            assert picture.getpixel((1, 1))[2] > 150


def test_all_of_the_cover_is_inside_a_maskable_icon() -> None:
    """What a launcher may cut off shows only the colour of the cover's edge."""
    edge = io.BytesIO()
    framed = Image.new("RGB", (500, 500), "#c02020")
    framed.paste(Image.new("RGB", (490, 490), "#2040c0"), (5, 5))
    framed.save(edge, "PNG")
    with Image.open(io.BytesIO(web_app_files(ABOUT, edge.getvalue())["icon-maskable-512.png"].content)) as picture:
        margin = 512 // 10
        colours = {picture.getpixel((x, x)) for x in range(margin - 2)}

    assert len(colours) == 1


def test_the_colours_are_those_of_the_pages() -> None:
    """Paper by day and by night, as the shared style has them."""
    found = re.findall(r"--paper: (#\w+);", packaged_text("narrate", "episode/page/shared.css"))

    assert found[:2] == [web_app.PAPER, web_app.PAPER_AT_NIGHT]
