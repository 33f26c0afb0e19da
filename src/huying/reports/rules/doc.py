"""What a report is made of before it is a page or a file: headings, sentences, tables, charts.

A sentence is a ``Said`` whose values may be numbers with what stands behind them; in a language it becomes runs, plain
JSON, which is what is archived.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from huying.figures.rules.periods import Period
from huying.kernel.saying import Said

Translate = Callable[[str], str]
Json = dict[str, Any]
Run = str | Json
_VALUE: Final = re.compile(r"%\((\w+)\)s|(%%)")
# Surrogates and the two that XML forbids.
_NEVER: Final = frozenset((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF, *range(0x7F, 0xA0)))
_NUMERALS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTHS: Final = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Name(str):
    """What something is called in the district's own words: said alike in every language."""


@dataclass(frozen=True, slots=True)
class Num:
    """A number as it is read, and the question by which the cases behind it are found; None where there are none."""

    text: str
    to: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Day:
    """A day, written as the language does."""

    day: date

    def __str__(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Both:
    """What is kept in both languages already."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class Joined:
    """Phrases one after another, parted as the language does: 、 or a comma, ； or a semicolon."""

    parts: Sequence["Value"]
    strong: bool = False

    def __str__(self) -> str:
        return ("；" if self.strong else "、").join(map(str, self.parts))

    def between(self, language: str) -> str:
        if language == "en":
            return "; " if self.strong else ", "
        return "；" if self.strong else "、"


Value = Said | Name | Num | Day | Both | Joined | str


@dataclass(frozen=True, slots=True)
class Heading:
    text: Said


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Table:
    """``heads`` over ``rows``; every column but the first ``texts`` holds numbers."""

    title: Said
    heads: Sequence[Said]
    rows: Sequence[Sequence[Value]]
    texts: int = 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Bars or a line: one number per category and series; ``links`` hold what stands behind each category."""

    title: Said
    kind: str
    categories: Sequence[Value]
    series: Sequence[tuple["Value", Sequence[int]]]
    unit: Said
    links: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Measures:
    """The place of the measures, which may still be put into other words."""


Block = Heading | Paragraph | Table | Graph | Measures


def number(value: int, to: Mapping[str, Any] | None = None) -> Num:
    """A count; nothing stands behind 0."""
    return Num(str(value), to if value else None)


def day_words(day: date, language: str) -> str:
    """2026年11月3日, 3 Nov 2026."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def span_words(period: Period, language: str) -> str:
    """A period from its first to its last day; one day alone for a day."""
    first, last = day_words(period.first, language), day_words(period.last, language)
    if period.days == 1:
        return first
    return f"{first} – {last}" if language == "en" else f"{first}至{last}"


def runs(value: Value, translate: Translate, language: str) -> list[Run]:
    """A value as runs: plain texts, and numbers with what they open."""
    match value:
        case Num():
            return [{"n": value.text, "to": dict(value.to)} if value.to else value.text]
        case Both():
            return [value.en if language == "en" else value.zh]
        case Joined():
            return _paragraph(
                [runs(one, translate, language) for one in value.parts], value.between(language)
            )
        case Day():
            return [day_words(value.day, language)]
        case Name():
            return [str(value)]
        case Said():
            return _sentence(value, translate, language)
        case _:
            return [translate(value)] if value else []


def _sentence(sentence: Said, translate: Translate, language: str) -> list[Run]:
    pattern, end = translate(sentence.pattern), 0
    found: list[Run] = []
    for match in _VALUE.finditer(pattern):
        found.append(pattern[end : match.start()])
        end = match.end()
        if match[2]:
            found.append("%")
            continue
        given: Any = sentence.values[match[1]]
        found += runs(Num(str(given)) if isinstance(given, int) else given, translate, language)
    return _joined([*found, pattern[end:]])


def _joined(found: Sequence[Run]) -> list[Run]:
    made: list[Run] = []
    for run in found:
        if isinstance(run, str) and made and isinstance(made[-1], str):
            made[-1] += run
        elif run:
            made.append(run)
    return made


def told(blocks: Sequence[Block], translate: Translate, language: str) -> list[Json]:
    """The blocks in one language, headings numbered."""
    made: list[Json] = []
    numbered = 0
    for block in blocks:
        numbered += isinstance(block, Heading)
        made.append(_block(block, numbered, translate, language))
    return made


def _block(block: Block, numbered: int, translate: Translate, language: str) -> Json:
    def say(value: Value) -> list[Run]:
        return runs(value, translate, language)

    match block:
        case Heading():
            before = f"{numbered}. " if language == "en" else f"{_NUMERALS[numbered]}、"
            return {"h": before + plain(say(block.text))}
        case Paragraph():
            return {"p": _paragraph([say(one) for one in block.sentences], " " if language == "en" else "")}
        case Table():
            rows = [[say(cell) for cell in row] for row in block.rows]
            return {"table": plain(say(block.title)), "heads": [plain(say(one)) for one in block.heads], "rows": rows,
                    "texts": block.texts}  # fmt: skip
        case Graph():
            series = [{"name": plain(say(name)), "values": list(values)} for name, values in block.series]
            return {"chart": plain(say(block.title)), "kind": block.kind, "unit": plain(say(block.unit)),
                    "categories": [plain(say(one)) for one in block.categories], "series": series,
                    "links": [dict(link) for link in block.links]}  # fmt: skip
        case Measures():
            return {"measures": True}


def _paragraph(sentences: Sequence[Sequence[Run]], between: str) -> list[Run]:
    found: list[Run] = []
    for sentence in sentences:
        if found and between:
            found.append(between)
        found += sentence
    return _joined(found)


def clean(text: str) -> str:
    """A text without the signs that no file may hold; lines and tabs stay."""
    return "".join(sign for sign in text if sign in "\n\t" or (ord(sign) >= 32 and ord(sign) not in _NEVER))


def plain(found: Sequence[Run]) -> str:
    """Runs without what they open."""
    return "".join(run if isinstance(run, str) else run["n"] for run in found)
