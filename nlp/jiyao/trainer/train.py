"""Train one spaCy pipeline from one configuration file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from jiyao.components.ops import pin_ops
from jiyao.errors import ModelError


def train_pipeline(config: Path, folder: Path, overrides: Mapping[str, Any]) -> Language:
    """Train by ``config`` and store the best pipeline (by the dev part) in ``folder``.

    ``overrides`` are dotted settings, e.g. ``{"training.max_steps": 100}``. The same
    configuration, corpus and machine kind give the same weights.

    Raises:
        ModelError: the configuration file is missing.
    """
    if not config.is_file():
        raise ModelError(str(config), "no such configuration", "name one of the files in configs/")
    pin_ops()
    settings = load_config(config, overrides=dict(overrides), interpolate=False)
    nlp = init_nlp(settings)
    folder.mkdir(parents=True, exist_ok=True)
    train_loop(nlp, folder, stdout=sys.stderr, stderr=sys.stderr)
    return spacy.load(folder / "model-best")
