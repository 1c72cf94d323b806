"""Marks that stand for the cell above, in the columns of period and unit: part of family MZ2xx."""

from collections.abc import Mapping, Sequence

from mzplan.diagnostics import show
from mzplan.rules.examples import ROW, STOCK, table
from mzplan.rules.registry import WARNING, Cause, Finding, rule
from mzplan.rules.scope import Scope
from mzplan.said import say
from mzplan.submissions.header import FIELDS, FIELDS_ZH
from mzplan.submissions.names import DITTO_MARKS, trimmed

DITTO = rule(
    "MZ235",
    "ditto-mark",
    WARNING,
    title="用了“同上”",
    what="“报告期”或“填报单位”写的是〃、同上之类，上面一行的那一格没有问题，按那一格读取。",
    why="排序、筛选或删去一行以后，“同上”指的就是另一行了。",
    mend="每一行都写全，或运行 mzplan check --fix。",
    bad=table(ROW, "2031-03,〃,T01-02,持证护理员数,8,,,,"),
    good=table(ROW, f"2031-03,{STOCK},8,,,,"),
    fixable=True,
)
"""Applied by the engine, which alone knows what stands above."""


def resolved(
    texts: Sequence[str], scope: Scope, spoken: Mapping[tuple[str, str], bool]
) -> tuple[tuple[str, ...], list[Finding]]:
    """The cells of a record with those above in place of marks, and what is to be said of that.

    A mark below a cell that is empty, or that a rule has called an error (`spoken`), stays as it is: it means nothing.
    """
    cells, found = list(texts), []
    for at, key in enumerate(FIELDS[:2]):
        above = scope.above.get(key, "")
        if trimmed(texts[at]) in DITTO_MARKS and above and not spoken.get((key, above)):
            cells[at] = _official(key, above, scope)
            message, hint = (
                say("{column}写的是“{texts}”", column=FIELDS_ZH[key], texts=show(texts[at], 40)),
                say("应写作“{cells}”。", cells=cells[at]),
            )
            found.append(Finding(message, key, hint, cells[at], value=texts[at], cause=Cause(f"MZ235 {key}")))
    return tuple(cells), found


def _official(key: str, text: str, scope: Scope) -> str:
    """A period or unit that no rule calls an error, as it should be written."""
    if key == "period":
        return str(scope.names.period(text)[0])
    return scope.plan.units[scope.names.unit(text).id or ""].name
