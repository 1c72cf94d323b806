"""A milestone's stages as a plan file writes them, and what they contradict in each other."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from mzplan.figures import decimal_text, parse_plain
from mzplan.plan import rules as rule
from mzplan.plan.findings import Findings, Node
from mzplan.plan.indicator import Stage

MOST = 20
NOT_APPLICABLE = "不适用"

STAGE_MESSAGES: Mapping[str, tuple[str, str]] = {
    "stages-few": ("阶段少于两个", "至少要有开始和完成两个阶段"),
    "stages-many": ("阶段有 {count} 个，最多 {limit} 个", "合并相近的阶段"),
    "stage-repeated": ("阶段 {name} 写了两次", "改掉其中一个"),
    "stage-name": ("阶段不能叫 {name}：与“不适用”或数字分不清", "换一个名称"),
    "stage-first": ("第一个阶段的比重是 {number}，应是0", "开头加一个 未启动: 0"),
    "stage-last": ("最后一个阶段的比重是 {number}，应是100", "最后一个阶段就是完成，写100"),
    "stage-fall": ("阶段的比重从 {before} 到 {number}，没有上升", "比重要逐级上升"),
}


def read_stages(found: Findings, node: Node) -> tuple[Stage, ...] | None:
    """The stages written as a list (evenly spaced) or as a mapping to per cents; None when anything is wrong."""
    before = found.errors
    if not node.is_list and not node.is_mapping:
        return None
    if node.is_list:
        listed = [(member.text, member) for member in node.items()]
        last = len(listed) - 1 or 1
        shares = [Fraction(position, last) for position in range(len(listed))]
    else:
        listed = list(node.entries())
        percents = [entry.number for _, entry in listed]
        _check_shares(found, [entry for _, entry in listed])
        shares = [percent / 100 for percent in percents if percent is not None]
    if len(listed) < 2:
        found.report(rule.IMPOSSIBLE_STAGES, node.place, "stages-few")
    if len(listed) > MOST:
        found.report(rule.IMPOSSIBLE_STAGES, node.place, "stages-many", count=len(listed), limit=MOST)
    seen: dict[str, Node] = {}
    for name, member in listed:
        if name is None:
            continue
        if name in seen:
            found.report(rule.IMPOSSIBLE_STAGES, member.place, "stage-repeated", name=name, related=[seen[name].place])
        elif name == NOT_APPLICABLE or parse_plain(name.rstrip("%")) is not None:
            place = member.place if node.is_list else member.key_place
            found.report(rule.IMPOSSIBLE_STAGES, place, "stage-name", name=name)
        seen[name] = member
    names = [name for name, _ in listed if name is not None]
    if found.errors > before or len(names) != len(shares) or not names:
        return None
    return tuple(Stage(name, share) for name, share in zip(names, shares, strict=True))


def _check_shares(found: Findings, entries: list[Node]) -> None:
    """The per cents of stages rise from 0 to 100."""
    known = [(percent, entry) for entry in entries if (percent := entry.number) is not None]
    if len(known) < len(entries) or not known:
        return
    (first, first_entry), (last, last_entry) = known[0], known[-1]
    if first != 0:
        found.report(rule.IMPOSSIBLE_STAGES, first_entry.place, "stage-first", number=decimal_text(first))
    for (before, earlier), (percent, entry) in pairwise(known):
        if percent <= before:
            found.report(
                rule.IMPOSSIBLE_STAGES,
                entry.place,
                "stage-fall",
                before=decimal_text(before),
                number=decimal_text(percent),
                related=[earlier.place],
            )
    if last != 100:
        found.report(rule.IMPOSSIBLE_STAGES, last_entry.place, "stage-last", number=decimal_text(last))
