"""Character references of HTML that a program wrote into plain text: &ldquo;, &nbsp;, &#12289;."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d?);")


def find_references(text: str) -> dict[int, tuple[int, str]]:
    """Where references begin, where they end, and the character that each stands for."""
    found = {}
    for match in _REFERENCE.finditer(text):
        char = html.unescape(match.group())
        if len(char) == 1 and char != "\ufffd":
            found[match.start()] = (match.end(), char)
    return found
