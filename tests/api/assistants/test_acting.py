"""What an assistant does for a person: drafts that wait, steps in the person's name, sending only when told so twice."""

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.cases.models import Case, Entry
from huying.loop.dispose.models import ReplyDraft
from huying.people.rules.assistants import Leave
from tests.api.assistants.conftest import Helper
from tests.cast import DISTRICT

pytestmark = pytest.mark.django_db

REPLY = "您好，接到反映后已到现场核查，垃圾已清运，并加派保洁。"
EVERYTHING = tuple(Leave)


@pytest.fixture
def centre(outside):
    return outside(Role.DISTRICT_DISPATCHER)


@pytest.fixture
def handler(person, cast):
    return person("李明", Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)


@pytest.fixture
def number(centre, cast, outside) -> str:
    """A case that the handler's body has signed for."""
    made = centre.post("appeals", {"text": "春风路垃圾没人收，臭得很", "kind": "complaint"}).json()["case"]
    centre.post(f"cases/{made}/file", {"item": "X1"})
    centre.post(f"cases/{made}/dispatch", {"body": cast.urban})
    scopes = [Permission.CASE_READ, Permission.ORDER_SIGN, Permission.ORDER_CONTACT]
    body = outside(Role.DEPARTMENT_HANDLER, body_id=cast.urban, scopes=scopes)
    body.post(f"cases/{made}/sign")
    body.post(f"cases/{made}/contact", {"reached": True})
    return made


def traces() -> tuple[int, list[str], int]:
    return (
        Entry.objects.count(),
        list(Case.objects.values_list("state", flat=True)),
        ReplyDraft.objects.count(),
    )


def test_a_draft_waits_beside_the_case_and_changes_nothing_on_it(helper, handler, number) -> None:
    before = traces()
    asks = helper(handler)
    told = asks.data("draft_reply", number=number, reply=REPLY, result="已清运。")
    again = asks.data("draft_reply", number=number, reply=REPLY, result="已清运。")
    assert told["draft"] == again["draft"]
    assert told["may_be_sent"] is True
    assert traces() == (before[0], before[1], 1)
    row = ReplyDraft.objects.get()
    assert (row.account_id, row.made_by, row.verb, row.reply) == (handler.account_id, "李明", "report", REPLY)
    assert row.key_id is not None


def test_a_draft_is_told_what_the_house_advises(helper, handler, number) -> None:
    told = helper(handler).data("draft_reply", number=number, reply="请等。")
    assert told["may_be_sent"] is False
    assert told["faults"]
    assert told["parts"]["核实情况"] is False


def test_of_many_drafts_the_last_three_stay(helper, handler, number) -> None:
    asks = helper(handler)
    for n in range(5):
        asks.data("draft_reply", number=number, reply=f"{REPLY}第 {n} 稿。")
    standing = ReplyDraft.objects.filter(dropped_at=None).order_by("id").values_list("reply", flat=True)
    assert [text[-4] for text in standing] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("note_progress", {"progress": "已联系物业。", "key": "note-0001"}),
        ("remind_body", {"demand": "请尽快办理。", "key": "remind-01"}),
        (
            "send_reply",
            {"reply": REPLY, "result": "已清运。", "version": 5, "confirm": True, "key": "send-0001"},
        ),
    ],
)
def test_what_was_not_left_to_the_assistant_is_denied_without_a_trace(
    helper, handler, number, tool, given
) -> None:
    asks = helper(handler)
    before = traces()
    assert tool not in asks.tools()
    assert asks.refused(tool, number=number, **given) == "denied"
    assert traces() == before


def test_an_assistant_that_may_only_read_drafts_nothing(helper, handler, number) -> None:
    before = traces()
    assert helper(handler, Leave.READ).refused("draft_reply", number=number, reply=REPLY) == "denied"
    assert traces() == before


