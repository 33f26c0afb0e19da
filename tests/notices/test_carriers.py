"""Carriers against servers that are well, slow, in trouble, twice asked and dead."""

import email
import json
from collections.abc import Iterator
from dataclasses import replace
from email.header import decode_header
from pathlib import Path
from typing import Any

import httpx
import pytest

from huying.kernel.errors import Unavailable
from huying.notices.channels import http
from huying.notices.channels.letters import Letter, Refused
from huying.notices.channels.mail import Mail
from huying.notices.channels.outbox import Console, Outbox
from huying.notices.channels.sms import Sms, signature
from huying.notices.channels.wechat import WeChat
from huying.notices.rules.kinds import Way
from tests.notices.gateway import Gateway, Post, http_gateway, mail_server

LETTER = Letter(
    "990101-7", "13812346677", "有了答复", "您反映的事有了答复。", "https://huying.example.cn/track/1"
)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with http_gateway() as running:
        yield running


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as running:
        yield running


def sms(gateway: Gateway) -> Sms:
    return Sms(f"{gateway.url}/send", "huying", "a secret")


def test_a_request_is_signed_so_that_the_gateway_knows_us(gateway: Gateway) -> None:
    sms(gateway).send(LETTER)
    ((method, path, headers, body),) = gateway.asked
    assert (method, path) == ("POST", "/send")
    assert json.loads(body) == {"id": LETTER.id, "to": LETTER.to, "text": LETTER.text}
    assert headers["Idempotency-Key"] == LETTER.id
    right = signature("a secret", headers["X-Huying-Time"], LETTER.id, body)
    assert headers["X-Huying-Signature"] == right
    assert right != signature("a secret", headers["X-Huying-Time"], LETTER.id, body + b" ")
    assert right != signature("another", headers["X-Huying-Time"], LETTER.id, body)


@pytest.mark.parametrize(
    ("way", "to", "shown"),
    [(Way.SMS, LETTER.to, "138****6677"), (Way.MAIL, "li.ming@example.org", "l***@example.org")],
)
def test_the_log_says_what_was_written_and_masks_to_whom(
    way: Way, to: str, shown: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "huying.notices"):
        Console(way).send(replace(LETTER, to=to))
    (line,) = caplog.messages
    assert (shown in line, to in line, LETTER.text in line) == (True, False, True)


@pytest.mark.parametrize("status", [500, 502, 503, 408, 429])
def test_trouble_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.answers = [(status, b"", 0)]
    with pytest.raises(Unavailable, match=str(status)):
        sms(gateway).send(LETTER)


@pytest.mark.parametrize("status", [400, 401, 403, 422, 302])
def test_a_refusal_is_for_good_and_no_redirect_is_followed(gateway: Gateway, status: int) -> None:
    gateway.answers = [(status, "号码在黑名单".encode(), 0)]
    with pytest.raises(Refused, match="号码在黑名单"):
        sms(gateway).send(LETTER)
    assert len(gateway.asked) == 1


