"""The limits in one city's published filing conditions are understood, but for one that carries a remark."""

import csv
from pathlib import Path

import pytest

from huying.kernel.errors import Invalid
from huying.worktime import Limit, Unit

CONDITIONS = Path(__file__).parents[3] / "shared" / "data" / "catalogue" / "filing_conditions_sample.csv"


@pytest.mark.realdata
def test_every_published_limit_is_read() -> None:
    if not CONDITIONS.exists():
        pytest.skip(f"needs the public filing conditions at {CONDITIONS}")
    with CONDITIONS.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["处置时限"].strip() for row in csv.DictReader(file) if row["处置时限"].strip()]
    limits = {text: limit for text in set(texts) if (limit := _read(text))}
    # The remark (stop it within an hour) must be decided by a person, not dropped.
    assert set(texts) - set(limits) == {"1紧急工作时制止"}
    assert len(texts) > 400
    assert {limit.unit for limit in limits.values()} >= {Unit.URGENT_HOUR, Unit.WORK_HOUR, Unit.WORK_DAY}
    for text, limit in limits.items():
        assert ("紧急" in text) == (not limit.unit.is_working)
        assert text.startswith(f"{limit.amount}")


def _read(text: str) -> Limit | None:
    try:
        return Limit.parse(text)
    except Invalid:
        return None
