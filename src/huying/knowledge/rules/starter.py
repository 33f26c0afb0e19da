"""The starter articles that come with the platform, read from the TOML files beside this package.

A file is one field of life; ``[[article]]`` has question, answer, keywords, duty and perhaps an item's code.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_FOLDER: Final = files("huying.knowledge") / "starter"


@dataclass(frozen=True, slots=True)
class StarterArticle:
    """One article of the set. ``origin`` stays the same for ever; ``duty`` says who answers for it."""

    origin: str
    question: str
    answer: str
    keywords: tuple[str, ...]
    duty: str
    item: str


@cache
def starter() -> tuple[StarterArticle, ...]:
    """Every starter article, in the order of the files' names."""
    found: list[StarterArticle] = []
    for path in sorted(
        (one for one in _FOLDER.iterdir() if one.name.endswith(".toml")), key=lambda p: p.name
    ):
        for line in tomllib.loads(path.read_text(encoding="utf-8"))["article"]:
            found.append(
                StarterArticle(
                    f"starter:{line['code']}",
                    line["question"],
                    " ".join(line["answer"].split("\n")).strip(),
                    tuple(line["keywords"]),
                    line["duty"],
                    line.get("item", ""),
                )
            )
    return tuple(found)
