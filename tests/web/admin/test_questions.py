"""填报问题 and 对外接口 as an administrator writes them."""

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.annals.models import Change
from huying.catalogue.models import Question
from huying.catalogue.queries.questions import forget_questions, questions
from huying.places.models import Jurisdiction
from tests.api.open311.conftest import LAMP, put_list
from tests.cast import DISTRICT, Cast, gather
from tests.web.desks import desk

pytestmark = pytest.mark.django_db
PAGE = f"/admin/catalogue/1/items/{LAMP}/questions"
ASKED = {"code": "POLE", "description": "灯杆编号", "datatype": "string", "order": "1", "hint": "杆上有号牌"}


@pytest.fixture
def cast(db: None) -> Cast:
    made = gather()
    put_list(made, "第一版", (LAMP,))
    forget_questions(DISTRICT)
    return made


@pytest.fixture
def office(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def test_a_question_is_written_changed_and_asked_no_more(office: Client) -> None:
    assert "还没有填报问题" in office.get(PAGE).content.decode()
    assert office.post(PAGE, ASKED).status_code == 302
    forget_questions(DISTRICT)
    assert [one.description for one in questions(DISTRICT)[LAMP]] == ["灯杆编号"]
    assert "灯杆编号" in office.get(f"{PAGE}?edit=POLE").content.decode()
    lists = {**ASKED, "datatype": "singlevaluelist", "choices": "a 亮\nb 不亮", "required": "on"}
    assert office.post(PAGE, lists).status_code == 302
    forget_questions(DISTRICT)
    (one,) = questions(DISTRICT)[LAMP]
    assert (one.choices, one.required) == ((("a", "亮"), ("b", "不亮")), True)
    assert office.post(f"{PAGE}/POLE/end").status_code == 302
    forget_questions(DISTRICT)
    assert questions(DISTRICT) == {}
    assert Question.objects.count() == 2
    assert Change.objects.filter(subject="question").count() == 3


@pytest.mark.parametrize(
    "wrong",
    [{"code": "灯杆"}, {"description": ""}, {"order": "0"}, {"datatype": "x"}, {"choices": "a 甲"},
     {"datatype": "multivaluelist", "choices": ""}, {"datatype": "singlevaluelist", "choices": "a 甲\na 乙"}],
)  # fmt: skip
def test_what_could_not_be_asked_is_refused_and_stays_typed(office: Client, wrong: dict[str, str]) -> None:
    answer = office.post(PAGE, {**ASKED, **wrong})
    assert answer.status_code == 400
    assert "杆上有号牌" in answer.content.decode()
    assert Question.objects.count() == 0


def test_who_only_reads_the_list_reads_and_writes_nothing(cast: Cast) -> None:
    reader = desk(Role.SEAT)
    assert reader.get(PAGE).status_code == 200
    assert reader.post(PAGE, ASKED).status_code == 403
    assert Question.objects.count() == 0


def test_how_the_district_is_known_outside(office: Client) -> None:
    said = {
        "names": "city.gov.cn\nwww.city.gov.cn",
        "contact": "信息中心",
        "key_service": "https://city.gov.cn",
    }
    assert office.post("/admin/outside", said).status_code == 302
    assert Jurisdiction.objects.get().names == ["city.gov.cn", "www.city.gov.cn"]
    assert "信息中心" in office.get("/admin/outside").content.decode()
    assert "信息中心" in office.get("/open311/discovery.json").json()["contact"]
    assert office.post("/admin/outside", {**said, "names": "not a domain"}).status_code == 400
    assert desk(Role.SEAT).get("/admin/outside").status_code == 403
