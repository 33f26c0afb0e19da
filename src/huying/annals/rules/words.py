"""How a thing is told before and after: Chinese names of its parts, and what each said."""

from collections.abc import Mapping

Told = Mapping[str, str]


def differing(before: Told, after: Told) -> tuple[dict[str, str], dict[str, str]]:
    """The parts in which the two differ; what one of them does not have is left out of it."""
    parts = [part for part in {**before, **after} if before.get(part, "") != after.get(part, "")]
    return _of(before, parts), _of(after, parts)


def _of(told: Told, parts: list[str]) -> dict[str, str]:
    return {part: told[part] for part in parts if told.get(part)}
