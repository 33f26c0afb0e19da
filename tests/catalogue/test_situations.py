"""呼叫启动情形: the platform's until a district writes its own; each version ends the one before."""

import pytest

from huying.catalogue.actions.situations import end_situation, write_situation
from huying.catalogue.models import Situation
from huying.catalogue.queries.situations import situation, situations
from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.situations import SituationLine, starter_situations
from huying.kernel.errors import Denied, Invalid, NotFound
from tests.cast import DISTRICT, MONDAY, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


NEW = SituationLine("04-03", "建筑安全", "夜间施工", "连续三晚", "housing", ("police",), "street")


def test_the_starter_has_thirty_six_in_thirteen_classes_by_known_duties() -> None:
    lines = starter_situations()
    assert (len(lines), len({line.kind for line in lines}), len({line.code for line in lines})) == (
        36,
        13,
        36,
    )
    named = {duty for line in lines for duty in (line.lead, *line.assisting, line.fallback) if duty}
    assert named <= set(Duty)


def test_a_change_keeps_the_rest_and_what_was_before(cast: Cast) -> None:
    write_situation(NEW, by=cast.administrator, now=MONDAY)
    write_situation(NEW, by=cast.administrator, now=MONDAY)
    assert situation(DISTRICT, "04-03") == NEW
    assert len(situations(DISTRICT)) == 36
    assert Situation.objects.filter(code="04-03").count() == 2, "written as it stands, nothing is written"
    assert Situation.objects.filter(code="04-03", ended_at=None).count() == 1


def test_an_ended_one_starts_no_calls(cast: Cast) -> None:
    end_situation("04-03", by=cast.administrator, now=MONDAY)
    assert situation(DISTRICT, "04-03") is None
    with pytest.raises(NotFound):
        end_situation("04-03", by=cast.administrator, now=MONDAY)


def test_who_may_not_edit_the_list_writes_nothing(cast: Cast) -> None:
    with pytest.raises(Denied):
        write_situation(NEW, by=cast.dispatcher, now=MONDAY)
    with pytest.raises(Invalid):
        write_situation(SituationLine("", "", "", "", ""), by=cast.administrator, now=MONDAY)
    assert not Situation.objects.exists()
