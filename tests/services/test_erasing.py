"""Who asked for a service is erased with the person; that it was asked for stays as a number."""

import pytest

from huying.cases.rules.erasing import Going, Gone
from huying.kernel.errors import Conflict
from huying.services.actions import call_off
from huying.services.actions.erasing import erase, held
from huying.services.models import Ask, FacilityPhoto
from tests.cast import DISTRICT
from tests.services.conftest import Town, after

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def going(caller: int) -> Going:
    none: frozenset[int] = frozenset()
    return Going(DISTRICT, after(days=1), none, none, none, frozenset({caller}), none, ())


def test_names_numbers_and_words_go_and_what_waits_must_end_first(town: Town) -> None:
    service = town.serve()
    made, other = town.ask(service, None, 1, words="要轮椅"), town.ask(service, None, 2)
    caller = town.row(made.id).caller_id
    assert caller is not None
    with pytest.raises(Conflict):
        erase(going(caller))
    call_off(town.cast.dispatcher, made.id, "停水", after(hours=1))
    assert erase(going(caller)) == {Gone.SERVICE: 1}
    row = town.row(made.id)
    assert (row.caller_id, row.name_sealed, row.phone_sealed, row.words_sealed) == (None,) * 4
    assert town.row(other.id).phone_sealed is not None
    assert Ask.objects.count() == 2


def test_a_photo_of_a_place_is_held(town: Town) -> None:
    number = town.stand("公厕")
    FacilityPhoto.objects.create(
        district=DISTRICT, facility_id=number, path="990101/ab/abc.jpg", sha256="abc", made_at=after(days=0)
    )
    assert held(DISTRICT, ["990101/ab/abc.jpg", "990101/cd/cde.jpg"]) == {"990101/ab/abc.jpg"}
