"""What the demonstration shows of prevention is found by the platform's rules, not put there."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.people.models import Account
from huying.people.queries import actor_of
from huying.prevent.campaigns.models import Campaign, Task, TaskPhoto
from huying.prevent.hot_issues.models import Heard
from huying.prevent.recurring.models import Project
from huying.prevent.recurring.queries import recurrences_for
from huying.prevent.warnings.models import EarlyWarning
from huying.simulate.loading import load
from huying.simulate.loading.preventing import look_ahead

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
NOW = datetime(2026, 9, 21, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_outcries_are_found_and_a_campaign_runs() -> None:
    loaded = load(1, NOW, streets=2, days=90, cases=600)
    district = int(loaded.land.code)
    assert loaded.lived.refused == ()
    look_ahead(district, NOW)
    leader = actor_of(Account.objects.get(login="lingdao"), NOW)
    first = recurrences_for(leader)[0]
    assert (first.item[:4], first.count >= 6, first.project is not None) == ("0903", True, True)
    assert Project.objects.get().recurrence_id == first.id
    noise = Heard.objects.exclude(issue_id=None).filter(at__gte=NOW - timedelta(days=10))
    assert max(noise.filter(issue_id=one).count() for one in noise.values_list("issue_id", flat=True)) >= 12
    assert "0701" in {row.item[:4] for row in EarlyWarning.objects.all()}
    tasks = Task.objects.filter(campaign=Campaign.objects.get())
    done = tasks.exclude(done_at=None)
    assert 0 < done.count() < tasks.count()
    assert TaskPhoto.objects.values("task").distinct().count() == done.count()


def test_a_short_history_has_no_campaign_and_nothing_is_refused() -> None:
    loaded = load(1, NOW, streets=1, days=3, cases=20)
    look_ahead(int(loaded.land.code), NOW)
    assert loaded.lived.refused == ()
    assert not Campaign.objects.exists()
