"""Bodies that a sentence tells to act although no model knows them: 人事股负责, 由交警大队昕湖中队会同.

The place is what tells: a sentence or a piece of one opens, or 由 and 请 stand before; a word of duty, a date
or an act stands behind; and what is between ends as names of bodies do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from jiyao import lexicon
from jiyao.agencies.marked import Marked
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Mention

RULE = "told-to-act"
#: A word of duty behind a subject; 要求, 应急, 负责人 are other words.
DUTY = (
    "(?:都|均|也|还|就|先)?(?:要(?![求点素件道害么是闻])|须(?!知)|应(?![急用对邀届收付诉有聘征变签])|必须|不得"
    "|负责(?!人|同志)|牵头(?!单位|部门|人)|会同|[把将]|对(?![于口外接应象策标照比手方称付话岸冲抗联此])"
    "|[在于]?[0-9]{1,2}(?:月|个?工作日|日)|每(?:年|季|半|月|旬|周|日|天|两|学期)|年[底内]前?|[本次]?月底)"
)
#: Where a subject may stand: a sentence or a piece of one opens (behind a number too), or 由, 请, 责成 stand before it.
OPENING = re.compile(
    r"(?:(?<=[\n。;:!?|,])|^|(?<=[由请])|(?<=责成))[ \u3000]{0,8}"
    r"(?:[0-9一二三四五六七八九十]{1,3}[、.)]|\([0-9一二三四五六七八九十]{1,3}\)|[一二三四五六七八九]是)? ?(?=[\u4e00-\u9fff])"
)
_SUBJECT = re.compile(rf"[\u4e00-\u9fff()“”]{{3,24}}?(?={DUTY})")
#: What may stand between an opening and a verb: 详规科[公示], 财务科再[核对].
_BEFORE_VERB = re.compile("(?:(?![由请为须应经求准洽向从使让给至到])[\u4e00-\u9fff()“”]){3,14}$")
#: What ends like a body and is none, or is more than its name.
_NOT_ALONE = re.compile(
    "[的了对和与及这该被按在是把让]|会同|通过|此项|^[两几一二三四五六七八九十]+[所家部个处名条座台万]|^分[两二三四五六]组"
    "|^(?:要|请|有|还有|凡|接到|自己|必要|其中|找|并|由|把|将|关于|其他|其余|会议|全体|本次|此次|必须|同时|切实|务必|不得|目前|首|第|大家|在|同步|所有|任何|个别|谨防|撤并)|单位."
    "|(?:[干全内外一]部|[一二两三几每多]处|[漏断破鼓洼最][\u4e00-\u9fff]?处|场所|厕所|大厅|督办|场站|生活会|庙会|家长会|[国控参入]有?股|[入转出住]院|融会|会商会|[务公例谈进度场证]会|社会|机会|大会|会议|责任人|同志|人员|领导|书记|[县市区州局处科镇乡组队会]长|主任)$"
)


def with_subjects(norm: str, agencies: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """``agencies`` in order, with bodies that are told to act.

    A mention that opens a longer name (供电公司高新分中心) becomes the whole name; ``others``, the mentions
    of other labels, are never touched.
    """
    marked = Marked([*agencies, *others])
    gone: set[int] = set()
    added: list[Mention] = []
    for opening in OPENING.finditer(norm):
        for span in _subjects(norm, opening.end(), marked):
            meets = marked.within(*span)
            if _ends_like_body(norm[slice(*span)]) and (not meets or _opens(meets, *span)):
                gone.update(mention.start for mention in meets)
                added.append(added_mention(norm, *span))
                break
    kept = [mention for mention in agencies if mention.start not in gone]
    return sorted([*kept, *added], key=lambda mention: mention.start)


def _subjects(norm: str, start: int, marked: Marked) -> Iterator[tuple[int, int]]:
    """What may be told to act at ``start``: what stands before a word of duty, or before an act."""
    subject = _SUBJECT.match(norm, start)
    if subject:
        yield subject.span()
    act = marked.following(start)
    if act is None or act.label is not EntityLabel.ACTION or norm.startswith("会议", act.end):
        return
    if _BEFORE_VERB.match(norm, start, act.start):
        yield start, act.start


def _opens(meets: Sequence[Mention], start: int, end: int) -> bool:
    """Whether one agency stands there, that opens the name and is shorter."""
    (first, *rest) = meets
    return not rest and first.label is EntityLabel.AGENCY and first.start == start and first.end < end


def _ends_like_body(text: str) -> bool:
    return text.endswith(_suffixes()) and _NOT_ALONE.search(text) is None


def added_mention(norm: str, start: int, end: int) -> Mention:
    """The AGENCY ``[start, end)``, which a sentence tells."""
    return Mention(start, end, EntityLabel.AGENCY, norm[start:end], origin=Origin.RULE, rule=RULE)


@cache
def _suffixes() -> tuple[str, ...]:
    """How names of bodies end; regions end otherwise and act by their governments."""
    return tuple(row.text for row in lexicon.agency_suffixes() if row.kind == "body")


@cache
def stems() -> frozenset[str]:
    """Bare stems of the kinds of agency: 发改, 人社."""
    return frozenset(stem for kind in lexicon.agencies() for stem in kind.stems)
