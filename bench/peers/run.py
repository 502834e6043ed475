"""Asks one engine the benchmark's questions and prints one line of JSON a question.

    run.py ENGINE FILE --question Q --threads N --repeats R [--sorted] [--limit-seconds S] ...

ENGINE is duckdb, polars, pm4py or process_mining (the Rust program beside this file). Q is one question, several
separated by commas, or `all`. The log is loaded once, then each question is asked several times: every formulation that
the engine offers is tried, the fastest one is repeated and reported. The engine runs in a process of its own. If a
question takes longer than the limit, needs more memory than the limit or ends the process, that is its result, and the
remaining questions are asked of a new process.
"""

import argparse
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import common

ENGINES = ["duckdb", "polars", "pm4py", "process_mining"]
# A formulation this many times slower than the best is not tried a second time.
HOPELESS = 3.0
WARM_TRIAL_SECONDS_MAX = 5.0
POLL_SECONDS = 0.1
RUST_QUESTIONS = ["load_xes", "map_counts", "variants", "activities"]

answers_to = sys.stdout


def main():
    options = arguments()
    questions = expand(options)
    while questions:
        questions = supervise(options, questions)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("file")
    parser.add_argument("--question", default="all", help=f"{', '.join(common.QUESTIONS + common.LOADS)}, or all")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5, help="warm runs after the first one")
    parser.add_argument("--budget-seconds", type=float, default=60.0, help="stop repeating a question after this time")
    parser.add_argument(
        "--limit-seconds", type=float, default=600.0, help="end an answer (or the loading) that takes longer"
    )
    parser.add_argument(
        "--limit-mb",
        type=int,
        default=None,
        help="end the engine above this resident size (default: 85 %% of the machine)",
    )
    parser.add_argument("--sorted", action="store_true", help="rows come by case, and by time within a case")
    parser.add_argument("--case", default="case_id")
    parser.add_argument("--activity", default="activity")
    parser.add_argument("--time", default="time")
    parser.add_argument("--resource", default="resource")
    parser.add_argument("--amount", default="OpportunityAmount")
    parser.add_argument("--region", default="SalesRegion")
    parser.add_argument("--region-value", help="of filter_map; default: the most frequent value")
    parser.add_argument("--amount-above", type=float, default=50_000)
    parser.add_argument("--first", help="activity A of `eventually`; default: the most frequent one")
    parser.add_argument("--then", help="activity B of `eventually`; default: the second most frequent one")
    parser.add_argument("--answers", help="write every answer as JSON into this folder")
    parser.add_argument(
        "--rust-binary", default=os.environ.get("PEER_PROCESS_MINING"), help="the built peer-process-mining"
    )
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        answer_inside(options)
        sys.exit(0)
    return options


def expand(options):
    everything = RUST_QUESTIONS if options.engine == "process_mining" else common.QUESTIONS
    names = []
    for name in options.question.split(","):
        names += everything if name == "all" else [name]
    unknown = [name for name in names if name not in common.QUESTIONS + common.LOADS]
    if unknown:
        sys.exit(f"unknown question: {', '.join(unknown)}")
    return names


# ---- the outer process: limits -----------------------------------------------------------------------------------


