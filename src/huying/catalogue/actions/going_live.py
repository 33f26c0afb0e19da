"""Putting an edition in force, now or at a date; exactly one holds in a district at any time."""

from datetime import datetime
from functools import partial

from django.db import transaction

from huying.access.actor import Actor, system
from huying.annals.rules import Deed
from huying.catalogue.actions.telling import tell_edition
from huying.catalogue.models import Edition
from huying.catalogue.policy import must_edit
from huying.catalogue.queries.live import forget
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.checking import item_faults, must_be_sound
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said


@transaction.atomic
def go_live(by: Actor, edition_id: int, now: datetime, valid_from: datetime | None = None) -> None:
    """Put a draft in force at ``valid_from`` (None: now) and retire the edition before it.

    With a time after ``now`` the edition waits as 待生效 until ``start_due``; it can no longer be edited, but
    ``call_off`` makes it a draft again. A live edition stays live. Raises Denied, NotFound, Conflict when the
    edition is retired or another is waiting, Invalid when a line is not sound or there is no item at all.
    """
    edition = _locked(edition_id)
    must_edit(by, edition.district)
    if edition.state == EditionState.LIVE:
        return
    if edition.state == EditionState.RETIRED:
        raise Conflict("这一版已经停用；要恢复请用“恢复旧版”。")
    _must_be_whole(edition.pk)
    starts = valid_from or now
    if starts > now:
        _wait(edition, starts)
        tell_edition(by, edition, Deed.WAIT, now, holds_from=starts)
    else:
        former = Edition.objects.filter(district=edition.district, state=EditionState.LIVE).first()
        _start(edition, now)
        tell_edition(by, edition, Deed.LIVE, now, former=former)


@transaction.atomic
def call_off(by: Actor, edition_id: int, now: datetime) -> None:
    """Make a waiting edition a draft again; a draft stays one. Raises Denied, NotFound, Conflict."""
    edition = _locked(edition_id)
    must_edit(by, edition.district)
    if edition.state not in (EditionState.SCHEDULED, EditionState.DRAFT):
        raise Conflict("这一版已经生效，不能撤回。")
    if edition.state == EditionState.SCHEDULED:
        tell_edition(by, edition, Deed.CALL_OFF, now)
    edition.state, edition.valid_from = EditionState.DRAFT, None
    edition.save(update_fields=["state", "valid_from"])


def start_due(now: datetime) -> int:
    """Put in force every waiting edition whose time has come; how many. Meant for the sweep, safe to repeat."""
    due = Edition.objects.filter(state=EditionState.SCHEDULED, valid_from__lte=now).order_by("valid_from")
    started = 0
    for edition_id in due.values_list("pk", flat=True):
        with transaction.atomic():
            edition = _locked(edition_id)
            if edition.state == EditionState.SCHEDULED and edition.valid_from and edition.valid_from <= now:
                former = Edition.objects.filter(district=edition.district, state=EditionState.LIVE).first()
                _start(edition, edition.valid_from)
                tell_edition(system(edition.district), edition, Deed.LIVE, now, former=former)
                started += 1
    return started


def _locked(edition_id: int) -> Edition:
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound("没有这一版职责清单。")
    return edition


def _must_be_whole(edition_id: int) -> None:
    whole = content(edition_id)
    if not whole.items:
        raise Invalid("清单里还没有事项，不能生效。")
    for line in whole.items:
        if not line.conditions:
            raise Invalid(
                said("事项 %(code)s %(name)s 还没有立案条件，不能生效。", code=line.code, name=line.name)
            )
        must_be_sound(item_faults(line))


def _wait(edition: Edition, starts: datetime) -> None:
    others = Edition.objects.filter(district=edition.district, state=EditionState.SCHEDULED)
    if others.exclude(pk=edition.pk).exists():
        raise Conflict("已有另一版在等待生效，请先撤回。")
    edition.state, edition.valid_from = EditionState.SCHEDULED, starts
    edition.save(update_fields=["state", "valid_from"])


def _start(edition: Edition, starts: datetime) -> None:
    former = Edition.objects.select_for_update().filter(district=edition.district, state=EditionState.LIVE)
    former.update(state=EditionState.RETIRED, retired_at=starts)
    edition.state, edition.valid_from = EditionState.LIVE, starts
    edition.save(update_fields=["state", "valid_from"])
    forget(edition.district)
    transaction.on_commit(partial(forget, edition.district))
