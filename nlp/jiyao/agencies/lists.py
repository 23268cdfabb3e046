"""Members of lists of bodies that no model knows, where the list tells what they are: 医保、公安等部门, 芦冈、古亭两县政府."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.agencies.marked import Marked
from jiyao.agencies.subjects import DUTY, OPENING, added_mention, stems
from jiyao.labels import EntityLabel
from jiyao.types import Mention

_NUMBERS = {sign: number for number, sign in enumerate("两三四五六七八九", start=2)}
_NUMBER = f"(?P<number>[{''.join(_NUMBERS)}])"
_LIST = re.compile(
    "(?P<items>(?:[\u4e00-\u9fff]{2,8}、){1,8}[\u4e00-\u9fff]{2,8}?)"
    f"(?:等(?:有关|相关)?(?:部门|单位)(?!的?(?:执法)?(?:职责|职能))|{_NUMBER}家)"
)
#: What may stand before the first of a list, within the same run of characters.
_BEFORE_LIST = re.compile("(?:[由请商是要并和与及]|要求|会同|责成|协调|组织|督促|其中)$")
#: The last name of a list that bears the number and the kind of all.
_SHARED = re.compile(f"[\u4e00-\u9fff]{{2,4}}{_NUMBER}个?[县区市州旗镇乡街]")
_NAMES = "(?:[\u4e00-\u9fff]{2,4}?[、和]){1,8}"
_TOLD_TOGETHER = re.compile(f"{_NAMES}(?P<last>{_SHARED.pattern}(?:人民政府|政府|党委|党工委)?)(?={DUTY})")
_NAMES_BEFORE = re.compile(
    f"(?:(?<=[^\u4e00-\u9fff])|^|由|请|责成|会同|[对在向和及与])(?P<names>(?![由请对在向和及与]|责成|会同){_NAMES})$"
)
_NAMES_REACH = 40
#: Places told through those who head them: 后坪乡、马家岔乡党政主要负责人要…; 全县, 我市 are no names.
_PLACE = "(?![全我本整请由])[\u4e00-\u9fff]{1,6}?(?:街道|苏木|[县区市州旗镇乡])"
_PLACE_OF_LIST = re.compile(f"(?:(?<=[道木县区市州旗镇乡])[、和])?(?P<name>{_PLACE})(?=[、和]|$)")
_TOLD_THROUGH_HEADS = re.compile(
    f"(?P<items>(?:{_PLACE}[、和]){{0,8}}{_PLACE})(?:(?:党政|党委|党工委)?主要(?:负责人|负责同志|领导)|(?:党政)?一把手)(?={DUTY})"
)


def with_listed(norm: str, agencies: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """``agencies`` in order, with the members of lists that were missed.

    ``others``, the mentions of other labels, have none of the places given, but for a PERSON whose name is that of a
    place (芦冈、古亭两县政府).
    """
    agencies = _merged(agencies, _departments(norm, Marked([*agencies, *others])))
    agencies = _merged(agencies, _places(norm, agencies, others))
    return _merged(agencies, _places_by_heads(norm, Marked([*agencies, *others])))


def _places_by_heads(norm: str, marked: Marked) -> Iterator[Mention]:
    """The places of which the heads are told to act, where nothing is marked in their list."""
    for opening in OPENING.finditer(norm):
        told = _TOLD_THROUGH_HEADS.match(norm, opening.end())
        if told and not marked.within(*told.span("items")):
            for place in _PLACE_OF_LIST.finditer(norm, *told.span("items")):
                yield added_mention(norm, *place.span("name"))


def _departments(norm: str, marked: Marked) -> Iterator[Mention]:
    """The stems in a list of departments of which most are known: 医保、公安等部门, 水务、电力、气象三家."""
    for match in _LIST.finditer(norm):
        items = list(_spans(match["items"], "[^、]+", match.start()))[-_NUMBERS.get(match["number"], 0) :]
        meets = [marked.within(*item) for item in items]
        bodies = [
            len(here) == 1 and here[0].label is EntityLabel.AGENCY and here[0].end == end
            for here, (_, end) in zip(meets, items, strict=True)
        ]
        known = [
            body or (not here and norm[slice(*item)] in stems())
            for body, here, item in zip(bodies, meets, items, strict=True)
        ]
        # 电力、通信两家 may be no bodies that do anything: there one of them must be known from elsewhere.
        if 2 * sum(known) < len(items) or (match["number"] and not any(bodies)):
            continue
        for item, here in zip(items, meets, strict=True):
            span = _first(norm, *item) if item[0] == match.start() else item
            if not here and span is not None:
                yield added_mention(norm, *span)


def _first(norm: str, start: int, end: int) -> tuple[int, int] | None:
    """The stem that ends the first item of a list; words may run into it."""
    for begin in range(start, end - 1):
        if norm[begin:end] in stems():
            return (begin, end) if begin == start or _BEFORE_LIST.search(norm, start, begin) else None
    return None


def _places(norm: str, agencies: Sequence[Mention], others: Sequence[Mention]) -> Iterator[Mention]:
    """The names before one that bears the head of all, and that one too where a duty follows."""
    marked = Marked([*agencies, *others])
    together = (_TOLD_TOGETHER.match(norm, opening.end()) for opening in OPENING.finditer(norm))
    spans = [found.span("last") for found in together if found]
    missed = [added_mention(norm, *span) for span in spans if not marked.within(*span)]
    yield from missed
    for mention in (*agencies, *missed):
        last = _SHARED.match(norm, mention.start, mention.end)
        # A window: the names before are short.
        before = last and _NAMES_BEFORE.search(norm[max(0, mention.start - _NAMES_REACH) : mention.start])
        if not last or not before:
            continue
        names = list(_spans(before["names"], "[^、和]+", mention.start - len(before["names"])))
        if len(names) == _NUMBERS[last["number"]] - 1:
            free = [span for span in names if all(_is_person(here, *span) for here in marked.within(*span))]
            yield from (added_mention(norm, *span) for span in free)


def _spans(text: str, name_pattern: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the names in ``text``, which begins at ``start``."""
    for name in re.finditer(name_pattern, text):
        yield start + name.start(), start + name.end()


def _is_person(mention: Mention, start: int, end: int) -> bool:
    return mention.label is EntityLabel.PERSON and (mention.start, mention.end) == (start, end)


def _merged(agencies: Sequence[Mention], added: Iterator[Mention]) -> list[Mention]:
    return sorted([*agencies, *added], key=lambda mention: mention.start)
