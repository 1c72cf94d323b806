"""What the user asks to see: names resolved to ids, and the rows that a question is about."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from mzplan.diagnostics import InputError, show
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lookup import find_indicator, find_unit, in_both, is_city, named, one_of
from mzplan.plan.model import Plan
from mzplan.said import listed, say
from mzplan.scoring.progress import INCOMPLETE, LAGGING, STATUS_ZH, Progress, Status
from mzplan.scoring.scorecard import Scorecard

T = TypeVar("T")

Grouping = Literal["unit", "area", "task", "lead", "indicator", "status"]
GROUPINGS: Mapping[Grouping, str] = {
    "unit": "填报单位",
    "area": "行动领域",
    "task": "任务",
    "lead": "责任处室",
    "indicator": "指标",
    "status": "进度状态",
}

Order = Literal["plan", "gap", "completion", "contribution", "rank", "status", "name", "change"]
ORDERS: Mapping[Order, str] = {
    "plan": "计划顺序",
    "gap": "差距，滞后最多的在前",
    "completion": "完成率，低的在前",
    "contribution": "占全市的比重，大的在前",
    "rank": "位次",
    "status": "进度状态，严重滞后的在前",
    "name": "名称",
    "change": "各期之间的变化，退得最多的在前",
}

WORST_FIRST: tuple[Status, ...] = (
    Status.EXCEEDED,
    Status.OVERDUE,
    Status.FAR_BEHIND,
    Status.BEHIND,
    Status.MISSING,
    Status.ON_SCHEDULE,
    Status.NOT_DUE,
    Status.HOLDING,
    Status.MET,
    Status.CONTRIBUTION,
    Status.NOT_APPLICABLE,
    Status.UNDEFINED,
)

_NO_LEADS = "计划里没有写责任处室（lead）。"
_STATUS_HAS_NO_HISTORY = "按进度状态分组没有完成率可比：--by status 不能和 --trend、--compare 一起用。"
_NOT_SORTED = "这张表里没有可按 {order}（{meaning}）排的数：{remedy}。"
_SINGLE = "请加 --unit、--indicator 等，看到单个指标再排"
_PLACED = "只有单位才有位次"
_PLACELESS = "--no-rank 不排位次"
_COMPARED = "请加 --trend 或 --compare"
_GROUPS_HAVE_ALL = "分组的走势算上组内全部指标，不随 --only 变：请去掉 --only，或用 --by indicator。"
_NOTHING_CHANGES = "--changed 只列有变化的，要和 --trend 或 --compare 一起用。"
_NO_NAME = "“{text}”里没有写名称。"


class Query(NamedTuple):
    """What to show; empty means everything."""

    units: tuple[str | None, ...] = ()
    """Ids; None is the whole city."""
    areas: tuple[int | None, ...] = ()
    """Numbers; None is the safeguards."""
    tasks: tuple[int, ...] = ()
    leads: tuple[str, ...] = ()
    """Offices of the bureau."""
    indicators: tuple[str, ...] = ()
    only: frozenset[Status] = frozenset()
    by: Grouping | None = None
    order: Order | None = None
    """None for the order in which each table is read best."""
    descending: bool = False
    """Turn the order round."""
    trend: int | None = None
    """How many periods side by side, up to the one asked for."""
    compare: Period | None = None
    changed: bool = False
    """Whether of several periods only what differs between the first and the last is shown."""
    rank: bool = True
    full: bool = False
    """Whether nothing is left out that is of little use to most."""

    @property
    def is_first_screen(self) -> bool:
        """Whether nothing in particular is asked for."""
        return not self.drills and self.by is None and not self.has_history

    @property
    def has_history(self) -> bool:
        """Whether it asks for several periods."""
        return self.trend is not None or self.compare is not None

    @property
    def picks(self) -> bool:
        """Whether it names areas, tasks or indicators."""
        return bool(self.areas or self.tasks or self.leads or self.indicators)

    @property
    def drills(self) -> bool:
        """Whether it asks for single indicators rather than the whole picture."""
        return bool(self.units or self.picks or self.only)

    def wants(self, indicator: Indicator) -> bool:
        """Whether the indicator, its area and its task are among those named."""
        return (
            (not self.areas or indicator.area in self.areas)
            and (not self.tasks or indicator.task in self.tasks)
            and (not self.leads or not leads_of(indicator).isdisjoint(self.leads))
            and (not self.indicators or indicator.id in self.indicators)
        )

    def shows(self, row: Progress) -> bool:
        """Whether the row is among those asked for."""
        return not self.only or is_among(row, self.only)

    def named(self, plan: Plan) -> tuple[str | None, ...]:
        """Those whose rows are asked for, with whoever is below the regions named; none where nobody is named."""
        return tuple(dict.fromkeys(one for unit in self.units for one in (unit, *plan.below.get(unit or "-", ()))))

    def everyone(self, plan: Plan) -> "Query":
        """The same of all whom it is about, the regions among them: what a file of data holds, however many."""
        return self._replace(units=self.named(plan) or (None, *plan.units_and_regions), full=True)

    def owners(self, plan: Plan) -> tuple[str | None, ...]:
        """The units whose rows are listed: those named; else the city, and every unit where the question is who."""
        return (None, *plan.units) if not self.units and (self.indicators or self.only) else self.summed(plan)

    def summed(self, plan: Plan) -> tuple[str | None, ...]:
        """The units whose rows a group's figures are of, the same whatever indicators and statuses are chosen."""
        return self.units or ((None, *plan.units) if self.by in ("unit", "status") else (None,))


