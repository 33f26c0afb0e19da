"""What a district chooses, and each month published once it is over."""

import gzip
from datetime import date, datetime, time
from hashlib import sha256
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.lifecycle import Channel
from huying.cases.queries.opened import closed_between
from huying.catalogue.queries import live_edition, live_list
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.opendata.actions.correcting import Counts, correct, counted, totals_of
from huying.opendata.models import OpenDataRule, Publication, PublishedFile
from huying.opendata.policy import must_set
from huying.opendata.queries import RuleInfo, rule_of
from huying.opendata.rules.files import Named, Written, areas_file, cases_file, days_file
from huying.opendata.rules.ladder import LEAST_K, Facts, publish
from huying.opendata.rules.months import after, months_over
from huying.places.queries import Level, area_name, areas

_MOST_K = 1000


@transaction.atomic
def set_rule(by: Actor, new: RuleInfo, now: datetime) -> None:
    """Publish or not, with another k or licence, from the next month on that is published.

    What was published stays as it is. Raises Denied; Invalid.
    """
    must_set(by)
    if not LEAST_K <= new.k <= _MOST_K:
        text = said("k 须在 %(low)s 到 %(high)s 之间。", low=LEAST_K, high=_MOST_K)
        raise Invalid(text, fields={"k": text})
    if not new.licence.strip() or len(new.licence) > 200:
        raise Invalid("请写明许可。", fields={"licence": "请写明许可。"})
    if (
        urlsplit(new.licence_url).scheme != "https"
        or len(new.licence_url) > 300
        or not new.licence_url.isascii()
    ):
        raise Invalid(
            "许可的网址须以 https:// 开头。", fields={"licence_url": "许可的网址须以 https:// 开头。"}
        )
    held = rule_of(by.district)
    OpenDataRule.objects.create(
        district=by.district, on=new.on, k=new.k, licence=new.licence.strip(), licence_url=new.licence_url,
        changed_at=now, changed_by=by.name[:60],
    )  # fmt: skip
    note_change(
        by, NewChange(Subject.OPEN_DATA, "rule", "开放数据", Deed.CHANGE, _told(held), _told(new)), now
    )


def publish_due(district: int, now: datetime) -> int:
    """Publish the earliest month that is over and not published yet, where the district publishes; how many were."""
    rule = rule_of(district)
    if not rule.on:
        return 0
    zone = ZoneInfo(settings.TIME_ZONE)
    wanted = months_over(now.astimezone(zone).date())
    done = set(
        Publication.objects.filter(district=district, month__in=wanted).values_list("month", flat=True)
    )
    # Behind what was published nothing is made up for: a gap is a month in which the district did not publish.
    left = [month for month in wanted if month not in done and (not done or month > max(done))]
    if not left:
        return 0
    with transaction.atomic():
        _publish(district, left[-1], rule, zone, now)
    if len(left) == 1:
        correct(district, [month for month in wanted if month != left[-1]], zone, now)
    return 1


def _publish(district: int, month: date, rule: RuleInfo, zone: ZoneInfo, now: datetime) -> None:
    with connection.cursor() as cursor:
        # Two workers at once: one of them publishes, the other finds it done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('open data'), %s)", [district])
    if Publication.objects.filter(district=district, month=month).exists():
        return
    since, until = datetime.combine(month, time(), zone), datetime.combine(after(month), time(), zone)
    groups = _groups(district)
    facts = [
        Facts(place, item, groups.get(item, ""), channel, days, outcome)
        for place, item, channel, outcome, days, count in closed_between(district, since, until)
        for _ in range(count)
    ]
    found = publish(facts, rule.k)
    named = _named(district)
    counts = counted(district, month, zone)
    files = [
        cases_file(month, found, named, rule.licence),
        days_file(str(district), _parts(counts), rule.k, named, rule.licence),
        areas_file(found, named),
    ]
    # Fewer than k cases in a whole month: not even their number is said.
    shown = len(facts) if len(facts) >= rule.k else 0
    Publication.objects.create(
        district=district, month=month, published_at=now, k=rule.k, licence=rule.licence,
        licence_url=rule.licence_url, closed=shown, withheld=found.withheld if shown else 0,
        totals=totals_of(counts),
    )  # fmt: skip
    PublishedFile.objects.bulk_create([_row(district, month, one) for one in files])


def _parts(counts: Counts) -> dict[date, dict[str, tuple[int, int, int]]]:
    return {
        day: {street: (one.received, one.closed, one.in_time) for street, one in streets.items()}
        for day, streets in counts.items()
    }


def _row(district: int, month: date, one: Written) -> PublishedFile:
    return PublishedFile(
        district=district, month=month, name=one.name, rows=one.rows, size=len(one.content),
        digest=sha256(one.content).hexdigest(), packed=gzip.compress(one.content, mtime=0),
    )  # fmt: skip


def _groups(district: int) -> dict[str, str]:
    """Item → what stands for its group: the group's name, for groups have no code of their own everywhere."""
    if live_edition(district) is None:
        return {}
    return {code: line.group_name for code, line in live_list(district).held.items.items()}


def _named(district: int) -> Named:
    items = live_list(district).held.items if live_edition(district) is not None else {}
    middles = {
        row.code: (round(row.lon, 5), round(row.lat, 5))
        for level in (Level.STREET, Level.COMMUNITY)
        for row in areas(district, level)
        if row.lon is not None and row.lat is not None
    }

    def matter(code: str) -> str:
        line = items.get(code)
        return line.name if line else code

    def middle(code: str) -> tuple[float, float] | None:
        return middles.get(code)

    return Named(
        area=lambda code: area_name(district, code) if code else "",
        matter=matter,
        channel=lambda one: Channel(one).zh if one in set(Channel) else one,
        middle=middle,
    )


def _told(rule: RuleInfo) -> dict[str, str]:
    return {
        "公布": "是" if rule.on else "否",
        "k": str(rule.k),
        "许可": rule.licence,
        "网址": rule.licence_url,
    }
