"""`mzplan help`: the pages of `docs/`, which come along with the program, without a network."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli.language import is_english, tell
from mzplan.cli.parser import COMMANDS
from mzplan.cli.project import contents, shipped
from mzplan.cli.terminal import emit, look, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.lookup import MEANT, nearest
from mzplan.render.layout import Look
from mzplan.said import listed, say

KINDS: Mapping[str, str] = {"tutorial": "入门", "how-to": "怎么做", "explanation": "为什么", "reference": "查阅"}
"""The folders of pages in the order of the list, with their headings."""
_CHINESE, _LARGEST = ".zh.md", 1 << 20

_ENGLISH, _IN_CHINESE = "{title}（英文）", "{title}（中文）"
_COMMENT = re.compile(r"^ *<!-- .*? -->\n\n?", re.MULTILINE)
_TOPICS = re.compile("^<!-- topics: (.+) -->$", re.MULTILINE)
"""What a page is about, in Chinese; of an English page the first is its title."""
_HAN = re.compile("[\u4e00-\u9fff]")
_BLOCK = re.compile(r"(^ *```.*?^ *```\n)", re.MULTILINE | re.DOTALL)
_PARAGRAPH = re.compile(r"^( *(?:- |\d+\. )?)[^\s|#-].*(?:\n *(?!- |\d+\. )[^\s|#].*)*", re.MULTILINE)
"""Lines that are read as one, or an item of a list; no heading and no row of a table."""
_TWIN = re.compile(r" ?(?:中文：|English: )\[[^\]]+\]\([^)]+\)。")
"""Where the same is told in the other language, which whoever has a file before them can turn to."""
_TO = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def pages() -> Mapping[str, Path]:
    """Every page by the name that `mzplan help` takes, each once: of two languages in that of the run."""
    folder = shipped("pages", "docs")
    found: dict[str, Path] = {}
    for kind in KINDS if folder else ():
        for page in sorted(Path(f"{folder}/{kind}").glob("*.md")):
            name = _name(page.name)
            if name not in found or page.name.endswith(_CHINESE) is not is_english():
                found[name] = page
    return found


def _name(file: str) -> str:
    return file.removesuffix(_CHINESE).removesuffix(".md")


def _read(page: Path) -> str:
    return contents(page, _LARGEST).decode()


def topics(page: Path) -> Sequence[str]:
    """What the page is about: the words by which it is found."""
    found = _TOPICS.search(_read(page))
    return found[1].split("、") if found else ()


def title(page: Path) -> str:
    """What the page is called: its first heading, or in Chinese of an English page its first topic, else its name."""
    heading = _read(page).partition("\n")[0].removeprefix("# ")
    if not is_english():
        return heading if _HAN.search(heading) else say(_ENGLISH, title=topics(page)[0])
    return say(_IN_CHINESE, title=_name(page.name).replace("-", " ").capitalize()) if _HAN.search(heading) else heading


def text(page: Path, names: Mapping[str, Path]) -> str:
    """A page as a terminal shows it: without remarks, and links as the names of the pages that they lead to."""

    def link(found: re.Match[str]) -> str:
        name = _name(found[2].partition("#")[0].rpartition("/")[2])
        is_page = name in names and names[name] != page
        return tell(say("{text}（mzplan help {name}）", text=found[1], name=name)) if is_page else found[1]

    return _TO.sub(link, _TWIN.sub("", _COMMENT.sub("", _read(page))))


def _folded(page: str, here: Look) -> str:
    """A page with its prose in lines of the terminal, each paragraph from one end to the other; the rest as it is."""

    def paragraph(found: re.Match[str]) -> str:
        whole = ""
        for line in found[0].splitlines():
            is_chinese = here.cells(whole[-1:] + line.lstrip()[:1]) > 2
            whole += line if not whole else line.lstrip() if is_chinese else f" {line.lstrip()}"
        return "\n".join(here.hung(whole, len(found[1])))

    parts = _BLOCK.split(page)
    return "".join(part if at % 2 else _PARAGRAPH.sub(paragraph, part) for at, part in enumerate(parts))


def _listing(names: Mapping[str, Path]) -> Iterator[str]:
    width = max(map(len, names), default=0)
    for kind, heading in KINDS.items():
        yield tell(heading)
        for name, page in names.items():
            if page.parent.name == kind:
                yield tell(say("  {name}  {title}", name=name.ljust(width), title=title(page)))
    yield ""
    yield tell("用 mzplan help 名称 显示一页；命令的选项用 mzplan 命令 --help。")


def complete_topic(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of pages for the shell, with their titles."""
    return ((name, tell(title(page))) for name, page in pages().items() if name.startswith(incomplete))


def command(
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC", help="说明的名称，或标题里的词；不给则列出全部。", autocompletion=complete_topic
        ),
    ] = None,
) -> None:
    """显示一页说明，不联网：怎么安装、收表、写通报、做明年的计划，数字怎么算。

    用法示例：mzplan help    mzplan help collect    mzplan help 通报
    """
    names = pages()
    if not names:
        raise InputError("程序没有带说明，装得不完整：重新安装 mzplan。")
    if not topic:
        emit("".join(f"{part}\n" for line in _listing(names) for part in look(None).hung(line)))
        return
    wanted = " ".join(topic)
    found = _named(wanted, names)
    if len(found) > 1:
        told = listed(say("mzplan help {name}", name=name) for name in found)
        raise InputError(say("说到“{word}”的有几页：{pages}。", word=show(wanted), pages=told))
    if not found:
        raise InputError(say("没有说明“{word}”。{hint}", word=show(wanted), hint=_hint(wanted, names)))
    if is_english() and names[found[0]].name.endswith(_CHINESE):
        warn("这一页只有中文；哪些有英文，见 mzplan help。")
    page = text(names[found[0]], names)
    emit(_folded(page, here) if (here := look(None)).width else page)


def _named(topic: str, names: Mapping[str, Path]) -> Sequence[str]:
    """The page of that name, else that with this topic or title, else all in whose topics or title it stands."""
    if (name := topic.lower().replace(" ", "-")) in names:
        return (name,)
    words = {name: (title(page), *topics(page)) for name, page in names.items()}
    exact = [name for name, known in words.items() if topic.upper() in map(str.upper, known)]
    return exact or [name for name, known in words.items() if any(topic in word for word in known)]


def _hint(topic: str, names: Mapping[str, Path]) -> str:
    if topic in COMMANDS:
        return say(MEANT, name=f"mzplan {topic} --help")
    meant = nearest(topic, [*names, *COMMANDS])
    if meant is None:
        return "全部说明见 mzplan help。"
    return say(MEANT, name=f"mzplan help {meant}" if meant in names else f"mzplan {meant} --help")