def must_mean(query: Query) -> Query:
    """The query; InputError where one of its options would say nothing on the tables that it asks for."""
    if query.has_history and query.by == "status":
        raise InputError(_STATUS_HAS_NO_HISTORY)
    if query.has_history and query.only and query.by not in (None, "indicator"):
        raise InputError(_GROUPS_HAVE_ALL)
    if query.changed and not query.has_history:
        raise InputError(_NOTHING_CHANGES)
    has_singles = query.drills and not (query.has_history and query.by)
    remedies: dict[Order, str] = {}
    if not query.has_history:
        remedies["change"] = _COMPARED
    if not has_singles:
        remedies["contribution"] = _SINGLE
        if query.by not in (None, "unit"):
            remedies["rank"] = _PLACED
    if not query.rank:
        remedies["rank"] = _PLACELESS
    if query.order in remedies:
        meaning, remedy = ORDERS[query.order], remedies[query.order]
        raise InputError(say(_NOT_SORTED, order=query.order, meaning=meaning, remedy=remedy))
    return query


def sort_by(items: Iterable[T], figure: Callable[[T], Any], *, descending: bool) -> list[T]:
    """In the order of a figure; what has none comes last either way."""
    keyed = [(figure(item), item) for item in items]
    having = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=descending)
    return [item for _, item in having] + [item for key, item in keyed if key is None]


def is_among(row: Progress, statuses: Collection[Status]) -> bool:
    """Whether one of these statuses is said of the row."""
    return is_said(row.status, row.is_unreported, statuses)


def is_said(status: Status, is_unreported: bool, statuses: Collection[Status]) -> bool:
    """The same of a row with that status.

    `missing` is said of all that was not reported, whatever its status; `behind` of all that lags.
    """
    return (
        status in statuses
        or (Status.MISSING in statuses and is_unreported)
        or (Status.BEHIND in statuses and status in LAGGING)
    )


def rows_of(card: Scorecard, query: Query) -> list[Progress]:
    """The rows that a query is about, in plan order, whatever their status."""
    return _rows(card, query, query.owners(card.plan))


def summed_rows(card: Scorecard, query: Query) -> list[Progress]:
    """The rows that a group may add up: never the city's with those of its units, which it is made of."""
    rows = _rows(card, query, query.summed(card.plan))
    units = [row for row in rows if row.unit is not None]
    return rows if query.by == "unit" or not units else units


def _rows(card: Scorecard, query: Query, shown: Iterable[str | None]) -> list[Progress]:
    named = frozenset(shown)
    owners = [unit for unit in (None, *card.plan.units_and_regions) if unit in named]
    wanted = (identifier for identifier, indicator in card.plan.indicators.items() if query.wants(indicator))
    rows = (card.row(identifier, unit) for identifier in wanted for unit in owners)
    return [row for row in rows if row is not None]


