"""What a single line tells of itself: chrome, label line, number, roll, tail.

Functions of one line of normalised text; what its neighbours tell is in
:mod:`jiyao.structure.layout`.
"""

from __future__ import annotations

import re

from jiyao.structure.cues import any_of, bare, cues, read_field_label, read_label, read_roll_label
from jiyao.types import LineKind

_CRUMBS = re.compile(r"首页.{0,40}[>›»]|^首页 ?[/|_\-—]|^[^。]{1,30}[>›»][^。]{1,30}[>›»]")
_NUMBER = re.compile(
    r"\(?(?:[\u4e00-\u9fff]{1,14} ?)?"
    r" ?(?:[〔\[【(〈] ?(?:19|20)\d\d ?[〕\]】)〉] ?(?:第 ?)?\d{1,4} ?(?:号|期|次)?"
    r"|(?:19|20)\d\d年第? ?\d{1,3} ?[号期])\)?"
)
_FIGURES = r"[一二三四五六七八九十百零〇○\d]{1,6}"
_YEAR = r"(?:[12]\d{3}|[二一][〇○Oo零0一二九]?[〇○Oo零0一二三四五六七八九]{1,2})"
_ISSUE = re.compile(rf"\(?(?:总|{_YEAR} ?年)?第 ?{_FIGURES} ?(?:期|号|次)\)?(?:\(?总第?\d{{1,5}}[期号]?\)?)?")
_DATE_TEXT = _YEAR + r" ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日"
_DATE_FIGURES = r"(?<=[\s\u4e00-\u9fff])(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}"
_DATE_END = re.compile(rf"(?:{_DATE_TEXT}|{_DATE_FIGURES})" + r" ?(?:\d{1,2} ?[时点])? ?(?:印发?|发)?$")
_RELEASE = re.compile(r"^\(?(?:此件|本件|此文|公开方式|信息公开).{0,14}(?:公开|发布|转载)|^\(?共印\d+份|^\(?印\d+份")
_COMPILED = re.compile(r"(?:整理|印发|印制|印|供稿|秘书处)\)?$")
_CREDIT = re.compile(
    r"^[□■◇◆○●◎]? ?\(?(?:本报|通讯员|特约|实习)?"
    r"(?:记者|编辑|通讯员|作者|摄影|图/文|文/图|供稿|责编|审核|编审|撰稿)"
)
#: (记者 某某)8月1日,区长某某主持召开…: the reporter's name opens the news itself.
_NEWS_LEAD = re.compile("日[上下]?[午晚]?,.{2,60}(?:主持|召开)")
_LEAD_IN_END = re.compile(r"[::]$|如下[。.]?$")
#: 会议听取了…汇报,议定如下: tells what the meeting did, and then leads in.
_TOLD_FIRST = re.compile(
    "^(?!经).*(?:主持|召开|召集|听取|传达|学习|审议|研究(?!了?以下)[^,]{3}|就[^,]{4,60}研究)[^,]*[,.]"
)
_STAMP = re.compile(
    r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?: +\d{1,2}:\d\d(?::\d\d)?)?(?:$| +(?!.{0,80}(?:主持|召开)).{0,80}$)"
)
#: What is attended: 参加汇报会, 列席有关议题, 参加了相关议题的研究.
ATTENDED = (
    "了?(?:本次|此次)?(?:会议|活动|(?:有关|相关|各自|所涉)?议题(?:的?(?:研究|讨论|审议|汇报))?|[^,。;、]{2,4}会)?"
)
_PROSE_ROLL = re.compile(rf"[^《》]{{2,400}}(?:参加|出席|列席|参会){ATTENDED}(?:\([^()]{{2,40}}\))?。?")
_SPEECH = re.compile(
    "会议还?(?:听取|审议|研究|指出|要求|强调|认为|传达|同意)|(?<![主重需])要[^求]|主持(?:召开|会议,(?!.{0,4}(?:出席|参加|列席)))|(?:^|[,;])(?:由|责成|请(?!假))|组织(?!部|委|人事|科|办)[^,。]{1,20}参加"
)
#: How a report begins: 本报讯(记者 某某).
_DATELINE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:讯|消息)(?: ?\([^()\n]{1,40}\)|(?= {1,4}[0-9]{1,2}月))|\([\u4e00-\u9fff]{0,8}讯\)(?=[0-9])|\((?:本报|本网)?(?:记者|通讯员)[^()\n]{1,30}\)"
)
_CELLS = re.compile(r"\|")
_RUNNING = re.compile("[。;,|]")
_SHORT = 60
_LONG_LABEL_VALUE = 90
_LONG_ROLL = 420
_LONGEST_HEAD = 1500
_SENTENCES = 3


