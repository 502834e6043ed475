"""Reads the first sheet of a workbook with openpyxl and with pandas, and prints one line of JSON for each.

    workbook.py FILE --repeats R

The second run and those after it count; each reader runs in a process of its own, so that its memory is its own.
"""

import argparse
import json
import multiprocessing
import resource
import time


def openpyxl_rows(file):
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) - 1
    book.close()
    return rows, openpyxl.__version__


def pandas_rows(file):
    import pandas

    return len(pandas.read_excel(file, engine="openpyxl")), pandas.__version__


def measure(name, read, file, repeats):
    times = []
    for _ in range(repeats + 1):
        started = time.perf_counter()
        rows, version = read(file)
        times.append((time.perf_counter() - started) * 1e3)
    warm = sorted(times[1:] or times)
    line = {
        "engine": name,
        "version": version,
        "question": "read_xlsx",
        "threads": 1,
        "rows_answered": rows,
        "first_ms": times[0],
        "median_ms": warm[len(warm) // 2],
        "min_ms": warm[0],
        "all_ms": times,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "error": None,
    }
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--repeats", type=int, default=1)
    options = parser.parse_args()
    for name, read in [("openpyxl", openpyxl_rows), ("pandas", pandas_rows)]:
        process = multiprocessing.Process(target=measure, args=(name, read, options.file, options.repeats))
        process.start()
        process.join()
