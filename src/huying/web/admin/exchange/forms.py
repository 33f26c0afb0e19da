"""What is asked to set up a system."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.exchange.actions.peers import PeerForm
from huying.exchange.queries.peers import PeerInfo
from huying.exchange.rules.kinds import Connecting, Direction, Scope
from huying.kernel.terms import Term
from huying.people.queries import bodies, unit_names
from huying.web.admin.wheres import area_choices, body_choices
from huying.web.guard import StaffRequest

_ROWS = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "number"})


class TableField(forms.CharField):
    """A table written as TOML or JSON."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return None if text in self.empty_values else table_of(str(text))


def table_of(text: str) -> Mapping[str, Any]:
    """The table in a text of TOML or JSON. Raises ValidationError, saying where it goes wrong."""
    try:
        found = orjson.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, orjson.JSONDecodeError) as error:
        raise forms.ValidationError(_("不是有效的 TOML 或 JSON：%(why)s") % {"why": error}) from error
    if not isinstance(found, dict):
        raise forms.ValidationError(_("应为一张表。"))
    return found


class SystemForm(forms.Form):
    """One system. Its code and connector are chosen once."""

    code = forms.SlugField(
        label=gettext_lazy("代号"), max_length=30, help_text=gettext_lazy("英文、数字、连字符")
    )
    name = forms.CharField(label=gettext_lazy("系统名称"), max_length=60)
    connector = forms.ChoiceField(label=gettext_lazy("对接方式"))
    direction = forms.ChoiceField(label=gettext_lazy("方向"))
    scope = forms.ChoiceField(label=gettext_lazy("报哪些案件"))
    area = forms.ChoiceField(label=gettext_lazy("管哪里"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("代表哪个单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("部门自己的系统：它说办结，就是这个单位的反馈。市平台不选"),
    )  # fmt: skip
    settings = TableField(
        label=gettext_lazy("连接设置"), max_length=20000, widget=_ROWS,
        help_text=gettext_lazy("TOML 或 JSON；各种对接方式的样例见说明书 exchange.md"),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("签名密钥"), required=False, max_length=4000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("双方约定，至少 16 个字符；SFTP 填密码或私钥。存下后不再显示，不改就留空"),
    )  # fmt: skip

    def __init__(self, request: StaffRequest, data: Any = None, held: PeerInfo | None = None) -> None:
        super().__init__(data, initial=_initial(held) if held else None, label_suffix="")
        district = request.actor.district
        chosen: dict[str, type[Term]] = {"connector": Connecting, "direction": Direction, "scope": Scope}
        for name, terms in chosen.items():
            self._choices(name, [(one.value, _(one.zh)) for one in terms])
        self._choices("area", area_choices(district))
        self._choices("body", _units(district, held.body_id if held else None, request.now))

    def _choices(self, name: str, pairs: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = pairs

    def peer(self) -> PeerForm:
        """What was said, checked by the form alone."""
        said = self.cleaned_data
        return PeerForm(
            code=said["code"], name=said["name"], connector=Connecting(said["connector"]),
            direction=Direction(said["direction"]), scope=Scope(said["scope"]), area=said["area"],
            body_id=said["body"], settings=said["settings"], secret=said["secret"],
        )  # fmt: skip


class NewSystemForm(SystemForm):
    """A system with its first mapping."""

    map = TableField(label=gettext_lazy("对应表"), max_length=60000, widget=_ROWS)


class MapForm(forms.Form):
    """Another version of a mapping."""

    map = TableField(label=gettext_lazy("对应表"), max_length=60000, widget=_ROWS)
    why = forms.CharField(label=gettext_lazy("改了什么"), max_length=200)


class SwitchForm(forms.Form):
    """Turning a system on or off."""

    why = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class TryForm(forms.Form):
    """A letter of theirs, or a case of ours."""

    letter = forms.CharField(
        label=gettext_lazy("对方的信（JSON）"), required=False, max_length=100000, widget=_ROWS
    )
    number = forms.CharField(label=gettext_lazy("或者案件编号"), required=False, max_length=40)


class MendForm(forms.Form):
    """What a letter should say, and why."""

    path = forms.CharField(label=gettext_lazy("哪一项"), max_length=100)
    value = forms.CharField(label=gettext_lazy("改成"), required=False, max_length=4000)
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200)


def told(value: Mapping[str, Any]) -> str:
    """A table as JSON that a person can read."""
    return orjson.dumps(dict(value), option=orjson.OPT_INDENT_2).decode()


def _units(district: int, held: int | None, now: datetime) -> list[Any]:
    """Every active unit; also the one that was chosen before it was closed, so that saving does not drop it."""
    units: list[Any] = [("", _("不代表单位")), *body_choices(district, now)]
    if held is not None and held not in {one.id for one in bodies(district, now)}:
        units.append((str(held), unit_names(district).get(held, str(held))))
    return units


def _initial(peer: PeerInfo) -> dict[str, Any]:
    """What a form begins with; the secret is never shown."""
    return {
        "code": peer.code, "name": peer.name, "connector": peer.connector.value, "direction": peer.direction.value,
        "scope": peer.scope.value, "area": peer.area, "body": peer.body_id, "settings": told(peer.settings),
    }  # fmt: skip
