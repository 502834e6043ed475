"""What all engines share: the questions, the options, and the form in which answers are compared."""

import dataclasses
import hashlib
import json

QUESTIONS = [
    "summary",
    "map_counts",
    "map",
    "variants",
    "cases",
    "rework",
    "activities",
    "attributes",
    "throughput",
    "handovers",
    "dotted",
    "filter_map",
    "eventually",
]
LOADS = ["load_csv", "load_parquet", "load_xes"]
CASE_ROWS = 100
TOP_VALUES = 10
DOTTED_CASES = 10_000
# Columns whose values an engine may choose or write in its own way; they are not part of the digest.
FREE_COLUMNS = {"value", "sampled_case"}


@dataclasses.dataclass
class Options:
    """One run: which file, which columns, how many threads, and the parameters of the questions."""

    file: str
    threads: int
    rows_are_sorted: bool
    case: str
    activity: str
    time: str
    resource: str
    amount: str
    region: str
    region_value: str | None
    amount_above: float
    first_activity: str | None
    then_activity: str | None

    def core_columns(self):
        return [self.case, self.activity, self.time]

    def name_parameters(self, regions, activities):
        """Fills in what the caller left open, from (value, events) lists: the most frequent values, ties by name."""
        ranked = lambda pairs: [name for name, _ in sorted(pairs, key=lambda pair: (-pair[1], str(pair[0])))]
        if self.region_value is None and regions:
            self.region_value = ranked(regions)[0]
        names = ranked(activities)
        self.first_activity = self.first_activity or names[0]
        self.then_activity = self.then_activity or names[min(1, len(names) - 1)]


def digest_fields(tables):
    """Totals that every engine must find: rows and column sums, and a checksum over names and whole numbers.

    The checksum does not depend on the order of rows. Means and percentiles are compared by their sums only, for
    engines round the last microsecond differently.
    """
    fields = {}
    for table_name, columns in tables.items():
        lists = list(columns.values())
        rows = len(lists[0]) if lists else 0
        fields[f"{table_name}.rows"] = rows
        exact = []
        for column, values in columns.items():
            if column in FREE_COLUMNS:
                continue
            present = [value for value in values if value is not None]
            if any(isinstance(value, float) for value in present):
                fields[f"{table_name}.{column}"] = round(sum(present), 3)
                continue
            if present and all(isinstance(value, int) for value in present):
                fields[f"{table_name}.{column}"] = sum(present)
            exact.append(column)
        lines = sorted(
            json.dumps([columns[column][row] for column in exact], ensure_ascii=False) for row in range(rows)
        )
        fields[f"{table_name}.digest"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    return fields


def count_rows(tables):
    return sum(len(next(iter(columns.values()), [])) for columns in tables.values())
