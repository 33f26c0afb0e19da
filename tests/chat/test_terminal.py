"""The terminal: talking to the conversation, and playing a vendor."""

from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from huying.cases.models import Appeal, Attachment
from huying.chat.models import Message
from huying.chat.rules.accounts import Held
from huying.chat.tasks.fetching import fetch_due
from huying.kernel.clock import now
from huying.simulate.stand_in import call, calls_of
from huying.simulate.stand_in.vendors import picture
from huying.site import cli
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["chat", "say", *words]) == 0
    return capsys.readouterr().out


def test_a_matter_is_filed_from_a_terminal(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "在哪里" in said(capsys, "楼下路灯不亮")
    photo = tmp_path / "lamp.jpg"
    photo.write_bytes(picture())
    assert "收到照片" in said(capsys, "--photo", str(photo))
    fetch_due(now())
    said(capsys, "阳光花园")
    assert "已登记" in said(capsys, "1")
    assert "还没有您反映的事" in said(capsys, "--as", "李四", "进度")
    assert Appeal.objects.get().source == "console"
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_stand_in_calls_a_running_platform(live_server: LiveServer, wechat: Held) -> None:
    address = f"{live_server.url}/chat/{wechat.key}/callback"
    right = calls_of(wechat, "oMei", "楼下路灯不亮")
    assert [call(address, right)[0] for _ in range(2)] == [200, 200]
    assert call(address, calls_of(wechat, "oMei", "再说一遍", wrong=True))[0] == 403
    assert call(address, calls_of(wechat, "oMei", "再说一遍", late=7200))[0] == 403
    assert Message.objects.filter(side="theirs").count() == 1
