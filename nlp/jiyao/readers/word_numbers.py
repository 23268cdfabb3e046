"""The numbers that Word counts by itself, written into the text of their paragraphs.

A numbered paragraph names a list (``numId``) and a level of it (``ilvl``), by itself or by its style; ``numbering.xml`` says
how each level is counted and what stands around the count (ECMA-376, part 1, section 17.9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from jiyao.readers.package import local_name

_CHINESE = "〇一二三四五六七八九十"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_CHINESE_FORMATS = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
#: Deleted and moved text, and the first of two forms of a text box, of which mammoth reads the second.
_UNREAD = frozenset({"del", "moveFrom", "Choice"})
_NO_LIST = "0"
_LONGEST_CHAIN = 20  # of styles based on one another; damaged files have rings
#: Behind these the text follows at once, as clerks write it; 1. and 第1条 want a space.
_CLOSED = "、,，)）:：\u3000 "
_LEVELS = 9  # of a list, by the standard; more are damage


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted; in ``text`` ``%1`` is the count of the first level."""

    format: str
    text: str
    start: int
    style: str | None


@dataclass(slots=True)
class _List:
    """A list: its levels, which lists share its counts, and where it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


def write_numbers(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Put the number of each numbered paragraph of ``document`` before its text; ``document`` is changed."""
    if numbering is None:
        return
    lists = _lists(numbering)
    by_style = _numbered_styles(styles) if styles is not None else {}
    counts: dict[str, dict[int, int]] = {}
    begun: set[str] = set()
    for paragraph in _paragraphs(document):
        found = _number_of(paragraph, lists, by_style)
        if found is None:
            continue
        key, level = found
        list_ = lists[key]
        count = counts.setdefault(list_.abstract, {})
        if key not in begun:
            begun.add(key)
            # The count before the first one: the level's start is what is counted first.
            count.update({each: start - 1 for each, start in list_.restarts.items()})
        count[level] = count.get(level, list_.levels[level].start - 1) + 1
        for deeper in [each for each in count if each > level]:
            del count[deeper]
        label = _label(list_.levels, level, count)
        if label:
            _write(paragraph, label if label[-1] in _CLOSED else f"{label} ")


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next((child for child in element if local_name(child) == name), None)
    return element


def _value(element: Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs that are read, in order; without recursion, however deep they stand."""
    stack = [root]
    while stack:
        element = stack.pop()
        if local_name(element) in _UNREAD:
            continue
        if local_name(element) == "p":
            yield element
        stack.extend(reversed(element))


def _lists(numbering: Element) -> dict[str, _List]:
    abstracts = {
        _value(element, "abstractNumId") or "": {
            _number(_value(level, "ilvl"), 0): _level(level) for level in element if local_name(level) == "lvl"
        }
        for element in numbering
        if local_name(element) == "abstractNum"
    }
    abstracts = {key: {at: level for at, level in each.items() if at < _LEVELS} for key, each in abstracts.items()}
    lists = {}
    for element in numbering:
        if local_name(element) != "num":
            continue
        abstract = _value(_child(element, "abstractNumId")) or ""
        levels = dict(abstracts.get(abstract, {}))
        restarts = {}
        for override in element:
            if local_name(override) != "lvlOverride":
                continue
            at = _number(_value(override, "ilvl"), 0)
            own, start = _child(override, "lvl"), _value(_child(override, "startOverride"))
            if own is not None and at < _LEVELS:
                levels[at] = _level(own)
            if start is not None:
                restarts[at] = _number(start, 1)
        lists[_value(element, "numId") or ""] = _List(abstract, levels, restarts)
    return lists


def _level(element: Element) -> _Level:
    return _Level(
        _value(_child(element, "numFmt")) or "decimal",
        _value(_child(element, "lvlText")) or "",
        _number(_value(_child(element, "start")), 1),
        _value(_child(element, "pStyle")),
    )


def _numbered_styles(styles: Element) -> dict[str, tuple[str, int | None]]:
    """List and level of each style of paragraphs that has them, by itself or by the style that it is based on."""
    own: dict[str, tuple[str, int | None]] = {}
    based: dict[str, str] = {}
    for element in styles:
        name = _value(element, "styleId") if local_name(element) == "style" else None
        if not name:
            continue
        numbered = _child(element, "pPr", "numPr")
        key, level = _value(_child(numbered, "numId")), _value(_child(numbered, "ilvl"))
        if key is not None:
            own[name] = (key, None if level is None else _number(level, 0))
        parent = _value(_child(element, "basedOn"))
        if parent:
            based[name] = parent
    found = {}
    for name in {*own, *based}:
        at: str | None = name
        for _ in range(_LONGEST_CHAIN):
            if at is None or at in own:
                break
            at = based.get(at)
        if at in own:
            found[name] = own[at]
    return found


def _number_of(
    paragraph: Element, lists: dict[str, _List], by_style: dict[str, tuple[str, int | None]]
) -> tuple[str, int] | None:
    """List and level of a paragraph; ``None`` if it has no number, or a list that nothing defines."""
    properties = _child(paragraph, "pPr")
    style = _value(_child(properties, "pStyle"))
    numbered = _child(properties, "numPr")
    key, level = by_style.get(style or "", (None, None))
    own = _value(_child(numbered, "numId"))
    at = _value(_child(numbered, "ilvl"))
    key = own or key
    if key is None or key == _NO_LIST or key not in lists:
        return None
    if at is not None:
        level = _number(at, 0)
    if level is None:
        of_style = (number for number, each in lists[key].levels.items() if style and each.style == style)
        level = next(of_style, 0)
    return (key, level) if level in lists[key].levels else None


def _label(levels: dict[int, _Level], level: int, count: dict[int, int]) -> str:
    label = levels[level].text
    if levels[level].format == "bullet":
        return ""
    for number, each in levels.items():
        mark = f"%{number + 1}"
        if mark in label:
            label = label.replace(mark, _counted(each.format, count.get(number, each.start)))
    return label


def _counted(style: str, count: int) -> str:
    """``count`` as Word writes it; what is not known here is written in figures."""
    if style == "none":
        return ""
    if style in _CHINESE_FORMATS and 0 < count < 100:
        tens, units = divmod(count, 10)
        return ("" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十") + (_CHINESE[units] if units else "")
    if style.startswith("decimalEnclosedCircle") and count < len(_CIRCLED):
        return _CIRCLED[count]
    if style in ("upperLetter", "lowerLetter") and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("upperRoman", "lowerRoman") and 0 < count < 40:
        roman = ""
        for sign, value in _ROMAN:
            roman, count = roman + sign * (count // value), count % value
        return roman.upper() if style == "upperRoman" else roman
    return str(count)


def _write(paragraph: Element, label: str) -> None:
    """Put ``label`` before the text of the paragraph."""
    space = paragraph.tag.rpartition("}")[0] + "}" if "}" in paragraph.tag else ""
    run = Element(f"{space}r")
    text = SubElement(run, f"{space}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = label
    first = 1 if len(paragraph) and local_name(paragraph[0]) == "pPr" else 0
    paragraph.insert(first, run)
