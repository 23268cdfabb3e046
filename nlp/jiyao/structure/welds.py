"""Welded clauses: commas inside a sentence after which a new speech act begins.

A sentence is read comma by comma. What has been said so far in the clause (an actor
bound, a decision, a report heard, a reason given) decides together with the opening of
the next piece whether a clause starts there: by the rules here alone, or by a judge who sees
them beside everything else at the comma (:mod:`jiyao.structure.comma_sight`). Everything is kept in
running flags, so that a sentence of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiyao.structure.comma_sight import Comma, CommaJudge, Sight
from jiyao.structure.weld_words import weld_words
from jiyao.types import Span

_WINDOW = 160
_SHORTLY = 12
_LONG_PIECE = 300
_FRONTED = re.compile(r"[^,由请]{1,30}(?:(?<![理事自缘])由|(?<![提报申邀呈])请)")
_LINK = re.compile(r"[、和及与]|以及|会同|\([^()]{0,30}\)|等(?:有关|相关)?(?:部门|单位)?|,(?=$)")
_DESCRIBES = re.compile(
    r"(?:等(?:部门|单位)?)?(?:牵头)?(?:代拟|起草|提交|编制|提出|拟定|拟订|制定|报送|承办|负责|实施)的"
)
_STATUS = re.compile(r"(?:不一|不一致|不够|不足|滞后|偏慢|偏低|偏高)[,。;]?$")
_LEAD_ONLY = re.compile(r".{0,60}(?:牵头|牵头抓总|统筹|总负责|牵头负责)$")
_HEARD = re.compile(r"听取|研究|审议|讨论了|传达学习|传达了|学习了|通报了|汇报")
_DECIDED = re.compile(
    r"同意|(?:审议|原则|会议|一致|获|未|予|表决|并)通过|通过(?:了|《)|决定|否决|(?<!经)批准|审定|议定(?!:)|核准"
)
_VOTES = re.compile(r".{0,12}(?:\d+|[一二三四五六七八九十]+)票")
_FRONTED_TOPIC = re.compile(
    r"(?:(?:对|关于|就|针对).{2,80}|.{2,40}(?:提出|要求|申请|请求|建议|提交|提议|主张|关于).{1,60})"
    r"(?:一事|请求|问题|事项|申请|意见|建议|诉求|提法|要求|事宜|做法|提议|请示|条件|报告|动议|主张|想法|设想)$"
)
_BOUND = re.compile(r"要(?!求|点|素)|须|不得|必须|一律|严禁")
_PROCEEDS = re.compile(r"(?:并|还)?(?:研究|听取|审议|通报|传达|讨论|学习)了")
_DECISION = re.compile(
    r"(?:会议|经研究|经讨论|经审议|会议经研究|并|现|会议研究)?,?(?:一致|原则上?|予以|决定|研究)?"
    r"(?:原则)?(?:同意|通过|审议通过|审议并(?:原则)?通过|审议并(?:原则)?同意|批准|审定通过|决定)"
)
_REFUSED = re.compile(r"(?:会议)?,?(?:暂缓|暂不|不同意|缓议|不予(?:同意|支持|通过|批准|采纳)|未(?:获|予)?通过)")
_MEETING_REFUSES = re.compile(r"会议(?:决定)?(?:不予|不同意|未予?采纳|未予?通过|未予?同意|暂不|暂缓)")
#: A second matter decided in the same sentence: 原则同意…,同意成立….
_DECISION_AGAIN = re.compile(r"(?:会议|并|原则上?|一致|现){0,2}(?:同意|决定|通过了?《)")
_WHY = re.compile(r"(?:主要)?(?:理由|原因|考虑)(?:是|为|:)")
_STATED = re.compile(r"会议(?:认为|指出|提出)")
_FOUNDED = re.compile(r"成立|组建|设立")
_STAFFED = re.compile(r".{0,30}(?:组长|成员|总指挥|指挥长|召集人|办公室(?:设在|主任)|日常工作)")
_AFTER_ITS_ACT = re.compile(r"[^要]{1,60}[后时前]$")
_STOP = re.compile(r"[,。;!?\n]")
_ASIDE = re.compile(r"\([^()]{0,120}\)")
#: 经市政府同意后, alone says when the next act may begin; 请县草原站修改后, is an act of somebody's.
_ONLY_WHEN = re.compile("(?!由|请|责成)[^,]{1,60}(?<![最前善])后,")
_LEAD_UP = re.compile(
    r"(?:待|在|经|于)?[^,]{1,40}(?:(?<!最)后|前|期间|[期月季年日天周]内|时|的),|(?:会议|经)(?:研究|讨论|审议|表决)[^,]{0,6},"
)


@dataclass(slots=True)
class _Said:
    """What the clause at hand has said up to a comma."""

    actor: bool = False
    decided: bool = False
    heard: bool = False
    reason: bool = False
    rejected: bool = False
    founded: bool = False
    stated: bool = False  # 会议认为 …
    pieces: int = 0
    light: bool = True  # nothing yet but introducers and adverbials
    lead_only: bool = False


_FLAGS = tuple(field for field in _Said.__slots__ if field != "pieces")


class Welds:
    """Splits sentences at the commas where a new clause begins."""

    def __init__(
        self,
        norm: str,
        agencies: Sequence[Span],
        actions: Sequence[Span] = (),
        judge: CommaJudge | None = None,
    ) -> None:
        """Prepare for sentences of ``norm``; without ``actions`` any agency that opens a piece is taken to act.

        Without a ``judge`` the rules decide.
        """
        self._norm = norm
        self._say = weld_words()
        self._agencies = sorted(agencies)
        self._starts = [span.start for span in self._agencies]
        self._actions = sorted(span.start for span in actions)
        self._judge = judge
        self._sight = Sight(norm, self._starts, self._actions)

    def split(self, sentence: Span) -> Iterator[Span]:
        """The clauses of a sentence, in order; together they cover it."""
        return self._by_rules(sentence) if self._judge is None else self._judged(sentence, self._judge)

    def _judged(self, sentence: Span, judge: CommaJudge) -> Iterator[Span]:
        pieces = list(self._pieces(sentence))
        begin, said = sentence.start, _Said()
        for number, piece in enumerate(pieces):
            if number:
                comma = self._comma(pieces, number, begin, said)
                starts = judge.starts_clause(piece.start, self._sight.observations(comma))
                if starts and not _ONLY_WHEN.fullmatch(self._norm, begin, piece.start):
                    yield Span(begin, piece.start)
                    begin, said = piece.start, _Said()
            self._note(piece, said)
        if begin < sentence.end:
            yield Span(begin, sentence.end)

    def _comma(self, pieces: Sequence[Span], number: int, begin: int, said: _Said) -> Comma:
        piece = pieces[number]
        behind = pieces[number + 1] if number + 1 < len(pieces) else None
        ruled, ruled_next = self._starts_clause(piece, said), False
        if behind is not None:
            later = _Said() if ruled else replace(said)
            self._note(piece, later)
            ruled_next = self._starts_clause(behind, later)
        flags = [flag for flag in _FLAGS if getattr(said, flag)]
        return Comma(begin, pieces[number - 1], piece, behind, flags, said.pieces, ruled, ruled_next)

    def _by_rules(self, sentence: Span) -> Iterator[Span]:
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
            elif char == "," and (depth == 0 or position - begin > _LONG_PIECE):
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
        """Does an act stand in ``[start, end)``? A verb of the lexicon soon after the actor will do: models miss some."""
        if self._actions:
            index = bisect_left(self._actions, start)
            known = index < len(self._actions) and self._actions[index] < end
            return known or self._say.acts.match(self._norm, start, end) is not None
        return True

    def _opens_with_actor(self, piece: Span) -> bool:
        """由X…, 请X…, X要…, X负责…: a named actor with an act of its own (no supporter)."""
        norm, end = self._norm, piece.end
        match = self._say.agent.match(norm, piece.start, end)
        if match and self._bound(match.end(), end):
            return True
        start = self._say.adverb.match(norm, piece.start, end)
        after = self._after_agencies(start.end() if start else piece.start, end)
        if after is None:
            return self._fronted(piece)
        if self._say.support.match(norm, after, end):
            return False
        while (link := _LINK.match(norm, after, end)) is not None and link.end() > after:
            after = link.end()
        if self._say.support.match(norm, after, end):
            return False
        if self._say.no_act.match(norm, after, end):
            return self._fronted(piece)
        return not _STATUS.search(norm, after, end) and self._acts(after, end)

    def _fronted(self, piece: Span) -> bool:
        """前期经费由X…: the object stands before the actor."""
        match = _FRONTED.match(self._norm, piece.start, piece.end)
        return match is not None and self._bound(match.end(), piece.end)

    def _bound(self, offset: int, end: int) -> bool:
        """Do agencies stand at ``offset`` that are to act, and not only describe a noun (由X代拟的《…》)?"""
        after = self._after_agencies(offset, end)
        return after is not None and _DESCRIBES.match(self._norm, after, end) is None

    # --- the decision ----------------------------------------------------------------------

    def _starts_clause(self, piece: Span, said: _Said) -> bool:
        norm, end = self._norm, min(piece.end, piece.start + _WINDOW)
        if said.light:
            return False
        if (said.reason or said.stated) and self._say.rejected.match(norm, piece.start, end):
            return True
        open_matter = (said.heard or said.stated) and not said.decided
        if (open_matter or said.rejected) and _DECISION.match(norm, piece.start, end):
            return True
        if (said.decided or said.rejected) and _WHY.match(norm, piece.start, end):
            return True
        if _MEETING_REFUSES.match(norm, piece.start, end):
            return said.pieces > 1  # one piece is the matter itself: 甲公司要求补偿停产损失,会议不予支持
        if said.decided and (_REFUSED.match(norm, piece.start, end) or _DECISION_AGAIN.match(norm, piece.start, end)):
            return True
        if said.founded and _STAFFED.match(norm, piece.start, end):
            return False
        if self._say.speech.match(norm, piece.start, end):
            if said.pieces == 1 and _DECISION.match(norm, piece.start, end):
                return said.actor or said.decided or said.heard  # 鉴于…,会议同意…
            # 有同志提出…,会议认为… goes on giving reasons
            return said.actor or said.decided or said.heard or not _STATED.match(norm, piece.start, end)
        if said.decided and _PROCEEDS.match(norm, piece.start, end):
            return True
        if said.lead_only and not said.actor:
            return False  # 由林某副县长牵头,县水利局…: they work under the person
        if (said.decided or said.rejected) and not said.actor and self._is_procedure(piece, end):
            return True
        if (said.actor or said.decided or said.heard or said.rejected) and self._opens_with_actor(piece):
            return not (said.lead_only and self._executes(piece))
        return False

    def _is_procedure(self, piece: Span, end: int) -> bool:
        norm = self._norm
        opens = self._say.procedure.match(norm, piece.start, end)
        if opens is None:
            return False
        if norm.endswith("后,", piece.start, piece.end):  # 修改完善后,按程序印发: what follows is said behind the comma
            end = piece.end + len(_STOP.split(norm[piece.end : piece.end + _SHORTLY], maxsplit=1)[0])
        return self._say.onward.search(norm, piece.start, end) is not None

    def _executes(self, piece: Span) -> bool:
        """由A牵头,B、C负责: B and C belong to the same duty."""
        after = self._after_agencies(piece.start, piece.end)
        return after is not None and self._say.executes.match(self._norm, after, piece.end) is not None

    def _note(self, piece: Span, said: _Said) -> None:
        norm, end = self._norm, piece.end
        opening = _ASIDE.sub("", norm[piece.start : min(end, piece.start + _WINDOW)]).rstrip(",。;!?")
        actor = self._opens_with_actor(piece) or (_BOUND.search(opening) is not None and self._names_agency(piece))
        if actor and not self._say.agent.match(opening) and _AFTER_ITS_ACT.fullmatch(opening):
            actor = False  # 建设单位修改后, only leads up to what somebody else does
        votes = _VOTES.match(opening) is not None
        decided = not votes and _DECIDED.search(opening) is not None
        introducer = self._say.introducer.fullmatch(opening) is not None
        heard = _HEARD.search(opening) is not None
        adverbial = not (actor or decided or heard) and self._say.adverbial.match(opening) is not None
        reason = self._say.reason.search(opening) is not None
        topic = not (heard or decided or actor) and _FRONTED_TOPIC.fullmatch(opening) is not None
        said.pieces += 1
        said.light = said.light and (topic or votes or (not reason and (introducer or adverbial)))
        if topic and said.light:
            return
        said.actor |= actor
        said.decided |= decided
        said.heard |= heard
        said.reason |= reason
        said.rejected |= self._say.rejected.match(opening) is not None
        said.stated |= _STATED.match(opening) is not None
        said.founded |= _FOUNDED.search(opening) is not None
        said.lead_only = _LEAD_ONLY.fullmatch(opening) is not None
