"""Who asks for a person, told to the groups of staff; without any word of theirs."""

import logging
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from huying.chat.channels.asking import Refused, TokenOver
from huying.chat.channels.vendors import adapter_for
from huying.chat.models import Person
from huying.chat.queries.accounts import held_accounts
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)
_ASKED: Final = "有居民在{vendor}对话里请人工答复，请到对话待接查看：{link}"
_DANGER: Final = "【紧急】有居民在{vendor}对话里说到危险，请马上查看：{link}"


def tell_groups(now: datetime) -> int:
    """Tell each request once; how many there were. A group robot that is away is passed over: the page shows them."""
    with transaction.atomic():
        waiting = Person.objects.filter(wants_at__isnull=False, wants_told_at__isnull=True)
        found = list(waiting.select_for_update(skip_locked=True)[:10])
        for person in found:
            Person.objects.filter(district=person.district, id=person.id).update(wants_told_at=now)
    for person in found:
        _tell(person, now)
    return len(found)


def _tell(person: Person, now: datetime) -> None:
    accounts = held_accounts(person.district)
    own = accounts.get(person.account_id)
    site: str = settings.HUYING_ADDRESS
    link = site.rstrip("/") + reverse("chat:thread", args=[person.id])
    text = (_DANGER if person.wants_danger else _ASKED).format(vendor=own.vendor.zh if own else "", link=link)
    for account in accounts.values():
        if not account.secrets.webhook:
            continue
        try:
            adapter_for(account).announce(text, now)
        except (Refused, HuyingError, TokenOver) as no:
            _log.warning("group robot of %s: %s", account.name, no)
