"""What the rules' examples are made of: rows of one plan, which the suite reads."""

from mzplan.submissions.header import FIELDS

HEADER_LINE = ",".join(FIELDS)

COUNT = "青山县,T01-01,新增养老床位数"
STOCK = "青山县,T01-02,持证护理员数"
RATIO = "青山县,T01-03,困难老人探访率"
STAGE = "青山县,T01-04,养老服务条例"
"""A unit and an indicator of that kind."""
BEDS = f"2031-03,{COUNT}"
"""What a row begins with; its figures, note and evidence follow."""


def table(*rows: str) -> str:
    """An example: those rows under the usual header."""
    return "\n".join((HEADER_LINE, *rows, ""))


ROW = f"{BEDS},12,,,,"
SOUND = table(ROW)
