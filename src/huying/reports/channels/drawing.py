"""Charts as SVG, drawn by ourselves: bars lie, with their names in full; lines go by day. Every text is escaped."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10
from typing import Final

from huying.reports.channels.laying import Drawing

WIDTH: Final = 640
_BAR: Final = 26
_NAME: Final = 190
_LINE_HIGH: Final = 260
# Told apart in print without colour too: full and dashed.
_COLOURS: Final = ("#1f5fa8", "#b5540c", "#3d7a3a")
_DASHES: Final = ("", "6 4", "2 3")
_GREY: Final = "#8a8f98"
_LEAST_LABELS: Final = 10


def svg(drawing: Drawing, font: str) -> str:
    """The chart as an SVG of its own."""
    high, body = _bars(drawing) if drawing.kind == "bar" else _lines(drawing)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}" '
        f'font-family="{escape(font)}" font-size="13" fill="#222">{body}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _bars(drawing: Drawing) -> tuple[int, str]:
    values = drawing.series[0][1] if drawing.series else ()
    most, room = max([*values, 1]), WIDTH - _NAME - 60
    parts = []
    for place, (name, value) in enumerate(zip(drawing.categories, values, strict=True)):
        y, wide = place * _BAR + 6, value / most * room
        parts.append(_text(_NAME - 8, y + 14, _short(name), "end"))
        parts.append(
            f'<rect x="{_NAME}" y="{y}" width="{wide:.1f}" height="{_BAR - 8}" fill="{_COLOURS[0]}"/>'
        )
        parts.append(_text(_NAME + wide + 6, y + 14, str(value)))
    return len(values) * _BAR + 10, "".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= 13 else f"{name[:12]}…"


def _lines(drawing: Drawing) -> tuple[int, str]:
    left, top, right, bottom = 46, 34, WIDTH - 14, _LINE_HIGH - 30
    step, most = _scale(max([value for _, values in drawing.series for value in values] or [1]))
    count = len(drawing.categories)

    def x(place: int) -> float:
        return left + (right - left) * (place / (count - 1) if count > 1 else 0.5)

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / most

    parts = []
    for value in range(0, most + 1, step):
        parts.append(f'<path d="M{left} {y(value):.1f}H{right}" stroke="#d9dce1" stroke-width="1"/>')
        parts.append(_text(left - 6, y(value) + 4, str(value), "end", _GREY))
    every = max(1, ceil(count / _LEAST_LABELS))
    parts += [
        _text(x(place), bottom + 18, name, "middle", _GREY)
        for place, name in enumerate(drawing.categories)
        if place % every == 0
    ]
    for number, (name, values) in enumerate(drawing.series):
        parts.append(_series(number, [(x(place), y(value)) for place, value in enumerate(values)]))
        parts += _legend(number, name, left)
    return _LINE_HIGH, "".join(parts)


def _series(number: int, points: Sequence[tuple[float, float]]) -> str:
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    path = " ".join(f"{'L' if place else 'M'}{px:.1f} {py:.1f}" for place, (px, py) in enumerate(points))
    dots = "".join(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.4" fill="{colour}"/>' for px, py in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>{dots}'


def _legend(number: int, name: str, left: int) -> list[str]:
    at, colour, dash = left + number * 120, _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        f'<path d="M{at} 14H{at + 26}" stroke="{colour}" stroke-width="2"{dashed}/>',
        _text(at + 32, 18, name),
    ]


def _scale(most: int) -> tuple[int, int]:
    """(step, end) of an axis from 0 with four to eight round steps."""
    if most <= 5:
        return 1, max(most, 1)
    size = 10 ** floor(log10(most))
    step = next(int(part * size) for part in (0.2, 0.5, 1, 2) if most <= 6 * part * size and part * size >= 1)
    return step, ceil(most / step) * step
