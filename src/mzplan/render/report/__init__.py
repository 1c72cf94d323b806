"""`mzplan report`: one page, as HTML with charts in SVG."""

from mzplan.render.formats import Formats
from mzplan.render.report.page import html
from mzplan.views.report import ReportView

FORMATS: Formats[ReportView] = {"html": html}
