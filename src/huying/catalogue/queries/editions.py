"""Editions of a district's list as an administrator reads and compares them."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.catalogue.models import Edition
from huying.catalogue.policy import must_read
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.comparing import Difference
from huying.catalogue.rules.comparing import compare as compare_contents
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.sheets import workbook
from huying.kernel.errors import NotFound
from huying.kernel.saying import said


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """One edition without its content. Times are aware; ``based_on`` is the number it was drawn from."""

    id: int
    district: int
    number: int
    name: str
    state: EditionState
    valid_from: datetime | None
    retired_at: datetime | None
    based_on: int | None
    made_at: datetime
    made_by: str
    edited_at: datetime
    note: str


def _info(edition: Edition) -> EditionInfo:
    return EditionInfo(
        id=edition.pk,
        district=edition.district,
        number=edition.number,
        name=edition.name,
        state=EditionState(edition.state),
        valid_from=edition.valid_from,
        retired_at=edition.retired_at,
        based_on=edition.based_on.number if edition.based_on else None,
        made_at=edition.made_at,
        made_by=edition.made_by,
        edited_at=edition.edited_at,
        note=edition.note,
    )


def editions_for(actor: Actor) -> list[EditionInfo]:
    """Every edition of the actor's district, newest first. Raises Denied."""
    must_read(actor, actor.district)
    rows = Edition.objects.filter(district=actor.district).select_related("based_on").order_by("-number")
    return [_info(edition) for edition in rows]


def edition_for(actor: Actor, number: int) -> EditionInfo:
    """One edition of the actor's district by its number. Raises Denied, NotFound."""
    must_read(actor, actor.district)
    rows = Edition.objects.filter(district=actor.district, number=number).select_related("based_on")
    edition = rows.first()
    if edition is None:
        raise NotFound(said("没有第 %(number)s 版职责清单。", number=number))
    return _info(edition)


def content_for(actor: Actor, number: int) -> Content:
    """Everything one edition says, drafts too. Raises Denied, NotFound."""
    return content(edition_for(actor, number).id)


def compare(edition_a: int, edition_b: int) -> Difference:
    """From the edition with id ``edition_a`` to the one with id ``edition_b``, field by field."""
    return compare_contents(content(edition_a), content(edition_b))


def compare_for(actor: Actor, number_a: int, number_b: int) -> Difference:
    """``compare`` by numbers within the actor's district. Raises Denied, NotFound."""
    return compare(edition_for(actor, number_a).id, edition_for(actor, number_b).id)


def export_excel_for(actor: Actor, number: int) -> bytes:
    """One edition as an .xlsx file that may be edited and imported into a draft. Raises Denied, NotFound."""
    return workbook(content_for(actor, number))
