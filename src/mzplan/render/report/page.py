"""The whole page: one file that loads nothing, complete without its script."""

import base64
import hashlib
from collections.abc import Callable, Sequence

from mzplan.diagnostics import show
from mzplan.render import words
from mzplan.render.document import CHINESE
from mzplan.render.guard import inert
from mzplan.render.layout import Look
from mzplan.render.report import detail, overview
from mzplan.render.report.markup import Markup, Raw, element, empty, markup
from mzplan.render.report.parts import link
from mzplan.render.report.style import SCRIPT, STYLE
from mzplan.render.status.build import PERIOD, PRESET, TITLE, scope, warnings
from mzplan.render.status.tables import MATRIX_TITLE
from mzplan.render.style import SCREEN
from mzplan.said import listed, say
from mzplan.views.report import ReportView

SECTIONS: Sequence[tuple[str, str, Callable[[ReportView], Markup]]] = (
    ("verdict", "结论", overview.verdict),
    ("danger", "目标风险", overview.dangers),
    ("moved", "最近的变化", overview.moved),
    ("heat", MATRIX_TITLE, overview.heat_map),
    ("trend", "各月走势", overview.trend),
    ("calendar", "报送日历", overview.calendar),
    ("due", "应达指标进度", overview.bullets),
    ("units", "各单位明细", lambda view: markup([_folding(), *detail.units(view)])),
    ("indicators", "指标与来历", lambda view: markup([_folding(), *detail.indicators(view)])),
)
"""The name of each part, which its links go to, its heading, and what it holds."""
_FOLD = (("open", "全部展开"), ("close", "全部收起"))
_PRINT = "打印时只印展开的内容。"


def html(view: ReportView, look: Look) -> str:
    """The page of a view."""
    card = view.status.card
    title = say(TITLE, plan=show(card.plan.title, 160))
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    head = [
        empty("meta", charset="utf-8"),
        empty("meta", http_equiv="Content-Security-Policy", content=policy),
        empty("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", say("{title} {period}", title=title, period=card.period)),
        element("style", Raw(f"{SCREEN}\n{STYLE}")),
    ]
    script = element("script", Raw(SCRIPT))
    page = element(
        "html",
        element("head", *head),
        "\n",
        element("body", _top(view, title), element("main", *_sections(view), id="main"), script),
        lang=CHINESE,
    )
    return inert(f"<!DOCTYPE html>\n{page.written(look.tell)}\n")


def _top(view: ReportView, title: str) -> Markup:
    card = view.status.card
    facts = [
        say(PERIOD, period=card.period),
        *map(words.begun, view.status.begun),
        say(PRESET, name=show(card.preset.name), title=show(card.preset.title)),
        scope(view.status),
    ]
    box = empty("input", id="search", type="search", autocomplete="off")
    return element(
        "header",
        element("a", "跳到正文", href="#main", class_="skip"),
        element("h1", title),
        element("p", listed(filter(None, facts), " · "), class_="facts"),
        *(element("p", line, class_="warning") for line in warnings(view.status)),
        element(
            "nav",
            element("ul", *(element("li", link(name, text)) for name, text, _ in _shown(view))),
            aria_label="目录",
        ),
        element(
            "form",
            element("label", "查找单位、指标", for_="search"),
            box,
            element("span", id="told", data_told="找到 {count} 处", role="status"),
            class_="tools",
            role="search",
            hidden=True,
        ),
        element("ul", id="found", class_="names screen", aria_label="查找结果"),
    )


def _sections(view: ReportView) -> list[Markup]:
    return [
        element(
            "section",
            element("h2", text),
            body(view),
            id=name,
            class_="drill" if name in ("units", "indicators") else None,
        )
        for name, text, body in _shown(view)
    ]


def _shown(view: ReportView) -> list[tuple[str, str, Callable[[ReportView], Markup]]]:
    """The sections; what has changed is known of the city alone, and where the year has a month before."""
    has_moves = None in view.status.heads and view.status.moves is not None
    return [section for section in SECTIONS if section[0] != "moved" or has_moves]


def _folding() -> Markup:
    buttons = (element("button", text, type="button", data_fold=how) for how, text in _FOLD)
    return element("div", *buttons, element("span", _PRINT, class_="note"), class_="tools", hidden=True)
