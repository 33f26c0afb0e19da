"""What a browser calls itself, in words its owner recognises in a list of sessions."""

from typing import Final

# The first mark found names it: Edge and WeChat also say Chrome, Chrome also says Safari.
_BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("UOS", "统信"),
    ("Kylin", "麒麟"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """ "Edge · Windows"; a browser that says neither gets its own first word, one without words none."""
    words = [_first(agent, marks) for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(word for word in words if word) or agent.split("/")[0].strip()[:30]


def _first(agent: str, marks: tuple[tuple[str, str], ...]) -> str:
    return next((word for mark, word in marks if mark in agent), "")
