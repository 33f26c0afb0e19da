"""Whatever is asked of whatever operation: no error of ours, and every answer is one that the description tells."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huying.access.actor import system
from huying.access.roles import Role
from huying.kernel.clock import now
from huying.people.actions import create_key
from tests.cast import DISTRICT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.once]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 1


@pytest.mark.parametrize("role", [Role.DISTRICT_DISPATCHER, Role.ADMINISTRATOR])
def test_any_request_is_answered_as_described(cast: Cast, one_connection: None, role: Role) -> None:
    raw = create_key(system(DISTRICT), "任意", role, str(DISTRICT), now(), per_minute=100_000)[1]
    headers = {"Authorization": f"Bearer {raw}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    wrong: dict[str, str] = {}
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES, database=None, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            try:
                case.call_and_validate(headers=headers, checks=CHECKS)
            except BaseExceptionGroup as faults:
                wrong[case.operation.label] = str(faults.exceptions[0])[:400]

        ask()
    assert wrong == {}, "\n\n".join(f"{name}: {why}" for name, why in wrong.items())
    assert asked >= len(list(schema.get_all_operations()))
