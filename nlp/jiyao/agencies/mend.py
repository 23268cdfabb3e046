"""Agency mentions that a model cut short, cut long or missed: mended where only one reading is sensible.

``各旅行社要`` loses the verb, ``市财政`` before 局 gets its head, ``司法和各乡镇`` is two, and a name that the
page has elsewhere in full is taken in full. On mentions that are right nothing changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from jiyao import lexicon
from jiyao.agencies.canonical import is_group, is_known
from jiyao.agencies.lists import with_listed
from jiyao.agencies.marked import Marked
from jiyao.agencies.subjects import stems, with_subjects
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Mention

RULE = "mended"
#: Words that follow an agency and that a model may take for its end: 县政府[各], 林草[逐乡镇]; no name has them there.
_AFTER = re.compile("(?:要|应|须|需|将|均|也|各|逐.{0,4})$")
#: 拆迁办[务]必: the first half of a word behind it.
_HALF_WORD = re.compile("务(?=必)")
#: People by their office are no body, however a body's name begins them: 各级河长, 村干部.
_PEOPLE = re.compile(
    "(?:[河湖林路田链]长|责任人|负责人|干部|领导|群众|党员|网格员|职工|同志|(?:市|县|区|镇|乡|省|州)长(?:助理)?)$"
)
#: Words before a body's name that a model may take for its beginning.
_BEFORE = re.compile(
    "(?:责成|要求|督促|望(?=各|有关)|商请|函请|邀请|用于|其中|同时|会同|联合(?=[省市县区州])|此后|今后|随后|下步|下一步|下阶段|接下来|[一二三四五六七八九]是|[①-⑳]|[\u4e00-\u9fff]{2,4}单位(?!和|及))(?=..)"
)
#: A committee by its short name before 会同; the 会 of 管委会 is its own.
_SHORT_COMMITTEE = re.compile("(?<![管党工村居编纪监常])委$")
#: A bracket that belongs to a group: 各乡镇[(场)], 各县[(市、区)].
_BRACKET = re.compile(
    "\\((?:[市县区旗州盟镇乡场街道办林农牧苏木师团、党委组]|办事处|管委会|开发区|高新区|经开区){1,12}\\)"
)
#: A body's meeting, of which a model took a part for the body.
_MEETING = re.compile("(?<=..)(?<!人大)(?:常委|常务|党组|办公|全体|主席)会$")
_AND_OTHERS = re.compile("等(?:有关|相关)?(?:部门|单位)$")
#: A name with a head of its own; the first half of 农业农村和水利局 has none.
_WHOLE = re.compile(
    "[^()、和及各有]{2,}(?:[局委办]|公司|集团|银行|中心|医院|法院|检察院|政府|管委会|开发区|园区|新区|街道|镇|乡)"
)
_HEADS = "局委办厅院部队所站科室"
#: A head that is the beginning of another word: 市政府办理, 财政局长, 市委托.
_NO_HEAD = re.compile(
    "局(?:长|面|部|限)|委(?:托|派|员|任|书)|办(?:理|法|结|好|公(?!室)|学|事(?!处)|案|证|复|文|会|案|成|妥|税)|厅长|院(?:长|内|区|校)"
    "|部(?:署|门|长|分)|队(?:伍|长|员)|所(?:有|需|在|属|长|提|作|辖|列|致)|站(?:长|点|位|房)|科(?:技|学|长|研|目|普)|室(?:内|外|长)"
)
#: A branch behind its body: 市生态环境局[石崾分局].
_BRANCH = re.compile(
    "[^\\W0-9a-zA-Z_由请和及与会同对把将在要应负牵配于向从各接局委办]{1,4}(?:分局|支局|分公司|支行|分行|管理局|分中心|供电所|营业所|派出所|营业部)"
)
_TRUNK = re.compile("(?:局|公司|中心|集团|银行|农商行|信用社)$")
_LEVEL = "省市县区州盟旗镇乡"
_PLACE_AND_NAME = re.compile("(?P<place>[\u4e00-\u9fff]{0,3}[市县区旗])(?P<name>[\u4e00-\u9fff]{2,3})")
_OPENS = re.compile("(?:^|[,。;、:(\\s由请和及与])$")
_SHORTEST_REPEATED = 4
_MOST_PIECES = 8  # of one name that a model took apart
#: Where the words of a body are part of something else: 市政府第57次常务会议, 县委会议室.
_NOT_A_BODY = re.compile(
    "第|常务|会议|办公|全体|专题|党|令|大楼|机关|门口|主办|网|[省市县区]|(?:常务)?副|书记|主任|成员|[局部院]长|政委|主席|食堂|指挥中心"
    "|境内|办事处|[一二三四五六七八九十0-9]+楼|20[0-9]{2}年|会?议?纪要|[东西南北]院"
)
#: Before a body that acts, is told to or is turned to.
_TURNED_TO = re.compile("(?:^|[\\n,。;:、(\\s]|由|请|责成|会同|报|送|提请|提交|和|及|与|向|要求|安排|商)$")


def mend_agencies(norm: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` in order with the AGENCY ones mended; other labels stay, but for what was a body and no person."""
    mentions = _places_off_names(norm, [_as_person(norm, mention) for mention in mentions])
    agencies = [
        mention
        for mention in mentions
        if mention.label is EntityLabel.AGENCY and not _PEOPLE.search(norm, mention.start, mention.end)
    ]
    agencies = _joined(norm, agencies)
    others = [mention for mention in mentions if mention.label is not EntityLabel.AGENCY]
    edges = Counter(place for mention in mentions for place in (mention.start, mention.end))
    out: list[Mention] = []
    for mention in agencies:
        edges.subtract((mention.start, mention.end))
        for start, end in _pieces(norm, *_trimmed(norm, mention.start, mention.end)):
            out.append(_moved(norm, mention, *_extended(norm, start, end, edges)))
        edges.update((mention.start, mention.end))
    out = with_listed(norm, with_subjects(norm, out, others), others)
    taken = {mention.start for mention in out}
    others = [mention for mention in others if mention.start not in taken]
    out = _as_elsewhere(norm, out, others)
    return tuple(sorted((*out, *others), key=lambda mention: mention.start))


