"""Pictures with letters, both ways: theirs to our case, cleaned and never in the way of an order; ours to their door."""

import base64
import io
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from huying.cases.actions import advance, store_photo
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Attachment, Case, Statement
from huying.exchange.models import Incoming
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import Connecting
from huying.exchange.rules.pictures import Picture, must_be_theirs, pictures_in
from huying.exchange.tasks.turning import once
from huying.kernel.errors import Invalid
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.exchange.conftest import address, follow, set_up
from tests.exchange.test_pages import desk as desk

Orders = Callable[..., list[dict[str, Any]]]
REPLY = "路灯已于当日修复并点亮，已列入每周巡查，感谢您的反映与监督。"


def picture(colour: str, *, where: bool = False) -> bytes:
    """A JPEG of one colour; ``where``: one that says at which place it was taken."""
    told = Image.Exif()
    if where:
        told.get_ifd(0x8825)[1] = "N"
        told[0x010F] = "a maker"
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG", exif=told)
    return buffer.getvalue()


def written(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_pictures_are_found_in_every_form_they_are_written_in() -> None:
    assert pictures_in("aGk=") == [Picture(base64="aGk=")]
    assert pictures_in("data:image/png;base64,aGk=") == [Picture(base64="aGk=")]
    two = [Picture(url="https://a.cn/1.jpg"), Picture(url="https://a.cn/2.jpg")]
    assert pictures_in("https://a.cn/1.jpg; https://a.cn/2.jpg") == two
    assert pictures_in(["https://a.cn/1.jpg", {"url": "https://a.cn/2.jpg"}]) == two
    assert pictures_in([{"name": "a", "content": "aGk="}]) == [Picture(base64="aGk=")]
    assert pictures_in(None) == pictures_in("") == pictures_in([{}, 7]) == []
    with pytest.raises(Invalid):
        Picture(base64="不是").content()


@pytest.mark.parametrize(
    "url",
    ["https://other.cn/1.jpg", "https://city.cn.other.cn/1.jpg", "https://city.cn@other.cn/1", "file:///etc"],
)
def test_only_their_own_host_is_asked(url: str) -> None:
    must_be_theirs("https://city.cn/1.jpg", "https://city.cn/api")
    with pytest.raises(Invalid):
        must_be_theirs(url, "https://city.cn/api")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HUYING_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    return tmp_path / "media"


def notes() -> list[str]:
    return list(Statement.objects.filter(name="note").order_by("seq").values_list("text", flat=True))


@pytest.mark.django_db
def test_what_is_written_into_the_letter_is_the_appeals_own_and_says_no_place(
    city: City, peer: OpenPeer, orders: Orders, media: Path
) -> None:
    city.holding.send([{**orders(1)[0], "pictures": [{"content": written(picture("red", where=True))}]}])
    once(peer, MONDAY)
    once(peer, MONDAY + timedelta(minutes=1))
    row = Attachment.objects.get()
    assert (row.appeal_id, row.stage) == (Appeal.objects.get().id, "appeal")
    assert not Image.open(media / row.path).getexif()
    assert notes() == []
    assert (Incoming.objects.get().pictures_at, Incoming.objects.get().pictures_error) == (None, "")


@pytest.mark.django_db
def test_what_lies_at_their_host_is_put_to_the_case(
    city: City, peer: OpenPeer, orders: Orders, media: Path
) -> None:
    city.pictures["a.jpg"] = picture("blue", where=True)
    city.holding.send([{**orders(1)[0], "pictures": f"{address(city)}/pictures/a.jpg"}])
    once(peer, MONDAY)
    row = Attachment.objects.get()
    assert row.case_id == Case.objects.get().id
    assert not Image.open(media / row.path).getexif()
    assert notes() == ["市12345来信的照片（1 张）。"]


@pytest.mark.django_db
def test_a_picture_that_cannot_be_had_stops_no_order_and_is_told(
    desk: Client, city: City, peer: OpenPeer, orders: Orders, media: Path
) -> None:
    here = address(city)
    city.pictures["a.jpg"] = picture("blue")
    city.pictures["text.jpg"] = b"no picture at all"
    given = [
        "http://127.0.0.2:1/x.jpg", f"{here}/pictures/none.jpg", f"{here}/pictures/text.jpg", "%%%",
        f"{here}/pictures/a.jpg", written(picture("red")), written(picture("green")),
    ]  # fmt: skip
    city.holding.send([{**orders(1)[0], "pictures": given}])
    once(peer, MONDAY)
    row = Incoming.objects.get()
    assert row.state == "taken"
    assert Attachment.objects.count() == 2
    (note,) = notes()
    for told in (
        "（1 张）",
        "有 5 张照片没有收到",
        "第 1 张不在对方自己的主机上",
        "第 2 张对方答 404",
        "第 7 张一封信最多收 6 张",
    ):
        assert told in note
    page = desk.get(f"/admin/exchange/letters/in/{row.id}").content.decode()
    assert "第 2 张对方答 404" in page
    assert written(picture("red")) not in page
    assert "（7 张照片）" in page


@pytest.mark.django_db
def test_a_host_that_is_away_is_asked_again_and_given_up_once(
    city: City, peer: OpenPeer, orders: Orders, media: Path
) -> None:
    city.pictures |= {"a.jpg": picture("blue")}
    city.holding.send([{**orders(1)[0], "pictures": f"{address(city)}/pictures/a.jpg"}])
    once(peer, MONDAY, most=2)
    assert Case.objects.count() == 1
    Attachment.objects.all().delete()
    Incoming.objects.update(pictures_at=MONDAY, picture_tries=0)
    city.moods.set({"error": 1.0})
    for hours in range(5):
        once(peer, MONDAY + timedelta(hours=hours, minutes=30), most=2)
    assert not Attachment.objects.exists()
    assert Incoming.objects.get().pictures_at is None
    assert [text for text in notes() if "没有收到" in text] == [
        "市12345来信有 1 张照片没有收到：第 1 张对方答 500。"
    ]


@pytest.mark.django_db
def test_an_inner_network_that_nobody_named_is_not_asked(
    city: City, peer: OpenPeer, orders: Orders, media: Path, settings: Any
) -> None:
    settings.HUYING_WEBHOOK_NETWORKS = ()
    city.pictures["a.jpg"] = picture("blue")
    city.holding.send([{**orders(1)[0], "pictures": f"{address(city)}/pictures/a.jpg"}])
    once(peer, MONDAY)
    assert Case.objects.count() == 1
    assert not Attachment.objects.exists()
    assert "内部或保留的网络地址" in Incoming.objects.get().pictures_error


@pytest.mark.django_db
def test_an_order_that_comes_again_brings_only_new_pictures(
    city: City, peer: OpenPeer, orders: Orders, media: Path
) -> None:
    order, red, green = orders(1)[0], written(picture("red")), written(picture("green"))
    city.holding.send([{**order, "pictures": [red]}])
    once(peer, MONDAY)
    city.holding.send([{**order, "pictures": [red, green]}])
    once(peer, MONDAY + timedelta(minutes=1))
    assert Case.objects.count() == 1
    assert Attachment.objects.count() == 2
    assert notes() == ["市12345来信的照片（1 张）。"]


@pytest.mark.django_db
@pytest.mark.parametrize("files", ["base64", "multipart", "none"])
def test_pictures_of_a_reply_go_out(cast: Cast, city: City, orders: Orders, media: Path, files: str) -> None:
    peer = set_up(Connecting.REST_PULL, dialect.settings(address(city), files=files))
    city.holding.send(orders(1))
    once(peer, MONDAY)
    ref = (DISTRICT, Case.objects.get().id)
    before, after = (store_photo(DISTRICT, picture(colour)) for colour in ("black", "white"))
    steps: list[tuple[Verb, Any, Outcome | None, dict[str, Any]]] = [
        (Verb.FILE, cast.district_dispatcher, None, {"item": "X1", "area": GRID}),
        (Verb.DISPATCH, cast.district_dispatcher, None, {"body": cast.urban}),
        (Verb.SIGN, cast.handler, None, {}),
        (Verb.REPORT, cast.handler, None, {
            "result": "已修", "reply": REPLY, "solved": True, "photos_before": [before], "photos": [after],
        }),
        (Verb.CHECK, cast.district_dispatcher, Outcome.PASSED, {}),
    ]  # fmt: skip
    for minutes, (verb, by, outcome, facts) in enumerate(steps, 1):
        advance(ref, verb, by=by, now=MONDAY + timedelta(minutes=minutes), outcome=outcome, **facts)
    follow()
    once(peer, MONDAY + timedelta(hours=1))
    (reply,) = [one for one in city.holding.told["SZ000001"] if one["msgType"] == "REPLY"]
    # What the place looked like before is not for outside: only what was done.
    sent = [base64.b64decode(one["content"]) for one in reply.get("files", ())]
    assert sent == ([] if files == "none" else [(media / after.path).read_bytes()])
    others = [one for one in city.holding.told["SZ000001"] if one["msgType"] != "REPLY"]
    assert not any("files" in one for one in others)
