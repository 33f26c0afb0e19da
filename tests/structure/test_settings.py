"""Every choice is documented, in both languages, and the documentation is what the table says."""

from huying.site.configuration.choices import TABLE
from huying.site.documents.settings import page
from tests.structure.tree import ROOT


def test_the_page_of_settings_is_up_to_date() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == page(), "python -m huying.site.documents.settings > docs/settings.md"


def test_every_setting_speaks_both_languages_and_can_hold_its_default() -> None:
    for setting in TABLE:
        assert setting.zh
        assert setting.en
        setting.read(setting.default)


def test_names_are_unique() -> None:
    names = [setting.name for setting in TABLE]
    assert len(set(names)) == len(names)
