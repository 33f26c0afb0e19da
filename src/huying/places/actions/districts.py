"""Opening a district, and marking that its areas or names have changed."""

import uuid
from typing import Any

from django.db import transaction

from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.places.models import District
from huying.places.queries.held import forget


def put_district(
    code: int,
    name: str,
    *,
    city: str = "",
    zone: str = "Asia/Shanghai",
    datum: Datum = Datum.CGCS2000,
    lon: float | None = None,
    lat: float | None = None,
) -> None:
    """Open a district, or bring what is known about it up to date; doing it twice changes nothing.

    ``zone`` is an IANA name, ``datum`` what its people are shown, ``lon`` and ``lat`` its middle in
    CGCS2000 degrees. Raises Invalid when the code has not six digits or the name is empty.
    """
    if not 100000 <= code <= 999999:
        raise Invalid("区划代码应为六位数字。", fields={"code": "应为六位数字"})
    if not name.strip():
        raise Invalid("区的名称不能为空。", fields={"name": "不能为空"})
    known: dict[str, Any] = {"name": name.strip(), "city": city, "zone": zone, "datum": datum.value}
    if lon is not None and lat is not None:
        known |= {"lon": lon, "lat": lat}
    District.objects.update_or_create(code=code, defaults=known | {"revision": uuid.uuid4()})
    forget(code)


def mark_changed(code: int) -> None:
    """Give the district a new revision within the running transaction, so that every process reads anew.

    What this process holds is dropped at once and again after the commit: in between, another thread may
    have read what stood before.
    """
    District.objects.filter(code=code).update(revision=uuid.uuid4())
    forget(code)
    transaction.on_commit(lambda: forget(code))
