"""The protocol's server: requests of the library led to what may be asked, refusals led back."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, TypeVar

import mcp_types as types
from mcp import MCPError
from mcp.server import Server

from huying.api.assistants import prompting, resources
from huying.api.assistants.asked import Asked
from huying.api.assistants.offered import BY_NAME, TOOLS
from huying.api.assistants.told.quoting import NOTICE
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded

Found = TypeVar("Found")
Run = Callable[[Callable[[], Any]], Awaitable[Any]]
INSTRUCTIONS: Final = (
    f"呼应：基层诉求办理平台。您代表密钥的主人办事，以其岗位为限，每一步记在其名下。{NOTICE}"
    "诉求人的身份不提供。默认只查看和起草，发送由本人决定。详见 huying://docs/guide。"
)
_log = logging.getLogger(__name__)
# One line for each request, which the front's own log has already.
logging.getLogger("mcp.server").setLevel(logging.WARNING)


def make_server(ask: Callable[[Any], Asked], run: Run) -> Server[Any]:
    """A server whose every request is asked anew who stands behind it.

    ``ask`` makes of the library's context the question behind its key, or refuses; ``run`` runs a function that asks the
    database where that may be done.
    """

    def led(work: Callable[[Asked, Any], Found]) -> Callable[[Any, Any], Awaitable[Found]]:
        async def handle(context: Any, params: Any) -> Found:
            found: Found = await run(partial(_answered, partial(_asked, ask, context, work, params)))
            return found

        return handle

    return Server(
        "huying",
        title="呼应",
        version="1",
        instructions=INSTRUCTIONS,
        get_tool_input_schema=_schema_of,
        on_list_tools=led(_list_tools),
        on_call_tool=led(_call_tool),
        on_list_resources=led(_list_resources),
        on_list_resource_templates=led(_list_templates),
        on_read_resource=led(_read_resource),
        on_list_prompts=led(_list_prompts),
        on_get_prompt=led(_get_prompt),
    )


def _asked(
    ask: Callable[[Any], Asked], context: Any, work: Callable[[Asked, Any], Found], params: Any
) -> Found:
    return work(ask(context), params)


def _answered(work: Callable[[], Found]) -> Found:
    """What is refused, and what fails, is said without what lies behind it."""
    try:
        return work()
    except HuyingError as error:
        code = (
            types.INVALID_PARAMS
            if isinstance(error, Invalid) or error.status == 404
            else types.INVALID_REQUEST
        )
        fields = {name: worded(text, str) for name, text in error.fields.items()}
        data = {"code": error.code, "status": error.status, "errors": fields}
        raise MCPError(code, worded(error.message, str), data) from None
    except MCPError:
        raise
    except Exception:
        _log.exception("an assistant got no answer")
        raise MCPError(types.INTERNAL_ERROR, "系统没有完成这次操作。") from None


def _schema_of(name: str) -> dict[str, Any] | None:
    tool = BY_NAME.get(name)
    return None if tool is None else tool.input_schema


def _list_tools(asked: Asked, params: Any) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[tool.described() for tool in TOOLS if tool.offered_to(asked)])


def _call_tool(asked: Asked, params: types.CallToolRequestParams) -> types.CallToolResult:
    tool = BY_NAME.get(params.name)
    if tool is None:
        raise Invalid("没有这个工具。")
    return tool.called(asked, params.arguments or {})


def _list_resources(asked: Asked, params: Any) -> types.ListResourcesResult:
    return types.ListResourcesResult(resources=resources.listed())


def _list_templates(asked: Asked, params: Any) -> types.ListResourceTemplatesResult:
    return types.ListResourceTemplatesResult(resource_templates=resources.templates(asked))


def _read_resource(asked: Asked, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    return resources.read(asked, str(params.uri))


def _list_prompts(asked: Asked, params: Any) -> types.ListPromptsResult:
    return types.ListPromptsResult(prompts=prompting.listed())


def _get_prompt(asked: Asked, params: types.GetPromptRequestParams) -> types.GetPromptResult:
    return prompting.prompt(params.name, params.arguments or {})
