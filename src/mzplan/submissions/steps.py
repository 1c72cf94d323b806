"""The steps by which what is counted comes about: the one table by which a note says what has come, and what has not.

A thing may be counted once it is there; a stage is over by words of its own. What is on its way is neither.
"""

from mzplan.reading.patterns import late

NOT = "[未没]有?"
"""Before a step: it has not come yet."""
THERE_WORDS = (
    "投[用入]|建成|落成|启用|验收|到[位账货]|发[证放]|[取领拿]证|完[成工]|竣工|开业|拨付|登记|注册|获批|通过考"
)
"""Before these there is nothing to count."""
ARRIVED_WORDS = f"{THERE_WORDS}|交付|安装|装[好完]|办结|认定|运营|下达|配[置发]|挂牌|成立|设立|入住|(?<!不)合格"
"""The last steps; before those that are added here there may be something to count, of which it is not said."""
BEGUN_WORDS = "开[始工展]|启动|动工|施工|实施|进行|落实|治理|整治|整改"
"""The first steps of a stage."""
ON_WAY_WORDS = "在[建训途]|筹[建备]|规划中|意向|承诺(?![书制])"
"""What there is before the last step."""

ARRIVED = late(ARRIVED_WORDS)
