"""A file of orders through the browser: guessed, corrected, looked through, brought in once, the asker's alone."""

import io
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from huying.access.roles import Role
from huying.cases.models import Case
from huying.kernel import clock
from huying.longwork.actions import cancel_any, do_next
from huying.longwork.models import LongWork
from huying.longwork.policy import home
from huying.loop.collect.channels.orders import importing
from huying.people.models import Caller
from huying.site.wiring import LONG_WORK
from tests.cast import Cast, gather
from tests.web.desks import desk

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "工单编号,受理时间,办结时间,办理状态,诉求内容,承办单位,诉求人,联系电话"
ROWS = (
    "A1,2026-01-05 09:00:00,2026-01-06 10:00:00,已办结,路灯不亮,水务局,张三,13812345678",
    "A2,2026-01-05 09:30:00,2026-01-07 10:00:00,已办结,污水外溢,水务局,李四,没有电话",
    "A3,昨天,,处理中,噪声扰民,水务局,,",
    "A1,2026-01-05 09:00:00,2026-01-06 10:00:00,已办结,路灯不亮,水务局,张三,13812345678",
)


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    return gather()


def sent(
    client: Client, text: str = "\n".join([HEAD, *ROWS]), name: str = "工单.csv", code: str = "utf-8-sig"
) -> Any:
    return client.post("/admin/imports/", {"file": SimpleUploadedFile(name, text.encode(code))})


def answers(client: Client, page: str) -> dict[str, Any]:
    """What the page guessed, as its form would send it."""
    form = client.get(page).context["form"]
    return {field.name: field.value() or "" for field in form}


def work() -> None:
    while do_next(LONG_WORK, threading.Event()):
        pass


def checked(client: Client, **changes: Any) -> str:
    """Uploaded, mapped as guessed, looked through: the address of that work."""
    page = sent(client).headers["Location"]
    address: str = client.post(page, answers(client, page) | changes).headers["Location"]
    work()
    return address


def test_a_file_is_guessed_looked_through_and_brought_in_once(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    page = sent(client).headers["Location"]
    guessed = answers(client, page)
    assert guessed["column_number"] == "工单编号"
    assert guessed["column_body"] == "承办单位"
    assert guessed["column_phone"] == "联系电话"
    assert guessed["ended"] == "已办结"
    assert guessed["time_format"] == "%Y-%m-%d %H:%M:%S"
    address = checked(client)
    shown = client.get(address).content.decode()
    assert "时间无法识别" in shown
    assert "工单编号在文件中重复" in shown
    assert not Case.objects.exists()
    assert not Caller.objects.exists()
    begun = client.post(address.replace("/account/work/", "/admin/imports/") + "/begin")
    work()
    assert "已导入" in client.get(begun.headers["Location"]).content.decode()
    assert (Case.objects.count(), Caller.objects.count()) == (2, 2)
    # The file is gone with the import.
    again = client.post(address.replace("/account/work/", "/admin/imports/") + "/begin")
    assert again.status_code == 400


def test_bringing_it_in_again_doubles_neither_orders_nor_callers(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    for _ in range(2):
        address = checked(client)
        begun = client.post(address.replace("/account/work/", "/admin/imports/") + "/begin")
        assert begun.status_code == 302
        work()
    last = LongWork.objects.order_by("-id").first()
    assert last is not None
    assert (last.outcome["accepted"], last.outcome["known"], last.outcome["refused_rows"]) == (0, 2, 2)
    assert (Case.objects.count(), Caller.objects.count()) == (2, 2)
    assert [path.name for path in home().iterdir() if path.suffix == ".csv"] == []


def test_the_sheet_of_what_was_refused_is_fetched(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    address = checked(client)
    answer = client.get(f"{address}/file")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[1:] == [[4, "A3", "时间无法识别", "昨天"], [5, "A1", "工单编号在文件中重复", None]]


def test_a_missing_column_and_a_bad_file_are_said_and_nothing_is_kept(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    page = sent(client).headers["Location"]
    answer = client.post(page, answers(client, page) | {"column_created": ""})
    assert answer.status_code == 400
    assert "请选哪一列是这一项" in answer.content.decode()
    assert 'value="工单"' in answer.content.decode()
    kept = len(list(home().iterdir()))
    for name, content in (
        ("a.xlsx", b"no workbook"),
        ("a.pdf", b"x"),
        ("a.csv", b"\n\n"),
        ("a.csv", b"\xff\xff\xff"),
    ):
        given = client.post("/admin/imports/", {"file": SimpleUploadedFile(name, content)})
        assert given.status_code == 400, name
    assert client.post("/admin/imports/", {}).status_code == 400
    assert len(list(home().iterdir())) == kept


def test_a_file_in_gb18030_is_read(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    page = sent(client, code="gb18030").headers["Location"]
    assert answers(client, page)["column_number"] == "工单编号"


def test_another_persons_file_and_work_are_not_found(cast: Cast) -> None:
    client, other = desk(Role.ADMINISTRATOR), desk(Role.DISTRICT_DISPATCHER)
    page = sent(client).headers["Location"]
    assert other.get(page).status_code == 404
    assert client.get(page[:-3]).status_code == 404
    address = checked(client)
    assert other.post(address.replace("/account/work/", "/admin/imports/") + "/begin").status_code == 404
    assert desk(Role.SEAT).get("/admin/imports/").status_code == 403


def begun(client: Client, text: str) -> int:
    """The number of an import that waits to be done."""
    page = sent(client, text).headers["Location"]
    address = client.post(page, answers(client, page)).headers["Location"]
    work()
    answer = client.post(address.replace("/account/work/", "/admin/imports/") + "/begin")
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def test_a_cancelled_import_keeps_whole_batches_and_is_completed_by_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_BATCH", 5)
    rows = [
        f"B{n},2026-01-05 09:00:00,2026-01-06 10:00:00,已办结,路灯不亮{n},水务局,王{n},电话{n}"
        for n in range(40)
    ]
    client, text = desk(Role.ADMINISTRATOR), "\n".join([HEAD, *rows])
    first, whole, taken = begun(client, text), importing._Run.take, []

    def cancelled_in_the_third(run: Any, drafts: Any) -> Any:
        taken.append(drafts)
        if len(taken) == 3:
            cancel_any(first, clock.now())
            time.sleep(0.7)
        return whole(run, drafts)

    with monkeypatch.context() as patched:
        patched.setattr(importing._Run, "take", cancelled_in_the_third)
        work()
    assert LongWork.objects.get(pk=first).state == "cancelled"
    assert (Case.objects.count(), Caller.objects.count()) == (15, 15)
    second = begun(client, text)
    work()
    assert LongWork.objects.get(pk=second).state == "done"
    assert (Case.objects.count(), Caller.objects.count()) == (40, 40)


def test_a_batch_that_fails_leaves_no_caller_without_a_matter(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk(Role.ADMINISTRATOR)
    number = begun(client, "\n".join([HEAD, *ROWS]))

    def fails(*given: Any, **named: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(importing, "record", fails)
    work()
    assert LongWork.objects.get(pk=number).state == "failed"
    assert not Caller.objects.exists()
