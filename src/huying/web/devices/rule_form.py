"""What is asked of a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.access.actor import Actor
from huying.catalogue.queries import live_edition, live_list
from huying.devices.queries import Rule, devices_for
from huying.devices.rules.kinds import Compare, DeviceKind, Follow, Light
from huying.devices.rules.watching import Watch
from huying.emergency.queries import plans_of
from huying.web.present.choices import put_choices

_MOST_DEVICES = 500


class RuleForm(forms.Form):
    """A rule."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(label=gettext_lazy("规则名称"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("哪类设备"))
    device_id = forms.TypedChoiceField(
        label=gettext_lazy("只看这一台"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("不选就看这一类的每一台。"),
    )  # fmt: skip
    factor = forms.CharField(
        label=gettext_lazy("因子"),
        max_length=24,
        help_text=gettext_lazy("设备消息里的名称，如氨氮是 w21003。"),
    )
    compare = forms.ChoiceField(label=gettext_lazy("怎么比"))
    limit = forms.FloatField(label=gettext_lazy("限值"))
    over = forms.FloatField(
        label=gettext_lazy("恢复值"),
        help_text=gettext_lazy("回到这里才算恢复，在限值附近抖动就不会反复提醒。"),
    )
    hold = forms.IntegerField(label=gettext_lazy("持续多少秒才算"), initial=0)
    quorum = forms.IntegerField(
        label=gettext_lazy("附近另有几台也超限才算"), initial=0, help_text=gettext_lazy("0 表示不看附近。")
    )
    metres = forms.IntegerField(label=gettext_lazy("多少米以内算附近"), initial=0)
    flaps = forms.IntegerField(
        label=gettext_lazy("一小时变化几次算时断时续"), initial=6, help_text=gettext_lazy("0 表示不看。")
    )
    light = forms.ChoiceField(label=gettext_lazy("什么时候看"))
    follow = forms.ChoiceField(label=gettext_lazy("触发后"))
    emergency = forms.ChoiceField(label=gettext_lazy("发起哪种应急"), required=False)
    item = forms.ChoiceField(
        label=gettext_lazy("转为诉求时的事项"), required=False, help_text=gettext_lazy("不选由中心判断。")
    )
    urgency = forms.IntegerField(label=gettext_lazy("紧急程度（0 到 3）"), initial=0)
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200, required=False)

    def __init__(self, by: Actor, data: Any = None, rule: Rule | None = None) -> None:
        super().__init__(data, initial=_first(rule) if rule else None, label_suffix="")
        for name, terms in (("kind", DeviceKind), ("compare", Compare), ("light", Light), ("follow", Follow)):
            put_choices(self, name, [(one.value, _(one.zh)) for one in terms])
        devices = devices_for(by, limit=_MOST_DEVICES)
        put_choices(self, "device_id", [("", "—"), *((one.id, f"{one.name} {one.code}") for one in devices)])
        put_choices(
            self, "emergency", [("", "—"), *((one.code, _(one.name)) for one in plans_of(by.district))]
        )
        put_choices(self, "item", item_choices(by.district))

    def rule(self, code: str) -> Rule:
        """The rule of a valid form."""
        said = self.cleaned_data
        watch = Watch(
            Compare(said["compare"]), said["limit"], said["over"], said["hold"], said["quorum"], said["metres"],
            said["flaps"], Light(said["light"]),
        )  # fmt: skip
        return Rule(
            code=code, version=said["version"], name=said["name"], kind=DeviceKind(said["kind"]),
            factor=said["factor"], watch=watch, follow=Follow(said["follow"]), device_id=said["device_id"],
            emergency=said["emergency"], item=said["item"], urgency=said["urgency"],
        )  # fmt: skip


class CaseRuleForm(forms.Form):
    """Under which item what comes of devices becomes a case."""

    item = forms.ChoiceField(
        label=gettext_lazy("事项"), required=False, help_text=gettext_lazy("不选由中心判断。")
    )
    urgency = forms.IntegerField(label=gettext_lazy("紧急程度（0 到 3）"), initial=0)
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200, required=False)

    def __init__(
        self, choices: list[tuple[str, str]], kind: str, data: Any = None, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="", auto_id=f"{kind}-%s")
        put_choices(self, "item", choices)


def item_choices(district: int) -> list[tuple[str, str]]:
    """The items of the list in force, after none."""
    if live_edition(district) is None:
        return [("", "—")]
    lines = live_list(district).held.items.values()
    return [("", "—"), *((one.code, f"{one.code} {one.name}") for one in lines)]


def _first(rule: Rule) -> dict[str, Any]:
    watch = rule.watch
    plain = {
        name: getattr(rule, name)
        for name in ("version", "name", "device_id", "factor", "emergency", "item", "urgency")
    }
    watched = {name: getattr(watch, name) for name in ("limit", "over", "hold", "quorum", "metres", "flaps")}
    chosen = {
        "kind": rule.kind.value, "compare": watch.compare.value, "light": watch.light.value,
        "follow": rule.follow.value,
    }  # fmt: skip
    return plain | watched | chosen
