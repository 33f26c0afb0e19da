"""What is under way while somebody is erased, and what comes afterwards: nothing comes back, nothing else is lost."""

from typing import Any

import pytest

from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.rules.erasing import Gone
from huying.deliberation.actions.following import follow
from huying.deliberation.models import DecisionKind, Follower, Proposal
from huying.erasure.actions import erase
from huying.erasure.models import Erasure
from huying.erasure.rules.scope import Scope
from huying.figures.actions.exempting import NewExemption, ask_exemption
from huying.figures.rules.exempting import Ground
from huying.kernel.clock import now
from huying.kernel.errors import Conflict
from huying.loop.allocate.models import ItemLesson
from huying.loop.dispose.actions import speak
from huying.loop.dispose.models import Message
from huying.notices.actions.digesting import gather_due
from huying.notices.models import Notice
from huying.people.models import Caller
from huying.prevent.hot_issues.actions import consolidate, consolidating
from huying.prevent.hot_issues.models import Heard
from tests.cast import DISTRICT, GRID, Cast
from tests.erasure.filled import PHONE, asked, began, closed, everything, followed, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_what_else_stood_in_an_unsent_digest_is_told_in_another(cast: Cast) -> None:
    kept = everything(cast)
    told = Notice.objects.get(once="told-1")
    Notice.objects.filter(once="digest-1").update(state="waiting")
    Notice.objects.create(
        district=DISTRICT, account_id=102, occasion="order", way="page", title="路灯不亮", text="路灯不亮", link="/",
        once="told-2", made_at=began(), due_at=began(), state="gathered", gathered_in=told.gathered_in,
    )  # fmt: skip
    erase(cast.administrator, asked(kept.receipt), now())
    assert gather_due(now()) == 1
    digest = Notice.objects.get(occasion="digest")
    assert "路灯不亮" in digest.text
    assert Notice.objects.get(once="told-2").gathered_in == digest.id


def test_nothing_is_done_any_more_with_an_erased_case(cast: Cast) -> None:
    kept = everything(cast)
    erase(cast.administrator, asked(kept.receipt), now())
    with pytest.raises(Conflict):
        advance((DISTRICT, kept.case_id), Verb.REOPEN, by=cast.supervisor, now=now(), reason="再看看")
    resident = cast.resident(kept.appeal_id)
    with pytest.raises(Conflict):
        advance(
            (DISTRICT, kept.case_id), Verb.RATE, outcome=Outcome.UNSOLVED, by=resident, now=now(),
            appeal=kept.appeal_id,
        )  # fmt: skip
    with pytest.raises(Conflict):
        speak(cast.dispatcher, DISTRICT, kept.case_id, "再问问", key="k-2", now=now())
    assert Message.objects.count() == 1
    wanted = NewExemption(kept.case_id, cast.urban, "", Ground.OTHER, "诉求人又改了主意")
    with pytest.raises(Conflict, match="个人信息已依法删除"):
        ask_exemption(cast.handler, wanted, now())


def test_what_is_followed_late_teaches_nothing(cast: Cast) -> None:
    kept = said(cast)
    closed(cast, kept)
    erase(cast.administrator, asked(kept.receipt), now())
    followed(verb=Verb.ERASE, late=("learn",))
    assert not ItemLesson.objects.exists()


def test_a_grouping_under_way_does_not_bring_it_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = everything(cast)
    said(cast, phone="13900000001", text="路灯不亮", place="")
    thinks = consolidating.grouped

    def erased_meanwhile(signatures: Any) -> Any:
        erase(cast.administrator, asked(kept.receipt), now())
        return thinks(signatures)

    monkeypatch.setattr(consolidating, "grouped", erased_meanwhile)
    consolidate(DISTRICT, now())
    assert list(Heard.objects.values_list("title", flat=True)) == ["路灯不亮"]


def test_who_only_follows_a_proposal_is_forgotten_by_their_phone(cast: Cast) -> None:
    kept = said(cast)
    closed(cast, kept)
    kind = DecisionKind.objects.create(
        district=DISTRICT, code="lift", name="加装电梯", quorum="2/3", quorum_over=False, majority="1/2",
        majority_over=True, by_area=False, basis="民法典", place=1,
    )  # fmt: skip
    proposal = Proposal.objects.create(
        district=DISTRICT, kind=kind, title="加装电梯", text="怎么装", area=GRID, origin="hand", salt=b"s", once="p",
        made_at=began(), made_by="社区", opened_at=began(),
    )  # fmt: skip
    follow(DISTRICT, proposal.pk, PHONE, now())
    gone = erase(cast.administrator, asked(kept.receipt), now())
    assert (gone[Gone.CALLER], Follower.objects.count()) == (0, 1)
    gone = erase(cast.administrator, asked(PHONE, Scope.ALL), now())
    assert (gone[Gone.CALLER], gone[Gone.FOLLOWER], Follower.objects.count()) == (1, 1, 0)
    assert Erasure.objects.latest("id").cases == []
    assert not Caller.objects.exclude(phone_digest=None).exists()
