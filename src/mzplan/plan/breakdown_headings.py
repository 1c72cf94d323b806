"""What heads the columns of a sheet of units × indicators beside the units and the indicators themselves."""

import re

from mzplan.plan.breakdown import OPTIONAL
from mzplan.plan.breakdown_columns import PASSED_OVER, field_of, folded, without_remark

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


def is_total(heading: str, city: str) -> bool:
    """Whether it is that of a sum or of the city's figure, a remark such as （张） behind it set aside."""
    plain = without_remark(heading)
    own = plain.removeprefix(folded(city))
    is_sum = plain.endswith((SUBTOTAL, "合计", "总计"))
    return bool(plain) and (not own or is_sum or _TOTAL_WORDS.fullmatch(own) is not None)