def test_progress_is_noted_once_in_the_persons_name_and_through_the_key(
    helper, handler, number, outside
) -> None:
    asks = helper(handler, Leave.READ, Leave.NOTE)
    first = asks.data("note_progress", number=number, progress="已联系物业，明早清运。", key="note-0001")
    again = asks.data("note_progress", number=number, progress="已联系物业，明早清运。", key="note-0001")
    assert first["version"] == again["version"]
    entry = Entry.objects.get(verb="note")
    assert (entry.actor_kind, entry.account_id) == ("account", handler.account_id)
    assert entry.key_id is not None
    steps = asks.data("read_case", number=number)["case"]["steps"]
    assert steps[-1]["by"] == "李明（助手）"
    other = asks.refused("note_progress", number=number, progress="另一件事。", key="note-0001")
    assert other == "conflict"


def test_a_reminder_is_the_persons_own(helper, person, number) -> None:
    supervisor = person("孙丽", Role.SUPERVISOR)
    asks = helper(supervisor, Leave.READ, Leave.REMIND)
    asks.data("remind_body", number=number, demand="请今天联系诉求人。", key="remind-01")
    entry = Entry.objects.get(verb="remind")
    assert entry.account_id == supervisor.account_id


def test_a_leave_gives_no_more_than_the_post(helper, handler, number) -> None:
    before = traces()
    assert (
        helper(handler, *EVERYTHING).refused("remind_body", number=number, demand="快办。", key="remind-01")
        == "denied"
    )
    assert traces() == before


def test_a_reply_goes_out_only_when_it_was_left_confirmed_and_current(helper, handler, number) -> None:
    asks = helper(handler, Leave.READ, Leave.SEND)
    version = asks.data("read_case", number=number)["case"]["version"]
    said = {"number": number, "reply": REPLY, "result": "已清运。", "key": "send-0001"}
    before = traces()
    assert asks.refused("send_reply", version=version, **said) == "conflict"
    assert asks.refused("send_reply", version=version - 1, confirm=True, **said) == "stale_version"
    assert asks.refused("send_reply", version=version, confirm=True, step="reject", **said) == "invalid"
    short = asks.call("send_reply", version=version, confirm=True, **{**said, "reply": "好。"})
    assert short.is_error
    assert traces() == before
    told = asks.data("send_reply", version=version, confirm=True, **said)
    again = asks.data("send_reply", version=version, confirm=True, **said)
    assert told["state"] == again["state"] == "reported"
    entry = Entry.objects.get(verb="report")
    assert entry.account_id == handler.account_id
    assert entry.key_id is not None


def test_an_office_key_acts_as_itself_and_sends_only_by_name(key, cast, number) -> None:
    body = {"area": str(DISTRICT), "body_id": cast.urban}
    whole = Helper(key(Role.DEPARTMENT_HANDLER, **body))
    version = whole.data("read_case", number=number)["case"]["version"]
    said = {"number": number, "reply": REPLY, "result": "已清运。", "version": version, "confirm": True}
    assert whole.refused("send_reply", key="send-0001", **said) == "denied"
    whole.data("note_progress", number=number, progress="系统已登记。", key="note-0001")
    entry = Entry.objects.get(verb="note")
    assert (entry.actor_kind, entry.account_id) == ("key", None)
    whole.data("draft_reply", number=number, reply=REPLY)
    assert ReplyDraft.objects.get().account_id is None
    scopes = [Permission.CASE_READ, Permission.ORDER_REPORT]
    named = Helper(key(Role.DEPARTMENT_HANDLER, **body, scopes=scopes))
    assert (
        named.data("send_reply", key="send-0002", **{**said, "version": version + 1})["state"] == "reported"
    )


def test_a_draft_for_a_step_that_is_not_theirs_is_refused(helper, person, number, cast) -> None:
    other = person("外人", Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.housing)
    before = traces()
    assert helper(other).refused("draft_reply", number=number, reply=REPLY) == "not_found"
    dispatcher = person("何伟", Role.DISTRICT_DISPATCHER)
    assert (
        helper(dispatcher).refused("draft_reply", number=number, reply=REPLY, step="report") == "illegal_step"
    )
    assert traces() == before
