"""Runs that somebody asked for: long work of a kind of its own, seen by who asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.lab.policy import must_run
from huying.lab.rules.scenarios import Scenario, scenario_of
from huying.longwork.queries import WorkInfo, work_of, works_of
from huying.longwork.rules.states import WorkState

KIND: Final = "lab"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run. ``result`` is empty until it is done."""

    id: int
    state: WorkState
    share: int | None
    asked_at: datetime
    month: date
    scenarios: Sequence[Scenario]
    result: Mapping[str, Any]
    error: str


def runs_for(actor: Actor) -> list[RunInfo]:
    """One's own runs, the newest first. Raises Denied."""
    must_run(actor)
    return [_run(one) for one in works_of(actor) if one.kind == KIND]


def run_for(actor: Actor, number: int) -> RunInfo:
    """One of them. Raises Denied, NotFound."""
    must_run(actor)
    found = work_of(actor, number)
    if found.kind != KIND:
        raise NotFound
    return _run(found)


def _run(work: WorkInfo) -> RunInfo:
    return RunInfo(
        work.id, work.state, work.share, work.asked_at, date.fromisoformat(work.params["month"]),
        [scenario_of(one) for one in work.params["scenarios"]],
        work.outcome if work.state is WorkState.DONE else {}, work.error,
    )  # fmt: skip
