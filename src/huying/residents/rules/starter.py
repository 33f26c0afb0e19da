"""The nine kinds of key persons a district begins with; its own list takes their place as it likes."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from huying.residents.rules.kinds import CareLevel


@dataclass(frozen=True, slots=True)
class Kind:
    """重点人群类别: ``sensitive``: what it says of somebody is shown only to who may see whole data."""

    code: str
    name: str
    level: CareLevel
    sensitive: bool
    hint: str = ""


@cache
def starter_kinds() -> Sequence[Kind]:
    """In their order."""
    text = files("huying.residents").joinpath("starter/kinds.csv").read_text(encoding="utf-8")
    return tuple(
        Kind(row["code"], row["name"], CareLevel(row["level"]), row["sensitive"] == "1", row["hint"])
        for row in csv.DictReader(text.splitlines())
    )
