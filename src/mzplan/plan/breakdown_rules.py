"""The rules about the breakdown of a plan (MZ78x).

The examples are run by the suite as those of `rules` are.
"""

from mzplan.diagnostics import Rule
from mzplan.plan.file_rules import ERROR, WARNING

PARTS_UNJUDGED = Rule(
    "MZ755",
    "breakdown-not-judged",
    WARNING,
    "分解表没有核对",
    what="计划文件里有的指标、单位读不出来（如 action_areas 写错了键名）、编码重复、或年份写错，分解表的行就无从对照。",
    why="一处写错，不该让分解表的每一行都显得不对。",
    mend="先改正计划文件里的错误，再核对分解表。",
)
PARTS_OTHER_MEASURE = Rule(
    "MZ780",
    "breakdown-other-measure",
    ERROR,
    "分解数不是按计划的计量单位写的",
    what="分给一个单位的数超过全市目标的10倍，或不超过平均份额的千分之一；单位自己的目标与计划相差100倍以上；"
    "或各单位之和、表内合计与全市目标相差50倍以上；或单位的基期值换一个计量单位才与它的目标相近。",
    why="计划按万元、表里按元（或计划按张、表里按万张），目标就差一万倍：报对了的数反而成了错的。",
    mend="换算成计划的计量单位；确是这么多的，核对计划的目标和计量单位。",
    bad="indicator,unit,target,basis,source\nT01-01,jia,600000,official,市府办\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,official,市府办\n",
)
PARTS_UNREADABLE = Rule(
    "MZ781",
    "breakdown-unreadable",
    ERROR,
    "分解表读不了",
    what="分解表不是普通文件、没有读取权限，不是CSV，或引号没有成对，读不成表格。",
    why="读不全的表不能用：少读一行，分解就差一块。",
    mend="用表格软件重新另存为“CSV UTF-8”。",
    bad='indicator,unit,target,basis,source\nT01-01,jia,60,reference,"测算\n',
    good='indicator,unit,target,basis,source\nT01-01,jia,60,reference,"测算"\n',
)
PARTS_HEADER = Rule(
    "MZ782",
    "breakdown-header",
    ERROR,
    "分解表的表头或列数不对",
    what="表头应有 indicator,unit,target,basis,source，可加 baseline,due,from（次序不限，也可写指标编码、填报单位、"
    "目标值、依据、来源、基期值、完成时限、起始月份），每行列数与表头相同。",
    why="列错了位，数就进了别的列。",
    mend="照样子改表头；含逗号的文字加双引号。",
    bad="indicator,unit,value,basis,source\nT01-01,jia,60,reference,测算\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,reference,测算\n",
)
PARTS_CELL = Rule(
    "MZ783",
    "breakdown-cell",
    ERROR,
    "分解表的单元格不对",
    what="target、baseline 不是零或正数，逐单位的要求是零，比率超过上限或像是按小数、万分数填的，"
    "累计量、里程碑写了基期值，基期值已经达到目标，basis 不是正式（official）或参考（reference），due、from 不是"
    "本年的月份，该填的空着，里程碑写了数，或文字以 = + - @ 开头（公式）。",
    why="目标错了，据此算的完成率全错；公式会在别人的电脑上执行。",
    mend="target、baseline 只写数字；basis 写 official（正式下达）或 reference（参考分解）；source 写依据；"
    "月份写成 2023-09；里程碑只写 due。",
    bad="indicator,unit,target,basis,source\nT01-01,jia,六十,reference,测算\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,reference,测算\n",
)
PARTS_STRAY = Rule(
    "MZ784",
    "breakdown-stray",
    ERROR,
    "分解表的行与计划对不上",
    what="指标或单位不在计划里，编码与名称不符，计量单位与计划不同，指标不适用于这个单位，指标定义缺失，"
    "或进度固定的指标另写了完成时限。",
    why="目标不适用于这个单位，分给它的数就没有人完成；总数也就少了一块。",
    mend="照提示改正编码，或删去这一行。",
    bad="indicator,unit,target,basis,source\nT01-01,bureau,60,reference,测算\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,reference,测算\n",
)
PARTS_REPEATED = Rule(
    "MZ785",
    "breakdown-repeated",
    ERROR,
    "分解表里同一指标同一单位有两行",
    what="一个指标对一个单位从一个月起只能有一行；年中调整的，后一行写起始月份（from）。",
    why="两行不知道以哪一行为准。",
    mend="删去其中一行。",
    bad="indicator,unit,target,basis,source\nT01-01,jia,60,reference,测算\nT01-01,jia,50,reference,测算\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,reference,测算\nT01-01,yi,40,reference,测算\n",
)
PARTS_OFF_TOTAL = Rule(
    "MZ786",
    "breakdown-off-total",
    WARNING,
    "各单位分解之和不等于全市目标",
    what="分解表给了每个填报单位的数，但合计少于或多于全市目标；或只给了几个单位，合计已超过全市目标。每次调整后都要相等。",
    why="各单位都完成了，全市却没有完成（或相反）。",
    mend="核对分解文件；若是有意加码，可以不管这条提示。",
    bad="indicator,unit,target,basis,source\nT01-01,jia,60,official,市府办\nT01-01,yi,30,official,市府办\n",
    good="indicator,unit,target,basis,source\nT01-01,jia,60,official,市府办\nT01-01,yi,40,official,市府办\n",
)
PARTS_WITHOUT_BASELINE = Rule(
    "MZ787",
    "breakdown-without-baseline",
    WARNING,
    "分解数没有单位自己的基期值",
    what="指标从基期值算起，分解表给了单位目标，却没有给这个单位的基期值（baseline）。",
    why="全市从52到60，单位从几到30，不知道起点就不知道走了多远；按30算，一开始就像完成了大半。",
    mend="在 baseline 写上各单位的基期值；不写的，到期前不判断快慢，只在完成时限考核。",
    bad="- {id: T09-01, name: 甲, kind: stock, unit: 张, target: {at_least: 60}, baseline: 52, source: 甲}\n"
    "indicator,unit,target,basis,source\nT09-01,jia,30,official,市府办\nT09-01,yi,30,official,市府办\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 张, target: {at_least: 60}, baseline: 52, source: 甲}\n"
    "indicator,unit,target,basis,source,baseline\nT09-01,jia,30,official,市府办,25\nT09-01,yi,30,official,市府办,27\n",
)
PARTS_OFF_BASELINE = Rule(
    "MZ788",
    "breakdown-off-baseline",
    WARNING,
    "各单位基期值之和不等于全市基期值",
    what="分解表给了每个填报单位的基期值，合计却不等于计划里的基期值。",
    why="各单位和全市的起点不是同一口径，完成率就不能并列。",
    mend="核对基期值是不是同一时点、同一口径。",
    bad="- {id: T09-01, name: 甲, kind: stock, unit: 张, target: {at_least: 60}, baseline: 52, source: 甲}\n"
    "indicator,unit,target,basis,source,baseline\nT09-01,jia,30,official,市府办,25\nT09-01,yi,30,official,市府办,25\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 张, target: {at_least: 60}, baseline: 52, source: 甲}\n"
    "indicator,unit,target,basis,source,baseline\nT09-01,jia,30,official,市府办,25\nT09-01,yi,30,official,市府办,27\n",
)
PARTS_TOO_LATE = Rule(
    "MZ789",
    "breakdown-due-before-from",
    WARNING,
    "分解数起用时已经过了期限",
    what="分解表的一行从某月起用（from），而单位的完成时限（due，不写就是指标的期限）在那以前。",
    why="这个数一起用就是到期未完成，谁也没有时间去完成它。",
    mend="改正 from 或 due；调整了任务的，写上新的完成时限。",
    bad="indicator,unit,target,basis,source,due,from\nT01-01,jia,60,official,市府办,2023-06,2023-09\n",
    good="indicator,unit,target,basis,source,due,from\nT01-01,jia,60,official,市府办,2023-11,2023-09\n",
)
