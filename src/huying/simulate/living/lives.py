"""One matter lived: the calls are made, then everybody does at their time what the interface offers them.

The platform files and dispatches by itself what it is sure of. So before each deed its doer reads the case, as a
person would: what the case no longer needs is passed over, and a handler's deeds are done by the unit that has the
order, which need not be the one of the story.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from huying.access.roles import Role
from huying.cases.lifecycle import Verb
from huying.kernel.numbers import parse_case_number
from huying.simulate.days import Call
from huying.simulate.living.keyring import Keyring
from huying.simulate.living.office import Office
from huying.simulate.stories import Deed, Life, Who

_CSRF: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HANDLERS: Final = frozenset({Role.DEPARTMENT_HANDLER, Role.COMMUNITY_STATION})
_OVERTAKEN: Final = 409
_PEER: Final = "市12345热线平台"
Until = Callable[[datetime], Awaitable[None]]


class Lived:
    """One matter under way."""

    def __init__(self, life: Life, office: Office, ring: Keyring, units: Mapping[int, Who], ids: Mapping[str, int],
                 mark: str, until: Until) -> None:  # fmt: skip
        self.life, self.office, self.ring, self.until = life, office, ring, until
        self._units, self._ids, self._mark = units, ids, mark
        self.told: dict[int, dict[str, Any]] = {}

    async def whole(self) -> None:
        """Every call and deed of the matter in the order of time."""
        acts: list[tuple[datetime, int, int, Call | Deed]] = []
        for number, call in enumerate(self.life.calls):
            acts.append((call.at, 0, number, call))
        for number, deeds in enumerate((self.life.deeds, *self.life.joined)):
            acts += [(deed.at, 1 + at, number, deed) for at, deed in enumerate(deeds)]
        for at, turn, number, act in sorted(acts, key=lambda each: each[:3]):
            await self.until(at)
            if isinstance(act, Call):
                await self._call(number, act)
            elif number in self.told:
                await self._do(number, act, turn)

    async def _call(self, number: int, call: Call) -> None:
        body: dict[str, Any] = {"text": call.text, "kind": call.kind.value, "place_text": call.place,
                                "channel": call.channel}  # fmt: skip
        if call.lon is not None and call.lat is not None:
            body |= {"lon": call.lon, "lat": call.lat, "datum": "cgcs2000"}
        if call.caller is not None:
            body |= {"name": call.caller.name, "phone": call.caller.phone}
        if call.channel == "api":
            body |= {"source": _PEER, "external_number": f"{self._mark}-{call.number}"}
        answer = await self.office.give(
            "/api/v1/appeals", body, self.ring.seat, f"{self._mark}-{call.number}"
        )
        if answer is None:
            return
        if answer.status_code >= 400:
            self.office.deeds.refused[f"receive：{_reason(answer.json())}"] += 1
            return
        self.told[number] = answer.json()
        self.office.deeds.done["receive"] += 1

    async def _do(self, number: int, deed: Deed, turn: int) -> None:
        if deed.who.role is Role.RESIDENT:
            await self._resident(number, deed)
            return
        path = f"/api/v1/cases/{self.told[number]['case']}"
        found = await self._offered(path, deed)
        if found is None:
            self.office.deeds.passed_over[deed.verb.value] += 1
            return
        raw, case, offer = found
        body = self._facts(deed, case, offer)
        key = f"{self._mark}-{self.life.calls[number].number}-{turn}"
        answer = await self.office.give(f"{path}/{deed.verb.value}", body, raw, key)
        if answer is None:
            return
        if answer.status_code < 400:
            self.office.deeds.done[deed.verb.value] += 1
        elif answer.status_code == _OVERTAKEN:
            # Somebody, or the platform itself, was quicker.
            self.office.deeds.passed_over[deed.verb.value] += 1
        else:
            self.office.deeds.refused[f"{deed.verb.value}：{_reason(answer.json())}"] += 1

    async def _offered(self, path: str, deed: Deed) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
        """The doer's key, the case as they see it, and the step as it is offered to them; None where it is not."""
        watcher = self.ring.of(Who(Role.DISTRICT_DISPATCHER, self.life.calls[0].area[:6]))
        case = await self.office.read(path, watcher) if watcher else None
        if case is None:
            return None
        for who in self._doers(deed, case):
            raw = self.ring.of(who)
            seen = case if raw == watcher else await self.office.read(path, raw) if raw else None
            offer = next((each for each in seen["next"] if _is(each, deed)), None) if seen else None
            if raw and seen and offer:
                return raw, seen, offer
        return None

    def _doers(self, deed: Deed, case: Mapping[str, Any]) -> Sequence[Who]:
        area = self.life.calls[0].area
        centre = Who(Role.DISTRICT_DISPATCHER, area[:6])
        if deed.who.role is None:
            return (centre,)
        if deed.who.role not in _HANDLERS:
            return (deed.who, centre)
        working = [order for order in case["orders"] if order["state"] in ("sent", "signed")]
        return [self._units[order["body_id"]] for order in working if order["body_id"] in self._units]

    def _facts(self, deed: Deed, case: Mapping[str, Any], offer: Mapping[str, Any]) -> dict[str, Any]:
        allowed = {*offer["asks"], *offer["takes"]}
        facts = {
            name: self._meant(name, value, case) for name, value in deed.facts.items() if name in allowed
        }
        if deed.outcome is not None:
            facts["outcome"] = deed.outcome.value
        if offer["order_id"] is not None:
            facts["order"] = offer["order_id"]
        return facts

    def _meant(self, name: str, value: Any, case: Mapping[str, Any]) -> Any:
        """Units are told by key in a story and by number here, appeals by their place, cases by their serial."""
        if name in ("body", "proposed"):
            return self._ids[value]
        if name == "assists":
            return [self._ids[key] for key in value]
        if name == "appeal":
            heard = [caller["id"] for caller in case["callers"] if caller["active"]]
            return heard[min(value, len(heard) - 1)] if heard else value
        if name == "into" and 0 in self.told:
            return parse_case_number(self.told[0]["case"])[1]
        return value

    async def _resident(self, number: int, deed: Deed) -> None:
        """What a caller does on the public pages: rate, or take the matter back."""
        told, caller = self.told[number], self.life.calls[number].caller
        tail = caller.phone[-4:] if caller else ""
        async with await self.office.visit() as browser:
            form = await browser.get("/track")
            sent = {"receipt": told["receipt"], "tail": tail, "csrfmiddlewaretoken": _token(form.text)}
            page = await browser.post("/track", data=sent, headers={"Referer": str(form.url)})
            token = _token(page.text)
            if deed.verb is Verb.RATE:
                path = f"/track/{told['receipt']}/cases/{told['case']}/rating"
                solved = "yes" if deed.outcome is not None and deed.outcome.value == "solved" else "no"
                stars = {name: str(value) for name, value in deed.facts.items() if isinstance(value, int)}
                data = {"solved": solved, **stars}
            else:
                path, data = (
                    f"/track/{told['receipt']}/withdrawal",
                    {"reason": str(deed.facts.get("reason", ""))},
                )
            if not token or f'action="{path}"' not in page.text:
                self.office.deeds.passed_over[deed.verb.value] += 1
                return
            answer = await browser.post(
                path, data={**data, "csrfmiddlewaretoken": token}, headers={"Referer": str(page.url)}
            )
        kept = self.office.deeds.done if answer.status_code < 400 else self.office.deeds.refused
        kept[deed.verb.value] += 1


def _is(offer: Mapping[str, Any], deed: Deed) -> bool:
    outcome = deed.outcome.value if deed.outcome else None
    return (offer["verb"], offer["outcome"]) == (deed.verb.value, outcome)


def _token(page: str) -> str:
    found = _CSRF.search(page)
    return found[1] if found else ""


def _reason(problem: Mapping[str, Any]) -> str:
    words = "".join(f"；{one['field']}：{one['detail']}" for one in problem.get("errors") or [])
    return f"{problem.get('detail') or problem.get('title') or problem.get('code')}{words}"[:120]