def supervise(options, questions):
    """Runs the questions in one process; gives back those that are still to be asked of a new one."""
    environment = dict(
        os.environ,
        POLARS_MAX_THREADS=str(options.threads),
        OMP_NUM_THREADS=str(options.threads),
        ARROW_NUM_THREADS=str(options.threads),
        PYTHONUNBUFFERED="1",
        TQDM_DISABLE="1",
    )
    try:
        child = subprocess.Popen(
            command(options, questions), stdout=subprocess.PIPE, env=environment, start_new_session=True
        )
    except OSError as error:
        for question in questions:
            print(json.dumps(failure(options, question, f"cannot be started: {error}", 0)), flush=True)
        return []
    limit_mb = options.limit_mb or int(memory_total_mb() * 0.85)
    waiting, current, since, peak, reason = list(questions), None, time.monotonic(), 0, None
    buffer = b""
    while True:
        ready, _, _ = select.select([child.stdout], [], [], POLL_SECONDS)
        if ready:
            part = os.read(child.stdout.fileno(), 1 << 16)
            if not part:
                break
            buffer += part
            *lines, buffer = buffer.split(b"\n")
            for line in filter(None, lines):
                message = json.loads(line)
                since = time.monotonic()
                if "begin" in message:
                    current = message["begin"]
                    continue
                print(line.decode(), flush=True)
                done = message.get("part_of", message["question"])
                if message.get("last", True) and done in waiting:
                    waiting.remove(done)
                    current = None
        resident = resident_mb(child.pid)
        peak = max(peak, resident)
        if time.monotonic() - since > options.limit_seconds:
            reason = f"took longer than {options.limit_seconds:g} s"
        elif resident > limit_mb:
            reason = f"needed more than {limit_mb} MB"
        if reason:
            os.killpg(child.pid, signal.SIGKILL)
            break
    code = child.wait()
    child.stdout.close()
    if not waiting:
        return []
    if reason is None:
        reason = f"ended with signal {-code} (out of memory?)" if code < 0 else f"ended with exit code {code}"
    if current == "load":
        # Without the log no question can be asked.
        for question in waiting:
            print(json.dumps(failure(options, question, f"loading: {reason}", peak)), flush=True)
        return []
    failed = current if current in waiting else waiting[0]
    print(json.dumps(failure(options, failed, reason, peak)), flush=True)
    waiting.remove(failed)
    return waiting


def command(options, questions):
    if options.engine == "process_mining":
        binary = options.rust_binary or "peer-process-mining"
        return [
            binary,
            options.file,
            "--question",
            ",".join(questions),
            "--threads",
            str(options.threads),
            "--repeats",
            str(options.repeats),
            "--budget-seconds",
            str(options.budget_seconds),
        ]
    given = sys.argv[1:]
    return [sys.executable, str(HERE / "run.py"), *given, "--question", ",".join(questions), "--inside"]


def failure(options, question, error, peak):
    return line_of(options.engine, None, question, options.threads, error=error, peak_mb=peak or None)


def line_of(engine, version, question, threads, **known):
    line = {
        "engine": engine,
        "version": version,
        "question": question,
        "threads": threads,
        "formulation": None,
        "rows_answered": None,
        "first_ms": None,
        "median_ms": None,
        "min_ms": None,
        "all_ms": [],
        "cpu_ms": None,
        "rss_mb": None,
        "peak_mb": None,
        "error": None,
        "missing": [],
        "formulations_ms": {},
        "answer_digest_fields": {},
    }
    line.update(known)
    return line


def memory_total_mb():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def resident_mb(process):
    return status_mb(process, "VmRSS")


