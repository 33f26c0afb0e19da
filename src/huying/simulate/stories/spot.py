"""Calls to the spot and promises in a script: who is called and comes, what is shared out, what is promised and kept."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from huying.access.roles import Role
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.rules.promising import Season
from huying.simulate.folk import Body
from huying.simulate.land import Area
from huying.simulate.stories.handling import member
from huying.simulate.stories.pen import Deed, Who
from huying.simulate.stories.setting import Setting
from huying.worktime import mainland

_DAY_ENDS: Final = time(23, 59)


class OnTheSpot:
    """Writes these deeds of one script; its words are the script's own.

    A unit is named by its key, with or without the area, or by a duty that it bears there.
    """

    def __init__(
        self, script: Mapping[str, Any], setting: Setting, grid: Area, lead: Body, now: datetime
    ) -> None:
        self._words, self._setting, self._grid, self._lead, self._now = script, setting, grid, lead, now

    def deed(self, verb: str, more: str, at: datetime) -> Deed:
        """The deed that a line of the script means; ``more`` is what stands behind its verb."""
        street = Who(Role.STREET_DISPATCHER, self._grid.code[:9])
        own = member(self._lead, 0)
        deeds: Mapping[str, Callable[[], Deed]] = {
            "call": lambda: Deed(Verb.CALL, at, street, facts=self._call(more)),
            "comes": lambda: Deed(Verb.ANSWER_CALL, at, self._of(more)),
            "stands": lambda: Deed(Verb.ARRIVE, at, self._of(more)),
            "consult": lambda: Deed(Verb.CONSULT, at, street, facts={"minutes": self._words["minutes"]}),
            "share": lambda: Deed(Verb.ASSIGN, at, street, facts=self._part(*more.split(","))),
            "end": lambda: Deed(Verb.END_CALL, at, street),
            "done": lambda: Deed(
                Verb.KEEP_PROMISE, at, self._of(more), facts={"pledge": 0, "result": "已完成。"}
            ),
            "promise": lambda: Deed(Verb.PROMISE, at, own, facts=self._promise(more, at)),
            "keep": lambda: Deed(
                Verb.KEEP_PROMISE, at, own, facts={"pledge": 0, "progress": self._words["kept"]}
            ),
            "break": lambda: Deed(Verb.BREAK_PROMISE, at, Who(None), Outcome.OVERDUE, {"pledge": 0}),
        }
        return deeds[verb]()

    def _body(self, name: str) -> Body:
        units = self._setting.units
        keys = (name, f"{name}-{self._grid.code[:9]}", f"{name}-{self._grid.parent}")
        return next((units[key] for key in keys if key in units), None) or self._setting.bearer(
            name, self._grid.code
        )

    def _of(self, name: str) -> Who:
        return member(self._body(name), 0)

    def _call(self, names: str) -> dict[str, Any]:
        situation = self._words.get("situation")
        called = list(dict.fromkeys(self._body(name).key for name in names.split(",")))
        return {
            "called": called,
            "demand": self._words["demand"],
            **({"situation": situation} if situation else {}),
        }

    def _part(self, name: str, days: str) -> dict[str, Any]:
        return {
            "body": self._body(name).key,
            "task": self._words["part"],
            "promise_until": self._day(int(days)),
        }

    def _promise(self, when: str, at: datetime) -> dict[str, Any]:
        by = (
            {"season": f"{self._now.year + 1}-{when}"}
            if when in set(Season)
            else {"promise_until": self._day(int(when), at if when.startswith("+") else self._now)}
        )
        return {"promise": self._words["promise"], **by}

    def _day(self, ahead: int, since: datetime | None = None) -> datetime:
        """The end of the day that lies so many days from ``since`` (from now unless given), or with a minus before."""
        zone = mainland().zone
        day = ((since or self._now) + timedelta(days=ahead)).astimezone(zone).date()
        return datetime.combine(day, _DAY_ENDS, zone)
