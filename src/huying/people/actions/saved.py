"""Keeping the questions that one asks of a list again and again."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.people.models import SavedFilter

MOST: Final = 12
_NAME, _QUERY = 60, 1000


def save_filter(account_id: int, list_name: str, name: str, query: str, now: datetime) -> None:
    """Keep the question under this name; one of the same name on the same list is replaced.

    Raises Invalid without a name or a question, for one that is too long, and for more than ``MOST`` on a list.
    """
    name, query = name.strip(), query.strip().lstrip("?")
    if not name or len(name) > _NAME:
        raise Invalid(_("起个名字，不超过 60 个字。"), fields={"name": _("起个名字，不超过 60 个字。")})
    if not query or len(query) > _QUERY:
        raise Invalid(_("先选好筛选条件再存。"))
    kept = SavedFilter.objects.filter(account_id=account_id, list_name=list_name)
    if kept.exclude(name=name).count() >= MOST:
        raise Invalid(said("一张清单最多存 %(n)d 个常用筛选，先删掉不用的。", n=MOST))
    SavedFilter.objects.update_or_create(
        account_id=account_id, list_name=list_name, name=name, defaults={"query": query, "saved_at": now}
    )


def drop_filter(account_id: int, number: int) -> None:
    """Forget one of one's own; nothing happens where there is none."""
    SavedFilter.objects.filter(account_id=account_id, id=number).delete()
