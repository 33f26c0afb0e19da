"""A city that anybody can play: the system of the demonstration, and the command that plays it."""

from random import Random

import orjson
import pytest

from huying.exchange.queries.peers import peer_for
from huying.exchange.queries.trying import try_letters
from huying.exchange.rules.kinds import InKind
from huying.simulate.city import PORT, dialect
from huying.simulate.city.serving import City
from huying.simulate.loading.neighbours import CODE, set_up_city
from huying.site.cli import main
from tests.cast import DISTRICT, MONDAY, Cast


@pytest.mark.django_db
def test_the_demonstrations_city_is_off_and_can_be_tried(cast: Cast) -> None:
    set_up_city(DISTRICT, MONDAY)
    peer = peer_for(cast.system, CODE)
    assert not peer.on
    assert peer.settings["address"] == f"http://127.0.0.1:{PORT}"
    letter = orjson.dumps(dialect.order("SZ1", Random(1), MONDAY)).decode()
    (tried,) = try_letters(cast.system, CODE, letter)
    assert tried.reading.kind is InKind.ORDER
    assert not tried.reading.wrong


def test_what_the_command_says_the_city_does(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    port = str(city.server_address[1])
    assert main(["stand-in", "city", "--port", port, "--send", "3"]) == 0
    first = city.holding.sent[0]["orderNo"]
    assert first in capsys.readouterr().out
    assert main(["stand-in", "city", "--port", port, "--urge", first]) == 0
    assert [one["msgType"] for one in city.holding.sent] == ["ORDER", "ORDER", "ORDER", "URGE"]
    assert main(["stand-in", "city", "--port", port, "--mood", '{"lost": 0.5}']) == 0
    assert city.moods.lost == 0.5


def test_a_city_that_nobody_plays_is_said_to_be_away(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    port = str(city.server_address[1])
    city.shutdown()
    city.server_close()
    assert main(["stand-in", "city", "--port", port, "--send", "1"]) == 1
    assert "替身没有应答" in capsys.readouterr().err
