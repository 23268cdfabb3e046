"""Blanks between all characters are told from those that a clerk set."""

from __future__ import annotations

import re
from pathlib import Path

from jiyao.corpus.splits import load_part
from jiyao.damage.spacing import find_invisible, find_spacing
from jiyao.normalise import normalise

CORPUS = Path(__file__).parents[2] / "annotations"
PAGE = "会议听取了县水利局关于3处险段的汇报,议定:由县财政局在5月底前拨付资金20万元。" * 4


def _without(text: str) -> str:
    places = set(find_spacing(text))
    return "".join(char for place, char in enumerate(text) if place not in places)


def test_a_page_set_apart_is_put_together() -> None:
    assert _without(re.sub(r"(?<=\S)(?=\S)", " ", PAGE)) == PAGE
    assert _without(re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", PAGE)) == PAGE


def test_what_a_clerk_set_apart_stays() -> None:
    page = "出 席:林 溪 陶望川\n会 议 纪 要\n" + PAGE
    assert find_spacing(page) == []
    spaced = re.sub(r"(?<=\S)(?=\S)", " ", PAGE) + "\n林 溪  陶 望 川"
    assert _without(spaced).endswith("\n林溪  陶望川")


def test_blanks_behind_most_commas_are_passed_over_with_those_beside_other_marks() -> None:
    spaced = PAGE.replace(",", ", ").replace("。", "。 ").replace(":", " : ")
    assert find_spacing(spaced) == []  # four commas are too few to tell
    assert _without(spaced * 2) == PAGE * 2
    assert _without(spaced * 2 + "林 溪  陶望川,到会。") == PAGE * 2 + "林 溪  陶望川,到会。"
    assert find_spacing(spaced * 2 + PAGE * 3) == []


def test_in_the_corpus_only_blanks_beside_marks_are_passed_over() -> None:
    found = 0
    for part in ("train", "dev", "test"):
        for document in load_part(CORPUS, part):
            norm = normalise(document.text)
            places = find_spacing(norm)
            found += bool(places)
            assert all(set(norm[place - 1] + norm[place + 1]) & set(",、;。:") for place in places), document.name
    assert found < 20  # of 3 500


def test_characters_that_show_nothing_are_found_blanks_are_not() -> None:
    assert find_invisible("\ufeff会\u200b议 纪\u00ad要\u3000\xa0\n") == [0, 2, 6]
    assert find_invisible(PAGE) == []
