"""What is asked of a person, a ground, a mark, a contact, a building, a kind."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.geo.datums import Datum
from huying.kernel.terms import Term
from huying.places.queries import Level, area_words, areas
from huying.residents.actions import NewGround
from huying.residents.queries import BuildingInfo, buildings_for, kinds_of
from huying.residents.rules.kinds import (
    CareLevel,
    ConsentForm,
    HomeUse,
    HouseholdKind,
    LegalBasis,
    Purpose,
    Relation,
    Sex,
)
from huying.residents.rules.registering import NewBuilding, NewPerson
from huying.web.present.choices import put_choices

_MOST_BUILDINGS: Final = 500


def terms(kind: type[Term], *, none: bool = False) -> list[tuple[str, str]]:
    """A closed list as answers, after none."""
    return [*([("", "—")] if none else []), *((one.value, _(one.zh)) for one in kind)]


def grids(actor: Actor) -> list[tuple[str, str]]:
    """The grids in which the actor keeps the register."""
    scopes = tuple(grant.area for grant in actor.grants_for(P.RESIDENT_EDIT))
    return [
        (one.code, area_words(actor.district, one.code))
        for one in areas(actor.district, Level.GRID)
        if one.code.startswith(scopes)
    ]


class GroundForm(forms.Form):
    """On what and for what somebody's data are kept."""

    purpose = forms.ChoiceField(label=gettext_lazy("为了什么"))
    basis = forms.ChoiceField(label=gettext_lazy("依据"))
    consent = forms.ChoiceField(label=gettext_lazy("同意方式"), required=False)
    detail = forms.CharField(
        label=gettext_lazy("依据说明"), max_length=200, required=False,
        help_text=gettext_lazy("同意书存在哪里；不是同意的，写哪部法律法规、第几条。"),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("用到哪天"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("不填就是一直到撤回或迁出。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        put_choices(self, "purpose", terms(Purpose))
        put_choices(self, "basis", terms(LegalBasis))
        put_choices(self, "consent", terms(ConsentForm, none=True))
        self.initial.update({"purpose": Purpose.CARE.value, "consent": ConsentForm.WRITTEN.value})

    def ground(self) -> NewGround:
        """The ground of a valid form."""
        told = self.cleaned_data
        return NewGround(
            purpose=Purpose(told["purpose"]), basis=LegalBasis(told["basis"]),
            consent=ConsentForm(told["consent"]) if told["consent"] else None, detail=told["detail"],
            until=told["until"],
        )  # fmt: skip


class PersonForm(forms.Form):
    """A person and the flat they live in; an empty number leaves the one there is."""

    building_id = forms.TypedChoiceField(label=gettext_lazy("楼栋"), coerce=int)
    room = forms.CharField(
        label=gettext_lazy("房号"), max_length=40, help_text=gettext_lazy("如“2单元501”。")
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    relation = forms.ChoiceField(label=gettext_lazy("与户主关系"))
    sex = forms.ChoiceField(label=gettext_lazy("性别"), required=False)
    born = forms.IntegerField(label=gettext_lazy("出生年份"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("加密保存，只显示头尾；每次查看都有记录。"),
    )  # fmt: skip
    id_number = forms.CharField(
        label=gettext_lazy("身份证号"), max_length=18, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("没有必要就不填。填了用来认出同一个人。"),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("上门要知道的"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("如“听力不好，敲门重一点”。加密保存。"),
    )  # fmt: skip
    use = forms.ChoiceField(label=gettext_lazy("房屋用途"))
    household_kind = forms.ChoiceField(label=gettext_lazy("哪种户"))
    household = forms.IntegerField(label=gettext_lazy("这套房的第几户"), initial=1, min_value=1, max_value=20)

    def __init__(
        self, actor: Actor, data: Any = None, initial: Any = None, prefix: str | None = None
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="", prefix=prefix)
        held = buildings_for(actor, limit=_MOST_BUILDINGS)
        put_choices(
            self,
            "building_id",
            [(one.id, f"{one.title} {area_words(actor.district, one.area)}") for one in held],
        )
        put_choices(self, "relation", terms(Relation))
        put_choices(self, "sex", terms(Sex, none=True))
        put_choices(self, "use", terms(HomeUse))
        put_choices(self, "household_kind", terms(HouseholdKind))

    def person(self) -> NewPerson:
        """The person of a valid form."""
        told = dict(self.cleaned_data)
        relation, sex = Relation(told.pop("relation")), told.pop("sex")
        use, kind = HomeUse(told.pop("use")), HouseholdKind(told.pop("household_kind"))
        return NewPerson(
            relation=relation, sex=Sex(sex) if sex else None, use=use, household_kind=kind, **told
        )


class LabelForm(forms.Form):
    """Of which kind of key persons somebody is."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    level = forms.ChoiceField(
        label=gettext_lazy("等级"), required=False, help_text=gettext_lazy("不选按类别；只能更紧，要写原因。")
    )
    why = forms.CharField(label=gettext_lazy("原因"), max_length=200, required=False)

    def __init__(self, district: int, data: Any = None) -> None:
        super().__init__(data, label_suffix="", prefix="label")
        put_choices(
            self, "kind", [(one.code, f"{one.name}（{_(one.level.zh)}）") for one in kinds_of(district)]
        )
        put_choices(self, "level", terms(CareLevel, none=True))


class ContactForm(forms.Form):
    """Whom to call."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    relation = forms.CharField(
        label=gettext_lazy("什么人"), max_length=20, help_text=gettext_lazy("如“女儿”“对门邻居，有钥匙”。")
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", prefix="contact")


class BuildingForm(forms.Form):
    """A building of a grid."""

    estate = forms.CharField(label=gettext_lazy("小区"), max_length=60, required=False)
    name = forms.CharField(label=gettext_lazy("楼栋"), max_length=60, help_text=gettext_lazy("如“3栋”。"))
    address = forms.CharField(label=gettext_lazy("地址"), max_length=120, required=False)
    lon = forms.FloatField(label=gettext_lazy("经度"), required=False)
    lat = forms.FloatField(label=gettext_lazy("纬度"), required=False)
    datum = forms.ChoiceField(label=gettext_lazy("坐标系"), required=False)
    area = forms.ChoiceField(
        label=gettext_lazy("网格"), required=False, help_text=gettext_lazy("有经纬度时自动判断，可以不选。")
    )
    floors = forms.IntegerField(label=gettext_lazy("层数"), initial=0)

    def __init__(self, actor: Actor, data: Any = None, row: BuildingInfo | None = None) -> None:
        names = ("estate", "name", "address", "lon", "lat", "area", "floors")
        first = (
            {name: getattr(row, name) for name in names} | {"datum": Datum.CGCS2000.value} if row else None
        )
        super().__init__(data, initial=first, label_suffix="")
        put_choices(self, "datum", [(one.value, _(one.zh)) for one in Datum])
        put_choices(self, "area", [("", "—"), *grids(actor)])

    def building(self) -> NewBuilding:
        """The building of a valid form."""
        told = dict(self.cleaned_data)
        return NewBuilding(datum=told.pop("datum") or Datum.CGCS2000.value, **told)


class KindForm(forms.Form):
    """A kind of key persons."""

    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20)
    level = forms.ChoiceField(label=gettext_lazy("等级"))
    sensitive = forms.BooleanField(label=gettext_lazy("敏感：只给能看完整信息的人看到"), required=False)
    hint = forms.CharField(label=gettext_lazy("什么样的人算"), max_length=100, required=False)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        put_choices(self, "level", terms(CareLevel))
