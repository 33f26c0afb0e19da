"""Reports written: by the clock once a period, and anew when somebody asks; what is archived is never written over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from huying.access.actor import Actor, system
from huying.cases.queries.settings.calendars import calendar_of
from huying.figures.queries import days_for
from huying.figures.rules.periods import Period, local_day
from huying.kernel.errors import Conflict, Invalid
from huying.places.queries import Level, areas
from huying.reports.actions.awaiting import await_signature
from huying.reports.models import Report
from huying.reports.policy import must_see, must_word
from huying.reports.queries.gathering import gather
from huying.reports.queries.settings import times_of
from huying.reports.rules.doc import Json, plain, runs, span_words, told
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import Origin, ReportKind, period_of
from huying.reports.rules.schedule import due_periods
from huying.reports.rules.writing import key_numbers, title_of, written
from huying.reports.rules.writing.measures import Measure

# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 7_219
LANGUAGES: Final = tuple(code for code, _ in settings.LANGUAGES)


def write_due(district: int, now: datetime, most: int = 1) -> int:
    """Write up to ``most`` of the reports that are to be there by now and are not; how many were written.

    Each once, whoever else does the same at this moment and however late: older periods first, for each report looks
    back at the one before. Where nothing was ever counted there is nothing to report yet.
    """
    made = 0
    zone = zone_of(district)
    for kind, times in times_of(district).items():
        for period in due_periods(kind, times, now, zone):
            for area in _lacking(district, kind, period):
                if made >= most:
                    return made
                made += write_once(district, kind, area, period, now)
    return made


def write_once(district: int, kind: ReportKind, area: str, period: Period, now: datetime) -> bool:
    """Write the first version of a report; whether it was not there yet."""
    with transaction.atomic():
        _in_turn(district)
        if Report.objects.filter(district=district, kind=kind.value, area=area, first=period.first).exists():
            return False
        _write(system(district), kind, area, period, Origin.CLOCK, now)
    return True


def write_anew(by: Actor, kind: ReportKind, area: str, on: date, now: datetime) -> int:
    """Write a report of the period that holds a day, as a further version where there is one; its id.

    Raises Denied; NotFound for an area outside the actor's posts; Invalid for a period that has not begun; Conflict for
    one that is not over.
    """
    must_see(by, area)
    must_word(by, area)
    if area not in {code for code in _areas(by.district)}:
        raise Invalid("请选全区或一个街道。", fields={"area": "请选全区或一个街道。"})
    period = period_of(kind, on)
    if local_day(now, zone_of(by.district)) <= period.last:
        raise Conflict("这段时间还没有过完，过完才能写报告。")
    with transaction.atomic():
        _in_turn(by.district)
        return _write(by, kind, area, period, Origin.ANEW, now).pk


def zone_of(district: int) -> ZoneInfo:
    """The zone of a district's days."""
    return calendar_of(district).zone


def next_number(report_of: dict[str, Any]) -> int:
    """The number of a report's next version, to be asked in turn."""
    last = Report.objects.filter(**report_of).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _areas(district: int) -> list[str]:
    return [str(district), *(one.code for one in areas(district, Level.STREET))]


def _lacking(district: int, kind: ReportKind, period: Period) -> Sequence[str]:
    same = Report.objects.filter(district=district, kind=kind.value, first=period.first)
    there = set(same.values_list("area", flat=True))
    lacking = [area for area in _areas(district) if area not in there]
    return lacking if lacking and _ever_counted(district, period) else []


def _ever_counted(district: int, period: Period) -> bool:
    since = Period(date(period.last.year - 2, period.last.month, 1), period.last)
    return bool(days_for(system(district), since))


def _in_turn(district: int) -> None:
    """One at a time: of two that write the same the second finds it there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])


def _write(by: Actor, kind: ReportKind, area: str, period: Period, origin: Origin, now: datetime) -> Report:
    facts = gather(by.district, kind, area, period, now)
    blocks, measures = written(facts)
    text = {}
    for language in LANGUAGES:
        with translation.override(language):
            text[language] = {
                "title": plain(runs(title_of(kind, facts.area_name), gettext, language)),
                "period": span_words(period, language),
                "blocks": told(blocks, gettext, language),
            }
    same = {"district": by.district, "kind": kind.value, "area": area, "first": period.first}
    report = Report.objects.create(
        **same, last=period.last, number=next_number(same), origin=origin.value, area_name=facts.area_name,
        unit=facts.unit[:120], text=text, measures=[_measure(one) for one in measures], numbers=_numbers(facts),
        made_at=now, made_by=by.name[:60], account_id=by.account_id,
    )  # fmt: skip
    await_signature(report, now)
    return report


def _measure(one: Measure) -> Json:
    what = {}
    for language in LANGUAGES:
        with translation.override(language):
            what[language] = plain(runs(one.what, gettext, language))
    aim = {"link": dict(one.aim.link), "was": one.aim.was, "days": one.aim.days} if one.aim else None
    return {"who": one.who, "what": what, "by": one.by.isoformat(), "aim": aim}


def _numbers(facts: Facts) -> list[Json]:
    found = []
    for code, name, value in key_numbers(facts):
        names = {}
        for language in LANGUAGES:
            with translation.override(language):
                names[language] = plain(runs(name, gettext, language))
        found.append(
            {
                "code": code,
                "names": names,
                "value": int(value.text),
                "to": dict(value.to) if value.to else None,
            }
        )
    return found
