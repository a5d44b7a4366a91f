"""Names of the files beside an episode and of those in its folder, and their media types."""

from __future__ import annotations

from collections.abc import Mapping

# What follows the episode's name without its ending. An article may well lie beside its episode, with a picture of
# the same name, or be a web page, so the endings of pictures and page are longer ones.
VTT, SRT, JSON, CHAPTERS, PAGE = ".vtt", ".srt", ".json", ".chapters.json", ".page.html"
COVER, THUMB = ".cover.jpg", ".thumb.jpg"
MANIFEST = ".manifest.json"

# What is there once for all episodes of a folder.
FEED, INDEX, FEED_COVER = "feed.xml", "index.html", "feed.cover.jpg"

# What feeds and servers say of them; Python's table of endings differs from machine to machine.
MEDIA_TYPES: Mapping[str, str] = {
    VTT: "text/vtt",
    SRT: "application/x-subrip",
    JSON: "application/json",
    CHAPTERS: "application/json+chapters",
    COVER: "image/jpeg",
    THUMB: "image/jpeg",
    PAGE: "text/html",
}
