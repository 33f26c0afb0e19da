"""工作日历: a year's days off and make-up workdays, entered here day by day or as the whole year's notice."""

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.cases.actions.settings import drop_day, set_day, set_year
from huying.cases.queries.desks.calendars import CalendarDay, CalendarYear, calendar_year_for, clocks_running
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import said, worded
from huying.web.admin.annals import beside
from huying.web.admin.settings import reading
from huying.web.guard import StaffRequest, guarded
from huying.worktime import DayKind

_AHEAD: Final = 3
_MOST_DAYS: Final = 367
_KINDS: Final = {DayKind.HOLIDAY: gettext_noop("放假"), DayKind.MAKE_UP: gettext_noop("上班")}
_OFF, _ON = ("放假", "off", "holiday"), ("上班", "on", "work")


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """A year, each day as it counts; ``day`` opens one to be changed."""
    return _page(request, request.GET)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put(request: StaffRequest, what: str) -> HttpResponse:
    """A day, several days, a whole year, or a day left to the statutory calendar again."""
    act = _ACTS.get(what)
    if act is None:
        return redirect("admin:calendar")
    try:
        told = act(request, request.POST)
    except HuyingError as error:
        if what == "no-day":
            raise
        wrong = "；".join(worded(text, _) for text in error.fields.values()) or worded(error.message, _)
        return _page(request, request.POST, {"wrong": wrong, "form": what}, error.status)
    messages.success(request, told)
    year = request.POST.get("year", "") or request.POST.get("day", "")[:4]
    return redirect(f"{reverse('admin:calendar')}?year={year}")


def _page(
    request: StaffRequest, said: QueryDict, refused: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate(request.now)
    day = _day(said.get("day", ""))
    text = said.get("year", "")
    known = {str(one): one for one in reading.YEARS}
    year = known.get(text) or (day or today).year
    whole = calendar_year_for(request.actor, year)
    chosen = next((one for one in whole.days if one.day == day), None)
    noon = timezone.make_aware(datetime.combine(day, time(12))) if day else None
    context = {
        "tab": "calendar",
        "year": whole,
        "years": range(today.year - 1, today.year + _AHEAD + 1),
        "months": _months(whole, today),
        "special": [(one, _kind_words(one)) for one in whole.days if one.kind is not None],
        "chosen": chosen,
        "chosen_words": _kind_words(chosen) if chosen else "",
        "running": sum(clocks_running(request.actor).values()),
        "crossing": sum(clocks_running(request.actor, noon).values()) if noon else 0,
        "said": said,
        "day_kinds": [(kind.value, _(words)) for kind, words in _KINDS.items()],
        "notice": said.get("notice", "") or _notice(whole),
        "refused": refused or {},
        "changes": beside(request, Subject.DAY, limit=30),
    }
    return render(request, "admin/settings/calendar.html", context, status=status)


def _months(whole: CalendarYear, today: date) -> list[dict[str, Any]]:
    months = []
    for month in range(1, 13):
        days = [one for one in whole.days if one.day.month == month]
        cells: list[CalendarDay | None] = [*([None] * days[0].day.weekday()), *days]
        months.append(
            {
                "name": date_format(days[0].day, "F"),
                "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)],
                "working": sum(one.working for one in days),
                "today": today,
            }
        )
    return months


def _kind_words(one: CalendarDay) -> str:
    if one.kind is None:
        return _("上班") if one.working else _("周末")
    return _("调休上班") if one.kind is DayKind.MAKE_UP else _("放假")


def _notice(whole: CalendarYear) -> str:
    """What is known of a year, as the form reads it; the published or provisional days to begin from."""
    lines: list[tuple[str, DayKind, date, date]] = []
    for one in whole.days:
        if one.kind is None:
            continue
        last = lines[-1] if lines else None
        if last and last[:2] == (one.name, one.kind) and (one.day - last[3]).days == 1:
            lines[-1] = (*last[:3], one.day)
        else:
            lines.append((one.name, one.kind, one.day, one.day))
    return "\n".join(
        f"{name} {_(_KINDS[kind])} {first}{f' {last}' if last != first else ''}"
        for name, kind, first, last in lines
    )


def _special(request: StaffRequest, said: QueryDict) -> str:
    kind = said.get("kind", "")
    if kind not in set(DayKind):
        raise Invalid
    day, until = reading.day_of(said.get("day", "")), reading.day_or_none(said.get("until", ""))
    count = set_day(request.actor, day, DayKind(kind), said.get("name", ""), request.now, until=until)
    return _("已记下 %(n)d 天，从现在起新开始的时限按新日历算。") % {"n": count}


def _drop(request: StaffRequest, said: QueryDict) -> str:
    drop_day(request.actor, reading.day_of(said.get("day", "")), request.now)
    return _("已恢复成国家日历。")


def _whole(request: StaffRequest, said: QueryDict) -> str:
    year = reading.whole_of(said.get("year", ""))
    rows = (
        row
        for number, line in enumerate(said.get("notice", "").splitlines(), 1)
        for row in _row(line, number)
    )
    # More than a year has days means that one of them is said twice, which is refused.
    count = set_year(request.actor, year, list(islice(rows, _MOST_DAYS)), request.now)
    return _("%(year)d 年的日历已录入，共 %(n)d 天。") % {"year": year, "n": count}


def _row(line: str, number: int) -> list[tuple[date, DayKind, str]]:
    """``春节 放假 2027-02-05 2027-02-11``: a name, 放假 or 上班, a day, and the last day where there are several."""
    words = line.replace("至", " ").replace("到", " ").split()
    if not words:
        return []
    wrong = Invalid(
        fields={"notice": said("第 %(n)s 行看不懂：%(line)s", n=str(number), line=line.strip()[:60])}
    )
    if len(words) not in (3, 4) or words[1].lower() not in (*_OFF, *_ON):
        raise wrong
    try:
        first, last = date.fromisoformat(words[2]), date.fromisoformat(words[-1])
    except ValueError:
        raise wrong from None
    if not 0 <= (last - first).days <= 31:
        raise wrong
    kind = DayKind.HOLIDAY if words[1].lower() in _OFF else DayKind.MAKE_UP
    return [(date.fromordinal(one), kind, words[0]) for one in range(first.toordinal(), last.toordinal() + 1)]


def _day(text: str) -> date | None:
    try:
        return reading.day_or_none(text)
    except Invalid:
        return None


_ACTS: Final[dict[str, Callable[[StaffRequest, QueryDict], str]]] = {
    "day": _special,
    "no-day": _drop,
    "year": _whole,
}
