"""Whatever schemathesis makes of the description is answered as described, to every kind of key and to none."""

from collections.abc import Iterator
from ipaddress import ip_network
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huying.access.actor import system
from huying.access.roles import Role
from huying.api.intake.brakes import Brake
from huying.api.v1 import appeals
from huying.catalogue.actions import load_starter
from huying.emergency.actions import NewResponder, register
from huying.emergency.rules.kinds import ResponderKind
from huying.kernel.clock import now
from huying.people.actions import create_key
from tests.api.conftest import Outside
from tests.api.furnished import furnished
from tests.api.places import written_down
from tests.cast import DISTRICT, GRID, STREET, Cast, gather
from tests.teams.conftest import laid
from tests.webhooks.receiver import receiving

pytestmark = [pytest.mark.slow, pytest.mark.database]
CHECKS: Final = [
    content_type_conformance, response_schema_conformance, status_code_conformance, not_a_server_error,
]  # fmt: skip
# The same few questions each time: what is found stays found.
FEW: Final = settings(
    max_examples=2, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip
ROLES: Final = (
    Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.SUPERVISOR, Role.EVALUATOR, Role.RULING_OFFICER,
    Role.STREET_LEADER, Role.COMMUNITY_STATION, Role.DEPARTMENT_HANDLER, Role.AUDITOR,
)  # fmt: skip
# A number that nothing here has, however often the tables were filled before.
NOBODY: Final = 10**9
# What they ask for depends on where the district lies, on the day, or on what a unit did in a month.
ASKS_FOR_MORE: Final = {
    "POST /api/v1/appeals", "POST /api/v1/posts/{number}/end", "POST /api/v1/ratings", "POST /api/v1/exemptions",
    # A point, people, a ruling and sheets of this district.
    "POST /api/v1/responders", "PUT /api/v1/responders/{number}", "POST /api/v1/duty/turns/{number}/rotations",
    "POST /api/v1/responders/import", "POST /api/v1/teams/import", "POST /api/v1/duty/import",
    "POST /api/v1/editions/{number}/adopt", "POST /api/v1/uploads",
    "POST /api/v1/emergencies/{number}/files",
    # Owners and devices of this district.
    "POST /api/v1/devices", "POST /api/v1/watch-rules",
    "POST /api/v1/video/webhook", "POST /api/v1/video/webhook-form", "POST /api/v1/video/gb28181",
    "POST /api/v1/video/onvif",
    "POST /api/v1/video/snapshots",
    # An area of this district, its people, their days, and sheets of them.
    "POST /api/v1/grid-plans", "POST /api/v1/devices/import", "POST /api/v1/residents",
    "POST /api/v1/residents/import", "POST /api/v1/visit-plan", "POST /api/v1/visit-absences",
    "POST /api/v1/volunteers", "POST /api/v1/musters", "POST /api/v1/listings", "POST /api/v1/patrol/checks",
    "POST /api/v1/facilities", "PUT /api/v1/facility-kinds/{code}", "POST /api/v1/service-asks/{number}/arrange",
}  # fmt: skip


def _made(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content.decode()
    return answer.json()


class Town:
    """A district in which most addresses lead to something, and keys of several roles."""

    def __init__(self, receiver: str) -> None:
        cast, hook = gather(), {"name": "运行中心", "address": receiver}
        ground = laid(cast)
        load_starter(cast.system, DISTRICT, now())
        self.keys = {role: _key(cast, role) for role in ROLES}
        admin, centre = (Outside(self.keys[role]) for role in ROLES[:2])
        kept = centre.post("appeals", {"text": "春风路垃圾没人收，臭得很", "phone": "13800000001"}).json()
        self.item = admin.get("items").json()[0]["code"]
        centre.post(f"cases/{kept['case']}/file", {"item": self.item, "area": GRID})
        centre.post(f"cases/{kept['case']}/dispatch", {"body": cast.urban})
        person = {"login": "zhouxiaofang", "name": "周小芳", "post": {"role": "seat", "area": str(DISTRICT)}}
        account = admin.post("accounts", person).json()["account"]
        held = written_down(centre, cast)
        self.found = held.found | {
            "/cases/{number}": kept["case"],
            "/appeals/{receipt}": kept["receipt"],
            "/callers/{appeal}": centre.get(f"cases/{kept['case']}").json()["callers"][0]["id"],
            "/bodies/{number}": cast.housing,
            "/editions/{number}": 1,
            "/changes/{since}": 1,
            "/items/{code}": self.item,
            "/device-case-rules/{kind}": "silence",
            "/accounts/{number}": account,
            "/duty/posts/{number}": ground.post,
            "/duty/turns/{number}": ground.turns["白班"],
            "/team-kinds/{number}": next(iter(ground.kinds.values())),
            "/posts/{number}": admin.get(f"accounts/{account}").json()["posts"][0]["id"],
            "/keys/{number}": create_key(cast.system, "备用", Role.SEAT, str(DISTRICT), now())[0],
            "/members/{number}": admin.get("members", area=STREET).json()["members"][0]["id"],
            "/teams/{grid}": GRID,
            "/articles/{number}": _made(admin.post("articles", ARTICLE))["id"],
            "/webhooks/{number}": _made(admin.post("webhooks", hook))["subscription"]["id"],
            "/situations/{code}": _made(admin.get("situations"))["situations"][0]["code"],
            "/texts/{kind}": "reply",
            "/reply/{name}": _made(admin.get("texts/reply"))["texts"][0]["name"],
            "/{kind}/{name}": _made(admin.get("texts/reply"))["texts"][0]["name"],
            "/emergencies/{number}": _made(centre.post("emergencies", ALARM))["id"],
            "/responders/{number}": register(cast.system, HELPER, now())[0],
            "/emergency-plans/{code}": "fire",
            "/skills/{code}": "sign",
            "/work/{number}": centre.post("exports", {"path": "/cases"}).json()["id"],
            "/calendar/days/{day}": "2026-03-02",
            "/calendar/{year}": 2026,
            "/formulas/{code}": "own_rate",
            "/assessment-rules/{kind}": "ranking",
            "/limits/{kind}": "accept",
            "/ladders/{kind}": "accept",
            "/follow-up-plans/{code}": _made(admin.get("follow-up-plans"))["plans"][0]["code"],
        }
        self.found |= furnished(admin)
        self.named = held.named | {
            "body": cast.urban, "bodies": [cast.urban], "called": [cast.urban], "area": STREET, "areas": [STREET],
            "item": self.item, "items": [self.item], "street": STREET, "grid": GRID, "case": kept["case"],
            "address": receiver, "kind": next(iter(ground.kinds.values())), "at": now().isoformat(),
        }  # fmt: skip

    def place(self, path: str, name: str) -> Any:
        """What stands at a parameter of an address; None where nothing is known to."""
        before = path[: path.index(f"{{{name}}}") + len(name) + 2]
        return next((value for end, value in self.found.items() if before.endswith(end)), None)


ARTICLE: Final = {
    "question": "老年证在哪里办？",
    "answer": "请到街道办事大厅一楼综合窗口，带上身份证。",
    "valid_from": "2026-01-01",
}
ALARM: Final = {"kind": "sos", "device": "SOS-7", "key": "press-1", "words": "一键求助"}
HELPER: Final = NewResponder(
    kind=ResponderKind.VOLUNTEER,
    name="志愿者",
    phone="13700000001",
    skills=["first_aid"],
    lon=114.0,
    lat=22.0,
)


def _key(cast: Cast, role: Role) -> str:
    body = cast.urban if role is Role.DEPARTMENT_HANDLER else None
    area = STREET if role in (Role.STREET_LEADER, Role.COMMUNITY_STATION) else str(DISTRICT)
    return create_key(system(DISTRICT), role.zh, role, area, now(), body_id=body, per_minute=1_000_000)[1]


@pytest.fixture
def town(
    transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Town]:
    monkeypatch.setattr(appeals, "_brake", Brake(1_000_000))
    settings.HUYING_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    settings.HUYING_WORK_DIR = tmp_path / "work"
    with receiving() as receiver:
        yield Town(receiver.url)


def _operations() -> list[Any]:
    """What is read first; what ends something last."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found = [one.ok() for one in schema.get_all_operations()]
    order = ("get", "post", "put", "delete")
    return sorted(found, key=lambda one: (one.path.endswith(("/end", "/close")), order.index(one.method)))


def _asked(case: schemathesis.Case, key: str | None) -> tuple[int, str]:
    """The status, and what is wrong with the answer."""
    # Its WSGI transport asks for packed answers and does not open them.
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
    response = case.call(headers=headers)
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as faults:
        return response.status_code, "\n".join(str(fault) for fault in faults.exceptions)
    return response.status_code, ""


def _example(operation: Any, town: Town) -> schemathesis.Case:
    """What the description gives as an example, sent to where something is."""
    told = operation.definition.raw
    asked = [one for one in told["parameters"] if one["in"] == "query" and one["required"]]
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    body = (
        {"body": _filled(content["example"], town.named), "media_type": "application/json"} if content else {}
    )
    case: schemathesis.Case = operation.Case(
        path_parameters={name: town.place(operation.path, name) or NOBODY for name in _places(operation)},
        query={one["name"]: town.named.get(one["name"], one["example"]) for one in asked},
        **body,
    )
    return case


def _places(operation: Any) -> list[str]:
    return [one["name"] for one in operation.definition.raw["parameters"] if one["in"] == "path"]


def _filled(example: Any, named: dict[str, Any]) -> Any:
    """With what this district knows in the place of what another would."""
    if isinstance(example, dict):
        own = {
            name: named[name] for name, value in example.items() if type(named.get(name, ...)) is type(value)
        }
        return {name: _filled(value, named) for name, value in example.items()} | own
    return [_filled(one, named) for one in example] if isinstance(example, list) else example


def _generated(operation: Any, town: Town, key: str | None) -> list[str]:
    """What is wrong with the answers to what schemathesis makes up, half of it at places where something is."""
    faults: list[str] = []
    turn = cycle((True, False))
    for mode in GenerationMode:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def each(case: schemathesis.Case) -> None:
            if next(turn):
                known = {name: town.place(operation.path, name) for name in _places(operation)}
                case.path_parameters.update(
                    {name: value for name, value in known.items() if value is not None}
                )
            # An answer of a few fields has no others; that is tested where fields are (test_conduct).
            case.query.pop("fields", None)
            faults.append(_asked(case, key)[1])

        each()
    return faults


def test_whatever_is_sent_is_answered_as_described(town: Town) -> None:
    faults: list[str] = []
    done, refused = set(), set()
    for operation in _operations():
        example = {role: _asked(_example(operation, town), town.keys[role]) for role in ROLES}
        statuses = {role: status for role, (status, _fault) in example.items()}
        suited = min(ROLES, key=lambda role: (statuses[role] >= 300, statuses[role] == 403))
        told = [fault for _status, fault in example.values()]
        told += [*_generated(operation, town, town.keys[suited]), _asked(_example(operation, town), None)[1]]
        faults += [f"{operation.label}: {fault}" for fault in told if fault]
        (done if statuses[suited] < 300 else refused if statuses[suited] == 400 else set()).add(
            operation.label
        )
    assert faults == []
    assert refused == ASKS_FOR_MORE, "an example in the description is refused by our own rules"
    # The rest asks for a thing that this district has none of, or a state that its one case is not in.
    assert len(done) >= 195
