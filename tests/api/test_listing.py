"""The list as a whole through the interface: as a workbook, under a past month, revised by rulings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.annals.models import Change
from huying.catalogue.actions import load_starter, put_items
from huying.catalogue.models import Condition, Edition, Item
from huying.catalogue.queries import content_for, edition_for
from huying.catalogue.rules.lines import led_by
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.loop.allocate.actions import record_precedent
from huying.loop.allocate.actions.ruling import NewPrecedent
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, GRID, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Edition, Item, Condition, Change)
ADMIN, RULING, CENTRE = Role.ADMINISTRATOR, Role.RULING_OFFICER, Role.DISTRICT_DISPATCHER


@pytest.fixture
def condition(cast: Cast) -> Condition:
    load_starter(cast.system, DISTRICT, now())
    led = Condition.objects.filter(item__edition__number=1, lead="urban_management")
    return led.order_by("item__code")[0]


def test_a_workbook_out_and_back_into_a_draft(
    condition: Condition, systems: Callable[[Role], Outside]
) -> None:
    admin, centre, code = systems(ADMIN), systems(CENTRE), condition.item.code
    file = centre.get("editions/1/list.xlsx")
    assert "list-990101-1.xlsx" in file.headers["Content-Disposition"]
    walk(systems, [
        Deed("POST", "editions/1/drafts", RULING, {"name": "下半年清单"}, {"number": 2}, 201),
        Deed("DELETE", f"editions/2/items/{code}", ADMIN, {}, {"number": 2}),
    ], {}, KEPT)  # fmt: skip
    items = Item.objects.filter(edition__number=2).count()
    looked = admin._client.post(
        "/api/v1/editions/2/import?dry_run=true", file.content, content_type="application/octet-stream"
    ).json()
    assert ([one["code"] for one in looked["difference"]["added"]], looked["applied"]) == ([code], False)
    assert Item.objects.filter(edition__number=2).count() == items
    told = {"items": items + 1, "applied": True, "faults": []}
    walk(systems, [
        Deed("POST", "editions/2/import", ADMIN, {}, told, wrong=CENTRE, matched=True, sheet=file.content),
    ], {}, KEPT)  # fmt: skip
    assert Item.objects.filter(edition__number=2, code=code).exists()
    assert admin.get("editions/9/list.xlsx").status_code == 404
    assert admin._client.post("/api/v1/editions/2/import", b"x", content_type="text/csv").status_code == 400


def test_rulings_go_into_a_draft(
    cast: Cast, condition: Condition, systems: Callable[[Role], Outside]
) -> None:
    code = condition.item.code
    new = NewPrecedent(code, STREET, cast.water, 1, 5, "990101-000000001", "现场管网归水务", condition.number)
    record_precedent(new, by=cast.ruling_officer, now=now())
    [proposed] = systems(RULING).get("list-proposals").json()["proposals"]
    assert (proposed["item"], proposed["condition"], proposed["lead"], proposed["duties"]) == (
        code, condition.number, "urban_management", ["water"],
    )  # fmt: skip
    wanted = {"item": code, "condition": condition.number, "duty": "water"}
    walk(systems, [
        Deed("POST", "editions/1/drafts", RULING, {"name": "按先例修订"}, {"number": 2}, 201),
        Deed("POST", "editions/2/adopt", RULING, {"proposals": [wanted]}, {"count": 1}, wrong=CENTRE, matched=True),
    ], {}, KEPT)  # fmt: skip
    leads = Condition.objects.filter(item__code=code, number=condition.number).order_by(
        "item__edition__number"
    )
    assert list(leads.values_list("lead", flat=True)) == ["urban_management", "water"]
    draft = edition_for(cast.administrator, 2)
    line = next(one for one in content_for(cast.administrator, 2).items if one.code == code)
    assisted = replace(line.conditions[0], assisting=("police", "water"))
    assert led_by(replace(line, conditions=(assisted,)), None, "water").conditions[0].assisting == ("police",)
    with pytest.raises(Invalid):
        put_items(cast.administrator, draft.id, [replace(line, name="别的"), replace(line, name="")], now())
    assert line in content_for(cast.administrator, 2).items
    refused = systems(ADMIN).post("editions/2/adopt", {"proposals": [wanted | {"duty": "police"}]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "proposals[0]")
    assert systems(Role.SUPERVISOR).get("list-proposals").status_code == 403


def test_a_month_under_another_edition(
    cast: Cast, condition: Condition, systems: Callable[[Role], Outside]
) -> None:
    admin, centre = systems(ADMIN), systems(CENTRE)
    case = centre.post("appeals", {"text": "春风路垃圾没人收，臭得很"}).json()["case"]
    file: dict[str, Any] = {"item": condition.item.code, "condition": str(condition.number), "area": GRID}
    centre.post(f"cases/{case}/file", file)
    centre.post(f"cases/{case}/dispatch", {"body": cast.urban})
    admin.post("editions/1/drafts", {"name": "签收更快"})
    line = admin.get(f"editions/2/items/{condition.item.code}").json()
    for one in line["conditions"]:
        one["sign"] = {"amount": 0.5, "unit": "urgent_hour"}
    assert (
        admin.send("put", f"editions/2/items/{condition.item.code}", line | {"code": ""}).status_code == 400
    )
    line.pop("code")
    assert admin.send("put", f"editions/2/items/{condition.item.code}", line).status_code == 200
    month = f"{timezone.localdate():%Y-%m}"
    told = admin.get("editions/2/what-if", month=month).json()
    counted = {one["effect"]: one["cases"] for one in told["effects"]}
    assert (told["cases"], counted["tighter"], counted["unlisted"]) == (1, 1, 0)
    rows = admin.get("editions/2/what-if/orders", month=month, effect="tighter").json()["orders"]
    assert [(one["case"], one["stage"], one["body"]) for one in rows] == [(case, "sign", cast.urban)]
    assert admin.get("editions/2/what-if/orders", month=month, body=cast.water).json()["orders"] == []
    assert admin.get("editions/1/what-if").json()["cases"] == 0
    assert centre.get("editions/2/what-if").status_code == 403
