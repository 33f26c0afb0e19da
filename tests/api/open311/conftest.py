"""A district with drawn communities, the starter list and its questions, and clients of GeoReport v2."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from shapely.geometry import box

from huying.access.roles import Role
from huying.api.intake.brakes import Brake
from huying.api.open311 import trials
from huying.api.open311.taking import posting
from huying.catalogue.actions import go_live, new_empty_draft, put_item
from huying.catalogue.actions.questions import write_starter_questions
from huying.catalogue.queries.questions import forget_questions
from huying.catalogue.rules.starter import starter
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast

PRODUCTION, TRIAL = "/open311/v2", "/open311/test/v2"
LAMP, COVER, RUBBISH, PLAIN = "010301", "010101", "030201", "010303"
LISTED = (LAMP, COVER, RUBBISH, PLAIN)
HERE = {"lat": "22.65", "long": "114.25"}
EAST = f"{OTHER_STREET}001"


def draw() -> None:
    """Two streets with a community each, 10 km wide."""
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, box(114.2, 22.6, 114.4, 22.7), str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, box(114.2, 22.6, 114.3, 22.7), STREET),
        AreaDraft("东桥街道", Level.STREET, box(114.3, 22.6, 114.4, 22.7), OTHER_STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, box(114.2, 22.6, 114.3, 22.7), COMMUNITY),
        AreaDraft("东桥社区", Level.COMMUNITY, box(114.3, 22.6, 114.4, 22.7), EAST),
        AreaDraft("第1网格", Level.GRID, box(114.2, 22.6, 114.3, 22.7), GRID),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    forget(DISTRICT)


def put_list(cast: Cast, name: str, codes: tuple[str, ...]) -> None:
    """A list of some of the starter's items goes live."""
    edition = new_empty_draft(cast.system, DISTRICT, name, MONDAY)
    for line in starter().items:
        if line.code in codes:
            put_item(cast.system, edition, line, MONDAY)
    go_live(cast.system, edition, MONDAY)


def furnish(cast: Cast) -> None:
    """Everything that a client finds when it comes."""
    draw()
    put_list(cast, "第一版", LISTED)
    write_starter_questions(cast.system, MONDAY)
    forget_questions(DISTRICT)


@pytest.fixture
def town(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    furnish(cast)
    # A brake of its own for each test: they all come from one address.
    monkeypatch.setattr(posting, "_brake", Brake())
    monkeypatch.setattr(posting.report_of, "__defaults__", (Brake(),))
    monkeypatch.setattr(trials, "_brake", Brake())
    yield cast
    forget(DISTRICT)
    forget_questions(DISTRICT)


class Desk:
    """A client program: it asks in one format, with or without a key."""

    def __init__(self, base: str = PRODUCTION, kind: str = "json", key: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.base, self.kind, self.key = base, kind, key

    def get(self, path: str, **query: Any):
        given = {**query, **({"api_key": self.key} if self.key else {})}
        return self.client.get(f"{self.base}/{path}.{self.kind}", given)

    def post(self, path: str, said: dict[str, Any], **headers: str):
        """Urlencoded; names may repeat where a value is a list."""
        from urllib.parse import urlencode

        given = {**said, **({"api_key": self.key} if self.key else {})}
        return self.client.post(
            f"{self.base}/{path}.{self.kind}",
            urlencode(given, doseq=True),
            content_type="application/x-www-form-urlencoded; charset=utf-8",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def report(self, **said: Any) -> str:
        """A report that is taken in; its number."""
        answer = self.post(
            "requests", {"service_code": LAMP, "description": "春风路的路灯不亮", **HERE, **said}
        )
        assert answer.status_code == 200, answer.content.decode()
        number: str = answer.json()[0]["service_request_id"]
        return number


@pytest.fixture
def desk(town: Cast) -> Desk:
    return Desk()


@pytest.fixture
def keyed(town: Cast, key: Callable[..., str]) -> Callable[..., Desk]:
    """Makes a client whose key acts in a role."""
    return lambda role=Role.SEAT, *more, base=PRODUCTION, kind="json", **kw: Desk(
        base, kind, key(role, *more, **kw)
    )


def tree(answer: Any) -> ElementTree.Element:
    """The root of an XML answer."""
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)
