"""A resident asks for it, an officer erases, and nobody finds a word: on no page, in no file, over no interface."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huying.access.actor import system
from huying.access.roles import Role
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.cases.queries.proofs.proving import prove
from huying.cases.queries.settings.timing import forget_timing
from huying.cases.rules.erasing import ERASED
from huying.kernel.clock import now
from huying.kernel.numbers import case_number
from huying.people.actions import create_key
from huying.people.queries.keys import forget_keys
from huying.prevent.hot_issues.actions import consolidate
from huying.prevent.recurring.actions import find
from tests.cast import COMMUNITY, DISTRICT, GRID, STREET, Cast, gather
from tests.erasure.dump import TOKEN, left_in
from tests.erasure.filled import SAID, beside, followed, walked
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13812346677"
_WHERE = {
    Role.GRID_WORKER: GRID, Role.COMMUNITY_STATION: COMMUNITY, Role.STREET_DISPATCHER: STREET,
    Role.STREET_LEADER: STREET,
}  # fmt: skip
# Whatever shows cases or what follows from them, to whoever may open it.
_PAGES = (
    "/case/{number}", "/case/{number}/report", "/case", "/case?closed=1", "/case?closed=1&q={word}", "/dispatch/",
    "/handling/", "/seat/", "/follow-ups", "/oversight/", "/risk/", "/risk/?number={number}", "/insight/",
    "/insight/hot/",
    "/insight/recurring/", "/admin/precedents", "/admin/corrections", "/admin/audit", "/admin/erasures",
    "/admin/knowledge/gaps", "/admin/knowledge/", "/campaigns/", "/reports/", "/assessment/exemptions",
    "/account/notices",
    "/account/work/", "/admin/health", "/public", "/command/",
    "/export/cases?format=csv&closed=1", "/export/risks?format=csv", "/export/hot?format=csv",
    "/export/precedents?format=csv",
    "/export/gaps?format=csv", "/export/audit?format=csv",
)  # fmt: skip


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HUYING_WORK_DIR = tmp_path / "work"
    cache.clear()
    forget_timing()
    forget_keys()
    yield gather()
    forget_timing()


def _report(client: Client) -> str:
    """The receipt of a report in which every field says something rare."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#3a5").save(picture, "JPEG")
    answer = client.post("/report", {
        "key": str(uuid4()), "text": SAID, "place": f"{TOKEN}小区 3 栋 501", "lon": "114.3", "lat": "22.7",
        "phone": PHONE,
        "photos": SimpleUploadedFile("a.jpg", picture.getvalue(), content_type="image/jpeg"),
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer["Location"].rsplit("/", 1)[1]


def _staff(cast: Cast) -> dict[Role, Client]:
    bodies = {Role.DEPARTMENT_HANDLER: cast.urban, Role.GRID_WORKER: cast.street_body}
    roles = [role for role in Role if role is not Role.RESIDENT]
    return {role: desk(role, _WHERE.get(role, str(DISTRICT)), bodies.get(role)) for role in roles}


def _content(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(raw).decode(errors="replace")


def _told(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code < 500, address
    return _content(answer)


def _clean(text: str) -> bool:
    return not set(TOKEN) & set(text) and PHONE not in text


def test_a_resident_is_forgotten(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    resident = Client()
    with django_capture_on_commit_callbacks(execute=True):
        receipt = _report(resident)
    Case.objects.update(area=GRID)
    appeal = Appeal.objects.get()
    case_id = CaseAppeal.objects.get().case_id
    number = case_number(DISTRICT, case_id)
    walked(cast, case_id, appeal.id, until=Verb.CHECK)
    rating = f"/track/{receipt}/cases/{number}/rating"
    resident.post(rating, {"solved": "yes", "speed": "5", "words": f"{TOKEN}谢谢"})
    walked(cast, case_id, appeal.id, since=Verb.CLOSE)
    followed()
    beside(cast, case_id)
    consolidate(DISTRICT, now())
    assert left_in().keys() >= {"cases_appeal", "cases_case", "cases_statement", "hot_issues_heard"}
    assert SAID in _told(resident, f"/track/{receipt}")
    staff = _staff(cast)
    addresses = [page.format(number=number, word="臭得很") for page in _PAGES]
    before = {address for who in staff.values() for address in addresses if not _clean(_told(who, address))}
    first = {
        f"/case/{number}",
        f"/case/{number}/report",
        "/case?closed=1",
        "/public",
        "/admin/precedents",
        "/admin/health",
    }
    assert before >= first, "pages are to show it first"

    why = {"basis": "asked", "reason": "本人书面申请，已核对身份证", "kept": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        done = staff[Role.ADMINISTRATOR].post(
            "/admin/erasures", {"number": receipt, "scope": "all", "step": "erase", **why}, follow=True
        )
    assert ERASED in done.content.decode()

    cache.clear()
    followed(verb=Verb.ERASE, late=("search", "hot issues", "risk"))
    consolidate(DISTRICT, now())
    find(DISTRICT, now())
    assert left_in(PHONE) == {}
    assert [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()] == []
    wrong = [
        address
        for who in [*staff.values(), resident, Client()]
        for address in addresses
        if not _clean(_told(who, address))
    ]
    assert wrong == []
    handler = staff[Role.DISTRICT_DISPATCHER]
    assert ERASED in _told(handler, f"/case/{number}")
    assert ERASED in _told(handler, "/export/cases?format=csv&closed=1")

    _forgotten_by_the_interface(number, receipt)
    _forgotten_by_the_resident(resident, receipt)
    assert prove(DISTRICT, case_id).broken_at is None


def _forgotten_by_the_interface(number: str, receipt: str) -> None:
    raw = create_key(system(DISTRICT), "外部系统", Role.DISTRICT_DISPATCHER, str(DISTRICT), now())[1]
    outside = Client(headers={"Authorization": f"Bearer {raw}"})
    for address in (f"cases/{number}", "cases", f"appeals/{receipt}"):
        answer = outside.get(f"/api/v1/{address}")
        assert answer.status_code == 200, address
        assert _clean(json.dumps(answer.json(), ensure_ascii=False)), address
    assert ERASED in json.dumps(outside.get(f"/api/v1/cases/{number}").json(), ensure_ascii=False)


def _forgotten_by_the_resident(resident: Client, receipt: str) -> None:
    page = _told(resident, f"/track/{receipt}")
    assert ERASED in page
    for address in (f"/track/{receipt}", f"/receipt/{receipt}", "/mine", f"/track/{receipt}/chain.json"):
        assert _clean(_told(resident, address)), address
    assert "对得上" in resident.post(f"/track/{receipt}/proof").content.decode()
