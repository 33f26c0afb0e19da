"""Reading addresses: names, numbers, crossings, displacements, slips, and what stays unsure."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.measure import distance
from huying.places.rules.book import AreaBook
from huying.places.rules.levels import PlaceKind
from huying.places.rules.reading.gazetteer import Named, PlaceRow, WordBook
from huying.places.rules.reading.reader import Reader
from huying.places.rules.reading.slips import slip_at
from tests.places.conftest import SIDE, SOUTH, WEST, areas


def at(x, y):
    return WEST + x * SIDE, SOUTH + y * SIDE


def place(name, kind, x, y, aliases=(), address="", way=None):
    course = shapely.LineString([at(*point) for point in way]) if way else None
    return PlaceRow(name, tuple(aliases), kind, *at(x, y), "", address, course)


PLACES = [
    place("渡口路", PlaceKind.ROAD, 1, 0.2, way=[(0, 0.2), (2, 0.2)]),
    place("中山大道", PlaceKind.ROAD, 0.4, 0.5, aliases=["中山路"], way=[(0.4, 0), (0.4, 1)]),
    place("创业一路", PlaceKind.ROAD, 1.5, 0.8),
    place("老李面馆", PlaceKind.POI, 0.5, 0.2, address="渡口路10号"),
    place("王记饭店", PlaceKind.POI, 0.7, 0.2, address="青石街道渡口路30号"),
    place("金色年华花园", PlaceKind.ESTATE, 1.3, 0.3, aliases=["金色年华"]),
    place("金色年华花园3栋", PlaceKind.BUILDING, 1.31, 0.31),
    place("钟楼市场", PlaceKind.POI, 1.31, 0.33),
    place("中心小学", PlaceKind.POI, 0.5, 0.7),
    place("中心小学", PlaceKind.POI, 1.5, 0.7),
    place("青石桥与南门路交叉口", PlaceKind.CROSSING, 0.8, 0.8),
    place("青石桥", PlaceKind.LANDMARK, 0.8, 0.8),
    place("南门路", PlaceKind.ROAD, 0.9, 0.9),
]
READER = Reader(AreaBook(990101, "云河区", areas(), "海州市"), PLACES)


def best(text):
    return READER.guess(text)[0]


def off(guess, x, y):
    return distance(guess.lon, guess.lat, *at(x, y))


def test_an_estate_by_name_or_alias():
    for text in ("金色年华花园门口有人乱停车", "就是那个金色年华，垃圾没人收", "金色年華花園門口有人亂停車"):
        guess = best(text)
        assert off(guess, 1.3, 0.3) < 1
        assert guess.area == "990101002001"
        assert guess.because == ("金色年华花园",)
    assert best("金色年华花园").confidence > best("金色年华").confidence


@pytest.mark.parametrize("text", ["金色年华花园3栋", "金色年华三号楼电梯坏了", "金色年华花园 ３ 座"])
def test_a_building_of_an_estate(text):
    guess = best(text)
    assert off(guess, 1.31, 0.31) < 1
    assert guess.name == "金色年华花园3栋"


def test_a_house_number_is_known_worked_out_or_the_nearest():
    assert off(best("渡口路10号漏水"), 0.5, 0.2) < 1
    between = best("渡口路二十号漏水")
    assert off(between, 0.6, 0.2) < 5
    assert between.because == ("渡口路", "二十号")
    beyond = best("渡口路90号漏水")
    assert off(beyond, 0.7, 0.2) < 1
    assert best("渡口路10号漏水").confidence > between.confidence > beyond.confidence


@pytest.mark.parametrize("joint", ["与", "和", "跟", "、", "/", "交"])
def test_a_crossing_of_two_roads(joint):
    guess = best(f"渡口路{joint}中山大道交叉口红绿灯坏了")
    assert off(guess, 0.4, 0.2) < 1
    assert guess.because == ("渡口路", "中山大道")
    assert guess.confidence > 0.85


@pytest.mark.parametrize(
    "words",
    [
        "渡口路中山大道路口",
        "渡口路靠近中山大道",
        "渡口路（中山路口）",
        "中山大道×渡口路红绿灯",
        "渡口路上近中山路",
    ],
)
def test_a_crossing_told_in_other_ways(words):
    guess = best(f"昨晚{words}积水")
    assert off(guess, 0.4, 0.2) < 1
    assert 0.7 < guess.confidence <= best("渡口路与中山大道路口积水").confidence


@pytest.mark.parametrize(
    "words", ["从渡口路到中山大道都在堵", "渡口路积水，中山大道也积水", "渡口路和创业一路"]
)
def test_roads_told_apart_or_that_never_meet_are_no_crossing(words):
    assert "路口" not in best(words).name


def test_a_road_told_twice_does_not_cross_itself():
    guess = best("渡口路 渡口路的路灯不亮")
    assert guess.name == "渡口路"


def test_the_stretch_of_a_road_between_two_that_cross_it():
    across = [
        place("甲路", PlaceKind.ROAD, 0.4, 0.5, way=[(0.4, 0), (0.4, 1)]),
        place("乙路", PlaceKind.ROAD, 1.2, 0.5, way=[(1.2, 0), (1.2, 1)]),
        place("长龙路", PlaceKind.ROAD, 1, 0.2, way=[(0, 0.2), (2, 0.2)]),
    ]
    reader = Reader(AreaBook(990101, "云河区", areas(), "海州市"), across)
    for text in ("长龙路（甲路至乙路段）路面坑洼", "长龙路从乙路到甲路堵车", "长龙路甲路-乙路没有路灯"):
        guess = reader.guess(text)[0]
        assert off(guess, 0.8, 0.2) < 1
        assert guess.name == "长龙路"
        half = distance(*at(0.4, 0.2), *at(1.2, 0.2)) / 2
        assert guess.metres == pytest.approx(half + 40, abs=1)


def test_a_crossing_the_gazetteer_knows():
    assert off(best("南门路与青石桥路口积水"), 0.8, 0.8) < 1


@pytest.mark.parametrize(
    ("words", "east", "north"),
    [("东50米", 50, 0), ("往北约一百米处", 0, 100), ("西侧200多米", -200, 0), ("南边1公里", 0, -1000)],
)
def test_a_displacement_moves_the_guess(words, east, north):
    start, moved = best("老李面馆"), best(f"老李面馆{words}井盖丢了")
    assert distance(start.lon, start.lat, moved.lon, moved.lat) == pytest.approx(abs(east + north), abs=1)
    assert (moved.lon - start.lon) * east >= 0
    assert (moved.lat - start.lat) * north >= 0
    assert moved.metres > start.metres


@pytest.mark.parametrize("wrong", ["金色年毕花园", "金色华花园", "金色年年华花园", "今色年华花园"])
def test_one_slip_of_the_pen_is_forgiven_with_less_confidence(wrong):
    guess = best(f"{wrong}有人放鞭炮")
    assert guess.name == "金色年华花园"
    assert guess.confidence < best("金色年华花园有人放鞭炮").confidence


def test_signs_that_tell_roads_apart_are_no_slips():
    assert best("创业一路路灯不亮").name == "创业一路"
    assert READER.guess("创业二路路灯不亮") == []


def test_an_area_named_decides_between_places_of_one_name():
    unsure = READER.guess("中心小学门口堵车")
    assert len(unsure) == 2
    assert unsure[0].confidence == unsure[1].confidence < 0.5
    guess = best("白塔街道中心小学门口堵车")
    assert off(guess, 1.5, 0.7) < 1
    assert guess.confidence > 0.8


def test_a_place_against_the_area_named_is_not_believed():
    guesses = READER.guess("青石街道金色年华花园")
    assert guesses[0].area == "990101001"
    assert guesses[1].name == "金色年华花园"
    assert guesses[1].confidence < 0.5


def test_two_names_near_each_other_bear_each_other_out():
    assert best("钟楼市场旁边的金色年华").confidence > best("金色年华").confidence


def test_where_somebody_lives_is_not_where_it_happened():
    assert best("我家住金色年华，老李面馆油烟太大").name == "老李面馆"


def test_a_long_road_is_cut_to_the_area_named():
    assert best("渡口路坑洼").area == "990101"
    guess = best("白塔街道渡口路坑洼")
    assert guess.area.startswith("990101002")
    assert guess.lon > WEST + SIDE
    assert guess.confidence > best("渡口路坑洼").confidence


def test_an_area_alone_is_an_answer_and_the_district_alone_is_none():
    guess = best("柳湾居委会附近")
    assert (guess.area, guess.name) == ("990101001002", "柳湾社区")
    assert READER.guess("云河区") == READER.guess("今天天气不错") == READER.guess("") == []


def test_a_street_hidden_in_another_name_is_not_meant():
    assert READER.guess("白塔小学放学堵车") == []
    assert best("白塔这边放学堵车").area == "990101002"


def test_what_lies_outside_the_district_is_hardly_believed():
    reader = Reader(AreaBook(990101, "云河区", areas()), [place("天边客栈", PlaceKind.POI, 9, 9)])
    (guess,) = reader.guess("天边客栈")
    assert guess.area == ""
    assert guess.confidence < 0.3


@given(st.text(st.sampled_from("渡口路中山大道与东西米号金色年华栋3一百十青石街白塔 ，0"), max_size=40))
def test_no_text_breaks_the_reader_and_batches_answer_as_each_alone(text):
    guesses = READER.guess(text)
    assert READER.guess_many(["老李面馆", text])[1] == guesses
    assert len(guesses) <= 5
    assert all(0 <= guess.confidence <= 1 and guess.because for guess in guesses)


@given(st.text("渡石柳塔湾门", min_size=5, max_size=9), st.data())
def test_a_name_with_one_wrong_missing_or_extra_character_is_found_again(name, data):
    book = WordBook([(name, Named(name, "", 114.0, 22.0))])
    spot = data.draw(st.integers(0, len(name) - 1))
    rest = data.draw(st.sampled_from([f"天{name[spot + 1 :]}", name[spot + 1 :], f"天{name[spot:]}"]))
    written = name[:spot] + rest
    found = book.scan_slips(f"在{written}吧")
    assert name in written or [mention.word for mention in found] == [name]


@given(st.text("渡石柳塔湾一", max_size=7), st.text("渡石柳塔湾一", max_size=7))
def test_a_slip_is_one_edit_and_no_more(word, seen):
    at = slip_at(word, seen)
    spots = [(i, cut) for i in range(len(word) + 1) for cut in (0, 1)]
    edits = {word[:i] + sign + word[i + cut :] for i, cut in spots for sign in ("", *seen)}
    if at is not None:
        assert seen in edits
        assert seen != word
    elif "一" not in word + seen:
        assert seen == word or seen not in edits


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("创业一路东段", "创业二路东段"),
        ("钟楼市场", "钟楼广场"),
        ("金色花园", "银色花园"),
        ("渡口东路桥头", "渡口西路桥头"),
    ],
)
def test_what_tells_two_names_apart_is_never_a_slip(name, other):
    book = WordBook([(name, Named(name, "", 114.0, 22.0))])
    assert book.scan_slips(f"在{other}那边") == []
