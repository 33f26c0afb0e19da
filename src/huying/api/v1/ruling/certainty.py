"""自动派单和回访规则: from which certainty on allocation acts by itself, and how long an answer is waited for."""

from ninja import Field, Router

from huying.access.permissions import Permission
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.loop.allocate.actions import set_thresholds
from huying.loop.allocate.queries import thresholds
from huying.loop.allocate.rules.weighing import Thresholds
from huying.loop.evaluate.actions import set_rule
from huying.loop.evaluate.queries import rule_of
from huying.loop.evaluate.rules import FollowUpRule

router = Router(tags=["时限与规则"])
Certainty, FollowUp = told(Thresholds, "Thresholds"), told(FollowUpRule, "FollowUpRule")


class ThresholdsGiven(Body):
    """From which certainty on something is done without a person; above 1: never."""

    automatic_above: float = Field(ge=0.5, le=1.01, description="自动派单", examples=[0.9])
    item_above: float = Field(ge=0.5, le=1.01, description="自动定事项", examples=[0.5])
    list_weight: float = Field(6.0, ge=0, le=1000, description="清单抵多少件历史案件", examples=[6])


class FollowUpRuleGiven(Body):
    """How long an answer is waited for, and how many direct answers are asked about."""

    days: int = Field(ge=1, le=90, description="等几天", examples=[7])
    sample_percent: int = Field(ge=0, le=100, description="当场答复抽查百分之几", examples=[5])


@router.get("/thresholds", response=Certainty, summary="自动派单的把握")
def certainty(request: AskedRequest) -> Thresholds:
    """From which certainty on allocation acts by itself."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return thresholds(request.actor.district)


@router.put("/thresholds", response=Certainty, summary="改自动派单的把握")
def certainty_set(request: AskedRequest, given: ThresholdsGiven) -> Thresholds:
    """From now on."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    chosen = Thresholds(given.automatic_above, given.item_above, given.list_weight)
    set_thresholds(chosen, by=request.actor, now=request.now)
    return thresholds(request.actor.district)


@router.get("/follow-up-rule", response=FollowUp, summary="回访规则")
def follow_up(request: AskedRequest) -> FollowUpRule:
    """How long an answer is waited for, where no plan says otherwise."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return rule_of(request.actor.district)


@router.put("/follow-up-rule", response=FollowUp, summary="改回访规则")
def follow_up_set(request: AskedRequest, given: FollowUpRuleGiven) -> FollowUpRule:
    """From now on."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    set_rule(request.actor, FollowUpRule(given.days, given.sample_percent), request.now)
    return rule_of(request.actor.district)
