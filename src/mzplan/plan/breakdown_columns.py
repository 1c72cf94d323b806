"""What people call the columns of a breakdown, in its CSV file as in the sheets that it is made from."""

import re
import unicodedata
from collections.abc import Mapping

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