def test_a_slow_gateway_is_not_waited_for(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_TIMEOUT", httpx.Timeout(0.2))
    gateway.answers = [(200, b"{}", 1.5)]
    with pytest.raises(Unavailable, match="ReadTimeout"):
        sms(gateway).send(LETTER)


def test_a_dead_gateway_is_said_to_be_away() -> None:
    with pytest.raises(Unavailable, match="ConnectError"):
        Sms("http://127.0.0.1:9/send", "k", "s").send(LETTER)


@pytest.mark.parametrize("said", [b"", b"ok", b"[1]", b"{" * 200_000])
def test_what_is_taken_need_not_be_explained(gateway: Gateway, said: bytes) -> None:
    gateway.answers = [(200, said, 0)]
    sms(gateway).send(LETTER)


def test_mail_is_written_in_chinese_with_the_same_id_at_every_try(post: Post) -> None:
    carrier = Mail(f"smtp://127.0.0.1:{post.port}", "呼应 <huying@example.cn>")
    letter = Letter("990101-7", "li@example.cn", "新工单：路灯不亮", "990101-000000001 派给城市管理局。")
    carrier.send(letter)
    carrier.send(letter)
    first, second = (email.message_from_bytes(text) for text in post.letters)
    subject, charset = decode_header(first["Subject"])[0]
    assert isinstance(subject, bytes)
    assert subject.decode(charset or "utf-8") == letter.title
    assert first["To"] == letter.to
    payload = first.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert letter.text in payload.decode()
    assert first["Message-ID"] == second["Message-ID"] == "<990101-7@example.cn>"


def test_a_mailbox_that_is_not_there_is_refused_and_a_full_one_tried_again(post: Post) -> None:
    carrier = Mail(f"smtp://127.0.0.1:{post.port}", "huying@example.cn")
    letter = Letter("1", "li@example.cn", "题", "文")
    post.recipient = "550 no such user"
    with pytest.raises(Refused, match="no such user"):
        carrier.send(letter)
    post.recipient = "452 full"
    with pytest.raises(Unavailable, match="full"):
        carrier.send(letter)
    with pytest.raises(Unavailable):
        Mail("smtp://127.0.0.1:9", "huying@example.cn").send(letter)


def wechat(gateway: Gateway, kind: str = "work") -> WeChat:
    return WeChat(kind, "corp", "secret", "1000002", gateway.url)


def _json(**said: Any) -> tuple[int, bytes, float]:
    return 200, json.dumps(said).encode(), 0.0


def test_a_token_is_asked_for_once_and_anew_when_it_is_over(gateway: Gateway) -> None:
    taken, over = _json(errcode=0), _json(errcode=42001, errmsg="access_token expired")
    gateway.answers = [
        _json(access_token="one", expires_in=7200), taken, over, _json(access_token="two", expires_in=7200), taken,
    ]  # fmt: skip
    carrier = wechat(gateway)
    carrier.send(LETTER)
    carrier.send(LETTER)
    paths = [path.split("?")[0] for _method, path, _headers, _body in gateway.asked]
    send, token = "/cgi-bin/message/send", "/cgi-bin/gettoken"
    assert paths == [token, send, send, token, send]
    assert "access_token=two" in gateway.asked[-1][1]
    card = json.loads(gateway.asked[-1][3])["textcard"]
    assert card == {"title": LETTER.title, "description": LETTER.text, "url": LETTER.link}


def test_a_template_message_names_its_template(gateway: Gateway) -> None:
    gateway.answers = [_json(access_token="one", expires_in=7200), _json(errcode=0)]
    wechat(gateway, "service").send(LETTER)
    message = json.loads(gateway.asked[-1][3])
    assert message["template_id"] == "1000002"
    assert message["client_msg_id"] == LETTER.id


@pytest.mark.parametrize(("code", "refusal"), [(43004, Refused), (-1, Unavailable), (45009, Unavailable)])
def test_error_codes_of_wechat_are_sorted(gateway: Gateway, code: int, refusal: type[Exception]) -> None:
    gateway.answers = [_json(access_token="one", expires_in=7200), _json(errcode=code, errmsg="no")]
    with pytest.raises(refusal):
        wechat(gateway).send(LETTER)


def test_a_wrong_secret_is_refused(gateway: Gateway) -> None:
    gateway.answers = [_json(errcode=40013, errmsg="invalid corpid")]
    with pytest.raises(Refused, match="invalid corpid"):
        wechat(gateway).send(LETTER)


def test_the_file_has_one_line_a_message(tmp_path: Path) -> None:
    Outbox(Way.SMS, tmp_path / "out").send(Letter("1", "138", "题", "第一行\n第二行"))
    line = (tmp_path / "out").read_text(encoding="utf-8").rstrip("\n")
    assert line.split("\t")[1:] == ["sms", "138", "第一行 第二行"]
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