def _as_person(norm: str, mention: Mention) -> Mention:
    """An agency with 同志 behind it is a person."""
    if mention.label is not EntityLabel.AGENCY or not norm.startswith("同志", mention.end):
        return mention
    name = norm[mention.start : mention.end]
    # 由折登科同志负责: no list has every surname, but a body by a short name begins with its level.
    if not (_has_surname(name) or name[0] not in _LEVEL) or not 2 <= len(name) <= 4 or is_known(name):
        return mention
    return replace(mention, label=EntityLabel.PERSON, rule=RULE)


def _places_off_names(norm: str, mentions: Sequence[Mention]) -> list[Mention]:
    """[吴江区沈伟江] of a roll is a body and a person; of 张家港[市蒋鹏] the first character is the body's."""
    out: list[Mention] = []
    for mention in mentions:
        found = _PLACE_AND_NAME.fullmatch(norm, mention.start, mention.end)
        if mention.label is not EntityLabel.PERSON or not found or not _has_surname(found["name"]):
            out.append(mention)
            continue
        level, before = found["place"], out[-1] if out and out[-1].end == mention.start else None
        if len(level) > 1 and before is None:
            body = replace(mention, label=EntityLabel.AGENCY)
            out.append(_moved(norm, body, mention.start, found.end("place")))
            mention = _moved(norm, mention, found.end("place"), mention.end)
        elif len(level) == 1 and before is not None and _is_bare_place(norm, before):
            out[-1] = _moved(norm, before, before.start, found.end("place"))
            mention = _moved(norm, mention, found.end("place"), mention.end)
        out.append(mention)
    return out


