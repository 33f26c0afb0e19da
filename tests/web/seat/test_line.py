"""The seat's line: it rings, is taken, breaks and is called back; a dead telephone closes no desk."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.kernel.errors import Unavailable
from huying.site.configuration import choices
from huying.web.seat import telephones
from huying.web.seat.simulated import Simulated
from huying.web.seat.telephones import LineState
from tests.cast import Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NUMBER = "13800138000"


class Dead:
    """A telephone system that is down, in its own words and in somebody else's."""

    def line(self, seat: int) -> None:
        raise Unavailable

    def answer(self, seat: int, call: str) -> None:
        raise ValueError("a bug of theirs")

    hold = hang_up = call_back = answer


@pytest.fixture
def seat(cast: Cast, settings: Any) -> Iterator[Client]:
    settings.HUYING_TELEPHONE = "simulated"
    telephones._made.cache_clear()
    yield desk(Role.SEAT)
    telephones._made.cache_clear()


def _press(seat: Client, act: str, call: str = "", **more: str) -> str:
    said = {"act": act, "call": call, **more}
    return seat.post("/seat/line/acts", said, headers={"X-Requested-With": "fetch"}).content.decode()


def _call(bar: str) -> str:
    return bar.split('data-call="')[1].split('"')[0]


def test_a_call_is_taken_held_dropped_and_called_back(seat: Client) -> None:
    ringing = _press(seat, "ring", number=NUMBER)
    assert "138****8000" in ringing
    assert NUMBER not in ringing
    call = _call(ringing)
    assert f'data-number="{NUMBER}"' in _press(seat, "answer", call)
    assert 'data-state="held"' in _press(seat, "hold", call)
    assert 'data-state="talking"' in _press(seat, "resume", call)
    assert "写的内容都在" in _press(seat, "drop", call)
    assert 'data-state="talking"' in _press(seat, "back", call)
    assert "话机空闲" in _press(seat, "end", call)


def test_a_taken_call_opens_the_desk_with_its_number_and_a_ringing_one_does_not(seat: Client) -> None:
    call = _call(_press(seat, "ring", number=NUMBER))
    assert NUMBER not in seat.get("/seat/").content.decode()
    taken = seat.post("/seat/line/acts", {"act": "answer", "call": call})
    assert taken.headers["Location"] == "/seat/"
    assert f'value="{NUMBER}"' in seat.get("/seat/").content.decode()


def test_a_press_that_comes_late_changes_nothing(seat: Client) -> None:
    first = _call(_press(seat, "ring"))
    _press(seat, "end", first)
    second = _call(_press(seat, "ring"))
    for act in ("answer", "hold", "end", "back"):
        assert _call(_press(seat, act, first)) == second
    assert 'data-state="ringing"' in seat.get("/seat/line").content.decode()


def test_a_second_ring_does_not_push_the_first_out(seat: Client) -> None:
    first = _call(_press(seat, "ring"))
    assert _call(_press(seat, "ring")) == first


def test_lines_of_two_seats_are_apart(seat: Client) -> None:
    _press(seat, "ring")
    other = desk(Role.DISTRICT_DISPATCHER)
    assert "话机空闲" in other.get("/seat/line").content.decode()


def test_the_receipt_page_puts_the_line_down_before_the_next_call(seat: Client) -> None:
    call = _call(_press(seat, "ring", number=NUMBER))
    _press(seat, "answer", call)
    kept = seat.post("/seat/", {"key": str(uuid4()), "do": "keep", "text": "路灯坏了", "phone": NUMBER})
    page = seat.get(kept.headers["Location"]).content.decode()
    assert "挂断，登记下一通" in page
    assert "来电人还有别的事" in page


def test_without_a_telephone_there_is_no_bar_and_nothing_to_press(seat: Client, settings: Any) -> None:
    settings.HUYING_TELEPHONE = ""
    assert "line-form" not in seat.get("/seat/").content.decode()
    assert seat.get("/seat/line").content.decode().strip() == ""
    assert seat.post("/seat/line/acts", {"act": "answer"}).status_code == 404


@pytest.mark.parametrize("named", ["tests.web.seat.test_line:Dead", "tests.web.seat.test_line:Nobody"])
def test_a_dead_or_missing_adapter_closes_no_desk(seat: Client, settings: Any, named: str) -> None:
    settings.HUYING_TELEPHONE = named
    page = seat.get("/seat/")
    assert page.status_code == 200
    assert ("请用话机接听" in page.content.decode()) is named.endswith("Dead")
    if named.endswith("Dead"):
        assert "请用话机接听" in _press(seat, "answer", "1")


def test_an_act_nobody_knows_is_refused(seat: Client) -> None:
    assert seat.post("/seat/line/acts", {"act": "explode"}).status_code == 404


@pytest.mark.parametrize("wrong", ["yes", "module", "a b:C", ":C"])
def test_a_setting_that_names_no_adapter_stops_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="simulated"):
        choices._telephone(wrong)


def test_the_simulated_telephone_forgets_a_call_that_only_rang() -> None:
    phone = Simulated()
    phone.ring(1, NUMBER)
    phone.drop(1)
    assert phone.line(1) is None
    phone.ring(1, NUMBER)
    phone.answer(1, phone.line(1).id)  # type: ignore[union-attr]
    phone.drop(1)
    assert phone.line(1).state is LineState.DROPPED  # type: ignore[union-attr]
