"""Living through a long history in several processes, each with its own stream of matters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from django.db import connections

from huying.simulate.loading.past import Lived


@dataclass(frozen=True, slots=True)
class Failed:
    """What stopped a process, in words."""

    reason: str


def side_by_side(
    parts: Iterable[Callable[[Callable[[int], None]], Lived]], progress: Callable[[int], None]
) -> Lived:
    """Run every part in a process of its own and add up what they lived through.

    A part is called with the function it reports its progress to. Connections are not shared: each process
    opens its own. RuntimeError when one of them fails; the others are ended, what they wrote stays.
    """
    connections.close_all()
    context = get_context("fork")
    told: Any = context.SimpleQueue()
    processes = [context.Process(target=_run, args=(part, told), daemon=True) for part in parts]
    for process in processes:
        process.start()
    whole, left = Lived(), len(processes)
    while left:
        said = told.get()
        if isinstance(said, Failed):
            for process in processes:
                process.terminate()
            raise RuntimeError(said.reason)
        if isinstance(said, Lived):
            whole, left = whole.with_more(said), left - 1
        else:
            progress(said)
    for process in processes:
        process.join()
    return whole


def _run(part: Callable[[Callable[[int], None]], Lived], told: Any) -> None:
    try:
        told.put(part(told.put))
    except BaseException as error:  # the parent must hear of everything, or it would wait for ever
        told.put(Failed(f"{type(error).__name__}: {error}"))
        raise
    finally:
        connections.close_all()
