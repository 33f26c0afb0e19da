"""What the platform brings along: kinds of emergencies with their rings, and skills. Both are files beside this code."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from huying.emergency.rules.plans import Plan, rings_of


@cache
def starter_plans() -> Mapping[str, Plan]:
    """Code to plan, in the order in which buttons are shown."""
    return {
        row["code"]: Plan(
            row["code"], row["name"], tuple(row["skills"].split()), int(row["enough"]), rings_of(row["rings"]),
            tuple(row["lines"].split()), int(row["window"]), int(row["hand_wait"]),
        )
        for row in _rows("plans.csv")
    }  # fmt: skip


@cache
def starter_skills() -> Mapping[str, str]:
    """Code to name, in the order in which they are shown."""
    return {row["code"]: row["name"] for row in _rows("skills.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("huying.emergency") / "starter" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
