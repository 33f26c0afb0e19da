"""Carrying a card on: the next ring, the next level of duty, or waiting. Called under the card's lock by everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils.timezone import localtime

from huying.emergency.actions.marking import mark, save
from huying.emergency.actions.telling import tell_alerted, tell_level
from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.queries.duty import Level, levels_for
from huying.emergency.queries.near import candidates_near
from huying.emergency.rules.choosing import Chosen, choose
from huying.emergency.rules.kinds import Answer, MarkKind
from huying.emergency.rules.plans import Plan, Ring, plan_of
from huying.emergency.rules.standing import Next, Standing, next_of

_FEW: Final = 40
_SPARE: Final = 5


@dataclass(slots=True)
class _Counts:
    accepted: int
    pending: int
    alerted: int


def carry_on(card: Emergency, now: datetime, *, due: bool = False) -> int:
    """Do what is next until something is waited for, and save; how many responders were alerted.

    ``due``: the time of waiting is over. The caller holds the card's lock.
    """
    plan = plan_of(card.kind, card.plan)
    alerted = 0
    due = due or card.next_at is None or card.next_at <= now
    while True:
        counts = _counts(card)
        levels: list[Level] = []
        if card.ring >= len(plan.rings) and card.taken_at is None and card.over_at is None:
            levels = levels_for(card.district, card.area, now)
        step = next_of(
            Standing(
                card.ring, len(plan.rings), counts.accepted, plan.enough, counts.pending, card.hand, len(levels),
                card.taken_at is not None, card.over_at is not None, due,
            )
        )  # fmt: skip
        if step is Next.RING:
            alerted += _ring(card, plan, now)
        elif step is Next.HAND:
            _hand(card, plan, levels, counts, now)
        else:
            break
        due = False
    if step is Next.NOTHING:
        card.next_at = None
        if not levels and card.ring >= len(plan.rings) and counts.accepted < plan.enough:
            _say_nobody_leads(card, now)
    save(card)
    return alerted


def _ring(card: Emergency, plan: Plan, now: datetime) -> int:
    ring = plan.rings[card.ring]
    number = card.ring + 1
    chosen = _chosen(card, plan, ring, now)
    card.ring = number
    facts = {"ring": number, "metres": ring.metres, "people": len(chosen)}
    if card.lon is None or card.lat is None:
        card.ring = len(plan.rings)
        mark(card, MarkKind.NOBODY, now, facts={**facts, "why": "place"})
        return 0
    if not chosen:
        mark(card, MarkKind.NOBODY, now, facts=facts)
        return 0
    alerts = _alerts(card, number, chosen, now)
    card.next_at = now + timedelta(seconds=ring.wait)
    facts["nearest"] = chosen[0].metres
    facts["farthest"] = chosen[-1].metres
    mark(card, MarkKind.RING, now, facts=facts)
    tell_alerted(card, alerts, now)
    return len(alerts)


def _chosen(card: Emergency, plan: Plan, ring: Ring, now: datetime) -> list[Chosen]:
    if card.lon is None or card.lat is None:
        return []
    skills = plan.skills if ring.skilled else ()
    # Where thousands live within a ring, the nearest are found among the nearest; all are asked for only where most
    # of those are off.
    for most in (_FEW + _SPARE * ring.most, None):
        found = candidates_near(card, ring.metres, skills, now, most)
        chosen = choose(ring, card.lon, card.lat, found, skills, localtime(now))
        if len(chosen) == ring.most or most is None or len(found) < most:
            break
    return chosen


def _alerts(card: Emergency, ring: int, chosen: list[Chosen], now: datetime) -> list[Alert]:
    names = {
        row.id: row
        for row in Responder.objects.filter(
            district=card.district, id__in=[one.candidate.id for one in chosen]
        )
    }
    return Alert.objects.bulk_create(
        Alert(
            district=card.district,
            emergency_id=card.id,
            responder_id=one.candidate.id,
            name=names[one.candidate.id].name,
            kind=names[one.candidate.id].kind,
            ring=ring,
            metres=one.metres,
            lon=one.candidate.lon,
            lat=one.candidate.lat,
            reported=one.candidate.reported,
            alerted_at=now,
        )
        for one in chosen
    )


def _hand(card: Emergency, plan: Plan, levels: list[Level], counts: _Counts, now: datetime) -> None:
    level = levels[card.hand]
    words = f"已告警 {counts.alerted} 人，{counts.accepted} 人能去，还差 {plan.enough - counts.accepted} 人。"
    card.hand += 1
    card.next_at = now + timedelta(seconds=plan.hand_wait) if card.hand < len(levels) else None
    facts = {"level": level.area, "accounts": len(level.accounts), "people": list(level.people)}
    mark(card, MarkKind.HANDED, now, words=level.name, facts=facts)
    tell_level(card, level, words, now)


def _say_nobody_leads(card: Emergency, now: datetime) -> None:
    """Once: neither responders nor anybody on duty. Whoever looks at the card must see that nobody was told."""
    if card.over_at is None and card.taken_at is None and card.hand == 0:
        card.hand = 1
        mark(card, MarkKind.NOBODY, now, facts={"why": "duty"})


def _counts(card: Emergency) -> _Counts:
    found = Alert.objects.filter(district=card.district, emergency_id=card.id).aggregate(
        accepted=Count("id", filter=Q(answer=Answer.ACCEPTED.value)),
        pending=Count("id", filter=Q(answer="")),
        alerted=Count("id"),
    )
    return _Counts(found["accepted"], found["pending"], found["alerted"])
