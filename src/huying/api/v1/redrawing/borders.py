"""区划变更: a draft of edits on the areas below one, previewed, put in force from a chosen day, or dropped."""

from datetime import date, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.redrawing.shapes import (
    AreaChangeLine,
    AreaChangeWhole,
    AreaPiece,
    BorderStep,
    ChangeForced,
    ChangeLength,
    ChangeMeaning,
    ChangeRenewed,
    NewAreaChange,
)
from huying.api.v1.shapes import Problem
from huying.cases.queries.lists.spots import spots_for
from huying.geo.shapes import to_geojson
from huying.places.actions import add_step, drop_change, force_change, open_change, renew_change, undo_step
from huying.places.queries import ChangeRow, changes_for, drawn_for
from huying.places.rules.redrawing import AreaChanged, Step, StepKind, meaning

router = Router(tags=["区划变更"])
_CASES_OF: Final = timedelta(days=30)
_HECTARE: Final = 10_000.0
# To the last digit: what was drawn is sent back as it was read.
_DIGITS: Final = 13


class AskedChanges(Turn):
    """Which changes."""

    parent: str = Field("", max_length=15, pattern=r"^\d*$", description="改哪里下面的，区划代码或其开头")


@router.get("/area-changes", response=page_of("area_changes", AreaChangeLine), summary="区划变更")
def listed(request: AskedRequest, asked: Annotated[AskedChanges, Query()]) -> dict[str, Any]:
    """The newest changes within the key's areas, at most 50."""
    must(request.actor, Permission.AREA_EDIT)
    rows, after = cut(changes_for(request.actor, asked.parent), asked, lambda row: row.id)
    return {"area_changes": [_line(row) for row in rows], "after": after}


@router.post("/area-changes", response={201: AreaChangeWhole}, summary="起草区划变更")
def opened(request: AskedRequest, given: NewAreaChange) -> Status[dict[str, Any]]:
    """Begin a change to the areas below one; the same ``key`` again is the same one. Nothing is in force yet."""
    must(request.actor, Permission.AREA_EDIT)
    number = open_change(request.actor, given.parent, UUID(str(given.key)), request.now)
    return Status(201, _one(request, number))


@router.get("/area-changes/{number}", response=AreaChangeWhole, summary="一份区划变更")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """Its edits, and what stands in their way."""
    must(request.actor, Permission.AREA_EDIT)
    return _one(request, number)


@router.get(
    "/area-changes/{number}/areas", response=page_of("areas", AreaPiece), summary="区划变更以后的区域"
)
def pieces(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The areas as they would be, or are since, with their outlines in CGCS2000 degrees."""
    must(request.actor, Permission.AREA_EDIT)
    drawn = drawn_for(request.actor, known(number), request.now)
    rows, after = cut(
        sorted(drawn.after.pieces.values(), key=lambda one: one.code), turn, lambda one: one.code
    )
    return {
        "areas": [
            {"code": one.code, "name": one.name, "below": one.below, "geometry": to_geojson(one.outline, _DIGITS)}
            for one in rows
        ],
        "after": after,
    }  # fmt: skip


@router.get("/area-changes/{number}/meaning", response=ChangeMeaning, summary="区划变更会怎样")
def meant(request: AskedRequest, number: int) -> dict[str, Any]:
    """Every area before and after, with the cases of the last 30 days and the open ones counted; no case is named."""
    must(request.actor, Permission.AREA_EDIT)
    drawn = drawn_for(request.actor, known(number), request.now)
    spots = spots_for(request.actor, drawn.change.parent, request.now - _CASES_OF)
    found = meaning(drawn.before, drawn.after, [spots.since, spots.open])
    month_moved, open_moved = found.moved
    return {
        "areas": [_meant(area) for area in found.areas],
        "month_moved": month_moved,
        "open_moved": open_moved,
        "nowhere": spots.nowhere,
    }


@router.post(
    "/area-changes/{number}/steps", response={200: AreaChangeWhole, 409: Problem}, summary="改一步边界"
)
def stepped(request: AskedRequest, number: int, given: BorderStep) -> dict[str, Any]:
    """One more edit after ``length`` edits; 400 says where it cannot be done, 409 that somebody else drew meanwhile."""
    must(request.actor, Permission.AREA_EDIT)
    kind = given.kind
    step = Step(
        kind,
        tuple(sorted(given.codes)) if kind in {StepKind.SPLIT, StepKind.MERGE} else (),
        tuple((lon, lat) for lon, lat in given.points) if kind is not StepKind.MERGE else (),
        given.name.strip() if kind is not StepKind.MOVE else "",
    )
    add_step(request.actor, known(number), step, given.length, request.now)
    return _one(request, number)


@router.post(
    "/area-changes/{number}/undo", response={200: AreaChangeWhole, 409: Problem}, summary="撤回上一步"
)
def undone(request: AskedRequest, number: int, given: ChangeLength) -> dict[str, Any]:
    """Take back the last of ``length`` edits."""
    must(request.actor, Permission.AREA_EDIT)
    undo_step(request.actor, known(number), given.length, request.now)
    return _one(request, number)


@router.post(
    "/area-changes/{number}/renew", response={200: ChangeRenewed, 409: Problem}, summary="按现在的边界重做"
)
def renewed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Draw the edits anew on the borders as they are now; those that cannot be done any more fall away."""
    must(request.actor, Permission.AREA_EDIT)
    lost = renew_change(request.actor, known(number), request.now)
    return _one(request, number) | {"lost": lost}


@router.post(
    "/area-changes/{number}/force", response={200: AreaChangeWhole, 409: Problem}, summary="区划变更生效"
)
def forced(request: AskedRequest, number: int, given: ChangeForced) -> dict[str, Any]:
    """Put the draft in force from a day on: today at once, later days from midnight. Old borders stay for before."""
    must(request.actor, Permission.AREA_EDIT)
    day: date = given.day
    force_change(request.actor, known(number), given.length, day, given.reason, request.now)
    return _one(request, number)


@router.post(
    "/area-changes/{number}/drop", response={200: AreaChangeWhole, 409: Problem}, summary="放弃区划变更"
)
def dropped(request: AskedRequest, number: int) -> dict[str, Any]:
    """Give a draft up, or withdraw what has not begun; 409 once it is in force."""
    must(request.actor, Permission.AREA_EDIT)
    drop_change(request.actor, known(number), request.now)
    return _one(request, number)


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    drawn = drawn_for(request.actor, known(number), request.now)
    told = {"stale": drawn.stale, "problem": drawn.problem, "waiting": drawn.waiting}
    return _line(drawn.change) | told


def _line(row: ChangeRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ChangeRow.__dataclass_fields__}


def _meant(area: AreaChanged) -> dict[str, Any]:
    what = "begun" if area.begun else "ended" if area.ended else "redrawn" if area.touched else "same"
    before, after = (None if size is None else round(size / _HECTARE, 1) for size in area.surface)
    month, still_open = area.counts
    return {
        "code": area.code, "name": area.name, "what": what, "hectares_before": before, "hectares_after": after,
        "month_before": month[0], "month_after": month[1], "open_before": still_open[0], "open_after": still_open[1],
    }  # fmt: skip
