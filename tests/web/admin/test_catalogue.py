"""The list: editions, lines edited like cells, files in and out, in force and back."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.queries.desks import replay
from huying.catalogue.actions import load_starter
from huying.catalogue.models import Condition, Edition, Item
from huying.catalogue.queries import live_edition
from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.what_if import PastClock, Replayed, Stage
from huying.people.actions import NewBearing, set_bearings
from huying.web.admin.catalogue import what_if
from huying.worktime.units import Limit, Unit
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/admin/catalogue/"


@pytest.fixture
def admin(cast: Cast) -> Client:
    load_starter(cast.system, DISTRICT, MONDAY)
    made = desk(Role.ADMINISTRATOR)
    made.post(f"{HOME}drafts", {"name": "春季修订", "source": "1"})
    return made


def _first(number: int = 2) -> tuple[Item, Condition]:
    item = Item.objects.filter(edition__number=number).order_by("code").first()
    assert item is not None
    found = item.conditions.order_by("number").first()
    assert found is not None
    return item, found


def _cells(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send back from the form at an address, with some cells changed."""
    form = client.get(address).context["form"]
    said = {name: bound.value() for name, bound in ((bound.name, bound) for bound in form)}
    said = {
        name: [part for part in value.split("、") if part]
        if isinstance(value, str) and name == "evidence"
        else value
        for name, value in said.items()
    }
    return {**said, "was": form.was, **changes}


def test_a_district_without_a_list_takes_the_starter(cast: Cast) -> None:
    fresh = desk(Role.ADMINISTRATOR)
    assert "还没有清单" in fresh.get(HOME).content.decode()
    fresh.post(f"{HOME}starter")
    assert live_edition(DISTRICT) is not None


def test_a_line_is_edited_as_its_cells_are_written(admin: Client) -> None:
    item, condition = _first()
    address = f"{HOME}2/items/{item.code}/conditions/{condition.number}"
    saved = admin.post(
        address, _cells(admin, address, handle="3工作时", closing_standard="路面恢复平整", lead="水务")
    )
    assert saved.status_code == 302
    condition = Condition.objects.get(item=item, number=condition.number)
    assert (condition.handle_amount, condition.handle_unit) == (3, "work_hour")
    assert (condition.closing_standard, condition.lead) == ("路面恢复平整", "water")
    page = admin.get(f"{HOME}2?q={item.code}").content.decode()
    assert "路面恢复平整" in page


@pytest.mark.parametrize(
    ("cell", "text", "says"), [("handle", "很快", "看不懂这个时限"), ("closing_standard", "", "请")]
)
def test_a_cell_that_cannot_be_read_is_told_and_nothing_is_written(
    admin: Client, cell: str, text: str, says: str
) -> None:
    item, condition = _first()
    address = f"{HOME}2/items/{item.code}/conditions/{condition.number}"
    refused = admin.post(address, _cells(admin, address, **{cell: text, "text": "改过的条件"}))
    assert refused.status_code == 400
    assert "改过的条件" in refused.content.decode()
    assert Condition.objects.get(pk=condition.pk).text == condition.text
    assert refused.context["form"].errors[cell], says


def test_two_editors_of_one_line_do_not_overwrite_each_other_unseen(admin: Client) -> None:
    item, condition = _first()
    address = f"{HOME}2/items/{item.code}/conditions/{condition.number}"
    mine = _cells(admin, address, text="甲改的条件")
    admin.post(address, _cells(admin, address, text="乙改的条件"))
    assert admin.post(address, mine).status_code == 409
    assert Condition.objects.get(item=item, number=condition.number).text == "乙改的条件"


def test_two_editors_of_two_lines_hinder_nobody(admin: Client) -> None:
    item, condition = _first()
    other = Item.objects.filter(edition__number=2).order_by("code")[1]
    address = f"{HOME}2/items/{item.code}/conditions/{condition.number}"
    elsewhere = f"{HOME}2/items/{other.code}/conditions/1"
    mine = _cells(admin, address, text="甲改的条件")
    assert admin.post(elsewhere, _cells(admin, elsewhere, text="乙改的另一条")).status_code == 302
    assert admin.post(address, mine).status_code == 302


def test_an_item_and_a_condition_are_added_and_removed(admin: Client) -> None:
    address = f"{HOME}2/items/new"
    cells = _cells(
        admin, address, code="9901", class_name="其他", group_name="其他", name="新事", duty="水务"
    )
    assert admin.post(address, cells).status_code == 302
    fresh = f"{HOME}2/items/9901/conditions/0"
    assert (
        admin.post(
            fresh, _cells(admin, fresh, text="有人报", lead="水务", closing_standard="办好")
        ).status_code
        == 302
    )
    assert Condition.objects.get(item__code="9901", item__edition__number=2).number == 1
    admin.post(f"{HOME}2/items/9901/removal")
    assert not Item.objects.filter(code="9901").exists()


