"""The questions a person keeps."""

from collections.abc import Sequence
from dataclasses import dataclass

from huying.people.models import SavedFilter


@dataclass(frozen=True, slots=True)
class SavedFilterInfo:
    """``query`` is what stands behind the question mark of the list's address."""

    id: int
    name: str
    query: str


def saved_filters(account_id: int, list_name: str) -> Sequence[SavedFilterInfo]:
    """What the account keeps for a list, first kept first."""
    rows = SavedFilter.objects.filter(account_id=account_id, list_name=list_name).order_by("id")
    return [SavedFilterInfo(*row) for row in rows.values_list("id", "name", "query")]
