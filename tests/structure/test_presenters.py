import re

import pytest

from jiyao.normalise import normalise
from jiyao.structure.presenters import presenters
from jiyao.types import Span


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("会议听取了[县水务局]关于供水的汇报。", ("县水务局",)),
        ("会议听取[县水务局]、[县住建局]和[县供电公司]关于供水的汇报,[县财政局]作了补充。", ("县水务局", "县住建局", "县供电公司")),
        ("会议听取了[县水务局]局长戈峰关于供水的汇报。", ("县水务局",)),
        ("[县水务局]汇报了供水情况。由[县财政局]拨付资金。", ("县水务局",)),
        ("[县水务局]就供水方案作说明。", ("县水务局",)),
        ("会议审议了[县水务局]提交的《供水方案》。", ("县水务局",)),
        ("会议原则同意[县水务局]关于成立供水专班的意见。", ("县水务局",)),
        ("会议传达了[省水利厅]关于供水的意见。", ()),
        ("会议同意由[县水务局]牵头。", ()),
        ("会议听取了供水情况汇报。[县水务局]要抓紧。", ()),
    ],
)  # fmt: skip
def test_presenters(marked: str, wanted: tuple[str, ...]) -> None:
    text, agencies = "", []
    for piece in re.split(r"(\[[^\]]*\])", marked):
        plain = piece.strip("[]")
        if piece.startswith("["):
            agencies.append(Span(len(text), len(text) + len(plain)))
        text += plain
    assert presenters(text, normalise(text), Span(0, len(text)), agencies) == wanted


def test_other_items_do_not_count() -> None:
    text = "会议听取了县水务局关于供水的汇报。\n会议研究了供热。"
    assert presenters(text, text, Span(18, len(text)), [Span(5, 9)]) == ()
