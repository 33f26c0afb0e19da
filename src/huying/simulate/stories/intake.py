"""The first minutes of a case: answered, turned away, or filed."""

from typing import Any, Final

from huying.access.roles import Role
from huying.cases.lifecycle import Verb
from huying.catalogue.rules.kinds import AppealKind
from huying.simulate.days import Call
from huying.simulate.stories.pen import Pen, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.words import Texts
from huying.worktime import Unit

#: How many of each kind the centre answers itself; about half of all, as hotlines report.
ANSWERED: Final = {
    AppealKind.INQUIRY: 0.93,
    AppealKind.THANKS: 1.0,
    AppealKind.SUGGESTION: 0.55,
    AppealKind.HELP: 0.2,
    AppealKind.COMPLAINT: 0.07,
    AppealKind.REPORT: 0.02,
}
_REJECTED: Final = 0.012
_WITHDRAWN: Final = 0.012
_GROUNDS: Final = ("repeated", "litigation", "incomplete", "beyond_duty")


def desk(call: Call) -> Who:
    """Who takes the call down: a seat for the hotline, the street's centre for the rest."""
    if call.channel == "hotline":
        return Who(Role.SEAT, call.area[:6], number=call.number)
    if call.channel == "api":
        return Who(Role.DISTRICT_DISPATCHER, call.area[:6], number=call.number)
    return Who(Role.STREET_DISPATCHER, call.area[:9], number=call.number)


def urgent(call: Call) -> bool:
    """What may hurt somebody is handled by the clock and not by office hours, as the list says it must."""
    if call.condition is None:
        return False
    by_clock = call.condition.handle is not None and call.condition.handle.unit is Unit.URGENT_HOUR
    return by_clock or call.condition.danger >= 3


def first_steps(pen: Pen, texts: Texts, call: Call, setting: Setting, joined: bool) -> bool:
    """Answer, reject or file; True when the case goes on to a body. What neighbours joined is filed."""
    awake = call.channel == "hotline" or urgent(call)
    pen.wait(pen.about(0.1 if awake else 1.2), office=not awake)
    who = desk(call)
    if not joined and not urgent(call):
        if pen.chance(_REJECTED):
            ground = pen.rng.choice(_GROUNDS)
            pen.write(Verb.REJECT, who, ground=ground, reply=texts.say("reject", ground, pen.at))
            return False
        if pen.chance(ANSWERED.get(call.kind, 0.1)):
            unit = setting.bearer(call.matter.line.duty, call.area).short
            reply = texts.say("answer", call.kind.value, pen.at, unit)
            pen.write(Verb.ANSWER, who, reply=reply, item=call.matter.code, kind=call.kind.value)
            return False
    condition: dict[str, Any] = {"condition": str(call.condition.number)} if call.condition else {}
    note: dict[str, Any] = {"note": texts.say("note", "file", pen.at)} if pen.chance(0.3) else {}
    facts: dict[str, Any] = {"item": call.matter.code, "kind": call.kind.value, "area": call.area}
    pen.write(Verb.FILE, who, **facts, **condition, **note)
    if not joined and call.caller is not None and pen.chance(_WITHDRAWN):
        pen.wait(pen.about(0.5), office=False)
        pen.write(Verb.WITHDRAW, resident(call), appeal=0, reason=texts.say("level", "withdraw", pen.at))
        return False
    return True


def resident(call: Call) -> Who:
    """The caller, acting on what is their own."""
    return Who(Role.RESIDENT, call.area[:6])
