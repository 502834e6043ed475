"""The questions in PM4Py, by its own functions over its pandas frame; where it has none, by pandas as its users write it.

PM4Py is under AGPL-3.0. It runs here as an outside program that is measured; nothing of the product links or ships it.
Fields that its answer lacks, or gives less exactly, are named in `missing`.
"""

import warnings

warnings.filterwarnings("ignore")

import pandas as pd
import pm4py
from pm4py.statistics.traces.generic.pandas import case_statistics

from common import CASE_ROWS, DOTTED_CASES, TOP_VALUES

VERSION = pm4py.__version__
# Its readers of XES; the first one is a package of its own, in Rust.
XES_VARIANTS = ("rustxes", "iterparse", "chunk_regex")
CASE, ACTIVITY, TIME, RESOURCE = "case:concept:name", "concept:name", "time:timestamp", "org:resource"
MICROSECONDS = 1e6


class Engine:
    name = "pm4py"
    version = VERSION
    missing = {
        "cases": ["cases.start_us", "cases.end_us", "cases.duration_us"],  # whole seconds only
        "map": ["paths.cases", "paths.p90_us"],
        "filter_map": ["paths.cases", "paths.p90_us"],
        "handovers": ["handovers.events"],
        "rework": ["rework.repeats"],
    }

    def __init__(self, options):
        self.options = options
        self.log = None
        self.attribute_names = []

    # ---- loading -------------------------------------------------------------------------------------------------

    def load(self):
        self.log = self._read(core_only=False)
        region = self._name(self.options.region)
        counts = lambda name: list(self.log[name].dropna().value_counts().items())
        self.attribute_names = [name for name in self.log.columns if name not in (CASE, ACTIVITY, TIME)]
        self.options.name_parameters(counts(region) if region in self.log.columns else [], counts(ACTIVITY))
        return loaded_counts(self.log)

    def loads(self, question):
        if question == "load_xes":

            def read(variant):
                self.log = pm4py.read_xes(self.options.file, variant=variant)
                return {"load": {"events": [len(self.log)], "traces": [self.log[CASE].nunique()]}}

            return {"load_xes": {variant: (lambda variant=variant: read(variant)) for variant in XES_VARIANTS}}

        def run(core_only):
            self.log = self._read(core_only)  # kept until the next run: the resident size shows it
            return loaded_counts(self.log)

        return {f"{question}_3": {"": lambda: run(True)}, f"{question}_all": {"": lambda: run(False)}}

    def _name(self, column):
        o = self.options
        return {o.case: CASE, o.activity: ACTIVITY, o.time: TIME, o.resource: RESOURCE}.get(column, column)

    def _read(self, core_only):
        o = self.options
        columns = o.core_columns() if core_only else None
        if o.file.endswith((".xes", ".xes.gz")):
            return in_nanoseconds(pm4py.read_xes(o.file, variant=XES_VARIANTS[0]))
        if o.file.endswith((".csv", ".csv.gz")):
            frame = pd.read_csv(o.file, usecols=columns, engine="pyarrow", dtype={o.case: "str", o.activity: "str"})
        else:
            frame = pd.read_parquet(o.file, columns=columns)
        frame = frame.rename(columns={name: self._name(name) for name in frame.columns})
        for name in frame.columns:
            if frame[name].dtype == object and len(frame) and not isinstance(frame[name].iloc[0], str):
                frame[name] = pd.to_numeric(frame[name])
        frame = frame.dropna(subset=[CASE, ACTIVITY, TIME])
        frame[CASE], frame[ACTIVITY] = frame[CASE].astype("str"), frame[ACTIVITY].astype("str")
        frame = in_nanoseconds(frame)
        if not o.rows_are_sorted:
            frame = frame.sort_values([CASE, TIME], kind="stable", ignore_index=True)
        return frame

    # ---- helpers -------------------------------------------------------------------------------------------------

    def columns(self, table):
        if isinstance(table, dict):
            return table
        return {
            name: [None if value is pd.NA or value != value else value for value in table[name].tolist()]
            for name in table.columns
        }

    def formulations(self, question):
        return {"": getattr(self, question)}

    def _durations(self):
        return self.log.groupby(CASE, sort=False)[TIME].agg(["min", "max"])

    # ---- the questions -------------------------------------------------------------------------------------------

    def summary(self):
        log = self.log
        variants = pm4py.get_variants(log)
        durations = pd.Series(pm4py.get_all_case_durations(log)) * MICROSECONDS
        return {
            "summary": {
                "cases": [len(durations)],
                "events": [len(log)],
                "activities": [len(pm4py.get_event_attribute_values(log, ACTIVITY))],
                "variants": [len(variants)],
                "first_us": [micro(log[TIME].min())],
                "last_us": [micro(log[TIME].max())],
                "min_us": [int(durations.min())],
                "mean_us": [durations.mean()],
                "median_us": [durations.median()],
                "p90_us": [durations.quantile(0.9)],
                "max_us": [int(round(durations.max()))],
            }
        }

    def map_counts(self):
        paths, _, _ = pm4py.discover_dfg(self.log)
        return {"paths": path_columns(paths, {"events": lambda value: value})}

    def map(self, log=None):
        log = self.log if log is None else log
        paths, starts, ends = pm4py.discover_performance_dfg(log, business_hours=False)
        counts, _, _ = pm4py.discover_dfg(log)
        events = pm4py.get_event_attribute_values(log, ACTIVITY)
        cases = pm4py.get_event_attribute_values(log, ACTIVITY, count_once_per_case=True)
        seconds = lambda name: lambda value: float(value[name]) * MICROSECONDS
        table = path_columns(
            paths,
            {
                "min_us": seconds("min"),
                "mean_us": seconds("mean"),
                "median_us": seconds("median"),
                "max_us": seconds("max"),
                "total_us": seconds("sum"),
            },
        )
        table["events"] = [int(counts[pair]) for pair in paths]
        for name in ("min_us", "max_us"):
            table[name] = [round(value) for value in table[name]]
        return {
            "activities": {
                "activity": list(events),
                "events": [int(n) for n in events.values()],
                "cases": [int(cases[name]) for name in events],
            },
            "paths": table,
            "starts": name_counts(starts),
            "ends": name_counts(ends),
        }

    def filter_map(self):
        o = self.options
        log = self.log
        return self.map(
            log[(log[self._name(o.region)] == o.region_value) & (log[self._name(o.amount)] > o.amount_above)]
        )

    def variants(self):
        variants = sorted(pm4py.get_variants(self.log).items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "variants": {
                "variant": [" > ".join(steps) for steps, _ in variants],
                "cases": [int(count) for _, count in variants],
                "steps": [len(steps) for steps, _ in variants],
            }
        }

    def cases(self):
        described = case_statistics.get_cases_description(
            self.log,
            parameters={
                "max_ret_cases": CASE_ROWS,
                "enable_sort": True,
                "sort_by_column": "caseDuration",
                "sort_ascending": False,
            },
        )
        ids = list(described)
        rows = self.log[self.log[CASE].isin(ids)].groupby(CASE)
        events, first, last = rows.size(), rows[ACTIVITY].first(), rows[ACTIVITY].last()
        start = [round(described[case]["startTime"] * MICROSECONDS) for case in ids]
        end = [round(described[case]["endTime"] * MICROSECONDS) for case in ids]
        return {
            "cases": {
                "case_id": ids,
                "events": [int(events[case]) for case in ids],
                "start_us": start,
                "end_us": end,
                "duration_us": [b - a for a, b in zip(start, end)],
                "first_activity": [first[case] for case in ids],
                "last_activity": [last[case] for case in ids],
            },
            "total": {"cases": [int(self.log[CASE].nunique())]},
        }

    def rework(self):
        repeated = pm4py.get_rework_cases_per_activity(self.log)
        cases = pm4py.get_event_attribute_values(self.log, ACTIVITY, count_once_per_case=True)
        return {
            "rework": {
                "activity": list(cases),
                "cases": [int(n) for n in cases.values()],
                "cases_with_repeat": [int(repeated.get(name, 0)) for name in cases],
            }
        }

    def activities(self):
        events = pm4py.get_event_attribute_values(self.log, ACTIVITY)
        cases = pm4py.get_event_attribute_values(self.log, ACTIVITY, count_once_per_case=True)
        starts, ends = pm4py.get_start_activities(self.log), pm4py.get_end_activities(self.log)
        return {
            "activities": {
                "activity": list(events),
                "events": [int(n) for n in events.values()],
                "cases": [int(cases[name]) for name in events],
                "starts": [int(starts.get(name, 0)) for name in events],
                "ends": [int(ends.get(name, 0)) for name in events],
            }
        }

    def attributes(self):
        names = [ACTIVITY, *self.attribute_names]
        table = {"column": [], "distinct": [], "blanks": []}
        top = {"column": [], "value": [], "events": []}
        back = {ACTIVITY: "activity", RESOURCE: self.options.resource}
        for name in names:
            values = pm4py.get_event_attribute_values(self.log, name)
            table["column"].append(back.get(name, name))
            table["distinct"].append(len(values))
            table["blanks"].append(len(self.log) - int(sum(values.values())))
            for value, events in sorted(values.items(), key=lambda pair: (-pair[1], str(pair[0])))[:TOP_VALUES]:
                top["column"].append(back.get(name, name))
                top["value"].append(str(value))
                top["events"].append(int(events))
        return {"attributes": table, "top": top}

    def throughput(self):
        region = self._name(self.options.region)
        log = self.log if region in self.log.columns else self.log.assign(**{region: None})
        cases = log.groupby(CASE, sort=False).agg(first=(TIME, "min"), last=(TIME, "max"), region=(region, "first"))
        cases["d"] = (cases["last"] - cases["first"]).dt.as_unit("us").astype("int64")

        def statistics(d):
            d = pd.Series(d)
            p25, median, p75, p90, p95 = d.quantile([0.25, 0.5, 0.75, 0.9, 0.95])
            return {
                "cases": len(d),
                "min_us": int(d.min()),
                "mean_us": float(d.mean()),
                "p25_us": p25,
                "median_us": median,
                "p75_us": p75,
                "p90_us": p90,
                "p95_us": p95,
                "max_us": int(d.max()),
            }

        groups = [{"region": name, **statistics(d)} for name, d in cases.groupby("region", dropna=False)["d"]]
        arrivals = cases["first"].dt.strftime("%Y-%m").value_counts()
        return {
            "all": {name: [value] for name, value in statistics(cases["d"]).items()},
            "groups": {name: [group[name] for group in groups] for name in groups[0]},
            "arrivals": {"month": arrivals.index.tolist(), "cases": [int(n) for n in arrivals]},
        }

    def handovers(self):
        # It cannot sort blank names: they are named, else it stops with an error.
        network = pm4py.discover_handover_of_work_network(self.log.fillna({RESOURCE: ""}), beta=0)
        pairs = [[name or None for name in pair] for pair in network.connections]
        return {"handovers": {"a": [pair[0] for pair in pairs], "b": [pair[1] for pair in pairs]}}

    def dotted(self):
        sample = pm4py.sample_cases(self.log, min(DOTTED_CASES, self.log[CASE].nunique()))
        return {
            "dots": sample[[CASE, ACTIVITY, TIME]].rename(
                columns={CASE: "sampled_case", ACTIVITY: "activity", TIME: "value"}
            )
        }

    def eventually(self):
        o = self.options
        kept = pm4py.filter_eventually_follows_relation(self.log, [(o.first_activity, o.then_activity)])
        return {"eventually": {"cases": [int(kept[CASE].nunique())], "events": [len(kept)]}}


def loaded_counts(frame):
    return {"load": {"events": [len(frame)], "cases": [int(frame[CASE].nunique())], "columns": [frame.shape[1]]}}


def in_nanoseconds(frame):
    # PM4Py divides whole numbers of nanoseconds: with another unit its case table is wrong.
    frame[TIME] = pd.to_datetime(frame[TIME], utc=True).dt.as_unit("ns")
    return frame


def micro(timestamp):
    return timestamp.as_unit("ns").value // 1000


def path_columns(paths, fields):
    table = {"a": [pair[0] for pair in paths], "b": [pair[1] for pair in paths]}
    for name, field in fields.items():
        table[name] = [field(value) for value in paths.values()]
    return table


def name_counts(counts):
    return {"activity": list(counts), "cases": [int(n) for n in counts.values()]}
