"""New editions: the starter list, a draft from an edition, an old edition brought back, a draft thrown away."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huying.access.actor import Actor
from huying.annals.rules import Deed
from huying.catalogue.actions.going_live import go_live
from huying.catalogue.actions.telling import tell_edition
from huying.catalogue.actions.writing import draft_locked, write_content
from huying.catalogue.models import Edition
from huying.catalogue.policy import must_edit
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.starter import starter
from huying.kernel.errors import Conflict, NotFound

STARTER_NAME = "起步清单"


@transaction.atomic
def load_starter(by: Actor, district: int, now: datetime) -> int:
    """Give a district without any edition the starter list, live at once; return the id of its live edition.

    A district that has an edition is left as it is, so this may be called again at any time: the id is then that
    of its live edition, or of its newest when none is live. Raises Denied, NotFound.
    """
    must_edit(by, district)
    _lock(district)
    known = Edition.objects.filter(district=district)
    live = known.filter(state=EditionState.LIVE).first() or known.order_by("-number").first()
    if live is not None:
        return live.pk
    edition = _new(by, district, STARTER_NAME, None, "平台自带，供各区修改使用", starter(), now)
    go_live(by, edition.pk, now)
    return edition.pk


@transaction.atomic
def new_draft(by: Actor, edition_id: int, name: str, now: datetime, note: str = "") -> int:
    """A draft that says what the edition says, as its district's next number; return its id.

    Raises Denied, NotFound, and Conflict where a draft has this name already.
    """
    source = _edition(by, edition_id)
    _lock(source.district)
    _must_be_new(source.district, name)
    return _new(by, source.district, name, source, note, content(source.pk), now).pk


@transaction.atomic
def new_empty_draft(by: Actor, district: int, name: str, now: datetime, note: str = "") -> int:
    """A draft with the starter's limits by kind and no items, to import a list of one's own into; its id.

    Raises Denied, NotFound, and Conflict where a draft has this name already.
    """
    must_edit(by, district)
    _lock(district)
    _must_be_new(district, name)
    return _new(by, district, name, None, note, Content(items=(), kinds=starter().kinds), now).pk


@transaction.atomic
def roll_back(by: Actor, edition_id: int, now: datetime) -> int:
    """Bring a former edition back: a new edition equal to it goes live at once; return the new one's id.

    The former edition itself stays retired, so the order of what was in force is never rewritten. Rolling back to
    the edition that is live changes nothing and returns it; so does doing the same roll-back twice.
    Raises Denied, NotFound.
    """
    source = _edition(by, edition_id)
    _lock(source.district)
    live = Edition.objects.filter(district=source.district, state=EditionState.LIVE).first()
    if live is not None and (live.pk == source.pk or content(live.pk) == content(source.pk)):
        return live.pk
    name = f"恢复第{source.number}版"
    edition = _new(by, source.district, name, source, "", content(source.pk), now)
    go_live(by, edition.pk, now)
    return edition.pk


@transaction.atomic
def discard_draft(by: Actor, edition_id: int, now: datetime) -> None:
    """Throw a draft away; one already gone is no error. Raises Denied, NotFound, Conflict when it is no draft."""
    if Edition.objects.filter(pk=edition_id).exists():
        edition = draft_locked(by, edition_id)
        Edition.objects.filter(based_on=edition).update(based_on=edition.based_on)
        tell_edition(by, edition, Deed.DELETE, now)
        edition.delete()


def _edition(by: Actor, edition_id: int) -> Edition:
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise NotFound("没有这一版职责清单。")
    must_edit(by, edition.district)
    return edition


def _lock(district: int) -> None:
    list(Edition.objects.select_for_update().filter(district=district).order_by("pk").values_list("pk"))


def _must_be_new(district: int, name: str) -> None:
    # Pressed twice, the second press would leave a twin.
    if Edition.objects.filter(district=district, state=EditionState.DRAFT, name=name).exists():
        raise Conflict("已有同名的草稿，请换个名称。", fields={"name": "已有同名的草稿，请换个名称。"})


def _new(
    by: Actor, district: int, name: str, source: Edition | None, note: str, whole: Content, now: datetime
) -> Edition:
    last = Edition.objects.filter(district=district).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        district=district,
        number=last + 1,
        name=name,
        based_on=source,
        made_at=now,
        made_by=by.name,
        made_by_account=by.account_id,
        edited_at=now,
        note=note,
    )
    write_content(edition, whole)
    return edition
