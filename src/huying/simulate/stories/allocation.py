"""Which body gets the case: first the community for small matters, sometimes the wrong one, then a ruling."""

from typing import Any, Final

from huying.access.roles import Role
from huying.cases.lifecycle import Outcome, Verb
from huying.catalogue.rules.kinds import Level
from huying.simulate.days import Call
from huying.simulate.folk import Body
from huying.simulate.stories.handling import Handling, member
from huying.simulate.stories.intake import urgent
from huying.simulate.stories.pen import Pen, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.words import Texts

_BY_RULE: Final = 0.6
_WRONG: Final = 0.05
_ASSISTED: Final = 0.14


def allocate(pen: Pen, texts: Texts, call: Call, setting: Setting) -> Handling:
    """From filing to the body that does the work, signed for and contacted."""
    duty = call.condition.lead if call.condition else call.matter.line.duty
    right = setting.bearer(duty, call.area)
    small = call.condition is not None and call.condition.level in (Level.GRID, Level.COMMUNITY)
    if small and pen.chance(0.65):
        return _at_community(pen, texts, call, setting, right)
    if pen.chance(_WRONG) and not urgent(call):
        return _wrongly(pen, texts, call, setting, right)
    assists = [
        setting.bearer(other, call.area) for other in (call.condition.assisting if call.condition else ())
    ]
    helper = next((unit for unit in assists if unit.key != right.key), None)
    if helper is not None and not pen.chance(_ASSISTED):
        helper = None
    handling = sent(pen, texts, call, setting, right, helper)
    if helper is not None:
        handling.assist(helper)
    return handling


def sent(
    pen: Pen, texts: Texts, call: Call, setting: Setting, body: Body, helper: Body | None = None
) -> Handling:
    """Given to a body, which signs and gets in touch."""
    handling = _send(pen, texts, call, setting, body, helper)
    handling.sign()
    handling.contact()
    return handling


def _send(
    pen: Pen, texts: Texts, call: Call, setting: Setting, body: Body, helper: Body | None = None
) -> Handling:
    by_rule = pen.chance(_BY_RULE)
    pen.wait(pen.about(0.01 if by_rule else 0.4), office=not (urgent(call) or by_rule))
    who = Who(None) if by_rule else Who(Role.STREET_DISPATCHER, call.area[:9], number=call.number)
    facts: dict[str, Any] = {"body": body.key, "source": "list" if by_rule else "person"}
    facts["reasons"] = [f"清单：{call.matter.line.name}由{body.short}牵头"]
    if helper is not None:
        facts["assists"] = [helper.key]
    pen.write(Verb.DISPATCH, who, **facts)
    return Handling(pen, texts, call, setting, body)


def _at_community(pen: Pen, texts: Texts, call: Call, setting: Setting, right: Body) -> Handling:
    """A small matter goes down first; what the community cannot solve comes up again (R205)."""
    centre = Who(Role.STREET_DISPATCHER, call.area[:9], number=call.number)
    pen.wait(pen.about(0.3))
    pen.write(Verb.HAND_DOWN, centre, reason=texts.say("level", "down", pen.at))
    station = setting.station(call.area)
    handling = _send(pen, texts, call, setting, station)
    handling.sign()
    if right.key == station.key or not pen.chance(0.22):
        handling.contact()
        return handling
    pen.wait(pen.about(2.0))
    pen.write(Verb.HAND_UP, member(station, call.number), reason=texts.say("level", "up", pen.at))
    return sent(pen, texts, call, setting, right)


def _wrongly(pen: Pen, texts: Texts, call: Call, setting: Setting, right: Body) -> Handling:
    """Sent to a body that objects; the ruling officer passes it on, or lets it stay (R206)."""
    wrong = setting.another(call.number, right)
    handling = _send(pen, texts, call, setting, wrong)
    pen.wait(pen.about(1.2))
    grounds = texts.say("dispute", "grounds", pen.at)
    pen.write(Verb.DISPUTE, member(wrong, call.number), grounds=grounds, proposed=right.key)
    pen.wait(pen.about(4.0))
    officer = Who(Role.RULING_OFFICER, call.area[:6], number=call.number)
    if pen.chance(0.25):
        ruling = texts.say("dispute", "dismissed", pen.at)
        pen.write(Verb.RULE, officer, Outcome.DISMISSED, ruling=ruling, reach="none")
        handling.sign()
        handling.contact()
        return handling
    reach = pen.rng.choice(("none", "street", "district"))
    ruling = texts.say("dispute", "upheld", pen.at, right.short)
    pen.write(Verb.RULE, officer, Outcome.UPHELD, ruling=ruling, body=right.key, reach=reach)
    handling = Handling(pen, texts, call, setting, right)
    handling.sign()
    handling.contact()
    return handling
