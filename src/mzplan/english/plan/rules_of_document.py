"""English for the rules that hold a plan against its document."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "原文里没有这个标题": "Heading is not in the document",
        "原文里没有 source 摘的话": "Quote in source is not in the document",
        "source 摘自别的任务": "Source quotes another task",
        "原文里的数没有着落": "Number of the document that no indicator claims",
        "标题、日期或期限与原文不同": "Title, date or due date differs from the document",
        "两项指标的目标像是写反了": "Targets of two indicators seem exchanged",
        "not_targets 里的这一条没有用": "Entry of not_targets that excuses nothing",
        "用 plan check --document 核对时，计划里行动、任务或保障措施的名称不是原文任何一段的开头（序号除外）。": (
            "With plan check --document: no paragraph of the document opens with the name of this area, task or "
            "safeguard item (numbers aside)."
        ),
        "找不到标题，就不知道原文哪一段说的是这项任务；多半是名称抄错了字，或拿错了文件。": (
            "Without the heading nobody knows which part speaks of the task; most likely the name has a slip, or it "
            "is another file."
        ),
        "照原文改 name；标题与正文之间可以是句号，也可以分段。": (
            "Write name as the document has it; a full stop or a new paragraph may divide it from its text."
        ),
        "用 plan check --document 核对时，指标的 source 不是原文里一字不差的一段（空格、换行、全角半角不计）。": (
            "With plan check --document: source is not to the letter in the document (blanks, line breaks and width "
            "aside)."
        ),
        "source 是判定的依据；改过的、凭记忆写的话，被通报的单位在文件里找不到。": (
            "Verdicts rest on source: words that were changed or remembered are not found by those who are named."
        ),
        "从原文里复制；只摘与这项指标有关的连续一段，不要用省略号接起来。": (
            "Copy it from the document: one stretch that belongs to this indicator, not joined by dots."
        ),
        "用 plan check --document 核对时，指标的 source 在原文里，却不在它所属任务的标题下面。": (
            "With plan check --document: source is in the document, but not under the heading of its task."
        ),
        "指标按任务汇总、按任务追责；放错了任务，两项任务的完成情况都不对。": (
            "Indicators are added up and answered for by task: under another one both are wrong."
        ),
        "把指标移到说这句话的任务下面，或改摘本任务的话。": (
            "Move the indicator to the task that says so, or quote this task."
        ),
        (
            "用 plan check --document 核对时，原文里有一个数，既不是摘了它的指标的目标，也没有列在 not_targets 里。"
            "年月日、序号、届次、等级（4A）和文号不算；里程碑和目标写 undefined 的指标，摘了就算有着落。"
        ): (
            "With plan check --document: a number of the document is neither the target of an indicator that quotes "
            "it nor in not_targets. Dates, ordinals, sessions, grades (4A) and file numbers do not count; a "
            "milestone or an undefined target claims what it quotes."
        ),
        "文件里的每一个数都是承诺，漏一个，年底就少考核一项；摘的是700、目标写成7000，全年的判定都跟着错。": (
            "Every number of the document is a promise: one left out is not asked for at the year's end; 700 quoted "
            "and 7000 written makes every verdict wrong."
        ),
        (
            "补上指标；目标与原文不符的改正目标；确实不是目标的（活动名称、政策简称），在 not_targets 里写上它前后的"
            "字和理由。"
        ): (
            "Add the indicator, or correct its target; where it is no target (a campaign's name, a policy's), put "
            "the words around it and the reason into not_targets."
        ),
        (
            "指标的 source 写着几月底前，due 和进度点却不是那个月；或用 plan check --document 核对时，摘的话前面写着"
            "的月份不同，title、issued 与原文开头的标题、日期不同。"
        ): (
            "source names a month by whose end it is due, and due and points another; or, with plan check "
            "--document, the words before the quote do, or title or issued differs from the document's head."
        ),
        "多半是照上年的计划改的，忘了改；期限晚写三个月，到期没有完成的单位就看不出来。": (
            "Most likely taken from last year's plan and forgotten; with a due date three months late, nobody sees "
            "who is overdue."
        ),
        "照原文改正；原文有多个日期的，issued 写印发的那一天。": (
            "Correct it as the document has it; of several dates issued is the day of issue."
        ),
        "用 plan check --document 核对时，两项指标摘了同一段话里的两个数；照数前后的字和计量单位，各是对方的目标。": (
            "With plan check --document: two indicators quote two numbers of one passage, and by the words around "
            "them and the units of measure each has the other's for a target."
        ),
        "两个数都有指标认领，别的核对看不出来；写反了，两项的判定全年都是错的。": (
            "Both numbers are claimed, so nothing else shows it; exchanged, both are judged wrongly all year."
        ),
        "照原文改正；没有写反的，source 各摘各的话。": (
            "Correct them as the document has them; where they are right, let each source quote its own words."
        ),
        "用 plan check --document 核对时，not_targets 写的字不在原文里，或那里没有需要说明的数。": (
            "With plan check --document: the words of a not_targets entry are not in the document, or have no "
            "number that needs it."
        ),
        "多半是照抄上年的计划；留着它，将来原文里真有这个数时就会被放过。": (
            "Most likely taken from last year's plan; kept, it would let a real number pass one day."
        ),
        "照原文改正，或删去这一条。": "Correct it as the document has it, or remove the entry.",
    }
)
