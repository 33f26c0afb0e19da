"""``huying notices``: what failed is listed with its reason and sent again on demand."""

import json

import pytest

from huying.notices.models import Notice
from huying.site import cli
from tests.cast import DISTRICT, MONDAY, Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def _message(once: str, state: str) -> None:
    Notice.objects.create(
        district=DISTRICT, caller_id=1, occasion="received", way="sms", title="t", text="x", link="/", once=once,
        made_at=MONDAY, due_at=MONDAY, next_at=MONDAY if state == "waiting" else None, state=state,
        error="网关没有回应" if state == "failed" else "",
    )  # fmt: skip


def test_failed_messages_are_listed_and_sent_again(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    _message("1", "failed")
    _message("2", "waiting")
    assert cli.main(["notices"]) == cli.NOT_DONE
    said = capsys.readouterr().out
    assert "短信发送失败 1" in said
    assert "短信等待发送 1" in said
    assert "网关没有回应" in said
    assert cli.main(["notices", "--resend", "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out)["resent"] == 1
    assert not Notice.objects.filter(state="failed").exists()


def test_without_any_it_is_said(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["notices"]) == cli.DONE
    assert "没有等待或失败的消息" in capsys.readouterr().out
