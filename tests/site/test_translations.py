import re

import pytest
from babel.messages.mofile import read_mo

from huying.site import translations

_PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """What the code says, read once."""
    return translations.msgids()


def test_every_msgid_has_an_english_text() -> None:
    missing = [entry.id for entry in translations.catalogue() if entry.id and not entry.string]
    assert missing == [], "write the English into web/locale/en, then run `extract` again"


def test_the_catalogue_holds_what_the_code_says_and_nothing_else(found: dict[str, list[str]]) -> None:
    assert {entry.id for entry in translations.catalogue() if entry.id} == set(found)


def test_english_keeps_every_placeholder_and_no_chinese() -> None:
    for entry in translations.catalogue():
        if entry.id:
            assert set(_PLACES.findall(entry.string)) == set(_PLACES.findall(entry.id)), entry.id
            assert not re.search(r"[\u3400-\u9fff]", entry.string), entry.string


def test_no_english_text_says_the_same_twice_over() -> None:
    texts = [entry.string for entry in translations.catalogue() if entry.id]
    assert [text for text in texts if re.fullmatch(r"(.{20,}?)\1+", text, re.DOTALL)] == []


def test_templates_enumerations_and_errors_are_all_read(found: dict[str, list[str]]) -> None:
    assert "web/templates/citizen/home.html" in found["我要反映"]
    assert "cases/lifecycle/verbs.py" in found["签收"]
    assert "kernel/errors.py" in found["您的岗位没有这项权限。"]


def test_what_is_compiled_can_be_read_back(tmp_path, monkeypatch) -> None:
    source = translations.CATALOGUE.read_bytes()
    copy = tmp_path / "django.po"
    copy.write_bytes(source)
    monkeypatch.setattr(translations, "CATALOGUE", copy)
    with translations.compile_catalogue().open("rb") as file:
        assert read_mo(file).get("签收").string == "Sign for"
