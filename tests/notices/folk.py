"""The cast's staff with accounts, a caller with a mobile, and a case told by the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Entry
from huying.cases.queries.proofs.chain import link_of
from huying.notices.actions.telling import tell
from huying.notices.models import Notice
from huying.people.actions import NewPost, create_account, ensure_callers
from huying.people.models import Account
from huying.people.queries import actor_of
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast

PHONE = "13812346677"
REPLY = "经现场核实，垃圾已于当天清运完毕，并已安排每日巡查，感谢您的监督。"


@dataclass
class Folk:
    """Account ids by what they are, and the cast whose bodies they belong to."""

    cast: Cast
    handler: int
    mate: int
    helper: int
    dispatcher: int
    stranger: int
    leader: int
    ruler: int
    manager: int

    def actor(self, account_id: int, now: datetime = MONDAY) -> Actor:
        return actor_of(Account.objects.get(pk=account_id), now)


def hire(cast: Cast) -> Folk:
    """Two people of 城市管理局, one each of the others; 陌 dispatches in the other street."""

    def one(login: str, role: Role, area: str = str(DISTRICT), body: int | None = None, **more: Any) -> int:
        post = NewPost(role, area, body)
        return create_account(cast.system, login, f"{login}某", [post], MONDAY - timedelta(days=9), **more)

    return Folk(
        cast,
        handler=one("经办", Role.DEPARTMENT_HANDLER, body=cast.urban, phone="13900001111"),
        mate=one("同事", Role.DEPARTMENT_HANDLER, body=cast.urban),
        helper=one("协办", Role.DEPARTMENT_HANDLER, body=cast.water),
        dispatcher=one("分拨", Role.STREET_DISPATCHER, STREET),
        stranger=one("陌生", Role.STREET_DISPATCHER, OTHER_STREET),
        leader=one("领导", Role.STREET_LEADER, STREET),
        ruler=one("裁定", Role.RULING_OFFICER),
        manager=one("管理", Role.ADMINISTRATOR),
    )


def appealed(cast: Cast, phone: str = PHONE, now: datetime = MONDAY, channel: str = "web") -> int:
    """The number of a case whose caller left this phone; "" for nobody."""
    caller = ensure_callers(DISTRICT, [("王女士" if phone else "", phone)], now)[0]
    new = NewAppeal(text="春风路垃圾没人收", channel=channel, kind="complaint", area=GRID, caller_id=caller)
    return receive(DISTRICT, [new], by=cast.system, now=now)[0].case_id


def step(
    folk: Folk,
    case_id: int,
    verb: Verb,
    by: Actor,
    minutes: int,
    outcome: Outcome | None = None,
    **facts: Any,
) -> Case:
    at = MONDAY + timedelta(minutes=minutes)
    return advance((DISTRICT, case_id), verb, by=by, now=at, outcome=outcome, **facts)


def dispatched(folk: Folk, case_id: int, minutes: int = 5) -> None:
    cast = folk.cast
    step(folk, case_id, Verb.FILE, cast.dispatcher, minutes, item="X1")
    step(folk, case_id, Verb.DISPATCH, cast.dispatcher, minutes + 1, body=cast.urban, assists=[cast.water])


def told(now: datetime, only: Sequence[str] = ()) -> None:
    """Everything in the ledger, or the verbs named, to those whom it concerns."""
    entries = Entry.objects.order_by("case_id", "seq")
    wanted = [link_of(entry) for entry in entries if not only or entry.verb in only]
    tell(DISTRICT, wanted, now)


def to(account_id: int) -> list[str]:
    """The occasions of which somebody's page tells, in their order."""
    rows = Notice.objects.filter(account_id=account_id, way="page").order_by("id")
    return list(rows.values_list("occasion", flat=True))


def to_callers() -> list[Notice]:
    return list(Notice.objects.filter(caller_id__isnull=False).order_by("id"))
