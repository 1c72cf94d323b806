"""A note clears a finding by a cause in the world or a correction of earlier figures; an admission confirms it."""

import re

import pytest

from conftest import through
from mzplan.submissions.reasons import admits, explains, explains_change
from rule_examples import PLAN, check_rows

ADMISSIONS = [
    # the month's in place of the total
    *("当月数", "本月数", "9月当月数", "当月新增数", "填的是本月数", "填报当月", "这个数是当月的", "只填了当月"),
    *("本月发生数", "单月数", "非累计", "不是累计数", "没有按累计填", "9月新增数", "本季度数", "沿用上月", "本月新增"),
    *("本月新增12张", "本月完成", "本月实际完成数"),
    # in another measure unit
    *("按元", "以元计", "单位为元", "单位：元", "单位是元", "元", "未换算成万元", "没有换算", "单位弄错了"),
    *("填的百分数", "按人填"),
    # a mistake
    *("填错了", "误填", "数字写错", "手误", "多打了一个0", "录入错误", "数据有误", "错了", "应为累计数", "应为177.5"),
    *("typo", "this is wrong"),
    # still to be checked
    *("待核实", "待核", "待进一步核对", "有误，待更正", "下月更正", "请更正", "暂估", "估算数", "大概数"),
    *("此数尚未核实", "先填这个数"),
    # whatever else is said
    *("按元填报，因项目集中验收", "当月数，新院投用", "单位：元（项目集中验收）", "新院投用，待核实"),
]
REASONS = [
    *("项目集中验收", "新机构投用", "新院投用180张", "辖区内没有养老机构", "城区重新划定", "口径调整", "资金到位"),
    *("两镇合并", "本月底前竣工", "本月新增120张，新院投用", "本月新增3家机构集中投用", "成绩9月公布，当月集中计入"),
    *("预计年底投用，已验收", "第一批扶持资金3月集中下达"),
    # an earlier figure was of the wrong kind, or has been corrected
    *("数据更正：上月多报", "更正：2月误计在建床位", "更正以前误计", "上月误填", "2月按元填，现改为万元"),
    *("上月填的是当月数", "上次多写了一个0", "上月漏报，含上月新增", "前期统计错误", "7月重复登记，现核减"),
    *("经复核，7月重复登记38人次，本月更正", "录入错误已更正"),
    # denied
    *("不是填错，新院投用", "没有误填，项目集中验收"),
]


@through("note", ADMISSIONS)
def test_an_admission_is_no_reason(note: str) -> None:
    assert admits(note)
    assert not explains(note)


@through("note", REASONS)
def test_a_cause_or_a_correction_is_one(note: str) -> None:
    assert explains(note)
    assert not admits(note)