def _is_bare_place(norm: str, body: Mention) -> bool:
    return body.label is EntityLabel.AGENCY and norm[body.end - 1] not in _HEADS + _LEVEL


def _has_surname(name: str) -> bool:
    return name[:1] in lexicon.surnames() or name[:2] in lexicon.surnames()


def _moved(norm: str, mention: Mention, start: int, end: int) -> Mention:
    """The mention with other edges. They are the rule's: the model's chance of such a span, which it did not take, is no
    evidence against it."""
    if (start, end) == (mention.start, mention.end):
        return mention
    return replace(mention, start=start, end=end, text=norm[start:end], origin=Origin.RULE, rule=RULE)


# --- too long --------------------------------------------------------------------------------


def _trimmed(norm: str, start: int, end: int) -> tuple[int, int]:
    """Without 要 and the like, without 责成 before it, without 等单位 after a bare stem, without the 会 of 会同."""
    others = _AND_OTHERS.search(norm, start, end)
    if others and norm[start : others.start()] in stems():
        end = others.start()
    if norm[end - 1] == "会" and norm.startswith("同", end) and not norm.startswith("同意", end):
        short = norm[start : end - 1]
        if short in stems() or _SHORT_COMMITTEE.search(short):
            return start, end - 1
    meeting = _MEETING.search(norm, start, end)
    if meeting and norm.startswith("议", end) and not norm.startswith("议决", end):  # [县委]常委会议研究
        end = meeting.start()
    if norm[start] == "以" and norm.startswith("名义", end):  # 以[管委会办公室]名义印发
        start += 1
    before = _BEFORE.match(norm, start, end)
    if before and _is_body(norm[before.end() : end]):
        start = before.end()
    if _HALF_WORD.match(norm, end - 1):
        end -= 1
    after = _AFTER.search(norm, start, end)
    if after and (_is_body(norm[start : after.start()]) or norm[start : after.start()] in stems()):
        end = after.start()
    return start, end


