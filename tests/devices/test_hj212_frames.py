"""Frames come out whole, in order and once, however the bytes come in."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.hj212.checksum import crc16
from huying.devices.rules.hj212.frames import MOST_DATA, Fault, FaultKind, Frame, FrameReader, framed
from huying.kernel.errors import Invalid

# The standard's own example with its length and checksum.
EXAMPLE = (
    b"QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&"
)
FILE = Path(__file__).parents[3] / "shared/data/sensors/hj212_packets.txt"

texts = st.binary(max_size=60).filter(lambda data: b"##" not in data and not data.endswith(b"#"))
noise = st.one_of(
    st.just(b"\r\n"),
    st.just(b"AT+CSQ\r\nOK\r\n"),
    st.binary(max_size=20).filter(lambda data: b"#" not in data),
    texts.map(lambda data: framed(data)[:-4]),
    texts.map(lambda data: b"##9999" + data),
    texts.map(lambda data: b"##12" + data.replace(b"#", b"")),
    # A wrong length, longer or shorter than what follows.
    st.tuples(st.integers(0, 200), texts).map(lambda pair: b"##%04d%sABCD\r\n" % pair),
    st.just(b"#"),
)


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[first:last] for first, last in pairwise(places)]


def fed(chunks: list[bytes], limit: int = MOST_DATA) -> list[Frame | Fault]:
    reader = FrameReader(limit)
    return [found for chunk in chunks for found in reader.feed(chunk)]


def frames(found: list[Frame | Fault]) -> list[bytes]:
    return [one.data for one in found if isinstance(one, Frame)]


def bitwise(data: bytes) -> int:
    """The checksum as the standard writes it down, step by step."""
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            out, register = register & 1, register >> 1
            if out:
                register ^= 0xA001
    return register


def test_the_standards_example_has_its_length_and_checksum() -> None:
    assert framed(EXAMPLE) == b"##0101" + EXAMPLE + b"1C80\r\n"


@given(st.binary(max_size=300))
def test_the_table_says_what_the_standard_says_step_by_step(data: bytes) -> None:
    assert crc16(data) == bitwise(data)


@given(st.lists(texts, max_size=6), st.lists(st.integers(0, 10_000), max_size=12))
def test_what_is_written_is_read_however_it_is_split_and_glued(data: list[bytes], cuts: list[int]) -> None:
    assert fed(split(b"".join(map(framed, data)), cuts)) == [Frame(each) for each in data]


@given(
    st.lists(st.tuples(noise, texts), min_size=1, max_size=6), st.lists(st.integers(0, 10_000), max_size=12)
)
def test_no_good_frame_is_lost_after_a_bad_one(pairs: list[tuple[bytes, bytes]], cuts: list[int]) -> None:
    """Each good frame holds a mark of its own, for noise may by chance be a good frame too."""
    good = [b"MN=%d;" % number + data for number, (_, data) in enumerate(pairs)]
    stream = b"".join(bad + framed(data) for (bad, _), data in zip(pairs, good, strict=True))
    told = frames(fed(split(stream, cuts)))
    assert [data for data in told if data in good] == good


@given(
    st.lists(st.one_of(noise, texts.map(framed)), max_size=8), st.lists(st.integers(0, 10_000), max_size=12)
)
def test_how_bytes_are_split_changes_neither_frames_nor_kinds_of_faults(
    parts: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(parts)

    def told(found: list[Frame | Fault]) -> list[bytes | FaultKind]:
        return [one.data if isinstance(one, Frame) else one.kind for one in found]

    assert told(fed(split(stream, cuts))) == told(fed([stream]))


@given(st.lists(st.binary(max_size=200), max_size=20), st.integers(0, 100))
def test_nothing_makes_it_grow_or_fall_over(chunks: list[bytes], limit: int) -> None:
    reader = FrameReader(limit)
    for chunk in chunks:
        reader.feed(b"##00" + chunk)
        assert reader.waiting < limit + 10


def test_a_hostile_megabyte_is_read_in_a_moment() -> None:
    reader = FrameReader()
    assert frames(reader.feed(b"##1000" * 170_000)) == []
    assert reader.waiting < 4106


@pytest.mark.parametrize(
    ("stream", "kinds"),
    [
        (b"##0101" + EXAMPLE + b"1C80\n", []),
        (b"##0101" + EXAMPLE + b"1c80", []),
        (b"##0101" + EXAMPLE + b"1C81\r\n", [FaultKind.CHECKSUM]),
        (b"##0102" + EXAMPLE + b"1C80\r\n", [FaultKind.CHECKSUM]),
        (b"##01x1" + EXAMPLE + b"1C80\r\n", [FaultKind.LENGTH]),
        (b"##9000" + EXAMPLE + b"1C80\r\n", [FaultKind.TOO_LONG]),
        (b"##0600" + EXAMPLE + b"1C80\r\n", [FaultKind.CUT_SHORT]),
        (b"\r\nRING\r\n", [FaultKind.GARBAGE]),
        (b"\r\n\r\n \0", []),
    ],
)
def test_what_is_wrong_is_told_once_and_the_next_frame_is_there_at_once(
    stream: bytes, kinds: list[FaultKind]
) -> None:
    found = fed([stream, framed(b"MN=next")], limit=4096)
    assert [one.kind for one in found if isinstance(one, Fault)] == kinds
    assert frames(found)[-1] == b"MN=next"


def test_a_wrong_checksum_is_told_with_the_right_one() -> None:
    [fault] = fed([b"##0101" + EXAMPLE + b"FFFF\r\n"])
    seen = b"##0101QN=20160801085857223;ST=32;CN=1062;PW=***;MN=010000A890"
    assert fault == Fault(FaultKind.CHECKSUM, seen, "1C80")


def test_garbage_after_a_good_frame_is_told_anew() -> None:
    found = fed([b"RING\r\n", framed(b"MN=1"), b"RING\r\n", b"RING\r\n"])
    assert [type(one) for one in found] == [Fault, Frame, Fault]


def test_no_password_is_printed() -> None:
    found = fed([framed(EXAMPLE), EXAMPLE, b"##0102" + EXAMPLE + b"1C80", b"##9000" + EXAMPLE])
    assert [type(one) for one in found] == [Frame, Fault, Fault, Fault]
    assert "100000" not in repr(found)


def test_nothing_is_written_that_would_not_be_read() -> None:
    with pytest.raises(Invalid, match="1024"):
        framed(b"x" * (MOST_DATA + 1))
    with pytest.raises(Invalid, match="##"):
        framed(b"Info=##0101")


@pytest.mark.realdata
@pytest.mark.skipif(not FILE.exists(), reason=f"public packets not beside the checkout: {FILE}")
def test_of_the_public_packets_those_whose_checksum_is_right_are_taken() -> None:
    """The first, the third (it ends with LF alone) and the fourth; the second and the fifth have a wrong checksum."""
    lines = FILE.read_text(encoding="ascii").split("\n")
    packets = [line.replace("\\r", "\r").replace("\\n", "\n").encode() for line in lines if line.strip()]
    each = [[type(found) for found in fed([packet])] for packet in packets]
    assert each == [[Frame], [Fault], [Frame], [Frame], [Fault]]
    found = fed([b"".join(packets)])
    assert [type(one) for one in found] == [Frame, Fault, Frame, Frame, Fault]
    assert [one.expected for one in found if isinstance(one, Fault)] == ["3C00", "4980"]
