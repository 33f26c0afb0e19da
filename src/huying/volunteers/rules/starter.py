"""Skills of everyday help that the platform brings along; those of emergencies come with the emergencies."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def everyday_skills() -> Mapping[str, str]:
    """Code to name, in the order in which they are shown."""
    text = (files("huying.volunteers") / "starter" / "skills.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}
