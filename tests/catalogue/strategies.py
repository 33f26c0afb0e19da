"""Lines of a list as hypothesis makes them, sound by construction."""

from hypothesis import strategies as st

from huying.catalogue.rules import AppealKind, Evidence, ItemType, Level
from huying.catalogue.rules.limits import Limits
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.worktime.units import Limit, Unit

_LETTERS = "街道井盖路灯噪声水管AB=+-@'\"<&、，1 9"
texts = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
codes = st.from_regex(r"[0-9]{2,6}", fullmatch=True)
duties = st.sampled_from(["water", "power", "street", "own_duty"])
limits = st.builds(Limit, st.decimals("0.5", "60", places=1), st.sampled_from(list(Unit)))
marks = st.integers(0, 3)


@st.composite
def conditions(draw: st.DrawFn, number: int) -> ConditionLine:
    lead = draw(duties)
    others = draw(st.lists(duties.filter(lambda duty: duty != lead), unique=True, max_size=2))
    return ConditionLine(
        number=number,
        text=draw(texts),
        cues=tuple(draw(st.lists(texts, unique=True, max_size=2))),
        lead=lead,
        assisting=tuple(others),
        sign=draw(st.none() | limits),
        contact=draw(st.none() | limits),
        handle=draw(st.none() | limits),
        closing_standard=draw(texts),
        evidence=tuple(draw(st.lists(st.sampled_from(list(Evidence)), unique=True, max_size=3))),
        level=draw(st.sampled_from(list(Level))),
        danger=draw(marks),
        visibility=draw(marks),
        disorder=draw(marks),
    )


@st.composite
def items(draw: st.DrawFn) -> ItemLine:
    standard = draw(st.sampled_from([("", ""), ("GB/T 30428.2-2013", "0101")]))
    numbers = sorted(draw(st.sets(st.integers(1, 6), max_size=3)))
    return ItemLine(
        code=draw(codes),
        class_name=draw(texts),
        group_name=draw(texts),
        name=draw(texts),
        type=draw(st.sampled_from(list(ItemType))),
        duty=draw(duties),
        keywords=tuple(draw(st.lists(texts, unique=True, max_size=3))),
        standard=standard[0],
        standard_code=standard[1],
        conditions=tuple(draw(conditions(number)) for number in numbers),
    )


kind_limits = st.fixed_dictionaries({kind: st.builds(Limits, *[limits] * 6) for kind in AppealKind})


@st.composite
def contents(draw: st.DrawFn) -> Content:
    lines = draw(st.lists(items(), unique_by=lambda line: line.code, max_size=4))
    return Content(tuple(sorted(lines, key=lambda line: line.code)), draw(kind_limits))
