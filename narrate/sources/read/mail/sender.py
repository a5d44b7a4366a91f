"""Tells the writer of a mail by the name of its sender: a person, a person of a newsletter, or nobody."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import NamedTuple

from narrate.sources.read.characters import tidy
from narrate.sources.read.mail.newsletter import patterns

_PERSON = r"[A-Z][\w.’'-]*(?: (?:v[ao]n|de[rn]?|d[aeiou]s?|la|le|[A-Z][\w.’'-]*)){1,3}"
# Both begin with capitals: "Ina Berg from Harbour Letters"; "Max von Berg" is one name.
_BOTH = (
    re.compile(r"(?P<author>[^\W\d_a-z][^|@]{1,60}?)\s+(?:from|at|via|@|\|)\s+(?P<site>(?=[^\W_])[^|@a-z].{1,80})"),
    re.compile(rf"(?P<author>{_PERSON})\s*\((?P<site>[^()]{{2,80}})\)"),
    re.compile(rf"(?P<author>{_PERSON})\s+[-–—·:]\s+(?P<site>.{{2,80}})"),
    re.compile(rf"(?P<author>{_PERSON}),\s+(?P<site>(?!(?:Jr|Sr|Ph\.?D|M\.?D|MBA|Esq|II|III)\b)[A-Z].{{2,80}})"),
    re.compile(rf"(?P<site>[A-Z].{{1,80}}?)\s+by\s+(?P<author>{_PERSON})"),
)
_TURNED = re.compile(r"(?P<last>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?), (?P<first>[A-Z][\w’'.-]+)")
# "Boats, Inc" is no person called Inc.
_FIRMS = re.compile(r"(?:inc|llc|ltd|gmbh|ag|plc|co|corp|sa|bv)\.?", re.IGNORECASE)


class Sender(NamedTuple):
    """A sender: who wrote, and for which newsletter; None where the name does not say it."""

    author: str | None
    site: str | None = None


def sender_of(header: str) -> Sender:
    """Return who wrote a mail by its From: "Berg, Ina <ina@mill.example>" is Ina Berg, "no-reply" is nobody."""
    name = tidy(parseaddr(header)[0]).strip("'\"")
    name = re.sub(r"^['‘](.{2,60})['’](?= via )", r"\1", name) if " via " in name else name
    name = re.sub(r"^([^'’]{2,60})['’](?= via )", r"\1", name)
    if not name or ("@" in name.strip("@") and re.fullmatch(r"\S+@\S+", name)):
        return Sender(None)
    if any(one.fullmatch(name) for one in patterns("nobody")):
        return Sender(None)
    turned = _TURNED.fullmatch(name)
    if turned and not _FIRMS.fullmatch(turned["first"]) and " " not in turned["last"]:
        return Sender(f"{turned['first']} {turned['last']}")
    both = next(filter(None, (one.fullmatch(name) for one in _BOTH)), None)
    return Sender(both["author"], both["site"]) if both else Sender(name)
