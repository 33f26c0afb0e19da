"""What an import means: codes, parents, changes, repetitions, and what cannot be used."""

from huying.geo.datums import Datum, convert
from huying.geo.shapes import read_features, to_geojson
from huying.places.rules.book import AreaBook
from huying.places.rules.digests import area_digest, place_id
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from huying.places.rules.planning import plan
from huying.places.rules.sources import drafts_of, of_district
from tests.places.conftest import areas, box

EMPTY = AreaBook(990101, "云河区", [])


def standing():
    return {
        area.code: area_digest(
            area.name, area.parent_code, to_geojson(area.outline) if area.outline else None
        )
        for area in areas()
    }


def test_codes_are_given_by_number_and_parents_found_by_position():
    drafts = [
        AreaDraft("第一网格", Level.GRID, box(0.1, 0.1, 0.2, 0.2)),
        AreaDraft("柳湾社区", Level.COMMUNITY, box(0, 0.5, 1, 0.5)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("云河区", Level.DISTRICT, box(0, 0, 2, 1)),
    ]
    made = plan(EMPTY, {}, set(), drafts)
    assert [v.area.code for v in made.versions] == [
        "990101",
        "990101001",
        "990101001001",
        "990101001002",
        "990101001002001",
    ]
    assert [v.area.parent_code for v in made.versions] == [
        "",
        "990101",
        "990101001",
        "990101001",
        "990101001002",
    ]
    assert made.report.problems == []


def test_the_same_again_changes_nothing(book):
    drafts = [AreaDraft(area.name, area.level, area.outline, area.code) for area in areas()]
    made = plan(book, standing(), set(standing()), drafts)
    assert made.versions == []
    assert made.report.unchanged == len(drafts)
    assert not made.report.touched


def test_an_area_without_a_code_is_known_by_its_name_in_any_spelling(book):
    moved = AreaDraft("青石", Level.STREET, box(0, 0, 0.9, 1))
    made = plan(book, standing(), set(standing()), [moved])
    (version,) = made.versions
    assert (version.area.code, version.replaces) == ("990101001", True)
    assert made.report.changed == ["990101001 青石"]


def test_a_retired_code_is_never_given_again(book):
    used = {*standing(), "990101003"}
    made = plan(book, standing(), used, [AreaDraft("新街道", Level.STREET, box(2, 0, 1, 1))])
    assert made.versions[0].area.code == "990101004"


def test_retiring_touches_only_the_levels_of_the_file(book):
    keep = AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1), "990101001")
    made = plan(book, standing(), set(standing()), [keep], retire_missing=True)
    assert made.ended == ["990101002"]


def test_what_cannot_be_used_is_named_and_the_rest_is_kept(book):
    drafts = [
        AreaDraft("远村社区", Level.COMMUNITY, box(50, 0, 1, 1)),
        AreaDraft("别区街道", Level.STREET, box(0, 0, 1, 1), "440310001"),
        AreaDraft("  ", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("无边社区", Level.COMMUNITY),
        AreaDraft("新岸社区", Level.COMMUNITY, box(1.2, 0.2, 0.1, 0.1)),
    ]
    made = plan(book, standing(), set(standing()), drafts)
    assert [v.area.code for v in made.versions] == ["990101002003"]
    assert len(made.report.problems) == 4
    assert [text.split("：")[0] for text in sorted(made.report.problems)] == sorted(
        ["远村社区", "别区街道", "（无名称）", "无边社区"]
    )


def test_one_code_twice_in_a_file_is_a_problem():
    draft = AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1), "990101001")
    made = plan(EMPTY, {}, set(), [draft, draft])
    assert len(made.versions) == 1
    assert "重复" in made.report.problems[0]


def test_of_a_citys_file_only_the_districts_own_features_are_taken():
    text = """[
      {"properties": {"NAME": "青石", "DISTRICT": "云河区", "BLOCK_ID": 7},
       "geometry": {"type": "Polygon", "coordinates": [[[114,22],[114.02,22],[114.02,22.02],[114,22]]]}},
      {"properties": {"NAME": "云河", "DISTRICT": "他区"},
       "geometry": {"type": "Polygon", "coordinates": [[[115,22],[115.02,22],[115.02,22.02],[115,22]]]}},
      {"properties": {"DISTRICT": "云河"},
       "geometry": {"type": "Point", "coordinates": [114, 22]}}
    ]"""
    features, others = of_district(read_features(text), Level.STREET, "云河区")
    assert (len(features), others) == (2, 1)
    drafts, problems = drafts_of(features, Level.STREET, Datum.GCJ02, "990101")
    assert [(draft.name, draft.code) for draft in drafts] == [("青石", "")]
    assert drafts[0].outline.exterior.coords[0] == convert(114, 22, Datum.GCJ02)
    assert problems == ["第 3 个要素：这个图形没有围成区域。"]


def test_a_property_is_a_code_only_with_the_levels_digits_and_the_districts_prefix():
    shape = '{"type": "Polygon", "coordinates": [[[114,22],[114.02,22],[114.02,22.02],[114,22]]]}'
    for written, code in (("990101007", "990101007"), ("440310007", ""), ("99010100", ""), ("7", "")):
        feature = (
            f'{{"type": "Feature", "properties": {{"名称": "甲", "Code": "{written}"}}, "geometry": {shape}}}'
        )
        drafts, _ = drafts_of(read_features(feature), Level.STREET, Datum.WGS84, "990101")
        assert drafts[0].code == code


def test_a_place_keeps_its_number_and_two_branches_of_a_bank_are_two():
    one = place_id("poi", "工商银行", 114.0, 22.0)
    assert one == place_id("poi", " 工商银行", 114.000001, 22.0)
    assert one != place_id("poi", "工商银行", 114.01, 22.0)
    assert place_id("poi", "旧名", 114.0, 22.0, "k1") == place_id("poi", "新名", 115.0, 22.0, "k1")
    assert 0 < one < 2**63
