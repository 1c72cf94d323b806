"""What other programs, and people, call commands and options, and what is said of a command that there is not."""

from collections.abc import Collection, Mapping

from mzplan.diagnostics import show
from mzplan.plan.lookup import MEANT, nearest
from mzplan.said import say

_COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("validate", "lint", "校验", "检查"), "check"),
    **dict.fromkeys(("状态", "进度", "完成情况"), "status"),
    **dict.fromkeys(("通报", "简报"), "summary"),
    **dict.fromkeys(("填报表", "模板"), "template"),
    **dict.fromkeys(("收表", "归档"), "collect"),
    "催报": "summary --kind reminder",
    "报告": "report",
    "计划": "plan",
    "分解": "breakdown",
    "帮助": "help",
    "自检": "doctor",
    "verify": "summary --verify",
    "next-year": "init --from",
}
OPTIONS_ELSEWHERE: Mapping[str, str] = {"--county": "--unit", "--units": "--unit"}
"""As `county` is `unit` in a header."""


def no_command(word: str, commands: Collection[str], of: str, otherwise: str) -> str:
    """Says that there is no such command, with the nearest or what else to do."""
    elsewhere = _COMMANDS.get(word.lower()) if of == "mzplan" else None
    meant = elsewhere or nearest(word, commands)
    hint = say(MEANT, name=f"{of} {meant}") if meant else otherwise
    return say("没有命令 {name}。{hint}" if of == "mzplan" else "没有子命令 {name}。{hint}", name=show(word), hint=hint)
