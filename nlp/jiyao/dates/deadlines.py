"""Where deadlines stand in a text: precise rather than greedy.

Each of ``FORMS`` finds one sort of expression; the words around it then tell a
deadline from a past event, a status, a plan or a horizon. All patterns run over
folded text, so that offsets hold for the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from jiyao import lexicon
from jiyao.dates.grammar import (
    AMOUNT,
    BEFORE,
    BOUND,
    CLOCK,
    DAY,
    MONTH,
    PART,
    QUARTER,
    TIME_OF_DAY,
    TIME_OF_DAY_WORD,
    UNIT,
    WEEKDAY,
    WITHIN,
    YEAR,
    YEAR_WORD,
    month_and_day,
)
from jiyao.dates.interpret import interpret
from jiyao.dates.numbers import fold
from jiyao.dates.values import Event
from jiyao.lexicon import ActionRole, TimeWordKind

_AROUND = 20  # characters looked at on either side
_NOT_FRONT = "(?![期往景沿线锋述置瞻夕]|列(?![出入支])|提(?![交出请供报醒升])|后(?!续)|来[^临])"  # 前期, 前往, 前提
_FRONT = f"{BEFORE}{_NOT_FRONT}"
_LIMIT = f"(?:{_FRONT}|{WITHIN}(?![部设外容在需])|为止|止(?!损))"
_NO_DIGIT = "(?<![0-9零一二三四五六七八九十.-])"
_MONTH = f"{MONTH} ?月份?"
_DATE = rf"(?:{YEAR} ?)?{_MONTH} ?(?:{DAY} ?[日号](?: ?{WEEKDAY})?(?:\(含[^()]{{0,4}}\))?|{PART})"
_UNTIL = rf"(?:{_MONTH} ?)?(?:{DAY} ?[日号]|{PART})"
_DAY_ONLY = "(?<![0-9月零一二三四五六七八九十.-])(?:3[01]|[12][0-9]|0?[1-9]) ?[日号]"
_MOMENT = f"(?: ?{TIME_OF_DAY} ?)"
_STOP = "(?<=[在于要应须请将由对、,;:。| \n])"
_EVENT_WORD = "[^\\W0-9零一二三四五六七八九十月在于要应须请将由对自从各每近]"
#: Days by the moon, of which no table tells the date: 腊月二十三, 农历二月初二, 除夕.
_LUNAR_DAY = "(?:初[一二三四五六七八九十]|(?:廿|二?十)[一二三四五六七八九]?|三十)"
_LUNAR = f"(?:农历(?:{YEAR_WORD})?(?:{MONTH}|[正冬腊])月{_LUNAR_DAY}|(?:农历)?(?:[正冬]月{_LUNAR_DAY}|腊月{_LUNAR_DAY}?|小年|除夕))"
#: What begins, ends or comes: 集中缴费开始前, 秋茧上市前, 秋季学期前.
_COMES = "(?:开始|启动|结束|到来|来临|上市|开采|采收|施行|学期|造林|返校|放假)"
_HOUR = f"(?:{TIME_OF_DAY_WORD}?{CLOCK})"
_CLOCKS = f"{_HOUR}(?:[、和至]{_HOUR}){{0,4}}(?:以后|之后|以前|之前|前)?"
_PERIOD = "工作日|半?小时|两周|双周|半个?月|两个?月|双月|半年|学期|季度|星期|礼拜|日|天|晚|周|旬|月|季|年"
_EVERY = f"每(?:个)?(?:{_PERIOD}|{AMOUNT}个?(?:小时|日|天|周|月))度?"
_DAY_OF_PERIOD = f"(?:{DAY} ?[日号]|{PART})"
_EVERY_PART = (
    f"(?:的?(?:第?{AMOUNT}(?:个工作日|周|日|号)|第{AMOUNT}个月{_DAY_OF_PERIOD}?|(?:{_MONTH}|[首末]月)?{_DAY_OF_PERIOD}"
    f"(?:、(?:{_MONTH})?{_DAY_OF_PERIOD}){{0,3}}|{_MONTH}|[首末]月(?!的)|最后一个?(?:工作日|[周天日]|星期[一二三四五六日]|周[一二三四五六日])|{PART}日?|初(?![一二三四五六七八九十步级])|逢[一二三四五六七八九十]|早晚|"
    rf"(?<=[周期])[一二三四五六日天](?![次个至家名]|到[0-9一二两三四五六日天])(?:、[周]?[一二三四五六日](?![次个家名])){{0,3}})(?:\([^()\n]{{1,20}}\))?)"
)
#: A rate is none: 每月600元, 每年不低于30万元; nor what happens regularly as a thing: 每月例会, 每日的缺口.
_NO_RATE = (
    "(?!(?:由|从|按|增加)?(?:[0-9零一二三四五六七八九十百千万两.]+)(?:多|余)?(?:元|万|亿|角|斤|公斤|吨|立方|升|个百分点|%)"
    "|由[0-9一二三四五六七八九十百千万]|不(?:得)?(?:超过|少于(?![0-9一二两三四五六七八九十]{1,3}[次趟遍轮场回天])|低于|多于|高于)|度|的|例会|进度|工龄|均|万分之|至[0-9一二三四五六七八九十])"
)


class Cue(Enum):
    """What makes an expression of time a deadline, beside its form."""

    NONE = "none"
    WORD = "word"  # a word of obligation before it, or an act behind it
    UNLESS_TASK = "unless task"  # the same, but where the text is known to be a task
    TASK = "task"  # that the text is known to be a task


@dataclass(frozen=True, slots=True)
class Form:
    """A sort of expression. ``cue``: what it wants beside it; ``lapse``: what it is counted from may stand before it."""

    pattern: re.Pattern[str]
    cue: Cue = Cue.NONE
    lapse: bool = False


FORMS: tuple[Form, ...] = (
    Form(re.compile(f"{_EVERY}(?:{_EVERY_PART}{_MOMENT}{_LIMIT}?|{_MOMENT}{_LIMIT}|{_CLOCKS})")),
    Form(re.compile(f"(?:{_EVERY}|(?:按|逐)(?:半年|季度|年度|月|季|周|旬|日)|逐天){_NO_RATE}")),
    Form(re.compile("双周"), cue=Cue.WORD),
    Form(re.compile(f"{_NO_DIGIT}{_DATE}{_MOMENT}(?:前后|左右|{_LIMIT})")),
    Form(re.compile(f"{_NO_DIGIT}(?<!\\(){_DATE}(?:至|到|-){_UNTIL}(?!期间|[^,。;]{{0,8}}期间)"), cue=Cue.TASK),
    Form(re.compile(f"{_NO_DIGIT}(?:{YEAR} ?)?{_MONTH} ?{DAY} ?{_FRONT}")),
    Form(re.compile(f"{_NO_DIGIT}(?:{YEAR} ?)?{_MONTH} ?{_LIMIT}")),
    Form(re.compile(f"{_NO_DIGIT}(?:{YEAR} ?)?{_MONTH} ?{PART}(?!前|起|之?后|以[来后])"), cue=Cue.UNLESS_TASK),
    Form(re.compile(f"(?:{YEAR} ?)?(?:年[底末终]|岁末){_LIMIT}|{YEAR} ?[底末]{_LIMIT}")),
    Form(
        re.compile(f"{YEAR_WORD}?年底|{YEAR_WORD}底|(?:{YEAR} ?)?(?:[上下]半年|(?<!前)第?[1-4一二三四]季度)"),
        cue=Cue.WORD,
    ),
    # A cell of a table, or the end of a bracket: (市商务局,四季度).
    Form(
        re.compile(
            f"(?<=[|,(\n ])(?:{YEAR} ?)?(?:年底|[上下]半年|第?[1-4一二三四]季度|{_MONTH}份?|{_MONTH} ?{DAY} ?[日号])(?= ?(?:[)|\n]|$))"
        ),
        cue=Cue.TASK,
    ),
    Form(
        re.compile(
            f"(?:{YEAR}|(?<![0-9零一二两三四五六七八九十几多数近每半百]))(?<!年度)年内|{YEAR}内|(?<=[于在,])年度内"
        )
    ),
    Form(
        re.compile(f"(?:{YEAR} ?)?(?:[上下]半年|(?<!前){QUARTER})[末底]?{_LIMIT}|(?:{YEAR} ?)?(?<!前){QUARTER}[末底]")
    ),
    Form(re.compile("(?:本|下个?)?季度?[末底](?:前|之前)|本季度内")),
    Form(
        re.compile(
            rf"(?:(?:本|当|这个|下个?|次)月|(?<![0-9一二三四五六七八九十个.年每按])月)(?:{PART}|内)(?:{_LIMIT})?"
        )
    ),
    Form(re.compile(rf"(?:本|下个?|次)月(?:{DAY} ?[日号])?{_MOMENT}{_LIMIT}")),
    Form(
        re.compile(
            rf"(?:本周|这周|下周|本星期|下星期)(?:[一二三四五六日天末])?{_MOMENT}{_LIMIT}|(?:周|星期)[一二三四五六日]{_FRONT}"
        )
    ),
    Form(re.compile("(?:本周|这周|下周)[一二三四五六日末]?|(?<!的)(?:当日|当天|次日)内?"), cue=Cue.WORD),
    Form(re.compile(f"(?:今天|今日|明天|明日|当日|当天|今晚|今夜|当晚|明晚|明早){_MOMENT}{_LIMIT}")),
    Form(re.compile(f"{_NO_DIGIT}{_MONTH}初(?![一二三四五六七八九十步级])")),
    Form(re.compile(f"每[日天]{TIME_OF_DAY_WORD}(?:、{TIME_OF_DAY_WORD})?")),
    Form(re.compile(f"(?:前一[日天]|次日)?(?<![0-9:.时点-]){TIME_OF_DAY_WORD}?{CLOCK}{_FRONT}")),
    Form(re.compile(f"{_DAY_ONLY}{_MOMENT}{_FRONT}|{_DAY_ONLY}(?:凌晨|上午|中午|下午|晚上)"), cue=Cue.WORD),
    Form(re.compile(f"{_DAY_ONLY} ?{CLOCK}{_FRONT}")),
    Form(re.compile(f"{_STOP}{_EVENT_WORD}{{1,6}}(?:之前|前){AMOUNT}个?{UNIT}(?:{WITHIN})?")),
    Form(re.compile(f"{_STOP}{_EVENT_WORD}{{2,6}}{AMOUNT}个?(?:小时|日|天|工作日)前")),
    Form(re.compile(f"(?:{YEAR_WORD})?{_LUNAR}{_FRONT}")),
    Form(re.compile(f"(?:{_STOP}|(?m:^)){_EVENT_WORD}{{2,7}}{_COMES}{_FRONT}")),
    Form(re.compile("下(?:一)?次[一-龥]{0,10}?会议?(?:召开)?(?:之前|以前|前)")),
    Form(
        re.compile(
            f"(?<![0-9零一二三四五六七八九十几近前第每月.-])(?:半个?[月年]|{AMOUNT} ?(?:(?:至|到|-|~) ?{AMOUNT} ?)?"
            f"(?:个?(?:工作日|小时|星期)|分钟|个?半?月|日|天|周|个季度)|[1一]年) ?{WITHIN}(?![部设外容在需])"
        ),
        lapse=True,
    ),
)
_FIRST_MONTH = re.compile("(?<![0-9万亿千百十块角])元月")
_LOST = re.compile(
    f"(?<![0-9年月.-])(?P<digits>[0-9]{{3,4}})(?:日|(?<=[于在][0-9]{{3}})|(?<=[于在][0-9]{{4}})){_FRONT}"
)
_LABEL = re.compile(
    r"(?:完成|办结|整改|落实|报送|办理|反馈|上报|工作|责任|推进)(?:时限|期限|时间|日期|节点)(?:要求|节点)?: {0,2}"
    r"(?P<value>[^\s,。;|()]{2,24}(?:\([^\s()]{1,12}\)(?:之?前|内)?)?)"
)
# What a lapse is counted from: the end of the event, the event by its verb, the event as all that stands there.
_ANCHOR = re.compile("(?:之日起|之日后|之后|以后|后|起)的? ?$")
_INSIDE = "(?:纪要|申请|请示|[^在于要应须请将由对、,;:。| \\n])"
_ANCHOR_VERBS = (
    "本?会议|签约|签订|签署|收到|收齐|接到|接报|接(?=本|此|文)|印发|下发|公布|发布|批复|批准|获批|成立|验收|竣工|开工|立项|下达|审批|"
    "评审|审核|公示|挂牌|移交|到位|发生|通过|受理|交办|发现|出台|施行|实施|交付|供地|摘牌|中标|备案|闭会|会"
)
_ANCHOR_OBJECTS = "合同|协议|方案|文件|通知|本?(?:会议)?纪要|工程|项目|资金|土地|初审|复审|会审|审核|审查|评审"
_ANCHOR_VERB = re.compile(f"(?:自|从)?(?:{_ANCHOR_OBJECTS})?(?:{_ANCHOR_VERBS}){_INSIDE}{{0,10}}$")
_WHOLE_EVENT = re.compile(f"(?:^|{_STOP})(?:自|从)?{_INSIDE}{{1,8}}$")
_RECEIVED = re.compile(f"(?:收到|接到|接(?=本|此)|发现){_INSIDE}{{1,8}}$")

# What stands before an expression that is no deadline, and after it.
_BEFORE_NO = re.compile(
    "(?:截至|截止|(?:计划|预计|预期|原定|拟|关于)[于在]?|自|从|近|最近|过去|连续|未来|今后|确保|距离?|[已曾][于在]|"
    "(?:压缩?|缩短|压减|提速|控制|减少)(?:到|至|为|在)|每[人户车班台辆生亩间站平米]|[人户生]均|标准|补[贴助](?:标准)?|落实|磨合出|提供|取消|延长)$"
)
_HORIZON = re.compile("(?:到|至)$")
_AFTER_NO = re.compile(
    "以来|,?(?:[我全][市县区省州])?(?:均|都|就|全部|基本)?已(?![建有开批出])"
    "|前?的|[一-龥]{2}的|累计|连续|同比|无|未[^完按]"
)
_DONE = re.compile(
    "[^,。;]{0,6}(?:机制|制度|计划)|[^,。;]{0,12}(?:了|过(?![程渡问户审堂关账磅筛会])|同比|增长[0-9]|召开的|以来|[0-9][亿万%])"
)
# What makes a date without 前 a deadline.
_OBLIGED = re.compile("(?:于|在|力争|争取|务必|必须|要|须|应|需)$")
_ADVERB = (
    "(?:全面|全部|基本|正式|按时|率先|同步|集中|统一|定期|至少|及时|书面|联合|再[行次]?|重新|先|就|并|各"
    "|(?:将|把|对|向|在|由|给|就)[^,。;]{1,14}?)"
)
_NO_CUE_ROLES = {ActionRole.PROCEEDING, ActionRole.APPROVE, ActionRole.APPROVE_IN_PRINCIPLE, ActionRole.NAME}


def find_deadlines(norm_text: str, *, task: bool = False) -> list[tuple[int, int]]:
    """Half-open spans of the deadlines in ``norm_text``, in order and without overlaps.

    ``task`` tells that the text binds somebody: what may be a date of anything is a deadline there (10月底开工).

    Full or half width, spaced or not: the text is folded on the way and may have any form
    that keeps its length.
    """
    text = _FIRST_MONTH.sub("一月", fold(norm_text))
    spans: list[tuple[int, int]] = []
    for start, end in sorted(set(_candidates(text, task)), key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _candidates(text: str, task: bool) -> Iterator[tuple[int, int]]:
    for form in (*FORMS, *_word_forms()):
        if form.cue is Cue.TASK and not task:
            continue
        cue = form.cue is Cue.WORD or (form.cue is Cue.UNLESS_TASK and not task)
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if form.lapse:
                start = _anchor(text, start)
            if _is_deadline(text, start, end, cue):
                yield start, end
    for match in _LOST.finditer(text):
        if month_and_day(match["digits"]):
            yield match.span()
    for match in _LABEL.finditer(text):
        found = interpret(match["value"])
        if found and (not isinstance(found.value, Event) or re.search("前|内", match["value"])):
            yield match.span("value")


def _is_deadline(text: str, start: int, end: int, cue: bool) -> bool:
    left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if _BEFORE_NO.search(left) or _AFTER_NO.match(right):
        return False
    bounded = re.search(f"{BOUND}$", text[start:end])
    if _HORIZON.search(left) and (not bounded or re.search("[0-9]{4}年", text[start:end])):
        return False
    if not bounded and _DONE.match(right):
        return False
    return not cue or bool(_OBLIGED.search(left)) or bool(_act().match(right))


def _anchor(text: str, start: int) -> int:
    """Where the event begins that a lapse is counted from: 签约后10个工作日内, 自印发之日起30日内, 收到通知3日内."""
    left = text[max(0, start - _AROUND) : start]
    found = _RECEIVED.search(left)
    if anchor := _ANCHOR.search(left):
        event = left[: anchor.start()]
        found = _ANCHOR_VERB.search(event) or _WHOLE_EVENT.search(event)
    return start - len(left) + found.start() if found else start


@cache
def _act() -> re.Pattern[str]:
    """An act that is to be done, at most two adverbs on."""
    verbs = sorted((a.text for a in lexicon.actions() if a.role not in _NO_CUE_ROLES), key=len, reverse=True)
    return re.compile(f"(?:{_ADVERB}){{0,2}}(?:{'|'.join(verbs)}|至少|不少于)")


@cache
def _word_forms() -> tuple[Form, ...]:
    """Forms built of the lexicons: feasts, events, steps of a process, vague times."""

    def alternatives(words: Iterator[str]) -> str:
        return "|".join(sorted(words, key=len, reverse=True))

    def of(kind: TimeWordKind) -> Iterator[str]:
        return (word.text for word in lexicon.time_words() if word.kind is kind and len(word.text) > 1)

    feast = f"[“\"']?(?:{alternatives(form for feast in lexicon.feasts() for form in feast.forms)})[”\"']?"
    return (
        Form(
            re.compile(
                f"(?<![0-9零一二三四五六七八九十百第])(?:{YEAR_WORD}|{YEAR})?(?:{feast}[、和])?{feast}节?"
                f"(?:小?长假|假期|放假)?(?:来临|到来)?{_FRONT}"
            )
        ),
        Form(
            re.compile(
                f"(?:(?:{YEAR_WORD}|(?<![0-9]){YEAR}|{_NO_DIGIT}{_MONTH}|[每下本]个?学期|放(?=[暑寒])) ?)?(?:{alternatives(of(TimeWordKind.EVENT))})"
                f"(?:来临|到来|开始|结束)?{_FRONT}"
            )
        ),
        Form(re.compile(f"(?:{YEAR_WORD}|(?<![0-9]){YEAR})汛{_FRONT}")),
        Form(re.compile(f"(?:(?<=[于在要须并,。;应])|(?m:^))(?:会|节|年|汛|考){_FRONT}")),
        Form(re.compile(f"(?:{alternatives(of(TimeWordKind.PROCESS))})(?:之前|以前|前){_NOT_FRONT}"), cue=Cue.WORD),
        Form(re.compile(f"(?:{alternatives(of(TimeWordKind.VAGUE))})"), cue=Cue.WORD),
    )
