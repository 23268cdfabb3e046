"""The entity recogniser as a learner that can go on learning and go back: see ``tree_cv``."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.training.initialize import init_nlp
from spacy.util import load_config, registry

from ablation_entities import CONFIG, count_entities
from jiyao.components.ops import pin_ops
from jiyao.corpus.docbin import ner_example
from jiyao.corpus.model import CorpusDocument
from jiyao.labels import EntityLabel
from jiyao.scoring import Score

#: What the optimizer remembers of each weight; its other attributes are settings.
_MEMORY = ("mom1", "mom2", "averages", "nr_update", "last_seen")
Documents = Sequence[CorpusDocument]


@dataclass(frozen=True, slots=True)
class State:
    """Weights, and what the optimizer remembers of them."""

    weights: Mapping[tuple[int, str], Any]
    memory: Mapping[str, Mapping[Any, Any]]


class RecogniserLearner:
    """The recogniser of ``configs/entities.cfg``, trained by the steps of that configuration, a call of :meth:`learn` at a time.

    A group is the documents of a place or of a hand.
    """

    def __init__(self, corpus: Path, segmenter: Path, settings: Mapping[str, Any], *, passes: int, rehearsal: float):
        """The labels come from the training part of ``corpus``, of which nothing is learnt yet.

        ``passes`` are the times that new documents are learnt in a call; with them as many documents learnt before are
        rehearsed as ``rehearsal`` tells, a share of their number, so that the last ones do not outweigh the rest.
        """
        pin_ops()
        paths = {"paths.corpus": str(corpus), "paths.segmenter": str(segmenter)}
        self.nlp = init_nlp(load_config(CONFIG, overrides={**paths, **settings}, interpolate=False))
        config = self.nlp.config.interpolate()
        training = registry.resolve(
            {"training": {k: config["training"][k] for k in ("batcher", "optimizer", "dropout")}}
        )
        self._training = training["training"]
        self._optimizer = self._training["optimizer"]
        self._augmenter = config["corpora"]["train"]["augmenter"]
        self._passes = passes
        self._rehearsal = rehearsal
        self._seed = config["training"]["seed"]
        self.steps = 0

    def learn(self, groups: Sequence[Documents], learnt: Sequence[Documents]) -> None:
        """Train on the documents of ``groups``, and on some of those ``learnt``."""
        new = [document for group in groups for document in group]
        old = [document for group in learnt for document in group]
        rng = random.Random(f"{self._seed} {sorted(document.name for document in new)}")
        spacy.util.fix_random_seed(rng.randrange(2**31))
        # Made anew: what was drawn on other branches of the tree shall not matter here.
        augment = registry.resolve({"augmenter": self._augmenter})["augmenter"]
        for _ in range(self._passes):
            documents = [*new, *rng.sample(old, min(len(old), round(self._rehearsal * len(new))))]
            rng.shuffle(documents)
            for batch in self._training["batcher"](
                example
                for document in documents
                for example in augment(self.nlp, ner_example(self.nlp, document.text, document.entities))
            ):
                self.nlp.update(batch, sgd=self._optimizer, drop=self._training["dropout"])
                self._optimizer.step_schedules()
                self.steps += 1

    def read(self, documents: Documents) -> dict[EntityLabel, Score]:
        """Strict counts by label; the weights are averages over the steps, as in spaCy's training."""
        with self.nlp.use_params(self._optimizer.averages):
            return count_entities(self.nlp, documents)

    def state(self) -> State:
        """Copies of all weights and of the optimizer's memory."""
        weights = {(node.id, name): node.get_param(name).copy() for node, name in self._parameters()}
        memory = {name: _copies(getattr(self._optimizer, name)) for name in _MEMORY}
        return State(weights, memory)

    def restore(self, state: State) -> None:
        """Go back; ``state`` stays as it is and can be gone back to again."""
        for node, name in self._parameters():
            node.set_param(name, state.weights[node.id, name].copy())
        for name in _MEMORY:
            setattr(self._optimizer, name, _copies(state.memory[name]))

    def _parameters(self) -> list[tuple[Any, str]]:
        nodes = list(self.nlp.get_pipe("ner").model.walk())
        return [(node, name) for node in nodes for name in node.param_names if node.has_param(name)]


def _copies(values: Mapping[Any, Any]) -> Any:
    """A copy of arrays or counts by key, of the same kind."""
    copied = {key: value.copy() if hasattr(value, "copy") else value for key, value in values.items()}
    return defaultdict(values.default_factory, copied) if isinstance(values, defaultdict) else copied
