"""What the clause classifier reads: no names, the governing introducer, where the clause stands."""

from __future__ import annotations

from jiyao.components.clause_words import clause_words
from jiyao.corpus.marks import parse_marks


def words_of(marked: str) -> list[str]:
    """Words of every clause, each character a word of its own."""
    text, entities, clauses = parse_marks(marked, "x")
    words = [(position, position + 1) for position, char in enumerate(text) if not char.isspace()]
    return clause_words(text, clauses, entities, words)


def test_names_become_their_kind() -> None:
    (found,) = words_of("{A}由[A|市财政局]、[A|各县区]在[T|6月底前]把[D|《办法》]送[P|林溪]。")
    assert found.endswith("由 «机构» 、 «各单位» 在 «时限» 把 «文件» 送 «人名» 。")


def test_verbs_stay_words() -> None:
    (found,) = words_of("{A}请[A|市局][V|牵头]。")
    assert found.endswith("请 «机构» 牵 头 。")


def test_the_introducer_governs_until_the_line_ends() -> None:
    first, second, third = words_of("{B}会议指出,形势严峻。{R}要快。\n{R}要好。")
    assert "<引指出>" in first and "<引指出>" in second and "<引无>" in third


def test_a_person_can_introduce() -> None:
    found = words_of("{R}[P|林溪]强调,要快。{R}要好。")
    assert all("<引强调>" in words for words in found)


def test_position_and_end_are_marked() -> None:
    first, second, heading = words_of("{D}会议同意,{A}由[A|市局][V|办理];\n一、{M}审议事项")
    assert "<行首>" in first and "<止,>" in first
    assert "<承,>" in second and "<止;>" in second
    assert "<序号>" in heading and "<止无>" in heading
