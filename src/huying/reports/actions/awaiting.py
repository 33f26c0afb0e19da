"""待签发: whoever may sign a report hears of it, once more when it is late, and no more when somebody signed."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.urls import reverse

from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.cases.queries.settings.calendars import calendar_of
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.actions.withdrawing import withdraw
from huying.notices.queries.wording import Happened
from huying.people.queries.reaching import PostOf, posts_in
from huying.reports.models import Awaiting, Report
from huying.reports.queries.settings import times_of
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import sign_by
from huying.texts.rules.occasions import Occasion

_TOLD: Sequence[Occasion] = (Occasion.TO_SIGN, Occasion.SIGN_LATE)


def await_signature(report: Report, now: datetime) -> None:
    """From now on a new version waits to be signed: tell whoever may, unless the period's report waits already."""
    kind = ReportKind(report.kind)
    within = times_of(report.district)[kind].sign_within
    row, is_new = Awaiting.objects.get_or_create(
        district=report.district, kind=report.kind, area=report.area, first=report.first,
        defaults={"report": report, "due_at": sign_by(now, within, calendar_of(report.district))},
    )  # fmt: skip
    if is_new:
        people = [one for one in _signers(report, now) if one.account_id != report.account_id]
        _tell(row, report, people, Occasion.TO_SIGN, now)


def signed(report: Report, now: datetime) -> None:
    """The period's report waits no more, and nobody is told of it any more."""
    row = Awaiting.objects.filter(
        district=report.district, kind=report.kind, area=report.area, first=report.first
    ).first()
    if row is None:
        return
    accounts = {one.account_id for one in _signers(report, now)}
    withdraw(report.district, _once(row), _TOLD, accounts, "已签发", now)
    row.delete()


@transaction.atomic
def remind_late(district: int, now: datetime) -> int:
    """Remind whoever may sign of what waits beyond its limit, once each; how many reports they were reminded of.

    What nobody may sign at present is looked at again.
    """
    rows = Awaiting.objects.select_for_update(skip_locked=True).filter(
        district=district, reminded_at=None, due_at__lte=now
    )
    reminded = 0
    for row in rows.order_by("id"):
        report = Report.objects.filter(
            district=district, kind=row.kind, area=row.area, first=row.first
        ).latest("number")
        if people := _signers(report, now):
            _tell(row, report, people, Occasion.SIGN_LATE, now)
            row.reminded_at = now
            row.save(update_fields=["reminded_at"])
            reminded += 1
    return reminded


def _signers(report: Report, now: datetime) -> list[PostOf]:
    """Who may sign for the very area, one post of each."""
    held = {
        one.account_id: one
        for one in posts_in(report.district, now)
        if one.body_id is None and one.area == report.area and Permission.REPORT_SIGN in ROLES[one.role]
    }
    return list(held.values())


def _tell(row: Awaiting, report: Report, people: Sequence[PostOf], occasion: Occasion, now: datetime) -> None:
    found = []
    for language, those in groupby(sorted(people, key=lambda one: one.language), lambda one: one.language):
        text = report.text[language if language in report.text else "zh-hans"]
        told = Happened(
            report.district, occasion, title=f"{text['title']} {text['period']}", area=report.area, due_at=row.due_at,
            path=reverse("reports:one", args=[report.pk]),
        )  # fmt: skip
        found.append(ToStaff(told, 0, now, {one.account_id: one.language for one in those}, once=_once(row)))
    write_for_staff(report.district, found, now)


def _once(row: Awaiting) -> str:
    return f"report:{row.report_id}"
