"""Choosing direct answers to be asked about, and crossing off those that were."""

from collections.abc import Sequence

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.loop.evaluate.models import Sample
from huying.loop.evaluate.queries.rule import rule_of
from huying.loop.evaluate.rules import is_sampled


def keep_samples(district: int, entries: Sequence[Link]) -> None:
    """Follow the ledger: a chosen answer is planned once, and done when its caller was asked or said something."""
    answered = {entry.case_id: entry.at for entry in entries if entry.verb == Verb.ANSWER}
    if answered:
        percent = rule_of(district).sample_percent
        chosen = [
            Sample(district=district, case_id=case_id, chosen_at=at, done_at=None)
            for case_id, at in answered.items()
            if is_sampled(district, case_id, percent)
        ]
        Sample.objects.bulk_create(chosen, ignore_conflicts=True)
    asked = {
        entry.case_id: entry.at for entry in entries if entry.verb in {Verb.FOLLOW_UP, Verb.RATE, Verb.REOPEN}
    }
    for case_id, at in asked.items():
        Sample.objects.filter(district=district, case_id=case_id, done_at__isnull=True).update(done_at=at)
