"""The sheet in which a community keeps its people, and what its words mean."""

from collections.abc import Mapping
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.residents.rules.kinds import ConsentForm, LegalBasis, Purpose, Relation, Sex

COLUMNS: Final = ("楼栋", "房号", "姓名")
#: Columns that may be left out; the grid is needed where a building is new.
MORE: Final = (
    "网格",
    "小区",
    "地址",
    "与户主关系",
    "性别",
    "出生年份",
    "电话",
    "身份证号",
    "备注",
    "类别",
    "目的",
    "依据",
    "同意方式",
    "依据说明",
)
EXAMPLE: Final = (
    "3栋",
    "2单元501",
    "王某某",
    "福坞街道 霞岗社区 第04网格",
    "春风小区",
    "春风路8号",
    "户主",
    "女",
    "1942",
    "",
    "",
    "",
    "独居高龄老人",
    "关爱走访",
    "取得本人同意",
    "书面同意",
    "同意书存社区档案柜",
)


def term(kind: type[Term], cells: Mapping[str, str], column: str, default: Term | None) -> Term | None:
    """The member a cell names by its Chinese word or its value; ``default`` for an empty one. Raises Invalid."""
    text = cells.get(column, "").strip()
    if not text:
        return default
    found = next((one for one in kind if text in {one.zh, one.value}), None)
    if found is None:
        words = "、".join(one.zh for one in kind)
        raise Invalid(said("%(column)s请填：%(words)s。", column=column, words=words), fields={column: ""})
    return found


def year(cells: Mapping[str, str]) -> int | None:
    """The year of birth: 1942, 1942-05-03 or 1942年. Raises Invalid."""
    text = cells.get("出生年份", "").strip()
    if not text:
        return None
    if not (text[:4].isascii() and text[:4].isdigit()):
        raise Invalid("出生年份请写成 1942。", fields={"出生年份": ""})
    return int(text[:4])


TERMS: Final[Mapping[str, tuple[type[Term], Term | None]]] = {
    "与户主关系": (Relation, Relation.OTHER),
    "性别": (Sex, None),
    "目的": (Purpose, Purpose.CARE),
    "依据": (LegalBasis, LegalBasis.CONSENT),
    "同意方式": (ConsentForm, ConsentForm.WRITTEN),
}