def _pieces(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """司法和各乡镇, 经济开发区和国土局: two bodies, where both are bodies by themselves and the whole is none."""
    text = norm[start:end]
    one = is_group(text) or is_known(text)
    for link in re.finditer("[和及、]", text):
        left, right = text[: link.start()], text[link.end() :]
        if (not one and _stands_alone(left) and is_group(right)) or (_is_whole(left) and _is_whole(right)):
            yield start, start + link.start()
            yield start + link.end(), end
            return
    yield start, end


def _stands_alone(text: str) -> bool:
    return len(text) > 1 and (text in stems() or is_known(text) or is_group(text))


def _is_whole(text: str) -> bool:
    return _WHOLE.fullmatch(text) is not None and not is_group(text)


# --- too short -------------------------------------------------------------------------------


def _extended(norm: str, start: int, end: int, edges: Counter[int]) -> tuple[int, int]:
    """With the head, the branch, or the level that stands right beside the mention and belongs to it.

    ``edges`` counts where other mentions begin and end: nothing is taken from them.
    """
    head = norm[end : end + 1]
    if head and head in _HEADS and not edges[end] and not _NO_HEAD.match(norm, end):
        for length in (3, 1):  # 办公室, 办
            longer = norm[start : end + length]
            if (length == 1 or longer.endswith("办公室")) and is_known(longer) and not is_known(norm[start:end]):
                end += length
                break
    bracket = _BRACKET.match(norm, end) if norm[start] == "各" else None
    if bracket and not edges[end]:
        end = bracket.end()
    elif norm.startswith(")", end) and norm.count("(", start, end) > norm.count(")", start, end):
        end += 1
    branch = _BRANCH.match(norm, end) if _TRUNK.search(norm, start, end) else None
    if branch and not any(edges[place] for place in range(end, branch.end())):
        end = branch.end()
    if not edges[start] and _lacks_level(norm, start, end):
        start -= 1
    return start, end


def _joined(norm: str, agencies: Sequence[Mention]) -> list[Mention]:
    """With a body and its branch that were taken as two: [市自然资源局][白河分局]."""
    out: list[Mention] = []
    for mention in sorted(agencies, key=lambda each: each.start):
        last = out[-1] if out else None
        if (
            last
            and last.end == mention.start
            and _TRUNK.search(norm, last.start, last.end)
            and _BRANCH.fullmatch(norm, mention.start, mention.end)
        ):
            out[-1] = _moved(norm, last, last.start, mention.end)
        else:
            out.append(mention)
    return out


def _lacks_level(norm: str, start: int, end: int) -> bool:
    """由市[财政局], 由各[乡镇]: the character before belongs to the name, and opens it."""
    before, name = norm[start - 1 : start], norm[start:end]
    if not before or _OPENS.search(norm, max(0, start - 2), start - 1) is None:
        return False
    if before == "各":
        return is_group(f"各{name}") and not is_known(name)
    return before in _LEVEL and name[:1] not in _LEVEL and is_known(name)


# --- as elsewhere on the page ----------------------------------------------------------------


def _as_elsewhere(norm: str, agencies: list[Mention], others: list[Mention]) -> list[Mention]:
    """Names that the page has in full elsewhere: a piece of one is taken whole, a missed one is added."""
    counts: dict[str, int] = {}
    for mention in agencies:
        text = norm[mention.start : mention.end]
        counts[text] = counts.get(text, 0) + 1
    full = sorted((text for text in counts if len(text) >= _SHORTEST_REPEATED), key=len, reverse=True)
    marked = Marked(others)
    ordered = sorted(agencies, key=lambda mention: mention.start)
    added: list[Mention] = []
    gone: set[int] = set()
    index = 0
    for start, end in _occurrences(norm, full):
        while index < len(ordered) and ordered[index].end <= start:
            index += 1
        meets = [n for n in range(index, min(index + _MOST_PIECES, len(ordered))) if ordered[n].start < end]
        inside = [ordered[n] for n in meets if start <= ordered[n].start and ordered[n].end <= end]
        if len(inside) < len(meets) or any(m.end - m.start == end - start for m in inside) or marked.within(start, end):
            continue
        seen_often = counts[norm[start:end]] > 1  # one sight of a name is too little to add another
        if not inside and not (seen_often and _TURNED_TO.search(norm, max(0, start - 3), start)):
            continue
        gone.update(meets)
        score = inside[0].score if inside else 1.0
        added.append(Mention(start, end, EntityLabel.AGENCY, norm[start:end], None, Origin.RULE, score, RULE))
    kept = [mention for n, mention in enumerate(ordered) if n not in gone]
    return sorted((*kept, *added), key=lambda mention: mention.start)


def _occurrences(norm: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where full names stand, the longest first at each place, in order and without overlaps."""
    by_head: dict[str, list[str]] = {}
    for name in names:
        if _is_body(name) and not is_group(name):
            by_head.setdefault(name[:_SHORTEST_REPEATED], []).append(name)
    place = 0
    while by_head and place < len(norm):
        here = by_head.get(norm[place : place + _SHORTEST_REPEATED], ())
        found = next((name for name in here if norm.startswith(name, place)), None)
        if found is None or not _ends_there(norm, place + len(found)):
            place += 1
            continue
        yield place, place + len(found)
        place += len(found)


def _ends_there(norm: str, end: int) -> bool:
    """Whether a body's name that stands before ``end`` is not part of something else."""
    return not _NOT_A_BODY.match(norm, end) and not (norm[end - 1] in _HEADS and _NO_HEAD.match(norm, end - 1))


def _is_body(text: str) -> bool:
    return len(text) > 1 and (is_group(text) or is_known(text) or text.endswith(_suffixes()))


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(row.text for row in lexicon.agency_suffixes())
