"""English for who belongs to whom among a plan's units: regions and their members."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "没有这个上级单位": "No such unit to belong to",
        "parent 里写的不是 reporting_units 里的 id。": "What stands in parent is not the id of one of reporting_units.",
        "不知道这个单位归谁，它的数就不会算进任何上级单位。": (
            "Nobody knows where the unit belongs, and its figures enter those of no region."
        ),
        "照提示改成上级单位的 id；没有上级单位的，删去 parent。": (
            "Write the id that the hint names; take parent out where the unit belongs to none."
        ),
        "上级单位绕成一圈": "Units that belong to each other in a circle",
        "一个单位的上级单位（parent），或上级单位的上级单位，又是它自己。": (
            "The parent of a unit, or the parent of that, is the unit itself."
        ),
        "上级单位的数由下级单位的数合成，绕成一圈就合不出来。": (
            "A region's figures are made of its members': in a circle there is nothing to make them of."
        ),
        "改掉其中一个 parent；最上一级的单位不写 parent。": ("Change one of the parents; the topmost region has none."),
        "有下级单位的单位被要求填报": "A unit with members is asked to report",
        "reporting 或 applies_to 里写了一个有下级单位的单位（有别的单位以它为 parent）。": (
            "reporting or applies_to names a unit that others name as their parent."
        ),
        "它的数由下级单位的数合成；自己再报一份，同一件事就算了两次。": (
            "Its figures are made of its members': with a report of its own the same would count twice."
        ),
        "改写它的下级单位；它自己也办这些事的，为它另写一个单位（如 市本级），归在它下面。": (
            "Name its members instead; where it does such work itself, write a unit for that (its own office), with it "
            "as the parent."
        ),
        "没有单位 {name}，不能作 parent": "There is no unit “{name}” to be a parent",
        "写 reporting_units 里上级单位的 id，或删去 parent": (
            "write the id of a unit in reporting_units, or take parent out"
        ),
        "{names} 的上级写成了它自己": "{names} is its own parent",
        "改成它的上级单位的 id，或删去 parent": "write the id of the unit that it belongs to, or take parent out",
        "{value} 有下级单位，它的目标是下级单位的目标之和": (
            "“{value}” has members, and its target is the sum of theirs"
        ),
        "删去这一行，目标写给它的下级单位": "delete this row, and give the targets to its members",
        "{code} {title}：另有 {count:,} 家单位的 {findings:,} 条没有列出{regions}，--max-findings 0 全部列出": (
            "{code} {title}: {findings} more about {count:unit|units} not listed{regions}; --max-findings 0 lists all"
        ),
        "（{regions}）": " ({regions})",
        "{names} 等 {count} 家": "{names} and others, {count:unit|units} in all",
        "{names} 等 {count} 家（{regions}）": "{names} and others, {count:unit|units} in all ({regions})",
        "{region}{count}家": "{region} {count}",
        "不属任何地区的{count}家": "{count} of no region",
        "{names} 等 {count} 个地区": "{names} and others, {count:region|regions} in all",
        "{region} 是地区，由下级单位合成，不填报": "{region} is a region: it is made of its members and reports nothing",
        "“{detail}”是{region}的报表，没有采用：{region} 是地区，由下级单位合成，不填报": (
            "“{detail}” is the report of {region}: left out. {region} is a region: it is made of its members and reports"
            " nothing"
        ),
        "移出数据文件夹；由它的下级单位各报各的，报齐了就合成。": (
            "Move it out of the data folder, and let its members report each for itself: they are added up."
        ),
        "写的是{region}：{region} 是地区，由下级单位合成，不填报；请它的下级单位各报各的：{units}": (
            "it is of {region}. {region} is a region: it is made of its members and reports nothing; let these report each"
            " for itself: {units}"
        ),
        "表里“{heading}”是地区，由下级单位合成，没有采用": "“{heading}” in the table is a region, made of its members: left out",
        "删去这一行，由程序合成；是下级单位的数，写上那个单位的名称。": (
            "Delete this row, the program adds it up; where it is a member's figure, write the name of that one."
        ),
        "{region} 是地区，由下级单位合成，不填报：请写它的下级单位。": (
            "{region} is a region: it is made of its members and reports nothing. Name its members instead."
        ),
        "另有 {count} 条记录没有列出，全部见 mzplan explain --format json": (
            "{count:record more is|records more are} not listed: all are in mzplan explain --format json"
        ),
        "另有 {count} 家各有自己的分解，见分解表": (
            "{count:unit more has a part|units more have parts} of other sizes: see the breakdown"
        ),
        "各单位另有 {count} 项没有列出": "{count:indicator more|indicators more} of units not listed",
        "另有 {count} 个地区或单位没有列出：{counts}": (
            "{count:region or unit more is|regions and units more are} not listed: {counts}"
        ),
        "另有 {count} 家没有列出：{counts}": "{count:more is|more are} not listed: {counts}",
        "另有 {count} 个填报单位有符合条件的指标，没有列出{regions}": (
            "{count:more unit has|more units have} matching indicators, not listed{regions}"
        ),
        "有符合条件的共 {all} 家，其中按参考分解（测算）滞后的{units}，不作通报依据。": (
            "{all:unit has|units have} matching indicators in all. Behind by the reference breakdown (computed): {units};"
            " no bulletin may rest on this."
        ),
        "逐家看用 --unit，全部列出用 --full": "see one with --unit, all with --full",
        "文稿写给全市或一个填报单位：{region} 是地区，没有它的文稿。请用 --unit 给它的下级单位各写一份：{units}。": (
            "A document speaks of the whole city or of one unit: {region} is a region, and has none."
            " Write one to each of its members with --unit: {units}."
        ),
        "、{count} 个地区": ", {count:region|regions}",
        "{names} 互为上级": "{names} are each other's parents",
        "改掉其中一个 parent：最上一级不写 parent": "change one of the parents: the topmost has none",
        "{name} 有下级单位，数由下级单位的数合成，自己不填报，也不单独考核": (
            "{name} has members: its figures are made of theirs, it reports nothing and is judged on nothing of its own"
        ),
        "改写它的下级单位，或删去下级单位的 parent": "name its members instead, or take the parent out of them",
    }
)
