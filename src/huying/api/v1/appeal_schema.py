"""What the interface's description says of a new appeal, whose body is read by our own rules."""

from typing import Any, Final

from huying.api.described.whole import KEY_HEADER
from huying.cases.lifecycle import Channel
from huying.catalogue.rules import AppealKind
from huying.geo.datums import Datum
from huying.loop.collect import rules


def _text(said: str, most: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": said, **({"maxLength": most} if most else {}), **more}


def _one_of(said: str, words: Any, **more: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [word.value for word in words], "description": said, **more}


_PROPERTIES: Final = {
    "text": _text("什么事", rules.TEXT_MOST, minLength=rules.TEXT_LEAST),
    "kind": _one_of("诉求类型", AppealKind),
    "place_text": _text("在哪里", rules.PLACE_MOST),
    "lon": {"type": "number", "minimum": -180, "maximum": 180, "description": "经度"},
    "lat": {"type": "number", "minimum": -90, "maximum": 90, "description": "纬度"},
    "datum": _one_of("经纬度的坐标系", Datum, default=Datum.WGS84.value),
    "name": _text("诉求人姓名，加密保存", rules.NAME_MOST),
    "phone": _text("诉求人电话，加密保存"),
    "channel": _one_of("来源渠道，须有密钥", Channel, default=Channel.API.value),
    "district": _text("区划代码；只有一个区时不必写", pattern=r"^\d{6}$"),
    "source": _text("来源系统", rules.SOURCE_MOST),
    "external_number": _text("来源系统的编号", rules.EXTERNAL_MOST),
}
_EXAMPLE: Final = {
    "text": "春风路菜市场门口垃圾三天没人收，臭得很",
    "kind": "complaint",
    "place_text": "春风路 12 号",
    "lon": 122.9999,
    "lat": 28.9985,
    "datum": "gcj02",
    "phone": "13800000001",
}
_SCHEMA: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": _PROPERTIES,
}

APPEAL_BODY: Final[dict[str, Any]] = {
    "description": "不带密钥即居民匿名提交，每个地址每分钟最多 30 件；带密钥的须有“登记诉求”权限。"
    "收到回执时，诉求已经存好。",
    "security": [{}, {"Key": []}],
    "parameters": [KEY_HEADER],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": _SCHEMA, "example": _EXAMPLE}},
    },
}
