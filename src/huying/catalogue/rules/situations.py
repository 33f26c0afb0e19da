"""When bodies are called to the spot, as data (R207): a starter list that a district makes its own."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_MOST: Final[Mapping[str, int]] = {
    "code": 16,
    "kind": 40,
    "name": 100,
    "when": 300,
    "lead": 40,
    "fallback": 40,
}
_MUST: Final[Mapping[str, str]] = {"code": "编号", "kind": "类别", "name": "情形", "lead": "牵头职责"}


@dataclass(frozen=True, slots=True)
class SituationLine:
    """One situation: its class and name, when it is one, the duty that leads, those that come too, the last resort.

    ``fallback`` "" is the body of last resort of the place.
    """

    code: str
    kind: str
    name: str
    when: str
    lead: str
    assisting: tuple[str, ...] = ()
    fallback: str = ""

    def check(self) -> None:
        """Raises Invalid, with ``fields``, where something is missing or too long."""
        wrong = {
            name: said("请填写%(what)s。", what=zh)
            for name, zh in _MUST.items()
            if not getattr(self, name).strip()
        }
        wrong |= {
            name: said("最多 %(most)s 字。", most=most)
            for name, most in _MOST.items()
            if len(getattr(self, name)) > most
        }
        if len(self.assisting) > 20 or any(len(duty) > 40 for duty in self.assisting):
            wrong["assisting"] = said("最多 %(most)s 个。", most=20)
        if wrong:
            raise Invalid(fields=wrong)


@cache
def starter_situations() -> tuple[SituationLine, ...]:
    """The situations a district begins with."""
    text = files("huying.catalogue").joinpath("starter/situations.csv").read_text(encoding="utf-8")
    return tuple(
        SituationLine(
            row["code"], row["kind"], row["name"], row["when"], row["lead"], tuple(row["assisting"].split()),
            row["fallback"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
