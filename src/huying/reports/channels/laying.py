"""A report laid out for a file: texts of one language, numbers with whole addresses, measures and signing in place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.access.roles import Role
from huying.reports.queries.archive import ReportInfo
from huying.reports.rules.doc import Json, Run, clean, day_words

Address = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text; ``href`` "" where nothing stands behind it."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, rows of cells made of pieces; the first ``texts`` columns hold words, the others numbers."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Sequence[Cell]]]
    texts: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its numbers."""

    title: str
    kind: str
    unit: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[int]]]
    links: Sequence[str] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    pieces: Sequence[Cell]


Part = Head | Words | Grid | Drawing


@dataclass(frozen=True, slots=True)
class Laid:
    """A whole report for a file. ``signed`` tells who signed, or that nobody did."""

    language: str
    title: str
    period: str
    unit: str
    made: str
    signed: str
    parts: Sequence[Part]
    numbers: Grid


def laid(report: ReportInfo, language: str, address: Address) -> Laid:
    """The report in the language that is active."""
    parts = [_part(block, report, language, address) for block in report.blocks(language)]
    made = day_words(timezone.localdate(report.line.made_at), language)
    numbers = [
        [[Cell(one.names[language])], [Cell(str(one.value), address(one.to) if one.to else "")]]
        for one in report.numbers
    ]
    return Laid(
        language, clean(report.title(language)), _bracketed("", report.text[language]["period"], language),
        clean(_("报送单位：%(unit)s") % {"unit": report.unit}), _("生成日期：%(day)s") % {"day": made},
        signed_words(report, language), [part for part in parts if part is not None],
        Grid(_("主要数字"), [_("项目"), _("件数")], numbers, 1),
    )  # fmt: skip


def _bracketed(before: str, within: str, language: str) -> str:
    return clean(f"{before} ({within})".lstrip() if language == "en" else f"{before}（{within}）")


def signed_words(report: ReportInfo, language: str) -> str:
    """Who signed, in which post, when; or that nobody did."""
    line = report.line
    if line.signed_at is None:
        return _("签发：（未签发）")
    day = day_words(timezone.localdate(line.signed_at), language)
    return clean(
        _("签发：%(name)s（%(post)s） %(day)s")
        % {"name": line.signed_by, "post": _(Role(report.post).zh), "day": day}
    )


def _part(block: Json, report: ReportInfo, language: str, address: Address) -> Part | None:
    match block:
        case {"h": text}:
            return Head(clean(text))
        case {"p": found}:
            return Words(pieces(found, address))
        case {"table": title, "heads": heads, "rows": rows, "texts": texts}:
            return Grid(clean(title), heads, [[pieces(cell, address) for cell in row] for row in rows], texts)
        case {"chart": title, "kind": kind, "unit": unit, "categories": categories, "series": series}:
            lines = [(clean(one["name"]), one["values"]) for one in series]
            links = [address(link) for link in block.get("links", ())]
            label = _bracketed(title, unit, language)
            return Drawing(
                clean(title), kind, clean(unit), [clean(one) for one in categories], lines, links, label
            )
        case _:
            return measures_grid(report.measures, language)


def measures_grid(measures: Sequence[Json], language: str) -> Grid | None:
    """Who does what by when; None where nothing is to be done."""
    if not measures:
        return None
    rows = [
        [[Cell(str(place))], [Cell(clean(one["what"][language]))], [Cell(clean(one["who"]))],
         [Cell(day_words(date.fromisoformat(one["by"]), language))]]
        for place, one in enumerate(measures, start=1)
    ]  # fmt: skip
    return Grid(_("措施清单"), [_("序号"), _("措施"), _("责任单位"), _("完成时限")], rows, 4)


def pieces(found: Sequence[Run], address: Address) -> list[Cell]:
    """Runs as pieces with whole addresses."""
    return [Cell(clean(run)) if isinstance(run, str) else Cell(run["n"], address(run["to"])) for run in found]
