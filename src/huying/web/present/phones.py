"""People with their masked numbers, put together without the template engine: every case shows who is on duty for it."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huying.web.drawing import csrf_input, icon, said
from huying.web.present.people import Person


def people_list(people: Iterable[Person], token: str) -> SafeString:
    """Each person: name, part, where, until when, number."""
    until = said(_("到 %(at)s"))
    return mark_safe(f'<ul class="duty-people">{"".join(_line(one, until, token) for one in people)}</ul>')


def _line(one: Person, until: str, token: str) -> str:
    who = f"<strong>{said(one.name)}</strong>"
    if one.role:
        who += f' <span class="chip{" chip-accent" if one.lead else ""}">{said(one.role)}</span>'
    if one.kind:
        who += f' <span class="faint">{said(one.kind)}</span>'
    where = said(one.where or one.post)
    if one.ends_at:
        local = one.ends_at.astimezone(timezone.get_default_timezone())
        where += f" · {until % {'at': f'{local:%H:%M}'}}"
    return (
        f'<li><span class="duty-who">{who}</span><span class="faint duty-where">{where}</span>'
        f"{call_button(one.call, one.phone, one.name, token)}</li>"
    )


def call_button(call: str, phone: str, name: str, token: str) -> SafeString:
    """The masked number, which one press on it makes whole where ``call`` says where; nothing without a number."""
    number = said(phone)
    if not call:
        return mark_safe(f'<span class="number faint">{number}</span>' if phone else "")
    address, title = said(call), said(_("看完整号码，会记入审计"))
    whole = said(_("看%(name)s的完整号码") % {"name": name})
    return mark_safe(
        f'<form method="post" action="{address}" hx-post="{address}" hx-swap="outerHTML" class="call-form">'
        f'{csrf_input(token)}<button class="button button-small" title="{title}">{icon("phone")}'
        f'<span class="number">{number}</span><span class="unseen">{whole}</span></button></form>'
    )
