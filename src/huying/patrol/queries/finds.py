"""What was found, for who found it and for who leads them; and what stands beside its case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.lifecycle import State
from huying.cases.queries.described import described
from huying.cases.queries.seeing import must_see
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number
from huying.patrol.models import Find, FindFile
from huying.patrol.policy import READ, must_read, must_walk, within
from huying.patrol.rules.kinds import FileKind, FindKind
from huying.patrol.rules.reporting import FAR


@dataclass(frozen=True, slots=True)
class FindInfo:
    """One find and how its case stands. ``far``: its photos lie further apart than one spot can be."""

    id: int
    key: str
    kind: FindKind
    name: str
    area: str
    found_at: datetime
    arrived_at: datetime
    off: int
    lon: float | None
    lat: float | None
    gap: float | None
    far: bool
    receipt: str
    number: str
    state: State
    title: str


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A photo or recording: what it shows, when and where it was taken, and the digest of what the phone took."""

    number: int
    kind: FileKind
    taken_at: datetime
    lon: float | None
    lat: float | None
    sha256: str
    media_type: str
    path: str


@dataclass(frozen=True, slots=True)
class FoundOn:
    """What a case began with in the street."""

    find: FindInfo
    files: Sequence[FileInfo]


def own_finds(actor: Actor, limit: int = 30) -> Sequence[FindInfo]:
    """One's own, the newest first. Raises Denied."""
    account = must_walk(actor)
    rows = Find.objects.filter(district=actor.district, account_id=account).order_by("-id")[:limit]
    return _infos(actor.district, list(rows))


def finds_for(
    actor: Actor,
    *,
    area: str = "",
    kind: FindKind | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[FindInfo]:
    """Finds in the actor's areas, the newest to arrive first. Raises Denied."""
    must_read(actor)
    rows = Find.objects.filter(within(actor, READ))
    if area:
        rows = rows.filter(area__gte=area, area__lt=f"{area}:")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _infos(actor.district, list(rows.order_by("-id")[:limit]))


def found_on(actor: Actor, case_id: int) -> Sequence[FoundOn]:
    """What was found in the street of a case, for who may see the case. Raises NotFound."""
    must_see(actor, actor.district, case_id)
    rows = list(Find.objects.filter(district=actor.district, case_id=case_id).order_by("id"))
    files: dict[int, list[FileInfo]] = {row.id: [] for row in rows}
    for one in FindFile.objects.filter(district=actor.district, find_id__in=files).order_by("number"):
        files[one.find_id].append(
            FileInfo(
                one.number, FileKind(one.kind), one.taken_at, one.lon, one.lat, one.sha256, one.media_type, one.path
            )
        )  # fmt: skip
    return [FoundOn(info, files[info.id]) for info in _infos(actor.district, rows)]


def recording_for(actor: Actor, case_id: int, find_id: int, number: int) -> FileInfo:
    """A recording of a case, for who may see the case. Raises NotFound."""
    for one in found_on(actor, case_id):
        for file in one.files:
            if one.find.id == find_id and file.number == number and file.path:
                return file
    raise NotFound


def _infos(district: int, rows: Sequence[Find]) -> list[FindInfo]:
    cases = described(district, [row.case_id for row in rows])
    return [
        FindInfo(
            id=row.id, key=str(row.key), kind=FindKind(row.kind), name=row.name, area=row.area,
            found_at=row.found_at, arrived_at=row.arrived_at, off=row.off, lon=row.lon, lat=row.lat, gap=row.gap,
            far=row.gap is not None and row.gap > FAR, receipt=row.receipt,
            number=case_number(district, row.case_id), state=State(cases[row.case_id].state),
            title=cases[row.case_id].title,
        )
        for row in rows
    ]  # fmt: skip
