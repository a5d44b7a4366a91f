"""Mails and web archives: what MIME (RFC 2045 to 2049) packs, unpacked and read."""

from narrate.sources.read.mail.message import is_message, read_message

__all__ = ["is_message", "read_message"]
