"""Months are published once, by themselves, for everybody; what is inside is nobody's."""

import csv
import gzip
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Clock
from huying.cases.queries.opened import closed_between, days_between
from huying.kernel.errors import Denied, Invalid
from huying.opendata.actions import publish_due, set_rule
from huying.opendata.models import Correction, OpenDataRule, Publication, PublishedFile
from huying.opendata.queries import RuleInfo, content_of
from tests.cast import COMMUNITY, DISTRICT, MONDAY, Cast
from tests.notices.folk import PHONE, appealed
from tests.web.conftest import cast as cast
from tests.web.desks import desk, named_streets

APRIL = datetime(2026, 4, 4, 1, tzinfo=UTC)
MARCH = "2026-03"


def closed(cast: Cast, count: int, **more: Any) -> None:
    for number in range(count):
        case = appealed(cast, f"138{number:08d}" if number else PHONE)
        values = {"state": "closed", "closed_at": MONDAY + timedelta(hours=3), "item": "X1", **more}
        Case.objects.filter(district=DISTRICT, id=case).update(**values)
    assert Verb.CLOSE


def on(cast: Cast, **more: Any) -> None:
    set_rule(cast.administrator, RuleInfo(on=True, **more), MONDAY)


def published(cast: Cast, count: int = 7) -> None:
    named_streets()
    closed(cast, count)
    on(cast)
    while publish_due(DISTRICT, APRIL):
        pass


def rows(name: str) -> list[dict[str, str]]:
    found = content_of(DISTRICT, date(2026, 3, 1), name)
    assert found is not None
    return list(csv.DictReader(io.StringIO(gzip.decompress(found.packed).decode("utf-8-sig"))))


def test_a_month_that_is_over_is_published_once_and_stays(cast: Cast) -> None:
    published(cast)
    assert Publication.objects.count() == 24
    (line,) = rows("cases.csv")
    assert (line["area"], line["matter"], line["cases"], line["days"]) == (COMMUNITY, "X1", "7", "0-1")
    before = list(PublishedFile.objects.order_by("month", "name").values_list("digest", flat=True))
    closed(cast, 9)  # entered late: no month is opened again
    assert publish_due(DISTRICT, APRIL + timedelta(days=1)) == 0
    assert list(PublishedFile.objects.order_by("month", "name").values_list("digest", flat=True)) == before


def test_nothing_is_published_before_somebody_decided_it_nor_a_month_that_is_not_over(cast: Cast) -> None:
    closed(cast, 7)
    assert publish_due(DISTRICT, APRIL) == 0
    on(cast)
    while publish_due(DISTRICT, datetime(2026, 4, 2, 1, tzinfo=UTC)):
        pass
    assert not Publication.objects.filter(month="2026-03-01").exists()


def test_nothing_personal_is_in_any_file(cast: Cast) -> None:
    published(cast)
    whole = b"".join(
        gzip.decompress(bytes(one)) for one in PublishedFile.objects.values_list("packed", flat=True)
    )
    for word in ("王女士", PHONE, "春风路", "垃圾"):
        assert word.encode() not in whole
    assert all("-" not in line["month"][8:] for line in rows("cases.csv"))


def test_fewer_than_k_are_not_even_counted(cast: Cast) -> None:
    published(cast, 4)
    assert rows("cases.csv") == []
    row = Publication.objects.get(month="2026-03-01")
    assert (row.closed, row.withheld) == (0, 0)
    assert {line["closed"] for line in rows("days.csv")} == {""}


def test_days_are_counted_by_street_with_their_sum(cast: Cast) -> None:
    published(cast)
    told = ("day", "area_name", "received", "closed", "closed_in_time")
    assert [tuple(line[name] for name in told) for line in rows("days.csv")] == [
        ("2026-03-02", "呼应区", "7", "7", "0"), ("2026-03-02", "青石街道", "7", "7", "0"),
    ]  # fmt: skip


def clocked(due: timedelta, stopped: timedelta, count: int) -> None:
    """The first so many closed cases had a limit of handling, over at ``due``, and were done at ``stopped``."""
    done = set(Clock.objects.filter(kind="handle").values_list("case_id", flat=True))
    cases = (
        Case.objects.filter(state="closed").exclude(id__in=done).order_by("id").values_list("id", flat=True)
    )
    for number in list(cases)[:count]:
        Clock.objects.create(
            district=DISTRICT, id=900_000 + number, case_id=number, kind="handle", amount=1, unit="workday",
            starts_at=MONDAY, due_at=MONDAY + due, stopped_at=MONDAY + stopped,
        )  # fmt: skip


def test_in_time_is_told_where_neither_part_is_a_few(cast: Cast) -> None:
    named_streets()
    closed(cast, 12)
    clocked(timedelta(hours=2), timedelta(hours=1), 7)
    clocked(timedelta(hours=2), timedelta(hours=3), 5)
    on(cast)
    publish_due(DISTRICT, APRIL)
    while publish_due(DISTRICT, APRIL):
        pass
    assert {line["closed_in_time"] for line in rows("days.csv")} == {"7"}


def test_one_late_case_is_not_found_by_subtracting(cast: Cast) -> None:
    named_streets()
    closed(cast, 12)
    clocked(timedelta(hours=2), timedelta(hours=1), 11)
    clocked(timedelta(hours=2), timedelta(hours=3), 1)
    on(cast)
    while publish_due(DISTRICT, APRIL):
        pass
    assert {(line["closed"], line["closed_in_time"]) for line in rows("days.csv")} == {("12", "")}


