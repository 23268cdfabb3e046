"""Full names, regions and groups."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.agencies import canonical, is_group, region_of
from jiyao.corpus.format import load_corpus
from jiyao.labels import EntityLabel
from jiyao.lexicon import Level

ROOT = Path(__file__).parents[2]
HAN = "市县区省局委办处厅院政府朔源应急财教育林海涛王李关有于、()·各有关部门上述单位人大常会 团中共"


def specs(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "tests/specs" / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "spec", specs("canonical.jsonl"), ids=lambda spec: f"{spec['name'][:20]}@{spec['issuer']}@{spec['year']}"
)
def test_canonical(spec: dict[str, Any]) -> None:
    assert canonical(spec["name"], spec["issuer"], spec["year"]) == tuple(spec["names"])


@pytest.mark.parametrize(
    ("issuer", "region"),
    [
        ("朔源市人民政府办公室", ("朔源市", Level.PREFECTURE)),
        ("朔源市平沙区人民政府", ("朔源市平沙区", Level.COUNTY)),
        ("云川省朔源市人民政府", ("云川省朔源市", Level.PREFECTURE)),
        ("内蒙古自治区人民政府办公厅", ("内蒙古自治区", Level.PROVINCE)),
        ("内蒙古自治区通辽市科尔沁区人民政府", ("内蒙古自治区通辽市科尔沁区", Level.COUNTY)),
        ("锡林郭勒盟行政公署", ("锡林郭勒盟", Level.PREFECTURE)),
        ("恩施州人民政府", ("恩施州", Level.PREFECTURE)),
        ("延边朝鲜族自治州人民政府", ("延边朝鲜族自治州", Level.PREFECTURE)),
        ("北川羌族自治县人民政府", ("北川羌族自治县", Level.COUNTY)),
        ("阿里地区行政公署", ("阿里地区", Level.PREFECTURE)),
        ("上海市人民政府", ("上海市", Level.PROVINCE)),
        ("新乡市人民政府", ("新乡市", Level.PREFECTURE)),
        ("景德镇市人民政府", ("景德镇市", Level.PREFECTURE)),
        ("镇江市人民政府", ("镇江市", Level.PREFECTURE)),
        ("苏州市人民政府", ("苏州市", Level.PREFECTURE)),
        ("济南市市中区人民政府", ("济南市市中区", Level.COUNTY)),
        ("青岛市市南区人民政府", ("青岛市市南区", Level.COUNTY)),
        ("津市市人民政府", ("津市市", Level.COUNTY)),
        ("赣州市赣县区人民政府", ("赣州市赣县区", Level.COUNTY)),
        ("新会区人民政府", ("新会区", Level.COUNTY)),
        ("云岭县白水镇人民政府", ("云岭县白水镇", Level.TOWN)),
        ("朔源市城关街道办事处", ("朔源市城关街道", Level.TOWN)),
        ("中共朔源市委办公室", ("朔源市", Level.PREFECTURE)),
        ("朔源经济技术开发区管委会", ("朔源经济技术开发区", Level.COUNTY)),
        ("区政府", None),
        ("市政府办公室", None),
        ("", None),
        (None, None),
    ],
)
def test_region_of(issuer: str | None, region: tuple[str, Level] | None) -> None:
    assert region_of(issuer) == region


@pytest.mark.parametrize(
    "name",
    [
        "各地各部门",
        "各县(市、区)政府",
        "各县（市、区）人民政府",
        "各县区",
        "各县区政府",
        "有关部门",
        "市有关部门",
        "各有关部门",
        "各有关单位",
        "各级各部门",
        "各级党委、政府",
        "各牵头单位",
        "各责任单位",
        "各成员单位",
        "各街镇",
        "各乡镇",
        "各乡镇(街道)",
        "各苏木乡镇",
        "市直各部门",
        "各行业主管部门",
        "各建设单位",
        "市属各企业",
        "上述单位",
        "上述责任单位",
        "以上两家单位",
        "其他有关单位",
        "相关部门",
        "相关责任单位",
        "区直有关部门",
        "各科室",
        "属地政府",
        "两部门",
        "各镇街、各部门",
        "牵头单位",
        "责任单位",
        "各相关部门和单位",
        "有关县区和部门",
    ],
)
def test_groups(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize(
    "name",
    [
        "市财政局",
        "平沙区",
        "市政府",
        "县委",
        "水务部门",
        "公安部门",
        "市人大",
        "团市委",
        "滨海集团",
        "财政",
        "各",
        "部门",
        "白水镇",
        "市住建局",
        "区政府党组",
        "市安委会",
    ],
)
def test_no_groups(name: str) -> None:
    assert not is_group(name)


def test_groups_of_the_corpus_are_no_named_bodies() -> None:
    """What starts with 各 or 有关 in the annotations is a group, with few exceptions."""
    names = {
        document.text[span.start : span.end]
        for document in load_corpus(ROOT / "annotations/minutes")
        for span in document.entities
        if span.label is EntityLabel.AGENCY
    }
    starting = {name for name in names if name.startswith(("各", "有关", "相关", "上述"))}
    assert sum(map(is_group, starting)) >= 0.9 * len(starting), sorted(n for n in starting if not is_group(n))


@given(st.text(alphabet=HAN, max_size=60), st.text(alphabet=HAN, max_size=30), st.integers(2000, 2030))
def test_any_name(name: str, issuer: str, year: int) -> None:
    names = canonical(name, issuer, year)
    assert len(set(names)) == len(names) and all(names)
    assert not any("{" in full for full in names)
    is_group(name)


@pytest.mark.parametrize(
    "piece", ["行业主管", "各县", "市", "有关", "牵头、责任", "政府各", "同志", "局长、", "{region}", "自治区"]
)
def test_hostile_names_are_quick(piece: str) -> None:
    start = time.process_time()
    for length in (50, 60, 5_000, 500_000):
        text = piece * (length // len(piece))
        is_group(text)
        canonical(text, text, 2024)
        region_of(text)
    assert time.process_time() - start < 2
