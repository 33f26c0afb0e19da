"""What hangs together is written together, and nothing is written twice or left out."""

from hypothesis import given
from hypothesis import strategies as st

from huying.prevent.hot_issues.rules.parting import parts

groups = st.lists(st.tuples(st.integers(1, 9), st.frozensets(st.integers(0, 12), max_size=3)), max_size=30)


@given(groups, st.integers(1, 20))
def test_every_group_is_in_one_part_with_all_that_share_an_issue_with_it(
    told: list[tuple[int, frozenset[int]]], most: int
) -> None:
    found = parts(told, most)
    assert sorted(at for part in found for at in part) == list(range(len(told)))
    for issue in range(13):
        assert len({n for n, part in enumerate(found) for at in part if issue in told[at][1]}) <= 1


@given(st.lists(st.integers(1, 9), max_size=30), st.integers(9, 20))
def test_what_hangs_with_nothing_is_cut_small(sizes: list[int], most: int) -> None:
    found = parts([(size, frozenset()) for size in sizes], most)
    assert all(sum(sizes[at] for at in part) <= most for part in found)
    assert len(found) <= 1 + 2 * sum(sizes) // most


def test_a_chain_of_shared_issues_stays_whole_though_it_is_large() -> None:
    assert parts([(5, {1}), (5, {2}), (5, {1, 2}), (5, {3})], 5) == [[0, 1, 2], [3]]
