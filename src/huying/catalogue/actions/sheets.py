"""The list to an Excel file and back into a draft."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.catalogue.actions.writing import draft_locked, touch, write_content
from huying.catalogue.queries.reading import content
from huying.catalogue.rules.comparing import Difference, compare
from huying.catalogue.rules.sheets import Fault, read_workbook


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import would do or did. With faults nothing is written and ``difference`` is None."""

    faults: tuple[Fault, ...]
    difference: Difference | None
    items: int
    applied: bool


@transaction.atomic
def import_excel(by: Actor, edition_id: int, data: bytes, now: datetime, dry_run: bool) -> ImportReport:
    """Make a draft say exactly what the file says, or with ``dry_run`` only tell what would change.

    All or nothing; importing the same file again changes nothing. Raises Invalid when the file cannot be read at
    all, NotFound, Denied, Conflict when the edition is no draft.
    """
    edition = draft_locked(by, edition_id)
    said, faults = read_workbook(data)
    if faults:
        return ImportReport(tuple(faults), None, len(said.items), applied=False)
    difference = compare(content(edition.pk), said)
    if difference and not dry_run:
        write_content(edition, said)
        touch(edition, now)
    return ImportReport((), difference, len(said.items), applied=not dry_run)
