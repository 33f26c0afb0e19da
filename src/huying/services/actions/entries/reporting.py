"""Reports that an entry is wrong: made by anybody, settled by its keeper."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.wording import Happened
from huying.people.queries.reaching import PostOf, posts_in
from huying.services.actions.entries.entering import end
from huying.services.models import EntryReport, Facility
from huying.services.policy import kept_by, must
from huying.services.rules.entries import MOST_WORDS
from huying.services.rules.kinds import EntryFault, Settling
from huying.texts.rules.occasions import Occasion

#: So many may wait about one entry: the twenty-first would say nothing new.
MOST_WAITING: Final = 20
#: What was said is kept for so long after it was settled.
KEPT: Final = timedelta(days=90)
_DISTRICT_DIGITS: Final = 6


@transaction.atomic
def report_entry(district: int, facility_id: int, fault: EntryFault, words: str, now: datetime) -> int:
    """Somebody says what is wrong: a task of the entry's keeper, who is told. The report's id.

    The same said again while it waits is the same report. Raises NotFound, Invalid, Conflict where too many wait.
    """
    row = (
        Facility.objects.select_for_update().filter(district=district, id=facility_id, ended_at=None).first()
    )
    if row is None:
        raise NotFound
    text = " ".join(words.replace("\x00", "").split())
    if len(text) > MOST_WORDS:
        raise Invalid(fields={"words": said("最多 %(most)s 字。", most=MOST_WORDS)})
    if fault is EntryFault.OTHER and not text:
        raise Invalid(fields={"words": "请写一下哪里不对。"})
    waiting = EntryReport.objects.filter(district=district, facility_id=row.id, settled_at=None)
    known = waiting.filter(fault=fault.value, words=text).values_list("id", flat=True).first()
    if known is not None:
        return known
    if waiting.count() >= MOST_WAITING:
        raise Conflict("这里的问题已有人反映，正在核对。")
    made = EntryReport.objects.create(
        district=district, facility_id=row.id, fault=fault.value, words=text, made_at=now
    )
    _tell(row, made, now)
    return made.id


@transaction.atomic
def settle(by: Actor, report_id: int, settling: Settling, answer: str, now: datetime) -> None:
    """The keeper says what came of it; 已撤下 ends the entry. Twice changes nothing.

    Raises Denied, NotFound for one about another's entry, Invalid.
    """
    must(by, Permission.FACILITY_EDIT)
    row = EntryReport.objects.select_for_update().filter(district=by.district, id=report_id).first()
    mine = row and Facility.objects.filter(kept_by(by), id=row.facility_id).exists()
    if row is None or not mine:
        raise NotFound
    if row.settled_at is not None:
        return
    text = answer.strip()
    if len(text) > 200:
        raise Invalid(fields={"answer": said("最多 %(most)s 字。", most=200)})
    if settling is Settling.ENDED:
        end(by, row.facility_id, text or EntryFault.CLOSED.zh, now)
    if settling is Settling.RIGHT:
        Facility.objects.filter(district=by.district, id=row.facility_id).update(
            checked_at=now, checked_by=by.name[:60]
        )
    row.settled_at, row.settled_by, row.settling, row.answer = now, by.name[:60], settling.value, text
    row.save(update_fields=["settled_at", "settled_by", "settling", "answer"])


def clear_reports(district: int, now: datetime) -> int:
    """What was said goes ninety days after it was settled; that it was said stays. How many."""
    old = EntryReport.objects.filter(district=district, settled_at__lte=now - KEPT).exclude(words="")
    return old.update(words="")


def keepers_of(row: Facility, posts: list[PostOf], permission: Permission) -> dict[int, str]:
    """Account to language of those nearest who hold the permission for a facility: its body's, else its own area's,
    else the street's, else the district's."""
    holders = [post for post in posts if permission in ROLES[post.role]]
    own = {one.account_id: one.language for one in holders if row.body_id and one.body_id == row.body_id}
    if own:
        return own
    free = [one for one in holders if one.body_id is None or len(one.area) > _DISTRICT_DIGITS]
    around = [one for one in free if row.area.startswith(one.area)]
    longest = max((len(one.area) for one in around), default=0)
    return {one.account_id: one.language for one in around if len(one.area) == longest}


def _tell(row: Facility, made: EntryReport, now: datetime) -> None:
    people = keepers_of(row, posts_in(row.district, now), Permission.FACILITY_EDIT)
    told = Happened(
        row.district, Occasion.ENTRY_WRONG, title=row.name, area=row.area, words=EntryFault(made.fault).zh,
        path=reverse("facility:reports"),
    )  # fmt: skip
    write_for_staff(row.district, [ToStaff(told, 0, now, people, once=f"entry:{made.id}")], now)
