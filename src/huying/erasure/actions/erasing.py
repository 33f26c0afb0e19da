"""One erasure: who and what is asked, the ledger's entries, every part, the files last."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.cases.actions import erasing as cases
from huying.cases.lifecycle import Basis
from huying.cases.queries.erasing import Reach, reach_of
from huying.cases.rules.erasing import Going, Gone
from huying.cases.rules.replies import names_a_person
from huying.deliberation.actions.erasing import following
from huying.erasure.actions import registered
from huying.erasure.actions.parts import PARTS
from huying.erasure.actions.unheld import remove_unheld
from huying.erasure.models import Erasure
from huying.erasure.policy import must_erase
from huying.erasure.queries import meant
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import said
from huying.people.actions import erasing as people
from huying.volunteers.actions.erasing import volunteering

_LEAST: Final = 2
_MOST: Final = 200
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class NewErasure:
    """What an officer asks for. ``kept``: they looked at what the law says of keeping, and nothing stands against it."""

    number: str
    scope: Scope
    basis: Basis
    reason: str
    kept: bool


def erase(by: Actor, new: NewErasure, now: datetime) -> Mapping[Gone, int]:
    """Erase by law what callers said and who they are; how many things of each kind went.

    That there was a case stays, with its item, grid, times, bodies, results and its chain, which gets an entry with the
    officer and the basis. Raises Denied, Invalid, NotFound for what nobody has or was erased before, Conflict for what
    is still open; then nothing is written.
    """
    must_erase(by)
    _check(new)
    with transaction.atomic():
        if new.scope is Scope.PERSON:
            going = None
            gone = registered.erase(by, new.number, new.reason.strip(), now)
        else:
            going, gone = _gone(by, new.number, new.scope, new.basis, new.reason.strip(), now)
        Erasure.objects.create(
            district=by.district, at=now, account_id=by.account_id, actor_name=by.name[:60], scope=new.scope.value,
            basis=new.basis.value, reason=new.reason.strip(), cases=sorted(going.cases) if going else [],
            counts={kind.value: gone[kind] for kind in Gone if gone[kind]},
        )  # fmt: skip
        if going is not None:
            transaction.on_commit(lambda: _remove(going))
    return gone


def preview(by: Actor, number: str, scope: Scope, now: datetime) -> Mapping[Gone, int]:
    """How many things of each kind would go: the erasure itself, taken back. Raises as :func:`erase`."""
    must_erase(by)
    with transaction.atomic():
        if scope is Scope.PERSON:
            gone = registered.erase(by, number, "", now)
        else:
            _going, gone = _gone(by, number, scope, Basis.OTHER, "", now)
        transaction.set_rollback(True)
    return gone


def _check(new: NewErasure) -> None:
    wrong = {}
    reason = new.reason.strip()
    if not _LEAST <= len(reason) <= _MOST:
        wrong["reason"] = "请写明删除的理由，最多 200 字。"
    elif names_a_person(reason):
        wrong["reason"] = "理由会一直留着，不要写电话或证件号。"
    if not new.kept:
        wrong["kept"] = "请先核对法律、行政法规规定的保存期限。"
    if wrong:
        raise Invalid("有几处要改。", fields=wrong)


def _gone(
    by: Actor, number: str, scope: Scope, basis: Basis, reason: str, now: datetime
) -> tuple[Going, Counter[Gone]]:
    whom = meant(by.district, number, scope)
    reach = reach_of(by.district, whom.appeals)
    if not (reach.appeals or whom.callers):
        raise NotFound("没有找到，或者已经删除过。请核对回执号、案件编号或电话。")
    _must_rest(by.district, reach.busy)
    known = _known(by.district, reach) if scope is Scope.ONE else frozenset()
    going = _going(by.district, reach, whom.callers, known, now)
    gone = cases.erase(going, by, basis)
    gone[Gone.CALLER] = people.erase(by, going.callers, reason, now)
    for caller in sorted(going.parted):
        nobody = people.part(by, caller, going.cases, reason, now)
        cases.part(by.district, going.appeals, caller, nobody)
    for part in PARTS:
        gone += part(going)
    return going, gone


def _known(district: int, reach: Reach) -> frozenset[int]:
    """Callers who are somebody here still, whatever goes of one appeal."""
    callers = reach.callers
    return frozenset(reach.speaking | following(district, callers) | volunteering(district, callers))


def _going(
    district: int, reach: Reach, named: frozenset[int], parted: frozenset[int], now: datetime
) -> Going:
    callers = (reach.callers | named) - parted
    return Going(district, now, reach.appeals, reach.whole, reach.shared, callers, parted, reach.texts)


def _must_rest(district: int, busy: Collection[int]) -> None:
    if busy:
        numbers = "、".join(case_number(district, case_id) for case_id in sorted(busy)[:_NAMED])
        raise Conflict(said("%(which)s还没有办结，或还有在走的时限，办完才能删除。", which=numbers))


def _remove(going: Going) -> None:
    """Whatever of the files nothing else shows; one that is gone already is as good."""
    remove_unheld(going.district, going.paths)
