"""What a reader is told: everything once, in order, of their own scope, and "begin anew" when something is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.lifecycle import Outcome, State, Verb
from huying.cases.policy import Audience
from huying.cases.queries.desks.happenings import START
from huying.kernel.errors import Invalid
from huying.live.streams import Stream
from huying.live.wire import beat, event_of, id_of, place_of
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET
from tests.live.telling import events, happening, run_of

EVERYBODY = Audience(DISTRICT, frozenset({("", None)}))
ZH = "zh-hans"


def _stream(kept: int = 1000) -> Stream:
    return Stream(DISTRICT, kept)


@given(
    batches=st.lists(st.integers(1, 7), min_size=1, max_size=12),
    breaks=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_a_reader_who_comes_and_goes_hears_everything_once_in_order(
    batches: list[int], breaks: list[bool]
) -> None:
    stream, every = _stream(), run_of(sum(batches))
    place, heard, given_out = START, [], 0
    for size, away in zip(batches, breaks, strict=False):
        stream.extend(every[given_out : given_out + size])
        given_out += size
        if away:
            continue
        _, told = stream.told_after(place, EVERYBODY, ZH)
        got = events(told)
        heard += [one.id for one in got]
        # All that a browser keeps over a break is the id of the last event.
        place = place_of(got[-1].id) if got else place
    _, told = stream.told_after(place, EVERYBODY, ZH)
    heard += [one.id for one in events(told)]
    assert heard == [id_of(one.place) for one in every]


def test_who_missed_more_than_is_kept_begins_anew_once() -> None:
    stream, every = _stream(kept=5), run_of(12)
    stream.extend(every[:3])
    place = every[0].place
    stream.extend(every[3:])
    reached, told = stream.told_after(place, EVERYBODY, ZH)
    assert [one.name for one in events(told)] == ["reset"]
    assert reached == stream.end == every[-1].place
    assert place_of(events(told)[0].id) == stream.end
    assert stream.told_after(reached, EVERYBODY, ZH) == (reached, b"")


def test_who_stands_at_the_edge_of_what_is_kept_has_lost_nothing() -> None:
    stream, every = _stream(kept=5), run_of(12)
    stream.extend(every)
    _, told = stream.told_after(every[6].place, EVERYBODY, ZH)
    assert [one.id for one in events(told)] == [id_of(one.place) for one in every[7:]]
    _, told = stream.told_after(every[5].place, EVERYBODY, ZH)
    assert [one.name for one in events(told)] == ["reset"]


@pytest.mark.parametrize("there", [3, 5, 6])
def test_another_process_goes_on_where_the_first_one_died(there: int) -> None:
    every = run_of(6)
    stream = _stream(kept=5)
    stream.restart(every[:there][-5:])
    stream.extend(every[there:])
    _, told = stream.told_after(every[2].place, EVERYBODY, ZH)
    assert [one.id for one in events(told)] == [id_of(one.place) for one in every[3:]]


def test_a_ledger_that_ran_away_makes_everybody_begin_anew() -> None:
    stream, every = _stream(kept=5), run_of(30)
    stream.extend(every[:5])
    stream.restart(every[-5:])
    _, told = stream.told_after(every[4].place, EVERYBODY, ZH)
    assert [one.name for one in events(told)] == ["reset"]


def test_a_street_hears_nothing_of_another_street() -> None:
    stream = _stream()
    stream.extend([happening((1, 1, 1), area=GRID), happening((1, 2, 1), area=f"{OTHER_STREET}001001")])
    stream.extend([happening((2, 3, 1), area="")])
    ours = Audience(DISTRICT, frozenset({(STREET, None)}))
    theirs = Audience(DISTRICT, frozenset({(OTHER_STREET, None)}))
    assert [one.data["case"][-1] for one in events(stream.told_after(START, ours, ZH)[1])] == ["1"]
    assert [one.data["case"][-1] for one in events(stream.told_after(START, theirs, ZH)[1])] == ["2"]
    assert len(events(stream.told_after(START, EVERYBODY, ZH)[1])) == 3


def test_a_post_within_a_body_hears_of_what_that_body_leads() -> None:
    stream = _stream()
    stream.extend([happening((1, 1, 1), body_id=7), happening((1, 2, 1), body_id=8), happening((1, 3, 1))])
    water = Audience(DISTRICT, frozenset({("", 7)}))
    assert [one.data["case"][-1] for one in events(stream.told_after(START, water, ZH)[1])] == ["1"]


def test_an_event_speaks_the_readers_language_and_names_no_person() -> None:
    one = happening((5, 6, 7), verb=Verb.CHECK, outcome=Outcome.REWORK, state=State.HANDLING)
    zh, en = (events(event_of(one, language))[0] for language in (ZH, "en"))
    assert (zh.data["said"], zh.data["standing"]) == ("核查：返工", "处置中")
    assert en.data["said"].startswith("Check")
    assert en.data["standing"].isascii()
    assert zh.id == "5-6-7"
    assert set(zh.data) == {
        "case", "verb", "said", "state", "standing", "open", "area", "where", "item", "matter", "urgency", "lamp",
        "lon", "lat", "at",
    }  # fmt: skip
    assert zh.data["lon"] == 114.31235


def test_a_sign_of_life_moves_the_id_and_is_no_event() -> None:
    assert events(beat((1, 2, 3))) == []
    assert beat((1, 2, 3)) == b"event: beat\nid: 1-2-3\ndata: \n\n"


@pytest.mark.parametrize("text", ["", "1", "1-2", "1-2-3-4", "a-2-3", "1-2--3", "9" * 30 + "-1-1", "1-2-٣"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        place_of(text)
