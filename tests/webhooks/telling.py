"""How a subscription of the tests is made, and how what happened reaches it."""

from datetime import datetime
from typing import Any

from huying.cases.models import Entry
from huying.cases.queries.proofs.chain import link_of
from huying.webhooks.actions import NewSubscription, create, push
from huying.webhooks.models import Delivery
from huying.webhooks.rules.filters import Filters
from huying.webhooks.tasks.sending import Sender
from tests.cast import DISTRICT, MONDAY, Cast


def subscribed(cast: Cast, url: str, *, name: str = "网格平台", **more: Any) -> tuple[int, str]:
    """A subscription of the administrator's to everything, or to what is narrowed."""
    asked = {key: more.pop(key) for key in ("verbs", "areas", "items", "kinds", "bodies") if key in more}
    return create(cast.administrator, NewSubscription(name, url, filters=Filters(**asked), **more), MONDAY)


def told(now: datetime) -> None:
    """Everything in the ledger, given to the reaction in one batch."""
    entries = Entry.objects.order_by("position", "case_id", "seq")
    push(DISTRICT, [link_of(entry) for entry in entries], now)


def sender(now: datetime) -> Sender:
    return Sender(clock=lambda: now)


def sent(now: datetime) -> int:
    """Send until nothing is due at this moment; how many rounds were needed."""
    rounds = 0
    while sender(now).send_due(now):
        rounds += 1
    return rounds


def states() -> list[str]:
    return list(Delivery.objects.order_by("position", "case_id", "seq").values_list("state", flat=True))
