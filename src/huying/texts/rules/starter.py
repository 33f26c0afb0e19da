"""The texts that come with the platform, read from the TOML files beside this package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from huying.texts.rules.kinds import ReplyFor, TextKind

_FOLDER: Final = files("huying.texts") / "starter"
CHINESE: Final = "zh-hans"
LANGUAGES: Final = (CHINESE, "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it stands in one language. ``item``: a code or the beginning of codes, "" for every item."""

    title: str
    body: str
    item: str = ""
    fits: ReplyFor = ReplyFor.ALWAYS


Key = tuple[TextKind, str, str]
"""Kind, name of the text, language."""


@cache
def starter() -> Mapping[Key, Wording]:
    """Every text of the platform."""
    found: dict[Key, Wording] = {}
    for name, line in _read("notices").items():
        for language, short in zip(LANGUAGES, ("zh", "en"), strict=True):
            wording = Wording(line[f"{short}_title"], line[f"{short}_body"])
            found[TextKind.NOTICE, name, language] = wording
    for name, line in _read("replies").items():
        wording = Wording(line["title"], line["body"].strip(), line.get("item", ""), ReplyFor(line["fits"]))
        found[TextKind.REPLY, name, CHINESE] = wording
    return found


def _read(name: str) -> dict[str, dict[str, str]]:
    lines: dict[str, dict[str, str]] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return lines
