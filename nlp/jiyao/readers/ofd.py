"""OFD (GB/T 33190-2016), China's standard for documents of state: pages of placed text in a zip of XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from xml.etree.ElementTree import Element

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.ofd_text import BOX, numbers, place_text
from jiyao.readers.package import Package, local_name, resolve
from jiyao.readers.paper import read_paper
from jiyao.readers.sheet import MAX_SHEET_GLYPHS, Glyph, Rule, Sheet

_POINTS = 72 / 25.4
_ROOT = "/OFD.xml"
#: A package of minutes holds one document; some archives hold one for each attachment.
_MAX_DOCUMENTS = 100
_REPAIR = "open it in an OFD viewer and save it again, or get the file anew"
_PICTURES = frozenset({"ImageObject", "PathObject", "CompositeObject"})


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a page's content stands; templates, which several pages share, by their identifiers."""

    path: str
    templates: dict[str, str]


def read_ofd(data: bytes, name: str) -> Content:
    """Read the text of an OFD document, that of its templates included; seals and notes put on it are left out.

    Raises:
        ReadError: locked by a password, damaged, made to do harm, or without text.
    """
    package = Package(data, name)
    pages = list(_pages(package, name))
    if not pages:
        raise ReadError(name, "is an OFD document without pages", _REPAIR)
    return read_paper(_sheets(package, pages), len(pages), name)


def _pages(package: Package, name: str) -> Iterator[_Page]:
    """The pages of all documents in the package, in the order in which the documents list them."""
    root = package.xml(_ROOT)
    if root is None:
        raise ReadError(name, f"is no OFD document: it has no {_ROOT[1:]}", _REPAIR)
    roots = (entry.text for entry in root.iter() if local_name(entry) == "DocRoot" and entry.text)
    for location in islice(roots, _MAX_DOCUMENTS):
        path = resolve(_ROOT, location)
        document = package.xml(path)
        if document is None:
            raise ReadError(name, f"is damaged: {path} is missing", _REPAIR)
        templates: dict[str, str] = {}
        for element in document.iter():
            place = element.get("BaseLoc", "")
            if local_name(element) == "TemplatePage" and place:
                templates[element.get("ID", "")] = resolve(path, place)
            elif local_name(element) == "Page" and place:
                yield _Page(resolve(path, place), templates)


def _sheets(package: Package, pages: Iterable[_Page]) -> Iterator[Sheet]:
    shared: dict[str, Sheet] = {}
    for page in pages:
        root = package.xml(page.path)
        if root is None:
            yield Sheet((), pictured=True)
            continue
        own = _sheet(root)
        for element in root.iter():
            path = page.templates.get(element.get("TemplateID", "")) if local_name(element) == "Template" else None
            if path is None:
                continue
            if path not in shared:
                template = package.xml(path)
                shared[path] = _sheet(template) if template is not None else Sheet(())
            below = shared[path]
            own = Sheet(
                below.glyphs + own.glyphs,
                below.rules + own.rules,
                below.pictured or own.pictured,
                below.cut or own.cut,
            )
        yield own


def _sheet(root: Element) -> Sheet:
    shown = [element for element in root.iter() if element.get("Visible", "true").lower() != "false"]
    texts = (place_text(element) for element in shown if local_name(element) == "TextObject")
    glyphs = tuple(map(_in_points, islice(chain.from_iterable(texts), MAX_SHEET_GLYPHS)))
    rules = (_frame(element) for element in shown if local_name(element) == "PathObject")
    pictured = any(local_name(element) in _PICTURES for element in shown)
    sound = tuple(rule for rule in rules if rule.is_sound())
    return Sheet(glyphs, sound, pictured, cut=len(glyphs) == MAX_SHEET_GLYPHS)


def _frame(element: Element) -> Rule:
    """The box around what a ``PathObject`` draws."""
    left, top, width, height = (_POINTS * edge for edge in numbers(element.get("Boundary", ""), BOX))
    return Rule(left, top, left + width, top + height)


def _in_points(glyph: Glyph) -> Glyph:
    """``glyph``, given in millimetres."""
    left, right, baseline, size = (_POINTS * x for x in (glyph.left, glyph.right, glyph.baseline, glyph.size))
    return Glyph(glyph.char, left, right, baseline, size)