def unit_named(plan: Plan, text: str) -> str | None:
    """The id of the unit or region of that name, id, code, alias or unique prefix; None for the whole city."""
    return None if is_city(plan, text) else find_unit(plan, text, or_region=True).id


def indicator_named(plan: Plan, text: str) -> str:
    """The id of the indicator of that id, name or unique prefix."""
    return find_indicator(plan, text).id


def area_named(plan: Plan, text: str) -> int | None:
    """The number of the area of that number, name, short name or unique prefix; None for the safeguards."""
    spellings: dict[str, int | None] = {}
    for area in plan.action_areas:
        spellings |= dict.fromkeys((str(area.number), area.short, area.name), area.number)
    if plan.safeguards:
        spellings |= dict.fromkeys(("0", "safeguards", plan.safeguards_name), None)
    names: dict[int | None, str] = {None: plan.safeguards_name}
    names |= {area.number: listed((str(area.number), area.short), " ") for area in plan.action_areas}
    return named(text, in_both(plan, spellings), GROUPINGS["area"], names.__getitem__)


def task_named(plan: Plan, text: str) -> int:
    """The number of the task of that number (5, T05), name or unique prefix of its name."""
    spellings: dict[str, int] = {}
    for task in plan.tasks:
        number = task.number
        spellings |= dict.fromkeys((str(number), f"{number:02}", f"T{number:02}", f"S{number:02}", task.name), number)
    names = {task.number: listed((str(task.number), task.name), " ") for task in plan.tasks}
    return named(text, in_both(plan, spellings), GROUPINGS["task"], names.__getitem__)


def leads_of(indicator: Indicator) -> frozenset[str]:
    """The offices that answer for an indicator; several are joined by 、."""
    return frozenset(name for name in re.split(r"[、，,/\s]+", indicator.lead) if name)


def lead_named(plan: Plan, text: str) -> str:
    """The office of that name or unique prefix."""
    offices = {name: name for indicator in plan.indicators.values() for name in sorted(leads_of(indicator))}
    if not offices:
        raise InputError(_NO_LEADS)
    return named(text, in_both(plan, offices), GROUPINGS["lead"])


def status_named(text: str) -> Status:
    """The status of that key, or of the word for it in either language."""
    spellings: dict[str, Status] = {word: status for status, word in STATUS_ZH.items()}
    spellings[INCOMPLETE] = Status.MISSING
    spellings |= {status.value: status for status in Status}
    wanted = text.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted not in spellings:
        from mzplan.english import english  # read where a word is neither a key nor Chinese

        said = {english(word).replace(" ", "_"): status for word, status in spellings.items()}
        if wanted in said:
            return said[wanted]
    alike = [word for word in spellings if word.isascii() is wanted.isascii()]  # each once: a key, or the Chinese word
    return spellings[one_of(wanted, alike, "没有进度状态 {text}。{hint}")]


def grouping_named(text: str) -> Grouping:
    """What to group by."""
    groupings = {str(name): name for name in GROUPINGS}
    return groupings[one_of(text.strip(), groupings, "没有分组方式 {text}。{hint}")]


def order_named(text: str) -> tuple[Order, bool]:
    """What to sort by, and whether a leading minus turns it round."""
    wanted = text.strip()
    orders = {str(name): name for name in ORDERS}
    return orders[one_of(wanted.removeprefix("-"), orders, "没有排序方式 {text}。{hint}")], wanted.startswith("-")


def meant(texts: Iterable[str] | None, plan: Plan, named: Callable[[Plan, str], T]) -> tuple[T, ...]:
    """What the names mean, each once; InputError with the nearest name for one that means nothing."""
    return tuple(dict.fromkeys(named(plan, name) for name in split(texts or ())))


def split(texts: Iterable[str]) -> list[str]:
    """The names in several options, each of which may hold some joined by commas; InputError for one without any."""
    found = []
    for text in texts:
        names = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
        if not names:
            raise InputError(say(_NO_NAME, text=show(text)))
        found += names
    return found
