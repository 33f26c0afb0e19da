"""The kinds of members a district begins with: the 1, the 2, and eight kinds of N. It may rename, add and end them."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from huying.teams.rules.kinds import Part


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of member, and which part of 1+2+N it is."""

    code: str
    name: str
    part: Part


@cache
def starter_kinds() -> tuple[KindLine, ...]:
    """The kinds in the order in which they are shown."""
    text = (files("huying.teams") / "starter" / "kinds.csv").read_text(encoding="utf-8")
    return tuple(
        KindLine(row["code"], row["name"], Part(row["part"])) for row in csv.DictReader(text.splitlines())
    )
