"""Programs that nobody here wrote: the client ``georeport`` from PyPI, and schemathesis over the description."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from georeport import GeoReport
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huying.api.intake.brakes import Brake
from huying.api.open311 import trials
from huying.api.open311.taking import posting
from tests.api.open311.conftest import COVER, LAMP, PRODUCTION, TRIAL, Desk, furnish
from tests.cast import DISTRICT, gather

FORMATS = pytest.mark.parametrize("kind", ["json", "xml"])


@FORMATS
def test_georeport_reads_the_list_the_questions_and_the_requests(
    kind: str, transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting.report_of, "__defaults__", (Brake(),))
    furnish(gather())
    numbers = [Desk().report(), Desk().report(service_code=LAMP, description="另一盏也不亮")]
    client = GeoReport(f"{live_server.url}{PRODUCTION}", jurisdiction=str(DISTRICT), output_format=kind)
    services = {one["service_code"]: one for one in client.get_service_list()}
    assert services[LAMP]["service_name"] == "路灯不亮"
    asked = client.get_service_definition(COVER)
    assert asked["service_code"] == COVER
    attributes = asked["attributes"] if kind == "json" else asked["attributes"]["attribute"]
    assert [one["code"] for one in attributes] == ["COVER", "HAZARD"]
    told = client.get_service_requests(service_code=LAMP, status="open")
    assert [one["service_request_id"] for one in told] == numbers[::-1]
    one = client.get_service_request(numbers[0])
    assert (one["service_request_id"], one["status"], one["zipcode"]) == (numbers[0], "open", None)


CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance, not_a_server_error]
# The same few questions each time: what is found stays found.
FEW = settings(
    max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("base", [PRODUCTION, TRIAL])
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_schemathesis_sends_is_answered_as_described(
    base: str, mode: GenerationMode, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = Brake(10_000)
    monkeypatch.setattr(posting.report_of, "__defaults__", (wide,))
    monkeypatch.setattr(trials, "_brake", wide)
    furnish(gather())
    Desk(base).report()
    schema = schemathesis.openapi.from_wsgi(f"{base}/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 8
    for operation in operations:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def each(case: schemathesis.Case) -> None:
            # Its WSGI transport asks for packed answers and does not open them.
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        each()
