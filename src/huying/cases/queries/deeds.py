"""Steps that were taken under an Idempotency-Key."""

from dataclasses import dataclass

from huying.cases.lifecycle import Verb
from huying.cases.models import Deed, Entry


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Which step it was, and of which case the how manieth entry."""

    case_id: int
    seq: int
    verb: Verb


def step_under(district: int, key: str) -> StepTaken | None:
    """The step taken under a key; None for a key that stands for none."""
    deed = Deed.objects.filter(district=district, key=key).values_list("case_id", "seq").first()
    if deed is None:
        return None
    entry = Entry.objects.filter(district=district, case_id=deed[0], seq=deed[1])
    return StepTaken(*deed, Verb(entry.values_list("verb", flat=True).get()))
