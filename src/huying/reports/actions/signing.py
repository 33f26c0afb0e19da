"""签发: who signs a report, in which post; once signed, a version stays what it is."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Denied, NotFound
from huying.reports.actions.awaiting import signed
from huying.reports.models import Report, Signing
from huying.reports.policy import must_see, signing_post


@transaction.atomic
def sign(by: Actor, number: int, now: datetime) -> None:
    """Sign a version; pressed twice it is signed once. A street's leader signs for the street, the district for itself.

    Raises NotFound, Denied; Conflict where somebody else signed it, or where a further version stands beside it.
    """
    report = Report.objects.select_for_update().filter(district=by.district, pk=number).first()
    if report is None:
        raise NotFound
    must_see(by, report.area)
    post = signing_post(by, report.area)
    if post is None or by.account_id is None:
        raise Denied
    before = Signing.objects.filter(report=report).first()
    if before is not None:
        if before.account_id == by.account_id:
            return
        raise Conflict("这份报告已经签发。")
    later = Report.objects.filter(
        district=report.district,
        kind=report.kind,
        area=report.area,
        first=report.first,
        number__gt=report.number,
    )
    if later.exists():
        raise Conflict("这份报告有更新的一版，请签发最新的一版。")
    Signing.objects.create(
        report=report, signed_at=now, signed_by=by.name[:60], account_id=by.account_id, post=post.role.value
    )
    signed(report, now)
