"""What is typed about campaigns, tasks and seasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huying.access.actor import Actor
from huying.places.queries import Level, area_name, areas
from huying.prevent.campaigns.policy import RUN, may_run
from huying.prevent.campaigns.rules.kinds import MOST_NAME, MOST_PHOTOS, MOST_TEXT, Finding
from huying.prevent.campaigns.rules.season import MOST_WEEKS, Festival, Season
from huying.web.campaigns.items import ItemsField, put_district
from huying.web.citizen.forms import PhotosField, PhotosInput
from huying.web.present.choices import put_choices


def _text(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CampaignForm(forms.Form):
    """A campaign; ``key`` makes a form sent twice one campaign."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    season = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    warning = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**15)
    name = forms.CharField(label=_("名称"), max_length=MOST_NAME)
    areas = forms.MultipleChoiceField(
        label=_("哪些地方"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选中的街道、社区里每个网格一个任务"),
    )
    items = ItemsField(label=_("哪些事项"), required=False, help_text=_("用来比成效；一个不选就是全部事项"))
    task = _text(_("网格要做什么"), MOST_TEXT)
    photos_needed = forms.BooleanField(label=_("须拍照"), required=False, help_text=_("没有照片的任务交不了"))
    lead = forms.CharField(label=_("牵头单位"), max_length=60, required=False)
    begins = _day(_("开始"))
    due = _day(_("完成日期"))

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        put_choices(self, "areas", areas_run_by(actor))
        put_district(self, actor.district)


class TaskForm(forms.Form):
    """What a grid found; ``key`` is that under which photos wait that came before it is sent."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    finding = forms.ChoiceField(label=_("查得怎么样"), choices=Finding.choices(), widget=forms.RadioSelect)
    words = _text(_("说明（发现问题必填）"), MOST_TEXT, required=False)
    case = forms.CharField(
        label=_("已登记的案件编号"), max_length=40, required=False,
        help_text=_("处理不了的先登记成案件，再把编号填在这里"),
    )  # fmt: skip
    photos = PhotosField(
        label=_("照片"), required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "data-photos": MOST_PHOTOS, "multiple": True}),
    )  # fmt: skip

    def __init__(self, demanded: bool, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["photos"]
        if isinstance(field, PhotosField):
            field.demanded = demanded


class CloseForm(forms.Form):
    """What came of it."""

    conclusion = _text(_("总结"), MOST_TEXT, 4)


class SeasonForm(forms.Form):
    """One line of the season's calendar."""

    name = forms.CharField(label=_("名称"), max_length=MOST_NAME)
    festival = forms.ChoiceField(label=_("按什么算"), required=False)
    first = forms.CharField(
        label=_("从哪天"), max_length=5, help_text=_("公历写 06-01；按节日写前后几天，如 -7")
    )
    last = forms.CharField(label=_("到哪天"), max_length=5)
    weeks_before = forms.IntegerField(label=_("提前几周提示"), min_value=0, max_value=MOST_WEEKS)
    items = ItemsField(label=_("哪些事项"), required=False, help_text=_("一个不选就是全部事项"))
    lead = forms.CharField(label=_("牵头单位"), max_length=60, required=False)
    task = _text(_("网格要做什么"), MOST_TEXT)

    def __init__(self, district: int, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        put_district(self, district)
        put_choices(self, "festival", [("", _("公历日期")), *((one.value, _(one.zh)) for one in Festival)])

    def season(self, code: str) -> Season:
        """What was typed, once it is valid."""
        told = self.cleaned_data
        festival = Festival(told["festival"]) if told["festival"] else None
        return Season(
            code, told["name"], festival, told["first"], told["last"], told["weeks_before"], told["items"], (),
            told["lead"], told["task"],
        )  # fmt: skip


def areas_run_by(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of every area in which the actor may run campaigns, the widest first."""
    own = {grant.area[:15] for grant in actor.grants_for(RUN)}
    drawn = {row.code for level in (Level.STREET, Level.COMMUNITY) for row in areas(actor.district, level)}
    codes = own | {code for code in drawn if may_run(actor, code)}
    return [(code, area_name(actor.district, code)) for code in sorted(codes)]
