"""The questions in DuckDB: one table in case order, activity and texts of few values as enums, time as whole microseconds."""

import duckdb

from common import CASE_ROWS, DOTTED_CASES, TOP_VALUES

ENUM_VALUES_MAX = 50_000
BITS = 64
PAIR_QUESTIONS = {"map", "map_counts", "filter_map", "handovers"}
PAIR_FORMS = ["streaming_lag", "window", "join"]
VARIANT_QUESTIONS = {"variants", "summary"}
# A case's steps as a 64-bit hash over (activity, position) and their number, or spelled out. Activity and position are one
# number before they are hashed: hash(activity, p) joins two hashes by xor, and steps in another order would look alike.
VARIANT_FORMS = {
    "hash": "{'h': bit_xor(hash(enum_code(activity)::UBIGINT << 32 | p)), 'n': count(*)}",
    "list": "list(activity ORDER BY i)",
}
VERSION = duckdb.__version__


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def text(value):
    return "'" + str(value).replace("'", "''") + "'"


class Engine:
    name = "duckdb"
    version = VERSION

    def __init__(self, options):
        self.options = options
        self.connection = self._connect()
        self.attribute_names = []
        self.loaded = None

    def _connect(self):
        connection = duckdb.connect()
        connection.execute(f"SET threads = {self.options.threads}")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        return connection

    # ---- loading -------------------------------------------------------------------------------------------------

    def load(self):
        table = self._load_table(self.connection, self._columns(self.connection))
        self.options.name_parameters(
            self._rows(
                f"SELECT {quote(self.options.region)}::VARCHAR, count(*) FROM log WHERE {quote(self.options.region)} IS NOT NULL GROUP BY 1"
            )
            if self.options.region in self.attribute_names
            else [],
            self._rows("SELECT activity::VARCHAR, count(*) FROM log GROUP BY 1"),
        )
        return table

    def loads(self, question):
        """Ways to load the file, each into a new connection: the table of the questions, or the rows in order and no more."""
        if question == "load_xes":
            return {}

        def run(core_only, form):
            connection = self._connect()
            columns = self._columns(connection, core_only)
            table = self._load_table(connection, columns) if form == "enums" else self._load_plain(connection, columns)
            self.loaded = connection  # kept until the next run: the resident size shows it
            return table

        forms = lambda core_only: {form: (lambda form=form: run(core_only, form)) for form in ("enums", "plain")}
        return {f"{question}_3": forms(True), f"{question}_all": forms(False)}

    def _source(self):
        path = text(self.options.file)
        if self.options.file.endswith((".csv", ".csv.gz")):
            return f"read_csv({path})"
        return f"read_parquet({path})"

    def _columns(self, connection, core_only=False):
        described = connection.execute(f"DESCRIBE SELECT * FROM {self._source()}").fetchall()
        types = {row[0]: row[1] for row in described}
        wanted = self.options.core_columns() if core_only else list(types)
        return {name: types[name] for name in wanted}

    def _rows_in_order(self, types):
        """The SELECT that gives the usable rows by case and time; ties keep the order of the source."""
        o = self.options
        case, activity, time = quote(o.case), quote(o.activity), quote(o.time)
        time_in_us = f"epoch_us({time}::TIMESTAMPTZ)" if types[o.time] == "VARCHAR" else f"epoch_us({time})"
        selected = [f"{case}::VARCHAR AS case_id", f"{activity}::VARCHAR AS activity", f"{time_in_us} AS t"]
        for name in self._attributes_of(types):
            column = quote(name)
            if types[name].startswith("DECIMAL"):
                column = f"{column}::DOUBLE AS {column}"
            elif types[name] == "VARCHAR":
                column = f"nullif({column}, '') AS {column}"
            selected.append(column)
        rows = (
            f"SELECT {', '.join(selected)} FROM {self._source()} "
            f"WHERE {case} IS NOT NULL AND {activity} IS NOT NULL AND {time} IS NOT NULL"
        )
        if o.rows_are_sorted:
            return rows
        return f"SELECT * EXCLUDE (source_row) FROM (SELECT *, row_number() OVER () AS source_row FROM ({rows})) ORDER BY case_id, t, source_row"

    def _attributes_of(self, types):
        return [name for name in types if name not in self.options.core_columns()]

    def _load_plain(self, connection, types):
        connection.execute(f"CREATE TABLE log AS {self._rows_in_order(types)}")
        rows, cases = connection.execute(
            "SELECT count(*), count(*) FILTER (is_new) FROM (SELECT case_id IS DISTINCT FROM lag(case_id) OVER () AS is_new FROM log)"
        ).fetchone()
        return {"load": {"events": [rows], "cases": [cases], "columns": [len(types)]}}

    def _load_table(self, connection, types):
        attributes = self._attributes_of(types)
        connection.execute(f"CREATE TABLE staged AS {self._rows_in_order(types)}")
        enums = {"activity": "activity_type"}
        connection.execute("CREATE TYPE activity_type AS ENUM (SELECT DISTINCT activity FROM staged ORDER BY 1)")
        texts = [name for name in attributes if types[name] == "VARCHAR"]
        if texts:
            counts = connection.execute(
                "SELECT " + ", ".join(f"approx_count_distinct({quote(name)})" for name in texts) + " FROM staged"
            ).fetchone()
            for index, (name, count) in enumerate(zip(texts, counts)):
                if 0 < count <= ENUM_VALUES_MAX:
                    enums[name] = f"text_type_{index}"
                    connection.execute(
                        f"CREATE TYPE text_type_{index} AS ENUM (SELECT DISTINCT {quote(name)} FROM staged WHERE {quote(name)} IS NOT NULL ORDER BY 1)"
                    )
        others = "".join(
            f", {quote(name)}::{enums[name]} AS {quote(name)}" if name in enums else f", {quote(name)}"
            for name in attributes
        )
        # k numbers the cases, i the rows, p the events of a case: whole numbers in the order of the rows.
        connection.execute(
            "CREATE TABLE log AS SELECT (sum(is_new) OVER (ROWS UNBOUNDED PRECEDING) - 1)::UINTEGER AS k, i::UINTEGER AS i, "
            "(i - max(CASE WHEN is_new = 1 THEN i END) OVER (ROWS UNBOUNDED PRECEDING))::UINTEGER AS p, "
            f"activity::activity_type AS activity, t, case_id{others} FROM ("
            "SELECT *, CASE WHEN case_id IS DISTINCT FROM lag(case_id) OVER () THEN 1 ELSE 0 END AS is_new, row_number() OVER () AS i FROM staged)"
        )
        connection.execute("DROP TABLE staged")
        self.attribute_names = attributes
        rows, cases = connection.execute("SELECT count(*), max(k) + 1 FROM log").fetchone()
        return {"load": {"events": [rows], "cases": [cases], "columns": [len(types)]}}

    # ---- helpers -------------------------------------------------------------------------------------------------

    def _rows(self, sql):
        return self.connection.execute(sql).fetchall()

    def _table(self, sql):
        return self.connection.sql(sql).to_arrow_table()

    def columns(self, table):
        """An answer of this engine as plain lists (not timed)."""
        if isinstance(table, dict):
            return table
        return {name: table.column(name).to_pylist() for name in table.column_names}

    # ---- the questions -------------------------------------------------------------------------------------------

    def formulations(self, question):
        """Every way worth trying to answer a question; the fastest counts."""
        answer = getattr(self, question)
        forms = (
            PAIR_FORMS if question in PAIR_QUESTIONS else list(VARIANT_FORMS) if question in VARIANT_QUESTIONS else []
        )
        return {form: (lambda form=form: answer(form)) for form in forms} or {"": answer}

    def _pairs(self, form, where="", resource=None):
        """Neighbours in a case. The streaming lag needs the rows in case order and is one thread's work; the others use all."""
        r, u = (f", lag({resource}) OVER () AS r, {resource} AS u", ", r, u") if resource else ("", "")
        if form == "streaming_lag":
            return f"""SELECT a, b, k, d{u} FROM (
                SELECT lag(activity) OVER () AS a, activity AS b, k, lag(k) OVER () AS previous_k, t - lag(t) OVER () AS d{r}
                FROM log {where}) WHERE previous_k = k"""
        if form == "window":
            r = f", lag({resource}) OVER w AS r, {resource} AS u" if resource else ""
            return f"""SELECT a, b, k, d{u} FROM (
                SELECT lag(activity) OVER w AS a, activity AS b, k, t - lag(t) OVER w AS d{r}
                FROM log {where} WINDOW w AS (PARTITION BY k ORDER BY i)) WHERE a IS NOT NULL"""
        r = f", x.{resource} AS r, y.{resource} AS u" if resource else ""
        return f"""SELECT x.activity AS a, y.activity AS b, x.k AS k, y.t - x.t AS d{r}
            FROM (FROM log {where}) AS x JOIN (FROM log {where}) AS y ON y.i = x.i + 1 AND y.k = x.k"""

    def summary(self, form):
        return {
            "summary": self._table(f"""
            WITH cases AS MATERIALIZED (SELECT k, count(*) AS n, min(t) AS s, max(t) AS e, {VARIANT_FORMS[form]} AS v FROM log GROUP BY k)
            SELECT count(*) AS cases, sum(n)::BIGINT AS events, (SELECT count(DISTINCT activity) FROM log) AS activities,
                   count(DISTINCT v) AS variants, min(s) AS first_us, max(e) AS last_us, min(e - s) AS min_us,
                   avg(e - s) AS mean_us, quantile_cont(e - s, 0.5) AS median_us, quantile_cont(e - s, 0.9) AS p90_us,
                   max(e - s) AS max_us
            FROM cases""")
        }

    def map_counts(self, form):
        return {
            "paths": self._table(
                f"SELECT a::VARCHAR AS a, b::VARCHAR AS b, count(*) AS events FROM ({self._pairs(form)}) GROUP BY ALL"
            )
        }

    def _activity_counts(self, where=""):
        """Events and cases of each activity. Up to 64 activities a case is a set of bits, else (activity, case) pairs are counted."""
        names = [name for (name,) in self._rows("SELECT unnest(enum_range(NULL::activity_type))::VARCHAR")]
        if len(names) > BITS:
            return self._table(f"""
                SELECT activity::VARCHAR AS activity, sum(n)::BIGINT AS events, count(*) AS cases
                FROM (SELECT activity, k, count(*) AS n FROM log {where} GROUP BY ALL) GROUP BY ALL""")
        bits = ", ".join(f"coalesce(sum(n) FILTER (bits >> {code} & 1 = 1), 0)::BIGINT" for code in range(len(names)))
        [cases] = self._rows(f"""
            SELECT {bits} FROM (SELECT bits, count(*) AS n FROM
                (SELECT bit_or(1::UBIGINT << enum_code(activity)) AS bits FROM log {where} GROUP BY k) GROUP BY bits)""")
        events = dict(self._rows(f"SELECT activity::VARCHAR, count(*) FROM log {where} GROUP BY activity"))
        present = [(name, events[name], count) for name, count in zip(names, cases) if count]
        return {name: list(column) for name, column in zip(("activity", "events", "cases"), zip(*present))}

    def map(self, form, where=""):
        inner = self._pairs(form, where)
        # The filter keeps whole cases, so a case still begins at p = 0. Distinct (path, case) pairs are counted apart: an exact
        # percentile and count(DISTINCT) in one aggregate are slower.
        return {
            "activities": self._activity_counts(where),
            "paths": self._table(f"""
                WITH pairs AS MATERIALIZED ({inner})
                SELECT a::VARCHAR AS a, b::VARCHAR AS b, events, cases, min_us, mean_us, q[1] AS median_us, q[2] AS p90_us, max_us, total_us
                FROM (SELECT a, b, count(*) AS events, min(d) AS min_us, avg(d) AS mean_us, quantile_cont(d, [0.5, 0.9]) AS q,
                             max(d) AS max_us, sum(d)::BIGINT AS total_us FROM pairs GROUP BY ALL)
                JOIN (SELECT a, b, count(*) AS cases FROM (SELECT DISTINCT a, b, k FROM pairs) GROUP BY ALL) USING (a, b)"""),
            "starts": self._table(
                f"SELECT activity::VARCHAR AS activity, count(*) AS cases FROM log {where or 'WHERE true'} AND p = 0 GROUP BY activity"
            ),
            "ends": self._table(
                f"SELECT activity::VARCHAR AS activity, count(*) AS cases FROM (SELECT activity, lead(p) OVER () AS next FROM log {where}) WHERE coalesce(next, 0) = 0 GROUP BY activity"
            ),
        }

    def filter_map(self, form):
        o = self.options
        return self.map(
            form, f"WHERE {quote(o.region)} = {text(o.region_value)} AND {quote(o.amount)} > {o.amount_above}"
        )

    def variants(self, form):
        if form == "list":
            sql = """
                SELECT array_to_string(v, ' > ') AS variant, count(*) AS cases, len(any_value(v)) AS steps
                FROM (SELECT list(activity ORDER BY i) AS v FROM log GROUP BY k) GROUP BY v ORDER BY cases DESC, variant"""
        else:
            # A case is a 64-bit sum over hashes of (activity, position); the steps are spelled out once a variant.
            sql = f"""
                WITH cases AS MATERIALIZED (SELECT k, {VARIANT_FORMS[form]} AS h FROM log GROUP BY k),
                     groups AS MATERIALIZED (SELECT h, count(*) AS cases, min(k) AS k FROM cases GROUP BY h)
                SELECT string_agg(activity::VARCHAR, ' > ' ORDER BY i) AS variant, any_value(cases) AS cases, count(*) AS steps
                FROM log JOIN groups USING (k) GROUP BY k ORDER BY cases DESC, variant"""
        return {"variants": self._table(sql)}

    def cases(self):
        return {
            "cases": self._table(f"""
                SELECT any_value(case_id) AS case_id, any_value(events) AS events, any_value(start_us) AS start_us, any_value(end_us) AS end_us,
                       any_value(end_us) - any_value(start_us) AS duration_us, arg_min(activity, i)::VARCHAR AS first_activity, arg_max(activity, i)::VARCHAR AS last_activity
                FROM log JOIN (SELECT k, count(*) AS events, min(t) AS start_us, max(t) AS end_us FROM log GROUP BY k
                               ORDER BY end_us - start_us DESC, k LIMIT {CASE_ROWS}) USING (k)
                GROUP BY k ORDER BY duration_us DESC, case_id"""),
            "total": self._table("SELECT count(DISTINCT k) AS cases FROM log"),
        }

    def rework(self):
        return {
            "rework": self._table("""
            SELECT activity::VARCHAR AS activity, count(*) AS cases, count(*) FILTER (n > 1) AS cases_with_repeat, sum(n - 1)::BIGINT AS repeats
            FROM (SELECT k, activity, count(*) AS n FROM log GROUP BY ALL) GROUP BY ALL""")
        }

    def activities(self):
        counts = self._activity_counts()
        counts = counts if isinstance(counts, dict) else self.columns(counts)
        for column, condition in (("starts", "p = 0"), ("ends", "coalesce(next, 0) = 0")):
            found = dict(
                self._rows(
                    f"SELECT activity::VARCHAR, count(*) FROM (SELECT activity, p, lead(p) OVER () AS next FROM log) WHERE {condition} GROUP BY activity"
                )
            )
            counts[column] = [found.get(name, 0) for name in counts["activity"]]
        return {"activities": counts}

    def attributes(self):
        table = {"column": [], "distinct": [], "blanks": []}
        top = {"column": [], "value": [], "events": []}
        for name in ["activity", *self.attribute_names]:
            column = quote(name)
            (_, distinct, blanks), *values = self._rows(f"""
                WITH g AS MATERIALIZED (SELECT {column} AS v, count(*) AS n FROM log GROUP BY 1)
                SELECT NULL, count(v), coalesce(sum(n) FILTER (v IS NULL), 0)::BIGINT FROM g
                UNION ALL SELECT * FROM (SELECT v::VARCHAR, n, NULL FROM g WHERE v IS NOT NULL ORDER BY n DESC, v::VARCHAR LIMIT {TOP_VALUES})""")
            table["column"].append(name)
            table["distinct"].append(distinct)
            table["blanks"].append(blanks)
            for value, events, _ in values:
                top["column"].append(name)
                top["value"].append(value)
                top["events"].append(events)
        return {"attributes": table, "top": top}

    def throughput(self):
        region = quote(self.options.region) if self.options.region in self.attribute_names else "NULL"
        statistics = "count(*) AS cases, min(d) AS min_us, avg(d) AS mean_us, quantile_cont(d, 0.25) AS p25_us, quantile_cont(d, 0.5) AS median_us, quantile_cont(d, 0.75) AS p75_us, quantile_cont(d, 0.9) AS p90_us, quantile_cont(d, 0.95) AS p95_us, max(d) AS max_us"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE durations AS SELECT max(t) - min(t) AS d, min(t) AS s, any_value({region}) AS region FROM log GROUP BY k"
        )
        return {
            "all": self._table(f"SELECT {statistics} FROM durations"),
            "groups": self._table(f"SELECT region::VARCHAR AS region, {statistics} FROM durations GROUP BY ALL"),
            "arrivals": self._table(
                "SELECT strftime(make_timestamp(s), '%Y-%m') AS month, cases FROM (SELECT min(s) AS s, count(*) AS cases FROM durations GROUP BY date_trunc('month', make_timestamp(s)))"
            ),
        }

    def handovers(self, form):
        resource = quote(self.options.resource)
        inner = self._pairs(form, resource=resource)
        return {
            "handovers": self._table(
                f"SELECT r::VARCHAR AS a, u::VARCHAR AS b, count(*) AS events FROM ({inner}) GROUP BY r, u"
            )
        }

    def dotted(self):
        return {
            "dots": self._table(f"""
            SELECT k AS sampled_case, activity, t AS value FROM log
            SEMI JOIN (SELECT k FROM (SELECT DISTINCT k FROM log) ORDER BY hash(k) LIMIT {DOTTED_CASES}) AS sample USING (k)""")
        }

    def eventually(self):
        first, then = text(self.options.first_activity), text(self.options.then_activity)
        return {
            "eventually": self._table(f"""
            SELECT count(*) AS cases, coalesce(sum(n), 0)::BIGINT AS events
            FROM (SELECT min(i) FILTER (activity = {first}) AS a, max(i) FILTER (activity = {then}) AS b, count(*) AS n FROM log GROUP BY k)
            WHERE b > a""")
        }
