"""Whether a case exists for somebody."""

from collections.abc import Collection, Mapping

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.kernel.errors import Conflict, NotFound
from huying.kernel.numbers import case_number


def must_see(
    actor: Actor, district: int, case_id: int, permission: Permission = Permission.CASE_READ
) -> None:
    """Raise NotFound unless the actor holds the permission on this case."""
    if not Case.objects.filter(visible_to(actor, permission), district=district, id=case_id).exists():
        raise NotFound


def must_stand(district: int, case_id: int) -> None:
    """Raise Conflict for a case whose persons' data were erased: nothing is done with it any more."""
    if Case.objects.filter(district=district, id=case_id, erased_at__isnull=False).exists():
        raise Conflict("个人信息已依法删除，这件案件不能再办理。")


def numbers_for(actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    """Those of the cases in the actor's district that the actor may see, with their numbers."""
    if not ids:
        return {}
    seen = Case.objects.filter(visible_to(actor), district=actor.district, id__in=ids).values_list(
        "id", flat=True
    )
    return {case_id: case_number(actor.district, case_id) for case_id in seen}
