"""Desks through the interface: knowledge, teams and duty, emergencies, months closed, reports, announcements."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.annals.models import Change
from huying.emergency.actions import NewResponder, register
from huying.emergency.models import Emergency, Mark, Responder, Review
from huying.emergency.models import Outside as HandedOutside
from huying.emergency.rules.kinds import ResponderKind
from huying.figures.models import ClosedPeriod, Reopening
from huying.kernel.clock import now
from huying.knowledge.models import Article, ArticleVersion
from huying.notices.models import Notice
from huying.people.models import Viewing
from huying.reports.models import Report
from huying.teams.models import DutyPost, Member, Membership
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, GRID, STREET, Cast
from tests.teams.conftest import laid

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (
    Article, ArticleVersion, DutyPost, Member, Membership, Emergency, Mark, HandedOutside, Responder, Review,
    ClosedPeriod, Reopening, Report, Notice, Viewing, Change,
)  # fmt: skip
ADMIN, CENTRE, LEADER, STATION = (
    Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.STREET_LEADER, Role.COMMUNITY_STATION,
)  # fmt: skip
ARTICLE = {
    "question": "老年证在哪里办？", "answer": "请到街道办事大厅一楼综合窗口办理，带上身份证。",
    "valid_from": "2026-01-01",
}  # fmt: skip


def test_knowledge(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    asked = "articles/fitting"
    walk(systems, [
        Deed("POST", "articles", ADMIN, ARTICLE, {"version": 1}, 201, wrong=CENTRE, finds="article"),
        Deed("PUT", "articles/{article}", ADMIN, ARTICLE | {"keywords": ["敬老卡"]}, {"version": 2}, matched=True),
        Deed("POST", "articles/{article}/withdraw", ADMIN, {"note": "窗口搬家"}, {"version": 3}, wrong=Role.SEAT),
    ], world := {}, KEPT)  # fmt: skip
    assert systems(Role.SEAT).get(asked, q="老年证在哪里办").json()["articles"] == []
    walk(systems, [Deed("POST", "articles/{article}/restore", ADMIN, {}, {"version": 4})], world, KEPT)
    found = systems(Role.SEAT).get(asked, q="老年证在哪里办").json()["articles"]
    assert [one["id"] for one in found] == [world["article"]]


def test_teams_and_duty(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    kinds = laid(cast).kinds
    someone = {"name": "王秀英", "area": GRID, "phone": "13800000009", "job": "网格员"}
    world: dict[str, Any] = {"kind": next(iter(kinds.values())), "day": timezone.localdate().isoformat()}
    join = {"grid": GRID, "kind": "{kind}", "since": "{day}"}
    walk(systems, [
        Deed("POST", "members", CENTRE, someone, {"name": "王秀英"}, 201, wrong=Role.SEAT, finds="member"),
        Deed("PUT", "members/{member}", ADMIN, someone | {"job": "楼长"}, {"job": "楼长"}, matched=True),
        Deed("POST", "members/{member}/join", STATION, join, {}, 201, wrong=LEADER, finds="place"),
        Deed("POST", "members/{member}/phone", Role.SEAT, {"reason": "现场积水，请到场"}, private=True),
        Deed("POST", "memberships/{place}/leave", CENTRE, {"on": "{day}"}, wrong=Role.SUPERVISOR),
        Deed("POST", "members/{member}/leave", CENTRE, {}, {"id": "{member}"}, wrong=LEADER),
        Deed("POST", "duty/posts", LEADER, {"area": STREET, "name": "防汛值班"}, {}, 201, finds="post"),
        Deed("POST", "duty/posts/{post}/end", ADMIN, {}, {"id": "{post}"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    assert Viewing.objects.get().reason == "现场积水，请到场"
    assert "13800000009" not in systems(CENTRE).get(f"members/{world['member']}").content.decode()


def test_emergencies(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    laid(cast)
    helper = NewResponder(
        kind=ResponderKind.VOLUNTEER,
        name="志愿者",
        phone="13700000001",
        skills=["first_aid"],
        lon=114.0,
        lat=22.0,
    )
    world: dict[str, Any] = {"helper": register(cast.system, helper, now())[0], "at": now().isoformat()}
    alarm = {"kind": "sos", "device": "SOS-7", "key": "press-1", "words": "一键求助"}
    learned = {"lessons": "楼道堆物", "measures": "清理楼道"}
    phone = {"phone": "13700000001"}
    outside = {"line": "119", "words": "三楼起火", "at": "{at}", "key": "outside-0001"}
    walk(
        systems,
        [Deed("POST", "emergencies", Role.SEAT, alarm, {"name": "一键求助"}, 201, finds="card")],
        world,
        KEPT,
    )
    world["at"] = now().isoformat()
    walk(systems, [
        Deed("POST", "emergencies/{card}/take", CENTRE, {}, {"id": "{card}"}, wrong=Role.SUPERVISOR),
        Deed("POST", "emergencies/{card}/outside", CENTRE, outside, {"id": "{card}"}, wrong=Role.SUPERVISOR),
        Deed("POST", "emergencies/{card}/notes", CENTRE, {"words": "火已扑灭", "key": "note-00001"}, wrong=ADMIN),
        Deed("POST", "emergencies/{card}/over", CENTRE, {"words": "处置完毕"}, wrong=ADMIN, matched=True),
        Deed("POST", "emergencies/{card}/review", CENTRE, learned, wrong=ADMIN),
        Deed("POST", "responders/{helper}/phone", Role.SEAT, {"reason": "请到场"}, phone, private=True),
        Deed("POST", "responders/{helper}/leave", STATION, {}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    assert systems(CENTRE).get("emergencies", open=True).json()["emergencies"] == []
    unknown = systems(ADMIN).post("articles", ARTICLE | {"body": 2**31})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "body")
    assert systems(ADMIN).post("deliveries/resend", {"ids": [10**25]}).status_code == 400
    zoneless = outside | {"at": "2026-03-02T09:00:00", "key": "outside-0002"}
    assert systems(CENTRE).post(f"emergencies/{world['card']}/outside", zoneless).status_code == 400
    assert HandedOutside.objects.get().line == "119"
    assert Review.objects.get().measures == "清理楼道"


def test_months_and_reports(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    month = {"first": "2026-02-01", "last": "2026-02-28"}
    report = {"kind": "month", "area": str(DISTRICT), "on": "2026-02-10"}
    walk(systems, [
        Deed("POST", "periods", Role.EVALUATOR, month, {}, 201, wrong=CENTRE, finds="closing"),
        Deed("POST", "periods/{closing}/reopen", Role.EVALUATOR, {"reason": "漏计一件免责"}, wrong=ADMIN),
        Deed("POST", "reports", CENTRE, report, {}, 201, wrong=ADMIN, finds="report"),
    ], world := {}, KEPT)  # fmt: skip
    assert Reopening.objects.get().reason == "漏计一件免责"
    assert systems(Role.AUDITOR).get(f"reports/{world['report']}").json()["text"]
    assert (
        systems(Role.EVALUATOR).post("periods", {"first": "2026-02-02", "last": "2026-02-28"}).status_code
        == 400
    )


def test_announcements(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    post = {"role": "seat", "area": str(DISTRICT)}
    systems(ADMIN).post("accounts", {"login": "zhouxiaofang", "name": "周小芳", "post": post})
    told = {"title": "今晚维护", "words": "22:00 至 23:00 暂停服务", "key": "notice-0001"}
    walk(systems, [Deed("POST", "announcements", CENTRE, told, {"count": 1}, 201, wrong=LEADER)], {}, KEPT)
    systems(ADMIN).post("announcements", told)
    assert [notice.title for notice in Notice.objects.all()] == ["公告：今晚维护"]
