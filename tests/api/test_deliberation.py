"""Meetings and votes through the interface: the bike shed, from what people said to the finished work."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from huying.deliberation.actions.voting import cast as cast_ballot
from huying.deliberation.models import (
    Ballot,
    DecisionKind,
    Discussion,
    Household,
    Meeting,
    MeetingAppeal,
    MeetingKind,
    Proposal,
    ProposalCase,
    Step,
    StepPhoto,
)
from huying.deliberation.rules.kinds import Choice
from huying.kernel import clock
from huying.people.models import Viewing
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, DISTRICT, OTHER_STREET, Cast
from tests.photos import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (
    Appeal, Case, Meeting, MeetingAppeal, MeetingKind, DecisionKind, Proposal, Discussion, Household, Ballot, Step,
    StepPhoto, ProposalCase, Viewing,
)  # fmt: skip
CENTRE, LEADER = Role.DISTRICT_DISPATCHER, Role.STREET_LEADER
PROPOSAL = {
    "key": "shed-20260302", "title": "3 栋楼下建电动车棚", "text": "在 3 栋北侧建车棚，花费 6 万元。", "area": COMMUNITY,
}  # fmt: skip


def _kind(system: Outside, what: str, name: str) -> int:
    rows = system.get(f"{what}-kinds").json()["kinds"]
    return next(int(row["id"]) for row in rows if row["name"].startswith(name))


def _meeting(system: Outside, cast: Cast) -> dict[str, Any]:
    return {
        "meeting_kind": _kind(system, "meeting", "书记茶话会"), "title": "春风社区书记茶话会", "area": COMMUNITY,
        "venue": "社区二楼会议室", "held_at": "2026-03-02T09:00:00+08:00", "host": "李书记", "bodies": [cast.urban],
    }  # fmt: skip


def test_a_meeting(cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]) -> None:
    kept = _meeting(systems(CENTRE), cast)
    new, said = (
        kept | {"key": "meet-20260302"},
        {"key": "said-0001", "text": "楼道灯坏了半个月", "phone": "13800000001"},
    )
    claim, meeting = {"body": cast.urban, "item": "X1"}, "meetings/{meeting}"
    first = [
        Deed(
            "POST", "meetings", CENTRE, new, {"line.title": kept["title"], "line.taken": 0}, 201, wrong=LEADER
        )
    ]
    walk(systems, first, world := {}, KEPT)
    world["meeting"] = Meeting.objects.get().id
    minutes = kept | {"minutes": "与会代表一致同意。"}
    walk(systems, [
        Deed("POST", f"{meeting}/appeals", CENTRE, said, {"number": 1}, 201, wrong=LEADER, matched=True),
        Deed("POST", f"{meeting}/appeals/1/claim", CENTRE, claim, {"line.taken": 1}, wrong=Role.SEAT),
        Deed("PUT", meeting, CENTRE, minutes, {"minutes": "与会代表一致同意。"}, wrong=LEADER, matched=True),
        Deed("POST", f"{meeting}/end", CENTRE, {}, {"line.over": True}, wrong=Role.SUPERVISOR),
    ], world, KEPT)  # fmt: skip
    address = meeting.format(**world)
    again = systems(CENTRE).post(f"{address}/appeals", said)
    assert (again.status_code, again.json()["number"]) == (201, 1)
    assert systems(CENTRE).post("meetings", new).json()["line"]["id"] == world["meeting"]
    assert systems(CENTRE).post(f"{address}/appeals", said | {"key": "said-0002"}).status_code == 409
    row = systems(CENTRE).get(address).json()["appeals"][0]
    appeal = Appeal.objects.get()
    assert (row["receipt"], row["claimed"], row["cases"][0]["state"]) == (
        appeal.receipt,
        "城市管理局",
        "dispatched",
    )
    for reader in (systems(LEADER), outside(CENTRE, body_id=cast.urban)):
        told = reader.get(address)
        assert told.json()["appeals"][0]["receipt"] == f"********{appeal.receipt[-4:]}"
        assert "13800000001" not in told.content.decode()
    stranger = outside(Role.STREET_DISPATCHER, OTHER_STREET)
    assert stranger.get(address).status_code == 404
    assert stranger.get("meetings").json() == {"meetings": [], "after": ""}
    found = systems(CENTRE).get("meetings", q="茶话会", limit=1).json()
    assert [one["taken"] for one in found["meetings"]] == [1]
    assert systems(CENTRE).get("meetings", after=found["after"], limit=1).json()["meetings"] == []


def test_a_proposal_its_vote_and_the_work(
    cast: Cast, systems: Callable[[Role], Outside], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    centre = systems(CENTRE)
    meeting = centre.post("meetings", _meeting(centre, cast) | {"key": "meet-20260302"}).json()["line"]["id"]
    new = PROPOSAL | {"decision_kind": _kind(centre, "decision", "居民议事")}
    anew = {name: new[name] for name in ("title", "area", "decision_kind")} | {"text": "在 3 栋南侧建车棚。"}
    from_it = new | {"meeting": meeting}
    begun = [Deed("POST", "proposals", CENTRE, from_it, {"origin": "meeting"}, 201, wrong=LEADER)]
    walk(systems, begun, world := {}, KEPT)
    world["proposal"] = Proposal.objects.get().id
    proposal = "proposals/{proposal}"
    rooms = {"households": [{"name": f"3栋{n}01", "area": 80 + n} for n in range(1, 4)]}
    closes = {"closes_at": (clock.now() + timedelta(days=7)).isoformat()}
    words = {"meeting": meeting, "words": "多数人同意建，定在北侧。"}
    walk(systems, [
        Deed("PUT", proposal, CENTRE, anew, {"text": anew["text"]}, wrong=LEADER, matched=True),
        Deed("POST", f"{proposal}/discussions", CENTRE, words, {"public": ""}, wrong=Role.SUPERVISOR),
        Deed("POST", f"{proposal}/households", CENTRE, rooms, {}, 201, private=True, wrong=LEADER),
        Deed("POST", f"{proposal}/households/1/code", CENTRE, {}, {}, private=True, wrong=Role.SEAT),
        Deed("POST", f"{proposal}/open", CENTRE, closes, {"line.phase": "voting", "tally": None}, wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    assert "邀请码" in Viewing.objects.first().what
    address = proposal.format(**world)
    assert centre.post(f"{address}/close").status_code == 409
    codes = _codes(centre, address)
    for code, choice in zip(codes, (Choice.YES, Choice.YES, Choice.NO), strict=True):
        cast_ballot(DISTRICT, world["proposal"], code, choice, code, clock.now())
    assert [one["voted"] for one in centre.get(f"{address}/households").json()["households"]] == [True] * 3
    assert systems(LEADER).get(f"{address}/households").status_code == 403
    step, work = {"key": "step-0001", "title": "施工"}, {"key": "work-0001", "text": "在 3 栋北侧建电动车棚"}
    walk(systems, [
        Deed("POST", f"{proposal}/close", CENTRE, {}, {"line.passed": True, "voted": 3}, wrong=LEADER),
        Deed("PUT", f"{proposal}/decision", CENTRE, {"words": "同意建。"}, {"decision": "同意建。"}, wrong=LEADER),
        Deed("POST", f"{proposal}/steps", CENTRE, step, {}, 201, wrong=LEADER),
        Deed("POST", f"{proposal}/cases", CENTRE, work, {}, 201, wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    world["step"] = Step.objects.get().id
    assert centre.post(f"{address}/finish").status_code == 409
    for wrong in ("no photo", b64encode(b"no photo").decode()):
        refused = centre.post(f"{address}/steps/{world['step']}/do", {"photos": [wrong]})
        assert refused.status_code == 400, wrong
    assert Step.objects.get().done_at is None
    done = {"note": "已完工", "photos": [_photo()]}
    walk(systems, [
        Deed("POST", f"{proposal}/steps/{{step}}/do", CENTRE, done, {}, wrong=LEADER),
        Deed("POST", f"{proposal}/finish", CENTRE, {}, {"line.phase": "done"}, wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    told = systems(LEADER).get(address).json()
    assert (told["tally"]["said"]["yes"]["households"], len(told["steps"][0]["photos"])) == (2, 1)
    assert [one["title"] for one in told["cases"]] == ["在 3 栋北侧建电动车棚"]
    assert centre.get("proposals", phase="done", q="车棚").json()["proposals"][0]["id"] == world["proposal"]
    assert centre.get("proposals", phase="voting").json()["proposals"] == []
    few = {what: _asked(centre, what) for what in ("meetings", "proposals")}
    for n in range(3):
        centre.post("meetings", _meeting(centre, cast) | {"key": f"meet-more-{n}"})
        centre.post("proposals", new | {"key": f"shed-more-{n}"})
    assert {what: _asked(centre, what) for what in few} == few


def test_what_comes_to_nothing_and_kinds(
    cast: Cast, systems: Callable[[Role], Outside], outside: Any
) -> None:
    kind = {"name": "村民代表会议", "quorum": "2/3", "basis": "《村民委员会组织法》第二十八条"}
    station, new = Role.COMMUNITY_STATION, PROPOSAL | {"decision_kind": "{village}"}
    _kind(systems(CENTRE), "decision", "居民议事")
    world: dict[str, Any] = {}
    walk(systems, [
        Deed("POST", "meeting-kinds", CENTRE, {"name": "楼栋恳谈会"}, {}, 201, wrong=LEADER, finds="tea"),
        Deed("POST", "meeting-kinds/{tea}/end", CENTRE, {}, {"id": "{tea}"}, wrong=LEADER),
        Deed("POST", "decision-kinds", CENTRE, kind, {}, 201, wrong=LEADER, finds="village"),
        Deed("POST", "proposals", station, new, {"rule.quorum": "2/3"}, 201, wrong=LEADER),
        Deed("POST", "decision-kinds/{village}/end", CENTRE, {}, {"id": "{village}"}, wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    world["proposal"] = Proposal.objects.get().id
    # Whoever runs a community does not set what a district decides by.
    own = outside(station, COMMUNITY)
    assert own.post("decision-kinds", kind | {"name": "别的"}).status_code == 403
    assert DecisionKind.objects.filter(name="别的").count() == 0
    walk(systems, [
        Deed("POST", "proposals/{proposal}/withdraw", station, {"why": "改由物业出资"}, {"line.phase": "withdrawn"},
             wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    again = {"households": [{"name": "3栋101"}, {"name": "3栋101"}]}
    refused = systems(CENTRE).post(f"proposals/{world['proposal']}/households", again)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "households")


def _asked(system: Outside, what: str) -> int:
    """How often a list asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert system.get(what).status_code == 200
    return len(asked)


def _codes(centre: Outside, address: str) -> list[str]:
    """Codes of all households, each given out again."""
    rows = centre.get(f"{address}/households").json()["households"]
    given = [centre.post(f"{address}/households/{row['number']}/code").json() for row in rows]
    return [one["invitations"][0]["code"] for one in given]


def _photo() -> str:
    return b64encode(jpeg("a.jpg").read()).decode()
