"""One run of `mzplan status`: what the command does besides reading its options."""

from typing import TYPE_CHECKING, NamedTuple

from mzplan.cli.common import emit, is_terminal, load, resolve_period, terminal_width, wants_colour, warn
from mzplan.cli.look import line_width
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mzplan.cli.common import Loaded
    from mzplan.plan.model import Plan
    from mzplan.render.status import Look
    from mzplan.scoring.progress import Status
    from mzplan.views import LeftOut, StatusView
    from mzplan.views.query import Query

MOST_PERIODS = 12

FORMATS_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
}
UTF_8 = frozenset({"html", "latex", "csv", "tsv", "json", "jsonl"})
"""Formats for files and other programs: UTF-8 in a pipe too, whatever the console's encoding is."""

_NO_FORMAT = "没有输出格式 {name}。{hint}"
_MEANT = "您是否要写 {name}？"
_KNOWN = "可用的有：{names}。"
_BAD_TREND = "--trend 的期数要在 2 到 {most} 之间，不能是 {count}。"
_GATE = "--fail-on：{found}。"


class Asked(NamedTuple):
    """What the user asks for, in the user's words, before the plan says what they mean."""

    unit: list[str] | None = None
    area: list[str] | None = None
    task: list[str] | None = None
    indicator: list[str] | None = None
    by: str | None = None
    only: list[str] | None = None
    sort: str = "plan"
    period: str | None = None
    trend: int | None = None
    compare: str | None = None
    lights: str | None = None
    no_rank: bool = False
    fail_on: list[str] | None = None
    format_: str | None = None
    plan: "Path | None" = None
    data: "list[Path] | None" = None
    output: "Path | None" = None

    def query(self, plan: "Plan") -> "Query":
        """What they mean; InputError with the nearest name for one that means nothing."""
        from mzplan.views.query import (
            Query,
            area_named,
            grouping_named,
            indicator_named,
            order_named,
            split,
            task_named,
            unit_named,
        )

        order, descending = order_named(self.sort)
        return Query(
            units=tuple(dict.fromkeys(unit_named(plan, name) for name in split(self.unit or ()))),
            areas=tuple(dict.fromkeys(area_named(plan, name) for name in split(self.area or ()))),
            tasks=tuple(dict.fromkeys(task_named(plan, name) for name in split(self.task or ()))),
            indicators=tuple(dict.fromkeys(indicator_named(plan, name) for name in split(self.indicator or ()))),
            only=_statuses(self.only),
            by=grouping_named(self.by) if self.by else None,
            order=order,
            descending=descending,
            trend=self.trend,
            compare=resolve_period(plan, self.compare),
            rank=not self.no_rank,
        )


def run(asked: Asked = Asked()) -> int:
    """Print the table; 1 when a status of `--fail-on` is in it, else 0."""
    from mzplan.render.status import MACHINE, render
    from mzplan.views import StatusView

    name = chosen_format(asked.format_, asked.output)
    if asked.trend is not None and not 2 <= asked.trend <= MOST_PERIODS:
        raise InputError(_BAD_TREND.format(most=MOST_PERIODS, count=asked.trend))
    loaded = load(asked.plan, asked.data, asked.period, asked.lights, rank=not asked.no_rank)
    gate = _statuses(asked.fail_on)
    view = StatusView(
        card=loaded.scorecard, ledger=loaded.ledger, query=asked.query(loaded.plan), left_out=left_out(loaded)
    )
    text = render(name, view, look_of(name, asked.output))
    emit(text.encode() if name in UTF_8 and not is_terminal() else text, asked.output)
    if name in MACHINE:
        from mzplan.render.status.build import warnings

        for line in warnings(view):
            warn(line)
    return int(_is_gated(view, gate))


def _statuses(names: "Iterable[str] | None") -> "frozenset[Status]":
    from mzplan.views.query import split, status_named

    return frozenset(status_named(name) for name in split(names or ()))


def chosen_format(name: str | None, output: "Path | None") -> str:
    """The format: as asked for, else by the file's suffix, else for a terminal or a pipe."""
    from mzplan.render.status import FORMATS

    if name is None:
        if output is not None:
            return FORMATS_BY_SUFFIX.get(output.suffix.lower(), "plain")
        return "terminal" if is_terminal() or wants_colour() else "plain"
    if name not in FORMATS:
        from mzplan.plan.model import nearest

        near = nearest(name, FORMATS)
        hint = _MEANT.format(name=near) if near else _KNOWN.format(names="、".join(FORMATS))
        raise InputError(_NO_FORMAT.format(name=show(name), hint=hint))
    return name


def look_of(name: str, output: "Path | None") -> "Look":
    """The width of the terminal and whether it has colours; the format `terminal` always has a width."""
    from mzplan.render.status import Look

    width = line_width(output)
    if width is None and name == "terminal":
        width = terminal_width()
    return Look(width, output is None and wants_colour())


def left_out(loaded: "Loaded") -> "tuple[LeftOut, ...]":
    """The files with lines that no figure rests on, and those of which nothing was read."""
    from mzplan.views import LeftOut

    lines: dict[str, set[int]] = {}
    reasons: dict[str, str] = {}
    for finding in loaded.errors:
        path, line, _ = finding.location
        lines.setdefault(path, set()).add(line)
        if not line:
            reasons[path] = finding.rule.title
    return tuple(LeftOut(path, len(lines[path]), reasons.get(path, "")) for path in sorted(lines))


def _is_gated(view: "StatusView", gate: "frozenset[Status]") -> bool:
    """Whether a row within what was asked for has one of those statuses, which is told."""
    if not gate:
        return False
    from mzplan.scoring.progress import STATUS_ZH

    named = frozenset(view.query.units)
    found: dict[Status, int] = {}
    indicators = view.card.plan.indicators
    for (identifier, unit), status in view.card.rows.statuses():
        if status in gate and (not named or unit in named) and view.query.wants(indicators[identifier]):
            found[status] = found.get(status, 0) + 1
    if found:
        listed = "，".join(f"{STATUS_ZH[status]} {found[status]} 项次" for status in STATUS_ZH if status in found)
        warn(_GATE.format(found=listed))
    return bool(found)
