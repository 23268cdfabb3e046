"""Is a numbered line a heading or a sentence? And where does a run-in heading end?"""

from __future__ import annotations

import re

from jiyao.dates import find_deadlines
from jiyao.structure.cues import any_of
from jiyao.structure.name_forms import ends_like_agency

_BINDING = re.compile(
    r"[由请](?:[^,。]{1,30})(?:牵头|负责|会同|落实|组织|根据|按)|会议|原则同意|^同意|审议通过|原则通过|必须|不得|不予|不同意|暂缓|责成|配合|负责|牵头"
    r"|(?<![主重需纲纪概摘必简])要(?![点素闻害求])"
)
_DONE = re.compile(r"^(?:传达|学习|传达学习|听取|审议|研究|讨论|通报|观看|部署)(?:并[^,。]{1,6})?了")
#: 审议通过《…》,按程序印发。 and 关于…的请示,不予同意。 begin as headings do and say what came of it.
_DISPOSES = re.compile(
    "^(?:审议(?:并)?(?:原则)?通过|审定x)|[,:](?:会议|经研究|原则|同意|不予|未予|退回|暂[缓不]|由|分别由|按程序|以)"
)
_INNER_STOP = re.compile(r"[。;!?](?=.)")
_QUOTED = re.compile(r"《[^《》\n]{0,300}》|[“\"][^”\"\n]{0,100}[”\"]|\([^()\n]{0,100}\)")
_DUTY_END = re.compile(r"\((?P<bodies>[^()]{2,80})\)[。;]?$")
#: 年底前, 6月30日前; 三季度经营分析 and 换届前财务清理 are matters.
_DUE_DAY = re.compile("[年月日].{0,3}(?:前|内|[底末])$")
_PIECES = re.compile("[、,;:和及]")
_IN_BRACKETS = re.compile("【[^【】\\n]{1,40}】")
_GAP = re.compile(r"[ \t\u3000]+(?=会议|会上|为)")
_SLOGAN_MAX = 30
_AGENDA_MAX = 160
_PLAIN_MAX = 50
_RUN_IN_MAX = 80
_PLACEHOLDER = re.compile(r"\(?(?:略|此项略|本项略|内容略|从略)\)?[。.]?")


def is_placeholder(content: str) -> bool:
    """A redacted item that only keeps its number: 一、略."""
    return _PLACEHOLDER.fullmatch(content) is not None


def is_heading(content: str) -> bool:
    """True of the heading of a numbered item, given without its enumerator.

    ``审议《…》`` and ``关于…工作`` are headings, so is a slogan (``高度重视,夯实责任。``);
    ``原则同意《…》。`` and anything with a stop inside are sentences.
    """
    if not content or is_placeholder(content):
        return bool(content)
    if len(content) > _AGENDA_MAX:
        return False
    plain = _QUOTED.sub(lambda match: "x" * len(match.group()), content)
    if _INNER_STOP.search(plain) or _DONE.search(plain) or plain.endswith((";", ":")):
        return False
    if is_agenda(content):
        return not plain.endswith(("。", ".")) or (len(plain) <= _PLAIN_MAX and not _DISPOSES.search(plain))
    if _BINDING.search(plain) or _names_who_or_when(content):
        return False
    if plain.endswith(("。", "!")):
        return len(plain) <= _SLOGAN_MAX and "了" not in plain
    return len(plain) <= _PLAIN_MAX


def _names_who_or_when(content: str) -> bool:
    """A task of a duty list without a stop: it has a deadline, or the bodies that answer for it in brackets behind it."""
    duty = _DUTY_END.search(content)
    if duty and any(ends_like_agency(piece) for piece in _PIECES.split(duty["bodies"])):
        return True
    return any(_DUE_DAY.search(content[start:end]) for start, end in find_deadlines(content))


def is_agenda(content: str) -> bool:
    """True where the text begins as an agenda item's heading does, and is not already a report of it."""
    return any_of("agenda").match(content) is not None and not _DONE.search(content)


def bracket_heading_end(content: str) -> int | None:
    """Length of a heading in 【】 with which a line of sentences begins: 【关于招商引资】会议听取了….

    In 【议题一】标准地出让 no sentence follows: the line is one heading.
    """
    found = _IN_BRACKETS.match(content)
    return found.end() if found and "。" in content[found.end() :] else None


def run_in_end(content: str) -> int | None:
    """Length of the heading with which a line begins, its 。 included, where sentences follow it on the line."""
    head = content[: 2 * _RUN_IN_MAX]
    plain = _QUOTED.sub(lambda match: "x" * len(match.group()), head)
    stop = plain.find("。")
    gap = _GAP.search(plain)
    if gap and (stop < 0 or gap.start() < stop) and is_heading(head[: gap.start()]):
        return gap.start()
    if 0 < stop < _RUN_IN_MAX and stop + 1 < len(content) and is_heading(head[: stop + 1]):
        return stop + 1
    return None


def is_bare_heading(content: str) -> bool:
    """A heading without number: a short line without a stop that begins as agenda headings do."""
    return len(content) <= _PLAIN_MAX and not content.endswith(("。", ";", ":", ",")) and is_agenda(content)
