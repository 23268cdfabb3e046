"""Write the score table of the shipped model into both READMEs (between the score marks).

``--measure`` scores the model anew first: for a change of rules, which needs no training.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from jiyao.trainer.build import measure

ROOT = Path(__file__).parents[1]
META = ROOT / "nlp" / "jiyao" / "model" / "meta.json"
MARKS = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
WORDS = {
    "README.md": {
        "intro": "Trained on {train} documents from {places} places; tested on {documents} documents of unseen places.",
        "head": "| what | precision | recall | F1 | gold |\n|---|---|---|---|---|",
        "clauses": "clause and class, macro over classes",
        "spans": "clause boundaries",
        "decisions": "decisions: outcome and documents",
        "roll": "roll entries: role, agency, name",
        "complete": "**complete task records** (kind, lead, support, actions, documents, deadline, next step: each and all right)",
        "field": "record field",
    },
    "README.zh-CN.md": {
        "intro": "训练用 {places} 个地方的 {train} 份文件;测试用训练未见地方的 {documents} 份文件。",
        "head": "| 项目 | 准确率 | 召回率 | F1 | 标注数 |\n|---|---|---|---|---|",
        "clauses": "句子类别(各类平均)",
        "spans": "句子边界",
        "decisions": "决定事项(结果和文件)",
        "roll": "参会名单(身份、单位、姓名)",
        "complete": "**完整任务记录**(类别、牵头、配合、动作、文件、时限、下一步全部正确)",
        "field": "记录字段",
    },
}


def table(meta: dict[str, Any], words: dict[str, str]) -> str:
    """The Markdown table of the test scores."""
    test = meta["scores"]["test"]
    trained = meta["trained_on"]
    rows = [row(label, score) for label, score in test["entities"].items()]
    rows.append(row(words["spans"], test["clause_spans"]))
    rows.append(f"| {words['clauses']} | | | {100 * test['clauses_macro_f']:.1f} | |")
    rows += [row(f"{words['field']} {name}", score) for name, score in test["task_fields"].items()]
    rows += [row(words[name], test[name]) for name in ("decisions", "roll")]
    rows.append(row(words["complete"], test["tasks_complete"]))
    intro = words["intro"].format(train=trained["documents"], places=trained["places"], documents=test["documents"])
    return "\n".join([intro, "", words["head"], *rows]) + "\n"


def row(name: str, score: dict[str, float]) -> str:
    """One line of the table, in percent."""
    p, r, f = (f"{100 * score[key]:.1f}" for key in "prf")
    return f"| {name} | {p} | {r} | {f} | {score['gold']} |"


def main() -> None:
    """Rewrite both READMEs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="score the model with the rules as they are")
    if parser.parse_args().measure:
        measure(META.parent, ROOT / "annotations")
    meta = json.loads(META.read_text(encoding="utf-8"))
    for file, words in WORDS.items():
        path = ROOT / file
        text = MARKS.sub(lambda match, w=words: match[1] + table(meta, w) + match[2], path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
