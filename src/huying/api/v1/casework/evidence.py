"""Photos that belong to a step: they come with it, and lie in the store only where the step may be taken."""

from collections.abc import Mapping
from typing import Any

from huying.api.v1.enclosed import photos_in
from huying.api.v1.interface import AskedRequest
from huying.cases.actions import store_photos
from huying.cases.lifecycle import FACTS, FactKind, Verb
from huying.cases.queries.page import case_for
from huying.kernel.errors import Invalid
from huying.kernel.saying import said


def evidence_in(
    request: AskedRequest, ref: tuple[int, int], verb: Verb, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """The photos of a step's facts, stored. Raises Invalid, NotFound.

    Nothing is stored for who may not take the step; the step itself says why.
    """
    given = {
        name: _read(name, value)
        for name, value in facts.items()
        if name in FACTS and FACTS[name].kind is FactKind.PHOTOS and value not in (None, [])
    }
    if not given:
        return {}
    case = case_for(request.actor, *ref, request.now)
    if all(button.verb is not verb for button in case.buttons):
        return {name: [] for name in given}
    return {name: store_photos(ref[0], photos) for name, photos in given.items()}


def _read(name: str, value: Any) -> list[bytes]:
    fact = FACTS[name]
    if not isinstance(value, list):
        raise Invalid(fields={name: "应为照片的列表，每张是 base64。"})
    if len(value) > fact.most:
        raise Invalid(fields={name: said("%(what)s最多 %(most)s 张。", what=fact.zh, most=fact.most)})
    return photos_in(value, name)
