"""What a body does with its order: sign, contact, work, ask for time, report."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from huying.access.roles import Role
from huying.cases.lifecycle import Outcome, Verb
from huying.catalogue.rules.limits import DEFAULTS, resolve
from huying.simulate.days import Call
from huying.simulate.folk import Body
from huying.simulate.stories.intake import urgent
from huying.simulate.stories.pen import Pen, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.words import Texts
from huying.worktime import Limit, due

_ASKS_FOR_TIME: Final = 0.45
_USUAL_SHARE: Final = 0.42


class Handling:
    """One body's work on one case."""

    def __init__(self, pen: Pen, texts: Texts, call: Call, setting: Setting, body: Body) -> None:
        self.pen, self.texts, self.call, self.setting, self.body = pen, texts, call, setting, body
        self.sent = pen.at

    @property
    def who(self) -> Who:
        return member(self.body, self.call.number)

    def limit(self) -> Limit:
        """How long the body has by the list, or by the kind of appeal."""
        base, chosen = DEFAULTS[self.call.kind], self.call.condition
        if chosen is None:
            return base.handle
        return resolve(base, chosen.sign, chosen.contact, chosen.handle).handle

    def sign(self) -> None:
        pen = self.pen
        pen.wait(
            pen.about((0.25 if urgent(self.call) else 0.8) * self.body.pace), office=not urgent(self.call)
        )
        pen.write(Verb.SIGN, self.who)

    def contact(self) -> None:
        pen = self.pen
        if self.call.caller is None:
            return
        pen.wait(pen.about(0.3 if urgent(self.call) else 1.6 * self.body.pace), office=not urgent(self.call))
        reached = pen.chance(0.93)
        pen.write(Verb.CONTACT, self.who, reached=reached, note=self.texts.say("note", "contact", pen.at))

    def work(self, *, again: bool = False) -> None:
        """The stretch in which the work is done; a slow body runs over its limit now and then."""
        pen = self.pen
        share = pen.about((0.3 if again else _USUAL_SHARE) * self.body.pace)
        limit = self.limit()
        start = pen.at if again else self.sent
        if not again and share > 0.8 and pen.chance(_ASKS_FOR_TIME):
            share = self._ask_for_time(limit, share)
        if pen.chance(0.3):
            self._until(start, limit, share * 0.6)
            pen.write(Verb.NOTE, self.who, progress=self.texts.say("note", "progress", pen.at))
        self._until(start, limit, share)

    def _until(self, start: datetime, limit: Limit, share: float) -> None:
        part = Limit(max(Decimal("0.01"), round(limit.amount * Decimal(share), 3)), limit.unit)
        self.pen.at = max(self.pen.at, due(start, part, self.pen.calendar))
        self.pen.wait(self.pen.rng.random() * 0.5, office=not urgent(self.call))

    def _ask_for_time(self, limit: Limit, share: float) -> float:
        """Ask before it is due; two levels decide. Granted, the work may take longer."""
        pen, texts, area = self.pen, self.texts, self.call.area
        before = pen.at
        self._until(self.sent, limit, 0.55)
        if pen.at >= due(self.sent, limit, pen.calendar):
            pen.at = max(before, due(self.sent, Limit(limit.amount / 2, limit.unit), pen.calendar))
            return share
        pen.write(Verb.ASK_EXTENSION, self.who, reason=texts.say("delay", "reason", pen.at))
        pen.wait(pen.about(1.0))
        first = Who(Role.STREET_DISPATCHER, area[:9], number=self.call.number)
        pen.write(Verb.RECOMMEND, first, Outcome.AGREED, reason=texts.say("delay", "agree", pen.at))
        pen.wait(pen.about(1.0))
        leader = Who(Role.STREET_LEADER, area[:9], number=self.call.number)
        if pen.chance(0.12):
            pen.write(Verb.APPROVE, leader, Outcome.DECLINED, reason=texts.say("delay", "decline", pen.at))
            return share
        pen.write(Verb.APPROVE, leader, Outcome.EXTENDED, reason=texts.say("delay", "agree", pen.at))
        return min(share * 1.25, 1.9)

    def report(self, *, solved: bool) -> None:
        pen, texts, unit = self.pen, self.texts, self.body.short
        facts: dict[str, Any] = {"result": texts.say("report", "result", pen.at, unit), "solved": solved}
        facts["reply"] = texts.say("report", "reply" if solved else "unsolved", pen.at, unit)
        if not solved:
            facts["unsolved_reason"] = texts.say("report", "unsolved_reason", pen.at)
        pen.write(Verb.REPORT, self.who, **facts)

    def assist(self, other: Body) -> None:
        """A second body signs and reports its part before the lead may report."""
        pen, who = self.pen, member(other, self.call.number)
        pen.wait(pen.about(0.6 * other.pace), office=not urgent(self.call))
        pen.write(Verb.SIGN, who)
        pen.wait(pen.about(2.0 * other.pace), office=not urgent(self.call))
        result = self.texts.say("report", "result", pen.at, other.short)
        pen.write(Verb.REPORT, who, result=result, solved=True)


def member(body: Body, number: int) -> Who:
    """One of the staff of a unit."""
    role = Role.COMMUNITY_STATION if body.kind == "community" else Role.DEPARTMENT_HANDLER
    return Who(role, body.area, body.key, number)
