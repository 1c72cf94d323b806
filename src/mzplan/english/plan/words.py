"""English for the words of plans, and the screens that show one."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "指标编码": "Indicator id",
        "黄灯界限不能小于0": "The limit of yellow cannot be below 0",
        "红灯界限 {red} 必须大于黄灯界限 {yellow}，否则两档重叠、黄灯永不出现": (
            "The limit of red, {red}, must be above that of yellow, {yellow}: else they overlap and yellow never comes"
        ),
        "严格（默认）": "strict (default)",
        "mzplan 默认规则，非任何地方发布": "the default of mzplan, not published anywhere",
        "凡低于序时进度即黄灯，低于序时进度10个百分点以上（不含10）为红灯；没有空档。": (
            "Whatever is below the schedule is yellow, more than 10 percentage points below it (10 excluded) red; "
            "nothing in between is left open."
        ),
        "银川市发展改革委2025年3月": "Development and Reform Commission of Yinchuan, March 2025",
        (
            "原文：低于序时进度10至30个百分点（含）为黄灯，30个百分点以上为红灯。原文未规定低于不足10个百分点时亮什"
            "么灯，此处按绿灯。来源为转载页，引用前请核对原件。"
        ): (
            "The rule: 10 to 30 percentage points (included) below the schedule is yellow, more than 30 red. It "
            "does not say what less than 10 points below is; here it is green. Taken from a reprint: check the "
            "original before you quote it."
        ),
        "天津市发展改革委2022年2月": "Development and Reform Commission of Tianjin, February 2022",
        (
            "原文：达到或超过预期进度为绿灯，低于预期进度30%以内为黄灯，低于30%以上为红灯。原文未写明30%是百分点还是"
            "比例，此处按占应完成量的比例；恰为30%按黄灯。原规则用于资金支付进度，投资增速另有规则，未采用。"
        ): (
            "The rule: at or above the expected progress is green, up to 30% below it yellow, more than 30% below "
            "red. It does not say whether 30% is points or a share; here it is a share of what is due, and exactly "
            "30% is yellow. It was made for the payment of funds; growth of investment has another rule, not used "
            "here."
        ),
        "三亚市2022年5月": "Sanya, May 2022",
        (
            "原文：达到序时进度为绿灯，低于序时进度50%以内为黄灯，低于50%以上为红灯。原文未写明50%是百分点还是比例，"
            "此处按占应完成量的比例；恰为50%按黄灯。原文各区连续两月未完成转红灯，需要时用计划的 escalate: 2 表达，"
            "本预设不含。"
        ): (
            "The rule: on schedule is green, up to 50% below it yellow, more than 50% below red. It does not say "
            "whether 50% is points or a share; here it is a share of what is due, and exactly 50% is yellow. There, "
            "a district that falls short two months in a row turns red: say escalate: 2 in the plan, this preset "
            "does not."
        ),
        "宣城市政府2020年12月": "Government of Xuancheng, December 2020",
        (
            "只分达到与未达到序时进度两种（1—11月以91.7%，即11/12为线），没有红灯，未达到者一律黄灯。覆盖率类指标是"
            "否也按月折算，从原文看不出。"
        ): (
            "Only on schedule or not (for January to November by 91.7%, 11/12), without red: whatever is below is "
            "yellow. Whether coverage rates are spread over months as well, the rule does not tell."
        ),
        "亮灯规则": "Light preset",
        "1月1日以来的累计数": "the total since 1 January",
        "期末的数": "the level at the end of the period",
        "进行到的阶段": "the stage that has been reached",
        "分子：{numerator}；分母：{denominator}": "Numerator: {numerator}; denominator: {denominator}",
        "约{figure}": "~{figure}",
        "{publisher} {issued} 印发": "Issued by {publisher} on {issued}",
        "{count} 项指标：{kinds}": "{count:indicator|indicators}: {kinds}",
        "{title}（{year}年）": "{title} ({year})",
        "任务分解：{official_word} {official} 个数，{reference_word} {reference} 个数": (
            "Breakdown: {official:part|parts} {official_word}, {reference:part|parts} by {reference_word}"
        ),
        "每期次月 {day} 日前报送": "Reports are due by day {day} of the following month",
        "连续 {periods} 期滞后的判为严重滞后": "Behind for {periods:period|periods} in a row counts as far behind",
        "自定亮灯规则 {name}：{title}（黄：{yellow}；红：{red}）": (
            "Own light preset {name}: {title} (yellow: {yellow}; red: {red})"
        ),
        "行动 {number} {short}：{name}": "Area {number} {short}: {name}",
        "行动 {number} {name}": "Area {number} {name}",
        "任务 {number} {name}": "Task {number} {name}",
        "（未列指标）": "(no indicators)",
        "各填报单位": "each reporting unit",
        "{month}月{percent}%": "{month:month} {percent}%",
        "{amount}（增长{percent}%）": "{amount} (growth {percent}%)",
        "约{amount}±{percent}%": "~{amount} ±{percent}%",
        "{month}月起{target}": "from {month:month} {target}",
        "{month}月{value}": "{month:month} {value}",
        "{figure}（{words}）": "{figure} ({words})",
        "{text}（{lead}）": "{text} ({lead})",
        "{text}（权重{weight}）": "{text} (weight {weight})",
        "{kind} {count}": "{count} {kind}",
        "{count} 项行动": "{count:action area|action areas}",
        "{count} 项任务": "{count:task|tasks}",
        "{count} 项{safeguards}": "{count:item|items} under {safeguards}",
        "各县（市、区）": "all counties",
        "开发区": "development zones",
        "对象": "Applies to",
        "期限": "Due",
        "进度": "Schedule",
        "界限": "Limits",
        "报告期 {period}，与 {name} 相比": "Period {period}, compared with {name}",
        "没有数据，只列规则；给出 --data 可看到各规则下状态会变多少": (
            "No data, so only the presets; with --data, how many statuses would change by each"
        ),
        "{words}一律红灯，有一项的领域和单位也是；其余按差距，领域和单位按平均滞后": (
            "Always red: {words}, and areas and units with one; the others go by the gap, areas and units "
            "by the mean of what is late"
        ),
        "{name} 改变 {count} 项次：{changes}": "{name} changes {count:status|statuses}: {changes}",
        "出处 {source}": "Source {source}",
        "发布": "Published by",
        "状态改变": "Statuses changed",
        "低于序时": "below schedule",
        "无": "none",
        "参考分解（测算）：按{weight}": "reference breakdown (computed): by {weight}",
        "{was}→{now} {count}": "{count} {was}→{now}",
        "{id} {name}：{since}{city}目标{value}{unit}，按{weight}分解": (
            "{id} {name}{since}: {city} target {value} {unit}, broken down by {weight}"
        ),
        "{id} {name}：{since}{city}目标{value}{unit}，其中正式下达{official}{unit}，其余{rest}{unit}按{weight}分解": (
            "{id} {name}{since}: {city} target {value} {unit}, of which {official} {unit} official and the other "
            "{rest} {unit} broken down by {weight}"
        ),
        "{id} {name}：{since}{city}目标{value}{unit}已全部正式下达，没有需要测算的部分。": (
            "{id} {name}{since}: {city} target {value} {unit}, all of it official: nothing to work out."
        ),
        "未参加分解（没有权重）：{names}": "Left out, without a weight: {names}",
        "{basis}。按最大余数法：先取整，差额依余数从大到小各补足{step}，余数相同的先列者先得。": (
            "{basis}. By largest remainder: rounded down first, then {step} more for each in order of remainders; "
            "of equal ones the first in order."
        ),
        "权重": "Weight",
        "精确份额": "Exact share",
        "取整": "Rounded down",
        "余数": "Remainder",
        "补足": "Added",
        "分解数": "Part",
    }
)
