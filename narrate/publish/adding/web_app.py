"""The library as a web app: its manifest with a target for share sheets, and its icons, made of the podcast's cover.

https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/web-share-target/. All addresses are relative, so that they
hold below a secret part of the address as well.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from narrate.core.clean_text import one_line
from narrate.publish.adding.readable import ACCEPTED

if TYPE_CHECKING:
    from narrate.publish.app import Made

MANIFEST = "manifest.webmanifest"
TOUCH_ICON = "apple-touch-icon.png"

# Paper, as shared.css has it, light and dark.
PAPER, PAPER_AT_NIGHT = "#fbf9f4", "#191714"

HEAD = (
    f'<link rel="manifest" href="./{MANIFEST}">\n'
    f'<link rel="apple-touch-icon" href="./{TOUCH_ICON}">\n'
    f'<meta name="theme-color" content="{PAPER}" media="(prefers-color-scheme: light)">\n'
    f'<meta name="theme-color" content="{PAPER_AT_NIGHT}" media="(prefers-color-scheme: dark)">'
)

# Sides in pixels, and how much of it the cover takes: a maskable icon may lose all outside a circle of four fifths.
_ICONS = {
    "icon-192.png": (192, 1.0),
    "icon-512.png": (512, 1.0),
    "icon-maskable-512.png": (512, 0.8),
    TOUCH_ICON: (180, 1.0),
}

# A launcher has room for about twelve letters.
_SHORT_CHARS = 12


class About(Protocol):
    """A library's words about itself; narrate.core.settings.model.Podcast is one."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def language(self) -> str: ...


def web_app_files(podcast: About, cover_jpeg: bytes) -> dict[str, Made]:
    """Return the manifest and the icons by their names beside the library's page.

    Args:
        podcast: What the library says of itself.
        cover_jpeg: Its cover, square, of any size.
    """
    from narrate.publish.app import Made

    manifest = json.dumps(_manifest(podcast), ensure_ascii=False, indent=1).encode()
    with Image.open(io.BytesIO(cover_jpeg)) as opened:
        cover = opened.convert("RGB")
    icons = {name: Made(_icon(cover, *size), "image/png") for name, size in _ICONS.items()}
    return {MANIFEST: Made(manifest, "application/manifest+json"), **icons}


def _manifest(podcast: About) -> dict[str, object]:
    title = one_line(podcast.title)
    return {
        # Without an id, which would be below the host and not below the secret part: it is the start_url then.
        "name": title,
        "short_name": _short(title),
        "description": one_line(podcast.description),
        **({"lang": podcast.language} if podcast.language else {}),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [_listed(name, side_px, share) for name, (side_px, share) in _ICONS.items() if name != TOUCH_ICON],
        "share_target": _SHARE_TARGET,
    }


def _short(title: str) -> str:
    """As many whole words of a title as a launcher shows; all of it where its first word is longer."""
    if len(title) <= _SHORT_CHARS:
        return title
    return title[: _SHORT_CHARS + 1].rpartition(" ")[0].rstrip(" &-–—,:;") or title


_SHARE_TARGET = {
    "action": "./inbox",
    "method": "POST",
    "enctype": "multipart/form-data",
    "params": {
        "title": "title",
        "text": "text",
        "url": "url",
        "files": [{"name": "file", "accept": list(ACCEPTED)}],
    },
}


def _listed(name: str, side_px: int, share: float) -> dict[str, str]:
    purpose = "any" if share == 1 else "maskable"
    return {"src": f"./{name}", "sizes": f"{side_px}x{side_px}", "type": "image/png", "purpose": purpose}


def _icon(cover: Image.Image, side_px: int, share: float) -> bytes:
    """A PNG of the cover; what is around a smaller one has the mean colour of its edge."""
    inner_px = round(side_px * share)
    icon = Image.new("RGB", (side_px, side_px), _edge_colour(cover))
    corner_px = (side_px - inner_px) // 2
    icon.paste(cover.resize((inner_px, inner_px), Image.Resampling.LANCZOS), (corner_px, corner_px))
    written = io.BytesIO()
    icon.save(written, "PNG", optimize=True)
    return written.getvalue()


def _edge_colour(cover: Image.Image) -> tuple[int, ...]:
    small = cover.resize((16, 16), Image.Resampling.BOX)
    edge = [small.getpixel((x, y)) for x in range(16) for y in range(16) if x in (0, 15) or y in (0, 15)]
    pixels = [pixel for pixel in edge if isinstance(pixel, tuple)]
    return tuple(round(sum(band) / len(pixels)) for band in zip(*pixels, strict=True))
