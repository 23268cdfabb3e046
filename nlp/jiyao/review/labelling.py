"""The labelling screen, generated from ``labels.py``; ``configs/labelling.xml`` is its stored copy.

Officials read Chinese; results carry the label's own name by ``alias``. Relations have no aliases that
work on the server, so their shown value stands in the results and is mapped back.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from jiyao.labels import (
    CLAUSE_LABELS,
    ENTITY_LABELS,
    GENRE_CHINESE,
    RELATION_CHINESE,
    ClauseLabel,
    EntityLabel,
    Genre,
    LabelInfo,
    TaskRelation,
)

ENTITY = "entity"
CLAUSE = "clause"
GENRE = "genre"
TEXT = "text"
#: The choice for a page that is no minutes at all, or too damaged: it does not enter the corpus.
EXCLUDE = "exclude"

GENRE_CHOICES: dict[str, str] = {**{genre.value: GENRE_CHINESE[genre] for genre in Genre}, EXCLUDE: "不收录"}
RELATION_OF: dict[str, TaskRelation] = {shown: relation for relation, shown in RELATION_CHINESE.items()}

#: What a relation may point at.
TARGETS: dict[TaskRelation, frozenset[EntityLabel]] = {
    TaskRelation.LEAD: frozenset({EntityLabel.AGENCY, EntityLabel.PERSON}),
    TaskRelation.SUPPORT: frozenset({EntityLabel.AGENCY}),
    TaskRelation.DOCUMENT: frozenset({EntityLabel.DOCUMENT}),
    TaskRelation.DEADLINE: frozenset({EntityLabel.DEADLINE}),
}

#: The legend stays in sight while the minutes scroll; lines stand far enough apart for the relations' names between.
_STYLE = (
    ".jiyao-legend{position:sticky;top:0;z-index:101;background:#fff;border-bottom:1px solid #ddd;padding-bottom:4px}"
    ".jiyao-text,.jiyao-text *{line-height:48px!important;font-size:16px}"
    ".relations-overlay path{opacity:.45}"
    '.relations-overlay rect[fill="#a0a"]{fill:#fff8e6;stroke:#d9b36c;stroke-width:1px}'
    ".relations-overlay text{fill:#7a4b00}"
)


def labelling_config() -> str:
    """The configuration of the labelling screen, as XML."""
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = _STYLE
    legend = ET.SubElement(view, "View", className="jiyao-legend")
    _labels(legend, ENTITY, ENTITY_LABELS)
    _labels(legend, CLAUSE, CLAUSE_LABELS)
    choices = ET.SubElement(legend, "Choices", name=GENRE, toName=TEXT, choice="single", showInline="true")
    for value, shown in GENRE_CHOICES.items():
        ET.SubElement(choices, "Choice", value=shown, alias=value)
    relations = ET.SubElement(view, "Relations")
    for shown in RELATION_OF:
        ET.SubElement(relations, "Relation", value=shown)
    page = ET.SubElement(view, "View", className="jiyao-text")
    ET.SubElement(page, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _labels(parent: ET.Element, name: str, labels: dict[EntityLabel, LabelInfo] | dict[ClauseLabel, LabelInfo]) -> None:
    group = ET.SubElement(parent, "Labels", name=name, toName=TEXT, choice="single")
    for label, info in labels.items():
        ET.SubElement(group, "Label", value=info.chinese, alias=label.value, background=info.colour, hotkey=info.hotkey)


if __name__ == "__main__":
    print(labelling_config(), end="")
