"""Welded clauses: commas inside a sentence after which a new speech act begins.

A sentence is read comma by comma. What has been said so far in the clause (an actor
bound, a decision, a report heard, a reason given) decides together with the opening of
the next piece whether a clause starts there. Everything is kept in running flags, so
that a sentence of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiyao.types import Span

_WINDOW = 160
_AGENT = re.compile(
    r"(?:[^,:。]{1,12}:)?(?:并|同时|另|另外|随后|会后|下一步|具体|原则上|必要时|由此)?,?"
    r"(?P<verb>由|请|责成|责令|委托|授权|要求|交由|明确由|指定|安排|责由)"
)
_FRONTED = re.compile(r"[^,由请]{1,30}(?:(?<![理事自缘])由|(?<![提报申邀呈])请)")
_LINK = re.compile(r"[、和及与]|以及|会同|\([^()]{0,30}\)|等(?:有关|相关)?(?:部门|单位)?|,(?=$)")
_ADVERB = re.compile(r"(?:[^,:。]{1,12}:)?(?:其中|同时|另外|并且|此外|特别是)?")
_SUPPORT = re.compile(
    r"(?:等[^,。;]{0,8}?)?(?:要)?(?:予以|全力|积极|密切|主动|协同|分别|共同|按职责|按职责分工|根据职责分工|按照职责分工|全程|同步|做好)*"
    r"(?:配合|协助|参与|参加|协同|支持|协作|给予支持|列席|跟进|共同参与|各司其职|各负其责)"
)
_NOT_ACT = re.compile(
    r"[的所之]|(?:先行)?(?:审核|审查|会签|初审|把关|同意|批准|审定)[^,]{0,6}后|等(?:地|\d|[一二三四五六七八九十])|已|尚|曾|正在?|均|是|为|作为|有|意见|认为|建议|提出|表示|反映|汇报|作了|介绍|通报了|补充|未|没有|无|领导|主要负责|分管|负责人|之间|以来|存在|仍|现有|以(?!.{0,12}名义)|等.{0,4}(?:家|个)|等(?=[,。;]|$)|[,。;]|$|提交|起草|目前|方面|牵头的|承担的"
)
_STATUS = re.compile(r"(?:不一|不一致|不够|不足|滞后|偏慢|偏低|偏高)[,。;]?$")
_LEAD_ONLY = re.compile(r".{0,60}(?:牵头|总牵头|牵头抓总|统筹|总负责|牵头负责)$")
_EXECUTES = re.compile(r"(?:等?(?:有关|相关)?(?:部门|单位)?)(?:按职责|分别|具体|共同|按照职责分工|按职责分工|按分工)*(?:负责|落实|具体落实|实施|具体实施|配合落实)(?:落实)?(?:[。;]|$)")
_HEARD = re.compile(r"听取|研究了|审议了|讨论了|传达学习|传达了|学习了|通报了|审议|汇报|研究")
_DECIDED = re.compile(r"同意|通过(?!审|验收)|决定|批准|审定|议定|核准")
_DECISION = re.compile(
    r"(?:会议|经研究|经讨论|经审议|会议经研究|并|现|会议研究)?,?(?:一致|原则上?|予以|决定|研究)?"
    r"(?:原则)?(?:同意|通过|审议通过|审议并(?:原则)?通过|审议并(?:原则)?同意|批准|审定通过|决定)"
)
_REJECTED = re.compile(
    r"(?:会议|该[^,]{1,12}|经研究|为此|因此|故)?,?(?:会议|决定|研究决定|本次|此次|原则上)*"
    r"(?:暂不|暂缓|不予|不同意|未(?:予|获)?通过|未同意|未予|不再|退回|缓议|不支持|不宜|未获|予以否决|不作)"
)
_REFUSED = re.compile(r"(?:会议)?,?(?:暂缓|暂不|不同意|缓议|不予(?:同意|支持|通过|批准|采纳)|未(?:获|予)?通过)")
_FOUNDED = re.compile(r"成立|组建|设立")
_STAFFED = re.compile(r".{0,30}(?:组长|成员|总指挥|指挥长|召集人|办公室(?:设在|主任)|日常工作)")
_AFTER_ITS_ACT = re.compile(r"[^要]{1,60}[后时前]$")
_ASIDE = re.compile(r"\([^()]{0,120}\)")
_REASON = re.compile(
    r"不足|不够|不符|不周|不一|未|尚|缺|欠|不具备|较大|不成熟|存在|超出|分歧|未经|未按|不明|不清|不完善|不完整|不充分|不合理|不宜|不一致|矛盾|因|鉴于|由于|过高|过大|重复|违反|没有|有待|未达|不实|困难"
)
_ADVERBIAL = re.compile(
    r"(?:为|为了|根据|按照|依据|依照|围绕|结合|针对|对|对于|就|关于|在|经|待|鉴于|由于|因|随着|通过|下一步|今后|目前|当前|同时|会后|凡|如|若|从|自|以|到|至|截至|近期|近年)"
    r"|.{0,30}(?:后|时|前|内|期间|以前|之前|以后|之后|的|起|中|下|上|方面|问题|事宜|情况)$"
)
_LEAD_UP = re.compile(r"(?:待|在|经|于)?[^,]{1,40}(?:后|前|期间|[期月季年日天周]内|时),")
_INTRODUCER = re.compile(r"(?:会议|[\u4e00-\u9fff·]{2,6}?)(?:还|又|最后|特别|同时|一致|随后|并)?(?:要求|强调|指出|认为|明确|议定|决定|提出|确定)[,:]?$")
_SPEECH = re.compile(r"会议(?:还|又|并|最后|同时|一致)?(?:要求|强调|指出|认为|明确|议定|决定|确定|同意|原则|审议|通过)|(?:并)?要求")
_PROCEDURE = re.compile(
    r"(?:并|请|待|经|会后|再|自|从|尽快|抓紧|进一步|按|按照|根据|依|依法|修改|完善|修订|补充|调整|履行|以|相关|由此|报|提请|提交|印发"
    r"|[\u4e00-\u9fff]{1,6}(?:按|根据|经|充实|修改|完善|修订|补充)[^,]{0,12}后)"
)
_NEXT = re.compile(r"印发|提请|提交|报[^告表名道]|上报|报送|呈报|公布|发布|发文|下发|实施|办理|执行|审议|审定|备案|批准")


@dataclass(slots=True)
class _Said:
    """What the clause at hand has said up to a comma."""

    actor: bool = False
    decided: bool = False
    heard: bool = False
    reason: bool = False
    rejected: bool = False
    founded: bool = False
    light: bool = True  # nothing yet but introducers and adverbials
    lead_only: bool = False


class Welds:
    """Splits sentences at the commas where a new clause begins."""

    def __init__(self, norm: str, agencies: Sequence[Span], actions: Sequence[Span] = ()) -> None:
        self._norm = norm
        self._agencies = sorted(agencies)
        self._starts = [span.start for span in self._agencies]
        self._actions = sorted(span.start for span in actions)

    def split(self, sentence: Span) -> Iterator[Span]:
        """The clauses of a sentence, in order; together they cover it."""
        begin = sentence.start
        said = _Said()
        lead_up: int | None = None  # where a run of 待…后, 过渡期内, and the like before this piece starts
        for piece in self._pieces(sentence):
            if piece.start > begin and self._starts_clause(piece, said):
                cut = lead_up if lead_up is not None and lead_up > begin else piece.start
                yield Span(begin, cut)
                begin, said = cut, _Said()
            self._note(piece, said)
            if not _LEAD_UP.fullmatch(self._norm, piece.start, min(piece.end, piece.start + _WINDOW)):
                lead_up = None
            elif lead_up is None:
                lead_up = piece.start
        if begin < sentence.end:
            yield Span(begin, sentence.end)

    def _pieces(self, sentence: Span) -> Iterator[Span]:
        """The stretches between commas that stand outside brackets, titles and quotes."""
        begin, depth = sentence.start, 0
        for position in range(sentence.start, sentence.end):
            char = self._norm[position]
            if char in "《〈“(「【":
                depth += 1
            elif char in "》〉”)」】":
                depth = max(0, depth - 1)
            elif char == "," and (depth == 0 or position - begin > 300):
                yield Span(begin, position + 1)
                begin, depth = position + 1, 0
        if begin < sentence.end:
            yield Span(begin, sentence.end)

    # --- what a piece is -------------------------------------------------------------------

    def _agency_at(self, offset: int) -> Span | None:
        index = bisect_left(self._starts, offset)
        if index < len(self._agencies) and self._starts[index] == offset:
            return self._agencies[index]
        return None

    def _after_agencies(self, offset: int, end: int) -> int | None:
        """The offset after the co-ordinated agencies that stand at ``offset``; ``None`` if there is none."""
        after = None
        while (agency := self._agency_at(offset)) is not None and agency.end <= end:
            after = offset = agency.end
            while (link := _LINK.match(self._norm, offset, end)) is not None and link.end() > offset:
                offset = link.end()
        return after

    def _names_agency(self, piece: Span) -> bool:
        index = bisect_left(self._starts, piece.start)
        return index < len(self._starts) and self._starts[index] < piece.end

    def _acts(self, start: int, end: int) -> bool:
        """Does an act stand in ``[start, end)``?"""
        if self._actions:
            index = bisect_left(self._actions, start)
            return index < len(self._actions) and self._actions[index] < end
        return True

    def _opens_with_actor(self, piece: Span) -> bool:
        """由X…, 请X…, X要…, X负责…: a named actor with an act of its own (no supporter)."""
        norm, end = self._norm, piece.end
        match = _AGENT.match(norm, piece.start, end)
        if match and self._after_agencies(match.end(), end) is not None:
            return True
        start = _ADVERB.match(norm, piece.start, end)
        after = self._after_agencies(start.end() if start else piece.start, end)
        if after is None:
            return self._fronted(piece)
        while (link := _LINK.match(norm, after, end)) is not None and link.end() > after:
            after = link.end()
        if _SUPPORT.match(norm, after, end):
            return False
        if _NOT_ACT.match(norm, after, end):
            return self._fronted(piece)
        return not _STATUS.search(norm, after, end) and self._acts(after, end)

    def _fronted(self, piece: Span) -> bool:
        """前期经费由X…: the object stands before the actor."""
        match = _FRONTED.match(self._norm, piece.start, piece.end)
        return match is not None and self._after_agencies(match.end(), piece.end) is not None

    # --- the decision ----------------------------------------------------------------------

    def _starts_clause(self, piece: Span, said: _Said) -> bool:
        norm, end = self._norm, min(piece.end, piece.start + _WINDOW)
        if said.light:
            return False
        if said.reason and _REJECTED.match(norm, piece.start, end):
            return True
        if (said.heard and not said.decided or said.rejected) and _DECISION.match(norm, piece.start, end):
            return True
        if said.decided and _REFUSED.match(norm, piece.start, end):
            return True
        if said.founded and _STAFFED.match(norm, piece.start, end):
            return False
        if _SPEECH.match(norm, piece.start, end):
            return True
        if (said.decided or said.rejected) and not said.actor and self._is_procedure(piece, end):
            return True
        if (said.actor or said.decided or said.heard or said.rejected) and self._opens_with_actor(piece):
            return not (said.lead_only and self._executes(piece))
        return False

    def _is_procedure(self, piece: Span, end: int) -> bool:
        return bool(
            _PROCEDURE.match(self._norm, piece.start, end) and _NEXT.search(self._norm, piece.start, end)
        )

    def _executes(self, piece: Span) -> bool:
        """由A牵头,B、C负责: B and C belong to the same duty."""
        after = self._after_agencies(piece.start, piece.end)
        return after is not None and _EXECUTES.match(self._norm, after, piece.end) is not None

    def _note(self, piece: Span, said: _Said) -> None:
        norm, end = self._norm, piece.end
        opening = _ASIDE.sub("", norm[piece.start : min(end, piece.start + _WINDOW)]).rstrip(",。;!?")
        actor = self._opens_with_actor(piece)
        if actor and not _AGENT.match(opening) and _AFTER_ITS_ACT.fullmatch(opening):
            actor = False  # 建设单位修改后, only leads up to what somebody else does
        decided = _DECIDED.search(opening) is not None
        introducer = _INTRODUCER.fullmatch(opening) is not None
        heard = _HEARD.search(opening) is not None
        adverbial = not (actor or decided or heard) and _ADVERBIAL.match(opening) is not None
        reason = _REASON.search(opening) is not None
        said.light = said.light and not reason and (introducer or adverbial)
        said.actor |= actor
        said.decided |= decided
        said.heard |= heard
        said.reason |= reason
        said.rejected |= _REJECTED.match(opening) is not None
        said.founded |= _FOUNDED.search(opening) is not None
        said.lead_only = _LEAD_ONLY.fullmatch(opening) is not None
