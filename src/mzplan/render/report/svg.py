"""The page's own charts: a chart library would bring megabytes of script, or matplotlib's 40 MB, for lines and bars.

Figures are placed by exact arithmetic and rounded once, to a tenth of a pixel.
"""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from mzplan.figures import rounded
from mzplan.render.report.markup import Markup, element, markup
from mzplan.said import say
from mzplan.scoring.progress import ONE, ZERO
from mzplan.zh import trimmed

HUNDRED = Fraction(100)


class ChartPoint(NamedTuple):
    """A figure at a place along the line, which may be drawn hollow."""

    at: Fraction
    """From 0 to 1."""
    value: Fraction
    is_hollow: bool = False


class ChartLine(NamedTuple):
    """One line of a chart; points that do not follow each other are not joined."""

    kind: str
    """Its class in the style sheet: `actual`, `schedule`, `target`."""
    runs: tuple[tuple[ChartPoint, ...], ...]
    has_dots: bool = False


class Label(NamedTuple):
    """Words at a place."""

    at: Fraction
    value: Fraction
    text: str
    anchor: str = "start"
    is_below: bool = False


class Frame(NamedTuple):
    """How large a chart is, and where its figures stand."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def x(self, at: Fraction) -> str:
        """A place along the chart in pixels."""
        return pixels(self.left + at * (self.width - self.left - self.right))

    def y(self, share: Fraction) -> str:
        """A height, 0 at the bottom and 1 on top, in pixels."""
        return pixels(self.height - self.bottom - share * (self.height - self.top - self.bottom))


def pixels(figure: Fraction) -> str:
    """A place on a chart: rounded to a tenth of a pixel."""
    return trimmed(rounded(figure, 1))


def chart(
    frame: Frame,
    title: str,
    told: str,
    lines: Sequence[ChartLine],
    ticks: Sequence[tuple[Fraction, str]],
    months: Sequence[tuple[Fraction, str]],
    labels: Iterable[Label] = (),
    name: str = "",
) -> Markup:
    """Lines over the months of a year; `told` says in words what it shows."""
    values = [point.value for line in lines for run in line.runs for point in run] + [value for value, _ in ticks]
    low, high = min([ZERO, *values]), max(values, default=ONE)
    span = (high - low) or ONE

    def place(at: Fraction, value: Fraction) -> tuple[str, str]:
        return frame.x(at), frame.y((value - low) / span)

    drawn = []
    for value, _ in ticks:
        height = place(ZERO, value)[1]
        drawn.append(element("line", class_="grid", x1=frame.x(ZERO), x2=frame.x(ONE), y1=height, y2=height))
    drawn += [
        element("text", text, x=pixels(Fraction(frame.left - 4)), y=place(ZERO, value)[1], text_anchor="end", dy="4")
        for value, text in ticks
    ]
    drawn += [
        element("text", text, x=frame.x(at), y=pixels(Fraction(frame.height - 3)), class_="at") for at, text in months
    ]
    for line in lines:
        for run in line.runs:
            spots = " ".join(",".join(place(point.at, point.value)) for point in run)
            drawn.append(element("polyline", points=spots, class_=line.kind))
            if line.has_dots:
                drawn += [
                    element("circle", cx=x, cy=y, class_=f"{line.kind}{' hollow' if point.is_hollow else ''}")
                    for point in run
                    for x, y in (place(point.at, point.value),)
                ]
    for label in labels:
        x, y = place(label.at, label.value)
        dy = "15" if label.is_below else "-5"
        drawn.append(element("text", label.text, x=x, y=y, dy=dy, text_anchor=label.anchor, class_="label"))
    return element(
        "svg",
        element("title", title),
        element("desc", told),
        markup(drawn),
        viewBox=f"0 0 {frame.width} {frame.height}",
        role="img",
        class_=name or None,
        aria_label=say("{title}：{told}", title=title, told=told),
    )


def bar(share: Fraction, mark: Fraction | None, tone: str, extent: Fraction = ONE) -> Markup:
    """A bar beside its figures, so hidden from who hears the page; `mark`: where it should be by now, or a target.

    Of the tone `missing` it is hollow, as points are.
    """

    def along(value: Fraction) -> str:
        return f"{pixels(min(max(value / extent, ZERO), ONE) * HUNDRED)}%" if extent > 0 else "0"

    tick = () if mark is None else (element("rect", x=along(mark), class_="tick"),)
    drawn = element("rect", width=along(share), class_=tone or None)
    return element("svg", drawn, *tick, class_="bar", aria_hidden="true")


def steps(
    places: Iterable[tuple[Fraction, Fraction | None]], hollow: Collection[Fraction] = ()
) -> tuple[tuple[ChartPoint, ...], ...]:
    """The runs of a line that has a value where there is one, each an unbroken stretch; some points may be hollow."""
    runs: list[list[ChartPoint]] = [[]]
    for at, value in places:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(ChartPoint(at, value, at in hollow))
    return tuple(tuple(run) for run in runs if run)


def staircase(run: Sequence[ChartPoint]) -> tuple[ChartPoint, ...]:
    """The same line holding each value until the next."""
    spots: list[ChartPoint] = list(run[:1])
    for before, after in pairwise(run):
        if after.value != before.value:
            spots.append(ChartPoint(after.at, before.value))
        spots.append(after)
    return tuple(spots)
