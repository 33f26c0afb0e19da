"""视频看见的火：志愿者和微型消防站先到，消防车来时明火已灭。The fire seen on video, put out before the brigade."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.stories.narrator import Story
from tests.stories.people import Resident, picture
from tests.stories.reading import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
# name, kind, telephone, skills, how far east of the door in degrees
_READY = (
    ("老粮库微型消防站", "微型消防站", "13812349001", ("灭火",), 0.0012),
    ("曹志强", "志愿者", "13812349002", ("灭火", "疏散"), 0.0021),
    ("方小玲", "志愿者", "13812349003", ("疏散",), 0.0030),
    ("罗师傅", "志愿者", "13812349004", ("灭火",), 0.0150),
)


def test_neighbours_put_the_fire_out_before_the_brigade(story: Callable[[str], Story]) -> None:
    town = story("2026-03-03 09:00")
    _registered(town)
    town.at("2026-03-03 21:14")
    card = _alarm(town)
    assert [row["metres"] for row in card["alerted"]] == sorted(row["metres"] for row in card["alerted"])
    assert len(card["alerted"]) == 3, "who lives a mile away is not woken by the first ring"
    again = _alarm(town)
    assert again["id"] == card["id"], "the camera says it twice"
    number = card["id"]

    town.settle()
    station, neighbour, third = (_called(town, name, phone) for name, _k, phone, _s, _far in _READY[:3])
    assert "老粮库宿舍二单元门厅" in station.opens(station.receipt)
    town.picture("fire-called", station, station.receipt)
    town.later(seconds=35)
    _presses(station, "我能去")
    town.later(seconds=20)
    _presses(neighbour, "我能去")
    seat = town.officer("周小芳")
    seat.sends(seat.opens(f"/emergency/{number}").form("我来指挥"), f"/emergency/{number}")
    _hands_over(town, number, "119", "火警-0303-88", "电动车充电起火，楼道有烟")
    town.later(minutes=2)
    _presses(station, "已到场")
    page = seat.opens(f"/emergency/{number}")
    assert "已到场" in page.part("老粮库微型消防站", ("li",))
    _writes(town, number, "灭火器和消防栓一起上，二楼三户已下来，没有人受伤")
    town.picture("fire-card", seat, f"/emergency/{number}", size="desk")
    town.later(minutes=3)
    _presses(neighbour, "已到场")
    _presses(third, "去不了")
    form = seat.opens(f"/emergency/{number}").form(action=f"/emergency/{number}/over")
    done = seat.sends(
        form.fill("words", "21:20 明火扑灭，21:24 消防车到场复查，无人受伤"), f"/emergency/{number}"
    )
    assert "已解除" in done
    assert "不用" in town.messages_to(_READY[1][2])[-1]

    review = seat.opens(f"/emergency/{number}/review")
    assert "火警-0303-88" in review
    assert "0:35" in review.part("老粮库微型消防站", ("tr",)) or "35 秒" in review.part(
        "老粮库微型消防站", ("tr",)
    )
    lessons = review.form("保存").fill("lessons", "楼道充电没有人管，灭火器够用")
    lessons.fill("measures", "住建局 3 月 20 日前在院内装充电棚；社区每周查一次楼道")
    assert "社区每周查一次楼道" in seat.sends(lessons, review.address)
    town.picture("fire-review", seat, f"/emergency/{number}/review", size="desk")
    told = town.officer("陈建国").case(card["case"])
    assert all(word in told for word in ("火情", "119", "明火扑灭")), "the case tells what happened"


def _registered(town: Story) -> None:
    """The station writes down who can help, each with telephone, skills and where they are."""
    clerk, (lon, lat) = town.officer("梁慧芳"), town.town.spots["老粮库宿舍"]
    for name, kind, phone, skills, far in _READY:
        form = clerk.opens("/emergency/responders/new").form("保存")
        form.fill("kind", kind).fill("name", name).fill("phone", phone).fill("skills", list(skills))
        form.fill("lon", f"{lon + far:.5f}").fill("lat", f"{lat:.5f}").fill("place", "老粮库宿舍附近")
        page = clerk.sends(form, "/emergency/responders/new")
        assert name in page.title, page.text[:800]


def _alarm(town: Story) -> dict[str, object]:
    """What the camera's system says over the interface, with its key."""
    lon, lat = town.town.spots["老粮库宿舍"]
    said = {
        "kind": "fire", "device": "CAM-LLK-02", "key": "smoke-20260303-2114", "words": "门厅起烟，有明火",
        "place_text": "老粮库宿舍二单元门厅", "lon": lon, "lat": lat, "datum": "cgcs2000",
    }  # fmt: skip
    answer = Client().post(
        "/api/v1/emergencies", said, content_type="application/json",
        headers={"Authorization": f"Bearer {town.town.camera}"},
    )  # fmt: skip
    assert answer.status_code in {200, 201}, answer.content.decode()
    told: dict[str, object] = answer.json()
    return told


def _called(town: Story, name: str, phone: str) -> Resident:
    """Somebody with the link that came to their telephone."""
    words = town.messages_to(phone)[-1]
    found = re.search(r"/respond/\S+", words)
    assert found, words
    person = town.resident(name, phone)
    person.receipt = found[0]
    return person


def _presses(person: Resident, words: str) -> Page:
    form = person.opens(person.receipt).form(words)
    button = next(node for node in form.node.all("button") if node.text == words)
    return person.sends(form, person.receipt, (button.given["name"], button.given["value"]))


def _hands_over(town: Story, number: object, line: str, reference: str, words: str) -> None:
    seat, here = town.officer("周小芳"), f"/emergency/{number}"
    form = seat.opens(here).form(action=f"{here}/outside")
    form.fill("line", line).fill("reference", reference).fill("words", words)
    assert reference in seat.sends(form, here)


def _writes(town: Story, number: object, words: str) -> None:
    seat, here = town.officer("周小芳"), f"/emergency/{number}"
    form = seat.opens(here).form(action=f"{here}/notes").fill("words", words)
    assert words in seat.sends(form, here, photos=[picture(mended=True)])