def test_a_live_edition_is_not_edited(admin: Client) -> None:
    item, condition = _first(1)
    address = f"{HOME}1/items/{item.code}/conditions/{condition.number}"
    assert admin.post(address, _cells(admin, address, text="偷改")).status_code == 409
    assert Condition.objects.get(pk=condition.pk).text == condition.text


def test_a_draft_goes_live_and_the_former_comes_back(admin: Client) -> None:
    admin.post(f"{HOME}2/step", {"do": "live"})
    assert Edition.objects.get(number=2).state == "live"
    admin.post(f"{HOME}1/step", {"do": "back"})
    assert Edition.objects.get(state="live").number in {2, 3}
    assert Edition.objects.filter(state="live").count() == 1


def test_a_draft_waits_for_its_day_and_is_called_off(admin: Client) -> None:
    admin.post(f"{HOME}2/step", {"do": "live", "valid_from": "2099-01-01T00:00"})
    assert Edition.objects.get(number=2).state == "scheduled"
    admin.post(f"{HOME}2/step", {"do": "call_off"})
    assert Edition.objects.get(number=2).state == "draft"


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.xlsx", content)


def test_a_file_is_looked_at_before_it_is_written(admin: Client) -> None:
    content = admin.get(f"{HOME}2/list.xlsx").content
    book = load_workbook(io.BytesIO(content))
    sheet = book["立案条件"]
    heads = [cell.value for cell in sheet[1]]
    row = next(number for number in range(2, 8) if sheet.cell(number, heads.index("结案标准") + 1).value)
    sheet.cell(row, heads.index("结案标准") + 1).value = "表里改的标准"
    changed = io.BytesIO()
    book.save(changed)
    looked = admin.post(f"{HOME}2/import", {"file": _file(changed.getvalue()), "do": "look"}).content.decode()
    assert "表里改的标准" in looked
    assert not Condition.objects.filter(closing_standard="表里改的标准").exists()
    admin.post(f"{HOME}2/import", {"file": _file(changed.getvalue()), "do": "apply"})
    assert Condition.objects.filter(closing_standard="表里改的标准").count() == 1
    compared = admin.get(f"{HOME}2/comparison?with=1").content.decode()
    assert "表里改的标准" in compared
    name = Condition.objects.get(closing_standard="表里改的标准").item.name
    assert f"<td>{name} 条件 " in compared


def test_what_is_no_workbook_is_refused(admin: Client) -> None:
    refused = admin.post(f"{HOME}2/import", {"file": _file(b"not a file"), "do": "look"})
    assert refused.status_code == 400
    assert "不是 Excel" in refused.content.decode()


def test_readers_read_and_do_not_edit(admin: Client, cast: Cast) -> None:
    reader = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    assert reader.get(f"{HOME}1").status_code == 200
    assert reader.post(f"{HOME}drafts", {"name": "x", "source": "1"}).status_code == 403
    assert AppealKind.HELP.zh in reader.get(f"{HOME}1").content.decode()


def _put(client: Client, *cells: tuple[str, str, str, str, str]) -> list[dict[str, str]]:
    names = ("code", "place", "field", "was", "text")
    said = {name: [cell[number] for cell in cells] for number, name in enumerate(names)}
    return list(client.post(f"{HOME}2/cells", said).json()["cells"])


def test_cells_are_written_where_they_stand_and_a_wrong_one_leaves_its_neighbours(admin: Client) -> None:
    item, condition = _first()
    held = admin.get(f"{HOME}2").context["items"][0][1][0]
    where = (item.code, str(condition.number))
    told = _put(
        admin,
        (*where, "handle", held["handle"], "3小时"),
        (*where, "closing_standard", held["closing_standard"], "平整"),
        (*where, "danger", held["danger"], "很危险"),
    )
    assert [one["text"] for one in told] == ["3工作时", "平整", held["danger"]]
    assert [bool(one["wrong"]) for one in told] == [False, False, True]
    condition.refresh_from_db()
    assert (condition.closing_standard, condition.handle_amount) == ("平整", 3)
    (late,) = _put(admin, (*where, "closing_standard", held["closing_standard"], "别的"))
    assert "平整" in late["wrong"]
    (kind,) = _put(admin, ("help", "kind", "check", "2工作时", "1个工作日"))
    assert kind == {"text": "1个工作日", "wrong": ""}
    (gone,) = _put(admin, ("nowhere", "1", "handle", "", "3小时"))
    assert gone["wrong"]
    live = admin.post(
        f"{HOME}1/cells",
        {"code": item.code, "place": "1", "field": "text", "was": condition.text, "text": "x"},
    )
    assert live.json()["cells"][0]["wrong"]
    assert Condition.objects.get(item__code=item.code, item__edition__number=1, number=1).text != "x"


