"""Pages made, or broken, so that building their tree would take for ever.

The rules of HTML make a parser slow, by its very algorithm, on three things:
elements nested very deeply (each block looks through all that are open),
formatting elements never closed (each paragraph repeats them), and tags with
very many attributes. Browsers cut nesting at 512 levels; such a page loses its
structure here, but not its text.
"""

from __future__ import annotations

import html
import re

from jiyao.readers.elements import FORMATTING, INLINE, RAW, UNCLOSED

_TAG = re.compile(r"<([/!?]?)([A-Za-z][^\s/<>]*)([^<>]*)")
_SPACES = re.compile(r"\s+")
_MAX_DEPTH = 512
_MAX_REPEATS = 2_000_000
_MAX_ATTRIBUTES = 500
_LONG_TAG = 2_000


def is_tangled(markup: str) -> bool:
    """Whether a tree of ``markup`` would be too deep, too repetitive or too rich in attributes."""
    depth = formatting = repeats = 0
    raw = ""
    for match in _TAG.finditer(markup):
        closing, name, rest = match[1], match[2].lower(), match[3]
        if raw or name in RAW:  # tags in scripts are no tags
            raw = "" if closing and name == raw else raw or ("" if closing else name)
            continue
        if len(rest) > _LONG_TAG and rest.count("=") > _MAX_ATTRIBUTES and len(_SPACES.findall(rest)) > _MAX_ATTRIBUTES:
            return True
        if name in UNCLOSED:
            repeats += 0 if closing else formatting
        elif closing:
            depth = max(depth - 1, 0)
            formatting = max(formatting - (name in FORMATTING), 0)
        elif not rest.endswith("/"):
            depth += 1
            formatting += name in FORMATTING
        if depth > _MAX_DEPTH or repeats > _MAX_REPEATS:
            return True
    return False


def strip_tags(markup: str) -> str:
    """The text between the tags, in one pass; tags that are not inline end a line."""
    markup = _without_comments(markup)
    parts: list[str] = []
    raw, done = "", 0
    for match in _TAG.finditer(markup):
        closing, name = match[1], match[2].lower()
        if raw:
            if closing == "/" and name == raw:
                raw, done = "", _after(markup, match.end())
            continue
        parts.append(markup[done : match.start()])
        done = _after(markup, match.end())
        if name in RAW and not closing:
            raw = name
        elif name not in INLINE:
            parts.append("\n")
    if not raw:
        parts.append(markup[done:])
    lines = (line.strip(" \t\r\f") for line in html.unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_comments(markup: str) -> str:
    kept: list[str] = []
    done = 0
    while (start := markup.find("<!--", done)) >= 0:
        kept.append(markup[done:start])
        end = markup.find("-->", start + 4)
        done = end + 3 if end >= 0 else len(markup)
    return "".join((*kept, markup[done:]))


def _after(markup: str, index: int) -> int:
    return index + 1 if markup[index : index + 1] == ">" else index
