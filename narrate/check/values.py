"""Values of a feed's tags: addresses, dates, lengths, languages, identities."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

# All of ISO 639-1, https://www.loc.gov/standards/iso639-2/php/code_list.php
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw
ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng
nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv
sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_CODES.split())

# A language of two or three letters, then script, region and variants (RFC 5646, without its rare forms).
_TAG = re.compile(r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?(-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*", re.IGNORECASE)

# RFC 2822 with four digits of the year, and the zones that it still reads.
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{4}\s+"
    r"\d{2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}|GMT|UT|UTC|Z|[ECMP][SD]T)"
)

_SECONDS = re.compile(r"\d{1,8}", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):([0-5]\d)", re.ASCII)

# https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def is_absolute(address: str) -> bool:
    """Tell whether it is a whole http or https address."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_plain(address: str) -> bool:
    """Tell whether it is written in the letters that addresses are made of (RFC 3986): all else is percent-encoded."""
    return re.fullmatch(r"[!#-;=?-\[\]_a-z~]*", address) is not None


def host_of(address: str) -> str:
    """The host of an absolute address."""
    return urlsplit(address).hostname or ""


def is_language(tag: str) -> bool:
    """Tell whether it is a language as apps know them: "en", "en-us", "zh-Hant-TW", "yue"."""
    found = _TAG.fullmatch(tag)
    return found is not None and (len(found[1]) == 3 or found[1].lower() in _LANGUAGES)


def moment(date: str) -> datetime | None:
    """A date by RFC 2822; None for any other."""
    if not _DATE.fullmatch(date):
        return None
    try:
        found = parsedate_to_datetime(date.replace("UTC", "UT"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found


def seconds(duration: str) -> int | None:
    """A length of time: "1801", "30:01" or "0:30:01"; None for any other form."""
    if _SECONDS.fullmatch(duration):
        return int(duration)
    found = _CLOCK.fullmatch(duration)
    if not found or (found[1] and int(found[2]) > 59):
        return None
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def is_uuid_5(text: str) -> bool:
    """Tell whether it is a UUID made from a name."""
    try:
        return len(text) == 36 and uuid.UUID(text).version == 5
    except ValueError:
        return False


def podcast_guid(feed_address: str) -> str:
    """The identity that follows from a feed's address."""
    return str(uuid.uuid5(_PODCASTS, re.sub(r"^[a-z]+://", "", feed_address).rstrip("/")))
