"""The questions of an import: the file, then what its columns and words mean."""

import hashlib
import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.geo.datums import Datum
from huying.loop.collect.channels.orders import guessing

COLUMNS: Final = {
    "number": gettext_lazy("工单编号"), "created": gettext_lazy("受理时间"), "text": gettext_lazy("诉求内容"),
    "title": gettext_lazy("标题"), "kind": gettext_lazy("诉求类型"), "source": gettext_lazy("来源"),
    "item1": gettext_lazy("大类"), "item2": gettext_lazy("中类"), "item3": gettext_lazy("小类"),
    "state": gettext_lazy("办理状态"), "ended": gettext_lazy("办结时间"), "in_time": gettext_lazy("是否按期"),
    "body": gettext_lazy("承办单位"), "district": gettext_lazy("所在区"), "street": gettext_lazy("街道"),
    "community": gettext_lazy("社区"), "address": gettext_lazy("地址"), "lon": gettext_lazy("经度"),
    "lat": gettext_lazy("纬度"), "name": gettext_lazy("诉求人姓名"), "phone": gettext_lazy("诉求人电话"),
}  # fmt: skip
_NEEDED: Final = ("number", "created")
_SUFFIXES: Final = (".csv", ".txt", ".xlsx", ".xlsm")


class FileForm(forms.Form):
    """The file to bring in."""

    file = forms.FileField(
        label=gettext_lazy("文件"), help_text=gettext_lazy("CSV 或 Excel（第一张表），第一行是列名。"),
        error_messages={"required": gettext_lazy("请选一个文件。"), "empty": gettext_lazy("这个文件是空的。")},
        widget=forms.FileInput(attrs={"accept": ",".join(_SUFFIXES)}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if not given.name.lower().endswith(_SUFFIXES):
            raise forms.ValidationError(_("只收 CSV 和 Excel（xlsx）文件。"))
        return given


class MapForm(forms.Form):
    """What the columns of a file mean, guessed and to be corrected."""

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]{1,30}$", label=gettext_lazy("来源代号"),
        help_text=gettext_lazy("同一来源每次都用同一个：凭“代号 + 工单编号”认定，再导一次不会重复。"),
        error_messages={"invalid": gettext_lazy("来源代号只能用英文、数字、连字符，最多 30 个。")},
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("来源名称"), max_length=40)
    time_format = forms.ChoiceField(
        label=gettext_lazy("时间写法"), choices=[(one, one) for one in guessing.TIME_FORMATS]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("没有写状态的"),
        choices=[("ended", gettext_lazy("算已办结")), ("open", gettext_lazy("算在办"))],
    )
    ended = forms.CharField(
        label=gettext_lazy("哪些状态算已办结"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("文件里的写法，一行一个；其余的算在办。"),
    )  # fmt: skip
    datum = forms.ChoiceField(
        label=gettext_lazy("经纬度坐标系"), choices=[(one.value, one.value) for one in Datum]
    )
    units = forms.CharField(
        label=gettext_lazy("本区在文件里的名称"), required=False, max_length=40,
        help_text=gettext_lazy("写了别的区的行不导入；不填则不看。"),
    )  # fmt: skip
    create_bodies = forms.BooleanField(
        label=gettext_lazy("没有的单位新建"), required=False,
        help_text=gettext_lazy("不勾选时，单位对不上的行不导入，列在未导入清单里。"),
    )  # fmt: skip

    def __init__(self, looked: guessing.Looked, file_name: str, data: Any = None) -> None:
        self._looked = looked
        guessed = guessing.columns(looked.head)
        times = looked.said(guessed.get("created", ""))
        states = looked.said(guessed.get("state", ""))
        initial: dict[str, Any] = {
            "code": code_of(file_name), "name": file_name.rsplit(".", 1)[0][:40], "datum": Datum.CGCS2000.value,
            "time_format": guessing.time_format(times), "state": "ended",
            "ended": "\n".join(guessing.ended_words(states)),
        }  # fmt: skip
        super().__init__(
            data,
            initial=initial | {f"column_{ours}": title for ours, title in guessed.items()},
            label_suffix="",
        )
        choices = [("", _("（没有）")), *((title, title) for title in looked.head if title)]
        for ours, label in COLUMNS.items():
            self.fields[f"column_{ours}"] = forms.ChoiceField(
                label=label, required=ours in _NEEDED, choices=choices,
                error_messages={"required": _("请选哪一列是这一项。")},
            )  # fmt: skip

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The columns' questions, in our order."""
        return [self[f"column_{ours}"] for ours in COLUMNS]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The other questions."""
        return [field for field in self if not field.name.startswith("column_")]

    def told(self) -> dict[str, Any]:
        """A valid form as a map of columns in the shape of a file of TOML (docs/import.md)."""
        said = self.cleaned_data
        columns = {ours: said[f"column_{ours}"] for ours in COLUMNS if said[f"column_{ours}"]}
        ended = {line.strip() for line in said["ended"].splitlines() if line.strip()}
        states = {
            word: "ended" if word in ended else "open"
            for word in {*self._looked.said(columns.get("state", "")), *ended}
        }
        orders: dict[str, Any] = {
            "code": said["code"], "encoding": self._looked.encoding, "delimiter": self._looked.delimiter,
            "time_format": [said["time_format"], *(one for one in guessing.TIME_FORMATS if one != said["time_format"])],
            "empty": ["-", "无"], "datum": said["datum"], "state": said["state"], "columns": columns,
            "units": {"district": said["units"], "create_bodies": said["create_bodies"]},
        }  # fmt: skip
        if "state" in columns:
            orders["states"] = states
        return {"name": said["name"], "orders": orders}


def code_of(file_name: str) -> str:
    """A code from a file's name, the same for the same name."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", file_name.rsplit(".", 1)[0]).strip("-").lower()[:30].strip("-")
    return plain if len(plain) > 2 else f"file-{hashlib.sha256(file_name.encode()).hexdigest()[:8]}"
