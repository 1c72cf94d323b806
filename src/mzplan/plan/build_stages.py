"""The stages of a milestone, or a set of them, made of how they are written; and what contradicts itself in them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text, parse_plain
from mzplan.plan import rules as rule
from mzplan.plan.findings import Findings
from mzplan.plan.indicator import Stage
from mzplan.plan.meant import members_in
from mzplan.plan.stage_words import misplaced
from mzplan.plan.yaml_border import Cursor
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.said import listed

MOST_STAGES = 20

MESSAGES: Mapping[str, tuple[str, str]] = {
    "stages-apart": ("{name} 是一段文字，没有分成几个阶段", "写成 [{meant}]"),
    "stages-few": ("阶段少于两个", "至少要有开始和完成两个阶段"),
    "stages-many": ("阶段有 {count} 个，最多 {limit} 个", "合并相近的阶段"),
    "stage-repeated": ("阶段 {name} 写了两次", "改掉其中一个"),
    "stage-name": ("阶段不能叫 {name}：与“不适用”或数字分不清", "换一个名称"),
    "stage-reversed": ("阶段 {name} 排在最{end}", "从没有开始写到完成：第一个阶段是0，最后一个是100"),
    "stage-share": ("阶段的比重 {number} 是百分之{number}", "比重按百分数写，各阶段依次是 {meant}"),
    "stage-first": ("第一个阶段的比重是 {number}，应是0", "开头加一个 未启动: 0"),
    "stage-last": ("最后一个阶段的比重是 {number}，应是100", "最后一个阶段就是完成，写100"),
    "stage-fall": ("阶段的比重从 {before} 到 {number}，没有上升", "比重要逐级上升"),
}


def read_stages(
    found: Findings, written: Sequence[str | None] | Mapping[str, Decimal | None] | None, at: Cursor
) -> tuple[Stage, ...] | None:
    """The stages written as a list (evenly spaced) or as a mapping to per cents; None when anything is wrong."""
    before = found.errors
    if written is None:
        return None
    members: list[tuple[str | None, Fraction | None, Cursor]]
    if isinstance(written, Mapping):
        members = [
            (name, None if percent is None else Fraction(percent) / 100, at.down(name))
            for name, percent in written.items()
        ]
        _check_shares(found, [(share, entry.place()) for _, share, entry in members])
    else:
        last = len(written) - 1 or 1
        members = [(name, Fraction(place, last), at.down(place)) for place, name in enumerate(written)]
    if len(members) == 1 and (apart := members_in(members[0][0] or "")):
        found.report(rule.IMPOSSIBLE_STAGES, at.place(), "stages-apart", name=members[0][0], meant=", ".join(apart))
    elif len(members) < 2:
        found.report(rule.IMPOSSIBLE_STAGES, at.place(), "stages-few")
    if len(members) > MOST_STAGES:
        found.report(rule.IMPOSSIBLE_STAGES, at.place(), "stages-many", count=len(members), limit=MOST_STAGES)
    seen: dict[str, Location] = {}
    for name, _, member in members:
        if name is None:
            continue
        place = member.place()
        if name in seen:
            found.report(rule.IMPOSSIBLE_STAGES, place, "stage-repeated", name=name, related=[seen[name]])
        elif name == NOT_APPLICABLE_WORD or parse_plain(name.rstrip("%")) is not None:
            where = member.key_place() if isinstance(written, Mapping) else place
            found.report(rule.IMPOSSIBLE_STAGES, where, "stage-name", name=name)
        seen[name] = place
    names = [name for name, _, _ in members if name is not None]
    if 2 <= len(names) == len(members) and found.errors == before and (name := misplaced(names)):
        member = members[names.index(name)][2]
        where = member.key_place() if isinstance(written, Mapping) else member.place()
        end = "先" if name == names[0] else "后"
        found.report(rule.IMPOSSIBLE_STAGES, where, "stage-reversed", name=name, end=end)
    stages = tuple(Stage(name, share) for name, share, _ in members if name is not None and share is not None)
    return stages if len(stages) == len(members) and found.errors == before else None


def _check_shares(found: Findings, shares: Sequence[tuple[Fraction | None, Location]]) -> None:
    """The shares of stages rise from nothing to the whole."""
    known = [(share * 100, place) for share, place in shares if share is not None]
    if len(known) < len(shares) or not known:
        return
    (first, first_place), (last, last_place) = known[0], known[-1]
    if written := [each for each in known if 0 < each[0] < 1 or (each == known[-1] and last == 1)]:
        meant = listed(decimal_text(each * 100 if each <= 1 else each) for each, _ in known)
        number, others = decimal_text(written[0][0]), [place for _, place in written[1:]]
        named: dict[str, Any] = {"number": number, "meant": meant, "related": others}
        found.report(rule.IMPOSSIBLE_STAGES, written[0][1], "stage-share", **named)
        return
    if first != 0:
        found.report(rule.IMPOSSIBLE_STAGES, first_place, "stage-first", number=decimal_text(first))
    for (before, earlier), (percent, place) in pairwise(known):
        if percent <= before:
            was, number = decimal_text(before), decimal_text(percent)
            found.report(rule.IMPOSSIBLE_STAGES, place, "stage-fall", related=[earlier], before=was, number=number)
    if last != 100:
        found.report(rule.IMPOSSIBLE_STAGES, last_place, "stage-last", number=decimal_text(last))
