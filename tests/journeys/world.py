"""A district in the middle of its work: a case in every state, and a desk for every role."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.catalogue.actions import load_starter
from huying.kernel.clock import now
from huying.kernel.numbers import case_number
from tests.cast import COMMUNITY, DISTRICT, GRID, STREET, Cast, gather
from tests.web.desks import desk

_AREAS = {
    Role.GRID_WORKER: GRID, Role.COMMUNITY_STATION: COMMUNITY, Role.STREET_DISPATCHER: STREET,
    Role.STREET_LEADER: STREET,
}  # fmt: skip
# How many steps of the way lead to a state.
_STEPS = {
    "received": 0, "filed": 1, "dispatched": 2, "handling": 3, "reported": 4, "checked": 5, "closed": 7,
}  # fmt: skip
STAFF = [role for role in Role if role is not Role.RESIDENT]


@dataclass
class World:
    """``receipts`` by the state that their case is in."""

    cast: Cast
    receipts: dict[str, Receipt]

    @property
    def numbers(self) -> dict[str, str]:
        return {state: case_number(DISTRICT, kept.case_id) for state, kept in self.receipts.items()}

    def client(self, role: Role) -> Client:
        """Signed in at a desk of this role; a resident signs in nowhere."""
        if role is Role.RESIDENT:
            return Client(raise_request_exception=False)
        body = {Role.DEPARTMENT_HANDLER: self.cast.urban, Role.GRID_WORKER: self.cast.street_body}.get(role)
        client = desk(role, _AREAS.get(role, str(DISTRICT)), body)
        client.raise_request_exception = False
        return client


def make_world() -> World:
    cast, began = gather(), now() - timedelta(hours=3)
    load_starter(cast.system, DISTRICT, began)
    new = [
        NewAppeal(
            text=f"春风路第 {n} 盏路灯不亮", channel="web", kind="complaint", area=GRID, lon=114.3, lat=22.7
        )
        for n in range(len(_STEPS))
    ]
    kept = receive(DISTRICT, new, by=cast.system, now=began)
    for steps, receipt in zip(_STEPS.values(), kept, strict=True):
        for minutes, (verb, by, outcome, facts) in enumerate(_way(cast, receipt)[:steps], 1):
            at = began + timedelta(minutes=minutes)
            advance((DISTRICT, receipt.case_id), verb, by=by, now=at, outcome=outcome, **facts)
    return World(cast, dict(zip(_STEPS, kept, strict=True)))


def _way(cast: Cast, receipt: Receipt) -> list[tuple[Verb, Actor, Outcome | None, dict[str, Any]]]:
    reply = "您好，接到反映后已到现场核查，路灯已修好，并加派巡查。"
    said = {"result": "已修好。", "reply": reply, "solved": True}
    return [
        (Verb.FILE, cast.dispatcher, None, {"item": "010101", "kind": "complaint"}),
        (Verb.DISPATCH, cast.dispatcher, None, {"body": cast.urban}),
        (Verb.SIGN, cast.handler, None, {}),
        (Verb.REPORT, cast.handler, None, said),
        (Verb.CHECK, cast.dispatcher, Outcome.PASSED, {}),
        (
            Verb.FOLLOW_UP,
            cast.evaluator,
            Outcome.SOLVED,
            {"appeal": receipt.appeal_id, "satisfaction": "satisfied"},
        ),
        (Verb.CLOSE, cast.evaluator, None, {}),
    ]
