"""The forms that WeChat's 公众号, 小程序 and 企业微信 share: signed in the query, sealed or not, XML or JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from huying.chat.channels.adapter import Wrong
from huying.chat.rules.accounts import Held
from huying.chat.rules.crypt import Crypt
from huying.chat.rules.incoming import Incoming, Request
from huying.chat.rules.kinds import Medium
from huying.chat.rules.signatures import HOUR, is_fresh_text, is_signed
from huying.chat.rules.wire import degrees_of, json_fields, text_of, xml_fields

_MEDIA: Final[Mapping[str, Medium]] = {
    "text": Medium.TEXT,
    "image": Medium.PICTURE,
    "location": Medium.PLACE,
    "voice": Medium.VOICE,
    "event": Medium.OTHER,
}
_EVENTS: Final[Mapping[str, Medium]] = {
    "subscribe": Medium.ENTER,
    "enter_agent": Medium.ENTER,
    "user_enter_tempsession": Medium.ENTER,
    "unsubscribe": Medium.LEAVE,
}


def opened(account: Held, asked: Request, now: datetime) -> dict[str, Any]:
    """The fields of a message. Raises Wrong for a wrong signature or an old request, Invalid for what is unreadable.

    An account in 安全模式 takes sealed messages alone: otherwise whoever learned the token could write as anybody.
    """
    at, nonce = asked.query.get("timestamp", ""), asked.query.get("nonce", "")
    if not is_fresh_text(at, now, HOUR):
        raise Wrong
    if not account.sealed:
        if not is_signed(asked.query.get("signature", ""), account.secrets.token, at, nonce):
            raise Wrong
        return fields_of(asked.body)
    sealed = text_of(fields_of(asked.body), "Encrypt", 100_000)
    if not is_signed(asked.query.get("msg_signature", ""), account.secrets.token, at, nonce, sealed):
        raise Wrong
    return fields_of(crypt_of(account).open(sealed))


def crypt_of(account: Held) -> Crypt:
    """The account's seal."""
    return Crypt(account.secrets.aes_key, account.app_id)


def fields_of(body: bytes) -> dict[str, Any]:
    """Of XML or JSON, whichever the account was set to."""
    return json_fields(body) if body.lstrip()[:1] == b"{" else dict(xml_fields(body))


def incoming(fields: Mapping[str, Any]) -> Incoming | None:
    """The message that these fields tell; None for an event that says nothing to us."""
    who, at = text_of(fields, "FromUserName", 128), text_of(fields, "CreateTime", 20)
    medium = _MEDIA.get(text_of(fields, "MsgType", 20), Medium.OTHER)
    event = text_of(fields, "Event", 40)
    if event:
        found = _EVENTS.get(event)
        if found is None:
            return None
        return Incoming(who, f"{who}:{at}:{event}"[:128], found, sent_at=_moment(at))
    lon, lat = degrees_of(text_of(fields, "Location_Y"), 180), degrees_of(text_of(fields, "Location_X"), 90)
    if medium is Medium.PLACE and (lon is None or lat is None):
        medium = Medium.OTHER
    media = text_of(fields, "MediaId", 600)
    return Incoming(
        who, text_of(fields, "MsgId", 64) or f"{who}:{at}"[:128], medium, _text(fields, medium),
        (media,) if medium is Medium.PICTURE and media else (), lon, lat, _moment(at),
    )  # fmt: skip


def _text(fields: Mapping[str, Any], medium: Medium) -> str:
    name = {Medium.TEXT: "Content", Medium.PLACE: "Label", Medium.VOICE: "Recognition"}.get(medium, "")
    return text_of(fields, name, 4000) if name else ""


def _moment(at: str) -> datetime | None:
    return datetime.fromtimestamp(int(at), UTC) if at.isascii() and at.isdigit() and len(at) < 12 else None
