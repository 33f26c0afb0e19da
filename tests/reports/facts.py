"""Facts made up for tests, as they might be gathered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from huying.figures.rules.formulas import DEFAULTS, reckon
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.reports.rules.doc import plain, told
from huying.reports.rules.facts import Again, Aim, Alarm, BodyFacts, Came, Facts, Kept
from huying.reports.rules.kinds import ReportKind, period_of
from huying.reports.rules.writing import written

AREA = "990101"
ITEMS = {"01": "市容环境", "02": "噪声扰民", "03": "供水排水"}
AREAS = {"990101001": "青石街道", "990101002": "柳湾街道"}


def came(items: Mapping[str, int], channel: str = "hotline", area: str = "990101001") -> Came:
    """So many of each class, all by one channel in one place."""
    whole = sum(items.values())
    return Came(
        dict(items), {area: whole}, {channel: whole}, {f"{key}0101": n for key, n in items.items() if key}
    )


def facts(kind: ReportKind = ReportKind.MONTH, **given: Any) -> Facts:
    """An empty period of a district, with what is given put in."""
    period = given.pop("period", period_of(kind, date(2026, 3, 11)))
    counts: Mapping[M, int] = given.get("counts", {})
    made = Facts(
        kind, period, AREA, "呼应区", "呼应区指挥中心", item_names=ITEMS, area_names=AREAS, by=date(2026, 4, 15),
        figures={one.code: reckon(one, counts) for one in DEFAULTS},
    )  # fmt: skip
    return replace(made, **given)


def body(number: int, name: str, **counts: int) -> BodyFacts:
    return BodyFacts(str(number), name, {M(measure): count for measure, count in counts.items()}, {})


def words(facts: Facts) -> str:
    """Everything a report says in sentences, in Chinese."""
    blocks, _measures = written(facts)
    return "\n".join(
        plain(block["p"]) for block in told(blocks, lambda text: text, "zh-hans") if "p" in block
    )


def tables(facts: Facts) -> dict[str, list[list[str]]]:
    """The tables by their titles."""
    blocks, _measures = written(facts)
    made = told(blocks, lambda text: text, "zh-hans")
    return {
        one["table"]: [[plain(cell) for cell in row] for row in one["rows"]] for one in made if "table" in one
    }


_count = st.integers(0, 400)
_items = st.dictionaries(st.sampled_from(["", "01", "02", "03"]), _count)


@st.composite
def _came(draw: st.DrawFn) -> Came:
    """Cut three ways at random, each way adding up to the same."""
    items = draw(_items)
    whole = sum(items.values())
    first, second = draw(st.integers(0, whole)), draw(st.integers(0, whole))
    areas = {"990101001": first, "990101002": whole - first}
    return Came(
        items,
        areas,
        {"hotline": second, "web": whole - second},
        {f"{key}0101": n for key, n in items.items() if key},
    )


_counts = st.dictionaries(
    st.sampled_from([M.CLOSED, M.ANSWERED, M.HANDLE_IN_TIME, M.HANDLE_LATE, M.HANDLE_LATE_DONE, M.VALID, M.SOLVED,
                     M.UNSATISFIED, M.REWORK, M.SIGN_LATE, M.CALLED, M.CALL_IN_TIME, M.CALL_LATE, M.ARRIVED, M.PROMISED,
                     M.PROMISE_KEPT, M.PROMISE_BROKEN, M.PROMISE_CONTESTED]),
    st.integers(0, 60),
)  # fmt: skip


def _possible(counts: dict[M, int]) -> dict[M, int]:
    """No more solved or unhappy than there were callers reached."""
    most = counts.get(M.VALID, 0)
    bounded = {one: min(counts.get(one, 0), most) for one in (M.SOLVED, M.UNSATISFIED)}
    return {**counts, **bounded}


_told = _counts.map(_possible)


def alarm() -> st.SearchStrategy[Alarm]:
    """One emergency, answered or not, handed over or not, over or not."""
    seconds = st.none() | st.integers(0, 4000)
    return st.builds(
        Alarm, st.integers(1, 10**6), st.sampled_from(["火情", "急病"]), seconds, seconds,
        st.sampled_from([(), ("119",), ("119", "120")]), st.booleans(), st.booleans(),
    )  # fmt: skip


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """Any facts that may be gathered: nothing at all, one of a thing, hundreds; with and without a comparison."""
    kind = draw(st.sampled_from(list(ReportKind)))
    counts, before = draw(_told), draw(_told)
    again = [
        Again("010101", "暴露垃圾", "990101001001001", "青石街道 春风社区", (114300, 22700), 2, [3, 2], [1])
    ]
    aim = Aim({"of": "arrived", "item": "01", "area": AREA}, draw(st.integers(1, 60)), 30)
    kept = [
        Kept("城管局", {"zh-hans": "清运", "en": "clear"}, date(2026, 3, 5), aim, draw(st.integers(0, 60)))
    ]
    return facts(
        kind,
        came=draw(_came()),
        came_before=draw(_came()),
        comparable=draw(st.booleans()),
        year_before=draw(st.none() | _count),
        counts=counts,
        counts_before=before,
        figures={one.code: reckon(one, counts) for one in DEFAULTS},
        bodies=[BodyFacts("7", "城管局", counts, before)] if counts else [],
        series=[(Period.day(date(2026, 3, 11)), draw(_count), draw(_count))],
        again=again if draw(st.booleans()) else [],
        kept=kept if draw(st.booleans()) else [],
        last_report=draw(st.booleans()),
        calls=range(1, 1 + counts.get(M.CALLED, 0)),
        minutes=sorted(draw(st.lists(st.integers(0, 900), max_size=counts.get(M.ARRIVED, 0)))),
        undone={"7": list(range(1, counts.get(M.PROMISE_BROKEN, 0)))} if counts.get(M.PROMISE_BROKEN) else {},
        alarms=draw(st.lists(alarm(), max_size=30)),
        alarms_before=draw(st.integers(0, 30)),
    )
