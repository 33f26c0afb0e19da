"""Under which item what comes of devices becomes a case, by its kind: lost devices, bad water, quiet homes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.devices.models import CaseRule
from huying.devices.policy import must_read
from huying.devices.rules.kinds import RULED, MatterKind


@dataclass(frozen=True, slots=True)
class CaseRuleInfo:
    """Under which item of the list such a case stands ("": the centre decides) and how urgent it is (0–3)."""

    kind: MatterKind
    version: int = 0
    item: str = ""
    urgency: int = 0
    why: str = ""
    made_at: datetime | None = None
    made_by: str = ""


def case_rule_of(district: int, kind: MatterKind) -> CaseRuleInfo:
    """What holds now; one query."""
    row = CaseRule.objects.filter(district=district, kind=kind.value).order_by("-version").first()
    return _info(row) if row else CaseRuleInfo(kind, urgency=RULED[kind])


def case_rules_for(actor: Actor) -> Mapping[MatterKind, CaseRuleInfo]:
    """What holds now of each kind; one query. Raises Denied."""
    must_read(actor)
    rows = CaseRule.objects.filter(district=actor.district).order_by("kind", "-version").distinct("kind")
    found = {one.kind: one for one in map(_info, rows)}
    return {kind: found.get(kind, CaseRuleInfo(kind, urgency=urgency)) for kind, urgency in RULED.items()}


def case_rule_versions_for(actor: Actor, kind: MatterKind) -> list[CaseRuleInfo]:
    """Every version, the newest first. Raises Denied."""
    must_read(actor)
    rows = CaseRule.objects.filter(district=actor.district, kind=kind.value).order_by("-version")
    return [_info(row) for row in rows]


def _info(row: CaseRule) -> CaseRuleInfo:
    return CaseRuleInfo(
        MatterKind(row.kind), row.version, row.item, row.urgency, row.why, row.made_at, row.made_by
    )
