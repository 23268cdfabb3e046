"""Ablation of the entity recogniser: its tok2vec pretrained on bare text."""

from __future__ import annotations

import json

from spacy.training.pretrain import pretrain
from spacy.util import load_config, load_model_from_config

from ablation_entities import CONFIG, entities, shared_tok2vec
from ablation_setting import Setting
from jiyao.components.ops import pin_ops
from jiyao.corpus.splits import load_part
from jiyao.normalise import normalise

_PRETRAIN_EPOCHS = 3
#: What spaCy calls characters are bytes of UTF-8.
_BYTES = 3


def pretrained(setting: Setting) -> dict[str, float]:
    """tok2vec pretrained on the bare text of the training part: guess each character from its surroundings.

    The text is bare indeed: what spaCy hides and shows there has neither words nor lexicon hits.
    """
    texts = setting.work / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as file:
        for document in load_part(setting.corpus, "train"):
            file.write(json.dumps({"text": normalise(document.text)}, ensure_ascii=False) + "\n")
    overrides = {
        "paths.corpus": str(setting.corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
        **shared_tok2vec(),
    }
    config = load_config(CONFIG, overrides=overrides, interpolate=False)
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
        "component": "tok2vec",
        "layer": "",
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
            "n_characters": _BYTES,
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
    # Unlike training, pretraining fills in no defaults and no variables.
    pretrain(load_model_from_config(config, auto_fill=True).config.interpolate(), folder, use_gpu=-1, silent=True)
    weights = max(folder.glob("model*.bin"), key=lambda path: int("".join(filter(str.isdigit, path.stem)) or 0))
    # Training asks the same configuration which component the weights are for.
    config.to_disk(setting.work / "pretrained.cfg", interpolate=False)
    return entities(setting, {"initialize.init_tok2vec": str(weights)}, config=setting.work / "pretrained.cfg")
