"""Stations of HJ 212: known by MN and password, their values kept as readings, heard over a real line."""

import socket
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.devices.actions import retire, set_station_password
from huying.devices.channels.hj212 import taking
from huying.devices.channels.hj212.serving import Stations
from huying.devices.channels.hj212.taking import take, tell
from huying.devices.channels.hj212.talking import Told
from huying.devices.models import Misread, Reading
from huying.devices.queries import device_for
from huying.devices.rules.hj212.segments import Segment
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.messages import Unread
from huying.kernel.errors import Invalid
from tests.cast import MONDAY
from tests.devices.conftest import Site, after
from tests.devices.test_hj212_talking import House, replies, upload
from tests.site.embedded.waiting import until

database = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection of the test is not closed as one of a thread would be."""
    monkeypatch.setattr(taking, "close_old_connections", lambda: None)


def station(site: Site, password: str = "a1b2c3") -> int:
    number = site.stand("WQ0417", kind=DeviceKind.WATER_QUALITY)
    set_station_password(site.cast.administrator, number, password, MONDAY)
    return number


def said(password: str = "a1b2c3", command: str = "2011", minutes: int = 0, **values: str) -> Segment:
    at = (MONDAY + timedelta(minutes=minutes)).astimezone(ZoneInfo("Asia/Shanghai"))
    groups = (
        {"DataTime": f"{at:%Y%m%d%H%M%S}"},
        *({name.replace("_", "-"): value} for name, value in values.items()),
    )
    return Segment("32", command, "WQ0417", groups, "20260302090000001", password, 5)


class TestKept:
    pytestmark = database

    def test_values_become_readings_of_the_district_s_clock_and_means_stand_beside(self, site: Site) -> None:
        station(site)
        assert take(said(w21003_Rtd="0.52", w01001_Rtd="7.1"), after(5))
        assert take(said(command="2061", w21003_Avg="0.6"), after(5))
        kept = {(one.factor, one.at, one.value) for one in Reading.objects.all()}
        assert kept == {("w21003", MONDAY, 0.52), ("w01001", MONDAY, 7.1), ("w21003.hour", MONDAY, 0.6)}
        device = site.device("WQ0417")
        assert (device.heard_at, device.door) == (after(5), "hj212")

    def test_what_the_station_itself_does_not_trust_is_no_reading(self, site: Site) -> None:
        station(site)
        assert take(said(w21003_Rtd="9.9", w01001_Rtd="15"), after(5))
        flagged = Segment(
            "32",
            "2011",
            "WQ0417",
            ({"DataTime": "20260302090500"}, {"w01018-Rtd": "40", "w01018-Flag": "M"}),
            "",
            "a1b2c3",
            5,
        )
        assert take(flagged, after(400))
        assert {one.factor for one in Reading.objects.all()} == {"w21003"}

    def test_the_same_message_again_adds_nothing(self, site: Site) -> None:
        station(site)
        for _ in range(2):
            assert take(said(w21003_Rtd="0.52"), after(5))
        assert Reading.objects.count() == 1

    def test_another_password_none_and_a_retired_station_keep_nothing_and_are_told(self, site: Site) -> None:
        number = station(site)
        assert not take(said("wrong1", w21003_Rtd="1"), after(5))
        set_station_password(site.cast.administrator, number, "", MONDAY)
        assert not take(said(w21003_Rtd="1"), after(6))
        set_station_password(site.cast.administrator, number, "a1b2c3", MONDAY)
        retire(site.cast.administrator, number, "拆除", MONDAY)
        assert not take(said(w21003_Rtd="1"), after(7))
        assert Reading.objects.count() == 0
        assert list(Misread.objects.order_by("id").values_list("why", flat=True)) == [
            "password",
            "password",
            "unknown",
        ]
        assert not Misread.objects.filter(payload__contains="wrong1").exists()

    def test_nonsense_is_written_down_with_the_password_covered(self, site: Site) -> None:
        tell(Told(Unread.SEGMENT, "", "ST=32;PW=secret;CN="), MONDAY)
        assert Misread.objects.get().payload == "ST=32;PW=***;CN="

    def test_a_password_is_letters_and_numbers_and_shown_nowhere(self, site: Site) -> None:
        number = station(site)
        with pytest.raises(Invalid):
            set_station_password(site.cast.administrator, number, "a;b&c=1", MONDAY)
        info = device_for(site.cast.administrator, number)
        assert info.has_station_password
        assert "a1b2c3" not in repr(info)
        assert b"a1b2c3" not in bytes(site.device("WQ0417").station_secret or b"")

    def test_a_message_without_values_makes_its_station_heard(self, site: Site) -> None:
        station(site)
        assert take(Segment("91", "9014", "WQ0417", (), "1", "a1b2c3", 4), after(60))
        assert site.device("WQ0417").heard_at == after(60)


class Port:
    """The port open in a thread, with a house that keeps in memory."""

    def __init__(self, most: int = 10) -> None:
        self.house, self.port = House(), 0
        self.stations = Stations(
            "127.0.0.1", 0, self.house.take, self.house.tell, most=most, bound=self._bound
        )
        self.thread = threading.Thread(target=self.stations.run, daemon=True)

    def _bound(self, port: int) -> None:
        self.port = port

    def __enter__(self) -> "Port":
        self.thread.start()
        until(lambda: self.port > 0, 10)
        return self

    def __exit__(self, *_: object) -> None:
        self.stations.stopping.set()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def call(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 10)


def test_a_station_calls_is_answered_and_calls_again() -> None:
    with Port() as port:
        for number in range(2):
            with port.call() as line:
                data = upload(f"2026030209000000{number}")
                line.sendall(data[:20])
                line.sendall(data[20:] + upload(f"2026030209000001{number}"))
                got = b""
                while len(replies(got)) < 2:
                    got += line.recv(4096)
                assert [one.command for one in replies(got)] == ["9014", "9014"]
        assert len(port.house.kept) == 4


def test_one_that_is_refused_is_hung_up_on_and_others_are_heard() -> None:
    with Port() as port:
        port.house.refusing = True
        with port.call() as line:
            for _ in range(3):
                line.sendall(upload())
            assert line.recv(100) == b""
        port.house.refusing = False
        with port.call() as line:
            line.sendall(upload())
            assert replies(line.recv(4096))[0].command == "9014"


def test_beyond_the_most_a_call_is_not_taken() -> None:
    with Port(most=1) as port, port.call() as first:
        first.sendall(upload())
        assert first.recv(4096)
        with port.call() as second:
            assert second.recv(100) == b""


def test_the_port_ends_with_stations_on_the_line() -> None:
    with Port() as port:
        line = port.call()
        line.sendall(upload())
        assert line.recv(4096)
    assert line.recv(100) == b""
    line.close()
