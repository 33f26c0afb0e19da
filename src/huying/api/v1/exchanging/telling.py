"""What stands in examples: a city's platform as a district would set it up (simulate/city holds the whole of one)."""

from typing import Any, Final

SETTINGS: Final[dict[str, Any]] = {
    "address": "https://12345.example.cn/api",
    "orders": "/orders",
    "by": "cursor",
    "every": 30,
    "tell": "/letters",
}
MAP: Final[dict[str, Any]] = {
    "zone": "Asia/Shanghai",
    "in": {
        "fields": {"type": "msgType", "number": "orderNo", "text": "content", "kind": "appealType"},
        "codes": {"type": {"ORDER": "order"}, "kind": {"投诉": "complaint"}},
    },
    "out": {"send": ["receipt", "reply"], "fields": {"key": "msgId", "number": "orderNo", "words": "reply"}},
}
LETTER: Final = '{"msgType": "ORDER", "orderNo": "SZ000001", "content": "路灯不亮", "appealType": "投诉"}'
CONTENT: Final[dict[str, Any]] = {
    "msgType": "ORDER",
    "orderNo": "SZ000001",
    "content": "路灯不亮",
    "linkPhone": "138****0001",
}
