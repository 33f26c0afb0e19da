"""A measured figure, beside its target and the floor, and the table people read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from rich.cells import cell_len

_UNKNOWN: Final = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """``target`` is the most allowed, or with ``at_least`` the least. ``floor`` is what pgbench reached in the same
    run on the same server with the same rows; all three in ``unit``."""

    name: str
    value: float
    unit: str
    target: float | None = None
    floor: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target was reached; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0–1) of the values lie; nearest rank. 0.0 of nothing."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines of a Markdown table whose columns also stand straight on a terminal."""
    rows = [("项目", "结果", "目标", "下限（pgbench）", "", "说明"), *(_row(figure) for figure in figures)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(6)]
    for number, row in enumerate(rows):
        yield (
            "| "
            + " | ".join(
                text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)
            )
            + " |"
        )
        if number == 0:
            yield "| " + " | ".join("-" * max(3, width) for width in widths) + " |"


def _row(figure: Figure) -> tuple[str, ...]:
    sign = "≥ " if figure.at_least else "≤ "
    mark = {True: "✓", False: "✗", None: ""}[figure.met]
    return (
        figure.name,
        f"{_short(figure.value)} {figure.unit}",
        f"{sign}{_short(figure.target)}" if figure.target is not None else _UNKNOWN,
        _short(figure.floor) if figure.floor is not None else _UNKNOWN,
        mark,
        figure.note,
    )


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
