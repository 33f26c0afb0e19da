"""The buttons of a case's steps: every desk draws a dozen of them."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from huying.cases.queries.lists.queue import CaseLine
from huying.web.case.buttons import Action
from huying.web.drawing import csrf_input, said


def action_buttons(
    actions: Sequence[Action], line: CaseLine, token: str, *, lead: bool = False
) -> SafeString:
    """Each step as a button that does it or as a link that opens its form; ``lead``: the first is the usual one."""
    return mark_safe(
        "".join(
            _button(action, line, token, first=lead and not place) for place, action in enumerate(actions)
        )
    )


def _button(action: Action, line: CaseLine, token: str, *, first: bool) -> str:
    look = "button button-first" if first else "button"
    key = f' aria-keyshortcuts="{action.letter}"' if action.letter else ""
    words = said(action.label)
    if action.of:
        words += f"（{said(action.of)}）"
    if action.letter:
        words += f" <kbd>{action.letter}</kbd>"
    address, verb = said(action.href), action.verb.value
    if not action.direct:
        look += " button-warn" if action.grave and not first else ""
        return (
            f'<a class="{look}" href="{address}" hx-get="{address}" hx-target="#step" hx-swap="innerHTML"'
            f' data-verb="{verb}"{key}>{words}</a>'
        )
    order, outcome = action.order_id or "", action.outcome.value if action.outcome else ""
    hidden = {
        "expected": line.version, "key": f"{line.id}-{line.version}-{verb}-{order}", "outcome": outcome,
        "order": order, "next": action.back,
    }  # fmt: skip
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{said(str(value))}">' for name, value in hidden.items()
    )
    return (
        f'<form method="post" action="{address}">{csrf_input(token)}{kept}'
        f'<button class="{look}"{key}>{words}</button></form>'
    )
