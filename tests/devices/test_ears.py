"""Our own deafness is not taken for the silence of devices, and is seen on a page."""

from datetime import timedelta

import pytest

from huying.access.actor import system
from huying.devices.actions import Given, keep, look_for_silent, sign_of_life
from huying.devices.actions.ears import heard_since
from huying.devices.queries import ears_for
from huying.kernel.errors import Denied
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import Site, after, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def minutely(first: int, last: int, ear: bool = True) -> int:
    """The worker's look each minute, and the ear's signs; how many devices were taken for lost."""
    found = 0
    for minute in range(first, last + 1):
        if ear:
            sign_of_life("mqtt here", "mqtt", after(60 * minute))
        found += look_for_silent(DISTRICT, after(60 * minute))
    return found


def by_mqtt(seconds: int) -> None:
    keep(system(DISTRICT, "MQTT"), [Given(said("WL-1", seconds, 1.0), door="mqtt")], after(seconds))


def test_while_we_hear_a_device_that_is_silent_is_lost(site: Site) -> None:
    site.stand("WL-1", every=300)
    by_mqtt(0)
    assert minutely(0, 15) == 0
    assert minutely(16, 16) == 1


def test_while_the_broker_is_away_nobody_is_lost_and_afterwards_it_counts_from_then(site: Site) -> None:
    site.stand("WL-1", every=300)
    by_mqtt(0)
    assert minutely(0, 5) == 0
    for minute in range(6, 40):
        sign_of_life("mqtt here", "mqtt", after(60 * minute), hears=False, why="no route")
        assert look_for_silent(DISTRICT, after(60 * minute)) == 0
    assert minutely(40, 55) == 0
    assert minutely(56, 56) == 1


def test_a_process_that_was_killed_is_deaf_a_minute_later(site: Site) -> None:
    site.stand("WL-1", every=300)
    by_mqtt(0)
    minutely(0, 5)
    assert minutely(7, 60, ear=False) == 0


def test_while_no_worker_ran_nobody_was_missed(site: Site) -> None:
    site.stand("WL-1", every=300)
    by_mqtt(0)
    minutely(0, 1)
    assert minutely(60, 75) == 0
    assert minutely(76, 76) == 1
    assert minutely(77, 200, ear=False) == 0


def test_of_two_ears_the_one_that_hears_longest_counts(site: Site) -> None:
    for minute in range(10):
        sign_of_life("mqtt a", "mqtt", after(60 * minute))
    sign_of_life("mqtt b", "mqtt", after(540))
    assert heard_since(after(541))["mqtt"] == MONDAY
    assert heard_since(after(541 + 3600))["mqtt"] == after(541 + 3600)


def test_an_ear_that_was_taken_away_is_forgotten(site: Site) -> None:
    sign_of_life("mqtt here", "mqtt", MONDAY)
    assert "mqtt" not in heard_since(MONDAY + timedelta(days=8))


def test_pages_say_which_door_is_deaf_and_why(site: Site) -> None:
    sign_of_life("mqtt here", "mqtt", MONDAY)
    sign_of_life("hj212 here", "hj212", MONDAY, hears=False, why="refused")
    found = {one.door: one for one in ears_for(site.cast.administrator, after(5))}
    assert (found["mqtt"].hears, found["mqtt"].since) == (True, MONDAY)
    assert (found["hj212"].hears, found["hj212"].why) == (False, "refused")
    with pytest.raises(Denied):
        ears_for(site.cast.resident(1), MONDAY)
