"""Whatever happens to cases, the stored figures and gauges are what a plain recount of the ledger and rows gives."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Clock, Delay, Dispute, Entry, Order
from huying.figures.models import FactCase, Hands, MatterScore, PostFact, Tally
from huying.figures.rules.measures import Measure
from huying.figures.tasks import count
from huying.loop.supervise.models import CaseStanding, GaugeRow
from huying.loop.supervise.rules.gauges import Gauge
from tests.cases.walking import Try, Walk
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.figures.conftest import ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")
TRIES = st.builds(
    Try,
    kind=st.integers(0, 11),
    case=st.integers(0, 5),
    step=st.integers(0, 80),
    actor=st.integers(0, 40),
    variant=st.integers(0, 30),
    minutes=st.sampled_from([0, 1, 30, 30, 300, 3000, 30000]),
)
VERDICTS = {"follow_up", "rate"}


def told(entry: Entry) -> bool:
    """Whether the day of the end is known: of archived matters the source may not say it."""
    return entry.verb != "archive" or bool(entry.facts.get("ended"))


PLAIN: dict[str, Callable[[Entry], bool]] = {
    "received": lambda entry: entry.verb == "receive",
    "filed": lambda entry: entry.verb == "file",
    "rejected": lambda entry: entry.verb == "reject",
    "answered": lambda entry: entry.verb == "answer",
    "dispatched": lambda entry: entry.verb == "dispatch",
    "merged": lambda entry: entry.verb == "merge",
    "split": lambda entry: entry.verb == "split_off",
    "handed_up": lambda entry: entry.verb == "hand_up",
    "disputed": lambda entry: entry.verb == "dispute",
    "reminded": lambda entry: entry.verb == "remind",
    "supervised": lambda entry: entry.verb == "supervise",
    "handed_down": lambda entry: entry.verb == "hand_down",
    "closed": lambda entry: entry.after == "closed" != entry.before and told(entry),
    "withdrawn": lambda entry: entry.after == "withdrawn",
    "reported": lambda entry: entry.before == "handling" and entry.after == "reported",
    "upheld": lambda entry: entry.outcome == "upheld",
    "dismissed": lambda entry: entry.outcome == "dismissed",
    "extended": lambda entry: entry.outcome == "extended",
    "suspended": lambda entry: entry.outcome == "suspended",
    "valid": lambda entry: entry.verb in VERDICTS and entry.outcome != "unreached",
    "unreached_refused": lambda entry: entry.facts.get("unreached_reason") in {"refused", "broken_off"},
    "solved": lambda entry: entry.verb in VERDICTS and entry.outcome == "solved",
    "unsolved": lambda entry: entry.verb in VERDICTS and entry.outcome == "unsolved",
    "rework": lambda entry: entry.after == "handling" and entry.before in {"reported", "checked"},
}


def total() -> dict[str, int]:
    row = Tally.objects.filter(cut="all", scope=str(DISTRICT), span="m")
    sums = row.aggregate(**{f"of_{measure.value}": Sum(measure.value) for measure in Measure})
    return {name.removeprefix("of_"): int(number or 0) for name, number in sums.items() if number}


def gauges() -> dict[str, int]:
    row = GaugeRow.objects.filter(cut="all", scope=str(DISTRICT)).values(*[g.value for g in Gauge]).first()
    return {name: number for name, number in (row or {}).items() if number}


def recounted() -> Counter[str]:
    """The plain events, from the rows of the ledger by verb and outcome alone."""
    found: Counter[str] = Counter()
    for entry in Entry.objects.all():
        found.update(name for name, is_one in PLAIN.items() if is_one(entry))
    return found


def standing_now(now: datetime) -> Counter[str]:
    """The gauges, from the heart's own rows."""
    found: Counter[str] = Counter()
    open_cases = Case.objects.filter(closed_at=None)
    for case in open_cases:
        found.update(["open", f"in_{case.state}", f"at_{case.level}"])
    running = Clock.objects.filter(stopped_at=None)
    late = running.filter(paused_at=None, due_at__lte=now).exclude(kind="suspension")
    for clock in late:
        found[f"late_{clock.kind}"] += 1
    found["late"] = late.values("case_id").distinct().count()
    found["suspended"] = running.filter(kind="suspension").count()
    found["supervised"] = running.filter(kind="supervision").count()
    found["disputed"] = Dispute.objects.filter(state="open").values("case_id").distinct().count()
    found["delayed"] = Delay.objects.filter(state__in=["asked", "recommended"]).count()
    return +found


