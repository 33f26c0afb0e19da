"""What has been voted, as sums: nothing here says who said what."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count as Number
from django.db.models import Q, Sum

from huying.deliberation.models import Ballot, Household, Proposal, Tallied
from huying.deliberation.rules.kinds import Choice
from huying.deliberation.rules.majority import Count, Tally


def tally_of(row: Proposal) -> Tally:
    """The count as it stands. Three queries whatever its size."""
    mine = {"district": row.district, "proposal_id": row.pk}
    all_of_them = Household.objects.filter(**mine).aggregate(n=Number("number"), area=Sum("area"))
    areas = dict(Tallied.objects.filter(**mine).values_list("choice", "area"))
    said = Ballot.objects.filter(**mine).values_list("choice").annotate(n=Number("key"))
    return Tally(
        Count(all_of_them["n"], all_of_them["area"] or Decimal(0)),
        {Choice(choice): Count(n, areas.get(choice, Decimal(0))) for choice, n in said},
    )


def turnout_of(row: Proposal) -> tuple[int, int]:
    """(households that voted, all that may); one query."""
    found = Household.objects.filter(district=row.district, proposal_id=row.pk).aggregate(
        n=Number("number"), voted=Number("number", filter=Q(voted=True))
    )
    return found["voted"], found["n"]


def ballots_of(row: Proposal, since: str = "", limit: int | None = None) -> Sequence[tuple[Choice, str]]:
    """(choice, digest) of the ballots from a digest, or its beginning, on, by digest: their order says nothing."""
    rows = Ballot.objects.filter(district=row.district, proposal_id=row.pk, digest__gte=since)
    found = rows.order_by("digest").values_list("choice", "digest")[:limit]
    return [(Choice(choice), digest) for choice, digest in found]
