"""Every flag that dates can raise has its Chinese for the ledger."""

from __future__ import annotations

import pytest

from jiyao.dates import values
from jiyao.writers.words import flag_chinese

FLAGS = [value for name, value in vars(values).items() if name.isupper() and isinstance(value, str)]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_has_its_chinese(flag: str) -> None:
    assert flag_chinese(flag) != flag
