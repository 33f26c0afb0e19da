"""What everybody may read of a vote, and what is kept of who gave out its codes."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.deliberation.actions.proposals import close_due
from huying.deliberation.actions.voting import invite
from huying.deliberation.models import Ballot, Household, Proposal
from huying.deliberation.queries.proposals import BALLOTS
from huying.deliberation.rules.households import HouseholdLine
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people.models import Viewing
from tests.cast import COMMUNITY, DISTRICT, OTHER_STREET, STREET, Cast
from tests.web.deliberation.test_votes import TITLE, over, proposed, running, vote
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def station(cast: Cast) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)


def test_whoever_saw_codes_stands_in_the_audit(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station)
    assert list(Viewing.objects.values_list("kind", "what", "reason")) == [
        ("unmask", "表决邀请码：9 户", TITLE)
    ]
    station.post(f"{proposal}/households/1/code")
    assert Viewing.objects.latest("id").what == "换发的表决邀请码：3栋101"
    vote(address, codes[1], "yes")
    station.post(f"{proposal}/households/2/code")
    desk(Role.COMMUNITY_STATION, OTHER_STREET).post(f"{proposal}/households/3/code")
    assert Viewing.objects.count() == 2, "who was refused saw nothing"


def test_more_households_than_one_statement_holds_are_invited(station: Client, cast: Cast) -> None:
    proposal = int(proposed(station).rsplit("/", 1)[1])
    rooms = [HouseholdLine(f"{n}栋101", Decimal(90)) for n in range(9500)]
    assert len(invite(cast.system, proposal, rooms, clock.now())) == 9500
    assert Household.objects.count() == 9500


def test_a_count_of_thousands_is_read_by_pages_and_whole_as_a_file(
    station: Client, cast: Cast, settings: Any
) -> None:
    _proposal, address, codes = running(station)
    vote(address, codes[0], "yes")
    over()
    close_due(clock.now())
    row = Proposal.objects.get()
    Ballot.objects.bulk_create(
        Ballot(district=row.district, proposal=row, key=bytes([n]) * 32, choice="no", digest=f"{n:064x}")
        for n in range(BALLOTS + 50)
    )
    seals = re.compile(r'seals">([0-9a-f]{64})<')
    page = Client().get(address).content.decode()
    assert len(seals.findall(page)) == BALLOTS
    answer = Client().get(f"{address}/ballots.json")
    assert len(answer.json()["ballots"]) == BALLOTS + 51
    assert "max-age" in answer["Cache-Control"]
    own = Ballot.objects.get(choice="yes").digest
    for typed in (own, own[:8].upper(), f" {own[:8]} "):
        assert seals.findall(Client().get(address, {"digest": typed}).content.decode())[0] == own
    for typed in ("zz", "'; --", "\x00", "f" * 500):
        assert Client().get(address, {"digest": typed}).status_code == 200


def test_what_a_caller_said_is_not_published_with_the_decision_it_carries_out(cast: Cast) -> None:
    street = desk(Role.STREET_DISPATCHER, STREET)
    proposal, address, codes = running(street, area=STREET)
    for code in codes:
        vote(address, code, "yes")
    street.post(f"{proposal}/close")
    said = NewAppeal(text="我是王大妈 13812345678，楼上漏水", channel="web", kind="complaint", area=COMMUNITY)
    case = receive(DISTRICT, [said], by=cast.system, now=clock.now())[0].case_id
    street.post(f"{proposal}/cases", {"number": case_number(DISTRICT, case), "key": "k"})
    page = Client().get(address).content.decode()
    assert "交办事项" in page
    assert "王大妈" not in page
    assert "王大妈" in street.get(proposal).content.decode()
