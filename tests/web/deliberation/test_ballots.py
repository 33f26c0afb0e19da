"""Ballots: one a household, secret, changed until the close; codes that nobody guesses."""

import re
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.deliberation.actions.voting import cast as put_ballot
from huying.deliberation.models import Ballot, Household, Proposal, Tallied
from huying.deliberation.rules.kinds import Choice
from huying.kernel import clock
from tests.cast import COMMUNITY, DISTRICT, Cast, gather
from tests.web.deliberation.test_votes import running, vote
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def station(cast: Cast) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)


def test_a_vote_can_be_changed_and_counts_once(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station, kind="业主共同决定（一般")
    assert "投票收到了" in vote(address, codes[0], "yes").content.decode()
    first = Ballot.objects.get().digest
    assert "已改票" in vote(address, codes[0].lower().replace("-", " "), "no").content.decode()
    assert (Ballot.objects.get().choice, Ballot.objects.get().digest == first) == ("no", False)
    assert Household.objects.filter(voted=True).count() == 1
    assert {row.choice: str(row.area) for row in Tallied.objects.all()} == {"yes": "0.00", "no": "81.00"}


def test_the_same_form_sent_twice_is_one_ballot_with_one_number(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station)
    key = str(uuid4())
    pages = [vote(address, codes[0], "yes", key).content.decode() for _ in range(2)]
    numbers = [re.findall(r'slip-big">([A-Z2-7-]+)<', page) for page in pages]
    assert numbers[0] == numbers[1]
    assert "已改票" not in pages[1]
    assert Ballot.objects.count() == 1


def test_a_code_opens_one_vote_alone(station: Client, cast: Cast) -> None:
    _first, one, codes = running(station)
    _second, other, others = running(station)
    assert vote(other, codes[0], "yes").status_code == 400
    assert "邀请码不对" in vote(one, others[0], "yes").content.decode()
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    "code", ["", "AAAA-AAAA-AAAA", "ABC", "中文中文中文中文", "A" * 500, "'; DROP TABLE"]
)
def test_a_code_that_is_none_keeps_what_was_chosen(station: Client, cast: Cast, code: str) -> None:
    _proposal, address, _codes = running(station)
    answer = vote(address, code, "no")
    assert answer.status_code == 400
    assert re.search(r'value="no"[^>]*checked', answer.content.decode())
    assert not Ballot.objects.exists()


def test_a_choice_that_is_none_is_no_ballot(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station)
    for choice in ("", "maybe"):
        assert vote(address, codes[0], choice).status_code == 400
    assert not Ballot.objects.exists()
    assert not Household.objects.filter(voted=True).exists()


def test_who_guesses_codes_is_not_answered_any_more(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station)
    for _ in range(30):
        assert vote(address, "AAAA-AAAA-AAAA", "yes").status_code == 400
    refused = vote(address, codes[0], "yes")
    assert refused.status_code == 429
    assert "15 分钟后再试" in refused.content.decode()
    assert not Ballot.objects.exists()


def test_right_codes_are_never_braked(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station)
    for n in range(40):
        assert vote(address, codes[n % 9], "yes").status_code == 200


def test_no_table_leads_from_a_household_to_its_ballot(station: Client, cast: Cast) -> None:
    _proposal, address, codes = running(station)
    vote(address, codes[0], "yes")
    fields = {field.name for field in Ballot._meta.get_fields() if field.concrete}
    assert fields == {"district", "proposal", "key", "choice", "digest"}
    household = Household.objects.get(voted=True)
    assert bytes(household.code_digest) != bytes(Ballot.objects.get().key)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(h)::text || row_to_json(p)::text FROM deliberation_household h, deliberation_proposal p"
        )
        assert not any(codes[0].replace("-", "") in row[0] for row in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_the_same_code_from_many_phones_at_once_is_one_ballot() -> None:
    forget_timing()
    cast = gather()
    station = desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)
    _proposal, _address, codes = running(station, kind="业主共同决定（一般")
    number, wrong = Proposal.objects.get().id, []

    def put(n: int) -> None:
        try:
            choice = [Choice.YES, Choice.NO][n % 2]
            put_ballot(DISTRICT, number, codes[n // 4], choice, f"form {n}", clock.now())
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=put, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert Ballot.objects.count() == 3
    assert sum(row.area for row in Tallied.objects.all()) == sum(
        row.area for row in Household.objects.filter(voted=True)
    )
    assert {row.choice: row.area for row in Tallied.objects.filter(area__gt=0)}.keys() == set(
        Ballot.objects.values_list("choice", flat=True)
    )
