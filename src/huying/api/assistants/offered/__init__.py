"""Everything an assistant may ask for, in the order in which it is listed."""

from typing import Final

from huying.api.assistants.offered import acting, boards, cases, insight, knowing
from huying.api.assistants.registry import Tool

TOOLS: Final[tuple[Tool, ...]] = (*cases.TOOLS, *boards.TOOLS, *insight.TOOLS, *knowing.TOOLS, *acting.TOOLS)
BY_NAME: Final = {tool.name: tool for tool in TOOLS}
