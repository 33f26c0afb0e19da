"""What is published, for everybody; and what a district chose."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huying.opendata.models import Correction, OpenDataRule, Publication, PublishedFile
from huying.opendata.rules.ladder import DEFAULT_K

LICENCE: Final = "CC BY 4.0（署名 4.0 国际）"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What holds. ``changed_at`` None: nobody chose yet, and nothing is published."""

    on: bool = False
    k: int = DEFAULT_K
    licence: str = LICENCE
    licence_url: str = LICENCE_URL
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file without its content."""

    name: str
    rows: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class CorrectionInfo:
    """That a published month came to other totals at ``at``; ``figures``: name → by how many cases."""

    at: datetime
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MonthInfo:
    """A published month, and what of it changed since, the earliest change first."""

    district: int
    month: date
    published_at: datetime
    k: int
    licence: str
    licence_url: str
    closed: int
    withheld: int
    files: tuple[FileInfo, ...] = ()
    corrections: tuple[CorrectionInfo, ...] = ()

    @property
    def changed_at(self) -> datetime:
        """When something was said of it last."""
        return self.corrections[-1].at if self.corrections else self.published_at


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is sent; ``packed`` with gzip."""

    packed: bytes
    digest: str
    licence_url: str
    published_at: datetime


def rule_of(district: int) -> RuleInfo:
    """What holds in the district."""
    row = OpenDataRule.objects.filter(district=district).order_by("-id").first()
    if row is None:
        return RuleInfo()
    return RuleInfo(row.on, row.k, row.licence, row.licence_url, row.changed_at, row.changed_by)


def published_months(district: int) -> list[MonthInfo]:
    """Every published month with its files, the latest first; three queries whatever their number."""
    files: dict[date, list[FileInfo]] = {}
    columns = ("month", "name", "rows", "size", "digest")
    for month, *held in (
        PublishedFile.objects.filter(district=district).order_by("name").values_list(*columns)
    ):
        files.setdefault(month, []).append(FileInfo(*held))
    changes: dict[date, list[CorrectionInfo]] = {}
    for change in Correction.objects.filter(district=district).order_by("number"):
        changes.setdefault(change.month, []).append(CorrectionInfo(change.at, change.figures))
    return [
        MonthInfo(row.district, row.month, row.published_at, row.k, row.licence, row.licence_url, row.closed,
                  row.withheld, tuple(files.get(row.month, ())), tuple(changes.get(row.month, ())))
        for row in Publication.objects.filter(district=district).order_by("-month")
    ]  # fmt: skip


def columns_of(district: int, month: date) -> dict[str, list[str]]:
    """The columns of a month's tables as they were published: later months may have more. One query."""
    rows = PublishedFile.objects.filter(district=district, month=month, name__endswith=".csv")
    return {
        name: gzip.decompress(bytes(packed)).decode("utf-8-sig").partition("\r\n")[0].split(",")
        for name, packed in rows.values_list("name", "packed")
    }


def content_of(district: int, month: date, name: str) -> Content | None:
    """A file's content; None where it was never published."""
    row = PublishedFile.objects.filter(district=district, month=month, name=name).first()
    if row is None:
        return None
    held = Publication.objects.get(district=district, month=month)
    return Content(bytes(row.packed), row.digest, held.licence_url, held.published_at)
