"""What frames say: segments, packets put together, values with their time, and replies."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.hj212.commands import Execution, Interval, RequestResult
from huying.devices.rules.hj212.factors import FACTORS, factor_of
from huying.devices.rules.hj212.flags import DataFlag, Trust
from huying.devices.rules.hj212.frames import Frame, FrameReader, framed
from huying.devices.rules.hj212.parts import MOST_BEGUN, PATIENCE, Assembler
from huying.devices.rules.hj212.readings import Reading, moment, uploads_of
from huying.devices.rules.hj212.replies import Answering
from huying.devices.rules.hj212.segments import Segment, read_segment, write_segment
from huying.kernel.errors import Invalid

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=BEIJING)
DATA = (
    b"QN=20160801085857223;ST=21;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"
    b"CP=&&DataTime=20160801085857;w01018-Rtd=12.3,w01018-Flag=N;w01001-Rtd=7.2&&"
)
ELDER = (
    b"ST=32;CN=2011;PW=123456;MN=LD130133000015;CP=&&DataTime=20160824003817250;"
    b"B01-Rtd=36.91;011-Rtd=231.0,011-Flag=N;060-Rtd=1.803,060-Flag=D&&"
)

words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="&,;=#"), min_size=1, max_size=8
)
groups = st.dictionaries(words, words, min_size=1, max_size=3)
segments = st.builds(
    Segment, st.just("21"), st.sampled_from(["2011", "2051", "3020"]), words, st.lists(groups, max_size=3).map(tuple),
    number=st.sampled_from(["", "20160801085857223"]), password=words, flag=st.sampled_from([None, 0, 1, 4, 5, 9]),
)  # fmt: skip


def part(number: int, count: int = 3, qn: str = "20160801085857223") -> Segment:
    return Segment(
        "21", "2061", "M1", ({"DataTime": "20160801080000"}, {f"w0101{number}-Avg": "1"}),
        number=qn, flag=7, count=count, part=number,
    )  # fmt: skip


@given(segments, st.lists(st.integers(1, 400), max_size=5))
def test_a_segment_comes_back_as_it_was_written_however_the_wire_splits_it(
    segment: Segment, cuts: list[int]
) -> None:
    wire, reader, found = framed(write_segment(segment)), FrameReader(), []
    for first, last in zip([0, *sorted(cuts)], [*sorted(cuts), len(wire)], strict=True):
        found += reader.feed(wire[first : max(first, last)])
    [frame] = found
    assert isinstance(frame, Frame)
    assert read_segment(frame.data) == segment


def test_a_device_that_speaks_gbk_is_understood() -> None:
    data = "ST=21;CN=3020;MN=M1;Flag=5;CP=&&DataTime=20160801085857;i22001-Info=//清洗水路//&&".encode("gbk")
    assert read_segment(data).fields["i22001-Info"] == "//清洗水路//"


def test_a_device_that_speaks_utf_8_is_understood() -> None:
    data = "ST=21;CN=3020;MN=M1;Flag=5;CP=&&DataTime=20160801085857;i22001-Info=//清洗水路//&&".encode()
    assert read_segment(data).fields["i22001-Info"] == "//清洗水路//"


def test_a_password_is_not_printed() -> None:
    assert "123456" not in repr(read_segment(DATA))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"ST=21;CN=2011;MN=M1;CP=&&DataTime=1", "没有以 && 结束"),
        (b"ST=21;CN=2011;MN=M1;CP=&&nonsense&&", "名称=值"),
        (b"ST=21;CN=2011;CP=&&&&", "缺少 MN"),
        (b"ST=21;CN=2011;MN=M1;Flag=\xef\xbc\x95;CP=&&&&", "Flag"),
        (b"\xff\xfe", "名称=值"),
    ],
)
def test_a_segment_that_cannot_be_read_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        read_segment(data)


@given(st.binary(max_size=80))
def test_whatever_comes_a_segment_is_read_or_refused(data: bytes) -> None:
    with suppress(Invalid):
        assert read_segment(b"ST=21;CN=2011;MN=M1;CP=&&" + data + b"&&").device == "M1"


def test_values_have_their_factor_flag_and_the_districts_time() -> None:
    [upload] = uploads_of(read_segment(DATA), BEIJING)
    assert upload.interval is Interval.REAL_TIME
    assert upload.at == datetime(2016, 8, 1, 0, 58, 57, tzinfo=timezone.utc)  # noqa: UP017
    cod, ph = upload.readings
    assert cod == Reading("w01018", FACTORS["w01018"], 12.3, {"Rtd": 12.3}, "N", Trust.GOOD)
    assert (ph.factor, ph.value, ph.flag, ph.trust) == (FACTORS["w01001"], 7.2, None, Trust.GOOD)


def test_the_elder_standards_codes_and_milliseconds_are_understood() -> None:
    [upload] = uploads_of(read_segment(ELDER), BEIJING)
    assert upload.at.microsecond == 250_000
    assert [(one.factor and one.factor.zh, one.trust) for one in upload.readings] == [
        ("污水流量", Trust.GOOD),
        ("化学需氧量", Trust.GOOD),
        ("氨氮", Trust.NONE),
    ]


@pytest.mark.parametrize(
    ("told", "value", "trust"),
    [
        ("w01001-Rtd=15.1,w01001-Flag=N", 15.1, Trust.NONE),
        ("w01014-Rtd=-0.02,w01014-Flag=N", -0.02, Trust.NONE),
        ("w01018-Rtd=500,w01018-Flag=T", 500.0, Trust.LOWER_BOUND),
        ("w01018-Rtd=5,w01018-Flag=c", 5.0, Trust.NONE),
        ("w01018-Rtd=5,w01018-Flag=Q", 5.0, Trust.DOUBTFUL),
        ("w01018-Rtd=,w01018-Flag=N", None, Trust.NONE),
        ("w01018-Rtd=nan,w01018-Flag=N", None, Trust.NONE),
        ("zz9-Rtd=1", 1.0, Trust.GOOD),
    ],
)
def test_a_value_is_worth_what_its_flag_and_nature_allow(
    told: str, value: float | None, trust: Trust
) -> None:
    data = f"ST=21;CN=2011;MN=M1;CP=&&DataTime=20160801085857;{told}&&".encode()
    [upload] = uploads_of(read_segment(data), BEIJING)
    assert [(one.value, one.trust) for one in upload.readings] == [(value, trust)]


def test_only_a_normal_flag_makes_a_value_good() -> None:
    assert {flag for flag in DataFlag if flag.zh == "正常"} == {DataFlag.NORMAL}
    assert factor_of("W01018") == factor_of("011")
    assert factor_of("999") is None


@pytest.mark.parametrize(
    "text", ["2016080108585", "20161301000000", "20160801085857é", "２０１６０８０１０８５８５７"]
)
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        moment(text, BEIJING)


def test_past_data_of_several_times_are_several_uploads() -> None:
    data = b"ST=21;CN=2061;MN=M1;CP=&&DataTime=20160801080000;w01018-Avg=1;DataTime=20160801090000;w01018-Avg=2&&"
    assert [(up.at.hour, up.readings[0].value) for up in uploads_of(read_segment(data), BEIJING)] == [
        (8, 1.0),
        (9, 2.0),
    ]


@given(st.permutations(range(1, 7)))
def test_packets_are_put_together_in_any_order(order: list[int]) -> None:
    assembler = Assembler()
    done = [assembler.take(part(number, 6), NOW) for number in order]
    assert done[:-1] == [None] * 5
    whole = done[-1]
    assert whole is not None
    assert [*whole.fields] == ["DataTime", *(f"w0101{number}-Avg" for number in range(1, 7))]
    assert (whole.is_part, whole.flag) == (False, 5)


def test_a_packet_sent_again_does_no_harm_and_what_never_comes_is_given_up() -> None:
    assembler = Assembler()
    assert [assembler.take(part(number), NOW) for number in (1, 1, 3)] == [None] * 3
    assert assembler.given_up(NOW + PATIENCE) == []
    late = NOW + PATIENCE + timedelta(seconds=1)
    assert assembler.given_up(late) == [(("M1", "20160801085857223", "2061"), [2])]
    assert assembler.take(part(2), late) is None


def test_a_packet_that_comes_too_late_completes_nothing() -> None:
    assembler = Assembler()
    assert [assembler.take(part(number), NOW) for number in (1, 3)] == [None] * 2
    assert assembler.take(part(2), NOW + PATIENCE + timedelta(seconds=1)) is None


def test_an_old_number_with_another_count_of_packets_is_a_new_message() -> None:
    assembler = Assembler()
    assembler.take(part(3), NOW)
    assert assembler.take(part(1, 2), NOW) is None
    whole = assembler.take(part(2, 2), NOW)
    assert whole is not None
    assert "w01013-Avg" not in whole.fields


def test_unfinished_messages_do_not_pile_up() -> None:
    assembler = Assembler()
    for number in range(MOST_BEGUN + 1):
        assembler.take(part(1, 2, f"{number:017}"), NOW)
    assert len(assembler.given_up(NOW + 2 * PATIENCE)) == MOST_BEGUN


@pytest.mark.parametrize("wrong", [part(4), part(0), part(1, 5000)])
def test_packets_with_impossible_numbers_are_refused(wrong: Segment) -> None:
    with pytest.raises(Invalid):
        Assembler().take(wrong, NOW)


def test_data_are_answered_as_the_standard_shows() -> None:
    answer = Answering().answer(read_segment(DATA))
    assert answer.sent == framed(
        b"QN=20160801085857223;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&"
    )


def test_the_elder_standard_is_answered_in_its_own_way() -> None:
    elder = ELDER.replace(b"ST=32", b"QN=20040516010101001;ST=32").replace(b";CP=", b";Flag=1;CP=")
    assert Answering().answer(read_segment(elder)).sent == framed(
        b"ST=91;CN=9014;PW=123456;MN=LD130133000015;CP=&&QN=20040516010101001;CN=2011&&"
    )


def test_what_is_sent_again_is_answered_again_and_marked() -> None:
    answering, segment = Answering(), read_segment(DATA)
    first, again = answering.answer(segment), answering.answer(segment)
    assert (first.repeated, again.repeated) == (False, True)
    assert first.segments == again.segments != ()


def test_the_packets_of_one_message_are_no_repetitions_and_each_is_answered() -> None:
    answering = Answering()
    answers = [answering.answer(part(number)) for number in (1, 2, 3, 2)]
    assert [answer.repeated for answer in answers] == [False, False, False, True]
    assert all(answer.segments for answer in answers)


def test_a_packet_without_a_time_of_its_own_is_data_too() -> None:
    later = replace(part(2), groups=({"w01018-Avg": "1"},))
    assert [one.command for one in Answering().answer(later).segments] == ["9014"]


def test_without_a_number_nothing_is_a_repetition() -> None:
    answering, segment = Answering(), read_segment(ELDER)
    assert [answering.answer(segment).repeated for _ in range(2)] == [False, False]


def test_memory_for_repetitions_has_an_end() -> None:
    answering = Answering(remembered=2)
    for number in (1, 2, 3):
        answering.answer(part(1, qn=str(number)))
    assert [answering.answer(part(1, qn=str(number))).repeated for number in (3, 1)] == [True, False]


def test_nobody_is_answered_who_does_not_ask_and_no_reply_is() -> None:
    silent = read_segment(DATA.replace(b"Flag=5", b"Flag=4"))
    thanks = read_segment(b"QN=20160801085857223;ST=91;CN=9014;PW=1;MN=M1;Flag=5;CP=&&&&")
    assert Answering().answer(silent).segments == Answering().answer(thanks).segments == ()


def test_requests_are_taken_and_done_or_refused_and_a_question_of_time_is_a_notice() -> None:
    asked = read_segment(b"QN=20160801085857223;ST=32;CN=3019;PW=1;MN=M1;Flag=5;CP=&&PolId=w01018&&")

    def told(*more: object) -> list[tuple[str, dict[str, str]]]:
        return [(one.command, one.fields) for one in Answering().answer(asked, *more).segments]  # type: ignore[arg-type]

    assert told() == [("9011", {"QnRtn": "1"}), ("9012", {"ExeRtn": "1"})]
    assert told(RequestResult.READY, Execution.BUSY)[1] == ("9012", {"ExeRtn": "5"})
    assert told(RequestResult.PASSWORD) == [("9011", {"QnRtn": "3"})]
    clock = read_segment(b"QN=20160801085857223;ST=32;CN=1013;PW=1;MN=M1;Flag=5;CP=&&PolId=w01018&&")
    assert [one.command for one in Answering().answer(clock).segments] == ["9013"]
