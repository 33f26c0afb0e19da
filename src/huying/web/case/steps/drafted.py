"""A draft taken into the form of a step, to be read and mended before it is sent."""

from collections.abc import Mapping

from huying.access.actor import Actor
from huying.cases.lifecycle import Verb
from huying.cases.queries.page import CaseView
from huying.loop.dispose.queries import drafts_beside


def drafted(actor: Actor, case: CaseView, verb: Verb, asked: str) -> Mapping[str, str]:
    """What the draft with this number says for a step; nothing where it is none of the reader's."""
    if not asked.isdecimal():
        return {}
    found = next(
        (one for one in drafts_beside(actor, case) if str(one.id) == asked and one.verb == verb), None
    )
    return (
        {} if found is None else {"reply": found.reply, **({"result": found.result} if found.result else {})}
    )
