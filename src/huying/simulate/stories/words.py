"""The texts that staff write, filled in for one case."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from random import Random
from zoneinfo import ZoneInfo

from huying.simulate.days import Call


@cache
def _lines() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("huying.simulate.stories").joinpath("words.toml").read_text(encoding="utf-8"))


class Texts:
    """Texts about one call; ``unit`` is the short name of whoever handles it."""

    def __init__(self, rng: Random, call: Call, zone: ZoneInfo) -> None:
        self._rng, self._zone = rng, zone
        standard = call.condition.closing_standard if call.condition else "已处理完毕"
        self._words = {
            "事": call.matter.line.name,
            "地": call.place,
            "标准": standard.rstrip("。"),
            "称": call.caller.title if call.caller else "市民",
            "单位": "街道指挥中心",
            "日": "",
        }

    def say(self, part: str, kind: str, at: datetime, unit: str = "") -> str:
        """A line of ``words.toml`` with everything filled in; an unknown kind takes the part's last list."""
        lines = _lines()[part]
        chosen = self._rng.choice(lines.get(kind) or list(lines.values())[-1])
        local = at.astimezone(self._zone)
        words: Mapping[str, str] = {
            **self._words,
            "日": f"{local.month}月{local.day}日",
            **({"单位": unit} if unit else {}),
        }
        return chosen.format_map(words)
