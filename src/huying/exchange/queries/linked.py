"""Which orders of a system are which cases of ours, as its connector may ask."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from huying.cases.lifecycle import CLOSED_STATES, State
from huying.cases.queries.exchanged import answering
from huying.exchange.models import Linked

# For how long after its end a case is asked about, and about how many at most.
_AFTER: Final = timedelta(days=30)
_MOST: Final = 2000


class LinkBook:
    """A system's orders here, asked when a connector needs them."""

    def __init__(self, district: int, peer_id: int) -> None:
        self.district, self.peer_id = district, peer_id

    def known(self, numbers: Collection[str]) -> Mapping[str, bool]:
        """Those of these numbers that are cases; True where the order came from there, False where it is ours."""
        rows = self._rows().filter(number__in=list(numbers)).values_list("number", "incoming_id")
        return {number: incoming is not None for number, incoming in rows}

    def followed(self, now: datetime) -> Sequence[str]:
        """Numbers whose case is open, or has been touched within 30 days; the newest 2,000."""
        links = list(self._rows().order_by("-at", "number").values_list("number", "appeal_id")[:_MOST])
        cases = answering(self.district, [appeal for _, appeal in links])
        return [
            number
            for number, appeal in links
            if (case := cases.get(appeal)) is not None
            and (State(case.state) not in CLOSED_STATES or case.touched_at > now - _AFTER)
        ]

    def _rows(self) -> QuerySet[Linked]:
        return Linked.objects.filter(district=self.district, peer_id=self.peer_id)


def numbers_of(district: int, peer_id: int, cases: Collection[int]) -> Mapping[int, str]:
    """Case → what a system calls it, for those that it has."""
    if not cases:
        return {}
    rows = Linked.objects.filter(district=district, peer_id=peer_id, case_id__in=cases).order_by(
        "since", "number"
    )
    return {case_id: number for case_id, number in reversed(list(rows.values_list("case_id", "number")))}
