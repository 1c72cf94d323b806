"""What words of everyday use say of a milestone: that it is done, underway or still ahead."""

from collections.abc import Mapping, Sequence

from mzplan.plan.indicator import DEFAULT_STAGES

_STAGE_WORDS: Mapping[str, Sequence[str]] = {
    "done": (
        *("完成", "已经完成", "全部完成", "已全部完成", "完成了", "完成100%", "已完成100%", "100%", "100", "1"),
        *("100.0%", "100.00%", "全面完成", "已全面完成", "圆满完成", "对", "对的", "√对", "完结", "完結"),
        *("完毕", "办结", "已办结", "已经办结", "办理完毕", "办毕", "已落实", "已实现", "已达成", "是", "有"),
        *("√", "✓", "✔", "☑", "✅", "√完成", "√已完成", "yes", "y", "ok", "done", "true"),
    ),
    "underway": (
        *("基本完成", "部分完成", "初步完成", "接近完成", "即将完成", "推进", "正在推进", "持续推进", "有序推进"),
        *("稳步推进", "加快推进", "进行中", "正在进行", "进行", "开展中", "正在开展", "办理中", "正在办理"),
        *("实施中", "正在实施", "建设中", "在建", "已启动", "启动", "已开始", "已开展", "进展中", "50%", "0.5"),
    ),
    "ahead": (
        *("未开始", "没有开始", "尚未开始", "尚未启动", "没有启动", "还未启动", "未开展", "尚未开展", "未实施"),
        *("待启动", "未动工", "否", "未开工", "尚未开工", "×", "✗", "✘", "x", "no", "n", "0", "0%", "false"),
    ),
}
"""What is written for a stage that has another name."""
STAGES_MEANT = {word: place for place, words in _STAGE_WORDS.items() for word in words}


def misplaced(stages: Sequence[str]) -> str | None:
    """The stage that stands at the wrong end: a first one that is done, or a last one that is still ahead."""
    first, *_, last = stages
    if _PLACES.get(first) == "done":
        return first
    return last if _PLACES.get(last) == "ahead" else None


_PLACES = {**STAGES_MEANT, DEFAULT_STAGES[0].name: "ahead", DEFAULT_STAGES[-1].name: "done"}
