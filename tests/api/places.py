"""What stands in a district at addresses of the interface, for those who ask all of them."""

from dataclasses import dataclass
from typing import Any

from tests.api.conftest import Outside
from tests.cast import COMMUNITY, DISTRICT, STREET, Cast


@dataclass(frozen=True)
class Held:
    """``found``: what a parameter of an address may be, by how the address ends; ``named``: what a body may name."""

    found: dict[str, Any]
    named: dict[str, Any]


def written_down(centre: Outside, cast: Cast) -> Held:
    """A meeting at which something was said, a proposal that came from it, and a report."""
    meeting_kind, decision_kind = (
        centre.get(f"{what}-kinds").json()["kinds"][0]["id"] for what in ("meeting", "decision")
    )
    kept = {
        "key": "meet-20260302", "meeting_kind": meeting_kind, "title": "春风社区书记茶话会", "area": COMMUNITY,
        "held_at": "2026-03-02T09:00:00+08:00", "bodies": [cast.urban],
    }  # fmt: skip
    meeting = centre.post("meetings", kept).json()["line"]["id"]
    said = centre.post(f"meetings/{meeting}/appeals", {"key": "said-0001", "text": "楼道灯坏了半个月没人修"})
    assert said.status_code == 201, said.content.decode()
    wanted = {
        "key": "shed-20260302", "decision_kind": decision_kind, "title": "建电动车棚", "text": "在北侧建",
        "area": COMMUNITY, "meeting": meeting,
    }  # fmt: skip
    proposal = centre.post("proposals", wanted).json()["line"]["id"]
    asked = {"kind": "month", "area": str(DISTRICT), "on": "2026-02-10"}
    report = centre.post("reports", asked).json()["id"]
    season = centre.get("seasons").json()["seasons"][0]["code"]
    return Held(
        {"/meetings/{number}": meeting, "/appeals/{place}": 1, "/proposals/{number}": proposal,
         "/seasons/{code}": season, "/reports/{number}": report, "/compared/{other}": report, "/files/{form}": "docx",
         "/report-times/{kind}": "week", "/health-limits/{indicator}": "received", "/checkups/{area}": STREET,
         "/households/{household}": 1, "/templates/{name}": "solved", "/meeting-kinds/{number}": meeting_kind,
         "/decision-kinds/{number}": decision_kind},
        {"meeting_kind": meeting_kind, "decision_kind": decision_kind, "meeting": meeting},
    )  # fmt: skip
