"""Whatever a server says it says, what it means is read the same; and what nobody can read is said so."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.exchange.channels.interface import Garbled
from huying.exchange.channels.open311.answers import fault_of, rows_of
from huying.exchange.channels.open311.marks import WORDS_MOST, mark_in, marked
from huying.exchange.channels.open311.values import description_of, moment, plain
from huying.exchange.channels.open311.windows import Cursor

SHANGHAI = ZoneInfo("Asia/Shanghai")
words = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=("Cs", "Cc")), min_size=1
)
rows = st.lists(
    st.fixed_dictionaries(
        {"service_request_id": st.from_regex(r"[A-Z0-9-]{1,12}", fullmatch=True)},
        optional={"description": words.map(str.strip).filter(bool), "lat": st.floats(-89, 89).map(str)},
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(rows, st.sampled_from(["", "requests", "service_requests"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_json_is_the_same_with_its_root_or_without_with_a_mark_or_without(
    told: list[dict[str, str]], root: str, bom: bytes
) -> None:
    body = orjson.dumps({root: told} if root else told)
    assert rows_of(bom + body, "text/html") == told


@given(rows, st.sampled_from(["utf-8", "gb18030"]))
def test_xml_says_what_json_says(told: list[dict[str, str]], encoding: str) -> None:
    inner = "".join(
        "<request>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in row.items()) + "</request>"
        for row in told
    )
    whole = f'<?xml version="1.0" encoding="{encoding}"?>\n<service_requests>{inner}</service_requests>'
    assert rows_of(whole.encode(encoding), "application/json") == told


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_said_to_be_none(content: bytes) -> None:
    try:
        found = rows_of(content, "text/xml; charset=nonsense")
    except Garbled:
        return
    assert all(isinstance(row, dict) for row in found)
    fault_of(found)


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["requests", "code", "service_request_id", "lat", "long", "status"]), inner),
    max_leaves=12,
))  # fmt: skip
def test_any_json_gives_plain_records(value: Any) -> None:
    for row in rows_of(orjson.dumps(value)):
        told = plain(row, SHANGHAI)
        assert all(isinstance(text, str) and text.strip() for text in told.values())
        assert ("lat" in told) is ("long" in told)
        description_of(told)


def test_one_object_an_empty_root_and_a_latin_text_are_read() -> None:
    assert rows_of(b'{"service_request_id": 17}') == [{"service_request_id": 17}]
    assert (
        rows_of(b'<?xml version="1.0"?><service_requests/>')
        == rows_of(b'{"requests": []}')
        == rows_of(b" ")
        == []
    )
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><requests><request><service_request_id>1</service_request_id>'
    latin += "<description>Stra\xdfe</description></request></requests>"
    assert rows_of(latin.encode("latin-1"))[0]["description"] == "Stra\xdfe"
    assert rows_of(
        '[{"service_request_id":"1","description":"Caf\xe9"}]'.encode("latin-1"),
        "text/html; charset=ISO-8859-1",
    ) == [{"service_request_id": "1", "description": "Caf\xe9"}]


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body>Login</body></html>",
        b"<html><body>Down for work</body></html>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><requests><request>&b;</request></requests>',
        b"Service unavailable",
        b"<requests><request>",
    ],
)
def test_web_pages_entities_and_broken_ends_are_no_answers(page: bytes) -> None:
    with pytest.raises(Garbled):
        rows_of(page, "application/json")


def test_an_error_is_one_whatever_its_status_and_a_row_is_none() -> None:
    assert fault_of(rows_of(b'[{"code":403,"description":"key"}]')) == (403, "key")
    xml = b"<errors><error><code>400</code><description>lat</description></error></errors>"
    assert fault_of(rows_of(xml)) == (400, "lat")
    assert fault_of(rows_of(b'[{"service_code":"1","code":"x"}]')) is None
    assert fault_of([]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T08:00:00+08:00", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02T00:00:00Z", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02T08:00:00", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02 08:00:00", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026/03/02 08:00", datetime(2026, 3, 2, tzinfo=UTC)),
        ("03/02/2026 08:00:00 AM", datetime(2026, 3, 2, tzinfo=UTC)),
        ("1772409600", datetime(2026, 3, 2, tzinfo=UTC)),
        ("1772409600000", datetime(2026, 3, 2, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00", None),
    ],
)
def test_times_without_a_zone_are_of_the_mapping(text: str, expected: datetime | None) -> None:
    assert moment(text, SHANGHAI) == expected


def test_numbers_are_text_and_what_was_not_said_is_not_there() -> None:
    told = plain(
        {
            "service_code": 12,
            "lat": 0,
            "long": 0,
            "zipcode": "",
            "address": None,
            "media_url": "null",
            "status": "OPEN",
        },
        SHANGHAI,
    )
    assert told == {"service_code": "12", "status": "open"}
    assert plain({"lat": "999", "long": 1}, SHANGHAI) == {}
    assert plain({"lat": 22.5, "lon": "114.1"}, SHANGHAI) == {"lat": "22.5", "long": "114.1"}


@given(st.text(max_size=WORDS_MOST + 50), st.integers(1, 10**12))
def test_our_mark_is_found_again_and_nobody_elses(text: str, serial: int) -> None:
    key = f"440310-{serial}"
    assert mark_in(marked(text, key)) == key
    assert len(marked(text, key)) < 4000
    assert mark_in(f"{marked(text, key)} 又一句") == ""


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 3 * 86400), st.integers(1, 90))
def test_windows_leave_no_moment_out_however_often_they_are_halved(
    halves: list[bool], overlap: int, longest: int
) -> None:
    now = datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=8)))
    at, read = Cursor(since=now - timedelta(days=100)), now - timedelta(days=100)
    for half in [*halves, *[False] * 400]:
        at = Cursor.read(at.kept())
        start, until = at.window(now, timedelta(1), timedelta(seconds=overlap), timedelta(days=longest))
        assert start <= read
        assert until - start <= timedelta(days=longest)
        if half and at.halve():
            continue
        read = max(read, until)
        at.close()
        if not at.behind(now):
            break
    assert read >= now - timedelta(minutes=1)
