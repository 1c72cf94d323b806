"""What people call the columns of a breakdown, in its CSV file and in the sheets of units × indicators."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from mzplan.plan.breakdown import COLUMNS, OPTIONAL
from mzplan.plan.lookup import CODE_HEADINGS, UNIT_HEADINGS

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "indicator": (*CODE_HEADINGS, "指标"),
    "name": ("指标名称", "名称"),
    "unit": (*UNIT_HEADINGS, "责任单位", "承担单位", "地区"),
    "target": ("目标值", "目标", "分解数", "分解目标", "分解任务", "任务数", "指标值", "目标数"),
    "basis": ("依据", "性质", "分解依据", "分解性质"),
    "source": ("来源", "出处", "文号", "依据文件", "下达文号", "文件"),
    "baseline": ("基期值", "基期", "基数", "基期数", "上年末数", "上年末"),
    "due": ("完成时限", "完成期限", "完成时间", "时限", "期限", "due_date"),
    "from": ("起始月份", "起始月", "起始时间", "生效月份", "自何月起", "执行月份"),
}
"""What people call each column beside its own name."""
_FIELDS = {
    **{column: column for column in (*COLUMNS, *OPTIONAL, "name")},
    **{spelling: column for column, spellings in SPELLINGS.items() for spelling in spellings},
}
PASSED_OVER = frozenset({"序号", "计量单位", "备注", "说明", "note", ""})
"""Headings of columns for the reader's eye."""
_REMARK = re.compile(r"\([^()]*\)$")


def folded(text: str) -> str:
    """A name as it is compared: without width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def without_remark(text: str) -> str:
    """A name as it is compared, a remark behind it such as （张） set aside."""
    return _REMARK.sub("", folded(text))


def field_of(cell: str) -> str | None:
    """The column that a heading names, with or without a remark."""
    return _FIELDS.get(folded(cell)) or _FIELDS.get(without_remark(cell))


SUBTOTAL = "小计"
_WHOLE = "(?:全市|全年|年度|本年|各地|各县|分解|总|[0-9]{4}年)"
_TOTAL_WORDS = re.compile(
    rf"{_WHOLE}*目标(?:任务)?(?:值|数|总数)?|{_WHOLE}+任务(?:数|总数)?|目标?任务(?:数|总数)|{_WHOLE}?[合总]计|全市|总数"
)
"""What heads the column of the city's figure: 合计, 全年目标, 2023年目标任务数 …"""
_EYE = PASSED_OVER - {""} | {"任务", "重点任务", "工作任务", "行动", "类别"}
_EYE_FIELDS = frozenset(OPTIONAL) | {"basis", "source"}
_OFFICES = re.compile(r"(?:责任|牵头|配合|主办|协办|承办)(?:处室|科室|单位|部门)")
"""Columns for the reader's eye."""
MEASURES = frozenset({"计量单位", "单位"})
_LABELS = frozenset({"考核指标", "项目"})
_LABEL_FIELDS = frozenset({"indicator", "name", "unit"})


def is_label(heading: str) -> bool:
    """Whether a heading, folded, is that of a column that names the indicator."""
    return heading in _LABELS or (field_of(heading) in _LABEL_FIELDS and not _OFFICES.fullmatch(heading))


def is_for_the_eye(heading: str) -> bool:
    """Whether it is that of a column that gives nobody anything."""
    plain = folded(heading)
    return plain in _EYE or field_of(plain) in _EYE_FIELDS or _OFFICES.fullmatch(plain) is not None


def is_total(heading: str, cities: Sequence[str]) -> bool:
    """Whether it is that of a sum or of the city's figure, a remark such as （张） behind it set aside."""
    plain = without_remark(heading)
    own = plain.removeprefix(next((name for name in map(folded, cities) if plain.startswith(name)), ""))
    is_sum = plain.endswith((SUBTOTAL, "合计", "总计"))
    return bool(plain) and (not own or is_sum or _TOTAL_WORDS.fullmatch(own) is not None)
