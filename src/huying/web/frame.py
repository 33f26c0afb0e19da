"""What stands around every staff page, drawn without the template engine: it is drawn for each of them."""

from datetime import date
from functools import lru_cache
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.notices.queries.bell import MOST as MOST_UNREAD
from huying.web.drawing import icon, said
from huying.web.navigation import Group
from huying.web.remembering import per_language

_HERE: Final = ' aria-current="page"'


@lru_cache(1024)
def doors(groups: tuple[Group, ...], language: str) -> SafeString:
    """The groups of the navigation; ``language`` is the one in force."""
    return mark_safe("".join(_group(number, group) for number, group in enumerate(groups, 1)))


def _group(number: int, group: Group) -> str:
    drawn = "".join(
        f'<li><a href="{said(link.href)}"{_HERE if link.here else ""}>'
        f"{icon(link.icon)}{said(link.label)}{_mark(link.mark)}</a></li>"
        for link in group.links
    )
    heading = f'<summary><h2 id="doors-{number}">{said(group.title)}</h2></summary>'
    return (
        f"<details{' open' if group.open else ''}>{heading}"
        f'<ul aria-labelledby="doors-{number}">{drawn}</ul></details>'
    )


def _mark(count: int) -> str:
    if not count:
        return ""
    shown = "99+" if count >= MOST_UNREAD else str(count)
    words = _("待签发 %(n)s 份") % {"n": shown}
    return f' <span class="bell-count" aria-hidden="true">{shown}</span><span class="unseen">{said(words)}</span>'


def who(actor: Actor | None, token: str) -> SafeString:
    """Who is signed in, the posts they hold, and the way out."""
    if actor is None or not actor.account_id:
        return mark_safe("")
    posts = tuple(dict.fromkeys(grant.role.zh for grant in actor.grants))
    return mark_safe(_who(actor.name, posts).replace("@token@", said(token)))


@per_language
def _who(name: str, posts: tuple[str, ...]) -> str:
    held = "、".join(_(post) for post in posts)
    profile, leave = _address("account:profile"), _address("account:sign_out")
    shown = f'<a href="{said(profile)}">{said(name)}</a>' if profile else said(name)
    out = (
        f'<form action="{said(leave)}" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="@token@">'
        f'<button class="button button-small">{said(_("退出"))}</button></form>'
    )
    return (
        f'<div class="who">{icon("person")}<span><strong>{shown}</strong> <span class="posts cut">{said(held)}'
        f"</span></span>{out if leave else ''}</div>"
    )


@lru_cache(512)
def bell(count: int, language: str) -> SafeString:
    """The bell with how many notices are unread, up to a hundred; ``language`` is the one in force."""
    shown = "99+" if count >= MOST_UNREAD else str(count)
    words = _("%(n)s 条未读消息") % {"n": shown} if count else _("没有未读消息")
    mark = f'<span class="bell-count" aria-hidden="true">{shown}</span>' if count else ""
    address = said(_address("account:notices"))
    return mark_safe(
        f'<a class="button button-small button-quiet bell" href="{address}" data-unread="{count}">'
        f'{icon("bell")}{mark}<span class="unseen">{said(words)}</span></a>'
    )


@lru_cache(1024)
def watermark(name: str, account_id: int, today: date) -> SafeString:
    """Name, number and day across the page, so that a photo of the screen names who took it."""
    return mark_safe(
        '<svg class="watermark" aria-hidden="true" focusable="false"><defs><pattern id="whose" width="280" height="180" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">'
        f'<text x="8" y="60">{said(name)} {account_id}</text><text x="148" y="150">{today:%Y-%m-%d}</text></pattern>'
        '</defs><rect width="100%" height="100%" fill="url(#whose)"/></svg>'
    )


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
