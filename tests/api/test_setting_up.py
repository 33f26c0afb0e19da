"""Setting up through the interface: units, accounts, the list, texts, situations."""

from collections.abc import Callable
from typing import Any

import pytest

from huying.access.roles import Role
from huying.annals.models import Change
from huying.catalogue.actions import load_starter
from huying.catalogue.models import Condition, Edition, Item, Situation
from huying.kernel.clock import now
from huying.people.models import Account, Bearing, Body, BodyAlias, Post
from huying.texts.models import TextVersion
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Account, Post, Body, BodyAlias, Bearing, Edition, Item, Condition, Situation, TextVersion, Change)
ADMIN, CENTRE, RULING = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.RULING_OFFICER
SEAT_POST = {"role": "seat", "area": str(DISTRICT)}
UNIT = {
    "code": "JT",
    "name": "交通运输局",
    "short_name": "交通局",
    "kind": "department",
    "area": str(DISTRICT),
}
LIMIT = {"amount": 2, "unit": "work_day"}
ITEM = {
    "class_name": "市容环卫", "group_name": "环境卫生", "name": "电池随意丢弃", "type": "event",
    "duty": "urban_management", "keywords": ["电池"],
    "conditions": [
        {"number": 1, "text": "丢弃超过 24 小时", "lead": "urban_management", "sign": LIMIT, "handle": LIMIT,
         "closing_standard": "电池已收走", "evidence": ["after"],
         "level": "district"},
    ],
}  # fmt: skip
TEMPLATE = {"title": "通用：已处理", "body": "您好，您反映的“{事由}”已处理完毕，感谢您的反映。"}
SITUATION = {"kind": "road", "name": "路面塌陷", "when": "路面突然塌陷", "lead": "urban_management"}


