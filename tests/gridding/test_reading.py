"""Buildings, estates and shops out of files, whatever the columns are called."""

import json

import pytest

from huying.geo.datums import Datum, convert
from huying.gridding.rules.kinds import SiteKind
from huying.gridding.rules.reading import read_sites
from huying.kernel.errors import Invalid

TABLE = """编号,类型,名称,小区,经度,纬度,户数,人数,商铺数
B1,楼栋,1栋,花园,114.001,22.001,34,80,
B2,楼栋,2栋,花园,114.002,22.001,36,,2
S1,商铺,便利店,,114.003,22.002,,,
,楼栋,老屋,,114.004,22.003,,,
B3,楼栋,坏的,,东经,22.0,1,1,
B4,楼栋,多的,,114.0,22.0,-3,1,
"""


def test_a_table_becomes_sites_and_what_is_wrong_is_named_by_its_line() -> None:
    found, problems = read_sites(TABLE.encode(), Datum.CGCS2000)
    told = [
        (one.kind, one.name, one.estate, one.homes, one.people, one.buildings, one.shops) for one in found
    ]
    assert told == [
        (SiteKind.BUILDING, "1栋", "花园", 34, 80, 1, 0),
        (SiteKind.BUILDING, "2栋", "花园", 36, 0, 1, 2),
        (SiteKind.SHOP, "便利店", "", 0, 0, 0, 1),
        (SiteKind.BUILDING, "老屋", "", 0, 0, 1, 0),
    ]
    assert [line.split("：")[0] for line in problems] == ["第 6 行", "第 7 行"]
    assert len({one.id for one in found}) == 4


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert read_sites(TABLE.encode(encoding), Datum.CGCS2000)[0][0].estate == "花园"


def test_positions_come_from_their_datum() -> None:
    found, _ = read_sites(b"lon,lat,homes\n114.1,22.5,3", Datum.GCJ02)
    assert (found[0].lon, found[0].lat) == pytest.approx(convert(114.1, 22.5, Datum.GCJ02))


def test_a_polygon_is_an_estate_with_its_outline() -> None:
    ring = [[114.0, 22.0], [114.01, 22.0], [114.01, 22.01], [114.0, 22.01], [114.0, 22.0]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": "花园"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        },
        {
            "type": "Feature",
            "properties": {"小区": "花园", "户数": 20},
            "geometry": {"type": "Point", "coordinates": ring[0]},
        },
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": ring}},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
    ]
    found, problems = read_sites(
        json.dumps({"type": "FeatureCollection", "features": features}).encode(), Datum.CGCS2000
    )
    assert [(one.kind, one.estate, one.homes, one.outline is not None) for one in found] == [
        (SiteKind.ESTATE, "花园", 0, True), (SiteKind.BUILDING, "花园", 20, False),
    ]  # fmt: skip
    assert [line.split("：")[0] for line in problems] == ["第 3 个要素", "第 4 个要素"]


@pytest.mark.parametrize("content", [b"", b"name\nx", b"{]", b"lon,lat\n", b"lon,lat\nx,y", b"[]"])
def test_what_gives_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_sites(content, Datum.CGCS2000)


def test_the_same_row_again_is_the_same_site() -> None:
    one, other = (read_sites(TABLE.encode(), Datum.CGCS2000)[0] for _ in range(2))
    assert [site.id for site in one] == [site.id for site in other]