def status_mb(process, field):
    try:
        with open(f"/proc/{process}/status") as status:
            return next((int(row.split()[1]) // 1024 for row in status if row.startswith(field + ":")), 0)
    except OSError:
        return 0


# ---- the inner process: the engine -------------------------------------------------------------------------------


def answer_inside(options):
    global answers_to
    # Packages print banners and progress: only answers go to the outer process.
    answers_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if options.engine == "duckdb":
        from engine_duckdb import Engine
    elif options.engine == "polars":
        from engine_polars import Engine
    else:
        from engine_pm4py import Engine
    engine = Engine(
        common.Options(
            file=options.file,
            threads=options.threads,
            rows_are_sorted=options.sorted,
            case=options.case,
            activity=options.activity,
            time=options.time,
            resource=options.resource,
            amount=options.amount,
            region=options.region,
            region_value=options.region_value,
            amount_above=options.amount_above,
            first_activity=options.first,
            then_activity=options.then,
        )
    )
    loaded = False
    for question in options.question.split(","):
        if question in common.LOADS:
            say({"begin": question})
            formulations = engine.loads(question)
            if not formulations:
                say(
                    line_of(
                        engine.name,
                        engine.version,
                        question,
                        options.threads,
                        error="the engine does not read this format",
                    )
                )
            names = list(formulations)
            for name in names:
                measure(options, engine, name, formulations[name], part_of=question, last=name == names[-1])
            continue
        if not loaded:
            say({"begin": "load"})
            reset_peak()
            table, wall, cpu = timed(engine.load)
            say(
                line_of(
                    engine.name,
                    engine.version,
                    "load",
                    options.threads,
                    rows_answered=table["load"]["events"][0],
                    first_ms=milliseconds(wall),
                    median_ms=milliseconds(wall),
                    min_ms=milliseconds(wall),
                    all_ms=[milliseconds(wall)],
                    cpu_ms=milliseconds(cpu),
                    rss_mb=status_mb("self", "VmRSS"),
                    peak_mb=status_mb("self", "VmHWM"),
                    answer_digest_fields=common.digest_fields(table),
                )
            )
            loaded = True
        say({"begin": question})
        measure(options, engine, question, engine.formulations(question))


def measure(options, engine, question, formulations, **extra):
    begun = time.monotonic()
    reset_peak()
    tries, first_runs, errors, best, answer = {}, {}, {}, None, None
    for name, run in formulations.items():
        try:
            result, wall, _ = timed(run)
        except Exception as error:  # an engine's refusal is a result
            errors[name] = (
                f"{type(error).__name__}: {str(error).splitlines()[0][:300]}" if str(error) else type(error).__name__
            )
            continue
        first_runs[name] = tries[name] = wall
        # A second run tells a warm formulation from a cold one, unless it is hopeless or long.
        if len(formulations) > 1 and wall < WARM_TRIAL_SECONDS_MAX and wall <= HOPELESS * min(tries.values()):
            tries[name] = min(wall, timed(run)[1])
        if best is None or tries[name] < tries[best]:
            best, answer = name, result
        del result
    known = {
        "engine": engine.name,
        "version": engine.version,
        "question": question,
        "threads": options.threads,
        **extra,
    }
    shown = {**{name: round(wall * 1e3, 3) for name, wall in tries.items()}, **errors}
    if best is None:
        say(
            line_of(
                **known,
                error="; ".join(dict.fromkeys(errors.values())),
                formulations_ms=shown,
                rss_mb=status_mb("self", "VmRSS"),
                peak_mb=status_mb("self", "VmHWM"),
            )
        )
        return
    warm, processor = [], []
    while len(warm) < options.repeats and (not warm or time.monotonic() - begun < options.budget_seconds):
        if not warm and first_runs[best] > options.budget_seconds:
            break  # one run has used up the time: it is the figure
        result, wall, cpu = timed(formulations[best])
        warm.append(wall)
        processor.append(cpu)
        del result
    rss, peak = status_mb("self", "VmRSS"), status_mb("self", "VmHWM")
    tables = {name: engine.columns(table) for name, table in answer.items()}
    everything = [first_runs[best], *warm]
    say(
        line_of(
            **known,
            formulation=best or None,
            rows_answered=rows_answered(tables),
            first_ms=milliseconds(everything[0]),
            median_ms=milliseconds(median(warm or everything)),
            min_ms=milliseconds(min(everything)),
            all_ms=[milliseconds(wall) for wall in everything],
            cpu_ms=milliseconds(median(processor)) if processor else None,
            rss_mb=rss,
            peak_mb=peak,
            missing=getattr(engine, "missing", {}).get(question, []),
            formulations_ms=shown if len(formulations) > 1 else {},
            answer_digest_fields=common.digest_fields(tables),
        )
    )
    if options.answers:
        folder = pathlib.Path(options.answers)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{question}.{engine.name}.json").write_text(json.dumps(tables, ensure_ascii=False, default=str))


def rows_answered(tables):
    """The rows of the answer; for a loading, the events of the log."""
    return tables["load"]["events"][0] if "load" in tables else common.count_rows(tables)


def say(message):
    print(json.dumps(message, ensure_ascii=False, default=str), file=answers_to, flush=True)


def timed(run):
    processor, wall = time.process_time(), time.perf_counter()
    result = run()
    return result, time.perf_counter() - wall, time.process_time() - processor


def milliseconds(seconds):
    return round(seconds * 1e3, 3)


def median(values):
    ranked = sorted(values)
    middle = len(ranked) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def reset_peak():
    """Makes VmHWM the peak from now on; where the system does not allow it the peak is that of the whole run."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass


if __name__ == "__main__":
    main()
