"""Rings, hours and what comes next, without a database."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.emergency.rules.choosing import Candidate, choose
from huying.emergency.rules.hours import ALWAYS, Hours, hours_of
from huying.emergency.rules.plans import Plan, Ring, check, plan_of, rings_of, rings_text
from huying.emergency.rules.sounds import sound_kind
from huying.emergency.rules.standing import Next, Standing, next_of
from huying.emergency.rules.starter import starter_plans, starter_skills
from huying.geo.measure import distance
from huying.kernel.errors import Invalid

MONDAY = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 (by the district's clock)
HERE = (114.0, 22.0)
rings = st.builds(Ring, st.integers(1, 50_000), st.integers(1, 200), st.integers(5, 3600), st.booleans())


def test_every_plan_brought_along_can_be_carried_out() -> None:
    assert len(starter_plans()) >= 7
    for plan in starter_plans().values():
        check(plan, list(starter_skills()))


@given(st.lists(rings, min_size=1, max_size=6))
def test_rings_are_read_as_they_were_written(given_rings: list[Ring]) -> None:
    assert rings_of(rings_text(given_rings)) == tuple(given_rings)


def test_a_plan_kept_with_a_card_is_read_back() -> None:
    for plan in starter_plans().values():
        assert plan_of(plan.code, plan.as_data()) == plan


@pytest.mark.parametrize("text", ["500", "500:6", "a:6:30", "500:6:30:all", "-5:6:30", "500:6:3.5"])
def test_a_ring_written_wrongly_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rings_of(text)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rings": (Ring(800, 3, 30), Ring(500, 3, 30))}, "rings"),
        ({"rings": ()}, "rings"),
        ({"rings": (Ring(500, 3, 1),)}, "rings"),
        ({"enough": 0}, "enough"),
        ({"skills": ("flying",)}, "skills"),
        ({"name": ""}, "name"),
        ({"hand_wait": 1}, "hand_wait"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_names_its_field(change: dict[str, object], field: str) -> None:
    sound = {
        "code": "x", "name": "试", "skills": (), "enough": 1, "rings": (Ring(500, 3, 30),), "lines": ("120",),
        "window": 600, "hand_wait": 60,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        check(Plan(**{**sound, **change}), ["fire"])  # type: ignore[arg-type]
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [
        ("", "", Hours()),
        ("每天", "全天", Hours()),
        ("工作日", "08:00-20:00", Hours("12345", time(8), time(20))),
        ("周一至周五", "8:00—20:00", Hours("12345", time(8), time(20))),
        ("周一三五", "全天", Hours("135")),
        ("周末", "22:00-6:00", Hours("67", time(22), time(6))),
        ("周日", "全天", Hours("7")),
        ("Weekdays", "All day", Hours("12345")),
    ],
)
def test_days_and_hours_are_read_as_people_write_them(days: str, hours: str, expected: Hours) -> None:
    assert hours_of(days, hours) == expected


@pytest.mark.parametrize(
    ("days", "hours"), [("天天有空", ""), ("", "八点到九点"), ("", "25:99-26:00"), ("周八", "")]
)
def test_days_and_hours_that_say_nothing_are_refused(days: str, hours: str) -> None:
    with pytest.raises(Invalid):
        hours_of(days, hours)


hours = st.builds(
    Hours, st.sets(st.sampled_from(ALWAYS), min_size=1).map(lambda found: "".join(sorted(found))),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)  # fmt: skip


@given(hours)
def test_hours_written_into_a_sheet_are_the_same_when_read_again(one: Hours) -> None:
    assert hours_of(*one.words) == one


@given(hours, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
def test_a_night_belongs_to_the_evening_it_began_on(one: Hours, at: datetime) -> None:
    assert one.since is not None
    assert one.until is not None
    # By minutes counted from midnight of the day the turn began on.
    lasts = (_minutes(one.until) - _minutes(one.since)) % 1440 or 1440
    began = any(
        str((at - timedelta(days=back)).isoweekday()) in one.days
        and 0 <= (at - _midnight(at, back)).total_seconds() / 60 - _minutes(one.since) < lasts
        for back in (0, 1)
    )
    whole_day = one.since == one.until and str(at.isoweekday()) in one.days
    assert one.hold(at) is (whole_day if one.since == one.until else began)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _midnight(at: datetime, back: int) -> datetime:
    return datetime.combine(at.date(), time()) - timedelta(days=back)


spots = st.tuples(st.floats(-0.03, 0.03), st.floats(-0.03, 0.03), st.sets(st.sampled_from(["fire", "water"])))


@given(st.lists(spots, max_size=40), st.integers(1, 10), st.integers(1, 3000), st.booleans())
def test_a_ring_takes_the_nearest_who_may_come_and_nobody_farther(
    given_spots: list[tuple[float, float, set[str]]], most: int, metres: int, skilled: bool
) -> None:
    people = [
        Candidate(number, HERE[0] + x, HERE[1] + y, False, tuple(skills), Hours())
        for number, (x, y, skills) in enumerate(given_spots)
    ]
    chosen = choose(Ring(metres, most, 30, skilled), *HERE, people, ["fire"], MONDAY)
    taken = {one.candidate.id for one in chosen}
    fit = {one.id: distance(*HERE, one.lon, one.lat) for one in people if not skilled or "fire" in one.skills}
    within = {number: far for number, far in fit.items() if far <= metres}
    assert taken <= within.keys()
    assert len(chosen) == min(most, len(within))
    left = [far for number, far in within.items() if number not in taken]
    assert all(round(within[one.candidate.id]) <= round(min(left, default=1e9)) for one in chosen)
    assert [one.metres for one in chosen] == sorted(one.metres for one in chosen)


def test_who_is_off_or_not_on_the_roster_is_left_out() -> None:
    people = [
        Candidate(1, *HERE, False, ("fire",), Hours("67")),
        Candidate(2, *HERE, False, ("fire",), Hours("67"), on_roster=True),
        Candidate(3, *HERE, False, ("fire",), Hours(), on_roster=False),
        Candidate(4, *HERE, False, ("fire",), Hours()),
    ]
    chosen = choose(Ring(100, 9, 30), *HERE, people, ["fire"], MONDAY)
    assert [one.candidate.id for one in chosen] == [2, 4]


standings = st.builds(
    Standing, ring=st.integers(0, 3), rings=st.just(3), accepted=st.integers(0, 3), enough=st.integers(1, 3),
    pending=st.integers(0, 3), hand=st.integers(0, 2), levels=st.integers(0, 2), taken=st.booleans(),
    over=st.booleans(), due=st.booleans(),
)  # fmt: skip


@given(standings)
def test_nobody_is_called_once_enough_can_go_or_it_is_over(now: Standing) -> None:
    step = next_of(now)
    if now.over or now.accepted >= now.enough:
        assert step is Next.NOTHING
    elif now.ring < now.rings:
        assert step in {Next.RING, Next.WAIT}
    if step is Next.HAND:
        assert now.ring == now.rings
        assert not now.taken
        assert now.hand < now.levels


def test_a_card_that_nobody_answers_reaches_every_ring_and_every_level() -> None:
    ring, hand, steps = 0, 0, []
    for _turn in range(10):
        step = next_of(Standing(ring, 3, 0, 1, 2 if ring else 0, hand, 2, False, False, True))
        steps.append(step)
        ring, hand = ring + (step is Next.RING), hand + (step is Next.HAND)
    assert steps == [Next.RING] * 3 + [Next.HAND] * 2 + [Next.NOTHING] * 5


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x1aE\xdf\xa3rest", "webm"),
        (b"\0\0\0 ftypM4A ", "m4a"),
        (b"OggS....", "ogg"),
        (b"RIFF....WAVEfmt ", "wav"),
        (b"ID3....", "mp3"),
    ],
)
def test_a_recording_is_known_by_how_it_begins(content: bytes, kind: str) -> None:
    assert sound_kind(content) == kind


@pytest.mark.parametrize(
    "content", [b"", b"<script>alert(1)</script>", b"GIF89a", b"\xff", b"x" * (5 * 2**20 + 1)]
)
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        sound_kind(content)
