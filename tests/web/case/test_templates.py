"""Templates of replies in the form that sends the reply."""

from typing import Any

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.texts.queries import forget
from tests.cast import DISTRICT, Cast
from tests.web.desks import desk
from tests.web.matters import REPLY, handled, number


@pytest.fixture
def client(cast: Cast) -> Client:
    forget()
    return desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_templates_are_offered_where_a_reply_is_written_and_filled_for_the_case(
    client: Client, cast: Cast
) -> None:
    case = handled(cast)
    form = _text(client.get(f"/case/{number(case)}/steps/report"))
    assert "通用：已解决" in form
    assert "环境卫生：已清理" not in form
    assert "套用模板" not in _text(client.get(f"/case/{number(case)}/steps/note"))
    answer = client.get(f"/case/{number(case)}/templates/solved")
    assert answer["Content-Type"].startswith("text/plain")
    assert f"“{case.title}”" in _text(answer)
    assert client.get(f"/case/{number(case)}/templates/nothing").status_code == 404


def test_without_scripts_a_button_puts_it_below_what_was_written(client: Client, cast: Cast) -> None:
    case = handled(cast)
    typed = {
        "expected": "4",
        "key": "k",
        "use-template": "1",
        "template": "solved",
        "reply": "您好。",
        "result": "办了",
    }
    page = _text(client.post(f"/case/{number(case)}/steps/report", typed))
    assert "您好。\n您好，您反映的" in page
    assert ">办了</textarea>" in page.replace("\n办了", "办了")


def test_a_blank_that_is_left_is_refused_and_what_was_typed_stays(client: Client, cast: Cast) -> None:
    case = handled(cast)
    said = {
        "expected": str(case.length),
        "key": "k",
        "reply": f"{REPLY}【填：日期】",
        "result": "办了",
        "solved": "True",
    }
    answer = client.post(f"/case/{number(case)}/steps/report", said)
    assert answer.status_code == 400
    assert "模板里还有没填的：日期。" in _text(answer)
    assert "【填：日期】" in _text(answer)


def test_who_does_not_see_the_case_gets_no_template(cast: Cast) -> None:
    case = handled(cast)
    stranger = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.housing)
    assert stranger.get(f"/case/{number(case)}/templates/solved").status_code == 404