EMPTY = """
没有说明 说明原因 请核实 口径同上 无特殊情况 系统导出 仅10月份 更正 根据领导要求 数据属实 同上 见附件 正常
已核实 数据更正 更正数据 更正上月数据 已更正 数据已调整 补报 补报数据 调整 数据调整 经核实无误 数据来源于系统
由系统自动生成 按照上级文件要求调整 根据实际情况填报 按实际填报 实际数 如实填报 情况属实，请审核 无变化
没有变动 与上月一致 口径一致 口径不变 统计口径同上月 按统一口径填报 详见附件1 见佐证材料 材料已上传 领导已审核
局长同意 已报领导 工作正常开展 各项工作平稳推进 按计划推进 补贴正常发放 按月发放 无异常 暂无问题 不需要说明
无需说明 无原因 工作原因 客观原因 历史原因 其他原因 特殊原因 由于工作需要 受各种因素影响 本月新增 本月增加
比上月增加5人 较上月减少3家 累计数 是累计数 10月数据 截至10月底 累计完成 数据变动 数字有变化 增长较快 下降较多
完成较好 超额完成 加大工作力度 高度重视 据实填写 数据准确 以此为准 以系统为准 谢谢 请领导审阅 请知悉 ok test
none 见说明 详见说明 因情况变化 因统计原因 义乌市 养老机构 123 2023年10月 （选填） 他说"好" 一百二十 全市合计
按要求填写 未发生变化 没有其他情况 数据无误，口径同上 以前数据有变化 更正： 更正一下 更正说明 补报说明
本月调整 上月调整 重新统计 重新填报 重新核算 复核 已复核 经复核 无误 按规定执行 按政策执行 政策要求 政策原因
无此项 不涉及 暂不涉及 数据已核对，无误 以统计局数据为准 根据民政系统数据 大数据局提供 与上级数据一致
工作任务重 人员少 时间紧 正在推进 推进中 持续推进中 按进度完成 已完成 达到目标 年底前完成 下步加快推进
下一步将继续努力 此数据为最终数据 情况特殊 由乡镇上报汇总 乡镇统计上报 经领导同意调整 经局党组研究决定
经办人变更 工作人员变动 无新增机构 没有机构注销 未受疫情影响 没有重复 不存在漏报 无漏报 没有多报
未发现重复登记 本月没有新增 今年新增 基数原因 数据波动 正常波动 合理波动 属正常增长 自然增长 自然减少 数量减少
数量增加 有所下降 略有增长 稳步提升 统计时间不同 统计时点差异 四舍五入 保留两位小数 与省厅数据一致
按省厅数据调整 按市局要求调整 以台账为准 见台账 已说明 已在群里说明 电话已说明 已沟通 已与市局沟通
已向市局汇报 更正为120 更正为120人 更正数字 改了 修改 修改数据 数据修正 数据订正 应领导要求更正 应要求更正
按审核意见修改 按反馈意见修改 核实后更正 核对后调整 重报 重新上报 补充上报 迟报 暂无数据 本表由张三填 张三
没空 不知道 其他 累计 全年 全年累计 截止目前 公式计算 自动计算 复制上月 年度任务 省定任务 市定任务
民生实事项目 上报数据 真实有效 真实数据 认真核对 严格按照口径 严格执行 加强管理 加强统计 努力完成 特此说明
情况说明 原因说明 说明如下 如题 1 是 对 有 好的 收到
"""
"""As clerks write where a reason should stand: no cause is named, and nothing of what was corrected."""
CAUSES = """
上月多报5人 更正：上月多报5人 第三批补贴集中发放 新机构投用 机构合并 机构注销 区划调整 口径调整为常住人口
核减重复登记12人 项目集中验收 新院投用180张 辖区内没有养老机构 城区重新划定 口径调整 资金到位 两镇合并
本月底前竣工 本月新增120张，新院投用 本月新增3家机构集中投用 成绩9月公布，当月集中计入 预计年底投用，已验收
第一批扶持资金3月集中下达 数据更正：上月多报 更正：2月误计在建床位 更正以前误计 上月误填 2月按元填，现改为万元
上月填的是当月数 上次多写了一个0 上月漏报，含上月新增 前期统计错误 7月重复登记，现核减
经复核，7月重复登记38人次，本月更正 录入错误已更正 不是填错，新院投用 没有误填，项目集中验收 漏报1个
更正：漏报1个 无：全部撤并 省厅尚未启动第五批申报 尚无登记 没有机构 本地没有这项工作 本地无此业务
辖区内没有救助管理机构，由市救助管理站统一承担 方案退回重做 福泰养老院关停，床位减少60张
受台风影响，救助人次增加 疫情期间暂停探访 春节前集中慰问 低保动态调整，退出12户 低保标准提高 3名护理员离职
两家养老院因消防整改停业 老人去世，减少2人 村改居，撤并3个村 佛堂镇划入经开区 社工考试成绩公布
暑假期间留守儿童返乡 退役军人事务移交 省级补助资金结转下年 原民政所并入社会事务办 社会组织年检不合格，注销5家
上月把在建床位算进去了，已剔除 8月重复统计了两个街道 漏登稠江街道3家 统计口径由户籍人口改为常住人口
新政策出台，扩大救助范围 残疾人两项补贴提标 第二批公益创投项目启动 七夕集中登记 婚姻登记处搬迁，暂停办理3天
区划调整，江东街道划出 新建3家居家养老中心 苏溪敬老院改造，床位暂时减少 县医院托管敬老院 专项清理僵尸社会组织
行政区划界线联检完成验收 捐赠款一次性到账 彩票休市 招聘护理员15人 机构评定等级下降 按新口径统计，不含自理老人
上月少报义亭镇2家 7月数据误将意向床位计入，现扣除 敬老院火灾，烧毁床位20张 民办养老院破产 人口普查后基数调整
困境儿童满18周岁退出 年满18周岁转出 户口迁出4人 殡仪馆设备故障 养老机构等级评定复核下调 财政追加预算
项目招标推迟 雨季停工 因拆迁关闭2家 换届后重新登记 福彩销量下降，休市一周 系统升级导致上月漏报
上月误把人次填成人数 2家养老机构新增备案 稠州养老院10月投入运营 塔山敬老院因消防不达标关停
年中区划调整，两个街道合并 上月系统重复计数 去年数据未剔除注销机构，现已剔除 护理员流动，离职7人
新录用社工12人 按季度发放，9月集中发放三季度补贴 资金在9月一次性拨付 9月统一组织考试 国庆集中登记结婚
清明祭扫高峰 县财政追加配套资金200万元 因超强台风“杜苏芮”安置群众 8月遗漏江滨社区 更正：上月漏填两个乡镇
前几个月把完成数填成新增数 9月误将百分比填为小数 9月份数据多统计3家 3家机构未通过年检被注销 民非转为企业
公建民营改制 老年食堂因亏损停业 学校放假，辅导暂停 人口自然减少，死亡14人 低收入边缘家庭认定标准调整
孤儿被收养2名 被家庭收养 寻亲成功，离站 受助人员返乡 康复出院 年度复核，取消32户 医疗救助职能划转医保局
重阳节走访 敬老月活动集中开展 慈善募捐活动集中 项目尚未竣工，床位未计入 原计划的中心未建成 推迟到12月验收
土地审批未通过 我区没有殡仪馆 本县未设救助站 开发区不承担此项职能 民政职能由婺城区承担 本辖区没有孤儿
无福利企业 没有符合条件的对象 一个项目不符合条件 两户不再符合低保条件 上月统计了意向人员，本月核减
前期把意向床位计入，现剔除 核减8人，上月统计了意向人员
"""
"""As clerks write: what happened, to whom, or what of an earlier figure was wrong."""