def test_units(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    spelt = {"spellings": ["交通运输局", "区交通"]}
    bearing = {"bearings": [{"duty": "water", "area": STREET}]}
    walk(systems, [
        Deed("POST", "bodies", ADMIN, UNIT, {"code": "JT", "active_to": None}, 201, finds="unit"),
        Deed("PUT", "bodies/{unit}", ADMIN, {"name": "交通局", "kind": "department"}, {"name": "交通局"}, matched=True),
        Deed("POST", "bodies/{unit}/spellings", ADMIN, {"spelling": "区交通"}, spelt, matched=True),
        Deed("POST", "bodies/{unit}/bearings", ADMIN, bearing, bearing, wrong=CENTRE),
        Deed("POST", "bodies/{unit}/close", ADMIN, {}, {"bearings": []}, wrong=RULING),
        Deed("POST", "bodies/{unit}/reopen", ADMIN, {}, {"name": "交通局"}),
    ], {}, KEPT)  # fmt: skip
    assert systems(ADMIN).send("post", "bodies", UNIT).status_code == 409


def test_accounts_and_posts(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    draw(cast)
    world: dict[str, Any] = {}
    person = {"login": "zhouxiaofang", "name": "周小芳", "phone": "13800000001", "post": SEAT_POST}
    walk(systems, [Deed("POST", "accounts", ADMIN, person, {}, 201, wrong=CENTRE, private=True)], world, KEPT)
    world["account"] = Account.objects.get().pk
    told = systems(ADMIN).get(f"accounts/{world['account']}").json()
    assert (told["name"], [one["role"] for one in told["posts"]]) == ("周小芳", ["seat"])
    assert "13800000001" not in str(told)
    dispatcher = {"role": "street_dispatcher", "area": STREET}
    walk(systems, [
        Deed("PUT", "accounts/{account}", ADMIN, {"name": "周芳"}, {"name": "周芳"}, matched=True, wrong=CENTRE),
        Deed("POST", "accounts/{account}/posts", ADMIN, dispatcher, {}, 201, matched=True, finds="post"),
        Deed("POST", "posts/{post}/move", ADMIN, {"area": OTHER_STREET}, {}, 201, finds="moved"),
        Deed("POST", "posts/{moved}/end", ADMIN, {}, {"id": "{moved}"}),
        Deed("POST", "accounts/{account}/stop", ADMIN, {}, {"active": False}, matched=True),
        Deed("POST", "accounts/{account}/start", ADMIN, {}, {"active": True}),
        Deed("POST", "accounts/{account}/reset", ADMIN, {}, {"account": "{account}"}, wrong=CENTRE, private=True),
    ], world, KEPT)  # fmt: skip
    ended = {post["id"] for post in systems(ADMIN).get(f"accounts/{world['account']}").json()["posts"]
             if post["valid_to"]}  # fmt: skip
    assert ended == {world["post"], world["moved"]}
    for odd in ("2099-01-01T00:00:00", "9999-12-31T23:59:59-12:00"):
        assert systems(ADMIN).post(f"posts/{world['post']}/end", {"at": odd}).status_code == 400, odd


def test_the_list(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    load_starter(cast.system, DISTRICT, now())
    world = {"live": 1, "draft": 2}
    draft, line = {"name": "下半年清单"}, "editions/{draft}/items/999901"
    walk(systems, [
        Deed("POST", "editions/{live}/drafts", RULING, draft, {"number": 2, "name": "下半年清单"}, 201),
        Deed("PUT", line, RULING, ITEM, {"code": "999901", "name": "电池随意丢弃"}, wrong=CENTRE),
        Deed("PUT", line, ADMIN, ITEM | {"keywords": []}, {"keywords": []}, matched=True),
        Deed("DELETE", line, ADMIN, {}, {"number": 2}, matched=True),
        Deed("PUT", line, ADMIN, ITEM, {"keywords": ["电池"]}),
        Deed("POST", "editions/{draft}/publish", RULING, {"valid_from": "2099-01-01T00:00:00+08:00"}, matched=True),
        Deed("POST", "editions/{draft}/call-off", RULING, {}, {"number": 2}),
        Deed("POST", "editions/{draft}/publish", RULING, {}, {"number": 2}, wrong=Role.SUPERVISOR),
        Deed("POST", "editions/{live}/roll-back", ADMIN, {}, {"number": 3}, 201),
        Deed("POST", "editions/{live}/drafts", ADMIN, draft, {"number": 4}, 201),
        Deed("DELETE", "editions/4", ADMIN, {}, {}, 204),
    ], world, KEPT)  # fmt: skip
    assert [
        one["code"] for one in systems(ADMIN).get("items", q="电池随意丢弃").json() if one["code"] == "999901"
    ] == []
    added = systems(ADMIN).get("editions/2/changes/1").json()["added"]
    assert [one["code"] for one in added] == ["999901"]


def test_texts_and_situations(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    load_starter(cast.system, DISTRICT, now())
    world: dict[str, Any] = {}
    walk(systems, [Deed("POST", "texts/reply", CENTRE, TEMPLATE, {"kind": "reply"}, 201)], world, KEPT)
    world["name"] = TextVersion.objects.get().name
    walk(systems, [
        Deed("PUT", "texts/reply/{name}", CENTRE, TEMPLATE | {"title": "通用"}, {"name": "{name}"}, matched=True),
        Deed("POST", "texts/reply/{name}/versions/1/restore", ADMIN, {}, {"name": "{name}"}),
        Deed("POST", "texts/reply/{name}/retire", CENTRE, {}, {"name": "{name}"}, wrong=Role.SUPERVISOR),
        Deed("PUT", "situations/09-99", RULING, SITUATION, {"name": "路面塌陷"}),
        Deed("PUT", "situations/09-99", ADMIN, SITUATION | {"name": "塌陷"}, {"name": "塌陷"}, matched=True),
        Deed("POST", "situations/09-99/end", ADMIN, {}, {}, 204, wrong=CENTRE),
    ], world, KEPT)  # fmt: skip
    assert systems(ADMIN).get("situations/09-99").status_code == 404
    told = systems(ADMIN).get(f"texts/reply/{world['name']}/versions").json()["versions"]
    assert [one["wording"]["title"] for one in told] == [
        "通用：已处理",
        "通用：已处理",
        "通用",
        "通用：已处理",
    ]
