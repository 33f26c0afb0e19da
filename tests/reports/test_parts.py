"""A difference told apart adds up to the whole, in numbers and in percent."""

from hypothesis import given
from hypothesis import strategies as st

from huying.reports.rules.parts import told_apart

_counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**6))


@given(now=_counts, before=_counts)
def test_the_parts_add_up_exactly(now: dict[str, int], before: dict[str, int]) -> None:
    parts = told_apart(now, before)
    whole = sum(now.values()) - sum(before.values())
    assert sum(part.change for part in parts) == whole
    assert {part.key: (part.now, part.before) for part in parts} == {
        key: (now.get(key, 0), before.get(key, 0)) for key in now.keys() | before.keys()
    }
    shares = [part.share for part in parts]
    if whole:
        assert sum(share or 0 for share in shares) == 100
        for part in parts:
            assert part.share is not None
            assert abs(part.share - 100 * part.change / whole) < 1
    else:
        assert shares == [None] * len(parts)


def test_what_explains_most_comes_first_on_either_way() -> None:
    assert [part.key for part in told_apart({"a": 9, "b": 30}, {"a": 1, "b": 2})] == ["b", "a"]
    assert [part.key for part in told_apart({"a": 1, "b": 2}, {"a": 9, "b": 30})] == ["b", "a"]
