"""Which of a plan's units are regions, and what is wrong with who belongs to whom."""

from collections.abc import Iterable, Mapping, Sequence

from mzplan.plan import rules as rule
from mzplan.plan.build_indicator import Units
from mzplan.plan.findings import Findings
from mzplan.plan.form import UnitForm
from mzplan.plan.lookup import nearest
from mzplan.plan.yaml_border import Cursor
from mzplan.said import listed

MESSAGES: Mapping[str, tuple[str, str]] = {
    "no-parent": ("没有单位 {name}，不能作 parent", "写 reporting_units 里上级单位的 id，或删去 parent"),
    "own-parent": ("{names} 的上级写成了它自己", "改成它的上级单位的 id，或删去 parent"),
    "own-ancestor": ("{names} 互为上级", "改掉其中一个 parent：最上一级不写 parent"),
}

_MOST_GUESSED = 20
"""Finding the nearest name is slow; a file with more unknown names than this is not one with typing errors."""


def regions_of(forms: Iterable[UnitForm]) -> frozenset[str]:
    """The ids of those units that others name as their parent, or seem to mean by what is no id.

    Nothing further is said of a unit that takes it for one that reports.
    """
    forms = tuple(forms)
    ids = {form.id: form.id for form in forms if form.id}
    names = {form.name: form.id for form in forms if form.name and form.id} | ids
    parents = {form.parent for form in forms if form.parent}
    strange = sorted(parents - names.keys())[:_MOST_GUESSED]
    meant = {names.get(parent) for parent in parents} | {nearest(parent, ids) for parent in strange}
    return frozenset(unit for unit in meant if unit)


def check_parents(found: Findings, units: Units, members: Sequence[tuple[UnitForm | None, Cursor]]) -> None:
    """Report parents that there are not, and each circle of parents once, at its first unit."""
    parents: dict[str, str] = {}
    for form, at in members:
        if form is None or form.id is None or form.parent is None:
            continue
        if form.parent in units.regions:
            parents.setdefault(form.id, form.parent)
        elif units.is_complete:
            near = (units.ids_by_name.get(form.parent, form.parent), list(units.names))
            name = form.parent
            found.report(rule.UNKNOWN_PARENT, at.place("parent"), "no-parent", name=name, near=near, cause=name)
    settled: set[str] = set()
    for form, _ in members:
        way: list[str] = []
        unit = (form.id or "") if form is not None else ""
        while unit in parents and unit not in settled and unit not in way:
            way.append(unit)
            unit = parents[unit]
        if unit in way:
            circle = way[way.index(unit) :]
            place = next(place for each, place in members if each is not None and each.id in circle)
            message = "own-ancestor" if len(circle) > 1 else "own-parent"
            found.report(rule.PARENT_CIRCLE, place.place("parent"), message, names=listed(circle))
        settled.update(way)
