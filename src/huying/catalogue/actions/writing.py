"""Plain lines into rows; for the other actions, inside their transaction."""

from datetime import datetime
from typing import Any

from huying.access.actor import Actor
from huying.catalogue.actions.copying import copy_rows
from huying.catalogue.models import Condition, Edition, Item, KindLimit
from huying.catalogue.policy import must_edit
from huying.catalogue.rules import AppealKind, EditionState
from huying.catalogue.rules.limits import STAGES, Limits
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.kernel.errors import Conflict, NotFound, StaleVersion
from huying.worktime.units import Limit


def draft_locked(by: Actor, edition_id: int, seen_at: datetime | None = None) -> Edition:
    """The draft, locked until the transaction ends.

    ``seen_at`` is the ``edited_at`` the editor saw; None skips the check.
    Raises NotFound, Denied, Conflict when it is no draft, StaleVersion when it was edited since.
    """
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound("没有这一版职责清单。")
    must_edit(by, edition.district)
    if edition.state != EditionState.DRAFT:
        raise Conflict("只有草稿可以修改，请先由这一版新建草稿。")
    if seen_at is not None and edition.edited_at != seen_at:
        raise StaleVersion("您打开之后，这份草稿已有他人修改，请看清最新内容再保存。")
    return edition


def touch(edition: Edition, now: datetime) -> None:
    """Mark the draft as edited."""
    edition.edited_at = now
    edition.save(update_fields=["edited_at"])


def write_content(edition: Edition, content: Content) -> None:
    """Make the edition say exactly ``content``."""
    edition.items.all().delete()
    edition.kind_limits.all().delete()
    rows = [Item(edition=edition, **item_columns(line)) for line in content.items]
    copy_rows(rows)
    copy_rows(
        [
            Condition(item=row, number=condition.number, **condition_columns(condition))
            for row, line in zip(rows, content.items, strict=True)
            for condition in line.conditions
        ]
    )
    copy_rows(
        [
            KindLimit(edition=edition, kind=AppealKind(kind), **kind_columns(limits))
            for kind, limits in content.kinds.items()
        ]
    )


def item_columns(line: ItemLine) -> dict[str, Any]:
    """The columns of an item without its conditions."""
    return {
        "code": line.code,
        "class_name": line.class_name,
        "group_name": line.group_name,
        "name": line.name,
        "type": line.type,
        "duty": line.duty,
        "keywords": list(line.keywords),
        "standard": line.standard,
        "standard_code": line.standard_code,
    }


def condition_columns(line: ConditionLine) -> dict[str, Any]:
    """The columns of a condition without its number."""
    return {
        "text": line.text,
        "cues": list(line.cues),
        "lead": line.lead,
        "assisting": list(line.assisting),
        **_limit("sign", line.sign),
        **_limit("contact", line.contact),
        **_limit("handle", line.handle),
        "closing_standard": line.closing_standard,
        "evidence": [piece.value for piece in line.evidence],
        "level": line.level,
        "danger": line.danger,
        "visibility": line.visibility,
        "disorder": line.disorder,
    }


def kind_columns(limits: Limits) -> dict[str, Any]:
    """The columns of the limits of one kind of appeal."""
    return {name: value for stage in STAGES for name, value in _limit(stage, getattr(limits, stage)).items()}


def _limit(stage: str, limit: Limit | None) -> dict[str, Any]:
    return {
        f"{stage}_amount": limit.amount if limit else None,
        f"{stage}_unit": limit.unit.value if limit else "",
    }
