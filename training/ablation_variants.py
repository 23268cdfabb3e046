"""The variants that ``ablation.py`` compares, in the order of its tables.

To add one: a function from a setting to scores in one of the modules ``ablation_*.py``, and a line here.
"""

from __future__ import annotations

from functools import partial

from ablation_clauses import linear_clauses, neural_clauses
from ablation_entities import TOK2VEC, entities
from ablation_joint import clauses_alone, joint
from ablation_places import half_of_the_places, self_training
from ablation_pretraining import pretrained
from ablation_setting import Variant
from ablation_words import word_tokens

_WORDS, _LEXICON, _PAIRS = (f"nlp.tokenizer.{feature}" for feature in ("words", "lexicon", "pairs"))
_TEXTCAT = "components.textcat.model"

_BAG = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "length": 65536,
    "ngram_size": 2,
    "no_output_layer": False,
    "nO": None,
}

VARIANTS: dict[str, Variant] = {
    "as shipped": entities,
    "characters only": partial(entities, settings=dict.fromkeys((_WORDS, _LEXICON, _PAIRS), False)),
    "characters and words, no lexicons": partial(entities, settings={_LEXICON: False}),
    "characters and lexicons, no words": partial(entities, settings={_WORDS: False}),
    "without pairs of characters": partial(entities, settings={_PAIRS: False}),
    "without augmentation": partial(entities, settings={"corpora.train.augmenter": None}),
    "pkuseg words as tokens, without augmentation": word_tokens,
    "width 96": partial(entities, settings={f"{TOK2VEC}.embed.width": 96, f"{TOK2VEC}.encode.width": 96}),
    "depth 2": partial(entities, settings={f"{TOK2VEC}.encode.dilations": [1, 1]}),
    "windows not spread": partial(entities, settings={f"{TOK2VEC}.encode.dilations": [1, 1, 1, 1]}),
    "dropout 0.3": partial(entities, settings={"training.dropout": 0.3}),
    "window 1": partial(entities, settings={f"{TOK2VEC}.encode.window_size": 1}),
    "tok2vec pretrained on own text": pretrained,
    "half of the places": half_of_the_places,
    "half of the places, self-trained on the rest": self_training,
    "linear (shipped)": linear_clauses,
    "linear, without introducer": partial(linear_clauses, drop="<引"),
    "linear, with the class before": partial(linear_clauses, previous=True),
    "linear, with the item's heading": partial(linear_clauses, heading=True),
    "TextCatBOW": partial(neural_clauses, settings={_TEXTCAT: _BAG}),
    "TextCatEnsemble": partial(neural_clauses, settings={}),
    "separate: clauses over a tok2vec of characters of their own": clauses_alone,
    "joint: entities and clauses over one tok2vec of characters": joint,
}
