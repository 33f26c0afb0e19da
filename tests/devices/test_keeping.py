"""Messages kept: each once, added up, answered one by one; alarms at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from huying.cases.models import Appeal
from huying.devices.actions import Given, keep, keep_months, maintain, new_secret, retire
from huying.devices.models import HourTally, LastReading, Matter, Misread, Reading
from huying.devices.queries import curve_for, device_with, lasts_for, misread_for
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.messages import MOST_KNOWN, Unread
from huying.devices.tasks import clear_misread, look_after, make_months
from huying.emergency.models import Emergency, Mark
from huying.kernel.errors import Denied
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import HIGH, SPOT, Site, after, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_same_message_twice_is_one_row_and_counts_once(site: Site) -> None:
    site.stand("WL-1")
    assert site.hear("WL-1", 0, 1.5, battery=80).fresh == 1
    assert site.hear("WL-1", 0, 1.5).fresh == 0
    both = site.hear_all([said("WL-1", 60, 2.5), said("WL-1", 60, 2.5), said("WL-1", 120, 0.5)], 120)
    assert [one.why for one in both] == [None, None, None]
    assert list(Reading.objects.order_by("at").values_list("factor", "value")) == [
        ("level", 1.5), ("level", 2.5), ("level", 0.5),
    ]  # fmt: skip
    hour = HourTally.objects.get()
    assert (hour.count, hour.total, hour.least, hour.most, hour.hour) == (3, 4.5, 0.5, 2.5, MONDAY)
    device = site.device("WL-1")
    assert (device.battery, device.heard_at) == (80, after(120))
    assert lasts_for(site.cast.administrator, [device.id]) == {device.id: [("level", after(120), 0.5)]}


def test_what_comes_late_is_kept_and_is_not_the_last(site: Site) -> None:
    site.stand("WL-1")
    site.hear("WL-1", 600, 2.0)
    site.hear_all([said("WL-1", 60, 1.0)], 601)
    assert Reading.objects.count() == 2
    assert LastReading.objects.get().value == 2.0
    assert site.device("WL-1").heard_at == after(601)


def test_one_that_is_wrong_hinders_no_other_and_is_written_down(site: Site) -> None:
    site.stand("WL-1")
    site.stand("OLD")
    retire(site.cast.administrator, site.ids["OLD"], "拆除", MONDAY)
    answers = keep(
        site.cast.system,
        [
            Given(b"{", door="mqtt"), Given(said("NONE", 0, 1.0)), Given(said("OLD", 0, 1.0)),
            Given(said("WL-1", 0, 1.0), device="WL-2"), Given(said("WL-1", 4000, 1.0)), Given(said("WL-1", 0, 1.0)),
        ],
        MONDAY,
    )  # fmt: skip
    whys = [Unread.FORM, Unread.UNKNOWN, Unread.RETIRED, Unread.OTHER, Unread.FUTURE]
    assert [one.why for one in answers] == [*whys, None]
    assert Reading.objects.count() == 1
    log = misread_for(site.cast.administrator)
    assert [one.why for one in reversed(log)] == whys
    assert (log[-1].door, log[-1].payload) == ("mqtt", "{")
    with pytest.raises(Denied):
        misread_for(site.cast.dispatcher)
    clear_misread(DISTRICT, MONDAY + timedelta(days=8))
    assert not Misread.objects.exists()


def test_nobody_pushes_for_devices_that_are_not_theirs(site: Site) -> None:
    site.stand("MINE", body_id=site.cast.urban)
    site.stand("THEIRS", body_id=site.cast.water)
    answers = keep(site.cast.handler, [Given(said("MINE", 0, 1.0)), Given(said("THEIRS", 0, 1.0))], MONDAY)
    assert [one.why for one in answers] == [None, Unread.UNKNOWN]
    with pytest.raises(Denied):
        keep(site.cast.dispatcher, [Given(said("MINE", 0, 1.0))], MONDAY)
    shown = device_with(new_secret(site.cast.administrator, site.ids["THEIRS"], MONDAY))
    assert shown is not None
    assert keep(shown.actor, [Given(said("MINE", 60, 1.0), shown.code)], after(60))[0].why is Unread.OTHER
    assert Reading.objects.count() == 1


def test_a_batch_costs_the_same_however_many_speak(site: Site, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        site.stand(f"WL-{number}", 10 * number)
    site.watch()
    site.hear("WL-0", 0, 1.0)
    with django_assert_max_num_queries(11):
        site.hear_all([said(f"WL-{number}", 60, 1.0 + number / 100) for number in range(3)], 60)
    with django_assert_max_num_queries(11):
        site.hear_all([said(f"WL-{number}", 120, 1.0 + number / 100) for number in range(40)], 120)
    assert Reading.objects.count() == 44


def test_a_press_opens_the_card_in_the_same_transaction_and_once(site: Site) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)
    answer = site.hear("SOS-1", 0, alarm="sos", battery=60, lon=SPOT[0], lat=SPOT[1])
    card = Emergency.objects.get()
    assert (card.id, card.kind, card.source, card.device) == (answer.emergency_id, "sos", "device", "SOS-1")
    assert (round(card.lon or 0, 4), round(card.lat or 0, 4)) == SPOT
    assert Appeal.objects.get().channel == "device"
    assert [row.kind for row in Matter.objects.all()] == ["alarm"]
    # The broker sends it again: nothing at all.
    assert site.hear("SOS-1", 0, alarm="sos").emergency_id is None
    assert Mark.objects.filter(kind="again").count() == 0
    # Pressed again: the same card, with a line.
    assert site.hear("SOS-1", 20, alarm="sos").emergency_id == card.id
    assert Mark.objects.filter(kind="again").count() == 1
    assert (Emergency.objects.count(), Appeal.objects.count()) == (1, 1)


def test_an_alarm_without_a_position_is_where_the_device_hangs_and_an_unknown_word_is_what_it_is_for(
    site: Site,
) -> None:
    site.stand("SM-1", kind=DeviceKind.SMOKE)
    site.hear("SM-1", 0, alarm="whatever")
    card = Emergency.objects.get()
    assert card.kind == "fire"
    assert card.place_text == "春风桥"
    assert card.lon is not None


def test_an_alarm_that_cannot_be_kept_keeps_nothing_else_either(site: Site, monkeypatch: Any) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the card")

    monkeypatch.setattr("huying.devices.actions.alarming.open_card", broken)
    with pytest.raises(RuntimeError):
        site.hear("SOS-1", 0, 1.0, alarm="sos")
    assert not Reading.objects.exists()
    assert site.device("SOS-1").heard_at is None


def test_months_are_made_ahead_and_what_lay_elsewhere_moves_in(site: Site, settings: Any) -> None:
    site.stand("WL-1")
    site.hear("WL-1", 0, 1.0)
    site.hear_all([said("WL-1", -20 * 86_400, 2.0)], 1)
    assert _in("devices_reading_rest") == 2
    make_months(MONDAY)
    keep_months(MONDAY)
    assert (_in("devices_reading_rest"), _in("devices_reading_202603"), _in("devices_reading_202602")) == (
        0,
        1,
        1,
    )
    assert _in("devices_reading_202605") == 0
    assert site.hear("WL-1", 0, 1.0).fresh == 0
    points = curve_for(site.cast.administrator, site.ids["WL-1"], "level", after(-60), after(60))
    assert [point.value for point in points] == [1.0]
    settings.HUYING_READING_MONTHS = 1
    keep_months(MONDAY + timedelta(days=62))
    assert Reading.objects.count() == 0
    assert HourTally.objects.count() == 2


def _in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_while_worked_on_readings_are_kept_and_nothing_is_raised(site: Site) -> None:
    site.stand("WL-1")
    site.watch(HIGH)
    maintain(site.cast.administrator, site.ids["WL-1"], MONDAY, after(3600), "清洗", MONDAY)
    site.hear("WL-1", 60, 9.0)
    assert Reading.objects.count() == 1
    assert not Matter.objects.exists()


def test_the_minutes_look_finds_the_silent_and_the_holds_that_ran_out(site: Site) -> None:
    site.stand("WL-1", every=600)
    site.stand("WL-2", every=60)
    site.watch(replace(HIGH, hold=300))
    site.hear_all([said("WL-1", 0, 4.0), said("WL-2", 0, 1.0)], 0)
    look_after(DISTRICT, after(301))
    assert sorted(Matter.objects.values_list("kind", flat=True)) == ["rule", "silence"]


def test_a_device_has_no_more_factors_than_may_be_and_those_that_are_known_are_kept(site: Site) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)
    site.stand("WL-1")
    for number in range(0, MOST_KNOWN, 40):
        values = {f"f{one}": 1.0 for one in range(number, number + 40)}
        assert site.hear_all([said("SOS-1", number, values=values)], 200)[0].why is None
    more = {"f0": 2.0, "g": 2.0}
    beyond, other, rung, plain = site.hear_all(
        [
            said("SOS-1", 201, values=more), said("WL-1", 201, values=more),
            said("SOS-1", 202, values=more, alarm="sos"), said("SOS-1", 203, values={"f1": 1.0}),
        ],
        203,
    )  # fmt: skip
    assert [(one.why, one.fresh) for one in (beyond, other, plain)] == [
        (Unread.FACTORS, 1),
        (None, 2),
        (None, 1),
    ]
    assert (rung.why, rung.fresh, rung.emergency_id) == (Unread.FACTORS, 2, Emergency.objects.get().id)
    assert LastReading.objects.filter(device_id=site.ids["SOS-1"]).count() == MOST_KNOWN
    assert [row.why for row in Misread.objects.all()] == ["factors", "factors"]


def test_within_one_batch_too_many_new_factors_are_counted_too(site: Site) -> None:
    site.stand("WL-1")
    told = [
        said("WL-1", number, values={f"f{number}-{one}": 1.0 for one in range(40)}) for number in range(6)
    ]
    assert [one.fresh for one in site.hear_all(told, 6)] == [40, 40, 40, 40, 40, 0]
    assert LastReading.objects.count() == MOST_KNOWN
