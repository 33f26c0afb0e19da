"""Photos that come before their report: once each, for who knows the form's key, gone after a day."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huying.cases.models import Appeal, Attachment
from huying.kernel import clock
from huying.web.citizen.writing import photos
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "春风路垃圾没人收，臭得很"


@pytest.fixture(autouse=True)
def store(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def _picture(shade: int = 0) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (shade * 30, 90, 80)).save(made, "JPEG")
    return SimpleUploadedFile("a.jpg", made.getvalue(), content_type="image/jpeg")


def _up(key: UUID, shade: int = 0) -> Any:
    return Client().post(f"/report/photos/{key}", {"photo": _picture(shade)})


def _sent(key: UUID, **given: Any) -> Any:
    return Client().post("/report", {"key": str(key), "text": TEXT, **given})


def test_a_photo_sent_twice_waits_once_and_is_shown_under_its_key_alone() -> None:
    key = uuid4()
    first, again = _up(key).json(), _up(key).json()
    assert first == again
    assert [one["name"] for one in Client().get(f"/report/photos/{key}").json()["photos"]] == [first["name"]]
    assert Client().get(first["src"])["Content-Type"] == "image/jpeg"
    assert Client().get(f"/report/photos/{uuid4()}/{first['name']}").status_code == 404
    assert Client().get(f"/report/photos/{uuid4()}").json() == {"photos": []}


def test_what_waited_goes_with_its_report_once_and_waits_no_more(store: Path) -> None:
    key = uuid4()
    name = _up(key).json()["name"]
    assert _sent(key, waiting=[name], photos=[_picture()]).status_code == 302
    assert Attachment.objects.filter(appeal_id=Appeal.objects.get().id).count() == 1
    assert not (store / "waiting" / str(key)).exists()
    assert _sent(key, waiting=[name]).status_code == 302
    assert Appeal.objects.count() == 1


def test_what_had_not_arrived_comes_with_the_form() -> None:
    key = uuid4()
    name = _up(key, 1).json()["name"]
    _sent(key, waiting=[name], photos=[_picture(2)])
    assert Attachment.objects.count() == 2


def test_nobody_takes_the_photos_of_another_form() -> None:
    name = _up(uuid4()).json()["name"]
    _sent(uuid4(), waiting=[name, "../../etc/passwd"])
    assert Appeal.objects.count() == 1
    assert not Attachment.objects.exists()


def test_seven_are_too_many_however_they_come() -> None:
    key = uuid4()
    names = [_up(key, shade).json()["name"] for shade in range(6)]
    seventh = _up(key, 6)
    assert seventh.status_code == 400
    assert "最多 6 张" in seventh.json()["message"]
    answer = _sent(key, waiting=names, photos=[_picture(7)])
    assert "最多 6 张" in answer.text
    assert not Appeal.objects.exists()


def test_what_is_no_photo_is_refused_in_words(store: Path) -> None:
    fake = SimpleUploadedFile("a.jpg", b"%PDF-1.7", content_type="image/jpeg")
    answer = Client().post(f"/report/photos/{uuid4()}", {"photo": fake})
    assert answer.status_code == 400
    assert "不是照片" in answer.json()["message"]
    assert Client().post(f"/report/photos/{uuid4()}").status_code == 400


def test_a_form_that_comes_back_still_has_its_photos() -> None:
    key = uuid4()
    answer = _sent(key, photos=[_picture()], phone="12")
    assert answer.status_code == 400
    name = photos.waiting(key)[0]
    assert f'name="waiting" value="{name}"' in answer.text
    assert _sent(key, waiting=[name]).status_code == 302
    assert Attachment.objects.count() == 1


def test_one_taken_away_is_gone() -> None:
    key = uuid4()
    shown = _up(key).json()
    assert Client().delete(shown["src"]).status_code == 204
    assert photos.waiting(key) == []
    assert Client().delete(shown["src"]).status_code == 204


def test_what_nobody_sends_is_gone_after_a_day(store: Path) -> None:
    old, fresh = uuid4(), uuid4()
    _up(old)
    _up(fresh)
    yesterday = (clock.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(store / "waiting" / str(old), (yesterday, yesterday))
    assert photos.clear_old(clock.now()) == 1
    assert photos.waiting(old) == []
    assert len(photos.waiting(fresh)) == 1


def test_who_sends_without_end_is_not_taken_any_more(monkeypatch: Any) -> None:
    cache.clear()
    monkeypatch.setattr("huying.web.citizen.writing.views._MOST_PHOTOS_SENT", 1)
    key = uuid4()
    assert [_up(key).status_code, _up(key).status_code] == [201, 429]