@through("note", EMPTY.split())
def test_a_note_without_a_cause_is_no_reason(note: str) -> None:
    assert not explains(note)


@through("note", CAUSES.split())
def test_a_note_with_a_cause_is_one(note: str) -> None:
    assert explains(note)


SLIPS = """
笔误 手误 录入错误 填报错误 填错了 误填 多打了一个0 分子分母填反
实地核查后减少 核查后减少两家 经核实不存在 typo
"""
"""Why a figure was changed, and no cause of one that stands as it was first written."""
NO_SLIPS = """
没有发现错误 无错误 不是笔误 未核减 核减 核减4人 应为累计数 笔误，待核实 填报错误，当月数
录入错误，单位为元 上月未统计意向人员，已更正
"""


@through("note", SLIPS.split())
def test_a_slip_is_why_a_figure_was_changed_and_nothing_else(note: str) -> None:
    assert explains_change(note)
    assert not explains(note)


@through("note", CAUSES.split())
def test_whatever_is_a_cause_is_why_a_figure_was_changed(note: str) -> None:
    assert explains_change(note)


@through("note", [*NO_SLIPS.split(), *EMPTY.split()])
def test_what_names_no_cause_or_says_that_the_new_figure_is_wrong_is_no_reason_of_a_change(note: str) -> None:
    assert not explains_change(note)


@pytest.mark.parametrize("empty", ["更正", "数据属实", "根据领导要求", "正常"])
@pytest.mark.parametrize("cause", CAUSES.split()[:5])
def test_what_says_nothing_takes_nothing_from_a_cause(empty: str, cause: str) -> None:
    assert explains(f"{cause}，{empty}")
    assert explains(f"{empty}。{cause}")


@pytest.mark.parametrize("note", ["", "无", "同上", "属实", "确是累计数", "数据无误", "10月"])
def test_what_says_nothing_is_neither(note: str) -> None:
    assert not explains(note)
    assert not admits(note)


@through("note", [f"{a}，{b}" for a in ("当月数", "按元", "填错了", "待核实") for b in REASONS[:5]])
def test_no_cause_makes_an_admission_a_reason(note: str) -> None:
    assert not explains(note)


FALL, UNIT = ("T01-01", "20", "12"), ("T01-05", "250", "2600000")


@pytest.mark.parametrize(
    ("code", "before", "now", "rule"), [(*FALL, "MZ501"), (*UNIT, "MZ507"), ("T01-03", "296/362", "82/100", "MZ507")]
)
@pytest.mark.parametrize(
    "note", ["当月数", "按元", "填错了", "本月新增", "单位为元", "误填", "待核实", "新院投用", "同上"]
)
def test_an_admission_is_quoted_as_confirming_the_finding(
    code: str, before: str, now: str, rule: str, note: str
) -> None:
    cells = [
        figures.replace("/", ",").rjust(len(figures) + 1, ",") if "/" in figures else f"{figures},,"
        for figures in (before, now)
    ]
    rows = (f"2031-02,青山县,{code},,{cells[0]},,", f"2031-03,青山县,{code},,{cells[1]},{note},")
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    quoted = [re.findall("；“说明”写的“(.*)”印证了这一点$", each.message) for each in found if each.rule.code == rule]
    assert quoted == ([[]] if note in ("新院投用", "同上") else [[note]])


@pytest.mark.parametrize(("code", "before", "now"), [("T01-01", "12", "2000"), ("T01-05", "20", "200000")])
@pytest.mark.parametrize(
    "note",
    [
        *("已核实，不存在错误", "无需修改", "数据无误，无需更正", "不需要更正", "不存在误填", "不存在填报错误"),
        *("没有填错", "未按元填报", "不是当月数", "没有问题，不必修改"),
    ],
)
def test_a_note_that_denies_what_is_found_does_not_confirm_it(code: str, before: str, now: str, note: str) -> None:
    rows = (f"2031-02,青山县,{code},,{before},,,,", f'2031-03,青山县,{code},,{now},,,"{note}",')
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    assert [each.rule.code for each in found] == ["MZ507"]
    assert "印证" not in found[0].message


@pytest.mark.parametrize(
    ("note", "is_confirmed"), [("单位是万元，没有按元填", False), ("单位是元", True), ("按元", True)]
)
def test_a_figure_in_its_own_measure_unit_is_no_slip(note: str, is_confirmed: bool) -> None:
    rows = ("2031-02,青山县,T01-05,,20,,,,", f'2031-03,青山县,T01-05,,200000,,,"{note}",')
    (found,) = check_rows(*rows, plan=PLAN, today=None).diagnostics
    assert ("印证" in found.message) == is_confirmed


def test_words_for_the_figure_said_over_and_over_are_read_in_no_time() -> None:
    """Each more took twice as long: forty took years."""
    assert not admits("以上数据" * 40)
