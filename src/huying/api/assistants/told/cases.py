"""Cases as an assistant reads them: no caller, no receipt, residents' words between marks."""

from typing import Any, Final

from huying.api.assistants.asked import moment
from huying.api.assistants.told.quoting import quoted
from huying.cases.lifecycle import State
from huying.cases.queries.buttons import Button
from huying.cases.queries.lists.queue import CaseLine
from huying.cases.queries.page import AppealView, CaseView, EntryView

_TITLE: Final = 120
_STEPS: Final = 80
_APPEALS: Final = 30


def line(one: CaseLine) -> dict[str, Any]:
    """A case in a list."""
    return {
        "number": one.number, "title": quoted(one.title, _TITLE), "state": one.state.value,
        "state_name": State(one.state).zh, "item": one.item, "item_name": one.item_name, "area": one.area,
        "area_name": one.area_name, "body_id": one.body_id, "body": one.body_name, "urgency": one.urgency,
        "lamp": one.lamp.value, "due_kind": one.due_kind.zh if one.due_kind else None, "due_at": moment(one.due_at),
        "opened_at": moment(one.opened_at), "closed_at": moment(one.closed_at), "appeals": one.appeals,
        "reworks": one.reworks, "version": one.version,
    }  # fmt: skip


def whole(view: CaseView) -> dict[str, Any]:
    """A case with everything its page shows but who called."""
    return line(view.line) | {
        "appeals_said": [_appeal(one) for one in view.appeals[:_APPEALS]],
        "orders": [
            {
                "id": order.id, "body": order.body_name, "role": order.role.zh, "state": order.state.zh,
                "sent_at": moment(order.sent_at), "signed_at": moment(order.signed_at),
                "contacted_at": moment(order.contacted_at), "reported_at": moment(order.reported_at),
            }
            for order in view.orders
        ],
        "clocks": [
            {
                "kind": clock.kind.zh, "body": clock.body_name, "limit": clock.limit, "due_at": moment(clock.due_at),
                "lamp": clock.lamp.value, "paused": clock.paused, "stopped_at": moment(clock.stopped_at),
                "why": list(clock.why),
            }
            for clock in view.clocks
        ],
        "waiting": [f"{kind}：{state}" for kind, state in view.asked],
        "steps": [_entry(one) for one in view.entries[-_STEPS:]],
        "next": [step(button) for button in view.buttons],
    }  # fmt: skip


def step(button: Button) -> dict[str, Any]:
    """A step that the person may take now, with what it asks for."""
    return {
        "verb": button.verb.value, "outcome": button.outcome.value if button.outcome else None, "name": button.zh,
        "order_id": button.order_id,
        "asks": {fact.name: fact.zh for fact in button.asks},
        "takes": {fact.name: fact.zh for fact in button.takes},
    }  # fmt: skip


def _appeal(one: AppealView) -> dict[str, Any]:
    return {
        "text": quoted(one.text), "place": quoted(one.place_text, 200), "kind": one.kind, "channel": one.channel,
        "received_at": moment(one.received_at), "active": one.active,
        "rated": one.rating is not None,
    }  # fmt: skip


def _entry(one: EntryView) -> dict[str, Any]:
    return {
        "at": moment(one.at), "verb": one.verb.value, "name": one.verb.zh,
        "outcome": one.outcome.zh if one.outcome else None, "by": one.actor_name, "body": one.body_name,
        "texts": {label: quoted(text, 1000) for _name, label, _public, text in one.texts},
    }  # fmt: skip