def test_how_it_ended_stands_in_the_line(cast: Cast) -> None:
    published(cast)
    (line,) = rows("cases.csv")
    assert line["outcome"] == "answered"


def test_what_changed_later_is_told_beside_the_month_and_its_files_stay(cast: Cast, client: Client) -> None:
    published(cast)
    before = PublishedFile.objects.get(month="2026-03-01", name="days.csv").digest
    closed(cast, 4)
    may, june = APRIL + timedelta(days=31), APRIL + timedelta(days=61)
    assert publish_due(DISTRICT, may) == 1
    # Four more: too few to be told.
    assert not Correction.objects.exists()
    closed(cast, 2)
    assert publish_due(DISTRICT, june) == 1
    row = Correction.objects.get()
    assert (row.month, row.figures) == (date(2026, 3, 1), {"received": 6, "closed": 6})
    assert PublishedFile.objects.get(month="2026-03-01", name="days.csv").digest == before
    assert "结案多 6 件" in client.get("/open-data/").content.decode()
    package = orjson.loads(client.get(f"/open-data/{DISTRICT}/{MARCH}/datapackage.json").content)
    assert package["huying"]["corrections"][0]["figures"] == {"received": 6, "closed": 6}
    assert "结案多 6 件" in client.get("/open-data/feed.atom").content.decode()
    assert publish_due(DISTRICT, june + timedelta(days=31)) == 1
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("ask", [closed_between, partial(days_between, zone="Asia/Shanghai")])
def test_a_month_is_found_along_an_index(cast: Cast, ask: Callable[..., Any]) -> None:
    closed(cast, 1)
    columns = [
        one.column
        for one in Case._meta.local_fields
        if one.column not in {None, "id", "opened_at", "closed_at"}
    ]
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        # Years of closed cases, so that reading them all would cost.
        cursor.execute(
            f"INSERT INTO cases_case ({named}, id, opened_at, closed_at) SELECT {named}, id + n, "
            "opened_at - n * interval '1 hour', closed_at - n * interval '1 hour' "
            "FROM cases_case, generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE cases_case")
    with CaptureQueriesContext(connection) as asked:
        ask(DISTRICT, MONDAY - timedelta(days=30), MONDAY)
    with connection.cursor() as cursor:
        plans = []
        for one in asked:
            cursor.execute(f"EXPLAIN {one['sql']}")
            plans.append(str(cursor.fetchall()))
    assert "case_closed_when" in plans[-1]
    assert not any("Seq Scan on cases_case" in plan for plan in plans)


def test_everybody_reads_them_with_licence_and_tags(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    published(cast)
    base = f"/open-data/{DISTRICT}/{MARCH}"
    client.get("/open-data/")
    with django_assert_num_queries(4):
        page = client.get("/open-data/").content.decode()
    assert "cases.csv" in page
    plain = client.get(f"{base}/cases.csv")
    packed = client.get(f"{base}/cases.csv", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert 'rel="license"' in plain["Link"]
    assert plain["ETag"] != packed["ETag"]
    assert client.get(f"{base}/cases.csv", headers={"if-none-match": plain["ETag"]}).status_code == 304
    package = orjson.loads(client.get(f"{base}/datapackage.json").content)
    assert [one["path"] for one in package["resources"]] == ["areas.geojson", "cases.csv", "days.csv"]
    assert package["licenses"][0]["path"].startswith("https://creativecommons.org/")
    assert package["huying"]["k"] == 5
    described = {
        one["path"]: [held["name"] for held in one["schema"]["fields"]] for one in package["resources"][1:]
    }
    assert described == {name: list(rows(name)[0]) for name in ("cases.csv", "days.csv")}
    shapes = orjson.loads(client.get(f"{base}/areas.geojson").content)
    assert shapes["type"] == "FeatureCollection"
    catalog = orjson.loads(client.get(f"/open-data/{DISTRICT}/catalog.jsonld").content)
    assert len(catalog["dcat:dataset"]) == 24
    feed = ElementTree.fromstring(client.get("/open-data/feed.atom").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 24
    for path in ("2026-13/cases.csv", "2026-03/secret.csv", "2030-01/cases.csv", "x/cases.csv"):
        assert client.get(f"/open-data/{DISTRICT}/{path}").status_code == 404
    assert client.get("/open-data/?district=1").status_code == 404


def test_an_administrator_decides_and_nobody_else(cast: Cast) -> None:
    for by in (cast.supervisor, cast.dispatcher, cast.evaluator):
        with pytest.raises(Denied):
            set_rule(by, RuleInfo(on=True), MONDAY)
    for wrong in ({"k": 2}, {"k": 2000}, {"licence": " "}, {"licence_url": "javascript:alert(1)"}):
        with pytest.raises(Invalid):
            on(cast, **wrong)
    assert OpenDataRule.objects.count() == 0
    page = desk(Role.ADMINISTRATOR)
    form = {
        "on": "on",
        "k": "10",
        "licence": "某区政府数据开放使用协议",
        "licence_url": "https://data.example.gov.cn/terms",
    }
    assert page.post("/admin/open-data", {**form, "k": "1"}).status_code == 400
    assert page.post("/admin/open-data", form).status_code == 302
    assert "某区政府数据开放使用协议" in page.get("/admin/open-data").content.decode()
    assert OpenDataRule.objects.get().k == 10
    assert desk(Role.SUPERVISOR).get("/admin/open-data").status_code == 403
