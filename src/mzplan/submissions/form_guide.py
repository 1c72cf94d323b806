"""What the first sheet of a form says: for whom and when it is, and how to fill it in. Knows nothing of workbooks."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mzplan.plan.indicator import KINDS
from mzplan.plan.model import REFERENCE_CAUTION
from mzplan.submissions.blank_form import Form
from mzplan.zh import dated


class GuideLine(NamedTuple):
    """A line of the sheet."""

    label: str
    text: str = ""
    """Empty for a title."""
    tint: str = ""
    """The look of the cells that it speaks of."""


_TITLE = "{plan}：指标填报表"
_HOW = GuideLine("怎样填")
_COUNTED = GuideLine("指标", "{count} 项，在“填报”表里")
_BY = GuideLine("报送期限", "{day}前交回")
_TO_FILL = GuideLine("浅黄色", "要填的格子。选中一格，旁边会提示填什么；填得不对，当场会说。", "fill")
_CARRIED = GuideLine("浅绿色", "里程碑和它的佐证，照上次填报的先填好了：没有变化的不用改，有变化的改过来。", "carried")
_LOCKED = GuideLine("灰色", "不用填，也改不动。列宽、行高可以调整。", "key")
_BY_KIND = {name: GuideLine(kind.kind_zh, kind.how_to_fill) for name, kind in KINDS.items()}
_ZERO = GuideLine("没有发生", "填 0（零报告）。")
_NOTHING = GuideLine("还没有数", "空着，“说明”“佐证”也不写。整行空着是{missing}，不算 0。")
_NOT_APPLICABLE = GuideLine(
    "没有这项工作",
    "完成值填“不适用”（比率的那一格是灰色的，也可以选），并在“说明”里写原因；缺说明的，那一格会变红。",
)
_NOTE = GuideLine("说明", "与上次相差很大的，更正以前的数的，写明原因和增减的数。")
_EVIDENCE = GuideLine("佐证", "网址、公文的文号（如 ×民〔{year}〕18号），或一并交来的文件名；有几个的，用分号隔开。")
_REFERENCE = GuideLine("目标依据", "写着“参考分解（测算），非正式下达”的，目标只供参照。")
_RETURN = GuideLine(
    "交回", "直接交回这个工作簿；也可以打开“填报”表，另存为“CSV UTF-8（逗号分隔）”交回。不要增删行列，不要改表头。"
)


_ALL = (
    *(_COUNTED, _BY, _HOW, _TO_FILL, _CARRIED, _LOCKED, *_BY_KIND.values()),
    *(_ZERO, _NOTHING, _NOT_APPLICABLE, _NOTE, _EVIDENCE, _REFERENCE, _RETURN),
)
_FIELDS = {"count": r"(?a:\d+)", "day": r"(?a:\d{4}年\d{1,2}月\d{1,2}日)", "year": r"(?a:\d{4})", "missing": r"\w{2}"}
"""What stands in each field of those texts."""
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_AS_MADE = [
    re.compile(_FIELD.sub(lambda field: _FIELDS[field[1]], re.escape("\n".join(filter(None, line[:2])))))
    for line in _ALL
]


def is_of_guide(cells: Sequence[str]) -> bool:
    """Whether a line of a sheet is one of these as it was made, the title and for whom and when it is aside."""
    said = "\n".join(filter(None, cells))
    return any(line.fullmatch(said) for line in _AS_MADE)


def is_of_its_title(text: str) -> bool:
    """Whether a text begins with what the sheet is headed by."""
    return re.match(_FIELD.sub(".+", re.escape(_TITLE)), text) is not None


def guide(form: Form, missing: str) -> Iterator[GuideLine]:
    """The lines in their order; what no row of the form needs is left out. `missing` is what is not reported."""
    plan, rows = form.plan, form.rows
    yield GuideLine(_TITLE.format(plan=plan.title))
    yield GuideLine("填报单位", form.unit.name)
    yield GuideLine("报告期", form.period.on_forms)
    yield _COUNTED._replace(text=_COUNTED.text.format(count=len(rows)))
    yield _BY._replace(text=_BY.text.format(day=dated(str(form.due))))
    yield _HOW
    yield _TO_FILL
    if any(row.stage for row in rows):
        yield _CARRIED
    yield _LOCKED
    found = {row.indicator.kind for row in rows}
    yield from (line for kind, line in _BY_KIND.items() if kind in found)
    yield from (_ZERO, _NOTHING._replace(text=_NOTHING.text.format(missing=missing)), _NOT_APPLICABLE, _NOTE)
    yield _EVIDENCE._replace(text=_EVIDENCE.text.format(year=plan.year))
    if any(row.basis == REFERENCE_CAUTION for row in rows):
        yield _REFERENCE
    yield _RETURN
