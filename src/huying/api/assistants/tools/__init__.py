"""Everything an assistant may ask for, in the order in which it is listed."""

from typing import Final

from huying.api.assistants.registry import Tool
from huying.api.assistants.tools import acting, boards, cases, insight, knowing

TOOLS: Final[tuple[Tool, ...]] = (*cases.TOOLS, *boards.TOOLS, *insight.TOOLS, *knowing.TOOLS, *acting.TOOLS)
BY_NAME: Final = {tool.name: tool for tool in TOOLS}
