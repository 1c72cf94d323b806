"""In which measure figures are said to be, and whether that would make them other figures."""

from mzplan.reading.patterns import late

SCALED = late(r"[百千万亿]*元|[百千万亿]+(?:人次|人|户|张|个|家|件|次)")
_MANY = late("[百千万亿]")


def is_other_scale(said: str, meant: str) -> bool:
    """Whether a measure is of another size than the one that is meant: 元 for 万元, 万人 for 人.

    One counts in 个 what another counts in 家: those are of one size.
    """
    scales = set(SCALED.findall(said)), set(SCALED.findall(meant))
    return scales[0] != scales[1] and bool(scales[1] or "元" in said or _MANY.match(said))
