"""The bike shed: from what people said, through a secret vote, to the finished work (R707)."""

import hashlib
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from huying.deliberation.actions.proposals import close_due
from huying.deliberation.models import Ballot, Follower, Household, Meeting, Proposal, Step
from huying.deliberation.queries.proposals import proposal_for
from huying.kernel import clock
from huying.notices.models import Notice
from tests.cast import COMMUNITY, OTHER_STREET, STREET, Cast
from tests.web.deliberation.test_meetings import held, say
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TITLE = "3 栋楼下建电动车棚"
ROOMS = "\n".join(f"3栋{n}01,{80 + n}" for n in range(1, 10))
_CODE = re.compile(r'slip-big">([A-Z0-9-]{14})<')


@pytest.fixture
def station(cast: Cast) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)


def proposed(client: Client, kind: str = "居民议事", query: str = "", **given: Any) -> str:
    page = client.get(f"/deliberation/proposals/new{query}").content.decode()
    kinds = {name: number for number, name in re.findall(r'<option value="(\d+)">([^<]+)</option>', page)}
    number = next(number for name, number in kinds.items() if name.startswith(kind))
    text = "在 3 栋楼下空地建车棚，12 个充电口，花费 6 万元，由维修资金以外的社区经费出。"
    form = {"key": str(uuid4()), "title": TITLE, "text": text, "area": COMMUNITY, "kind": number, **given}
    answer = client.post(f"/deliberation/proposals/new{query}", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).removesuffix("?kept=1")


def invited(client: Client, proposal: str, rooms: str = ROOMS) -> list[str]:
    answer = client.post(f"{proposal}/households", {"households": rooms})
    assert answer.status_code == 200, answer["Location"]
    return _CODE.findall(answer.content.decode())


def opened(client: Client, proposal: str, days: int = 7) -> str:
    """The public address of the vote."""
    closes = timezone.localtime(clock.now() + timedelta(days=days))
    answer = client.post(f"{proposal}/open", {"closes_at": f"{closes:%Y-%m-%dT%H:%M}"}, follow=True)
    assert "表决开始了" in answer.content.decode()
    return f"/consult/{proposal.rsplit('/', 1)[1]}"


def vote(address: str, code: str, choice: str, key: str = "", client: Client | None = None) -> Any:
    form = {"key": key or str(uuid4()), "code": code, "choice": choice}
    return (client or Client()).post(f"{address}/vote", form)


def over() -> None:
    """The time of every vote is over."""
    Proposal.objects.filter(closed_at=None).update(closes_at=clock.now() - timedelta(seconds=1))


def running(client: Client, **given: Any) -> tuple[str, str, list[str]]:
    """(the station's address, the public one, codes) of a vote under way."""
    proposal = proposed(client, **given)
    codes = invited(client, proposal)
    return proposal, opened(client, proposal), codes


