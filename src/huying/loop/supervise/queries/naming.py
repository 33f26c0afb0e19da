"""What the rows of a board are called."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from huying.catalogue.queries import live_edition, live_list
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.people.queries import body
from huying.places.queries import area_path


def namer(district: int, cut: Cut) -> Callable[[str], str]:
    """How to call a key of this cut, without a query for each."""
    if cut is Cut.ITEM:
        lines = live_list(district).held.items if live_edition(district) is not None else {}
        classes = {code[:2]: line.class_name for code, line in lines.items()}
        return lambda key: classes.get(key, key) or _("未分类")
    if cut is Cut.BODY:
        return lambda key: _body(district, int(key))
    if cut is Cut.AREA:
        return lambda key: _area(district, key)
    return lambda key: _("合计")


def _body(district: int, body_id: int) -> str:
    if not body_id:
        return _("指挥中心（未派单）")
    try:
        info = body(district, body_id)
    except NotFound:
        return str(body_id)
    return info.short_name or info.name


def _area(district: int, code: str) -> str:
    if not code:
        return _("位置未定")
    path = area_path(district, code)
    return path[-1] if path else code
