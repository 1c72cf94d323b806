"""What an engine of databases needs to read submissions: the plan as relations, one statement, and who runs it."""

ENGINES = {
    "auto": "按数据多少",
    "python": "不用别的组件",
    "duckdb": "用 DuckDB 读没有问题的文件",
    "spark": "用 Spark 在集群上读没有问题的文件",
}
"""The engines that can be asked for, with what each is."""
