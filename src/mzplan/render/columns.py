"""The columns of all tables on screens and pages: one heading for one idea, in every writer."""

from typing import Any

from mzplan.render.document import Column

COLUMNS = {
    one.key: one
    for one in (
        Column("unit", "填报单位"),
        Column("id", "编码"),
        Column("name", "指标", label=True),
        Column("period", "报告期"),
        Column("progress", "完成值/目标", "right", raw=("完成值", "目标", "计量单位")),
        Column("actual", "完成值", "right"),
        Column("target", "目标", "right"),
        Column("measure", "计量单位", short="单位"),
        Column("completion", "完成率%", "right"),
        Column("whole", "年度完成率%", "right", short="年度%", raw=("年度完成率%", "未封顶%")),
        Column("capped", "计分%", "right"),
        Column("expected", "序时%", "right"),
        Column("gap", "差距（百分点）", "right", short="差距"),
        Column("status", "状态"),
        Column("on_schedule", "达到/应达", "right", short="达到", raw=("达到", "应达", "灯", "依据")),
        Column("record", "记录月份", short="记录", raw=("记录月份", "沿用")),
        Column("reported", "已报/应报", "right", raw=("已报", "应报")),
        Column("basis", "目标依据", short="依据"),
        Column("contribution", "占{city}%", "right", short="占比%"),
        Column("rank", "位次", "right"),
        Column("pace", "每月需", raw=("每月需", "最好月", "评估")),
        Column("streak", "连续滞后"),
        Column("why", "由于", label=True),
        Column("part", "分解数", "right"),
        Column("scope", "对象"),
        Column("due", "期限", "right"),
        Column("schedule", "进度"),
        Column("level", "级别"),
        Column("place", "位置"),
        Column("fact", "问题", label=True),
        Column("hint", "改法", label=True),
        Column("rule", "规则"),
    )
}
"""Every column that more than one table or writer has, or that says what an indicator is; by its key."""


def column(key: str, /, **otherwise: Any) -> Column:
    """That column, but for what one table has otherwise: its weight, its short heading."""
    return COLUMNS[key]._replace(**otherwise)
