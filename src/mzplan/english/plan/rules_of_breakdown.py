"""English for the rules about a breakdown."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "分解表没有核对": "Breakdown was not checked",
        "分解数不是按计划的计量单位写的": "Part is in another unit of measure than the plan's",
        "分解表读不了": "Breakdown file cannot be read",
        "分解表的表头或列数不对": "Wrong header or number of columns in the breakdown",
        "分解表的单元格不对": "Wrong cell in the breakdown",
        "分解表的行与计划对不上": "Row of the breakdown does not fit the plan",
        "分解表里同一指标同一单位有两行": "Two rows for one indicator and unit in the breakdown",
        "各单位分解之和不等于全市目标": "Parts do not add up to the whole city's target",
        "分解数没有单位自己的基期值": "Part without the unit's own baseline",
        "各单位基期值之和不等于全市基期值": "Baselines do not add up to the whole city's",
        "分解数起用时已经过了期限": "Part begins after its due date",
        (
            "计划文件里有的指标、单位读不出来（如 action_areas 写错了键名）、编码重复、或年份写错，分解表的行就无从"
            "对照。"
        ): (
            "Indicators or units of the plan cannot be read (a mistyped action_areas), ids repeat, or the year is "
            "wrong: rows of the breakdown have nothing to be held against."
        ),
        "一处写错，不该让分解表的每一行都显得不对。": "One slip should not make every row of the breakdown look wrong.",
        "先改正计划文件里的错误，再核对分解表。": "Correct the plan file first, then check the breakdown.",
        (
            "分给一个单位的数超过全市目标的10倍，或不超过平均份额的千分之一；单位自己的目标与计划相差100倍以上；"
            "或各单位之和、表内合计与全市目标相差50倍以上；或单位的基期值换一个计量单位才与它的目标相近。"
        ): (
            "A part is more than 10 times the whole city's target, or a thousandth of an even share or less; a unit's "
            "own target is 100 times off the plan's; a sum is 50 times off; or a unit's baseline is near its target "
            "in another unit of measure only."
        ),
        "计划按万元、表里按元（或计划按张、表里按万张），目标就差一万倍：报对了的数反而成了错的。": (
            "With the plan in “万元” (×10,000 yuan) and the table in yuan, or the plan in beds and the table in “万张” "
            "(×10,000 beds), targets are ten thousand times off, and right reports turn out wrong."
        ),
        "换算成计划的计量单位；确是这么多的，核对计划的目标和计量单位。": (
            "Convert to the plan's unit of measure; if it is that much, check the plan's target and unit of measure."
        ),
        "分解表不是普通文件、没有读取权限，不是CSV，或引号没有成对，读不成表格。": (
            "The breakdown is no regular file, may not be read, is no CSV, or has quotes that do not pair."
        ),
        "读不全的表不能用：少读一行，分解就差一块。": (
            "A table that cannot be read whole is of no use: one row less, and a part is missing."
        ),
        "用表格软件重新另存为“CSV UTF-8”。": "Save it again as “CSV UTF-8” in the spreadsheet.",
        (
            "表头应有 indicator,unit,target,basis,source，可加 baseline,due,from（次序不限，也可写指标编码、填报单位"
            "、目标值、依据、来源、基期值、完成时限、起始月份），每行列数与表头相同。"
        ): (
            "The header has indicator,unit,target,basis,source, with baseline,due,from if needed (in any order, or "
            "in Chinese), and every row as many columns."
        ),
        "列错了位，数就进了别的列。": "In the wrong column, a number becomes something else.",
        "照样子改表头；含逗号的文字加双引号。": "Write the header like that; put texts with commas in double quotes.",
        (
            "target、baseline 不是零或正数，逐单位的要求是零，比率超过上限或像是按小数、万分数填的，累计量、里程碑写了基期值，"
            "基期值已经达到目标，basis 不是正式（official）或参考（reference），due、from 不是本年的月份，该填的空着，"
            "里程碑写了数，或文字以 = + - @ 开头（公式）。"
        ): (
            "target or baseline is not zero or more, what is asked of each unit is zero, a ratio is above its limit or "
            "written as a fraction or per ten thousand, a count or milestone has a baseline, a baseline has reached "
            "its target already, basis is neither official (“正式”) nor reference (“参考”), due or from is no month of the year, "
            "a needed cell is empty, a milestone has a number, or a text opens with = + - @ (a formula)."
        ),
        "目标错了，据此算的完成率全错；公式会在别人的电脑上执行。": (
            "With a wrong target every completion is wrong; a formula would run on other people's computers."
        ),
        (
            "target、baseline 只写数字；basis 写 official（正式下达）或 reference（参考分解）；source 写依据；月份写"
            "成 2023-09；里程碑只写 due。"
        ): (
            "Write target and baseline in digits, basis as official or reference, in source what it rests on, "
            "months as 2023-09; of a milestone only due."
        ),
        (
            "指标或单位不在计划里，编码与名称不符，计量单位与计划不同，指标不适用于这个单位，指标定义缺失，或进度固定的"
            "指标另写了完成时限。"
        ): (
            "The plan does not have the indicator or unit, id and name disagree, the unit of measure is another "
            "than the plan's, the indicator is not for this unit "
            "or has no defined target, or its schedule is fixed and the row has a due date."
        ),
        "目标不适用于这个单位，分给它的数就没有人完成；总数也就少了一块。": (
            "Nobody meets a part given to a unit that it is not for, and the total is short of it."
        ),
        "照提示改正编码，或删去这一行。": "Correct the id as the hint says, or remove the row.",
        "一个指标对一个单位从一个月起只能有一行；年中调整的，后一行写起始月份（from）。": (
            "For an indicator, a unit and a first month there is one row; a change within the year has its first "
            "month in from."
        ),
        "两行不知道以哪一行为准。": "Of two rows nobody knows which holds.",
        "删去其中一行。": "Remove one of the rows.",
        (
            "分解表给了每个填报单位的数，但合计少于或多于全市目标；或只给了几个单位，合计已超过全市目标。每次调整后"
            "都要相等。"
        ): (
            "The breakdown gives every unit a part and the sum is off the whole city's target; or it gives some a "
            "part and they exceed it already. After every revision both are equal."
        ),
        "各单位都完成了，全市却没有完成（或相反）。": (
            "All units would meet theirs and the city would not, or the reverse."
        ),
        "核对分解文件；若是有意加码，可以不管这条提示。": (
            "Check the file issued; where more is asked on purpose, ignore this."
        ),
        "指标从基期值算起，分解表给了单位目标，却没有给这个单位的基期值（baseline）。": (
            "Completion starts from a baseline, and the breakdown gives a unit a target but no baseline of its own."
        ),
        "全市从52到60，单位从几到30，不知道起点就不知道走了多远；按30算，一开始就像完成了大半。": (
            "The city goes from 52 to 60, the unit from where to 30? Without its start nobody knows how far it "
            "came: judged by 30 alone, it would seem half done at the outset."
        ),
        "在 baseline 写上各单位的基期值；不写的，到期前不判断快慢，只在完成时限考核。": (
            "Write each unit's baseline; without it the unit is judged at the due date only."
        ),
        "分解表给了每个填报单位的基期值，合计却不等于计划里的基期值。": (
            "The breakdown gives every unit's baseline, and they do not add up to the plan's."
        ),
        "各单位和全市的起点不是同一口径，完成率就不能并列。": (
            "Units and city start from different measures: their completions cannot stand side by side."
        ),
        "核对基期值是不是同一时点、同一口径。": "Check that the baselines are of one date and one measure.",
        "分解表的一行从某月起用（from），而单位的完成时限（due，不写就是指标的期限）在那以前。": (
            "A row holds from a month (from) after the unit's due date (due, or the indicator's)."
        ),
        "这个数一起用就是到期未完成，谁也没有时间去完成它。": (
            "It would be overdue from the start: nobody had time to meet it."
        ),
        "改正 from 或 due；调整了任务的，写上新的完成时限。": (
            "Correct from or due; where the task was changed, write its new due date."
        ),
    }
)
