"""What all parts of the page are made of: addresses, tables, states, amounts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.plan.indicator import Indicator
from mzplan.render import words
from mzplan.render.columns import COLUMNS
from mzplan.render.document import Cell
from mzplan.render.report import svg
from mzplan.render.report.markup import Attribute, Markup, element, markup
from mzplan.render.status.json import figures_of, mean_of
from mzplan.render.status.tables import mark_cell
from mzplan.said import say
from mzplan.scoring.progress import Progress
from mzplan.views.report import Owner, OwnerMean
from mzplan.zh import Amount


class Head(NamedTuple):
    """The head of one column."""

    text: str
    classes: str = ""


def heads(*keys: str) -> list[Head]:
    """The heads of those columns of all tables."""
    return [Head(COLUMNS[key].heading, "label" if COLUMNS[key].label else "") for key in keys]


def unit_at(owner: Owner, area: int | str | None = "") -> str:
    """The address of a unit, or of one of its areas."""
    place = "" if area == "" else f".{area or 0}"
    return f"u.{owner or ''}{place}"


def indicator_at(identifier: str) -> str:
    """The address of an indicator."""
    return f"i.{identifier}"


def row_at(row: Progress) -> str:
    """The address of what explains one row."""
    return f"e.{row.indicator.id}.{row.unit or ''}"


def link(address: str, *content: str | Markup) -> Markup:
    """A link within the page."""
    return element("a", *content, href=f"#{address}")


def table(
    caption: str, heads: Sequence[Head], rows: Iterable[Sequence[Markup]], classes: str = "", label: str = ""
) -> Markup:
    """A table whose rows are their cells; one that is wider than the window is scrolled, also by keyboard."""
    top = markup(element("th", head.text, scope="col", class_=head.classes or None) for head in heads)
    body = markup(element("tr", *cells) for cells in rows)
    whole = element(
        "table",
        element("caption", caption) if caption else "",
        element("thead", element("tr", top)),
        element("tbody", body),
        class_=classes or None,
    )
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=label or caption)


def side(*content: str | Markup, **attributes: str | None) -> Markup:
    """The head of a row."""
    return element("th", *content, scope="row", **attributes)


def labelled(heads: Sequence[Head], cells: Sequence[Markup]) -> list[Markup]:
    """The cells of a row, each with the head of its column, for windows in which they stand one below the other."""
    pairs = zip(heads, cells, strict=True)
    return [Markup((one.pieces[0], Attribute("data-head", head.text), *one.pieces[1:])) for head, one in pairs]


def cell(said: Cell, classes: str = "") -> Markup:
    """A cell of a status table as one of this page."""
    names = " ".join(name for name in (classes, said.tone) if name)
    return element("td", said.text, class_=names or None)


def state(row: Progress) -> Markup:
    """The status in words, with its colour."""
    said = words.status(row)
    return element("span", said.text, class_=f"state {said.tone}".strip())


def completion(row: Progress) -> Markup:
    """Completion as a bar with a mark where it is expected to be by now, and in figures."""
    if row.completion is None:
        return element("td")
    drawn = svg.bar(row.capped, row.expected, bar_tone(row))
    return element("td", drawn, " ", words.completion(row).text)


def bar_tone(row: Progress) -> str:
    """The tone of a bar of a row: that of silence for a unit's older figure, whatever its status."""
    return "missing" if row.carried_from is not None else str(words.TONES[row.status])


def titled(indicator: Indicator, whose: str = "") -> str:
    """An indicator with its code, and whose it is where that is not clear."""
    title = say("{id} {name}", id=show(indicator.id), name=show(indicator.name))
    return say("{whose} {title}", whose=whose, title=title) if whose else title


def cells_of(row: Progress, said: Mapping[str, Cell], whose: str = "") -> dict[str, Markup]:
    """What the tables of `status` say of a row as cells of this page, by the key of their column.

    The name leads to what explains the row, completion has its bar, and amounts have their measure unit.
    """
    unit, target = words.measure(row), words.target(row).text
    promise = Amount(target, unit if row.target is not None else "")
    mark = words.REFERENCE if row.target_basis == "reference" else ""
    return {
        **{key: cell(one) for key, one in said.items()},
        "name": side(link(row_at(row), titled(row.indicator, whose)), class_="label"),
        "completion": completion(row),
        "actual": element("td", words.actual(row, unit).text),
        "target": element("td", say("{amount}{mark}", amount=promise, mark=mark)),
    }


def spot_cell(spot: OwnerMean, address: str) -> Markup:
    """One place of the heat map: the year's completion and a word, what is due and reached, what is carried."""
    tally = spot.mark.tally
    said = mark_cell(spot.mark)
    if tally.completion is None:
        return element("td", said.text, class_="none")
    reached = say(words.REACHED, reached=tally.on_schedule, due=tally.due) if tally.due else ""
    lines = [reached, words.carried_from(spot.carried)]
    return element(
        "td",
        link(address, said.text),
        markup(element("small", line) for line in lines if line),
        class_=said.tone or None,
        data_completion=mean_of(tally) or "",
        data_on_schedule=tally.on_schedule,
        data_due=tally.due,
        data_judged=tally.judged,
    )


ROW_DATA = ("status", "carried", "record", "reported")
"""What programs read of a row before its figures, in the one attribute that holds them all: names were half of it."""


def row_data(row: Progress) -> Mapping[str, str]:
    """A row as programs read it: its unit, and what `ROW_DATA` and then `figures_of` name; a dot for what is absent."""
    known = [
        row.status.value,
        row.carried_status.value if row.carried_status else None,
        str(row.record_period) if row.record_period else None,
        f"{row.reported}/{row.reporting}",
        *figures_of(row).values(),
    ]
    return {"data_unit": row.unit or "", "data_row": " ".join(value or "." for value in known)}
