"""The steps of the table that may be taken now, as buttons in the order in which an office needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from huying.cases.lifecycle import Outcome, Verb
from huying.cases.queries.buttons import Button
from huying.cases.queries.page import CaseView
from huying.web.case import words
from huying.web.components import Key

# What is usually done next stands first; what is rare or grave comes under "more".
_FIRST: Final[Sequence[tuple[Verb, Outcome | None]]] = (
    (Verb.ANSWER_CALL, None),
    (Verb.ARRIVE, None),
    (Verb.SIGN, None),
    (Verb.FILE, None),
    (Verb.DISPATCH, None),
    (Verb.RULE, Outcome.UPHELD),
    (Verb.RULE, Outcome.DISMISSED),
    (Verb.CHECK, Outcome.PASSED),
    (Verb.CHECK, Outcome.REWORK),
    (Verb.FOLLOW_UP, Outcome.SOLVED),
    (Verb.FOLLOW_UP, Outcome.UNSOLVED),
    (Verb.FOLLOW_UP, Outcome.UNREACHED),
    (Verb.RECOMMEND, Outcome.AGREED),
    (Verb.RECOMMEND, Outcome.DECLINED),
    (Verb.APPROVE, Outcome.EXTENDED),
    (Verb.APPROVE, Outcome.SUSPENDED),
    (Verb.APPROVE, Outcome.DECLINED),
    (Verb.REPLY_SUPERVISION, None),
    (Verb.CONTACT, None),
    (Verb.REPORT, None),
    (Verb.KEEP_PROMISE, None),
    (Verb.CONSULT, None),
    (Verb.CLOSE, None),
    (Verb.RESUME, None),
    (Verb.ANSWER, None),
    (Verb.NOTE, None),
)
_GRAVE: Final = frozenset(
    {
        Verb.REJECT,
        Verb.SUPERVISE,
        Verb.LIFT,
        Verb.REOPEN,
        Verb.WITHDRAW,
        Verb.DISPUTE,
        Verb.BREAK_PROMISE,
    }
)
_SHOWN: Final = 4
# The letter that opens a step at a desk, where a case lies beside its list.
_LETTERS: Final[Mapping[Verb, str]] = {
    Verb.SIGN: "g",
    Verb.CONTACT: "t",
    Verb.REPORT: "f",
    Verb.ANSWER_CALL: "y",
    Verb.ANSWER: "r",
    Verb.NOTE: "n",
    Verb.CORRECT: "c",
    Verb.SPLIT: "s",
    Verb.MERGE: "b",
    Verb.HAND_UP: "u",
    Verb.HAND_DOWN: "d",
}
# After these the case still waits for the same decision: it stays open.
_STAYING: Final = frozenset(
    {
        Verb.NOTE,
        Verb.CORRECT,
        Verb.SPLIT,
        Verb.REMIND,
        Verb.CALL,
        Verb.CONSULT,
        Verb.ASSIGN,
        Verb.SUPERVISE,
        Verb.LIFT,
        Verb.INTERVIEW,
    }
)


@dataclass(frozen=True, slots=True)
class Action:
    """One button. ``direct``: nothing is asked, so that one press does it. ``of`` names the order's body."""

    verb: Verb
    outcome: Outcome | None
    order_id: int | None
    label: str
    href: str
    direct: bool
    grave: bool
    of: str = ""
    back: str = ""
    letter: str = ""


def actions(
    case: CaseView, back: str = "", stay: str = "", *, keyed: bool = False
) -> tuple[list[Action], list[Action]]:
    """(shown at once, under "more"); ``back`` is where to go after the step.

    ``stay``: where to go after a step that leaves the case to be decided as before. ``keyed``: each has its letter.
    """
    contacted = {order.id for order in case.orders if order.contacted_at}
    ranked = sorted(case.buttons, key=_rank)
    made = [
        _action(case, button, stay if stay and button.verb in _STAYING else back, keyed) for button in ranked
    ]
    first = [
        action
        for action in made
        if (action.verb, action.outcome) in _FIRST
        and not (action.verb is Verb.CONTACT and action.order_id in contacted)
    ][:_SHOWN] or made[:_SHOWN]
    return first, [action for action in made if action not in first]


def find(case: CaseView, verb: Verb, outcome: Outcome | None, order_id: int | None) -> Button | None:
    """The button that stands for this step now; without an order, the first of its kind."""
    fits = [button for button in case.buttons if button.verb is verb and button.outcome is outcome]
    if order_id is not None:
        fits = [button for button in fits if button.order_id == order_id]
    return fits[0] if fits else None


def _rank(button: Button) -> int:
    key = (button.verb, button.outcome)
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def _action(case: CaseView, button: Button, back: str, keyed: bool) -> Action:
    asked = {
        "outcome": button.outcome.value if button.outcome else "",
        "order": str(button.order_id or ""),
        "next": back,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("case:step", args=[case.line.number, button.verb.value])
    several = (
        sum(1 for other in case.buttons if (other.verb, other.outcome) == (button.verb, button.outcome)) > 1
    )
    body = next((order.body_name for order in case.orders if order.id == button.order_id), "")
    return Action(
        button.verb,
        button.outcome,
        button.order_id,
        words.button_words(button.verb, button.outcome),
        f"{address}?{query}" if query else address,
        direct=not button.asks and not button.takes,
        grave=button.verb in _GRAVE,
        of=body if several else "",
        back=back,
        letter=_LETTERS.get(button.verb, "") if keyed and not several else "",
    )


def letters() -> list[Key]:
    """The letters of the steps, for the keyboard help; each stands there while its button does."""
    return [
        Key(letter, words.button_words(verb, None), f'#actions [aria-keyshortcuts="{letter}"]')
        for verb, letter in _LETTERS.items()
    ]
