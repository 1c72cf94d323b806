"""The picture of cost against rows that stands in README.md: processor time and wall time of whole checks.

    python benchmarks/plot.py          # draws cost.svg of what cost.csv holds

`run.py --plot` measures and writes both. Both scales are logarithmic: what costs ten times as much for ten times the
rows is a line of one slope.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from math import log10
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
COSTS, PICTURE = HERE / "cost.csv", HERE / "cost.svg"

WIDTH, HEIGHT, GAP = 380, 320, 70
LEFT, TOP, LEGEND = 55, 40, 24
COLOURS = ("#1b6ca8", "#d1495b", "#7a5195", "#2e8b57", "#e08e0b", "#555555")
STYLE = """
text { font: 12px sans-serif; }
line { stroke: #ddd; }
polyline { fill: none; stroke-width: 2; }
.title { font-weight: bold; }
"""


class Cost(NamedTuple):
    """What one program took for so many rows: medians, in seconds and MB."""

    program: str
    rows: int
    wall: float
    cpu: float
    peak: float


def read(path: Path = COSTS) -> list[Cost]:
    """The costs that are known; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        return [
            Cost(line["program"], int(line["rows"]), *(float(line[each]) for each in ("wall", "cpu", "peak")))
            for line in lines
        ]


def write(costs: Iterable[Cost], path: Path = COSTS) -> None:
    """Keep the costs, in order of programs as they come and of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Cost._fields)
        writer.writerows(
            (each.program, each.rows, f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.peak:.0f}") for each in costs
        )


class Scale(NamedTuple):
    """Whole powers of ten between which figures lie, and the pixels between them."""

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def around(cls, figures: Sequence[float], start: float, end: float) -> "Scale":
        """The powers of ten around all figures."""
        low = int(log10(min(figures)) // 1)
        return cls(low, max(int(-(-log10(max(figures)) // 1)), low + 1), start, end)

    def at(self, figure: float) -> float:
        """The place of a figure."""
        return self.start + (log10(figure) - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Each power of ten with its place."""
        for power in range(self.low, self.high + 1):
            yield self.at(10**power), f"{10**power:,}" if power >= 0 else f"{10**power:g}"


def panel(costs: Sequence[Cost], what: str, title: str, left: int, colours: dict[str, str]) -> Iterator[str]:
    """One chart: its frame with the powers of ten, and a line with dots for each program."""
    across = Scale.around([each.rows for each in costs], left, left + WIDTH)
    figures = [each.wall for each in costs] + [each.cpu for each in costs]  # one scale for both charts
    up = Scale.around(figures, TOP + HEIGHT, TOP)
    yield f'<text x="{left}" y="{TOP - 12}" class="title">{title}</text>'
    for x, label in across.ticks():
        yield f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{TOP + HEIGHT}"/>'
        yield f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{label}</text>'
    for y, label in up.ticks():
        yield f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}"/>'
        yield f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    for program, colour in colours.items():
        own = sorted((each.rows, getattr(each, what)) for each in costs if each.program == program)
        places = [(across.at(rows), up.at(figure)) for rows, figure in own]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{line}" stroke="{colour}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places)


def picture(costs: Sequence[Cost]) -> str:
    """The SVG."""
    colours = dict(zip(dict.fromkeys(each.program for each in costs), COLOURS, strict=False))
    width, height = LEFT + 2 * WIDTH + GAP + 50, TOP + HEIGHT + 40 + LEGEND * ((len(colours) + 2) // 3)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        "<title>Seconds that a check takes, by rows: processor time and wall time</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *panel(costs, "cpu", "processor time, seconds, by rows", LEFT, colours),
        *panel(costs, "wall", "wall time, seconds, by rows", LEFT + WIDTH + GAP, colours),
    ]
    for number, (program, colour) in enumerate(colours.items()):
        x, y = LEFT + number % 3 * (2 * WIDTH + GAP) / 3, TOP + HEIGHT + 48 + number // 3 * LEGEND
        lines.append(f'<circle cx="{x:.1f}" cy="{y - 4:.1f}" r="5" fill="{colour}"/>')
        lines.append(f'<text x="{x + 12:.1f}" y="{y:.1f}">{program}</text>')
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(picture(read()), encoding="utf-8")
