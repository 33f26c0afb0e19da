"""A station's connection: kept before it is answered, in whatever pieces the bytes come."""

from datetime import datetime
from typing import Final

import pytest

from huying.devices.channels.hj212.talking import MOST_REFUSED, MOST_WRONG, Conversation, HungUp, Told
from huying.devices.rules.hj212.frames import Frame, FrameReader, framed
from huying.devices.rules.hj212.segments import Segment, read_segment, write_segment
from huying.devices.rules.messages import Unread
from tests.cast import MONDAY

VALUES: Final = ({"DataTime": "20260302090000"}, {"w21003-Rtd": "0.5", "w21003-Flag": "N"})


class House:
    """Keeps what it is given, refuses, or is away."""

    def __init__(self) -> None:
        self.kept: list[Segment] = []
        self.told: list[Told] = []
        self.refusing = self.away = False

    def take(self, segment: Segment, now: datetime) -> bool:
        if self.away:
            raise RuntimeError("the database")
        if not self.refusing:
            self.kept.append(segment)
        return not self.refusing

    def tell(self, told: Told, now: datetime) -> None:
        self.told.append(told)

    def talk(self) -> Conversation:
        return Conversation(self.take, self.tell, lambda: MONDAY)


def upload(
    number: str = "20260302090000001",
    part: int | None = None,
    of: int | None = None,
    groups: tuple[dict[str, str], ...] = VALUES,
) -> bytes:
    flag = 0b111 if of else 0b101
    return framed(write_segment(Segment("32", "2011", "WQ0417", groups, number, "a1b2c3", flag, of, part)))


def replies(sent: bytes) -> list[Segment]:
    return [read_segment(one.data) for one in FrameReader().feed(sent) if isinstance(one, Frame)]


def test_what_is_kept_is_answered_with_9014_however_the_bytes_are_cut() -> None:
    for cut in (1, 7, 40, 1000):
        house = House()
        talk, data = house.talk(), upload()
        sent = b"".join(talk.hear(data[at : at + cut]) for at in range(0, len(data), cut))
        assert [(one.command, one.number) for one in replies(sent)] == [("9014", "20260302090000001")]
        assert [one.device for one in house.kept] == ["WQ0417"]


def test_what_is_not_kept_is_not_answered_and_comes_again() -> None:
    house = House()
    talk = house.talk()
    house.away = True
    assert talk.hear(upload()) == b""
    house.away = False
    assert [one.command for one in replies(talk.hear(upload()))] == ["9014"]
    assert len(house.kept) == 1


def test_a_station_that_shows_another_password_is_hung_up_on() -> None:
    house = House()
    house.refusing = True
    talk = house.talk()
    for _ in range(MOST_REFUSED - 1):
        assert talk.hear(upload()) == b""
    with pytest.raises(HungUp):
        talk.hear(upload())
    assert house.kept == []


def test_packets_are_put_together_and_each_is_answered() -> None:
    house = House()
    talk = house.talk()
    first, second = upload(part=1, of=2, groups=VALUES[:1]), upload(part=2, of=2, groups=VALUES[1:])
    assert len(replies(talk.hear(second))) == 1
    assert len(replies(talk.hear(first))) == 1
    assert house.kept[-1].groups == VALUES


def test_nonsense_is_told_without_its_password_and_ends_the_line_at_last() -> None:
    house = House()
    talk = house.talk()
    wrong = upload().replace(b"w21003", b"w21004")
    for _ in range(MOST_WRONG - 1):
        assert talk.hear(wrong) == b""
    with pytest.raises(HungUp):
        talk.hear(wrong)
    assert {one.why for one in house.told} == {Unread.FRAME}
    assert not any("a1b2c3" in one.seen for one in house.told)


def test_a_frame_that_is_no_segment_is_told_and_the_next_is_taken() -> None:
    house = House()
    talk = house.talk()
    sent = talk.hear(framed(b"ST=32;CN=2011;PW=a1b2c3;CP=&&&&") + upload())
    assert [one.command for one in replies(sent)] == ["9014"]
    assert [one.why for one in house.told] == [Unread.SEGMENT]
