"""Advice on real replies: not too much of it, and a reply to another appeal is told apart."""

from pathlib import Path

import pytest

from huying.site.commands.bench.replies import measured, read_replies

FILE = Path(__file__).parents[3].parent / "shared" / "data" / "messages" / "fuzhou_river_appeals.csv"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FILE.exists(), reason="no public appeals with replies beside the checkout"),
]


def test_shares_are_within_reason_and_swapped_replies_are_objected_to() -> None:
    found = measured(read_replies(FILE))
    assert found["replies"] == 602
    assert float(str(found["auc_true_against_swapped"])) > 0.85
    assert float(str(found["irrelevant_true"])) < 0.15
    assert float(str(found["irrelevant_swapped"])) > 3 * float(str(found["irrelevant_true"]))
    for kind in ("persons", "tone", "reason"):
        assert float(str(found[f"share_{kind}"])) < 0.1
