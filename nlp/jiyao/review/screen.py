"""Label Studio's own check of a prediction against the labelling screen, made before it is sent.

It stands beside :func:`jiyao.review.marking.check_marking`, which is stricter: the SDK's takes offsets behind the end of
the text, and relations without a known role.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jiyao.review.labelling import labelling_config


def screen_problems(prediction: Mapping[str, Any]) -> list[str]:
    """What is wrong with a prediction by the rules of the labelling screen. Empty if nothing is."""
    found = _interface().validate_prediction(dict(prediction), return_errors=True)
    return [str(problem) for problem in found] if isinstance(found, list) else []


@cache
def _interface() -> Any:
    from label_studio_sdk.label_interface.interface import LabelInterface

    interface: Any = LabelInterface(labelling_config())
    interface.validate()
    return interface
