"""Files of a zip archive that came from a stranger: read one at a time, with bounds on what they unpack to."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import unquote

from lxml import etree

from narrate.core.errors import SourceError

# Real books have some hundred files, the largest encyclopedias ten thousand.
MEMBERS_MAX = 50_000
# Of one file, and of all that are read: a zip of 42 kB can hold petabytes.
MEMBER_MAX_BYTES = 64 * 1024 * 1024
ALL_MAX_BYTES = 512 * 1024 * 1024

# Of a word processor's document: a novel has ten thousand, the Bible 31,000 verses.
PARAGRAPHS_MAX = 100_000
_PARAGRAPH = re.compile(rb"<[\w-]{1,20}:(?:p|h)[\s/>]")
_PIECE_BYTES = 1024 * 1024

_MEMBER_HEAD = b"PK\x01\x02"
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """An open archive.

    Args:
        archive: The archive.
        name: What to call it in an error.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._read_bytes = 0
        self._members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        self._folded = {name.casefold(): name for name in self._members}

    @property
    def name(self) -> str:
        """Name of the archive, for errors."""
        return self._name

    def __contains__(self, path: str) -> bool:
        return self._member(path) is not None

    def paths(self) -> Iterator[str]:
        """Yield the paths of its files, as the archive has them."""
        yield from self._members

    def data(self, path: str) -> bytes:
        """Return one file.

        Raises:
            SourceError: It is not there, is damaged or encrypted, or unpacks to more than any document has.
        """
        with self._unpacking(path) as file:
            data = file.read(MEMBER_MAX_BYTES + 1)
        self._read_bytes += len(data)
        if len(data) > MEMBER_MAX_BYTES or self._read_bytes > ALL_MAX_BYTES:
            raise SourceError(f"{self._name} unpacks to more than any document has", "give a smaller file")
        return data

    def require_fewer_paragraphs(self, path: str) -> None:
        """Make sure that a text of a word processor is of a length that one has; it is counted while it is unpacked.

        Raises:
            SourceError: It has more paragraphs than PARAGRAPHS_MAX; or as `data`.
        """
        count, end = 0, b""
        with self._unpacking(path) as file:
            while piece := file.read(_PIECE_BYTES):
                # A tag that the piece's end cuts is counted with the next piece.
                whole, mark, cut = (end + piece).rpartition(b"<")
                count += len(_PARAGRAPH.findall(whole))
                end = mark + cut[:_PIECE_BYTES]
                if count > PARAGRAPHS_MAX:
                    message = f"{self._name} has more than {PARAGRAPHS_MAX:,} paragraphs, and no document is so long"
                    raise SourceError(message, "split it into several files")

    @contextmanager
    def _unpacking(self, path: str) -> Iterator[IO[bytes]]:
        """Open one file; raises SourceError as `data`."""
        info = self._member(path)
        if info is None:
            raise SourceError(f"{self._name} is damaged: {path} is missing in it", "get the file once more")
        if info.flag_bits & 1:
            raise SourceError(f"{self._name} is encrypted", "save a copy without a password and give that")
        try:
            with self._archive.open(info) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            message = f"{self._name} is damaged: {path} cannot be unpacked"
            raise SourceError(message, "get the file once more") from error

    def require_unpacked_below(self, most_bytes: int) -> None:
        """Make sure that all files together are no larger, as the archive says; nothing reads more of one than that.

        Raises:
            SourceError: They are.
        """
        if sum(info.file_size for info in self._members.values()) > most_bytes:
            raise SourceError(f"{self._name} unpacks to more than any document has", "give a smaller file")

    def xml(self, path: str) -> etree._Element:
        """Return one file as a tree; what is slightly wrong in it is passed over.

        Raises:
            SourceError: As `data`, or there is no XML in it.
        """
        parser = etree.XMLParser(recover=True, **_PARSER_OPTIONS)
        try:
            root = etree.fromstring(self.data(path), parser)
        except etree.XMLSyntaxError as error:
            raise SourceError(f"{self._name} is damaged: {path} is no XML", "get the file once more") from error
        if root is None:
            raise SourceError(f"{self._name} is damaged: {path} is no XML", "get the file once more")
        return root

    def _member(self, path: str) -> zipfile.ZipInfo | None:
        """Find a file; programs disagree with themselves about capitals and %20."""
        for wanted in (path, unquote(path)):
            if wanted in self._members:
                return self._members[wanted]
            if (folded := self._folded.get(wanted.casefold())) is not None:
                return self._members[folded]
        return None


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Package]:
    """Open an archive.

    Args:
        data: Its bytes.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, or holds too many files.
    """
    # Seen before the archive is opened, which would make an object of each.
    if data.count(_MEMBER_HEAD) > MEMBERS_MAX:
        raise SourceError(f"{name} holds more than {MEMBERS_MAX:,} files, and no document does", "give another file")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(f"{name} is damaged: it cannot be unpacked", "get the file once more") from error
    with archive:
        yield Package(archive, name)


def resolved(base: str, link: str) -> tuple[str, str]:
    """Return the path of a file that another one links to, and the place in it.

    Args:
        base: Path of the file that has the link.
        link: As it is written there: "../text/ch1.xhtml#p3".
    """
    path, _, fragment = link.partition("#")
    if not path:
        return base, fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))).lstrip("/"), fragment
