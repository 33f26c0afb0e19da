"""The type in which Chinese is set on this machine."""

from functools import cache
from typing import Final

import typst

from huying.kernel.errors import Unavailable

# As official documents are set, then what systems bring along.
_BODY: Final = (
    "FangSong", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun",
    "Songti SC", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip
_HEADS: Final = (
    "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip


@cache
def known() -> typst.Fonts:
    """The fonts of this machine, looked for once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def body_and_heads() -> tuple[str, str]:
    """(body, headings). Raises Unavailable where the machine has no Chinese font: better no file than empty boxes."""
    there = set(known().families())
    body = next((name for name in _BODY if name in there), None)
    if body is None:
        raise Unavailable(
            "这台机器没有中文字体，不能生成 PDF。请管理员安装 Noto CJK 字体；网页、Word 和 Excel 照常可用。"
        )
    return body, next((name for name in _HEADS if name in there), body)
