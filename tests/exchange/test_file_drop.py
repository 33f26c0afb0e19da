"""Letters as files: read when they are whole, once, whatever they are written in; ours whole or not at all."""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from openpyxl import load_workbook

from huying.access.actor import system
from huying.cases.models import Case
from huying.exchange.actions.peers import PeerForm, change_peer
from huying.exchange.channels.file_drop.formats import write_file
from huying.exchange.models import Health, Incoming, Outgoing
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.rules.kinds import Connecting, InState
from huying.exchange.tasks.connecting import check
from huying.exchange.tasks.turning import once
from huying.kernel.errors import Invalid
from huying.simulate.city import dialect
from tests.cast import DISTRICT, MONDAY, Cast
from tests.exchange.conftest import follow, set_up
from tests.exchange.sftp_server import Server

pytestmark = pytest.mark.django_db
Orders = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def drop(cast: Cast, tmp_path: Path, settings: Any) -> Path:
    """The folder of the city on this machine."""
    settings.HUYING_EXCHANGE_DIR = tmp_path / "exchange"
    place = tmp_path / "exchange" / "city"
    (place / "in").mkdir(parents=True)
    return place


def dropped(**more: Any) -> OpenPeer:
    return set_up(Connecting.FILE_DROP, {"where": "folder", "path": "city", "settle": 0, "every": 1, **more})


def lay(place: Path, name: str, content: bytes) -> None:
    (place / "in" / name).write_bytes(content)


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.csv", "utf-8-sig"), ("a.csv", "utf-8"), ("a.csv", "gbk"), ("a.xlsx", ""), ("a.xml", ""),
                           ("a.json", "")],
)  # fmt: skip
def test_a_file_of_any_kind_becomes_cases_and_is_marked_done(
    drop: Path, orders: Orders, name: str, encoding: str
) -> None:
    peer = dropped()
    lay(drop, name, write_file(name.rsplit(".", 1)[-1], orders(3), encoding or "utf-8", "letters", "letter"))
    once(peer, MONDAY)
    assert Case.objects.count() == 3
    assert [path.name for path in (drop / "in").iterdir()] == [f"{name}.done"]
    assert "路灯" in Case.objects.order_by("id")[0].title or Case.objects.count() == 3


def test_the_same_file_under_another_name_is_read_once(drop: Path, orders: Orders) -> None:
    peer = dropped()
    content = write_file("csv", orders(2), "gbk", "", "")
    lay(drop, "a.csv", content)
    once(peer, MONDAY)
    lay(drop, "b.csv", content)
    once(peer, MONDAY + timedelta(minutes=1))
    assert Incoming.objects.count() == 2
    assert sorted(path.name for path in (drop / "in").iterdir()) == ["a.csv.done", "b.csv.done"]


def test_a_file_that_is_being_written_is_left_alone(drop: Path, orders: Orders) -> None:
    peer = dropped(settle=3600)
    content = write_file("csv", orders(2), "gbk", "", "")
    lay(drop, "a.csv.tmp", content)
    lay(drop, "b.csv", content[:40])
    once(peer, MONDAY)
    lay(drop, "b.csv", content)
    once(peer, MONDAY + timedelta(minutes=1))
    assert Incoming.objects.count() == 0
    os.utime(drop / "in" / "b.csv", (1, 1))
    once(peer, MONDAY + timedelta(minutes=2))
    assert Case.objects.count() == 2
    assert (drop / "in" / "a.csv.tmp").exists()


def test_where_marks_are_agreed_a_file_waits_for_its_mark(drop: Path, orders: Orders) -> None:
    peer = dropped(ready=".ok")
    lay(drop, "a.csv", write_file("csv", orders(2), "gbk", "", ""))
    once(peer, MONDAY)
    assert Case.objects.count() == 0
    lay(drop, "a.csv.ok", b"")
    once(peer, MONDAY + timedelta(minutes=1))
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"not a workbook"),
        (
            "a.xml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><letters><letter>&a;</letter></letters>',
        ),
        ("a.csv", b"orderNo,orderNo\n1,2\n"),
        ("a.json", b"{"),
        ("a.csv", bytes([0xFF, 0xFF, 0x80])),
    ],
)
def test_a_file_that_is_no_letters_is_kept_for_a_person(drop: Path, name: str, content: bytes) -> None:
    peer = dropped()
    lay(drop, name, content)
    once(peer, MONDAY)
    assert Incoming.objects.get().state == InState.PERSON
    assert [path.name for path in (drop / "in").iterdir()] == [f"{name}.bad"]


