"""Stretches of a clause whose verbs are no acts: goals, prohibitions, words quoted, and 以…为契机.

The guideline (sections 1 and 4): verbs inside goals (确保…, 力争…) are not marked, the verb behind 不得 is not, and a saying
quoted (“先立后破、稳步走”) is a name. The cue itself (严禁, 防止) may be an act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jiyao.rules.cues import alternatives, words

#: A word or two quoted may well be an act: “翻牌”, “应进尽进”.
_QUOTED = re.compile("“[^”\n]{6,24}”")
_MEANS = 30  # characters between 以 and 为


def silent_frames(norm: str) -> Iterator[range]:
    """Where in ``norm`` an act cannot begin."""
    for pattern in (_goal(), _prohibition(), _QUOTED, _means()):
        for match in pattern.finditer(norm):
            yield range(*match.span("inside" if pattern.groups else 0))


@cache
def _goal() -> re.Pattern[str]:
    """Up to the comma; an act that repeats the cue (防止甲、防止乙) is not inside."""
    cue = alternatives(words("goal"))
    return re.compile(rf"(?:{cue})(?P<inside>(?:(?!{cue})[^,。;:!?()\n])+)")


@cache
def _prohibition() -> re.Pattern[str]:
    """Up to the comma, 的 or 要: in 不能达标的要关停 the act is another's."""
    cue = alternatives(words("prohibition"))
    return re.compile(rf"(?:{cue})(?P<inside>(?:(?!{cue})[^,。;:!?\n的要])+)(?!的)")


@cache
def _means() -> re.Pattern[str]:
    roles = alternatives(words("role_of_means"))
    return re.compile(rf"以(?P<inside>[^,。;:、\n“”]{{2,{_MEANS}}}?)为(?:{roles})")
