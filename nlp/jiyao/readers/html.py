"""Saved web pages: visible text, blocks as lines, table rows as lines, and where the document proper stands."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from jiyao.errors import ReadError
from jiyao.readers.containers import find_body
from jiyao.readers.content import Content
from jiyao.readers.decode import codec_of, damage, decode
from jiyao.readers.flow import lay_out
from jiyao.readers.markup import tokens_of
from jiyao.readers.tangle import is_tangled, strip_tags
from jiyao.readers.text import unify_newlines

_HEAD = 4096
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_OPENING = re.compile(
    rb"\s*(?:<!--|<\?xml|<(?:head|meta|title|link|script|style|table|div|article|section|p|span|h[1-6]|br|font|center"
    rb"|ul|ol)\b)",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:!doctype\s{1,9}html|html|body)\b", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:p|div|span|td|tr|li|a)\s{0,9}>", re.IGNORECASE)
_ENOUGH_CLOSINGS = 3


def looks_like_html(data: bytes) -> bool:
    """Whether ``data`` begins as a page, or as a piece of one. UTF-16 is seen through."""
    head = data[: 16 * _HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    closings = len(_CLOSING.findall(head))
    return bool(_ROOT.search(head[:_HEAD]) or (closings and _OPENING.match(head)) or closings >= _ENOUGH_CLOSINGS)


def read_html(data: bytes, name: str) -> Content:
    """Read a page. What a browser does not show (scripts, ``hidden``, comments) is left out;
    everything else stays, navigation too, and ``body`` says where the document is.

    Raises:
        ReadError: undecodable, or the page shows no text.
    """
    declared = _declared(data)
    codec = codec_of(declared) if declared else None
    decoded = decode(data, name, codec)
    notes = list(decoded.notes)
    if codec and codec != decoded.encoding.removesuffix("-sig"):
        notes.append(f"the page claims {declared} but is in {decoded.encoding}")
    content = read_markup(decoded.text, name)
    return Content(content.text, decoded.encoding, content.body, (*notes, *content.notes))


def read_markup(markup: str, name: str) -> Content:
    """Read a decoded page.

    Raises:
        ReadError: the page shows no text.
    """
    notes = [] if not _is_cut(markup) else ["the page ends before </html>: it may be cut off"]
    if is_tangled(markup):
        notes.append("tags nested too deeply to be followed: they were only stripped")
        text, body = unify_newlines(strip_tags(markup)), None
    else:
        root = LexborHTMLParser(markup).root
        flow = lay_out(tokens_of(root)) if root is not None else None
        text = flow.text if flow else ""
        body = find_body(flow) if flow else None
    if not text or text.isspace():
        raise ReadError(
            name, "the page shows no text", "open it in a browser, wait until the text is there, and save it again"
        )
    lost = [note for note in damage(text) if not damage(markup)]
    return Content(text, None, body, (*notes, *lost))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD].replace(b"\0", b""))
    return match[1].decode("ascii") if match else None


def _is_cut(markup: str) -> bool:
    """A page that opens ``<html>`` and never closes it, or stops inside a tag."""
    last = markup.rfind("<")
    return (last >= 0 and ">" not in markup[last:]) or (
        "<html" in markup[:_HEAD].lower() and "</html" not in markup[-(1 << 16) :].lower()
    )
