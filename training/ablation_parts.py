"""The variants that ``ablation.py`` compares: one function each, from a setting to scores."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.pretrain import pretrain
from spacy.util import load_config, registry

from jiyao.components.ops import pin_ops
from jiyao.components.segmenter import Segmenter
from jiyao.corpus.docbin import gold_clause_words
from jiyao.corpus.format import SUFFIX, dump_document
from jiyao.corpus.model import CorpusDocument, GoldSpan
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.normalise import normalise
from jiyao.scoring import Score, macro_f1, strict
from jiyao.trainer.folds import resplit
from jiyao.trainer.segmenter import train_segmenter
from jiyao.trainer.train import train_pipeline

CONFIGS = Path(__file__).parents[1] / "configs"
MODEL = "components.ner.model.tok2vec"
TEXTCAT = "components.textcat.model"
_PRETRAIN_EPOCHS = 3
#: Characters a step, a third of the configuration's: more steps in the same time.
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Setting:
    """What every variant has in common."""

    corpus: Path
    segmenter: Path
    work: Path
    seed: int
    steps: int


def train_shared_segmenter(corpus: Path, folder: Path) -> None:
    """One segmentation for all runs, from the training part; made once."""
    if not (folder / "weights.npz").is_file():
        train_segmenter(list(load_part(corpus, "train")), folder)


# --- entities --------------------------------------------------------------------------------


def entities(
    setting: Setting, settings: Mapping[str, Any] | None = None, corpus: Path | None = None
) -> dict[str, float]:
    """The shipped configuration with other ``settings``."""
    nlp = train_entities(setting, settings or {}, corpus or setting.corpus)
    return score_entities(nlp, setting.corpus)


def train_entities(setting: Setting, settings: Mapping[str, Any], corpus: Path) -> Language:
    """The recogniser of one run."""
    common = {
        "paths.corpus": str(corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
        "training.max_steps": setting.steps,
        "training.eval_frequency": setting.steps,
        "training.batcher.size": _BATCH,
    }
    number = len(list(setting.work.iterdir()))
    return train_pipeline(CONFIGS / "entities.cfg", setting.work / f"entities-{number}", {**common, **settings})


def found_entities(nlp: Language, document: CorpusDocument) -> list[GoldSpan]:
    """What a recogniser finds, by character offsets whatever its tokens are."""
    doc = nlp(normalise(document.text))
    return [GoldSpan(ent.start_char, ent.end_char, EntityLabel(ent.label_)) for ent in doc.ents]


def score_entities(nlp: Language, corpus: Path) -> dict[str, float]:
    """Strict F1 on dev, by label and in all."""
    scores = {label: Score() for label in EntityLabel}
    for document in load_part(corpus, "dev"):
        found = found_entities(nlp, document)
        for label in EntityLabel:
            scores[label] += strict(
                [(span.start, span.end) for span in found if span.label is label],
                [(span.start, span.end) for span in document.entities if span.label is label],
            )
    in_all = sum(scores.values(), Score())
    return {**{label.value: round(score.f1, 4) for label, score in scores.items()}, "all": round(in_all.f1, 4)}


class WordTokenizer:
    """pkuseg words as tokens: the variant that characters are compared with."""

    def __init__(self, nlp: Language, segmenter: str) -> None:
        self.vocab = nlp.vocab
        self.segmenter = Segmenter(Path(segmenter), remember=30_000)

    def __call__(self, text: str) -> Doc:
        """Every character is in a token: what pkuseg skips becomes tokens of white space."""
        edges = sorted({0, len(text), *(edge for word in self.segmenter.words(text) for edge in word)})
        words = [text[start:end] for start, end in pairwise(edges)]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to store: the segmenter lies beside."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> WordTokenizer:
        """Nothing to load."""
        return self


@registry.tokenizers("jiyao_ablation.WordTokenizer.v1")
def create_word_tokenizer(segmenter: str) -> Callable[[Language], WordTokenizer]:
    """Tokenizer of the word variant."""
    return partial(WordTokenizer, segmenter=segmenter)


@registry.readers("jiyao_ablation.WordCorpus.v1")
def create_word_corpus(path: str, part: str, shuffle: bool) -> Callable[[Language], Iterator[Example]]:
    """Examples over words; a gold span that ends inside a word is lost, as it is in practice."""
    rng = random.Random(0)

    def read(nlp: Language) -> Iterator[Example]:
        documents = list(load_part(Path(path), part))
        if shuffle:
            rng.shuffle(documents)
        for document in documents:
            predicted = nlp.make_doc(normalise(document.text))
            reference = predicted.copy()
            spans = (reference.char_span(s.start, s.end, s.label.value) for s in document.entities)
            reference.set_ents([span for span in spans if span is not None])
            yield Example(predicted, reference)

    return read


def word_tokens(setting: Setting) -> dict[str, float]:
    """Words instead of characters, without augmentation (compare with the row that has none)."""
    corpora = {
        f"corpora.{part}": {
            "@readers": "jiyao_ablation.WordCorpus.v1",
            "path": str(setting.corpus),
            "part": part,
            "shuffle": part == "train",
        }
        for part in ("train", "dev")
    }
    tokenizer = {"@tokenizers": "jiyao_ablation.WordTokenizer.v1", "segmenter": str(setting.segmenter)}
    embed = {
        f"{MODEL}.embed.attrs": ["ORTH", "PREFIX", "SUFFIX"],
        f"{MODEL}.embed.rows": [6000, 2500, 2500],
        "initialize.tokenizer": {},
    }
    return entities(setting, {**corpora, "nlp.tokenizer": tokenizer, **embed})


def pretrained(setting: Setting) -> dict[str, float]:
    """tok2vec pretrained on the bare text of the training part: guess each character from its surroundings."""
    texts = setting.work / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as file:
        for document in load_part(setting.corpus, "train"):
            file.write(json.dumps({"text": normalise(document.text)}, ensure_ascii=False) + "\n")
    overrides = {
        "paths.corpus": str(setting.corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
        "initialize.init_tok2vec": None,
    }
    config = load_config(CONFIGS / "entities.cfg", overrides=overrides, interpolate=False)
    config["corpora"]["pretrain"] = {
        "@readers": "spacy.JsonlCorpus.v1",
        "path": str(texts),
        "min_length": 5,
        "max_length": 0,
        "limit": 0,
    }
    config["pretraining"] = {
        "max_epochs": _PRETRAIN_EPOCHS,
        "dropout": 0.2,
        "n_save_every": None,
        "n_save_epoch": _PRETRAIN_EPOCHS,
        "component": "ner",
        "layer": "tok2vec",
        "corpus": "corpora.pretrain",
        "batcher": {
            "@batchers": "spacy.batch_by_words.v1",
            "size": 3000,
            "discard_oversize": False,
            "tolerance": 0.2,
            "get_length": None,
        },
        "objective": {
            "@architectures": "spacy.PretrainCharacters.v1",
            "maxout_pieces": 3,
            "hidden_size": 100,
            "n_characters": 1,
        },
        "optimizer": {
            "@optimizers": "Adam.v1",
            "beta1": 0.9,
            "beta2": 0.999,
            "L2_is_weight_decay": True,
            "L2": 0.01,
            "grad_clip": 1.0,
            "use_averages": True,
            "eps": 1e-8,
            "learn_rate": 0.001,
        },
    }
    pin_ops()
    folder = setting.work / "pretrained"
    folder.mkdir()
    pretrain(config, folder, use_gpu=-1, silent=True)
    weights = max(folder.glob("model*.bin"), key=lambda path: int("".join(filter(str.isdigit, path.stem)) or 0))
    return entities(setting, {"initialize.init_tok2vec": str(weights), "pretraining": config["pretraining"]})


def half(setting: Setting) -> tuple[list[str], list[str]]:
    """The training places in two halves."""
    places = sorted({document.about.place for document in load_part(setting.corpus, "train")})
    random.Random(0).shuffle(places)
    return places[::2], places[1::2]


def half_corpus(setting: Setting) -> Path:
    """A corpus with half of the training places."""
    dev = {document.about.place for document in load_part(setting.corpus, "dev")}
    return resplit(setting.corpus, setting.work / "half", {"train": half(setting)[0], "dev": dev})


def half_of_the_places(setting: Setting) -> dict[str, float]:
    """Trained on half of the places: what self-training is compared with."""
    return entities(setting, corpus=half_corpus(setting))


def self_training(setting: Setting) -> dict[str, float]:
    """Half of the places with their annotation, the other half as the model of the first half reads it."""
    corpus = half_corpus(setting)
    teacher = train_entities(setting, {}, corpus)
    others = set(half(setting)[1])
    for document in load_part(setting.corpus, "train"):
        if document.about.place in others:
            read = CorpusDocument(
                document.name, document.text, document.about, document.meeting, tuple(found_entities(teacher, document))
            )
            (corpus / "minutes" / f"{document.name}{SUFFIX}").write_text(dump_document(read), encoding="utf-8")
    split = json.loads((corpus / "splits.json").read_text(encoding="utf-8"))
    split["train"] += sorted(others)
    (corpus / "splits.json").write_text(json.dumps(split, ensure_ascii=False), encoding="utf-8")
    return entities(setting, corpus=corpus)


# --- clauses ---------------------------------------------------------------------------------


def neural_clauses(setting: Setting, settings: Mapping[str, Any]) -> dict[str, float]:
    """spaCy's text classifier by ``clauses-neural.cfg`` with other ``settings``."""
    common = {
        "paths.corpus": str(setting.corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
    }
    nlp = train_pipeline(CONFIGS / "clauses-neural.cfg", setting.work / "clauses", {**common, **settings})
    return score_clauses(setting, lambda texts: [doc.cats for doc in nlp.pipe(texts)])


def linear_clauses(setting: Setting, drop: str = "", previous: bool = False, heading: bool = False) -> dict[str, float]:
    """The shipped linear classifier; without the marks that start with ``drop``, with the class of the clause
    before (its own guess, from the start of the page) or the words of the item's heading."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = spacy.registry.tokenizers.get("jiyao.WhitespaceTokenizer.v1")()(nlp)
    nlp.add_pipe(
        "jiyao_linear_textcat",
        name="textcat",
        config={"ngram_size": 3, "min_count": 2, "penalty": 100.0, "balanced": True},
    )
    segmenter = Segmenter(setting.segmenter)

    def texts_of(document: CorpusDocument) -> list[str]:
        texts, seen = [], ""
        for text, clause in zip(gold_clause_words(document, segmenter), document.clauses, strict=True):
            words = [word for word in text.split() if not (drop and word.startswith(drop))]
            texts.append(" ".join([*(f"<题{word}>" for word in seen.split()[:12] if heading), *words]))
            if clause.label is ClauseLabel.META:
                seen = " ".join(word for word in words if not word.startswith("<"))
        return texts

    examples = []
    for document in load_part(setting.corpus, "train"):
        before = "<前无>"
        for text, clause in zip(texts_of(document), document.clauses, strict=True):
            words = f"{before} {text}" if previous else text
            predicted = nlp.make_doc(words)
            reference = predicted.copy()
            reference.cats = {label.value: float(label is clause.label) for label in ClauseLabel}
            examples.append(Example(predicted, reference))
            before = f"<前{clause.label}>"
    component = nlp.get_pipe("textcat")
    component.initialize(lambda: examples)  # type: ignore[attr-defined]
    scores: dict[ClauseLabel, Score] = {label: Score() for label in ClauseLabel}
    for document in load_part(setting.corpus, "dev"):
        before = "<前无>"
        for number, (text, clause) in enumerate(zip(texts_of(document), document.clauses, strict=True)):
            cats = nlp(f"{before} {text}" if previous else text).cats
            label = ClauseLabel(max(cats, key=lambda name: cats[name]))
            before = f"<前{label}>"
            _count(scores, number, label, clause.label)
    return _clause_scores(scores)


def score_clauses(setting: Setting, classify: Callable[[Sequence[str]], list[dict[str, float]]]) -> dict[str, float]:
    """Macro F1 and accuracy on gold clauses of dev."""
    segmenter = Segmenter(setting.segmenter)
    scores: dict[ClauseLabel, Score] = {label: Score() for label in ClauseLabel}
    for document in load_part(setting.corpus, "dev"):
        cats = classify(gold_clause_words(document, segmenter))
        for number, (found, clause) in enumerate(zip(cats, document.clauses, strict=True)):
            _count(scores, number, ClauseLabel(max(found, key=lambda name, c=found: c[name])), clause.label)
    return _clause_scores(scores)


def _count(scores: dict[ClauseLabel, Score], number: int, found: ClauseLabel, right: ClauseLabel) -> None:
    for label in {found, right}:
        scores[label] += strict([number] if found is label else [], [number] if right is label else [])


def _clause_scores(scores: Mapping[ClauseLabel, Score]) -> dict[str, float]:
    total = sum(scores.values(), Score())
    return {"macro F1": round(macro_f1(dict(scores)), 4), "accuracy": round(total.recall, 4)}


_BAG = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "length": 65536,
    "ngram_size": 2,
    "no_output_layer": False,
    "nO": None,
}

Variant = Callable[[Setting], dict[str, float]]

VARIANTS: dict[str, Variant] = {
    "as shipped": entities,
    "characters only": partial(entities, settings={"nlp.tokenizer.words": False, "nlp.tokenizer.lexicon": False}),
    "characters and words, no lexicons": partial(entities, settings={"nlp.tokenizer.lexicon": False}),
    "characters and lexicons, no words": partial(entities, settings={"nlp.tokenizer.words": False}),
    "without augmentation": partial(entities, settings={"corpora.train.augmenter": None}),
    "pkuseg words as tokens, without augmentation": word_tokens,
    "width 128": partial(entities, settings={f"{MODEL}.embed.width": 128, f"{MODEL}.encode.width": 128}),
    "depth 2": partial(entities, settings={f"{MODEL}.encode.depth": 2}),
    "window 1": partial(entities, settings={f"{MODEL}.encode.window_size": 1}),
    "tok2vec pretrained on own text": pretrained,
    "half of the places": half_of_the_places,
    "half of the places, self-trained on the rest": self_training,
    "linear (shipped)": linear_clauses,
    "linear, without introducer": partial(linear_clauses, drop="<引"),
    "linear, with the class before": partial(linear_clauses, previous=True),
    "linear, with the item's heading": partial(linear_clauses, heading=True),
    "TextCatBOW": partial(neural_clauses, settings={TEXTCAT: _BAG}),
    "TextCatEnsemble": partial(neural_clauses, settings={}),
}