def test_from_a_meeting_to_the_finished_bike_shed(
    station: Client, cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    meeting = held(station, cast)
    say(station, meeting, "电动车没地方充电，楼道里飞线")
    number = meeting.rsplit("/", 1)[1]
    proposal = proposed(station, query=f"?meeting={number}")
    said = {"meeting": number, "words": "多数人同意建，担心晚上充电吵，定在北侧。"}
    station.post(f"{proposal}/discussions", said)
    assert Client().get(f"/consult/{proposal.rsplit('/', 1)[1]}").status_code == 404
    codes = invited(station, proposal)
    assert len(codes) == 9
    address = opened(station, proposal)
    told = {}
    for n, code in enumerate(codes[:7]):
        page = vote(address, code, "yes" if n < 5 else "no").content.decode()
        told[code] = (re.search(r'slip-big">([A-Z2-7-]+)<', page), re.search(r'seals">([0-9a-f]{64})<', page))
    page = Client().get(address).content.decode()
    assert "9 户里 7 户投了票" in page
    assert "71.4%" not in page
    assert Client().get(f"{address}/ballots.json").status_code == 404
    assert "不能提前计票" in station.post(f"{proposal}/close", follow=True).content.decode()
    over()
    assert close_due(clock.now()) == 1
    assert close_due(clock.now()) == 0
    page = Client().get(address).content.decode()
    assert "表决通过" in page
    assert "71.4%" in page
    assert "北侧" in page
    _recounted(address, told)
    station.post(f"{proposal}/decision", {"words": "同意建车棚，年底前完工。"})
    for title in ("选址公示", "施工", "验收"):
        station.post(f"{proposal}/steps", {"key": str(uuid4()), "title": title, "due_on": "2030-01-31"})
    station.post(f"{proposal}/cases", {"text": "在 3 栋北侧建电动车棚", "key": "k1"})
    station.post(f"{proposal}/cases", {"text": "在 3 栋北侧建电动车棚", "key": "k1"})
    assert Appeal.objects.filter(source__startswith="proposal:").count() == 1
    assert "还有没做完的步骤" in station.post(f"{proposal}/done", follow=True).content.decode()
    for step in Step.objects.all():
        photo = SimpleUploadedFile("a.jpg", _photo(), content_type="image/jpeg")
        station.post(f"{proposal}/steps/{step.id}", {"note": f"{step.title}完成", "photos": photo})
    for _ in range(2):
        assert "已办成" in station.post(f"{proposal}/done", follow=True).content.decode()
    page = Client().get(address).content.decode()
    for words in ("同意建车棚", "验收完成", "已办成", "在 3 栋北侧建电动车棚"):
        assert words in page
    picture = re.findall(rf'src="({address}/photos/\d+)"', page)[0]
    assert Client().get(picture)["Content-Type"] == "image/jpeg"
    assert TITLE in Client().get("/consult/").content.decode()


@pytest.mark.parametrize(("hour", "late"), [("2026-03-01T23:59", False), ("2026-03-02T00:30", True)])
def test_a_step_is_late_from_the_districts_own_midnight(
    cast: Cast, station: Client, hour: str, late: bool
) -> None:
    number = int(proposed(station).rsplit("/", 1)[1])
    row = Proposal.objects.get(id=number)
    Step.objects.create(
        proposal=row, title="公示", due_on=date(2026, 3, 1), once="k1", made_at=row.made_at, made_by="站"
    )
    now = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    assert [step.late for step in proposal_for(cast.system, number, now).steps] == [late]


def _photo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#3a5").save(picture, "JPEG")
    return picture.getvalue()


def _recounted(address: str, told: dict[str, Any]) -> None:
    """What anybody can do with the published list and their own number."""
    file = Client().get(f"{address}/ballots.json").json()
    assert [each["choice"] for each in file["ballots"]].count("yes") == 5
    assert [each["digest"] for each in file["ballots"]] == sorted(each["digest"] for each in file["ballots"])
    by_digest = {each["digest"]: each["choice"] for each in file["ballots"]}
    for number, digest in told.values():
        choice = by_digest[digest[1]]
        said = f"{file['format']}|{file['district']}|{file['proposal']}|{choice}|{number[1].replace('-', '')}"
        assert hashlib.sha256(said.encode()).hexdigest() == digest[1]


def test_after_the_close_nobody_votes_or_changes(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station)
    vote(address, codes[0], "yes")
    over()
    for _ in range(2):
        answer = vote(address, codes[1], "yes")
        assert answer.status_code == 409
        assert "表决已经截止" in answer.content.decode()
        station.post(f"{proposal}/close")
    assert vote(address, codes[0], "no").status_code == 409
    assert Ballot.objects.get().choice == "yes"


def test_closed_twice_it_is_the_first_count(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station)
    for code in codes:
        vote(address, code, "yes")
    # Everybody has voted: there is nothing to wait for.
    assert "已计票" in station.post(f"{proposal}/close", follow=True).content.decode()
    before = Proposal.objects.get()
    station.post(f"{proposal}/close")
    assert Proposal.objects.get().closed_at == before.closed_at
    assert before.passed


def test_too_few_who_take_part_decide_nothing(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station, kind="业主共同决定（筹集维修资金")
    for code in codes[:5]:
        vote(address, code, "yes")
    over()
    page = station.post(f"{proposal}/close", follow=True).content.decode()
    assert "参与的户不够数，没有通过" in page
    assert "民法典第二百七十八条" in Client().get(address).content.decode() or "3/4 以上" in page
    assert "没有通过的提案" in station.post(f"{proposal}/cases", {"text": "还是要建"}).content.decode()
    assert not Case.objects.exists()


def test_a_lost_code_is_replaced_until_it_has_voted(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station)
    fresh = _CODE.findall(station.post(f"{proposal}/households/1/code").content.decode())[0]
    assert vote(address, codes[0], "yes").status_code == 400
    assert vote(address, fresh, "yes").status_code == 200
    again = station.post(f"{proposal}/households/1/code", follow=True)
    assert "已经投过票，不能换码" in again.content.decode()
    assert Ballot.objects.count() == 1


def test_who_may_vote_is_fixed_once_the_vote_is_open(station: Client, cast: Cast) -> None:
    proposal, _address, _codes = running(station)
    answer = station.post(f"{proposal}/households", {"households": "9栋901,50"})
    assert answer.status_code == 409
    assert "不能再加户" in answer.content.decode()
    assert "9栋901" in answer.content.decode()
    assert Household.objects.count() == 9
    assert "不能再改" in station.post(f"{proposal}/change", _same(proposal)).content.decode()


def _same(proposal: str) -> dict[str, Any]:
    row = Proposal.objects.get(id=proposal.rsplit("/", 1)[1])
    return {
        "key": str(uuid4()),
        "title": "改成停车场",
        "text": row.text,
        "area": row.area,
        "kind": row.kind_id,
    }


def test_without_households_or_in_the_past_no_vote_opens(station: Client, cast: Cast) -> None:
    proposal = proposed(station)
    soon = f"{timezone.localtime(clock.now() + timedelta(days=2)):%Y-%m-%dT%H:%M}"
    assert "还没有发邀请码" in station.post(f"{proposal}/open", {"closes_at": soon}).content.decode()
    invited(station, proposal)
    for closes in ("2020-01-01T00:00", "9999-12-31T23:59", "", "x"):
        assert station.post(f"{proposal}/open", {"closes_at": closes}).status_code == 400
    assert Proposal.objects.get().opened_at is None


def test_a_withdrawn_proposal_is_voted_on_no_more(station: Client, cast: Cast) -> None:
    proposal, address, codes = running(station)
    assert (
        "请写为什么撤回" in station.post(f"{proposal}/withdraw", {"why": " "}, follow=True).content.decode()
    )
    station.post(f"{proposal}/withdraw", {"why": "规划有变"})
    assert vote(address, codes[0], "yes").status_code == 409
    assert "已撤回：规划有变" in station.get(proposal).content.decode()


def test_who_is_elsewhere_sees_and_changes_nothing(station: Client, cast: Cast) -> None:
    proposal, _address, _codes = running(station)
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    reader = desk(Role.STREET_LEADER, STREET)
    assert reader.get(proposal).status_code == 200
    for act in ("close", "withdraw", "open", "steps", "cases", "decision", "discussions", "done"):
        assert other.post(f"{proposal}/{act}").status_code == 404
        assert reader.post(f"{proposal}/{act}").status_code == 403
    assert reader.get(f"{proposal}/households").status_code == 403
    row = Proposal.objects.get()
    assert (row.withdrawn_at, row.closed_at) == (None, None)


def test_a_station_may_not_run_a_vote_of_the_whole_street(station: Client, cast: Cast) -> None:
    page = station.get("/deliberation/proposals/new").content.decode()
    assert f'value="{STREET}"' not in page
    form = {"key": str(uuid4()), "title": TITLE, "text": "建", "area": STREET, "kind": "1"}
    assert station.post("/deliberation/proposals/new", form).status_code == 400
    assert not Proposal.objects.exists()


def test_a_proposal_from_a_case_names_it(cast: Cast) -> None:
    station = desk(Role.STREET_DISPATCHER, STREET)
    meeting = held(station, cast, area=STREET)
    say(station, meeting, "电动车没地方充电")
    number = re.findall(r'href="/case/([\d-]+)"', station.get(meeting).content.decode())[0]
    form = station.get(f"/deliberation/proposals/new?case={number}").content.decode()
    assert "电动车没地方充电" not in form, "a proposal is public: it begins without a caller's words"
    proposal = proposed(station, query=f"?case={number}", area=STREET)
    assert f'href="/case/{number}"' in station.get(proposal).content.decode()
    for wrong in ("440310-000000001", "x", "990101-999999999"):
        assert station.get(f"/deliberation/proposals/new?case={wrong}").status_code == 404
    assert station.get("/deliberation/proposals/new?meeting=999999").status_code == 404


def test_only_a_district_changes_its_kinds(station: Client, cast: Cast) -> None:
    district = desk(Role.DISTRICT_DISPATCHER)
    new = {
        "do": "decision", "name": "村民会议", "quorum": "1/2", "quorum_over": "on", "majority": "1/2",
        "majority_over": "on", "basis": "村民委员会组织法",
    }  # fmt: skip
    assert station.post("/deliberation/kinds", new).status_code == 403
    assert "已保存" in district.post("/deliberation/kinds", new, follow=True).content.decode()
    page = station.get("/deliberation/kinds").content.decode()
    assert "村民会议" in page
    assert "要有过 1/2的户参与" in page
    for wrong in ({"quorum": "3"}, {"basis": " "}, {"name": "村民会议"}):
        answer = district.post("/deliberation/kinds", {**new, "name": "别的", **wrong})
        assert answer.status_code in {400, 409}
    district.post("/deliberation/kinds", {"do": "meeting", "name": "院落会"})
    assert "院落会" in station.get("/deliberation/kinds").content.decode()
    assert district.post("/deliberation/kinds", {"do": "end", "what": "x", "kind": "1"}).status_code == 404
    assert not Meeting.objects.exists()


def test_public_pages_cost_the_same_however_many_vote(
    station: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    _proposal, address, codes = running(station)
    for code in codes:
        vote(address, code, "yes")
    over()
    close_due(clock.now())
    Client().get(address)
    with django_assert_max_num_queries(9):
        Client().get(address)
    with django_assert_max_num_queries(2):
        Client().get("/consult/")


@pytest.mark.parametrize("address", ["/consult/0", "/consult/999999", "/consult/999999/ballots.json"])
def test_what_is_not_there_is_not_found(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post("/consult/999999/vote", {"code": "x"}).status_code == 404


def test_who_left_a_number_hears_of_the_count_and_of_the_finished_work_once(
    station: Client, cast: Cast
) -> None:
    proposal, address, codes = running(station)
    for phone in ("138 0000 0001", "13800000001", "13800000002"):
        answer = Client().post(f"{address}/follow", {"phone": phone}, follow=True)
        assert "计票和办成时发短信告诉您" in answer.content.decode()
    assert "电话号码不对" in Client().post(f"{address}/follow", {"phone": "12"}, follow=True).content.decode()
    for code in codes:
        vote(address, code, "yes")
    for _ in range(2):
        station.post(f"{proposal}/close")
    told = list(Notice.objects.exclude(caller_id=None).values_list("text", "link"))
    assert len(told) == 2
    assert f"{TITLE}。表决通过。" in told[0][0]
    assert told[0][1] == address
    station.post(f"{proposal}/steps", {"key": str(uuid4()), "title": "施工"})
    station.post(f"{proposal}/steps/{Step.objects.get().id}", {"note": "完成"})
    station.post(f"{proposal}/done")
    assert Notice.objects.filter(text__contains="已经办成").count() == 2
    assert (
        "已经有结果了"
        in Client().post(f"{address}/follow", {"phone": "13800000003"}, follow=True).content.decode()
    )


def test_numbers_are_not_left_by_the_hundred(station: Client, cast: Cast) -> None:
    _proposal, address, _codes = running(station)
    pages = [
        Client().post(f"{address}/follow", {"phone": f"1380000{n:04d}"}, follow=True).content.decode()
        for n in range(21)
    ]
    assert "留得太多了" in pages[-1]
    assert Follower.objects.count() == 20
