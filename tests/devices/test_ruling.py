"""Rules of watching: kept in versions, ended, changed by who may."""

from dataclasses import replace
from typing import Any

import pytest

from huying.annals.models import Change
from huying.annals.rules import Subject
from huying.devices.actions import (
    end_rule,
    put_case_rule,
    put_rule,
)
from huying.devices.models import WatchRule
from huying.devices.queries import Rule, rules_for, versions_for
from huying.devices.rules.kinds import Compare, DeviceKind, Follow, MatterKind
from huying.devices.rules.watching import Watch
from huying.kernel.errors import Denied, Invalid, NotFound, StaleVersion
from tests.cast import MONDAY
from tests.devices.conftest import HIGH, Site, after, notes

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_rule_is_kept_in_versions_with_who_and_why(site: Site) -> None:
    code = site.watch()
    by = site.cast.administrator
    (held,) = rules_for(site.cast.dispatcher)
    put_rule(by, held.rule, "", MONDAY)
    assert WatchRule.objects.count() == 1
    put_rule(by, replace(held.rule, watch=replace(HIGH, limit=4.0)), "限值调高", after(60))
    with pytest.raises(StaleVersion):
        put_rule(by, replace(held.rule, name="另一个人改的"), "", after(61))
    newest, first = versions_for(by, code)
    assert (newest.rule.version, newest.why, newest.made_by, newest.rule.watch.limit) == (
        2,
        "限值调高",
        "高敏",
        4.0,
    )
    assert first.rule.watch.limit == 3.0
    end_rule(by, code, "汛期结束", after(120))
    assert rules_for(by) == []
    assert Change.objects.filter(subject=Subject.WATCH.value).count() == 3


def test_an_ended_rule_raises_nothing_and_its_matters_end(site: Site) -> None:
    site.stand("WL-1")
    code = site.watch()
    site.hear("WL-1", 0, 4.0)
    end_rule(site.cast.administrator, code, "", after(60))
    (matter,) = site.matters("WL-1")
    assert matter.until == after(60)
    assert "不再提示是否恢复" in notes(matter.case_id)
    site.hear("WL-1", 120, 1.0)
    site.hear("WL-1", 180, 9.0)
    assert len(site.matters("WL-1")) == 1


def test_who_may_not_changes_no_rule(site: Site) -> None:
    code = site.watch()
    (held,) = rules_for(site.cast.administrator)
    before = list(WatchRule.objects.values())
    for by in (site.cast.dispatcher, site.cast.handler, site.cast.leader, site.cast.supervisor):
        with pytest.raises(Denied):
            put_rule(by, replace(held.rule, name="改名"), "", MONDAY)
        with pytest.raises(Denied):
            end_rule(by, code, "", MONDAY)
        with pytest.raises(Denied):
            put_case_rule(by, MatterKind.SILENCE, "", 1, "", MONDAY)
    with pytest.raises(NotFound):
        end_rule(site.cast.administrator, "none", "", MONDAY)
    assert list(WatchRule.objects.values()) == before


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"factor": "水位"}, "factor"),
        ({"watch": Watch(Compare.ABOVE, 3.0, 3.5)}, "over"),
        ({"watch": Watch(Compare.BELOW, 3.0, 2.5)}, "over"),
        ({"watch": Watch(Compare.ABOVE, float("nan"), 3.5)}, "limit"),
        ({"watch": replace(HIGH, quorum=2)}, "metres"),
        ({"watch": replace(HIGH, flaps=1)}, "flaps"),
        ({"watch": replace(HIGH, hold=-1)}, "hold"),
        ({"follow": Follow.EMERGENCY}, "emergency"),
        ({"follow": Follow.EMERGENCY, "emergency": "none"}, "emergency"),
        ({"item": "none"}, "item"),
        ({"urgency": 4}, "urgency"),
        ({"device_id": 10**9}, "device_id"),
    ],
)
def test_a_rule_without_sense_is_refused(site: Site, more: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {
        "name": "水位", "kind": DeviceKind.WATER_LEVEL, "factor": "level", "watch": HIGH, "follow": Follow.APPEAL,
    } | more  # fmt: skip
    with pytest.raises(Invalid) as refused:
        put_rule(site.cast.administrator, Rule(**given), "", MONDAY)
    assert field in refused.value.fields
    assert not WatchRule.objects.exists()
