"""Check, follow-up, doing it again, supervision, closing, and what the caller says later."""

from typing import Final

from huying.access.roles import Role
from huying.cases.lifecycle import FollowUpReason, Outcome, Verb
from huying.simulate.days import Call
from huying.simulate.stories.handling import Handling
from huying.simulate.stories.intake import resident, urgent
from huying.simulate.stories.pen import Pen, Who
from huying.simulate.stories.words import Texts

_SATISFACTION: Final = (("satisfied", 0.80), ("basically", 0.14), ("unsatisfied", 0.06))
_HINDRANCES: Final = (
    *[FollowUpReason.NO_ANSWER] * 5, FollowUpReason.BUSY, FollowUpReason.BUSY, FollowUpReason.REFUSED,
    FollowUpReason.BROKEN_OFF, FollowUpReason.DEAD_NUMBER, FollowUpReason.WRONG_PERSON,
)  # fmt: skip
_MOST_ROUNDS: Final = 3
_SPEAKS_LATER: Final = 0.14
# Of the demands every fifth is lifted, of the others every third is spoken about.
_LIFTED: Final = 5
_TALKED: Final = 3


def finish(pen: Pen, texts: Texts, call: Call, handling: Handling, joined: int) -> None:
    """Report, check and follow up until everybody has been heard, then close."""
    unhappy = 0
    for turn in range(_MOST_ROUNDS):
        handling.work(again=turn > 0)
        last = turn == _MOST_ROUNDS - 1
        if turn == 0 and pen.chance(0.02):
            _remind(pen, texts, call)
        handling.report(solved=last or not pen.chance(0.04))
        if not _checked(pen, texts, call, last or pen.chance(handling.body.care)):
            continue
        if _followed_up(pen, texts, call, handling, joined, last):
            break
        unhappy += 1
        if unhappy == 2 or pen.chance(0.25):
            _supervise(pen, texts, call, handling)
    pen.wait(pen.rng.random() * 0.2)
    pen.write(Verb.CLOSE, _evaluator(call))


def _evaluator(call: Call) -> Who:
    return Who(Role.EVALUATOR, call.area[:6], number=call.number)


def _checked(pen: Pen, texts: Texts, call: Call, passed: bool) -> bool:
    pen.wait(pen.about(0.7), office=not urgent(call))
    who = Who(Role.STREET_DISPATCHER, call.area[:9], number=call.number + 1)
    if passed:
        pen.write(Verb.CHECK, who, Outcome.PASSED)
    else:
        pen.write(Verb.CHECK, who, Outcome.REWORK, reason=texts.say("rework", "check", pen.at))
    return passed


def _followed_up(pen: Pen, texts: Texts, call: Call, handling: Handling, joined: int, last: bool) -> bool:
    """Every caller is asked; the first who says that nothing is solved sends the case back."""
    for number in range(joined + 1):
        pen.wait(pen.about(4.0) if number == 0 else pen.about(0.1))
        if call.caller is None and number == 0:
            pen.write(
                Verb.FOLLOW_UP,
                _evaluator(call),
                Outcome.UNREACHED,
                appeal=0,
                way="community",
                **_why(call, 0),
            )
        elif pen.chance(0.12):
            pen.write(
                Verb.FOLLOW_UP,
                _evaluator(call),
                Outcome.UNREACHED,
                appeal=number,
                way="seat",
                **_why(call, number),
            )
        elif not last and number == 0 and pen.chance(0.16 * (1.25 - handling.body.care) * 2):
            facts = {"appeal": number, "satisfaction": "unsatisfied", "way": "seat", **_stars(pen, 1, 3)}
            reason = texts.say("rework", "follow_up", pen.at)
            pen.write(Verb.FOLLOW_UP, _evaluator(call), Outcome.UNSOLVED, reason=reason, **facts)
            return False
        else:
            satisfaction = pen.rng.choices([n for n, _ in _SATISFACTION], [w for _, w in _SATISFACTION])[0]
            low, high = {"satisfied": (4, 5), "basically": (3, 4), "unsatisfied": (1, 3)}[satisfaction]
            facts = {
                "appeal": number,
                "satisfaction": satisfaction,
                "way": _way(pen),
                **_stars(pen, low, high),
            }
            pen.write(Verb.FOLLOW_UP, _evaluator(call), Outcome.SOLVED, **facts)
    return True


def _why(call: Call, number: int) -> dict[str, str]:
    """Why nobody was heard; not drawn from the dice, so that the rest of the story stays what it was."""
    if call.caller is None and number == 0:
        return {"unreached_reason": FollowUpReason.NO_NUMBER.value}
    return {"unreached_reason": _HINDRANCES[(call.number + number) % len(_HINDRANCES)].value}


def _way(pen: Pen) -> str:
    return pen.rng.choice(("seat", "seat", "link", "community"))


def _stars(pen: Pen, low: int, high: int) -> dict[str, int]:
    return {name: pen.rng.randint(low, high) for name in ("speed", "effect", "service", "answer")}


def afterwards(pen: Pen, call: Call) -> bool:
    """Days later some callers say what they think; True when one says that it is not solved after all."""
    if call.caller is None or not pen.chance(_SPEAKS_LATER):
        return False
    pen.wait(6 + 70 * pen.rng.random(), office=False)
    if pen.chance(0.08):
        pen.write(
            Verb.RATE,
            resident(call),
            Outcome.UNSOLVED,
            appeal=0,
            satisfaction="unsatisfied",
            **_stars(pen, 1, 2),
        )
        return True
    pen.write(
        Verb.RATE, resident(call), Outcome.SOLVED, appeal=0, satisfaction="satisfied", **_stars(pen, 4, 5)
    )
    return False


def _remind(pen: Pen, texts: Texts, call: Call) -> None:
    who = Who(Role.STREET_LEADER, call.area[:9], number=call.number)
    pen.write(Verb.REMIND, who, words=texts.say("supervise", "remind", pen.at))


def _supervise(pen: Pen, texts: Texts, call: Call, handling: Handling) -> None:
    pen.wait(pen.about(0.6))
    who = Who(Role.SUPERVISOR, call.area[:6], number=call.number)
    pen.write(Verb.SUPERVISE, who, supervision=texts.say("supervise", "demand", pen.at))
    pen.wait(pen.about(2.5))
    if call.number % _LIFTED == 0:
        pen.write(Verb.LIFT, who, reason=texts.say("supervise", "lift", pen.at))
        return
    if call.number % _TALKED == 0:
        _interview(pen, texts, call, handling)
    pen.write(Verb.REPLY_SUPERVISION, handling.who, note=texts.say("supervise", "reply", pen.at))


def _interview(pen: Pen, texts: Texts, call: Call, handling: Handling) -> None:
    who = Who(Role.STREET_LEADER, call.area[:9], number=call.number)
    pen.write(
        Verb.INTERVIEW, who, body=handling.body.key, held_at=pen.at, talk=texts.say("supervise", "talk", pen.at),
        interviewed=texts.say("supervise", "interviewed", pen.at, unit=handling.body.short),
    )  # fmt: skip