def sweep(now: datetime) -> None:
    while fire_due(now):
        pass


@pytest.mark.slow
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(tries=st.lists(TRIES, min_size=15, max_size=45))
def test_figures_and_gauges_equal_a_recount(cast: Cast, tries: list[Try]) -> None:
    with transaction.atomic():
        walk = Walk(cast)
        walk.start()
        known: dict[int, int] = {}
        for number, each in enumerate(tries):
            walk.go(each)
            sweep(walk.now)
            if number % 6 == 5 or number == len(tries) - 1:
                new = ledger(known)
                count(DISTRICT, new, walk.now)
                known |= {link.case_id: link.seq for link in new}
        figures, plain = total(), recounted()
        assert {name: figures.get(name, 0) for name in plain} == dict(plain)
        assert gauges() == dict(standing_now(walk.now))
        consistent(figures)
        transaction.set_rollback(True)


def consistent(figures: dict[str, int]) -> None:
    """Every cut adds up to the same, the rows behind a number are as many as it says, and rates stay shares."""
    of = figures.get
    assert of("valid", 0) == of("solved", 0) + of("unsolved", 0)
    assert of("valid", 0) == of("satisfied", 0) + of("basically", 0) + of("unsatisfied", 0)
    assert of("responded", 0) <= of("valid", 0)
    assert of("handle_late_done", 0) <= of("handle_late", 0)
    behind = dict(FactCase.objects.values_list("measure").annotate(n=Count("case_id")))
    assert behind == {
        name: number for name, number in figures.items() if name not in {"close_minutes", "score_points"}
    }
    for cut in ("body", "item", "area"):
        for span in ("d", "m"):
            rows = Tally.objects.filter(cut=cut, scope=str(DISTRICT), span=span)
            sums: dict[str, Any] = rows.aggregate(**{f"of_{m.value}": Sum(m.value) for m in Measure})
            found = {name.removeprefix("of_"): number for name, number in sums.items() if number}
            assert found == figures, (cut, span)


def test_an_archived_matter_closed_only_where_its_end_was_told(cast: Cast, follow: Callable[[], int]) -> None:
    new = NewAppeal(text="路口积水", channel="import", kind="complaint", area=GRID)
    told, untold = receive(DISTRICT, [new] * 2, by=cast.system, now=MONDAY)
    ended, of = MONDAY + timedelta(hours=1), "其他系统已办结。"
    advance((DISTRICT, told.case_id), Verb.ARCHIVE, by=cast.system, now=ended, told=of, ended=ended)
    advance((DISTRICT, untold.case_id), Verb.ARCHIVE, by=cast.system, now=ended, told=of)
    follow()
    assert total()["closed"] == recounted()["closed"] == 1
    assert Case.objects.exclude(closed_at=None).count() == 2
    consistent(total())


@pytest.mark.slow
def test_counted_in_one_batch_or_in_many_it_comes_to_the_same(cast: Cast, follow: Callable[[], int]) -> None:
    walk = Walk(cast)
    walk.start()
    for number in range(120):
        walk.go(Try(number * 7 % 12, number % 4, number * 13, number, number * 5 % 31, (number * 11) % 700))
    assert Order.objects.exists()
    follow()
    many = (total(), gauges(), list(Tally.objects.order_by("pk").values()))
    for model in (Tally, FactCase, PostFact, Hands, MatterScore, GaugeRow, CaseStanding):
        model.objects.all().delete()
    count(DISTRICT, ledger(), walk.now)
    assert (total(), gauges(), list(Tally.objects.order_by("pk").values())) == many
    assert total()["received"] > 2
