"""English for what collect, impact, doctor and the commands that make plans and forms say."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "收到 {count} 个文件": "{count:file|files} received",
        "只看不写（--dry-run）：下面是会怎样做，什么也没有写": (
            "Dry run: this is what would be done; nothing was written"
        ),
        "{sign} {name}：{whom}，{word}": "{sign} {name}: {whom}, {word}",
        "{sign} {name}：{word}": "{sign} {name}: {word}",
        "工作表“{sheet}”，{why}": "sheet “{sheet}”, {why}",
        "{count} 条 → {path}": "{count:record|records} → {path}",
        "以前退回的已撤下：{paths}": "what was sent back before is taken away: {paths}",
        "已改写法：{notes}": "rewritten: {notes}",
        "{count} 处请核对：": "{count:thing|things} to be checked:",
        "后面月份已归档的与它对不上，请单位核对、更正那几个月的：": (
            "reports of later months that are filed disagree; ask the unit to check and correct them:"
        ),
        "与{other}比，{count} 处不同：": "{count:difference|differences} from {other}:",
        "已归档的": "what is filed",
        "请核对：{said}": "please check: {said}",
        "{words}（{said}）": "{words} ({said})",
        "{indicator} {name}：{before} → {after}": "{indicator} {name}: {before} → {after}",
        "{figure}（{place}）": "{figure} ({place})",
        "{file} {cell}": "{file} {cell}",
        "……共 {count} 处": "… {count} in all",
        "批注副本 {path}，回话 {message}": "annotated copy {path}, reply {message}",
        "回话 {message}": "reply {message}",
        "各单位": "Units",
        "{period} 还有 {count} 家未报：{names}": "{period}: {count:unit has|units have} not reported: {names}",
        "{period} 应报的 {count} 家都有了": "{period}: all {count:unit|units} that owe a report have sent one",
        "{period} 应报 {count} 家：{parts}": "{period}: {count:unit owes|units owe} a report: {parts}",
        "{period} 还没有结束，不算未报：{parts}": "{period} is not over, no report is late yet: {parts}",
        "{names}等 {count} 个文件": "{names} and others, {count:file|files}",
        "归档 {count} 家": "{count} filed",
        "{word}：{names}": "{word}: {names}",
        "{word}待重报": "{word}, to be sent again",
        "{unit}：你们报来的{period}填报表“{name}”有 {errors} 处要改，改好后请把整张表重新发来。": (
            "{unit}: your form “{name}” for {period} has {errors:error|errors}; correct and send the whole form again."
        ),
        "其余 {count} 行没有错误。": "There is no error in {count:other row|other rows}.",
        "{unit}：你们报来的{period}填报表“{name}”没有收：{reason}。请重新发来。": (
            "{unit}: your form “{name}” for {period} was not taken: {reason}. Please send it again."
        ),
        "{number}. {title}。{text}": "{number}. {title}. {text}",
        "{number}. {title}（{count} 处）。{hint}": "{number}. {title} ({count:time|times}). {hint}",
        "改法：{hint}": "Mend: {hint}",
        "{places}：{fact}": "{places}: {fact}",
        "第{row}行": "row {row}",
        "　{text}": "  {text}",
        "{names}等 {count} 格": "{names} and others, {count:cell|cells}",
        "另有 {count} 处请核对，确实无误的可以不改：": "{count:thing|things} more to check; leave what is right as it is:",
        "附件“{name}”是标好的原表：{colours}，每格都写着原因和改法。": (
            "“{name}” attached is the form with {colours}, each cell with reason and remedy."
        ),
        "附件“{name}”是标好的原表：{colours}，每格都写着原因和改法；整个文件要改的，写在第一张工作表里。": (
            "“{name}” attached is the form with {colours}, each cell with reason and remedy;"
            " what is to be mended of the whole file stands on its first sheet."
        ),
        "附件“{name}”是标好的原表，第一张工作表写着原因和改法。": (
            "“{name}” attached is the form, with reasons and remedies on its first sheet."
        ),
        "红色的要改": "its errors marked red",
        "黄色的请核对": "what to check marked yellow",
        "{name}（有文件，没有读到数）": "{name} (has a file, no figure was read)",
        "{word}（{files} 里没有读到数）": "{word} (no figure was read in {files})",
        "归档": "filed",
        "替换": "replaced",
        "已归档": "filed before",
        "已被替换": "replaced since",
        "？": "?",
        "待定": "undecided",
        "退回": "sent back",
        "没有收": "not taken",
        "请核对": "to check",
        "附件": "attachment",
        "没有填": "not filled in",
        "报告期": "Period",
        "收到": "Received",
        "结果": "Outcome",
        "{places} {indicator} {name}": "{places} {indicator} {name}",
        "与 {revision} 相比的影响": "What differs from {revision}",
        "报告期 {period}，{revision}（{commit}）→ 现在": "Period {period}, {revision} ({commit}) → now",
        "没有差别：完成值、进度状态、亮灯、位次都与 {revision} 相同。": (
            "Nothing differs: figures, statuses, lights and ranks are those of {revision}."
        ),
        "{year} 年的计划是新增的：{indicators} 项指标，已有 {records} 条记录": (
            "The plan of {year} is new: {indicators:indicator|indicators}, {records:record|records} so far"
        ),
        "{year} 年的计划没有了：{revision} 里有 {indicators} 项指标、{records} 条记录，现在都没有计划可判断": (
            "The plan of {year} is gone: {revision} has {indicators:indicator|indicators} and "
            "{records:record|records} of it, which no plan judges now"
        ),
        "{year} 年：{title}": "{year}: {title}",
        "{side}的数据有 {count} 处错误，有错误的行没有计入：见 mzplan check": (
            "{count:error|errors} in the data {side}; their rows do not count: see mzplan check"
        ),
        "{side}{units} {period} {unread}，没有位次；两边其他单位的位次都不计在内": "{units} {period} {unread} {side}: no rank, and no part in the others' ranks on either side",
        "{side}没有 {period} 的任何报表": "No report for {period} {side}",
        (
            "计划 {plan} 项，分解 {parts} 个，记录 {records} 条，指标 {rows} 行（其中全市 {city} 行），单位 "
            "{standings} 个"
        ): (
            "{plan:change|changes} of the plan, {parts:part|parts}, {records:record|records}, {rows:row|rows} ({city} of the whole city), {standings:unit|units}"
        ),
        "单位中 {count} 个只是位次变了": "of the units {count:differs|differ} by rank alone",
        "换了地区的单位": "Units in another region",
        "原属地区": "Region before",
        "现属地区": "Region now",
        "另有 {count} 行，因篇幅所限未列出；本地运行 mzplan impact {revision} --format json 可看到全部": (
            "{count:more row|more rows} left out for want of room; run mzplan impact {revision} --format json to see all"
        ),
        "另有 {count} 行没有列出{regions}，全部见 mzplan impact {revision} --format json": (
            "{count:more row is|more rows are} not listed{regions}: all are in mzplan impact {revision} --format json"
        ),
        "分解": "Parts",
        "口径有调整": "measured otherwise",
        "{month}起{target}": "from {month} {target}",
        "现在": "now",
        "{revision} 里": "in {revision}",
        "计划的变化": "Change of the plan",
        "分解的变化": "Change of the part",
        "原数": "Before",
        "现数": "Now",
        "目标调整": "Revisions",
        "类型": "Kind",
        "指标（变差的在前；转为未报的、补报的、目标已变的依次在后）": "Indicators: what got worse first, then what is now not reported, reported since, or whose target changed",
        "{since}{aspect} {before} → {after}": "{aspect} {before} → {after}{since}",
        "{aspect} {before} → {after}": "{aspect} {before} → {after}",
        "没有比较，差别有多少不知道：{reason}": "Not compared, so what differs is not known: {reason}",
        "mzplan 自检": "mzplan doctor",
        "没有发现问题。": "No problems found.",
        "{what}：{remedy}": "{what}: {remedy}",
        "项目": "Project",
        "检查项": "Item",
        "情况": "Finding",
        "没有装；要用时 {install}": "not installed; to use it: {install}",
        "组件 {name}": "Component {name}",
        "{path}（实为 {real}）": "{path} (really {real})",
        "{kind}，编码 {encoding}，{width}，{colour}，≥、█ 占 {cells} 格": (
            "{kind}, encoding {encoding}, {width}, {colour}, ≥ and █ take {cells:cell|cells}"
        ),
        "不限宽度": "any width",
        "{count} 列": "{count:column|columns}",
        "不是文件夹": "no folder",
        "不在项目里（没有 plan/ 文件夹）": "not in a project (no plan/ folder)",
        "不用": "not used",
        "{folder} 不能写：每次都要重新校验计划，稍慢；检查该文件夹的权限，或设 MZPLAN_NO_CACHE=1。": (
            "{folder} cannot be written: plans are read anew each time, somewhat slower; check its permissions, or "
            "set MZPLAN_NO_CACHE=1."
        ),
        "没有": "none",
        "在 Excel、WPS 或 Word 里关掉它们。": "Close them in Excel, WPS or Word.",
        "{first}：检查路径和权限，连上共享盘，云盘里的先下载到本机。": (
            "{first}: check path and permissions, connect the shared drive, download what lies in the cloud."
        ),
        "没有装；只有 impact、check --since 和 init --git 要用": (
            "not installed; only impact, check --since and init --git need it"
        ),
        "屏幕": "screen",
        "文件或管道": "file or pipe",
        "能显示颜色": "shows colours",
        "不显示颜色": "shows no colours",
        "控制台": "Console",
        "缓存": "Cache",
        "程序": "Program",
        "系统": "System",
        "代码页": "Code page",
        "当前文件夹": "Current folder",
        "被别的程序打开的文件": "Files open in other programs",
        "{path}（{why}）": "{path} ({why})",
        "读不了": "cannot be read",
        "所用计划": "Plan in use",
        "所用设置": "Settings in use",
        "计划有错误，别的命令都不能运行：运行 mzplan plan check，按改法改好。": "The plan has errors, and no other command can run: run mzplan plan check and mend what it says.",
        "读不了的文件和文件夹": "Files and folders that cannot be read",
        "要校验文件用 mzplan plan check {name}，要显示它用 mzplan plan --plan {name}。": (
            "To check the file: mzplan plan check {name}; to show it: mzplan plan --plan {name}."
        ),
        "显示计划就写 mzplan plan；子命令有 {commands}。": (
            "mzplan plan by itself shows the plan; its subcommands are {commands}."
        ),
        "√ {path}：{size}、{indicators} 项指标、{units} 个填报单位{regions}、{parts} 个分解数{agrees}{warnings}": (
            "√ {path}: {size}, {indicators:indicator|indicators}, {units:reporting unit|reporting units}"
            "{regions}, {parts:part|parts}{agrees}{warnings}"
        ),
        "，与原文 {document} 相符": ", as in the document {document}",
        "，没有发现问题。": "; no problems found.",
        "，{count} 个警告。": "; {count:warning|warnings}.",
        "× {path}：{errors} 个错误，{warnings} 个警告。": (
            "× {path}: {errors:error|errors}, {warnings:warning|warnings}."
        ),
        "× {path}：计划可用，与原文 {document} 有 {errors} 处不符，{warnings} 个警告。": (
            "× {path}: the plan can be used; {errors:difference|differences} from the document {document}, "
            "{warnings:warning|warnings}."
        ),
        "指定的范围里没有任务：行动、任务和处室对不上。": (
            "No task is in all that was asked for: area, task and lead do not meet."
        ),
        "请用 --unit 指定填报单位，或用 --all 生成全部单位的填报表。": (
            "Name reporting units with --unit, or take --all."
        ),
        "--all 与 --unit 只能用一个。": "--all and --unit exclude each other.",
        "几个单位的填报表要写到文件夹里，请加 --output forms/。": (
            "Forms of several units go into a folder: add --output forms/."
        ),
        "{path} 像是一个文件；几个单位的填报表要写到文件夹里，请写成 --output forms/ 的样子。": (
            "{path} looks like a file; forms of several units go into a folder: --output forms/."
        ),
        "{unit} {period} 没有应报的指标。": "{unit} owes nothing for {period}.",
        "已写入 {path}：{unit} {period}，{count} 项指标。": (
            "Written {path}: {unit} {period}, {count:indicator|indicators}."
        ),
        "已写入 {folder}：{period} 的填报表 {count} 份，共 {rows} 项指标。": (
            "Written to {folder}: {count:form|forms} for {period}, {rows:indicator|indicators} in all."
        ),
        (
            "{path} 已经在那里（{what}）：旁边再写一份{unit}的空白表，就不知道以哪一份为准。请写到别处；确要写，请加"
            " --force。"
        ): (
            "{path} is there already ({what}): with an empty form of {unit} beside it nobody knows which one "
            "counts. Write elsewhere, or add --force."
        ),
        "{path} 填好了也不会算作{unit} {period} 的报表。请写到 {folder}/ 里；确要写，请加 --force。": (
            "{path}, once filled in, would not count as the report of {unit} for {period}. Write into {folder}/; to "
            "write it all the same, add --force."
        ),
        "没有应报指标的：{names}。": "Nothing is owed by: {names}.",
        "{name} 有 {count} 份要退回，每份都附上整个文件太大，没有批注副本，只有回话：请分成几个文件再收。": (
            "{count} reports of {name} go back; with the whole file to each the annotated copies would be too large, so the words alone go: "
            "collect it in several files."
        ),
        "这次没有批注副本，其他照常；装好后再收一遍，就有了。{why}": (
            "No annotated copies this time, all else as ever; install it and collect again to have them. {why}"
        ),
        "{paths} 里没有收到文件。": "No files in {paths}.",
        "collect 归档到一个数据文件夹，--data 只写一个文件夹。": "collect files into one data folder: give --data one.",
        "读不出收件登记 {path}：{reason}。": "The register {path} cannot be read: {reason}.",
        "{path} 里有数据文件夹 {data}，不是收件箱；收回来的文件放进一个单独的文件夹，只收那个文件夹。": (
            "{path} has the data folder {data} in it and is no inbox; put what came in into a folder of its own, and collect that."
        ),
        "{path} 在数据文件夹里，不是收件箱；已归档的用 mzplan check 检查。": (
            "{path} is in the data folder, which is no inbox; mzplan check checks what is filed."
        ),
        "{path}：{why}，没有归档。{remedy}": "{path}: {why}; not filed. {remedy}",
        "标准输入（-）没有以前的样子可比，请用 --data 给出文件或文件夹。": (
            "Standard input (-) has no earlier state to compare with; name files or a folder with --data."
        ),
        "{revision} 里没有计划 {path}，没有可比的。": "{revision} has no plan {path}: nothing to compare with.",
        "{revision} 里的计划读不了：{why}": "The plan in {revision} cannot be read: {why}",
        "计划 {name} 还有错误，也没有 {year} 年的数据，没有比较；用 mzplan plan check 查看。": (
            "The plan {name} has errors, and there are no data of {year}: not compared; see mzplan plan check."
        ),
        "{year} 年有数据，但 {revision} 里和现在都没有这一年的计划，没有比较。": (
            "There are data of {year}, but neither {revision} nor now has a plan of it: not compared."
        ),
        (
            '缺少 {missing}。新建项目写成：mzplan init 文件夹 --city 某市 --year 年份 --units "甲县,乙县"；由今年的'
            "计划生成明年的写成：mzplan init --from plan/年份.yaml。"
        ): (
            'Missing: {missing}. A new project: mzplan init FOLDER --city CITY --year YEAR --units "east=East,west=West"; '
            "next year's plan from this year's: mzplan init --from plan/YEAR.yaml."
        ),
        "{names} 不与 --from 同用：--from 只由一份计划生成另一年的计划。": (
            "{names} does not go with --from, which makes another year's plan from one."
        ),
        "{names} 只与 --from 同用。": "{names} goes with --from only.",
        "--year {year} 不是计划年度：写 {first} 到 {last} 之间的四位数。": "--year {year} cannot be the year of a plan: write four digits from {first} to {last}.",
        "{city} 不是市名：只写名称，如 某市。": "{city} is not the name of a city: give only its name, such as Mycity.",
        "{folder} 是文件，不是文件夹。": "{folder} is a file, not a folder.",
        "{folder} 不是空文件夹。换一个名字；确要建在里面，请加 --force（已有的文件不会覆盖）。": (
            "{folder} is not empty. Choose another name; to put it there, add --force (nothing there is written over)."
        ),
        "{folder} 里已有 {names}，不会覆盖，什么也没有写。": (
            "{folder} holds {names} already; nothing is written over, and nothing was written."
        ),
        "--city、--units 写不成计划：{why}": "No plan can be made of --city and --units: {why}",
        "{source} 里“{text}”中间有空格：是几个单位的用逗号隔开，写成 {apart}；是一个的去掉空格。": (
            "In {source} “{text}” has a blank: put commas between units, {apart}, or leave it out of the name of one."
        ),
        "--git 需要 git，但这台机器上没有安装。": "--git needs git, which is not installed here.",
        "--git：{folder} 已在 git 仓库 {top} 里，不再新建仓库；去掉 --git 再运行。": (
            "--git: {folder} is in the repository {top} already; run it without --git."
        ),
        "git 没有成功：{reason}。文件都在；改好后自己运行 git add -A 和 git commit。": (
            "git failed: {reason}. All files are there; once that is mended, run git add -A and git commit."
        ),
        (
            "已建立 {folder}：\n{files}填报单位（数据文件用前面的 id）：{units}\n\n下一步：\n{enter}  改 "
            "plan/{year}.yaml，改到 mzplan plan check 不再列出【待改】\n  mzplan template --all --period {year}-01 "
            "--output forms/\n  （工作簿要先装 Excel 组件，怎么装见 mzplan doctor；不装的，加 --format csv）\n说明见 {readme}\n"
        ): (
            "Made {folder}:\n{files}Reporting units (data files are named by the id in front): {units}\n\nNext:\n"
            "{enter}  edit plan/{year}.yaml until mzplan plan check lists no “【待改】” (to be edited) any more\n  mzplan template "
            "--all --period {year}-01 --output forms/\n  (workbooks need the packages for Excel, see mzplan doctor; without them, add --format csv)\n"
            "Read on in {readme} (in Chinese, like the plan and the forms)\n"
        ),
        "……共 {count} 个": "… {count} in all",
        "……共 {count} 个，全部见 mzplan check": "… {count} in all, see mzplan check",
        "{path} 是 {year} 年的计划，--year 要写后面的年份，如 {next}。": (
            "{path} is the plan of {year}: --year takes a later one, such as {next}."
        ),
        "{path} 不像计划文件：名字要以 .yaml 结尾，如 {example}。": (
            "{path} does not look like a plan: its name ends in .yaml, such as {example}."
        ),
        "{path} 就是今年的计划，不会覆盖。": "{path} is this year's plan and is not written over.",
        "{path} 已经有了，不会覆盖。换一个文件名；确要重写，请加 --force。": (
            "{path} is there already and is not written over. Choose another name; to make it anew, add --force."
        ),
        (
            "已写入 {files}；{source} 没有动。\n期限和进度点已移到{year}年，年中调整过的目标取最后一次的。还要做：\n"
            "  文件里的话 {marked} 处标了“【待改】”，照{year}年的文件改\n  印发日期 issued 仍是上年的\n{more}话、印发日期"
            "和基期值逐处列出：mzplan plan check {path}（现在 {errors} 个错误、{warnings} 个警告）\n"
        ): (
            "Written {files}; {source} is as it was.\nDue dates and points are moved into {year}; of revised "
            "targets the last one stays. What is left to do:\n  {marked:text is|texts are} marked “【待改】” (to be edited): write "
            "them as the document of {year} has them\n  issued is still last year's\n{more}Texts, issued and baselines by place: mzplan plan "
            "check {path} (now {errors:error|errors}, {warnings:warning|warnings})\n"
        ),
        "  基期值 {count} 处空着，旁边注着{old}年报的数：{ids}\n": (
            "  {count:baseline is|baselines are} empty, with what was reported in {old} beside: {ids}\n"
        ),
        "  分解表只有表头：mzplan breakdown --plan {path} --write 测算，或用 --import 读入正式下达的\n": (
            "  the breakdown is a header only: work it out with mzplan breakdown --plan {path} --write, or read the "
            "official one with --import\n"
        ),
        "  注释和说明里还提到{old}年的有 {count} 行：第 {lines} 行\n": (
            "  {count:line of comments and notes still names|lines of comments and notes still name} {old}: {lines}\n"
        ),
        "计划里没有要分解的指标：请给指标写 breakdown，或用 --by 指定权重。": (
            "The plan has nothing to break down: write breakdown at indicators, or name a weight with --by."
        ),
        "--by 与 --weights 只能用一个。": "--by and --weights exclude each other.",
        "--import 只与 --source、--from、--replace、--plan、--output 同用。": (
            "--import goes with --source, --from, --replace, --plan and --output only."
        ),
        "--import 不用 --write，它输出整个分解文件：要写入，加 -o {path}；已有这个文件的，再加 --force。": (
            "--import takes no --write: it prints the whole breakdown file. To write it, add -o {path}, and --force "
            "over one that is there."
        ),
        "{option} 只与 --import 同用。": "{option} goes with --import only.",
        "--import 要用 --source 写明下达的文号或文件名，不以 = + - @ 开头。": (
            "--import needs --source with the number or name of what was issued, which does not open with = + - @."
        ),
        "{path} 没有全部读懂，什么也没有写：": "{path} was not understood entirely, and nothing was written:",
        "{path} 里没有一个分解数。": "{path} has no part at all.",
        "{path}：{indicators} 项指标、{parts} 个正式分解数。": (
            "{path}: {indicators:indicator|indicators}, {parts:official part|official parts}."
        ),
        (
            "{path} 会改动已正式下达的分解数 {count} 个，以前各月也会按新数重判，什么也没有写：{rows}。年中调整的写"
            "明从哪个月起，如 --from {year}-09；要改正原来的数，加 --replace。"
        ): (
            "{path} would change {count:official part|official parts}, and past months would be judged anew; "
            "nothing was written: {rows}. For a change within the year say from when, such as --from {year}-09; to "
            "correct the old ones, add --replace."
        ),
        "不分解": "no part",
        "{since}不再分解的 {count} 个：{names}。": "No part any more{since}, {count}: {names}.",
        "其中与原来不同的 {count} 个：{rows}。": "Of these {count:differs|differ} from what was there: {rows}.",
        "已写入 {path}：{count} 项指标的参考分解。": "Written {path}: reference parts of {count:indicator|indicators}.",
        "{place}：读不成表格（{detail}），请用表格软件另存为“CSV UTF-8”。": (
            "{place}: no table can be read ({detail}); save it as “CSV UTF-8” in the spreadsheet."
        ),
        "{place}：是空的。": "{place}: empty.",
        "{place}：有内容的工作表不止一张（{detail}），请只留要用的那一张。": (
            "{place}: more than one sheet has content (“{detail}”); keep only the one that counts."
        ),
        "{place}：有内容的工作表是隐藏的（{detail}），请取消隐藏，看过以后再用。": (
            "{place}: the sheet with content is hidden (“{detail}”); unhide it and look at it first."
        ),
        "{place}：从这一行起有 {detail} 行是隐藏的，请取消隐藏，看过以后再用，不要的删去。": (
            "{place}: {detail:row is|rows are} hidden from this one on; unhide them and look first, or delete them."
        ),
        "{place}：{fact}。{remedy}": "{place}: {fact}. {remedy}",
        "{path} 已经有了，不是这个命令写的，不会覆盖。请写到别的文件夹；确要覆盖，请加 --force。": (
            "{path} is there already, was not written by this command, and is not written over. "
            "Write to another folder; to write over it, add --force."
        ),
        "{path} 是{what}，不会覆盖。请换一个文件名；确要覆盖，请加 --force。": (
            "{path}: {what}, not written over. Choose another name, or add --force."
        ),
        "{path} 会被当作{what}。请换一个文件名；确要写成它，请加 --force。": (
            "{path} would be read as {what}. Choose another name; to write it all the same, add --force."
        ),
        "{path} 在计划文件夹里，会被当作{what}。请写到别处；确要写在那里，请加 --force。": (
            "{path} is in the folder of plans and would be taken for: {what}. Write elsewhere, or add --force."
        ),
        "{path} 在项目的数据文件夹里，那里只放各单位的报表。请写到别处；确要写在那里，请加 --force。": (
            "{path} is in the project's data folder, where only reports of units belong. Write elsewhere, or add "
            "--force."
        ),
        "无法写入 {path}：{reason}。请写出文件本身的路径。": (
            "{path} cannot be written: {reason}. Give the path of the file itself."
        ),
        "已填报的数据": "data that were reported",
        "项目数据文件夹里的文件": "a file of the project's data folder",
        "任务分解表": "a breakdown file",
        "权重表": "a table of weights",
        "工作簿，里面可能有数": "a workbook that may have figures",
        "读不出内容的文件，里面可能有数": "a file that cannot be read and may have figures",
        "设置文件": "a settings file",
        "豁免表": "a list of waivers",
        "基线": "a baseline of findings",
        "{mean}{light}{mark}": "{mean} {light}{mark}",
        "{mean}（{carried}）": "{mean} ({carried})",
        "{names}……": "{names} …",
    }
)
