"""The hand-written frames and scenes, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Scene:
    """Whole sentences about one kind of matter; ``about`` are words that its item's names or keywords hold."""

    about: tuple[str, ...]
    says: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("huying.simulate.speech").joinpath(name).read_text(encoding="utf-8"))


@cache
def frames() -> dict[str, dict[str, tuple[str, ...]]]:
    """Frames by kind of appeal and mood; ``asks``, ``times`` and ``patrol`` stand beside the kinds."""
    return {
        kind: {mood: tuple(lines) for mood, lines in part.items()}
        for kind, part in _read("frames.toml").items()
    }


@cache
def scenes() -> tuple[Scene, ...]:
    """All scenes in the order of the file; an item takes those it has most words in common with."""
    parts = _read("scenes.toml")["scene"]
    return tuple(Scene(tuple(part["about"]), tuple(part["says"])) for part in parts)


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the word lists."""
    return tuple(_read("words.toml")[name].split())
