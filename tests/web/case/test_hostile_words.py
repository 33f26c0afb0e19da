"""Whatever people and offices are called and say, pages show it and obey none of it."""

import re

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people.actions import ensure_callers, rename_body
from huying.people.queries import bodies
from huying.teams.models import DutyPost, Member, MemberKind
from tests.cast import DISTRICT, GRID, STREET, Cast
from tests.teams.conftest import laid
from tests.web.desks import desk
from tests.web.duty.test_pages import on_now

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SHOWN = "&quot;&gt;&lt;i x=&#x27;{}"


def hostile(what: str) -> str:
    """Breaks out of a text, of an attribute in either quotes, and out of a tag."""
    return f"\"><i x='{what}"


@pytest.fixture
def pages(cast: Cast) -> str:
    on_now(laid(cast))
    caller = ensure_callers(DISTRICT, [(hostile("caller"), "13812345678")], clock.now())[0]
    said = NewAppeal(text=hostile("text"), channel="web", kind="complaint", area=GRID, caller_id=caller)
    ref = (DISTRICT, receive(DISTRICT, [said], by=cast.system, now=clock.now())[0].case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), body=cast.urban, assists=[cast.water])
    for model, name in ((Member, "member"), (DutyPost, "post"), (MemberKind, "kind")):
        for row in model.objects.filter(district=DISTRICT):
            row.name = hostile(f"{name}{row.pk}")[:20]
            row.save()
    for one in bodies(DISTRICT, clock.now()):
        rename_body(
            cast.system, one.id, hostile(f"long{one.id}"), hostile(f"body{one.id}"), one.kind, clock.now()
        )
    client: Client = desk(Role.STREET_DISPATCHER, STREET)
    seen = (f"/case/{case_number(*ref)}", "/duty/", "/duty/now")
    return "".join(client.get(one).content.decode() for one in seen)


def test_no_word_of_anybody_becomes_markup(pages: str) -> None:
    assert "<i x=" not in pages
    assert "<i" not in re.sub(r"<(?:img|input)\b", "", pages)
    for what in ("text", "member", "body"):
        assert SHOWN.format(what) in pages, what


def test_what_is_pressed_carries_the_pages_token(pages: str) -> None:
    forms = re.findall(r'<form method="post"[^>]*>(.*?)</form>', pages, re.DOTALL)
    assert any("call-form" in one or "看完整号码" in one for one in forms)
    assert all(re.search(r'name="csrfmiddlewaretoken" value="\w{32,}"', one) for one in forms)
