from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from huying.kernel import numbers
from huying.web.citizen.forms import FindForm, ReportForm, new_report


def _form(photos=(), **given: object) -> ReportForm:
    values = {"key": str(uuid4()), "text": "北门井盖没了", **given}
    return ReportForm(values, MultiValueDict({"photos": list(photos)}))


def test_text_alone_is_enough() -> None:
    form = _form()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["photos"] == []
    assert form.cleaned_data["phone"] == ""


def test_two_fresh_forms_have_different_keys() -> None:
    assert new_report().initial["key"] != new_report().initial["key"]


def test_a_phone_is_kept_in_its_normal_form() -> None:
    form = _form(phone="+86 138-0000-1234")
    assert form.is_valid()
    assert form.cleaned_data["phone"] == "13800001234"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "", "一句话也行"),
        ("text", "井盖", "再多写几个字"),
        ("phone", "123", "电话号码不对"),
        ("lon", "181", "180"),
    ],
)
def test_what_is_wrong_says_what_to_do(field: str, value: str, says: str) -> None:
    form = _form(**{field: value})
    assert says in str(form.errors[field])


def _photo(name: str = "a.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x", content_type=kind)


def test_several_photos_come_in_together() -> None:
    form = _form([_photo("a.jpg"), _photo("b.jpg")])
    assert form.is_valid(), form.errors
    assert [photo.name for photo in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]


def test_a_seventh_photo_and_a_document_are_refused() -> None:
    assert "最多 6 张" in str(_form([_photo()] * 7).errors["photos"])
    assert "不是照片" in str(_form([_photo("a.pdf", "application/pdf")]).errors["photos"])


def test_a_receipt_may_be_typed_with_dashes_and_a_slip_is_told() -> None:
    number = numbers.receipt()
    assert FindForm({"receipt": numbers.shown(number)}).is_valid()
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "回执号有误" in str(FindForm({"receipt": slip}).errors["receipt"])
