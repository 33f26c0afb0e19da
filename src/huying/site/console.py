"""How commands speak: results to the output, everything else beside it, JSON when asked for."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Progress and remarks go to the error stream: the output of a command can be piped on.
_aside = Console(stderr=True, highlight=False)


def json_flag(parser: argparse.ArgumentParser) -> None:
    """The one spelling of the flag every command with a result has."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def emit(args: argparse.Namespace, result: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Print the result: as one JSON object when asked for, else as lines for a person."""
    if getattr(args, "json", False):
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, default=str) + "\n")
        return
    for line in lines:
        sys.stdout.write(line + "\n")


def remark(text: str) -> None:
    """Something a person watching should know; not part of the result."""
    _aside.print(text, soft_wrap=True, markup=False)


def waiting(text: str) -> AbstractContextManager[Any]:
    """A moving sign for the block, on a terminal; nothing elsewhere."""
    return _aside.status(text)


def progress() -> Progress:
    """A bar with count and remaining time, on a terminal; use it as a context and ``add_task``."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_aside,
        transient=True,
        disable=not _aside.is_terminal,
    )


def watched(text: str, total: int) -> tuple[Progress, Callable[[int], None]]:
    """A progress bar and the function that moves it on by a number of steps."""
    bar = progress()
    task = bar.add_task(text, total=total)
    return bar, lambda steps: bar.advance(task, steps)
