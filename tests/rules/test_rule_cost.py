"""A clause of very many names costs as much as its length, not its square: a damaged table may be one."""

import time

import pytest
from spec_rows import run

NAMES = 8000


def _seconds(number: int, form: str) -> float:
    names = "、".join(f"[A|县{'东西南北'[i % 4]}{'江河湖海'[i // 4 % 4]}局]" for i in range(number))
    row = {"marked": f"{{A}}{form.format(names)}[T|6月底前][V|完成]清理。", "held_on": "2024-03-04"}
    begun = time.process_time()
    assert len(run(row).tasks) == 1
    return time.process_time() - begun


@pytest.mark.parametrize("form", ["由{0}", "{0}要", "由[A|市财政局]会同{0}", "由[A|市财政局][V|牵头],{0}[V|配合],"])
def test_a_list_of_names_in_linear_time(form: str) -> None:
    _seconds(10, form)  # tables are loaded once
    few = min(_seconds(NAMES // 8, form) for _ in range(3))
    many = min(_seconds(NAMES, form) for _ in range(2))
    assert many < 24 * few, f"eight times the names took {many / few:.0f} times as long"
