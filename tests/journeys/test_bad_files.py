"""Files that are too large or pretend to be photos: refused in words, the text kept, nothing left behind."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huying.access.roles import Role
from huying.cases.models import Appeal, Attachment, Entry
from huying.loop.dispose.models import Message
from tests.journeys.world import World
from tests.photos import jpeg
from tests.web.case.pages import hidden

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "春风路垃圾没人收，臭得很"
REPLY = "您好，接到反映后我们已到现场核实，垃圾已清运，并加派保洁。"


def bomb(side: int) -> bytes:
    """A PNG that says of itself that it is ``side`` pixels wide and high, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def huge() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "JPEG")
    return out.getvalue() + b"\0" * (40 * 2**20)


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "text": ("a.jpg", lambda: "只是文字".encode(), "image/jpeg"),
    "empty": ("a.jpg", lambda: b"", "image/jpeg"),
    "60 megapixels": ("a.png", lambda: bomb(7800), "image/png"),
    "400 megapixels": ("a.png", lambda: bomb(20_000), "image/png"),
    "cut off": ("a.png", lambda: bomb(100), "image/png"),
    "svg": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    "html": ("a.gif", lambda: b"GIF89a<html><script>alert(1)</script>", "image/gif"),
    "program": ("a.jpg", lambda: b"MZ\x90\0" + b"\0" * 500, "image/jpeg"),
    "document": ("a.pdf", lambda: b"%PDF-1.7", "application/pdf"),
    "40 MB": ("a.jpg", huge, "image/jpeg"),
}


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def left(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def upload(name: str) -> list[SimpleUploadedFile]:
    """A good photo, and after it the bad one."""
    called, content, media_type = BAD[name]
    return [jpeg("good.jpg"), SimpleUploadedFile(called, content(), content_type=media_type)]


@pytest.mark.parametrize("name", BAD)
def test_a_resident_is_told_and_loses_no_word(world: World, media: Path, name: str) -> None:
    before = Appeal.objects.count()
    answer = Client().post("/report", {"key": str(uuid4()), "text": TEXT, "photos": upload(name)})
    assert answer.status_code == 400
    assert TEXT in answer.text
    assert 'class="error"' in answer.text or 'role="alert"' in answer.text
    assert "照片" in answer.text
    assert Appeal.objects.count() == before
    # The good one waits under the form for as long as it may be sent again; the bad one lies nowhere.
    waiting = [path for path in left(media) if path.parts[-3] == "waiting"]
    assert left(media) == waiting
    assert len(waiting) <= 1
    assert all(path.read_bytes().startswith(b"\xff\xd8\xff") for path in waiting)


@pytest.mark.parametrize("name", BAD)
def test_a_handler_is_told_and_loses_no_word(world: World, media: Path, name: str) -> None:
    client = world.client(Role.DEPARTMENT_HANDLER)
    way = f"/case/{world.numbers['handling']}/steps/report"
    given = {"result": "清走两车", "reply": REPLY, "solved": "True", "photos": upload(name)}
    before = Entry.objects.count()
    answer = client.post(way, hidden(client.get(way).text) | given)
    assert answer.status_code == 400
    assert "清走两车" in answer.text
    assert REPLY in answer.text
    assert 'role="alert"' in answer.text
    assert (Entry.objects.count(), Attachment.objects.count()) == (before, 0)
    # What was good waits under the form and is named in it; of the bad one nothing lies about.
    assert len(left(media)) <= 1
    for kept in left(media):
        assert kept.parts[-3] == "waiting"
        assert f'name="waiting-photos" value="{kept.name}"' in answer.text


@pytest.mark.parametrize("name", ["text", "400 megapixels", "svg"])
def test_the_conversation_keeps_the_words_beside_a_bad_file(world: World, media: Path, name: str) -> None:
    client = world.client(Role.DEPARTMENT_HANDLER)
    address = f"/case/{world.numbers['handling']}/messages"
    answer = client.post(address, {"key": "k", "text": "配件明天到", "photos": upload(name)})
    assert answer.status_code == 400
    assert "配件明天到</textarea>" in answer.text
    assert not Message.objects.exists()
    assert not left(media)


def test_what_hides_behind_a_photo_is_not_kept(world: World, media: Path) -> None:
    hiding = jpeg("a.jpg").read() + b"<script>alert(1)</script>PK\x03\x04"
    photo = SimpleUploadedFile("a.jpg", hiding, content_type="image/jpeg")
    answer = Client().post("/report", {"key": str(uuid4()), "text": TEXT, "photos": photo})
    assert answer.status_code == 302
    [kept] = left(media)
    assert b"script" not in kept.read_bytes()
