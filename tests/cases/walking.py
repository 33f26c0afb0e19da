"""A walk through the lifecycle by anybody, legal or not: who tries what on which case, and what is given with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.lifecycle import TABLE, Outcome, Part, State, Step, Verb, steps_from
from huying.cases.models import Appeal, Case, CaseAppeal, Order, Promise
from huying.kernel.errors import HuyingError
from tests.cast import DISTRICT, GRID, MONDAY, Cast

MAIN_ROAD: Final[Mapping[State, tuple[Verb, Outcome | None]]] = {
    State.RECEIVED: (Verb.FILE, None),
    State.FILED: (Verb.DISPATCH, None),
    State.DISPATCHED: (Verb.SIGN, None),
    State.HANDLING: (Verb.REPORT, None),
    State.REPORTED: (Verb.CHECK, Outcome.PASSED),
    State.CHECKED: (Verb.FOLLOW_UP, Outcome.SOLVED),
}


# Says what a public reply must say, whether the matter was solved or not.
REPLY: Final = "您好，接到反映后已到现场核查，积水已疏通；因管网老旧，下一步将列入改造计划。"


@dataclass(frozen=True)
class Try:
    """One attempt, in numbers that are taken modulo what there is: small ones keep to the main road."""

    kind: int
    case: int
    step: int
    actor: int
    variant: int
    minutes: int


@dataclass
class Walk:
    """The state of one walk; ``refused`` and ``taken`` count what happened."""

    cast: Cast
    now: datetime = MONDAY
    taken: int = 0
    refused: int = 0

    def start(self) -> None:
        self._receive(2)

    def go(self, each: Try) -> HuyingError | None:
        """Try it; the refusal, if it was refused."""
        self.now += timedelta(minutes=each.minutes)
        try:
            self._attempt(each)
        except HuyingError as error:
            self.refused += 1
            return error
        self.taken += 1
        return None

    def _attempt(self, each: Try) -> None:
        if each.kind == 10:
            fire_due(self.now)
        elif each.kind == 11:
            self._receive(1)
        else:
            cases = list(Case.objects.order_by("closed_at", "id"))
            case = cases[each.case % len(cases)]
            step = self._step(case, each)
            order_id = self._order(case, each) if each.variant % 11 == 10 else None
            advance(
                (DISTRICT, case.id), step.verb, by=self._actor(case, step, each), now=self.now,
                outcome=step.outcome if step.verb is not Verb.WITHDRAW else None, order_id=order_id,
                **self._facts(case, step, each),
            )  # fmt: skip

    def _receive(self, count: int) -> None:
        new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
        receive(DISTRICT, [new] * count, by=self.cast.system, now=self.now)

    def _step(self, case: Case, each: Try) -> Step:
        state = State(case.state)
        legal = steps_from(TABLE, state)
        if each.kind < 4 and state in MAIN_ROAD:
            verb, outcome = MAIN_ROAD[state]
            return next(step for step in legal if (step.verb, step.outcome) == (verb, outcome))
        if each.kind < 9 and legal:
            return legal[each.step % len(legal)]
        return TABLE[each.step % len(TABLE)]

    def _actor(self, case: Case, step: Step, each: Try) -> Actor:
        everybody = self._everybody(case)
        if each.kind == 9:
            return everybody[each.actor % len(everybody)]
        able = [actor for actor in everybody if actor.may(step.permission)]
        if step.part is not Part.CASE and step.verb not in {Verb.RULE, Verb.RATE_CALL}:
            role = step.part.value
            bodies = set(
                Order.objects.filter(case_id=case.id, role=role, ended_at=None).values_list(
                    "body_id", flat=True
                )
            )
            able = [actor for actor in able if actor.body_ids & bodies] or able
        return able[each.actor % len(able)]

    def _everybody(self, case: Case) -> list[Actor]:
        cast = self.cast
        callers = Appeal.objects.order_by("id").values_list("id", flat=True)
        own = CaseAppeal.objects.filter(case_id=case.id, until=None).values_list("appeal_id", flat=True)
        residents = [
            cast.resident(number) for number in sorted(callers, key=lambda number: number not in own)
        ]
        return [
            cast.district_dispatcher, cast.dispatcher, cast.handler, cast.helper, cast.outsider, cast.supervisor,
            cast.leader, cast.ruling_officer, cast.evaluator, cast.seat, cast.grid_worker, *residents, cast.system,
            cast.other_dispatcher, cast.auditor, cast.administrator, cast.stranger_in(990102),
        ]  # fmt: skip

    def _order(self, case: Case, each: Try) -> int | None:
        orders = list(Order.objects.filter(case_id=case.id).order_by("id").values_list("id", flat=True))
        return orders[each.step % len(orders)] if orders else None

    def _facts(self, case: Case, step: Step, each: Try) -> dict[str, Any]:
        given = step.asks + (step.takes if each.variant % 3 == 0 else ())
        return {name: self._fact(name, case, each) for name in given}

    def _fact(self, name: str, case: Case, each: Try) -> Any:
        bodies = [self.cast.urban, self.cast.water, self.cast.housing, self.cast.street_body]
        body = bodies[each.variant % len(bodies)]
        known: Mapping[str, Callable[[], Any]] = {
            "body": lambda: body,
            "proposed": lambda: body,
            "assists": lambda: bodies[: each.variant % 4],
            "appeal": lambda: self._appeal(case, each),
            "into": lambda: self._other(case, each),
            "parts": lambda: [{"title": "破砖", "item": "X2"}, {"title": "绿地", "item": "X3"}][: 1 + each.variant % 2],
            "called": lambda: bodies[: 1 + each.variant % 4],
            "fallback": lambda: body,
            "promise_until": lambda: self.now + timedelta(days=each.variant % 40 - 2),
            "season": lambda: "2026-summer",
            "pledge": lambda: self._promise(case, each),
            "lon": lambda: 114.3,
            "lat": lambda: 22.7,
            "until": lambda: self.now + timedelta(days=each.variant * 20 - 10),
            "condition": lambda: str(1 + each.variant),
            "area": lambda: GRID,
            "kind": lambda: "complaint",
            "ground": lambda: "repeated",
            "reach": lambda: "street",
            "way": lambda: "seat",
            "unreached_reason": lambda: ("no_answer", "refused", "lapsed")[each.variant % 3],
            "satisfaction": lambda: ("satisfied", "unsatisfied")[each.variant % 2],
            "reasons": lambda: ["清单主责"],
            "contacted_at": lambda: self.now,
            "due_at": lambda: self.now,
            "ended": lambda: self.now,
            "clock": lambda: ("handle", "check")[each.variant % 2],
            "rung": lambda: "1",
            "reply": lambda: REPLY,
        }  # fmt: skip
        if name in {"reached", "solved", "in_time"}:
            return each.variant % 2 == 0
        if name in {"speed", "effect", "service", "answer", "stars"}:
            return 1 + each.variant % 5
        return known.get(name, lambda: "说明")()

    def _appeal(self, case: Case, each: Try) -> int | str:
        own = list(CaseAppeal.objects.filter(case_id=case.id, until=None).values_list("appeal_id", flat=True))
        every = own * 4 + list(Appeal.objects.order_by("id").values_list("id", flat=True))
        chosen: int = every[each.variant % len(every)]
        # As a form or an outside system may write it.
        return str(chosen) if each.actor % 3 == 2 else chosen

    def _promise(self, case: Case, each: Try) -> int:
        rows = list(Promise.objects.filter(case_id=case.id).order_by("id").values_list("id", flat=True))
        return rows[each.step % len(rows)] if rows else 1

    def _other(self, case: Case, each: Try) -> int:
        others = list(
            Case.objects.exclude(id=case.id).order_by("closed_at", "id").values_list("id", flat=True)
        )
        chosen: int = [*others, case.id][each.variant % (len(others) + 1)]
        return chosen
