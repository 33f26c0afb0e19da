"""The photos of a case and of the appeals it answers, for who may see the case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from huying.access.actor import Actor
from huying.cases.models import Attachment, CaseAppeal
from huying.cases.queries.seeing import must_see


@dataclass(frozen=True, slots=True)
class PhotoView:
    """One photo: its path in the store, at which stage it was taken (before, during, after), and whether a caller sent
    it."""

    id: int
    stage: str
    path: str
    by_caller: bool = False


def photos_for(actor: Actor, district: int, case_id: int) -> Sequence[PhotoView]:
    """Those of its callers first, then in the order they came. Raises NotFound for a case not theirs to see."""
    must_see(actor, district, case_id)
    appeals = CaseAppeal.objects.filter(district=district, case_id=case_id).values("appeal_id")
    rows = Attachment.objects.filter(
        Q(case_id=case_id) | Q(case_id__isnull=True, appeal_id__in=appeals), district=district
    )
    return photo_views(rows)


def photo_views(rows: Iterable[Attachment]) -> list[PhotoView]:
    """The photos of a case and its appeals, those of its callers first, then in the order they came."""
    return [
        PhotoView(row.id, "before" if row.case_id is None else row.stage, row.path, row.case_id is None)
        for row in sorted(rows, key=lambda row: (row.case_id is not None, row.id))
    ]
