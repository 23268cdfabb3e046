"""What welded clauses open with, as patterns made of the lexicon's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiyao import lexicon
from jiyao.structure.cues import any_of, words

_TOPIC_LABEL = r"(?:[^,:。]{1,24}:)?(?:[一二三四五六七八九十]是)?"


@dataclass(frozen=True, slots=True)
class WeldWords:
    """Patterns made of the cue words of the lexicon (``shell_cues.jsonl``) and its verbs."""

    agent: re.Pattern[str]  # 由, 请, 责成 …
    adverb: re.Pattern[str]  # 其中, 同时 … before a subject
    support: re.Pattern[str]  # 配合, 参与 …: the act of a supporter
    no_act: re.Pattern[str]  # what after an agency shows that it does nothing new here
    executes: re.Pattern[str]  # B负责 after 由A牵头
    rejected: re.Pattern[str]
    reason: re.Pattern[str]
    adverbial: re.Pattern[str]
    introducer: re.Pattern[str]
    speech: re.Pattern[str]
    procedure: re.Pattern[str]
    acts: re.Pattern[str]  # a verb of official acts, a few characters on
    onward: re.Pattern[str]  # 印发, 提请 …: the paper goes on


@cache
def weld_words() -> WeldWords:
    """The patterns, made once."""
    verbs = [re.escape(verb.text) for verb in lexicon.actions() if len(verb.text) > 1]
    others = r"(?:等?(?:有关|相关)?(?:部门|单位)?)"
    return WeldWords(
        agent=re.compile(f"{_TOPIC_LABEL}(?:会议)?{words('weld:connective')}?,?{words('weld:agent')}"),
        adverb=re.compile(f"{_TOPIC_LABEL}{words('weld:connective')}?"),
        support=re.compile(rf"(?:等[^,。;]{{0,8}}?)?要?{words('weld:manner')}*{words('weld:support')}"),
        no_act=re.compile(
            rf"{words('weld:gate')}[^,]{{0,6}}后|{words('weld:no_act')}|等(?:地|\d|[一二三四五六七八九十])|正在?"
            r"|以(?!.{0,12}名义)|等.{0,4}(?:家|个)|等(?=[,。;]|$)|[,。;]|$"
        ),
        executes=re.compile(rf"{others}{words('weld:manner')}*{words('weld:execute')}(?:落实)?(?:[,。;]|$)"),
        rejected=re.compile(
            r"[\u4e00-\u9fff]{1,8}?(?:不予(?:采纳|同意|支持|通过|批准)|未[获予]?通过|暂缓|缓议)"
            r"|(?:会议|该[^,]{1,12}|经研究|为此|因此|故)?,?(?:会议|决定|研究决定|本次|此次|原则上)*"
            + words("weld:reject")
        ),
        reason=any_of("weld:reason"),
        adverbial=re.compile(f"{words('weld:adverbial_start')}|.{{0,30}}{words('weld:adverbial_end')}$"),
        introducer=re.compile(
            rf"(?:会议|[\u4e00-\u9fff·]{{2,6}}?)(?:还|又|最后|特别|同时|一致|随后|并)?{words('weld:introduce')}[,:]?$"
        ),
        speech=re.compile(
            rf"会议(?:还|又|并|最后|同时|一致)?(?:{words('weld:introduce')}|同意|原则|审议|通过)|(?:并)?要求"
        ),
        procedure=re.compile(
            rf"{words('weld:procedure_start')}"
            r"|[\u4e00-\u9fff]{1,6}(?:按|根据|经|充实|修改|完善|修订|补充)[^,]{0,12}后|[\u4e00-\u9fff]{1,14}后"
            r"|[\u4e00-\u9fff]{1,8}(?:报(?![告表])|提请|提交|上报)|于?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?前"
        ),
        acts=re.compile(rf"[^,。;]{{0,10}}?(?:{'|'.join(sorted(verbs, key=len, reverse=True))})"),
        onward=re.compile(rf"报(?![告表名道])|{words('weld:onward')}"),
    )
