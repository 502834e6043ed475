"""The questions in Polars: one frame in case order, activity and texts of few values as Enum, time as whole microseconds."""

import os

import polars as pl

from common import CASE_ROWS, DOTTED_CASES, TOP_VALUES

ENUM_VALUES_MAX = 50_000
VERSION = pl.__version__
COLLECTORS = ["in-memory", "streaming"]
# Questions whose work is written as one lazy query are tried with both collectors.
LAZY_QUESTIONS = {"map_counts", "map", "filter_map", "handovers", "eventually", "activities", "throughput"}


class Engine:
    name = "polars"
    version = VERSION

    def __init__(self, options):
        # Polars reads POLARS_MAX_THREADS when it is imported: the caller sets it.
        assert os.environ.get("POLARS_MAX_THREADS") == str(options.threads)
        self.options = options
        self.log = None
        self.attribute_names = []

    # ---- loading -------------------------------------------------------------------------------------------------

    def load(self):
        self.log, self.attribute_names = self._read(core_only=False)
        o = self.options
        counts = lambda name: self.log.select(pl.col(name).cast(pl.String)).drop_nulls().group_by(name).len().rows()
        o.name_parameters(counts(o.region) if o.region in self.attribute_names else [], counts("activity"))
        return loaded_counts(self.log)

    def loads(self, question):
        """Ways to load the file: the frame of the questions, or the rows in order and no more."""
        if question == "load_xes":
            return {}

        def run(core_only, form):
            self.log, _ = self._read(
                core_only, plain=form == "plain"
            )  # kept until the next run: the resident size shows it
            return loaded_counts(self.log)

        forms = lambda core_only: {form: (lambda form=form: run(core_only, form)) for form in ("enums", "plain")}
        return {f"{question}_3": forms(True), f"{question}_all": forms(False)}

    def _read(self, core_only, plain=False):
        o = self.options
        if o.file.endswith((".csv", ".csv.gz")):
            source = pl.scan_csv(o.file, try_parse_dates=True)
        else:
            source = pl.scan_parquet(o.file)
        schema = source.collect_schema()
        attributes = [] if core_only else [name for name in schema.names() if name not in o.core_columns()]
        time = pl.col(o.time)
        if schema[o.time] == pl.String:
            time = time.str.to_datetime(time_unit="us", time_zone="UTC")
        selected = [
            pl.col(o.case).cast(pl.String).alias("case_id"),
            pl.col(o.activity).cast(pl.String).alias("activity"),
            time.dt.epoch("us").alias("t"),
        ]
        for name in attributes:
            column = pl.col(name)
            if isinstance(schema[name], pl.Decimal):
                column = column.cast(pl.Float64)
            elif schema[name] == pl.String:
                column = pl.when(column != "").then(column).alias(name)
            selected.append(column)
        rows = source.select(selected).drop_nulls(["case_id", "activity", "t"])
        if not o.rows_are_sorted:
            rows = rows.sort("case_id", "t", maintain_order=True)
        frame = rows.collect()
        if plain:
            return frame, attributes
        texts = ["activity", *(name for name in attributes if frame.schema[name] == pl.String)]
        distinct = frame.lazy().select(pl.col(texts).unique().drop_nulls().sort().implode()).collect()
        enums = [
            pl.col(name).cast(pl.Enum(distinct[name][0]))
            for name in texts
            if name == "activity" or len(distinct[name][0]) <= ENUM_VALUES_MAX
        ]
        frame = frame.lazy().with_columns(*enums, k=pl.col("case_id").rle_id().cast(pl.UInt32)).collect()
        return frame.with_columns(pl.col("k").set_sorted()).rechunk(), attributes

    # ---- helpers -------------------------------------------------------------------------------------------------

    def columns(self, table):
        if isinstance(table, dict):
            return table
        return {
            name: table[name].cast(pl.String).to_list()
            if table.schema[name] in (pl.Enum, pl.Categorical)
            else table[name].to_list()
            for name in table.columns
        }

    def _starts(self, frame):
        """The row at which each case begins, and one past the row at which it ends."""
        starts = frame.select((pl.col("k") != pl.col("k").shift(1)).fill_null(True).arg_true().alias("s"))["s"]
        ends = starts.slice(1).append(pl.Series([frame.height], dtype=starts.dtype)) if len(starts) else starts
        return starts, ends

    def _cases(self):
        starts, ends = self._starts(self.log)
        time = self.log["t"]
        start, end = time.gather(starts), time.gather(ends - 1)
        return pl.DataFrame(
            {"first": starts, "events": ends - starts, "start_us": start, "end_us": end, "d": end - start}
        )

    def _pairs(self, frame, resource=None):
        activity = pl.col("activity")
        columns = [
            activity.shift(1).alias("a"),
            activity.alias("b"),
            pl.col("k"),
            (pl.col("t") - pl.col("t").shift(1)).alias("d"),
            (pl.col("k") == pl.col("k").shift(1)).alias("same"),
        ]
        if resource:
            columns += [pl.col(resource).shift(1).alias("r"), pl.col(resource).alias("u")]
        return frame.select(columns).filter(pl.col("same"))

    def formulations(self, question):
        """Every way worth trying to answer a question; the fastest counts."""
        answer = getattr(self, question)
        if question in LAZY_QUESTIONS:
            return {engine: (lambda engine=engine: answer(engine)) for engine in COLLECTORS}
        if question == "rework":
            return {form: (lambda form=form: answer(form)) for form in ("sort", *COLLECTORS)}
        if question in ("variants", "summary"):
            return {form: (lambda form=form: answer(form)) for form in ("hash", "join_text")}
        return {"": answer}

    # ---- the questions -------------------------------------------------------------------------------------------

    def _variant_groups(self, form):
        """One row a variant: its number of cases and, of one of them, the first row and the number of steps."""
        starts, ends = self._starts(self.log)
        if form == "hash":
            # A case is a 64-bit sum over hashes of (activity, position): differences of one running sum.
            position = pl.int_range(pl.len(), dtype=pl.UInt32) - pl.lit(starts).gather(pl.col("k"))
            code = pl.col("activity").to_physical().cast(pl.UInt64) * 0x1_0000_0000 + position
            running = self.log.select(code.hash(seed=1).cum_sum().alias("h"))["h"]
            last = running.gather(ends - 1)
            key = last - last.shift(1, fill_value=0)
        else:
            key = (
                self.log.lazy()
                .group_by("k", maintain_order=True)
                .agg(pl.col("activity").cast(pl.String).str.join(" > "))
                .collect()["activity"]
            )
        frame = pl.DataFrame({"key": key, "first": starts, "steps": ends - starts})
        return frame.group_by("key", "steps").agg(pl.len().alias("cases"), pl.col("first").first())

    def variants(self, form):
        groups = self._variant_groups(form)
        if form == "hash":
            steps = groups.select(
                pl.int_range(pl.len()).alias("group"),
                pl.int_ranges("first", pl.col("first") + pl.col("steps")).alias("row"),
            ).explode("row")
            names = steps.select("group", name=self.log["activity"].gather(steps["row"]).cast(pl.String))
            spelled = names.group_by("group", maintain_order=True).agg(pl.col("name").str.join(" > "))
            table = groups.with_columns(variant=spelled["name"])
        else:
            table = groups.rename({"key": "variant"})
        return {
            "variants": table.select("variant", "cases", "steps").sort(["cases", "variant"], descending=[True, False])
        }

    def summary(self, form):
        cases = self._cases()
        d = pl.col("d")
        table = cases.select(
            pl.len().alias("cases"),
            pl.col("events").sum(),
            pl.lit(self.log["activity"].n_unique()).alias("activities"),
            pl.lit(self._variant_groups(form).height).alias("variants"),
            pl.col("start_us").min().alias("first_us"),
            pl.col("end_us").max().alias("last_us"),
            *_statistics(d, {"p90_us": 0.9}),
        )
        return {"summary": table}

    def map_counts(self, engine):
        return {
            "paths": self._pairs(self.log.lazy())
            .group_by("a", "b")
            .agg(pl.len().alias("events"))
            .collect(engine=engine)
        }

    def map(self, engine, frame=None):
        frame = self.log if frame is None else frame
        pairs = self._pairs(frame.lazy())
        d = pl.col("d")
        starts, ends = self._starts(frame)
        activity = frame["activity"]
        queries = [
            frame.lazy().group_by("activity").agg(pl.len().alias("events"), pl.col("k").n_unique().alias("cases")),
            pairs.group_by("a", "b").agg(
                pl.len().alias("events"),
                pl.col("k").n_unique().alias("cases"),
                d.min().alias("min_us"),
                d.mean().alias("mean_us"),
                d.median().alias("median_us"),
                d.quantile(0.9, "linear").alias("p90_us"),
                d.max().alias("max_us"),
                d.sum().alias("total_us"),
            ),
        ]
        activities, paths = pl.collect_all(queries, engine=engine)
        return {
            "activities": activities,
            "paths": paths,
            "starts": activity.gather(starts).value_counts(name="cases"),
            "ends": activity.gather(ends - 1).value_counts(name="cases"),
        }

    def filter_map(self, engine):
        o = self.options
        kept = (
            self.log.lazy()
            .select("k", "activity", "t", o.region, o.amount)
            .filter((pl.col(o.region) == o.region_value) & (pl.col(o.amount) > o.amount_above))
        )
        return self.map(engine, kept.select("k", "activity", "t").collect(engine=engine))

    def cases(self):
        cases = self._cases()
        # The case id breaks ties; case numbers rise with it.
        top = (
            cases.with_row_index("k")
            .top_k(CASE_ROWS, by=["d", "k"], reverse=[False, True])
            .sort(["d", "k"], descending=[True, False])
        )
        last = top["first"] + top["events"] - 1
        return {
            "cases": pl.DataFrame(
                {
                    "case_id": self.log["case_id"].gather(top["first"]),
                    "events": top["events"],
                    "start_us": top["start_us"],
                    "end_us": top["end_us"],
                    "duration_us": top["d"],
                    "first_activity": self.log["activity"].gather(top["first"]),
                    "last_activity": self.log["activity"].gather(last),
                }
            ),
            "total": {"cases": [cases.height]},
        }

    def rework(self, form):
        n = pl.col("n")
        names = self.log.schema["activity"].categories
        # Case and activity as one number: one narrow key instead of two.
        code = (pl.col("k").cast(pl.UInt64) * len(names) + pl.col("activity").to_physical()).alias("code")
        steps = self.log.lazy().select(code)
        if form == "sort":
            steps = steps.select(pl.col("code").sort().rle()).unnest("code").rename({"value": "code", "len": "n"})
        else:
            steps = steps.group_by("code").agg(pl.len().alias("n"))
        table = (
            steps.group_by(pl.col("code") % len(names))
            .agg(pl.len().alias("cases"), (n > 1).sum().alias("cases_with_repeat"), (n - 1).sum().alias("repeats"))
            .collect(engine="in-memory" if form == "sort" else form)
        )
        return {
            "rework": table.select(
                names.gather(table["code"]).alias("activity"), "cases", "cases_with_repeat", "repeats"
            )
        }

    def activities(self, engine):
        starts, ends = self._starts(self.log)
        activity = self.log["activity"]
        table = (
            self.log.lazy().group_by("activity").agg(pl.len().alias("events"), pl.col("k").n_unique().alias("cases"))
        )
        for name, rows in (("starts", starts), ("ends", ends - 1)):
            table = table.join(activity.gather(rows).value_counts(name=name).lazy(), on="activity", how="left")
        return {"activities": table.with_columns(pl.col("starts", "ends").fill_null(0)).collect(engine=engine)}

    def attributes(self):
        names = ["activity", *self.attribute_names]
        counted = pl.collect_all(
            [self.log.lazy().select(name).group_by(name).agg(pl.len().alias("n")) for name in names]
        )
        table = {"column": [], "distinct": [], "blanks": []}
        top = {"column": [], "value": [], "events": []}
        for name, counts in zip(names, counted):
            present = counts.drop_nulls(name)
            table["column"].append(name)
            table["distinct"].append(present.height)
            table["blanks"].append(counts["n"].sum() - present["n"].sum())
            # Ties are broken by the value's text: only rows that can be among the first are spelled out.
            least = present["n"].top_k(TOP_VALUES).min()
            best = present.filter(pl.col("n") > least).top_k(TOP_VALUES, by="n")
            ties = (
                present.filter(pl.col("n") == least)
                .select(pl.col(name).cast(pl.String), "n")
                .bottom_k(TOP_VALUES, by=name)
            )
            first = (
                pl.concat([best.select(pl.col(name).cast(pl.String), "n"), ties])
                .sort(["n", name], descending=[True, False])
                .head(TOP_VALUES)
            )
            top["column"] += [name] * first.height
            top["value"] += first[name].to_list()
            top["events"] += first["n"].to_list()
        return {"attributes": table, "top": top}

    def throughput(self, engine):
        cases = self._cases()
        d = pl.col("d")
        percentiles = {"p25_us": 0.25, "p75_us": 0.75, "p90_us": 0.9, "p95_us": 0.95}
        if self.options.region in self.attribute_names:
            cases = cases.with_columns(region=self.log[self.options.region].gather(cases["first"]))
        else:
            cases = cases.with_columns(region=pl.lit(None, pl.String))
        statistics = [pl.len().alias("cases"), *_statistics(d, percentiles)]
        month = pl.col("start_us").cast(pl.Datetime("us")).dt.strftime("%Y-%m").alias("month")
        lazy = cases.lazy()
        everything, groups, arrivals = pl.collect_all(
            [
                lazy.select(statistics),
                lazy.group_by("region").agg(statistics),
                lazy.group_by(
                    pl.col("start_us").cast(pl.Datetime("us")).dt.truncate("1mo").dt.epoch("us").alias("start_us")
                )
                .agg(pl.len().alias("cases"))
                .select(month, "cases"),
            ],
            engine=engine,
        )
        return {"all": everything, "groups": groups, "arrivals": arrivals}

    def handovers(self, engine):
        pairs = self._pairs(self.log.lazy(), resource=self.options.resource)
        return {
            "handovers": pairs.group_by("r", "u")
            .agg(pl.len().alias("events"))
            .rename({"r": "a", "u": "b"})
            .collect(engine=engine)
        }

    def dotted(self):
        starts, ends = self._starts(self.log)
        cases = (
            pl.DataFrame({"s": starts, "n": ends - starts})
            .with_columns(hash=pl.int_range(pl.len(), dtype=pl.UInt32).hash(seed=7))
            .bottom_k(DOTTED_CASES, by="hash")
            .sort("s")
        )
        rows = cases.select(pl.int_ranges("s", pl.col("s") + pl.col("n")).alias("row")).explode("row")["row"]
        sample = self.log.select("k", "activity", "t")[rows]
        return {"dots": sample.rename({"k": "sampled_case", "t": "value"}).select("sampled_case", "activity", "value")}

    def eventually(self, engine):
        o = self.options
        row = pl.int_range(pl.len(), dtype=pl.UInt32).alias("i")
        table = (
            self.log.lazy()
            .select("k", "activity", row)
            .filter(pl.col("activity").is_in([o.first_activity, o.then_activity]))
            .group_by("k")
            .agg(
                pl.col("i").filter(pl.col("activity") == o.first_activity).min().alias("a"),
                pl.col("i").filter(pl.col("activity") == o.then_activity).max().alias("b"),
            )
            .filter(pl.col("b") > pl.col("a"))
            .select("k")
            .collect(engine=engine)
        )
        starts, ends = self._starts(self.log)
        lengths = (ends - starts).gather(table["k"])
        return {"eventually": {"cases": [table.height], "events": [int(lengths.sum())]}}


def loaded_counts(frame):
    cases = frame.select((pl.col("case_id") != pl.col("case_id").shift(1)).sum()).item() + 1 if frame.height else 0
    return {"load": {"events": [frame.height], "cases": [cases], "columns": [frame.width - ("k" in frame.columns)]}}


def _statistics(d, percentiles):
    return [
        d.min().alias("min_us"),
        d.mean().alias("mean_us"),
        d.median().alias("median_us"),
        d.max().alias("max_us"),
        *(d.quantile(share, "linear").alias(name) for name, share in percentiles.items()),
    ]
