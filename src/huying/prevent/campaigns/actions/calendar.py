"""The season's calendar kept: the platform's lines at first, then the district's own, in versions."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import NotFound
from huying.prevent.campaigns.models import Season as Row
from huying.prevent.campaigns.policy import must_set
from huying.prevent.campaigns.rules.season import Season, checked, starter


@transaction.atomic
def ensure_seasons(district: int, now: datetime) -> None:
    """Give a district that never had any the platform's lines. Idempotent."""
    if Row.objects.filter(district=district).exists():
        return
    Row.objects.bulk_create([_row(district, one, "系统", now) for one in starter()], ignore_conflicts=True)


@transaction.atomic
def put_season(by: Actor, season: Season, now: datetime) -> None:
    """From now on this line, as a further version; a new code is a new line. Raises Denied, Invalid."""
    must_set(by)
    checked(season)
    old = _end(by.district, season.code, now)
    _row(by.district, season, by.name[:60], now).save()
    deed = Deed.CHANGE if old else Deed.CREATE
    note_change(
        by,
        NewChange(Subject.CAMPAIGN, season.code, season.name, deed, _told(old), {"名称": season.name}),
        now,
    )


@transaction.atomic
def end_season(by: Actor, code: str, now: datetime) -> None:
    """Propose it no more. Raises Denied, NotFound."""
    must_set(by)
    old = _end(by.district, code, now)
    if old is None:
        raise NotFound
    note_change(by, NewChange(Subject.CAMPAIGN, code, old.name, Deed.END, _told(old), {}), now)


def _end(district: int, code: str, now: datetime) -> Row | None:
    row = Row.objects.select_for_update().filter(district=district, code=code, ended_at=None).first()
    if row is not None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    return row


def _told(row: Row | None) -> dict[str, str]:
    return {"名称": row.name, "起": row.first, "止": row.last} if row else {}


def _row(district: int, season: Season, who: str, now: datetime) -> Row:
    return Row(
        district=district, code=season.code, name=season.name,
        festival=season.festival.value if season.festival else "", first=season.first, last=season.last,
        weeks_before=season.weeks_before, items=list(season.items), areas=list(season.areas), lead=season.lead,
        task=season.task, made_at=now, made_by=who,
    )  # fmt: skip
