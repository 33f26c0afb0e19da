"""The same run of the same district is the same days; another run is other days."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from huying.access.roles import Role
from huying.kernel.errors import Invalid
from huying.simulate.living import Keyring, every_post, read_keys, script, write_keys
from huying.simulate.stories import Who

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_same_run_tells_the_same_and_another_run_tells_other_things() -> None:
    first, again, other = (list(script(3, 1, MORNING, 2, 25, run).lives()) for run in (7, 7, 8))
    texts = [[call.text for life in each for call in life.calls] for each in (first, again, other)]
    assert texts[0] == texts[1] != texts[2]
    assert [life.deeds for life in first] == [life.deeds for life in again]


def test_everything_happens_within_the_days() -> None:
    story = script(3, 1, MORNING, 2, 25)
    whole = list(story.lives())
    assert 5 < len(whole) < 60
    assert all(story.begin <= call.at < story.end for life in whole for call in life.calls)
    assert all(deed.at < story.end for life in whole for deed in life.deeds)


def test_whoever_acts_in_a_story_has_a_post() -> None:
    story = script(3, 1, MORNING, 3, 60)
    posts = set(every_post(story))
    assert len(posts) == len(list(every_post(story)))
    acting = {
        (deed.who.role, deed.who.area, deed.who.body)
        for life in story.lives()
        for deed in life.deeds
        if deed.who.role not in (None, Role.RESIDENT)
    }
    assert acting <= posts


def test_keys_are_kept_for_their_owner_alone_and_read_back(tmp_path: Path) -> None:
    ring = Keyring({(Role.SEAT, "990101", ""): "hy_a", (Role.DEPARTMENT_HANDLER, "990101", "water"): "hy_b"})
    path = tmp_path / "keys.json"
    write_keys(ring, path)
    assert path.stat().st_mode & 0o077 == 0
    assert read_keys(path) == ring
    assert ring.seat == "hy_a"
    assert ring.of(Who(Role.DEPARTMENT_HANDLER, "990101", "water")) == "hy_b"
    assert ring.of(Who(Role.AUDITOR, "990101")) is None


def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text('[{"role": "king"}]', encoding="utf-8")
    with pytest.raises(Invalid):
        read_keys(path)
    with pytest.raises(Invalid):
        assert Keyring({}).seat
