"""An officer looks at what would go, erases, and everybody who audits reads that it was done."""

import pytest

from huying.access.roles import Role
from huying.cases.models import Case
from huying.cases.rules.erasing import ERASED
from huying.erasure.models import Erasure
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, Cast
from tests.erasure.dump import TOKEN
from tests.erasure.filled import closed, said
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/admin/erasures"
WHY = {"basis": "asked", "reason": "本人书面申请，已核对身份证", "kept": "on"}


def test_a_look_counts_and_shows_no_content(cast: Cast) -> None:
    kept = said(cast)
    closed(cast, kept)
    page = desk(Role.ADMINISTRATOR).post(PAGE, {"number": kept.receipt, "scope": "one", "step": "look"})
    told = page.content.decode()
    assert "会删掉这些" in told
    assert "诉求原文和地址" in told
    assert TOKEN not in told
    assert not Erasure.objects.exists()


def test_it_is_erased_and_listed_and_taken_away_as_a_file(cast: Cast) -> None:
    kept = said(cast)
    closed(cast, kept)
    done = desk(Role.ADMINISTRATOR).post(
        PAGE, {"number": kept.receipt, "scope": "one", "step": "erase", **WHY}, follow=True
    )
    assert "个人信息已依法删除" in done.content.decode()
    assert Case.objects.get().title == ERASED
    number = case_number(DISTRICT, kept.case_id)
    case = desk(Role.DISTRICT_DISPATCHER).get(f"/case/{number}").content.decode()
    assert "内部会话" in case
    assert f"/case/{number}/messages" not in case
    auditor = desk(Role.AUDITOR)
    page = auditor.get(PAGE).content.decode()
    assert number in page
    assert "申请人要求" in page
    assert 'name="number"' not in page
    file = desk(Role.SUPERVISOR).get("/export/erasures?format=csv")
    assert file.status_code == 403
    file = auditor.get("/export/erasures?format=csv")
    assert number in b"".join(file).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": "1"}, "请填回执号、案件编号或电话"),
        ({"number": "13800000000", "scope": "all"}, "没有找到，或者已经删除过"),
        ({"reason": ""}, "请写明删除的理由"),
        ({"basis": ""}, "请选择删除的依据"),
        ({"kept": ""}, "请先核对法律、行政法规规定的保存期限"),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    cast: Cast, given: dict[str, str], told: str
) -> None:
    kept = said(cast)
    closed(cast, kept)
    asked = {"number": kept.receipt, "scope": "one", "step": "erase", **WHY, **given}
    page = desk(Role.ADMINISTRATOR).post(PAGE, asked)
    assert page.status_code in {400, 404}
    assert told in page.content.decode()
    assert f'value="{asked["number"]}"' in page.content.decode()
    assert not Erasure.objects.exists()


def test_an_open_case_is_named(cast: Cast) -> None:
    kept = said(cast)
    asked = {"number": kept.receipt, "scope": "one", "step": "look"}
    page = desk(Role.ADMINISTRATOR).post(PAGE, asked)
    assert page.status_code == 409
    assert f"{case_number(DISTRICT, kept.case_id)}还没有办结" in page.content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DISTRICT_DISPATCHER, Role.SUPERVISOR])
def test_nobody_else_may(cast: Cast, role: Role) -> None:
    kept = said(cast)
    closed(cast, kept)
    asked = {"number": kept.receipt, "scope": "one", "step": "erase", **WHY}
    assert desk(role).post(PAGE, asked).status_code == 403
    assert not Erasure.objects.exists()
