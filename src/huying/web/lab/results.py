"""What came of a run: the model's error first, then the scenarios side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.catalogue.rules.what_if import Stage
from huying.lab.queries import run_for
from huying.lab.rules.fitting import BOUND, LEAST
from huying.people.queries import unit_names
from huying.web.guard import StaffRequest, guarded


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One body and stage: how many were late, and by scenario how many would have been, with the band in words."""

    body: str
    stage: str
    clocks: int
    late: int
    others: Sequence[tuple[str, int, str]]


@guarded(P.LAB_RUN)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The page of one run."""
    run = run_for(request.actor, number)
    names = unit_names(request.actor.district)
    scenarios = run.result.get("scenarios", [])
    context = {
        "run": run,
        "names": [one["name"] for one in scenarios],
        "limits": _limits(scenarios, names),
        "models": [
            (names.get(one["body"], ""), one, _percent(one["error"])) for one in run.result.get("models", [])
        ],
        "staff": _staff(scenarios, names),
        "bound": _percent(BOUND),
        "least": LEAST,
    }
    return render(request, "lab/one.html", context)


def _limits(scenarios: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> list[LimitRow]:
    """Bodies and stages that any scenario speaks of."""
    found: dict[tuple[int, str], LimitRow] = {}
    order = [stage.value for stage in Stage]
    for place, scenario in enumerate(scenarios):
        for row in scenario["limits"]:
            key = (row["body"], row["stage"])
            before = found.get(key)
            others = (
                list(before.others)
                if before
                else [(one["name"], row["late"], "") for one in scenarios[:place]]
            )
            band = _("%(low)s 到 %(high)s 个百分点") % {
                "low": f"{row['low']:+.1f}",
                "high": f"{row['high']:+.1f}",
            }
            others.append((scenario["name"], row["other"], band if row["other"] != row["late"] else ""))
            found[key] = LimitRow(
                names.get(row["body"], ""), _(Stage(row["stage"]).zh), row["clocks"], row["late"], others
            )
    return [found[key] for key in sorted(found, key=lambda key: (names.get(key[0], ""), order.index(key[1])))]


def _staff(scenarios: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> list[tuple[str, list[Any]]]:
    return [
        (
            scenario["name"],
            [
                (names.get(row["body"], ""), row, [_percent(part) for part in row["late"]])
                for row in scenario["staff"]
            ],
        )
        for scenario in scenarios
        if scenario["staff"]
    ]


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.0f}%"
