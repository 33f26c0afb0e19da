"""The cases that stand open when a demonstration begins, scripted so that every post finds work of each sort."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from huying.access.roles import Role
from huying.cases.lifecycle import Outcome, Verb
from huying.catalogue.rules.kinds import AppealKind
from huying.simulate.chance import dice
from huying.simulate.days import Call, Ground
from huying.simulate.folk import caller
from huying.simulate.land import Area
from huying.simulate.speech import Matter
from huying.simulate.stories.handling import member
from huying.simulate.stories.life import Life, joining
from huying.simulate.stories.pen import Deed, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.spot import OnTheSpot
from huying.simulate.stories.words import Texts

_NUMBERS: Final = 900_000_000
_SUSPENDED_FOR: Final = timedelta(days=30)


def showcase(
    seed: int, ground: Ground, matters: Sequence[Matter], setting: Setting, now: datetime
) -> Iterator[Life]:
    """The lives of ``showcase.toml`` in the first community, up to ``now``; matters the list lacks are left out."""
    text = files("huying.simulate.stories").joinpath("showcase.toml").read_text(encoding="utf-8")
    known = {matter.line.name: matter for matter in matters}
    for number, script in enumerate(tomllib.loads(text)["case"]):
        wanted = [script["about"], *script.get("split", ())]
        if all(name in known for name in wanted):
            yield Scripted(seed, ground, known, setting, now, number, script).life()


def _began(script: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    """So many hours ago, or at twenty to ten on that day of last month."""
    if "last_month" not in script:
        return now - timedelta(hours=script["ago"])
    end = now.astimezone(zone).replace(day=1, hour=9, minute=40, second=0, microsecond=0) - timedelta(days=1)
    return end.replace(day=script["last_month"])


class Scripted:
    """One script, acted out at a place."""

    def __init__(
        self,
        seed: int,
        ground: Ground,
        known: Mapping[str, Matter],
        setting: Setting,
        now: datetime,
        number: int,
        script: Mapping[str, Any],
    ) -> None:
        self.seed, self.known, self.setting, self.now, self.script = seed, known, setting, now, script
        # Cases of one spot share its dice, so that they share the place.
        shared = script.get("spot")
        self.rng = dice(seed, "showcase", number) if shared is None else dice(seed, "outcry", shared)
        self.matter = known[script["about"]]
        community = ground.grids[0].parent
        grids = [grid for grid in ground.grids if grid.parent == community]
        self.grid: Area = grids[(number if shared is None else shared) % len(grids)]
        self.spot = ground.spot(self.rng, self.grid, self.matter.places)
        self.call = self._call(_NUMBERS + 100 * number, _began(script, now, setting.calendar.zone))
        self.texts = Texts(self.rng, self.call, setting.calendar.zone)
        lead = script.get("lead", "centre")
        area = {"station": self.grid.parent}.get(lead, self.grid.code[:9])
        self.lead = setting.units.get(lead) or setting.units[f"{lead}-{area}"]
        self.at = self.call.at
        self.scene = OnTheSpot(self.script, self.setting, self.grid, self.lead, self.now)

    def life(self) -> Life:
        deeds = [self._deed(*step.split()) for step in self.script["steps"]]
        others = self._neighbours()
        joined = [joining(self.seed, call, self.setting, self.now) for call in others]
        return Life([self.call, *others], [deed for deed in deeds if deed.at < self.now], joined)

    def _call(self, number: int, at: datetime) -> Call:
        channel = self.script.get("channel", "hotline")
        located = channel == "web"
        return Call(
            at=at,
            number=number,
            series=number,
            kind=AppealKind.COMPLAINT,
            matter=self.matter,
            condition=self.matter.line.conditions[0] if self.matter.line.conditions else None,
            text=self.script["text"].format(地=self.spot.name),
            place=self.spot.name,
            area=self.grid.code,
            lon=self.spot.lon if located else None,
            lat=self.spot.lat if located else None,
            caller=caller(self.seed, self.grid.code, number % 97),
            channel=channel,
            first=True,
            sore=0,
        )

    def _neighbours(self) -> list[Call]:
        """Further callers, most of them within the first half hour."""
        count, at, calls = self.script.get("neighbours", 0), self.call.at + timedelta(minutes=12), []
        for number in range(count):
            at += timedelta(minutes=self.rng.expovariate(1 / 3))
            call = self._call(self.call.number + 1 + number, at)
            says = self.rng.choice(self.matter.says or (self.script["text"],))
            who = caller(self.seed, self.grid.code, 100 + number)
            words = {"地": self.spot.name, "时": "今天", "久": "刚刚", "次": "两次"}
            calls.append(replace(call, text=says.format_map(words), caller=who, first=False))
        return [call for call in calls if call.at < self.now]

    def _deed(self, minutes: str, verb: str, more: str = "") -> Deed:
        self.at += timedelta(minutes=int(minutes))
        say, body = self.texts.say, self.lead.short
        at, officer, staff = self.at, self._officer, member(self.lead, 0)
        deeds: Mapping[str, Callable[[], Deed]] = {
            "file": lambda: Deed(Verb.FILE, at, officer(Role.STREET_DISPATCHER), facts=self._filing()),
            "split": lambda: Deed(Verb.SPLIT, at, officer(Role.STREET_DISPATCHER), facts=self._parts()),
            "down": lambda: Deed(
                Verb.HAND_DOWN,
                at,
                officer(Role.STREET_DISPATCHER),
                facts={"reason": say("level", "down", at)},
            ),
            "dispatch": lambda: Deed(Verb.DISPATCH, at, Who(None), facts=self._dispatch()),
            "sign": lambda: Deed(Verb.SIGN, at, staff),
            "contact": lambda: Deed(
                Verb.CONTACT, at, staff, facts={"reached": True, "note": say("note", "contact", at)}
            ),
            "note": lambda: Deed(Verb.NOTE, at, staff, facts={"progress": say("note", "progress", at)}),
            "report": lambda: Deed(
                Verb.REPORT,
                at,
                staff,
                facts={
                    "result": say("report", "result", at, body),
                    "reply": say("report", "reply", at, body),
                    "solved": True,
                },
            ),
            "pass": lambda: Deed(Verb.CHECK, at, officer(Role.STREET_DISPATCHER, 1), Outcome.PASSED),
            "dispute": lambda: Deed(Verb.DISPUTE, at, staff, facts=self._dispute(more)),
            "ask": lambda: Deed(Verb.ASK_EXTENSION, at, staff, facts={"reason": say("delay", "reason", at)}),
            "suspend": lambda: Deed(
                Verb.ASK_SUSPENSION,
                at,
                staff,
                facts={"reason": say("delay", "reason", at), "until": self.now + _SUSPENDED_FOR},
            ),
            "recommend": lambda: Deed(
                Verb.RECOMMEND,
                at,
                officer(Role.STREET_DISPATCHER, 1),
                Outcome.AGREED,
                {"reason": say("delay", "agree", at)},
            ),
            "suspended": lambda: Deed(
                Verb.APPROVE,
                at,
                officer(Role.STREET_LEADER),
                Outcome.SUSPENDED,
                {"reason": say("delay", "agree", at)},
            ),
            "supervise": lambda: Deed(
                Verb.SUPERVISE,
                at,
                Who(Role.SUPERVISOR, self.setting.code),
                facts={"supervision": say("supervise", "demand", at)},
            ),
            "answered": lambda: Deed(Verb.FOLLOW_UP, at, Who(Role.EVALUATOR, self.setting.code), Outcome.SOLVED,
                                     {"appeal": 0, "satisfaction": "satisfied", "way": "seat"}),
            "missed": lambda: Deed(Verb.FOLLOW_UP, at, Who(Role.EVALUATOR, self.setting.code), Outcome.UNREACHED,
                                   {"appeal": 0, "way": "seat", "unreached_reason": more}),
            "close": lambda: Deed(Verb.CLOSE, at, Who(Role.EVALUATOR, self.setting.code)),
        }  # fmt: skip
        if verb in deeds:
            return deeds[verb]()
        return self.scene.deed(verb, more, at)

    def _officer(self, role: Role, number: int = 0) -> Who:
        return Who(role, self.grid.code[:9], number=number)

    def _filing(self) -> dict[str, Any]:
        facts = {"item": self.matter.code, "kind": self.call.kind.value, "area": self.grid.code}
        return {**facts, **({"condition": "1"} if self.call.condition else {})}

    def _parts(self) -> dict[str, Any]:
        parts = [self.known[name] for name in self.script["split"]]
        return {
            "parts": [{"item": part.code, "title": f"{self.spot.name}{part.line.name}"} for part in parts]
        }

    def _dispatch(self) -> dict[str, Any]:
        reason = f"清单：{self.matter.line.name}由{self.lead.short}牵头"
        return {"body": self.lead.key, "source": "list", "reasons": [reason]}

    def _dispute(self, other: str) -> dict[str, Any]:
        keys = (other, f"{other}-{self.grid.code[:9]}", f"{other}-{self.grid.parent}")
        proposed = next(key for key in keys if key in self.setting.units)
        return {"grounds": self.texts.say("dispute", "grounds", self.at), "proposed": proposed}
