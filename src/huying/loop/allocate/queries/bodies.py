"""To which body a case belongs: rulings, the responsibility list and history, each saying why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.timezone import localdate

from huying.catalogue.rules import Level
from huying.kernel.errors import NotFound
from huying.loop.allocate.queries.described import Asked, area_name, features_of, line_of
from huying.loop.allocate.queries.held import bodies_held
from huying.loop.allocate.queries.precedents import PrecedentInfo, in_force, thresholds
from huying.loop.allocate.rules.weighing import Suggestion, Word, weigh
from huying.people import queries as people

__all__ = ["Asked", "suggest_bodies"]

_WINDOW: Final = timedelta(days=90)
_STREET_DUTY: Final = "street"
_STREET: Final = 9
_WORTH_SAYING: Final = 3
_RECENT: Final = 200

Counts = Mapping[tuple[str, str], Mapping[int, int]]


def suggest_bodies(
    district: int, cases: Sequence[Asked], now: datetime, limit: int = 5
) -> list[list[Suggestion]]:
    """For each case the likeliest bodies, best first, with the reasons a dispatcher reads.

    Only bodies active at ``now`` are suggested. An item judged first at the street or below (R205) goes to the
    body that bears the duty ``street`` there, with the body of its own duty next.
    """
    active = {info.id for info in people.bodies(district, now)}
    rulings = in_force(district, [case.item for case in cases], now)
    counts = _counts(district, {case.item for case in cases}, now)
    list_weight = thresholds(district).list_weight
    answers = []
    for case in cases:
        guessed, experience = _guessed(district, case, active)
        words = [word for word in _from_list(district, case, now) if word.body_id in active]
        ruling = _ruled(rulings.get(case.item, ()), case, active)
        found = weigh(ruling, words, guessed, experience, list_weight)[:limit]
        answers.append([_with_history(district, case, suggestion, counts) for suggestion in found])
    return answers


def _guessed(district: int, case: Asked, active: set[int]) -> tuple[dict[int, float], float]:
    held = bodies_held(district)
    with held.lock:
        suggester = held.suggester
        if not suggester.learned:
            return {}, 0.0
        suggester.know(map(str, sorted(active)))
        features = features_of(district, case)
        guesses = suggester.suggest(features)
        return {int(guess.body): guess.probability for guess in guesses}, suggester.experience(features)


def _ruled(rulings: Sequence[PrecedentInfo], case: Asked, active: set[int]) -> Word | None:
    ruling = next((r for r in rulings if r.covers(case.item, case.area, case.condition)), None)
    if ruling is None or ruling.body_id not in active:
        return None
    month = localdate(ruling.valid_from).strftime("%Y-%m")
    return Word(ruling.body_id, f"先例：{month} 裁定（案件 {ruling.case_number}）同类情形由其办理")


def _from_list(district: int, case: Asked, now: datetime) -> list[Word]:
    line = line_of(district, case.item)
    if line is None:
        return []
    condition = line.condition(case.condition) if case.condition is not None else None
    level = condition.level if condition else line.level
    lead = condition.lead if condition else (line.conditions[0].lead if line.conditions else line.duty)
    words = []
    if level is not Level.DISTRICT and len(case.area) >= _STREET:
        words.append(_word(district, _STREET_DUTY, case.area, now, f"首判：“{line.name}”先由{{}}处置"))
    words.append(_word(district, lead, case.area, now, f"清单：“{line.name}”由{{}}牵头"))
    return [word for word in words if word is not None]


def _word(district: int, duty: str, area: str, now: datetime, sentence: str) -> Word | None:
    body_id = people.body_for(district, duty, area, now)
    return None if body_id is None else Word(body_id, sentence.format(_body_name(district, body_id)))


def _counts(district: int, items: set[str], now: datetime) -> Counts:
    """Who had the last matters of each item, by street: so many of them that more would say nothing new."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.item, substring(recent.area, 1, %s), recent.body_id, count(DISTINCT recent.case_id) "
            "FROM unnest(%s::text[]) asked(item), LATERAL (SELECT area, body_id, case_id FROM allocate_bodylesson "
            "WHERE district = %s AND item = asked.item AND at > %s AND at <= %s ORDER BY at DESC LIMIT %s) recent "
            "GROUP BY 1, 2, 3",
            [_STREET, sorted(items), district, now - _WINDOW, now, _RECENT],
        )
        rows = cursor.fetchall()
    counts: dict[tuple[str, str], dict[int, int]] = {}
    for item, street, body_id, times in rows:
        counts.setdefault((item, street), {})[body_id] = times
    return counts


def _with_history(district: int, case: Asked, suggestion: Suggestion, counts: Counts) -> Suggestion:
    street = case.area[:_STREET]
    same = counts.get((case.item, street), {})
    own, total = same.get(suggestion.body_id, 0), sum(same.values())
    if not own or total < _WORTH_SAYING:
        return suggestion
    place, name = area_name(district, street), _body_name(district, suggestion.body_id)
    reason = f"历史：近 {_WINDOW.days} 天{place}最近 {total} 件同类中 {own} 件由{name}办理"
    return replace(suggestion, reasons=(*suggestion.reasons, reason))


def _body_name(district: int, body_id: int) -> str:
    try:
        return people.body(district, body_id).short_name
    except NotFound:
        return f"单位 {body_id}"
