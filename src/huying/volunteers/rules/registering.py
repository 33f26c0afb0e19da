"""What somebody says of themselves when they register, and what of it cannot be kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from huying.emergency.rules.hours import Hours
from huying.kernel.saying import said
from huying.volunteers.rules.kinds import VolunteerKind

#: Which wording of the consent is agreed to; another wording gets another name, and people are asked again.
CONSENT: Final = "2026-1"
NEAREST: Final = 200
FARTHEST: Final = 20_000
_COMMUNITY: Final = 12
#: Decimals of a degree that are kept of where somebody starts from: about a hundred metres, enough to say how far.
_KEPT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVolunteer:
    """As typed. ``area`` is the community they register at; ``lon``, ``lat`` (CGCS2000) where they start from;
    ``metres`` how far they will go; ``unit_id`` the unit whose people they are, ``unit_text`` its name where it is on
    no list; ``emergency``: also alerted in emergencies; ``agreed``: to the consent, and that they are of age."""

    name: str
    area: str
    kind: VolunteerKind = VolunteerKind.RESIDENT
    skills: Sequence[str] = ()
    hours: Hours = field(default_factory=Hours)
    lon: float | None = None
    lat: float | None = None
    metres: int = 2000
    unit_id: int | None = None
    unit_text: str = ""
    emergency: bool = False
    agreed: bool = False


def wrong_in(new: NewVolunteer, known: Collection[str]) -> Mapping[str, str]:
    """What cannot be kept, by field; ``known`` are the codes of skills."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= 40:
        wrong["name"] = said("请填姓名，最多 40 字。")
    if len(new.area) != _COMMUNITY or not new.area.isdigit():
        wrong["area"] = said("请选报到的社区。")
    if missing := next((code for code in new.skills if code not in known), ""):
        wrong["skills"] = said("没有这项技能：%(code)s。", code=missing)
    if not NEAREST <= new.metres <= FARTHEST:
        wrong["metres"] = said("请填 %(least)s 到 %(most)s 米。", least=NEAREST, most=FARTHEST)
    if len(new.unit_text.strip()) > 60:
        wrong["unit_text"] = said("单位名称最多 60 字。")
    if new.emergency and new.lon is None:
        wrong["emergency"] = said("要参加应急，请先给出从哪里出发。")
    if not new.agreed:
        wrong["agreed"] = said("请先同意登记说明。")
    return wrong


def coarse(degrees: float | None) -> float | None:
    """What is kept of one degree of a position."""
    return None if degrees is None else round(degrees, _KEPT)
