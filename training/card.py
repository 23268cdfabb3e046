"""Write the model card (``docs/MODEL-CARD.md``) from the shipped model's ``meta.json`` and the files under ``metrics/``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
META = ROOT / "nlp" / "jiyao" / "model" / "meta.json"
METRICS = ROOT / "training" / "metrics"
CARD = ROOT / "docs" / "MODEL-CARD.md"


def card(meta: dict[str, Any], peers: dict[str, Any], errors: dict[str, Any]) -> Iterator[str]:
    """The card, line by line."""
    test, trained = meta["scores"]["test"], meta["trained_on"]
    yield from (
        f"# Model card: {meta['name']} {meta['version']}",
        "",
        "Written by `python training/card.py`; every figure is that of the model in nlp/jiyao/model.",
        "",
        "**What it is.** A spaCy named entity recogniser over characters (AGENCY, PERSON, DOCUMENT, ACTION, DEADLINE), a linear text",
        "classifier over the words of a clause (nine classes), and two logistic regressions: one finds the commas where a clause",
        "starts, one gives each mention a probability.",
        "Rules make task records of them. It runs on one core, offline.",
        "",
        "**For.** Reading minutes of Chinese government meetings into a ledger that a person checks. **Not for** deciding anything without that",
        "person, for text of other kinds (news at large, laws, contracts), or for judging the people and bodies named.",
        "",
        f"**Trained on** {trained['documents']} invented documents of {trained['places']} invented places ({trained['characters']:,} characters), see annotations/README.md.",
        "No real document and no personal data of real people is in them. All authors are of one school: real minutes differ in ways that they did not think of.",
        "",
        f"**Tested on** {test['documents']} documents of {len(test['places'])} places that training never saw, written by other hands. Strict scores:",
        "",
        "| | precision | recall | F1 | gold |",
        "|---|---|---|---|---|",
    )
    for label, score in test["entities"].items():
        yield _row(label, score)
    yield _row("all entities", test["entities_micro"])
    yield _row("complete task records", test["tasks_complete"])
    yield from ("", f"Clause classes with their edges, macro F1: {_percent(test['clauses_macro_f'])}.", "")
    yield from _spread(meta)
    yield from (
        "",
        "**Do scores mean what they say?** Expected calibration error on test (ten bins): "
        + ", ".join(f"{name} {_percent(part['ece'])}" for name, part in test["calibration"].items())
        + " (see training/plots/reliability.svg).",
    )
    yield from (
        "",
        "**Beside other programs** on the same documents, strict F1 (none of them was trained on this corpus but the last):",
        "",
    )
    yield from ("| program | AGENCY | PERSON | clause classes, macro |", "|---|---|---|---|")
    yield f"| **this model** | {_percent(test['entities']['AGENCY']['f'])} | {_percent(test['entities']['PERSON']['f'])} | {_percent(test['clauses_macro_f'])} (edges found too) |"
    for name, peer in peers.items():
        if isinstance(peer, dict):
            entities = (_percent(peer[label]["f"]) if label in peer else "-" for label in ("AGENCY", "PERSON"))
            clauses = f"{_percent(peer['macro_f'])} (gold clauses and mentions)" if "macro_f" in peer else "-"
            yield f"| {name} | " + " | ".join(entities) + f" | {clauses} |"
    yield from ("", "**What still goes wrong on test**, counts by cause (training/metrics/errors.json):", "")
    for kind, causes in errors["test"].items():
        yield f"- {kind}: " + ", ".join(f"{cause} {count}" for cause, count in list(causes.items())[:6])
    yield from (
        "",
        f"**Made from** corpus {meta['corpus'][:16]}, configurations "
        + ", ".join(f"{name} {digest[:16]}" for name, digest in meta["configs"].items())
        + f", feature words {meta['lexicons'][:16]} (SHA-256; whole in meta.json).",
    )


def _spread(meta: dict[str, Any]) -> Iterator[str]:
    places = meta["scores"]["test"]["places"]
    worst = min(places, key=lambda name: places[name]["entities"])
    best = max(places, key=lambda name: places[name]["entities"])
    yield (
        f"**Places.** Entities, strict F1: worst test place {_percent(places[worst]['entities'])} ({worst}), "
        f"best {_percent(places[best]['entities'])} ({best})."
    )
    if validation := meta.get("cross_validation"):
        low = min(row["entities"] for row in validation["places"].values())
        yield (
            f"Cross-validation over the {len(validation['places'])} training places ({validation['folds']} folds of {validation['steps']} steps, each place left out "
            f"once): entities {_percent(validation['entities_micro']['f'])}, complete records {_percent(validation['tasks_complete']['f'])}, worst place {_percent(low)}."
        )


def _row(name: str, score: dict[str, float]) -> str:
    return f"| {name} | " + " | ".join(_percent(score[key]) for key in "prf") + f" | {score['gold']} |"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def main() -> None:
    """Write the card."""
    meta = json.loads(META.read_text(encoding="utf-8"))
    raw = json.loads((METRICS / "baselines.json").read_text(encoding="utf-8"))
    errors = json.loads((METRICS / "errors.json").read_text(encoding="utf-8"))
    CARD.write_text("\n".join(card(meta, raw, errors)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
