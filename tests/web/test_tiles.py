"""Online tiles by setting: what may be asked, and how it is said in the policy of the pages."""

import pytest
from django.test import Client, override_settings

from huying.site.configuration.choices import TABLE
from huying.site.configuration.tiles import origins_of
from tests.cast import Cast

SKY = "https://t{s}.tianditu.gov.cn/vec_w/wmts?tk=KEY&x={x}&y={y}&l={z}"
NAMES = SKY.replace("vec_w", "cva_w")
OTHER = "https://tiles.example.cn:8443/{z}/{x}/{y}.png"


def test_a_policy_names_each_host_once_with_whole_labels() -> None:
    assert origins_of([SKY, NAMES, OTHER]) == ["https://*.tianditu.gov.cn", "https://tiles.example.cn:8443"]
    assert origins_of([]) == []


@pytest.mark.parametrize(
    "wrong", ["tiles.example.cn/{z}/{x}/{y}", "https://tiles.example.cn/{z}/{x}", "ftp://a/{z}{x}{y}"]
)
def test_an_address_that_cannot_be_filled_in_is_refused(wrong: str) -> None:
    setting = next(one for one in TABLE if one.name == "TILES")
    assert setting.read(f"{SKY} {NAMES}") == [SKY, NAMES]
    with pytest.raises(ValueError, match="https://host"):
        setting.read(wrong)


@pytest.mark.database
@pytest.mark.django_db
def test_pages_speak_of_tiles_only_where_they_are_set(cast: Cast) -> None:
    assert "huying:tiles" not in Client().get("/report").text
    with override_settings(
        HUYING_TILES=[OTHER], HUYING_TILES_DATUM="gcj02", HUYING_TILES_CREDIT="某图 GS(2026)1号"
    ):
        page = Client().get("/report").text
    assert (
        f'<meta name="huying:tiles" content="{OTHER}" data-datum="gcj02" data-credit="某图 GS(2026)1号">'
        in page
    )