def test_our_letters_are_a_file_and_a_receipt_lies_there_for_theirs(drop: Path, orders: Orders) -> None:
    peer = dropped(acknowledge="receipts", ready="", format="csv", encoding="gb18030")
    lay(drop, "a.csv", write_file("csv", orders(2), "gbk", "", ""))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY + timedelta(minutes=1))
    [ours] = (drop / "out").glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(ours.read_text("gb18030"))))
    assert [(row["msgType"], row["orderNo"]) for row in rows] == [
        ("RECEIPT", "SZ000001"),
        ("RECEIPT", "SZ000002"),
    ]
    [receipt] = (drop / "receipts").iterdir()
    assert receipt.read_text("gb18030").splitlines()[1] == "a.csv,SZ000001,ok"
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("kind", ["xlsx", "xml", "json"])
def test_our_letters_in_other_formats(drop: Path, orders: Orders, kind: str) -> None:
    peer = dropped(format=kind)
    lay(drop, "a.csv", write_file("csv", orders(1), "gbk", "", ""))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY + timedelta(minutes=1))
    [ours] = (drop / "out").glob(f"*.{kind}")
    if kind == "xlsx":
        assert zipfile.is_zipfile(ours)
        assert load_workbook(ours).active is not None
    elif kind == "xml":
        assert [one.findtext("orderNo") for one in fromstring(ours.read_text("utf-8"))] == ["SZ000001"]


def test_no_folder_outside_is_reached(drop: Path) -> None:
    peer = dropped(path="../elsewhere")
    once(peer, MONDAY)
    assert "交换目录" in Health.objects.get().ask_error
    form = PeerForm(code="city", name="市12345", connector=Connecting.FILE_DROP, settings={"where": "moon"})
    with pytest.raises(Invalid):
        check(form, dialect.the_map())


@pytest.fixture
def sftp(cast: Cast, tmp_path: Path) -> Iterator[Server]:
    root = tmp_path / "far"
    (root / "hy" / "in").mkdir(parents=True)
    made = Server(root, "huying", dialect.SECRET)
    yield made
    made.close()


def over(server: Server, host_key: str = "") -> OpenPeer:
    return set_up(
        Connecting.FILE_DROP,
        {"where": "sftp", "path": "/hy", "host": "127.0.0.1", "port": server.port, "user": "huying",
         "host_key": host_key or server.host_key, "settle": 0, "every": 1},
    )  # fmt: skip


def test_letters_over_sftp(sftp: Server, orders: Orders) -> None:
    peer = over(sftp)
    lay(sftp.root / "hy", "a.csv", write_file("csv", orders(2), "gbk", "", ""))
    once(peer, MONDAY)
    assert Case.objects.count() == 2
    follow()
    once(peer, MONDAY + timedelta(minutes=1))
    names = [path.name for path in (sftp.root / "hy" / "out").iterdir()]
    assert len(names) == 1
    assert names[0].endswith(".csv")
    assert [path.name for path in (sftp.root / "hy" / "in").iterdir()] == ["a.csv.done"]


def test_a_server_with_another_key_is_given_nothing(sftp: Server, orders: Orders, tmp_path: Path) -> None:
    other = Server(tmp_path, "x", "y")
    other.close()
    peer = over(sftp, other.host_key)
    lay(sftp.root / "hy", "a.csv", write_file("csv", orders(2), "gbk", "", ""))
    once(peer, MONDAY)
    assert Case.objects.count() == 0
    assert Health.objects.get().ask_failures == 1


def test_an_sftp_server_that_goes_away_loses_nothing(sftp: Server, orders: Orders) -> None:
    peer = over(sftp)
    once(peer, MONDAY)
    sftp.close()
    once(peer, MONDAY + timedelta(minutes=1))
    assert Health.objects.get().ask_failures == 1
    again = Server(sftp.root, "huying", dialect.SECRET)
    form = PeerForm(
        code="city", name="市12345", connector=Connecting.FILE_DROP,
        settings={**dict(peer.settings), "port": again.port, "host_key": again.host_key},
    )  # fmt: skip
    # A password is handed over: whoever leads it to another server must know it.
    with pytest.raises(Invalid) as lost:
        change_peer(system(DISTRICT), form, MONDAY)
    assert set(lost.value.fields) == {"secret"}
    change_peer(system(DISTRICT), replace(form, secret=dialect.SECRET), MONDAY)
    lay(sftp.root / "hy", "a.csv", write_file("csv", orders(2), "gbk", "", ""))
    moved = open_peer(DISTRICT, "city")
    assert moved is not None
    once(moved, MONDAY + timedelta(minutes=2))
    assert Case.objects.count() == 2
    again.close()
