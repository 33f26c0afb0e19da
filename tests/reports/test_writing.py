"""What a report says: the right numbers, sensible sentences at nothing and at one, and no claim unproved."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given

from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.reports.rules.chance import Verdict, counts_differ
from huying.reports.rules.doc import plain, told
from huying.reports.rules.facts import Again, Aim, Alarm, Came, Facts, Kept
from huying.reports.rules.kinds import ReportKind, compared_with
from huying.reports.rules.writing import key_numbers, title_of, written
from huying.reports.rules.writing.measures import Came as Result
from huying.reports.rules.writing.measures import came_of, next_measures
from tests.reports.facts import any_facts, body, came, facts, tables, words

_NOTE = re.compile(r"说明：.*")


@given(made=any_facts())
def test_no_sentence_claims_a_rise_or_fall_that_is_not_there(made: Facts) -> None:
    said = _NOTE.sub("", words(made))
    now, before = made.came, made.came_before
    verdicts = [counts_differ(now.whole, before.whole, made.period.days, made.past.days)]
    keys = [key for key in now.items.keys() | before.items.keys() if key]
    single = [
        counts_differ(
            now.items.get(key, 0), before.items.get(key, 0), made.period.days, made.past.days, len(keys)
        )
        for key in keys
    ]
    late = counts_differ(
        made.count(M.HANDLE_LATE), made.count_before(M.HANDLE_LATE), made.period.days, made.past.days
    )
    if not made.count(M.HANDLE_LATE) + made.count(M.HANDLE_IN_TIME):
        late = Verdict.LEVEL
    year = Verdict.LEVEL
    if made.year_before is not None and made.kind is ReportKind.MONTH:
        year = counts_differ(now.whole, made.year_before, made.period.days, 31)
    later = list(_of_calls_promises_and_emergencies(made))
    risen = [one is Verdict.UP for one in (*verdicts, *single, late, *later)] if made.comparable else []
    fallen = [one is Verdict.DOWN for one in (*verdicts, late, *later)] if made.comparable else []
    said = said.replace("没有单个事项的增加超出正常波动", "").replace("反而增加", "").replace("已下降", "")
    assert ("增加" in said) == (any(risen) or year is Verdict.UP)
    assert ("减少" in said) == (any(fallen) or year is Verdict.DOWN)


def _of_calls_promises_and_emergencies(made: Facts) -> Iterator[Verdict]:
    """How each of their numbers stands to the period before, where the report speaks of it at all."""
    days = made.period.days, made.past.days
    if made.count(M.CALLED):
        yield counts_differ(made.count(M.CALLED), made.count_before(M.CALLED), *days)
    if any(made.count(one) for one in (M.PROMISED, M.PROMISE_KEPT, M.PROMISE_BROKEN)):
        yield counts_differ(made.count(M.PROMISE_BROKEN), made.count_before(M.PROMISE_BROKEN), *days)
    if made.alarms:
        yield counts_differ(len(made.alarms), made.alarms_before, *days)


@given(made=any_facts())
def test_every_breakdown_ends_with_the_whole_and_adds_up_to_it(made: Facts) -> None:
    change = made.came.whole - made.came_before.whole
    for title, rows in tables(made).items():
        if not title.startswith("按"):
            continue
        *parts, whole = rows
        assert [int(cell) for cell in whole[1:4]] == [made.came.whole, made.came_before.whole, change]
        for column in (1, 2, 3):
            assert sum(int(row[column]) for row in parts) == int(whole[column])
        if len(whole) > 4:
            assert sum(int(row[4].rstrip("%")) for row in parts) == 100


@given(made=any_facts())
def test_the_named_parts_of_a_rise_add_up_in_the_sentence_too(made: Facts) -> None:
    change = made.came.whole - made.came_before.whole
    for line in re.findall(r"按(?:事项|区域|来源)：([^。]*[+-]\d+ 件[^。]*)。", words(made)):
        assert sum(map(int, re.findall(r" ([+-]?\d+) 件", line))) == change


@given(made=any_facts())
def test_few_are_told_as_numbers_and_not_as_percent(made: Facts) -> None:
    said = _NOTE.sub("", words(made))
    wholes = (made.came.whole, made.came_before.whole, made.count(M.VALID),
              made.count(M.HANDLE_IN_TIME) + made.count(M.HANDLE_LATE),
              made.count(M.CALL_IN_TIME) + made.count(M.CALL_LATE),
              made.count(M.PROMISE_KEPT) + made.count(M.PROMISE_BROKEN), made.alarms_before)  # fmt: skip
    if max(wholes) < 20:
        assert "%" not in said


@given(made=any_facts())
def test_every_language_says_all_of_it_and_leaves_no_pattern_open(made: Facts) -> None:
    blocks, measures = written(made)
    for language in ("zh-hans", "en"):
        for block in told(blocks, lambda text: text, language):
            assert "%(" not in str(block)
    assert all(one.who and one.by for one in measures)
    assert all(value.text.isdecimal() for _, _, value in key_numbers(made))


def test_a_period_in_which_nothing_happened_reads_well() -> None:
    said = words(facts(ReportKind.DAY))
    assert "当日没有受理诉求，也没有办结案件。与上周同日持平。" in said
    assert "不作分类" in said
    assert "当日没有到期应办结的案件。" in said
    assert "没有有效回访，不评价满意情况" in said
    assert "这是第一期，没有上期措施。" in said
    assert "按日常要求办理" in said
    assert not re.search(r"(?<!\d)0 件", said)


def test_one_case_alone_is_told_without_a_rank_or_a_share() -> None:
    said = words(facts(ReportKind.DAY, came=came({"01": 1})))
    assert "当日受理诉求 1 件。与上周同日（0 件）相比，差别在正常波动范围内。" in said
    assert "按事项：市容环境 1 件。" in said
    assert "较多" not in said
    assert "%" not in _NOTE.sub("", said)


def test_without_a_comparison_nothing_is_compared() -> None:
    made = facts(came=came({"01": 500}), came_before=came({"01": 3}), comparable=False)
    said = words(made)
    assert "上月没有完整数据，不作比较。" in said
    assert "上月没有完整数据，不作升降分析。" in said
    assert not any(title.startswith("按") for title in tables(made))


def test_a_rise_is_told_apart_by_item_area_and_channel() -> None:
    made = facts(
        came=Came({"01": 90, "02": 40}, {"990101001": 100, "990101002": 30}, {"hotline": 80, "web": 50}),
        came_before=Came({"01": 30, "02": 45}, {"990101001": 45, "990101002": 30}, {"hotline": 75}),
    )
    said = words(made)
    assert "本月受理诉求 130 件。比上月（75 件）增加 55 件，增长 73.3%。" in said
    assert "按事项：市容环境 +60 件、其余合计 -5 件。" in said
    assert "按区域：青石街道 +55 件、其余合计 0 件。" in said
    assert "按来源：居民网页 +50 件、热线 +5 件。" in said
    assert "市容环境由上月 30 件增加到 90 件，超出正常波动。" in said
    assert tables(made)["按事项分解"] == [
        ["市容环境", "90", "30", "+60", "109%"],
        ["噪声扰民", "40", "45", "-5", "-9%"],
        ["合计", "130", "75", "+55", "100%"],
    ]


def test_who_is_late_is_named_and_told_what_to_do_by_when() -> None:
    made = facts(
        counts={M.HANDLE_IN_TIME: 30, M.HANDLE_LATE: 5, M.HANDLE_LATE_DONE: 4},
        bodies=[
            body(7, "城管局", handle_late=3, handle_in_time=10),
            body(8, "水务局", handle_late=2),
            body(0, "中心"),
        ],
    )
    said = words(made)
    assert "本月应办结 35 件，按期办结 30 件，逾期 5 件。按期结案率 85.7%。" in said
    assert "逾期单位：城管局 3 件、水务局 2 件。" in said
    first, second = next_measures(made)
    assert (first.who, first.by) == ("城管局", date(2026, 4, 15))
    assert str(first.what).startswith("逐件核对逾期的 3 件")
    assert first.aim is not None
    assert first.aim.was == 3
    assert second.who == "水务局"


def test_a_place_where_it_came_twice_again_gets_a_measure_and_once_gets_none() -> None:
    def at(times: int) -> list[str]:
        one = Again(
            "010101", "暴露垃圾", "990101001001001", "青石街道 春风社区", (1, 2), times, list(range(times))
        )
        made = facts(again=[one], again_places=1, again_times=times, places={one.area: "春风社区工作站"})
        return [measure.who for measure in next_measures(made)]

    assert at(1) == []
    assert at(2) == ["春风社区工作站"]


@pytest.mark.parametrize(
    ("was", "now", "result"),
    [(40, 10, Result.DOWN), (40, 35, Result.LEVEL), (10, 40, Result.UP)],
)
def test_a_measure_worked_only_where_its_number_fell_beyond_chance(
    was: int, now: int, result: Result
) -> None:
    aim = Aim({"of": "arrived", "item": "01", "area": "990101"}, was, 31)
    kept = Kept("城管局", {"zh-hans": "清运", "en": "clear"}, date(2026, 3, 15), aim, now)
    made = facts(kept=[kept], last_report=True)
    assert came_of(made, kept) is result
    row = tables(made)["上期措施"][0]
    assert (row[3], row[4], row[5]) == (str(was), str(now), result.zh)


def test_a_measure_that_is_not_due_yet_is_not_judged() -> None:
    kept = Kept("城管局", {"zh-hans": "清运", "en": "clear"}, date(2026, 4, 15), None, None)
    assert came_of(facts(), kept) is Result.NOT_DUE
    early = Kept("城管局", {"zh-hans": "清运", "en": "clear"}, date(2026, 3, 15), None, None)
    assert came_of(facts(), early) is Result.NO_NUMBER


def test_a_day_is_compared_with_the_same_weekday_and_a_month_with_the_month_before() -> None:
    assert compared_with(ReportKind.DAY, Period.day(date(2026, 3, 11))) == Period.day(date(2026, 3, 4))
    assert compared_with(ReportKind.MONTH, Period.month(2026, 3)) == Period.month(2026, 2)


def test_the_title_names_area_and_kind() -> None:
    assert str(title_of(ReportKind.WEEK, "青石街道")) == "青石街道民生诉求办理周评价"
    blocks, _ = written(facts())
    heads = [block["h"] for block in told(blocks, lambda text: text, "zh-hans") if "h" in block]
    assert heads == [
        "一、总体情况",
        "二、诉求特点",
        "三、升降原因",
        "四、办理质量",
        "五、反复诉求",
        "六、上期措施落实",
        "七、下一步措施",
    ]
    assert plain(["共 ", {"n": "3", "to": {}}, " 件"]) == "共 3 件"


def test_of_calls_promises_and_emergencies_nothing_is_said_where_there_were_none() -> None:
    blocks, _measures = written(facts(came=came({"01": 30})))
    heads = [one["h"] for one in told(blocks, str, "zh-hans") if "h" in one]
    assert not any(word in head for head in heads for word in ("呼叫", "有诺必果", "应急"))
    assert [head[0] for head in heads] == list("一二三四五六七")


def test_calls_are_told_with_who_answered_how_fast_and_who_did_not() -> None:
    counts = {M.CALLED: 6, M.CALL_IN_TIME: 4, M.CALL_LATE: 2, M.ARRIVED: 3}
    urban, water = (
        body(7, "城管局", called=4, call_in_time=4, arrived=3),
        body(8, "水务局", called=2, call_late=2),
    )
    made = facts(counts=counts, bodies=[urban, water], calls=[11, 12], minutes=[3, 8, 20])
    said = words(made)
    assert "本月发起呼叫 2 次，呼叫单位 6 家次。" in said
    assert "时限内应答 4 家次，超时 2 家次。" in said
    assert "超时未应答的单位：水务局 2 次。" in said
    assert "到场报到 3 家次，从呼叫到报到用时分别为 3、8、20 分钟。" in said
    assert tables(made)["各单位应答呼叫情况（次）"] == [
        ["水务局", "2", "0", "2", "0"],
        ["城管局", "4", "4", "0", "3"],
    ]
    assert [(one.who, one.aim.was if one.aim else 0) for one in next_measures(made)] == [("水务局", 2)]
    # One that was late once is told and not called to account.
    once = facts(counts=counts, bodies=[urban, body(8, "水务局", call_late=1)], calls=[11], minutes=[5])
    assert "用时为 5 分钟" in words(once)
    assert next_measures(once) == []


def test_of_five_arrivals_the_middle_is_told() -> None:
    made = facts(counts={M.CALLED: 5, M.ARRIVED: 5}, calls=[1], minutes=[2, 9, 11, 30, 31])
    assert "用时中位数为 11 分钟，最快 2 分钟、最慢 31 分钟。" in words(made)


def test_promises_are_told_by_body_with_what_is_still_to_be_made_good() -> None:
    counts = {M.PROMISED: 5, M.PROMISE_KEPT: 3, M.PROMISE_BROKEN: 2, M.PROMISE_CONTESTED: 1}
    water = body(8, "水务局", promised=3, promise_broken=2)
    made = facts(
        counts=counts, bodies=[body(7, "城管局", promised=2, promise_kept=3), water], undone={"8": [31]}
    )
    said = words(made)
    assert "本月作出承诺 5 件。报告兑现 3 件，未兑现 2 件。报告兑现后核实没有兑现的 1 件。" in said
    assert "未兑现的单位：水务局 2 件。未兑现的承诺中，至今没有补办的 1 件。" in said
    assert "率" not in said.partition("本月作出承诺")[2].partition("没有发现")[0]
    assert tables(made)["各单位承诺兑现情况（件）"][0] == ["水务局", "3", "0", "2", "1"]
    assert [one.who for one in next_measures(made)] == ["水务局"]


def test_emergencies_are_told_with_the_first_helper_the_handing_over_and_reviews_outstanding() -> None:
    fire = Alarm(41, "火情", 30, 200, ("119",), True, True)
    ill = Alarm(42, "急病", None, None, ("120", "119"), True, False)
    made = facts(alarms=[fire, ill, Alarm(43, "火情", 12, 61, (), False, False)])
    said = words(made)
    assert "本月启动应急 3 起：火情 2 起、急病 1 起。" in said
    assert "首位应急力量答应，用时分别为 12、30 秒。" in said
    assert "首位应急力量到场，用时分别为 2、4 分钟。" in said
    assert "没有登记应急力量到场的 1 起。移交外部力量：119 2 起、120 1 起。" in said
    assert "尚未解除 1 起。已解除、尚未复盘 1 起。" in said
    assert [(one.who, one.what.pattern) for one in next_measures(made)] == [
        ("呼应区指挥中心", "对已解除的 %(n)s 起应急补做复盘。")
    ]
    # From none to three is no rise that chance would not make.
    assert "应急起数比" not in said


def test_a_rise_of_calls_is_told_only_beyond_chance() -> None:
    def said(now: int, before: int) -> str:
        return words(facts(counts={M.CALLED: now}, counts_before={M.CALLED: before}, calls=[1]))

    assert "呼叫家次比上月（10）增加 30。" in said(40, 10)
    assert "呼叫家次比" not in said(14, 10)
