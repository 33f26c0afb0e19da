"""Callers who are reached by e-mail, alone or beside their phone."""

import pytest

from huying.access.roles import Role
from huying.people.actions import ensure_callers, unmask
from huying.people.models import Caller
from huying.people.queries import caller_masked
from huying.people.rules.masking import mask_email
from tests.cast import DISTRICT, MONDAY, actor, gather

pytestmark = pytest.mark.django_db


def test_an_email_alone_makes_a_caller_and_is_sealed() -> None:
    gather()
    first, second, nobody = ensure_callers(
        DISTRICT, [("", "")] * 3, MONDAY, ["li@example.org", "li@example.org", ""]
    )
    assert nobody is None
    assert first is not None
    assert first != second
    assert b"example" not in bytes(Caller.objects.get(id=first).email_sealed or b"")
    assert caller_masked(DISTRICT, first).email == "l***@example.org"
    officer = actor("周", 1, Role.DEPARTMENT_HANDLER)
    assert unmask(officer, first, None, "回信", MONDAY).email == "li@example.org"


def test_beside_a_phone_the_first_email_stays() -> None:
    gather()
    phone = [("", "13800000001")]
    (known,) = ensure_callers(DISTRICT, phone, MONDAY)
    assert ensure_callers(DISTRICT, phone, MONDAY, ["a@example.org"]) == [known]
    assert ensure_callers(DISTRICT, phone * 2, MONDAY, ["b@example.org", "c@example.org"]) == [known, known]
    assert known is not None
    assert caller_masked(DISTRICT, known).email == "a***@example.org"


def test_what_is_no_address_is_hidden_whole() -> None:
    assert (mask_email(""), mask_email("abc"), mask_email("a@b@c.cn")) == ("", "***", "a***@c.cn")
