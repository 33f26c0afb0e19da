"""A run: asked for by somebody, done behind the pages in a transaction that cannot write."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.kernel.clock import now as present
from huying.kernel.errors import Invalid
from huying.lab.policy import must_run
from huying.lab.queries.past import Past, past_of
from huying.lab.queries.runs import KIND
from huying.lab.rules.fitting import Times, Tried, foretold, learned, tried
from huying.lab.rules.queueing import Job
from huying.lab.rules.replaying import replayed
from huying.lab.rules.scenarios import Scenario, after, check, scenario_of
from huying.longwork.actions import Made, Task, ask

NAME: Final = gettext_noop("政策实验")


def ask_run(by: Actor, month: date, scenarios: Sequence[Scenario], now: datetime, today: date) -> int:
    """The id of the work. Raises Denied, Invalid (fields named), Conflict for who has too much waiting."""
    must_run(by)
    check(scenarios)
    if month.day != 1 or after(month) > today.replace(day=1):
        raise Invalid(fields={"month": "请选一个已经过完的月份。"})
    params = {"month": month.isoformat(), "scenarios": [one.as_data() for one in scenarios]}
    language = translation.get_language() or "zh-hans"
    return ask(by, KIND, NAME, params, now, language=language, about=month.strftime("%Y-%m"))


def do_run(task: Task) -> Made:
    """Read, replay, learn, try, foretell. Nothing in it can write: the database itself refuses."""
    scenarios = [scenario_of(one) for one in task.params["scenarios"]]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        month = date.fromisoformat(task.params["month"])
        past = past_of(task.actor, month, present(), task.progress.told)
    models = {body: _model(parts, task) for body, parts in sorted(past.jobs.items())}
    task.progress.told(3, 4)
    result = {
        "models": [_told_model(body, model, past) for body, model in models.items()],
        "scenarios": [_scenario(one, past, models, task) for one in scenarios],
    }
    task.progress.told(4, 4)
    return Made("", {"rows": len(past.month), **result})


def _model(parts: tuple[Sequence[Job], Sequence[Job], Sequence[Job]], task: Task) -> Tried | None:
    warm, learn, month = parts
    model = learned(warm, learn, step=lambda: task.progress.told(3, 4))
    return tried(model, [*warm, *learn], month) if model is not None and month else None


def _told_model(body: int, model: Tried | None, past: Past) -> dict[str, Any]:
    jobs = len(past.jobs[body][2])
    if model is None:
        return {"body": body, "jobs": jobs, "may": False, "error": None}
    return {
        "body": body, "jobs": jobs, "may": model.may, "error": round(model.error, 3),
        "servers": model.model.servers, "real": _times(model.real), "told": _times(model.told),
    }  # fmt: skip


def _times(times: Times) -> dict[str, float]:
    return {name: round(getattr(times, name), 2) for name in ("mean", "median", "tenth", "late")}


def _scenario(one: Scenario, past: Past, models: Mapping[int, Tried | None], task: Task) -> dict[str, Any]:
    rows = replayed(past.month, one.limits(), past.due, present())
    staff = (
        [] if one.staff == 100 else [_staffed(one, body, model, past, task) for body, model in models.items()]
    )
    return {
        "name": one.name,
        "limits": [
            {
                "body": row.body_id, "stage": row.stage.value, "clocks": row.clocks, "late": row.late,
                "other": row.other, "low": round(row.low, 1), "high": round(row.high, 1),
            }
            for row in rows
            if one.concerns(row.body_id)
        ],
        "staff": [row for row in staff if row],
    }  # fmt: skip


def _staffed(one: Scenario, body: int, model: Tried | None, past: Past, task: Task) -> dict[str, Any] | None:
    """A month with other staffing; only of a body whose model told a month it had not seen."""
    if model is None or not model.may or not one.concerns(body):
        return None
    warm, learn, month = past.jobs[body]
    servers = max(1, round(model.model.servers * one.staff / 100))
    found = foretold(model.model, [*warm, *learn], month, servers, step=lambda: task.progress.told(3, 4))
    bands = {name: [round(value, 2) for value in getattr(found, name)] for name in ("mean", "tenth", "late")}
    return {"body": body, "servers": servers, "before": model.model.servers, **bands}
