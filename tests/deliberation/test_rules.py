"""Shares, codes and ballots without a database: what the law says, and what nobody may find out."""

import hashlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.deliberation.rules import ballots, codes
from huying.deliberation.rules.households import read_households
from huying.deliberation.rules.kinds import Choice, Phase, phase_of
from huying.deliberation.rules.majority import Count, Rule, Share, Tally, outcome, read_share
from huying.deliberation.rules.starter import decision_lines, meeting_lines
from huying.kernel.errors import Invalid
from tests.cast import MONDAY

OWNERS = Rule(Share(Fraction(2, 3), False), Share(Fraction(1, 2), True), True)
MAJOR = Rule(Share(Fraction(2, 3), False), Share(Fraction(3, 4), False), True)
COMMUNITY = Rule(Share(Fraction(1, 2), True), Share(Fraction(1, 2), True), False)


def tally(entitled: tuple[int, int], yes: tuple[int, int], no: tuple[int, int] = (0, 0)) -> Tally:
    said = {Choice.YES: Count(yes[0], Decimal(yes[1])), Choice.NO: Count(no[0], Decimal(no[1]))}
    return Tally(Count(entitled[0], Decimal(entitled[1])), said)


@pytest.mark.parametrize(
    ("rule", "count", "quorate", "passed"),
    [
        # 三分之二以上 includes two thirds; 过半数 does not include a half (民法典 278, 1259).
        (OWNERS, tally((9, 900), (4, 400), (2, 200)), True, True),
        (OWNERS, tally((9, 900), (3, 300), (3, 300)), True, False),
        (OWNERS, tally((9, 900), (5, 599)), False, False),
        # Enough heads, too few square metres, and the other way round.
        (OWNERS, tally((9, 900), (9, 599)), False, False),
        (OWNERS, tally((9, 900), (5, 900)), False, False),
        (OWNERS, tally((9, 900), (6, 100), (3, 800)), True, False),
        (MAJOR, tally((12, 1200), (6, 600), (2, 200)), True, True),
        (MAJOR, tally((12, 1200), (5, 500), (3, 300)), True, False),
        (COMMUNITY, tally((10, 0), (5, 0)), False, False),
        (COMMUNITY, tally((10, 0), (4, 0), (2, 0)), True, True),
        (COMMUNITY, tally((10, 0), (3, 0), (3, 0)), True, False),
        (COMMUNITY, tally((0, 0), (0, 0)), False, False),
    ],
)
def test_what_a_count_comes_to(rule: Rule, count: Tally, quorate: bool, passed: bool) -> None:
    found = outcome(rule, count)
    assert (found.quorate, found.passed) == (quorate, passed)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_one_more_in_favour_never_undoes_a_decision(entitled: int, yes: int, no: int) -> None:
    yes, no = min(yes, entitled), min(no, max(0, entitled - yes))
    before = outcome(COMMUNITY, tally((entitled, 0), (yes, 0), (no, 0)))
    if no:
        turned = outcome(COMMUNITY, tally((entitled, 0), (yes + 1, 0), (no - 1, 0)))
        assert turned.passed or not before.passed
    assert not (before.passed and not before.quorate)


@pytest.mark.parametrize("text", ["", "2", "0/3", "3/0", "x", "-1/2", "4/3"])
def test_a_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_share(text)


def test_the_starter_can_be_reckoned_with_and_names_its_source() -> None:
    assert {line.code for line in decision_lines()} == {"community", "owners", "owners_major"}
    for line in decision_lines():
        assert read_share(line.quorum)
        assert read_share(line.majority)
        assert "第" in line.basis or "法" in line.basis
    assert [line.name for line in meeting_lines()][:4] == [
        "书记茶话会",
        "议事协商会",
        "代表接待日",
        "入户走访",
    ]


@given(st.integers())
def test_a_code_is_read_however_it_is_typed(seed: int) -> None:
    code = codes.new_code()
    assert codes.read(codes.shown(code)) == code
    assert codes.read(f" {codes.shown(code).lower()} ") == code
    wide = "".join(chr(ord(each) + 0xFEE0) if each != "-" else "－" for each in codes.shown(code))
    assert codes.read(wide) == code


@pytest.mark.parametrize(
    "typed", ["", "ABC", "ABCD-EFGH-JKLM-N", "ABCD-EFGH-JKL0", "ABCD-EFGH-JKLI", "中" * 12]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read(typed) == ""


def test_codes_of_a_whole_district_differ() -> None:
    assert len({codes.new_code() for _ in range(20_000)}) == 20_000


def test_a_published_digest_is_found_again_with_any_tool() -> None:
    number = ballots.number_of("ABCDEFGHJKLM", 990101, 7, Choice.YES, "form")
    said = f"huying-ballot/1|990101|7|yes|{number}".encode()
    assert ballots.digest_of(990101, 7, Choice.YES, number) == hashlib.sha256(said).hexdigest()


def test_the_number_tells_nothing_but_which_form_it_was() -> None:
    code, other = "ABCDEFGHJKLM", "ABCDEFGHJKLN"
    first = ballots.number_of(code, 990101, 7, Choice.YES, "form")
    assert ballots.number_of(code, 990101, 7, Choice.YES, "form") == first
    assert ballots.number_of(code, 990101, 7, Choice.YES, "another form") != first
    assert ballots.number_of(other, 990101, 7, Choice.YES, "form") != first
    assert ballots.key_of(code, 990101, 7) != ballots.key_of(code, 990101, 8)
    assert codes.digest_of(code, b"s" * 32) != ballots.key_of(code, 990101, 7)


def test_households_are_read_from_a_list_or_a_sheet() -> None:
    found = read_households("3栋2单元501,89.5\n\n3栋2单元502\t102\n3栋2单元503，60", by_area=True)
    assert [(one.name, str(one.area)) for one in found] == [
        ("3栋2单元501", "89.50"),
        ("3栋2单元502", "102.00"),
        ("3栋2单元503", "60.00"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "一行一户"),
        ("501,89\n501,90", "第 2 行：501重复了"),
        ("501,x", "第 1 行"),
        ("501", "第 1 行"),
        ("501,-3", "第 1 行"),
        ("501,NaN", "第 1 行"),
        (",30", "第 1 行"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read_households(text, by_area=True)


def test_a_vote_is_over_to_the_second() -> None:
    def at(now: object) -> Phase:
        return phase_of(
            now, opened_at=MONDAY, closes_at=MONDAY, closed_at=None, passed=None, done_at=None, withdrawn_at=None
        )  # type: ignore[arg-type]  # fmt: skip

    assert at(MONDAY) is Phase.COUNTING
    assert at(MONDAY.replace(year=2025)) is Phase.VOTING