def test_a_month_is_replayed_under_a_draft_and_each_count_opens_to_its_cases(
    admin: Client, cast: Cast
) -> None:
    item, condition = _first()
    new = NewAppeal(text="坏了", channel="hotline", kind="complaint", area=GRID)
    ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item=item.code)
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    where = (item.code, str(condition.number))
    held = admin.get(f"{HOME}2").context["items"][0][1][0]
    _put(
        admin,
        (*where, "handle", held["handle"], "5000个自然日"),
        (*where, "closing_standard", held["closing_standard"], ""),
    )
    page = f"{HOME}2/what-if?month={MONDAY:%Y-%m}"
    answer = admin.get(page)
    counts = {one["value"]: one["count"] for one in answer.context["effects"]}
    assert (counts["no_longer_late"], counts["looser"], counts["newly_late"]) == (1, 1, 0)
    (line,) = answer.context["groups"]["lines"]
    assert (line["code"], line["cases"], line["no_longer_late"][0]) == (item.code, 1, 1)
    behind = admin.get(f"{HOME}2/what-if{line['no_longer_late'][1]}")
    assert f"{DISTRICT}-{ref[1]:09d}" in behind.content.decode()
    assert behind.context["behind"] == 1
    assert admin.get(f"{page}&effect=newly_late").context["behind"] == 0
    # An administrator sees numbers alone; who rules reads the list and opens the cases too.
    assert f'href="/case/{DISTRICT}' not in behind.content.decode()
    officer = desk(Role.RULING_OFFICER).get(f"{page}&effect=no_longer_late").content.decode()
    assert f'href="/case/{DISTRICT}' in officer
    assert desk(Role.SEAT).get(page).status_code == 403


def test_a_count_opens_the_very_cases_it_counts_and_reckons_once(
    admin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, _one = _first()
    for condition in (1, 2):
        new = NewAppeal(text="坏了", channel="hotline", kind="complaint", area=GRID)
        ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id)
        advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item=item.code, condition=condition)
        advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    page = f"{HOME}2/what-if?month={MONDAY:%Y-%m}"
    reckoned, past = [], replay.past_clocks
    monkeypatch.setattr(replay, "past_clocks", lambda *asked: reckoned.append(1) or past(*asked))
    assert admin.get(page).context["groups"]["lines"] == []
    held = admin.get(f"{HOME}2").context["items"][0][1][0]
    _put(admin, (item.code, "1", "handle", held["handle"], "9个工作日"))
    (line,) = admin.get(page).context["groups"]["lines"]
    assert admin.get(f"{HOME}2/what-if{line['href']}").context["behind"] == line["cases"] == 1
    assert len(reckoned) == 2
    # Whose a case would be is said by the duties of units too.
    set_bearings(cast.system, [NewBearing("lighting", str(DISTRICT), cast.water)], timezone.now())
    admin.get(page)
    assert len(reckoned) == 3


def test_an_item_that_goes_to_two_other_units_opens_the_cases_of_each(
    admin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(case_id: int, to: int | None) -> Replayed:
        limit = Limit(1, Unit.WORK_DAY)
        clock = PastClock(
            case_id, cast.urban, "X1", None, None, GRID, Stage.HANDLE, limit, MONDAY, MONDAY, MONDAY
        )
        return Replayed(clock, limit, MONDAY, False, False, (cast.urban, to), False)

    rows = [moved(1, cast.water), moved(2, cast.water), moved(3, cast.housing), moved(4, None)]
    monkeypatch.setattr(what_if, "replay_for", lambda *asked: replay.Reckoned(rows, MONDAY))
    moves = admin.get(f"{HOME}2/what-if").context["moves"]
    assert [one["cases"] for one in moves] == [2, 1, 1]
    assert [admin.get(f"{HOME}2/what-if{one['href']}").context["behind"] for one in moves] == [2, 1, 1]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "9" * 5000])
def test_a_month_that_no_case_can_be_of_is_the_last_whole_one(admin: Client, month: str) -> None:
    answer = admin.get(f"{HOME}2/what-if?month={month}")
    assert answer.status_code == 200
    assert answer.context["month"] < timezone.localdate()
    (told,) = _put(admin, ("help", "9" * 5000, "handle", "", "3小时"))
    assert told["wrong"]
