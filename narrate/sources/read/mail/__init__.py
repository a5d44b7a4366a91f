"""Mails and web archives: what MIME (RFC 2045 to 2049) packs, unpacked and read."""

from narrate.sources.mailboxes import first_mail
from narrate.sources.read.mail.message import is_message, read_message
from narrate.sources.read.mail.webarchive import archived_page, is_webarchive

__all__ = ["archived_page", "first_mail", "is_message", "is_webarchive", "read_message"]
