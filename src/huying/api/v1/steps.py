"""One path for every verb of the table: its facts, outcomes and description all come from there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from ninja import Router

from huying.api.conduct import Manners, mannered
from huying.api.intake.reading import parse_object
from huying.api.members import must_know
from huying.api.problems import Overtaken
from huying.api.v1.cases import matches, read_case, ref_of
from huying.api.v1.casework.evidence import evidence_in
from huying.api.v1.interface import AskedRequest
from huying.api.v1.openapi import PART, names_of, step_extra
from huying.api.v1.shapes import CaseWhole, Problem
from huying.cases.actions import advance
from huying.cases.lifecycle import TABLE, Outcome, Verb
from huying.kernel.errors import Invalid, StaleVersion
from huying.kernel.saying import said
from huying.loop.collect.rules import KEY_LEAST, KEY_MOST

router = Router(tags=["办理"])
# Born with an appeal, born or done by another step, or done by the watch alone.
NOT_ASKED: Final = frozenset({Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB, Verb.ARCHIVE, Verb.WARN, Verb.ERASE})
ASKED: Final = tuple(verb for verb in Verb if verb not in NOT_ASKED)


def _outcome(verb: Verb, given: Any) -> Outcome | None:
    outcomes = {step.outcome for step in TABLE if step.verb is verb} - {None}
    if verb is Verb.WITHDRAW or not outcomes:
        if given is not None:
            raise Invalid(fields={"outcome": "这一步没有结果可选。"})
        return None
    if given is None and None in {step.outcome for step in TABLE if step.verb is verb}:
        return None
    chosen = next((outcome for outcome in outcomes if outcome == given), None)
    if chosen is None:
        raise Invalid(
            fields={
                "outcome": said(
                    "应为：%(outcomes)s。", outcomes="、".join(sorted(str(each) for each in outcomes))
                )
            }
        )
    return chosen


def _order(given: Any) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and 0 < given < 2**63):
        return given
    raise Invalid(fields={"order": "应为工单编号。"})


def _key(given: str | None) -> str | None:
    if given is not None and not (
        KEY_LEAST <= len(given) <= KEY_MOST and given.isascii() and given.isprintable()
    ):
        raise Invalid(fields={"key": "幂等键应为 8 到 80 个英文字符。"})
    return given


def _made(verb: Verb) -> Callable[..., dict[str, Any]]:
    @mannered(Manners(matched=False))
    def take(request: AskedRequest, response: HttpResponse, number: str) -> dict[str, Any]:
        facts = dict(parse_object(request.body or b"{}"))
        _must_know_names(verb, facts)
        ref, expected = ref_of(number), matches(request)
        outcome, order_id = _outcome(verb, facts.pop("outcome", None)), _order(facts.pop("order", None))
        key = _key(request.headers.get("Idempotency-Key"))
        facts |= evidence_in(request, ref, verb, facts)
        try:
            advance(
                ref, verb, by=request.actor, now=request.now, outcome=outcome, order_id=order_id,
                expected=expected, key=key, **facts,
            )  # fmt: skip
        except StaleVersion as error:
            raise Overtaken(error.message) from error
        return read_case(request, response, *ref)

    return take


def _must_know_names(verb: Verb, facts: Mapping[str, Any]) -> None:
    must_know(facts, {*names_of(verb), "outcome", "order"})
    parts = facts.get("parts")
    for place, part in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            must_know(part, PART["properties"], f"parts[{place}].")


for _verb in ASKED:
    router.post(
        f"/cases/{{number}}/{_verb.value}",
        response={200: CaseWhole, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 412: Problem},
        summary=_verb.zh,
        operation_id=f"step_{_verb.value}",
        openapi_extra=step_extra(_verb),
    )(_made(_verb))
