"""Subscriptions and deliveries in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from huying.cases.lifecycle import Verb
from huying.catalogue.rules import AppealKind
from huying.people.queries import unit_names
from huying.places.queries import area_name
from huying.webhooks.queries import DeliveryInfo, SubscriptionInfo
from huying.webhooks.queries.log import Standing
from huying.webhooks.rules.kinds import Sending


def row_of(one: SubscriptionInfo, standing: Mapping[int, Standing]) -> dict[str, Any]:
    """One subscription as the list shows it."""
    units = unit_names(one.district)
    return {
        "one": one,
        "area": area_name(one.district, one.area or str(one.district)),
        "body": units.get(one.body_id or 0, ""),
        "asked": [*(_(Verb(verb).zh) for verb in one.filters.verbs), *narrowed(one)],
        "stop": _(one.stop.zh) if one.stop else "",
        "alarm": one.stop is not None and one.stop.value != "paused",
        "standing": standing.get(one.id, Standing()),
    }


def narrowed(one: SubscriptionInfo) -> list[str]:
    """The filters but the steps, in words."""
    units = unit_names(one.district)
    return [
        *(area_name(one.district, area) for area in one.filters.areas),
        *one.filters.items,
        *(units.get(body, "") for body in one.filters.bodies),
        *(_(AppealKind(kind).zh) for kind in one.filters.kinds),
    ]


def kind_words(one: DeliveryInfo) -> str:
    """What a delivery tells: the step, or that it is a test."""
    verb = one.kind.removeprefix("case.")
    return _(Verb(verb).zh) if verb in set(Verb) else _("测试消息")


def delivery_row(one: DeliveryInfo) -> dict[str, Any]:
    """One delivery as the log shows it."""
    last = one.attempts[-1] if one.attempts else None
    return {
        "one": one, "what": kind_words(one), "state": _(one.state.zh), "failed": one.state is Sending.FAILED,
        "last": last, "error": last.error if last else "",
    }  # fmt: skip
