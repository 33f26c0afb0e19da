"""What callers say of how their matter was handled (R501)."""

from huying.access.actor import ActorKind
from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.lifecycle import FollowUpReason, Outcome, Verb
from huying.cases.models import Rating
from huying.cases.models.rating import LINK
from huying.kernel.errors import Invalid


def rate(doing: Doing) -> None:
    """Keep one caller's say; a caller who was not reached has said nothing."""
    facts, case = doing.facts, doing.matter.case
    if facts["appeal"] not in doing.matter.active_appeals:
        raise Invalid(fields={"appeal": "这件诉求不在本案中。"})
    outcome = doing.move.outcome
    if facts.get("unreached_reason") == FollowUpReason.LAPSED and doing.move.by.kind is not ActorKind.SYSTEM:
        raise Invalid(fields={"unreached_reason": "逾期未评由系统到期自动记。"})
    reached = outcome is not Outcome.UNREACHED
    row = Rating(
        district=case.district, id=rows.new_ids(1)[0], case_id=case.id, appeal_id=facts["appeal"],
        seq=case.length + 1, way=LINK if doing.move.verb is Verb.RATE else facts.get("way", "seat"),
        at=doing.work.now, account_id=doing.account_id, reached=reached,
        reason=facts.get("unreached_reason", ""), solved=(outcome is Outcome.SOLVED) if reached else None,
        satisfaction=facts.get("satisfaction", "unsatisfied") if reached else "",
        responded=facts.get("responded"), speed=facts.get("speed"), effect=facts.get("effect"),
        service=facts.get("service"), answer=facts.get("answer"),
    )  # fmt: skip
    doing.matter.ratings.append(row)
    doing.work.add(row)
    if reached and (outcome is Outcome.UNSOLVED or row.satisfaction == "unsatisfied"):
        case.unhappy += 1
