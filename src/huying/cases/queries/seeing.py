"""Whether a case exists for somebody."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.kernel.errors import NotFound


def must_see(
    actor: Actor, district: int, case_id: int, permission: Permission = Permission.CASE_READ
) -> None:
    """Raise NotFound unless the actor holds the permission on this case."""
    if not Case.objects.filter(visible_to(actor, permission), district=district, id=case_id).exists():
        raise NotFound
