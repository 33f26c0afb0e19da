"""The late cases behind the numbers of the oversight board, longest late first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from huying.access.actor import Actor
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.lists.filtering import NO_ITEM
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.errors import Invalid
from huying.loop.supervise.models import CaseStanding
from huying.loop.supervise.queries.scopes import scope_for

PAGE: Final = 50
_COLUMNS: Final = ("late_since", "case_id", "late_kind", "late_body", "body_id", "clocks")


@dataclass(frozen=True, slots=True)
class Late:
    """One case with a limit that was passed: since when, which, and whose (0: the centre's)."""

    line: CaseLine
    since: datetime
    kind: ClockKind
    body_id: int


@dataclass(frozen=True, slots=True)
class WorstPage:
    """Late cases, longest late first, and the cursor of the next page; "" at the end."""

    cases: Sequence[Late]
    after: str = ""


def worst_for(
    actor: Actor,
    now: datetime,
    *,
    area: str = "",
    only: bool = False,
    body_id: int | None = None,
    kind: ClockKind | None = None,
    item: str = "",
    after: str = "",
    limit: int = PAGE,
) -> WorstPage:
    """The cases that are late, longest first; exactly those that the board counts under the same words.

    ``body_id`` is the body that leads, 0 for none yet. With ``kind`` every passed limit of that kind stands for itself:
    twice the same case where two bodies passed theirs, and ``body_id`` is whose limit it is. ``item`` is a class or
    NO_ITEM; ``only`` asks for what lies in no part of the area. Raises Denied, NotFound; Invalid for a cursor.
    """
    scope = scope_for(actor, area, body_id or None)
    wanted = Q(area__startswith=scope.area) if len(scope.area) > 6 else Q()
    wanted &= Q(area=scope.area) if only else Q()
    whose = scope.body_id if scope.body_id is not None else body_id
    wanted &= Q(item="" if item == NO_ITEM else item) if item else Q()
    rows = CaseStanding.objects.filter(wanted, district=scope.district, late_since__isnull=False)
    rows = _of(rows, kind, whose)
    if after:
        rows = rows.filter(_further(after))
    found = list(rows.order_by("late_since", "case_id").values_list(*_COLUMNS)[: limit + 1])
    shown = found[:limit]
    lines = {line.id: line for line in lines_of(actor, [row[1] for row in shown], now)}
    cases = [one for row in shown if row[1] in lines for one in _limits(lines[row[1]], row, kind, whose)]
    return WorstPage(cases, _cursor(shown[-1]) if len(found) > limit else "")


def _of(rows: QuerySet[CaseStanding], kind: ClockKind | None, whose: int | None) -> QuerySet[CaseStanding]:
    if kind is None:
        return rows if whose is None else rows.filter(body_id=whose)
    owner = f" && @[1] == {int(whose)}" if whose is not None and kind.of_order else ""
    path = Value(f'strict $[*] ? (@[0] == "{kind.value}" && @[3] == true{owner})')
    passed: Any = Func(
        F("clocks"), path, function="jsonb_path_exists", template="%(function)s(%(expressions)s::jsonpath)",
        output_field=BooleanField(),
    )  # fmt: skip
    rows = rows.filter(passed)
    return rows if whose is None or kind.of_order else rows.filter(body_id=whose)


def _limits(line: CaseLine, row: Sequence[Any], kind: ClockKind | None, whose: int | None) -> Iterator[Late]:
    since, _case, late_kind, late_body, _lead, clocks = row
    if kind is None:
        yield Late(line, since, ClockKind(late_kind), late_body)
        return
    for name, owner, due, late, _counted in clocks:
        if late and name == kind.value and (whose is None or not kind.of_order or owner == whose):
            yield Late(line, datetime.fromisoformat(due), kind, owner)


def _cursor(row: Sequence[Any]) -> str:
    return orjson.dumps([row[0].isoformat(), row[1]]).hex()


def _further(after: str) -> Q:
    try:
        since, case_id = orjson.loads(bytes.fromhex(after))
        at, number = datetime.fromisoformat(since), int(case_id)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    return Q(late_since__gt=at) | Q(late_since=at, case_id__gt=number)
