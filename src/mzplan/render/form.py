"""A clerk's form as CSV, for a spreadsheet or an editor, and the table of what forms are written as."""

import csv as csv_module
import io
from collections.abc import Callable, Mapping

from mzplan.reading.csv_border import MARK
from mzplan.reading.formula import no_formula
from mzplan.render.form_workbook import workbook
from mzplan.submissions.blank_form import HEADINGS, Form


def csv(form: Form) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Excel wants it; what is carried forward stands there, as in a workbook.

    Where that is all, it is left out: a CSV has no seal, and one that nobody has touched would be a report.
    """
    if all(row.stage for row in form.rows):
        form = form._replace(rows=tuple(row._replace(stage="", evidence="") for row in form.rows))
    text = io.StringIO(newline="")
    csv_module.writer(text).writerows([HEADINGS, *(map(no_formula, row) for row in form.cells())])
    return (MARK + text.getvalue()).encode()


FORMATS: Mapping[str, Callable[[Form], bytes]] = {"csv": csv, "xlsx": workbook}
"""The usual one of a single form first."""
