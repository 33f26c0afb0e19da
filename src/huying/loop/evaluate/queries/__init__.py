"""Whom to ask about what was done, what plans say of it, and what came of asking."""

from huying.loop.evaluate.queries.due import (
    FollowUp,
    FollowUpPage,
    Planned,
    due_follow_ups_for,
    planned_for,
    planned_visit,
    samples_for,
    visits_for,
)
from huying.loop.evaluate.queries.lending import visitor_for
from huying.loop.evaluate.queries.plans import Edition, edition_of, editions_for
from huying.loop.evaluate.queries.results import (
    AskedLine,
    Part,
    PlanResult,
    asked_cases_for,
    plan_results_for,
)
from huying.loop.evaluate.queries.rule import rule_of
from huying.loop.evaluate.queries.weighing import Forecast, forecast_for

__all__ = [
    "AskedLine",
    "Edition",
    "FollowUp",
    "FollowUpPage",
    "Forecast",
    "Part",
    "PlanResult",
    "Planned",
    "asked_cases_for",
    "due_follow_ups_for",
    "edition_of",
    "editions_for",
    "forecast_for",
    "plan_results_for",
    "planned_for",
    "planned_visit",
    "rule_of",
    "samples_for",
    "visitor_for",
    "visits_for",
]
