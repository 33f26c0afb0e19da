"""Rows that stand beside cases: those of the cases an actor may act on, and the words said with their entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Case, Statement
from huying.cases.policy import visible_to
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.searching import matching


def theirs(model: Any, actor: Actor, permission: Permission, area: str = "") -> QuerySet[Any]:
    """Rows of cases on which the actor holds the permission; ``area`` is a prefix of codes."""
    cases = Case.objects.filter(
        visible_to(actor, permission), district=OuterRef("district"), id=OuterRef("case_id")
    )
    if area:
        cases = cases.filter(area__startswith=area)
    rows: QuerySet[Any] = model.objects.filter(Exists(cases), district=actor.district)
    return rows if actor.may(permission) else rows.none()


def narrowed(rows: QuerySet[Any], district: int, wanted: CaseFilter, now: datetime) -> QuerySet[Any]:
    """Those of the rows whose case fits; all of them where nothing is asked."""
    if wanted == CaseFilter(closed=wanted.closed):
        return rows
    cases = Case.objects.filter(fits(wanted, now), district=district)
    if wanted.text:
        cases = matching(cases, district, wanted.text, closed=wanted.closed)
    return rows.filter(Exists(cases.filter(id=OuterRef("case_id"))))


def said_with(district: int, entries: Sequence[tuple[int, int]], name: str) -> dict[tuple[int, int], str]:
    """(case, entry) → the text of this name said with it; erased ones are left out."""
    if not entries:
        return {}
    of = Q(case_id__in=[case for case, _seq in entries], seq__in=[seq for _case, seq in entries])
    rows = Statement.objects.filter(of, district=district, name=name)
    wanted = set(entries)
    return {(row.case_id, row.seq): row.text for row in rows if (row.case_id, row.seq) in wanted}
