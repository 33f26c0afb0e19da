"""A story begins in an empty town; with ``STORY_PICTURES`` in the environment its pages are photographed as well."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from huying.people.queries.keys import forget_keys
from huying.places.queries import forget
from tests.stories.moving import Clock
from tests.stories.narrator import Story
from tests.stories.town import DISTRICT, build


@pytest.fixture
def camera(request: pytest.FixtureRequest) -> Iterator[Any]:
    if not os.environ.get("STORY_PICTURES"):
        yield None
        return
    from tests.stories.camera import camera as opened

    request.getfixturevalue("transactional_db")
    with opened() as taking:
        yield taking


@pytest.fixture
def story(
    transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, camera: Any
) -> Iterator[Callable[[str], Story]]:
    """Begins a story at a moment, in the town."""
    settings.HUYING_NOTICES = tmp_path / "messages.tsv"
    settings.MEDIA_ROOT = tmp_path / "media"

    def forget_all() -> None:
        cache.clear()
        forget_timing()
        forget_keys()
        forget(DISTRICT)

    def begin(words: str) -> Story:
        clock = Clock(words)
        clock.put_into(monkeypatch)
        return Story(clock, build(clock), settings.HUYING_NOTICES, camera)

    forget_all()
    yield begin
    forget_all()
