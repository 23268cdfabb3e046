"""Members of lists of bodies: what is marked on the left of each case becomes what is marked on the right."""

import pytest

from jiyao.agencies.lists import with_listed
from jiyao.corpus.marks import parse_marks
from jiyao.labels import EntityLabel
from jiyao.types import Mention

CASES = [
    # 等部门: half of the list must be known
    ("{R}会议要求人社、住建、[A|水务]等部门要核查。", "{R}会议要求[A|人社]、[A|住建]、[A|水务]等部门要核查。"),
    ("{R}[A|公安]、房管所、[A|城管]等部门要核查。", "{R}[A|公安]、[A|房管所]、[A|城管]等部门要核查。"),
    ("{R}养犬人、住户、[A|城管]等部门要核查。", "{R}养犬人、住户、[A|城管]等部门要核查。"),
    # N家: as many as the number says, one of them known
    ("{R}[A|水务]、供电、燃气三家要通气。", "{R}[A|水务]、[A|供电]、[A|燃气]三家要通气。"),
    ("{R}雨情、[A|水务]、气象两家要通气。", "{R}雨情、[A|水务]、[A|气象]两家要通气。"),
    ("{B}核对房管、民政两家数据。", "{B}核对房管、民政两家数据。"),
    # a place that bears the head of all
    ("{R}汛期内,椿岭、[A|棠溪两县政府]要驻堤。", "{R}汛期内,[A|椿岭]、[A|棠溪两县政府]要驻堤。"),
    ("{R}由椿岭、桐坞、[A|棠溪三个乡镇]各派一人。", "{R}由[A|椿岭]、[A|桐坞]、[A|棠溪三个乡镇]各派一人。"),
    ("{R}椿岭和[A|棠溪两镇]要驻堤。", "{R}[A|椿岭]和[A|棠溪两镇]要驻堤。"),
    ("{R}[P|椿岭]、[A|棠溪两镇]要驻堤。", "{R}[A|椿岭]、[A|棠溪两镇]要驻堤。"),
    ("{R}椿岭、棠溪两镇政府要驻堤。", "{R}[A|椿岭]、[A|棠溪两镇政府]要驻堤。"),
    ("{B}灾情集中在椿岭、棠溪两镇。", "{B}灾情集中在椿岭、棠溪两镇。"),
    ("{R}县水务局、[A|沿江四镇]要驻堤。", "{R}县水务局、[A|沿江四镇]要驻堤。"),
]


def read(marked: str) -> tuple[str, list[Mention]]:
    text, entities, _ = parse_marks(marked, "case")
    return text, [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]


@pytest.mark.parametrize(("found", "right"), CASES)
def test_cases(found: str, right: str) -> None:
    text, mentions = read(found)
    agencies = [mention for mention in mentions if mention.label is EntityLabel.AGENCY]
    others = [mention for mention in mentions if mention.label is not EntityLabel.AGENCY]
    assert {(m.start, m.end) for m in with_listed(text, agencies, others)} == {
        (mention.start, mention.end) for mention in read(right)[1] if mention.label is EntityLabel.AGENCY
    }
