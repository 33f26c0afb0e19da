"""Photographs what a person of a story sees, in a real browser at the time of the story, for docs/stories.md."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connections
from PIL import Image

from tests.browser.chromium import CHROMIUM, DESK, FLAGS, PHONE
from tests.browser.server import LiveSite

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures" / "stories"
_SIZES: Final = {"desk": DESK, "phone": PHONE}
_ROOM: Final = 12


class Camera:
    """One browser and one server for a story."""

    def __init__(self, chromium: Any, url: str) -> None:
        self._chromium, self._url = chromium, url

    def take(
        self,
        name: str,
        client: Any,
        address: str,
        now: datetime,
        *,
        size: str = "phone",
        part: str = "",
        top: str = "",
    ) -> None:
        """The page at the address, or the ``part`` of it that a selector names; ``top`` is brought to the upper edge."""
        width, height = _SIZES[size]
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=width < 600,
        )
        try:
            # Whoever looks is the same person in the browser as in the story.
            context.add_cookies(
                [
                    {"name": one.key, "value": one.value, "url": self._url}
                    for one in client.cookies.values()
                    if one.value
                ]
            )
            page = context.new_page()
            page.clock.set_fixed_time(now)
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(self._url + address)
            page.wait_for_timeout(600)
            self._keep(name, page, part, top)
            assert not faults, faults
        finally:
            context.close()

    def _keep(self, name: str, page: Any, part: str, top: str) -> None:
        if top:
            page.locator(top).first.evaluate(
                "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)"
            )
            page.wait_for_timeout(100)
        where = {}
        if part:
            found = page.locator(part).first
            found.scroll_into_view_if_needed()
            box = found.bounding_box()
            seen = page.viewport_size
            page.set_viewport_size(
                {"width": seen["width"], "height": int(max(seen["height"], box["height"] + 200))}
            )
            found.scroll_into_view_if_needed()
            box = found.bounding_box()
            where = {"clip": {"x": max(0, box["x"] - _ROOM), "y": max(0, box["y"] - _ROOM),
                              "width": box["width"] + 2 * _ROOM, "height": box["height"] + 2 * _ROOM}}  # fmt: skip
        picture = Image.open(io.BytesIO(page.screenshot(**where)))
        PICTURES.mkdir(parents=True, exist_ok=True)
        picture.save(PICTURES / f"{name}.webp", quality=80, method=6)


@contextmanager
def camera() -> Iterator[Camera]:
    """A server of the test's own database and a browser before it."""
    if CHROMIUM is None:
        pytest.fail("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    server = LiveSite()
    try:
        with sync_playwright() as running:
            chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield Camera(chromium, server.url)
            chromium.close()
    finally:
        server.stop()
        connections.close_all()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
