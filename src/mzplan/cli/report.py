"""`mzplan report`: one page for the director, with charts and every figure down to its rows."""

from pathlib import Path

from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.loading import load, said_in
from mzplan.cli.options import query_of
from mzplan.cli.status import viewed
from mzplan.cli.terminal import must_not_be_shown, present
from mzplan.render.report import FORMATS
from mzplan.views.report import ReportView


def command(
    unit: options.Units = None,
    area: options.Areas = None,
    task: options.Tasks = None,
    lead: options.Leads = None,
    period: options.Period = None,
    lights: options.Lights = None,
    no_rank: options.NoRank = False,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
) -> None:
    """给领导看的一页：结论和目标风险、热力图、走势、报送日历，逐级下钻到单位、指标和一个数字的来历。

    一个 HTML 文件，不联网，脚本被拦下也能看全；用浏览器打开，A4 横向打印。数字与 mzplan status、mzplan explain 相同。

    用法示例：mzplan report -o 报告.html    mzplan report --unit 义乌市 --period 2023-06 -o 义乌.html
    """
    chosen = format_of(None, FORMATS, output, "html")
    if output is None:
        must_not_be_shown(chosen, "报告.html")
    loaded = load(plan, data, period, lights, rank=not no_rank)
    status = viewed(loaded, query_of(loaded.plan, unit, area, task, lead, rank=not no_rank))
    present(ReportView(status=status, base=Path.cwd(), said=said_in(loaded.ledger)), FORMATS, chosen, output)