def skip_dateline(norm: str, start: int, end: int) -> int:
    """The offset behind the 某某日报讯(记者 某某) with which a report begins at ``start``; ``start`` where there is none."""
    dateline = _DATELINE.match(norm, start, min(end, start + 60))
    return dateline.end() if dateline else start


def own_kind(norm: str, start: int, end: int) -> LineKind | None:
    """The kind that the line ``[start, end)`` (indent left out) shows by itself; ``None`` for prose and titles."""
    line = norm[start:end]
    if not line:
        return LineKind.BLANK
    if is_chrome(line):
        return LineKind.CHROME
    if read_roll_label(norm, start, end) is not None or is_prose_roll(line):
        return LineKind.ROLL
    if is_field(norm, start, end):
        return LineKind.FIELD
    if is_number(line):
        return LineKind.NUMBER
    if is_tail(norm, start, end):
        return LineKind.TAIL
    if is_lead_in(line):
        return LineKind.LEAD_IN
    return None


def is_chrome(line: str) -> bool:
    """A breadcrumb, a widget or a credit line; running text that only mentions one of the words is none."""
    head = line[:200]
    if len(line) > 2 * _SHORT and ("。" in head or line.count("。", 0, _LONGEST_HEAD) >= _SENTENCES):
        return False  # a page that lost all its line ends begins with the crumbs
    # 登录 is a button, 户外广告牌 and 注册登记 are matters of the meeting.
    button = any_of("chrome_word").search(head) is not None and len(line) <= _SHORT and not _RUNNING.search(line)
    credit = _CREDIT.search(head) and not _NEWS_LEAD.search(head)
    return bool(_CRUMBS.search(head) or credit or ends_page(line)) or (
        (button or any_of("chrome").search(head) is not None)
        and not any_of("field").match(bare(head[:12]))
        and not _STAMP.match(line)
    )


def ends_page(line: str) -> bool:
    """Chrome after which nothing of the minutes follows (上一篇, 主办, credits)."""
    head = line[:200]
    match = any_of("chrome_end").search(head)
    return match is not None and (match.start() <= 4 or "。" not in head) and len(line) <= 3 * _SHORT


def is_field(norm: str, start: int, end: int) -> bool:
    """One of the page's own label lines (索引号: 来源: 会议地点:), or a row of its label table."""
    labelled = read_field_label(norm, start, end)
    if labelled is not None and labelled[0] in cues("field"):
        return end - labelled[1] <= _LONG_LABEL_VALUE or "。" not in norm[labelled[1] : end]
    if _STAMP.match(norm, start, end):
        return True
    if _CELLS.search(norm, start, min(end, start + 400)):
        cells = norm[start : min(end, start + 400)].split("|")
        return any(bare(cell).rstrip(":") in cues("field") for cell in cells)
    return False


def is_prose_roll(line: str) -> bool:
    """A line that only says who attended: 区领导X、Y参加会议,区人大Z应邀列席。"""
    return len(line) <= _LONG_ROLL and _PROSE_ROLL.fullmatch(line) is not None and not is_speech(line)


def is_speech(line: str) -> bool:
    """A line that says what the meeting did or wants: no list of those who were there."""
    return _SPEECH.search(line) is not None


def is_number(line: str) -> bool:
    """The minutes' own number alone on its line: 〔2024〕7号, 第12期, X政常纪〔2024〕7号."""
    return len(line) <= _SHORT and bool(_NUMBER.fullmatch(line) or _ISSUE.fullmatch(line))


def is_tail(norm: str, start: int, end: int) -> bool:
    """A line of distribution, signature, release or contact."""
    line = norm[start:end]
    labelled = read_label(norm, start, end)
    if labelled is not None and labelled[0] in cues("tail"):
        return True
    if _RELEASE.search(line):
        return True
    if len(line) > _SHORT or "。" in line:
        return False
    return bool(_COMPILED.search(line) or is_dated(line)) and "," not in line


def is_dated(line: str) -> bool:
    """A short line that ends with a date, or holds only one in brackets: signature line, the line under the title."""
    return len(line) <= _SHORT and (_DATE_END.search(line) is not None or is_date_in_brackets(line))


def is_date_in_brackets(line: str) -> bool:
    """(2024年3月5日) alone on its line, as it stands under a title."""
    return line[:1] == "(" and line[-1:] == ")" and _DATE_END.fullmatch(line[1:-1].strip()) is not None


def is_lead_in(line: str) -> bool:
    """会议议定以下意见: and the like, alone on a line."""
    if len(line) > 2 * _SHORT or not _LEAD_IN_END.search(line) or "。" in line[:-1] or _TOLD_FIRST.search(line):
        return False
    stem = line.rstrip(":。. ")
    return stem.endswith(tuple(cues("lead_in") | cues("introducer")))
