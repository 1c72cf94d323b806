"""What is denied: a claim behind 没有 says the opposite, and lists of those of whom something is not so.

By the shipped data for September 2023: 新时代美丽移民村数 (18 villages, 23.6 points behind) and 水库移民扶持资金投入
(20.6 behind) are far behind, 社会救助联合体规范化达标数 (5 of 4) was done early, 服务困难群众人次 (82.3 %) is 7.3
points ahead and not due, 青山白化专项治理 is overdue in 兰溪市 and 武义县; 磐安县 has sent nothing.
"""

from functools import cache

import pytest

from mzplan.bulletin import Material
from mzplan.bulletin.verify import Account
from test_verify import shipped
from test_verify_edits import is_wrong, of

pytestmark = pytest.mark.untraced

TITLE = "金华市民政局关于2023年1—9月全市民政重点工作指标进展情况的通报"
DENIALS = (
    *("没有", "没", "无", "并没有", "并未", "还没有", "从未", "毫无", "并无", "未", "未能", "谈不上", "不", "并非"),
    *("没有明显", "没有出现", "不存在", "未曾"),
)
CLAIMS = (
    *("提前超额完成年度任务", "提前完成", "提前完成年度任务", "超额完成年度任务", "完成年度目标", "完成了年度任务"),
    *("已完成", "已办结", "到期未完成", "达到进度要求", "达到序时进度", "严重滞后", "滞后", "进度滞后"),
    *("快于序时进度", "超过序时进度", "慢于序时进度", "落后于序时进度", "低于序时进度", "滞后于序时进度"),
    *("达序时", "保持达标", "已达标", "全部达标", "未到期", "推进中", "已启动", "未启动", "已报", "未报"),
    *("慢于序时进度23.6个百分点", "快于序时进度7.3个百分点", "完成年度目标的82.3%", "完成年度目标的125.0%"),
    *("未报9月份数据", "报齐", "报送", "报送9月份数据", "居首位", "居末位", "完成率最高", "有滞后指标"),
)
SUBJECTS = (
    *("新时代美丽移民村数", "水库移民扶持资金投入", "全市水库移民扶持资金投入", "社会救助联合体规范化达标数"),
    *("服务困难群众人次", "青山白化专项治理", "困难群众帮扶清单梳理", "武义县青山白化专项治理"),
    *("武义县政府购买儿童类社会组织服务资金", "磐安县", "义乌市", "武义县", "移民共富领域", "养老服务领域", "全市"),
)


@cache
def september() -> Material:
    return shipped("2023-09")


def accounts(sentences: list[str]) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for start in range(0, len(sentences), 300):  # more are too many for one draft
        draft = "\n\n".join((TITLE, *(f"　　{one}" for one in sentences[start : start + 300])))
        found |= {one.text: one.account for one in of(f"{draft}\n", september()).statements}
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nothing_is_ticked_off_both_said_and_denied(subject: str) -> None:
    plain = {claim: f"{subject}{claim}。" for claim in CLAIMS}
    found = accounts(list(plain.values()))
    true = [claim for claim, sentence in plain.items() if found[sentence] is Account.RIGHT]
    assert true or subject in ("养老服务领域", "移民共富领域", "全市")
    denied = [f"{subject}{denial}{claim}。" for claim in true for denial in DENIALS]
    assert [one for one, account in accounts(denied).items() if one in denied and account is Account.RIGHT] == []


FALSE = (
    *(
        "新时代美丽移民村数没有慢于序时进度。",
        "新时代美丽移民村数并没有落后于序时进度。",
        "新时代美丽移民村数没有滞后。",
    ),
    *("新时代美丽移民村数无滞后。", "新时代美丽移民村数没有严重滞后。"),
    "新时代美丽移民村数累计18个，没有滞后。",
    *("水库移民扶持资金投入和新时代美丽移民村数均没有滞后。", "社会救助联合体规范化达标数没有提前完成。"),
    *("社会救助联合体规范化达标数没有超额完成年度任务。", "服务困难群众人次没有快于序时进度。"),
    *("武义县政府购买儿童类社会组织服务资金没有滞后。", "没有报送的是义乌市。", "未能报齐的是义乌市。"),
)
TRUE = (
    *("服务困难群众人次没有慢于序时进度。", "服务困难群众人次不慢于序时进度。", "服务困难群众人次没有提前完成。"),
    "婺城区政府购买儿童类社会组织服务资金没有滞后。",
    *("没有报送9月份数据的是磐安县。", "没有报送的为磐安县。", "没有报齐9月份数据的有磐安县。", "未能报齐的是磐安县。"),
    *("没有报送9月份数据的单位为磐安县。", "仅磐安县没有报送。", "没有报齐的只有磐安县。"),
)
OPEN = (
    *("社区发展基金会数没有达标的是金东区和武义县。", "社区发展基金会数未能达标的是金东区和武义县。"),
    *("社区发展基金会数还没有达标的是金东区和武义县。", "社区发展基金会数没有达标的有2家。"),
    *("义乌市年度完成率没有居全市首位。", "服务困难群众人次没有完成年度目标的九成。"),
    *("服务困难群众人次没有慢于序时进度8.3个百分点。", "新时代美丽移民村数没有快于序时进度。"),
    *("9月份数据未报齐。", "9月份数据没有报齐。", "9月份数据未报送。"),
    *("没有按时报送的是磐安县。", "未按时报送的是磐安县。", "没有按时完成青山白化专项治理的有兰溪市和武义县。"),
    *("服务困难群众人次没有明显滞后。", "新时代美丽移民村数不存在滞后。", "服务困难群众人次没有完成年度目标的82.3%。"),
)
"""Whether it is so is not in the data, or is said in words that are not read: neither right nor wrong."""


@pytest.mark.parametrize(
    ("sentences", "account"), [(FALSE, Account.WRONG), (TRUE, Account.RIGHT), (OPEN, Account.OPEN)]
)
def test_what_is_denied_is_held_against_the_data(sentences: tuple[str, ...], account: Account) -> None:
    found = accounts(list(sentences))
    assert {one: found[one] for one in sentences if found[one] is not account} == {}
    for one in sentences if account is Account.OPEN else ():
        assert not is_wrong(of(f"{TITLE}\n\n　　{one}\n", september())), one
