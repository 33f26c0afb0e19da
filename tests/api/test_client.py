"""The Python client made from the description: a client can be made, and what it says is understood."""

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import orjson
import pytest
from django.core.wsgi import get_wsgi_application

from huying.access.roles import Role
from huying.api.urls import urlpatterns
from huying.api.v1.interface import api
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.people.actions import create_key
from huying.simulate.living import Deeds, Office, generated
from tests.cast import DISTRICT, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client, as ``make client`` makes it."""
    assert urlpatterns
    folder = tmp_path_factory.mktemp("client")
    description = folder / "openapi.json"
    description.write_bytes(orjson.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    tool = Path(sys.executable).with_name("openapi-python-client")
    told = subprocess.run(
        [tool, "generate", "--path", description, "--config", ROOT / "docs" / "client.yaml",
         "--output-path", folder / "huying_client", "--meta", "none"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    # Nothing is left out of the client: no operation, no file it answers with.
    assert "warning" not in told.stdout.lower(), told.stdout
    sys.path.insert(0, str(folder))
    yield importlib.import_module("huying_client")
    sys.path.remove(str(folder))


@pytest.fixture
def client(made: ModuleType, cast: Any, key: Any, one_connection: None) -> Any:
    raw = key(Role.DISTRICT_DISPATCHER)
    speaks = made.AuthenticatedClient(base_url="http://testserver", token=raw)
    wire = httpx.Client(
        base_url="http://testserver", headers={"Authorization": f"Bearer {raw}"},
        transport=httpx.WSGITransport(app=get_wsgi_application()),
    )  # fmt: skip
    return speaks.set_httpx_client(wire)


def test_a_case_goes_its_way_through_the_client(client: Any, cast: Any) -> None:
    give = importlib.import_module("huying_client.api.诉求.appeals_give")
    models = importlib.import_module("huying_client.models")
    kept = give.sync(client=client, body=models.AppealsGiveBody(text="春风路垃圾没人收，臭得很"))
    listed = importlib.import_module("huying_client.api.案件.cases_listed").sync(client=client)
    assert [case.number for case in listed.cases] == [kept.case]
    file = importlib.import_module("huying_client.api.办理.step_file")
    filed = file.sync_detailed(
        kept.case, client=client, body=models.StepFileBody(item="X1"), idempotency_key="client-0001"
    )
    again = file.sync_detailed(
        kept.case, client=client, body=models.StepFileBody(item="X1"), idempotency_key="client-0001"
    )
    assert (filed.parsed.state, again.parsed.version) == ("filed", filed.parsed.version)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_refusal_is_understood_by_the_client(client: Any, cast: Any) -> None:
    one = importlib.import_module("huying_client.api.案件.cases_one")
    refused = one.sync("990101-000000999", client=client)
    assert (refused.status, refused.code) == (404, "not_found")


def test_the_simulator_lives_through_the_client(
    made: ModuleType, transactional_db: None, live_server: Any
) -> None:
    cast = gather()
    raw = create_key(cast.system, "模拟", Role.DISTRICT_DISPATCHER, str(DISTRICT), now())[1]
    deeds, folder = Deeds(), Path(str(made.__file__)).parents[1]

    async def scene() -> tuple[Any, ...]:
        async with (
            Office(live_server.url, deeds, client=folder) as office,
            Office(live_server.url, deeds) as plain,
        ):
            body = {"text": "春风路垃圾没人收，臭得很", "kind": "complaint", "channel": "hotline"}
            kept = await office.give("/api/v1/appeals", body, raw, "simulated-01")
            again = await plain.give("/api/v1/appeals", body, raw, "simulated-01")
            path = f"/api/v1/cases/{kept.json()['case']}"  # type: ignore[union-attr]
            filed = await office.give(f"{path}/file", {"item": "X1"}, raw, "simulated-02")
            refused = await office.give(f"{path}/file", {"item": "X1"}, raw, "simulated-03")
            return kept, again, filed, refused, await office.read(path, raw), await plain.read(path, raw)

    kept, again, filed, refused, seen, plainly = asyncio.run(scene())
    assert (kept.status_code, again.status_code) == (201, 200)
    assert kept.json()["receipt"] == again.json()["receipt"]
    assert (filed.status_code, filed.json()["state"]) == (200, "filed")
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_step")
    assert (seen["number"], seen["next"]) == (plainly["number"], plainly["next"])
    assert (deeds.again, deeds.lost) == (0, 0)


def test_without_a_client_it_is_said_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generated, "_PACKAGE", "no_such_client")
    with pytest.raises(Invalid, match="make client"):
        Office("http://huying", Deeds(), client=tmp_path)
