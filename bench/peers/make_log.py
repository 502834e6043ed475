"""Writes a small lead-to-cash log to try the peers on: make_log.py EVENTS FILE.parquet [--csv FILE.csv] [--shuffle]

The same number of events gives the same bytes of content. For figures use the log of `paydirt demo`; this one is for checks.
"""

import argparse

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

STEPS = {
    "Lead Created": [("Lead Qualified", 0.86), ("Lead Disqualified", 0.06), ("Discovery Call", 0.08)],
    "Lead Qualified": [("Opportunity Created", 0.9), ("Lead Disqualified", 0.04), ("Discovery Call", 0.06)],
    "Lead Disqualified": [("Case Closed", 1.0)],
    "Opportunity Created": [("Discovery Call", 0.7), ("Demo Held", 0.2), ("Proposal Sent", 0.1)],
    "Discovery Call": [
        ("Demo Held", 0.6),
        ("Proposal Sent", 0.25),
        ("Discovery Call", 0.1),
        ("Opportunity Lost", 0.05),
    ],
    "Demo Held": [("Proposal Sent", 0.8), ("Demo Held", 0.1), ("Opportunity Lost", 0.1)],
    "Proposal Sent": [
        ("Negotiation", 0.5),
        ("Proposal Revised", 0.2),
        ("Contract Signed", 0.2),
        ("Opportunity Lost", 0.1),
    ],
    "Proposal Revised": [("Proposal Sent", 0.5), ("Negotiation", 0.5)],
    "Negotiation": [("Contract Signed", 0.62), ("Proposal Revised", 0.3), ("Opportunity Lost", 0.08)],
    "Contract Signed": [("Order Created", 1.0)],
    "Order Created": [("Goods Shipped", 0.8), ("Invoice Issued", 0.2)],
    "Goods Shipped": [("Invoice Issued", 0.85), ("Goods Shipped", 0.1), ("Payment Received", 0.05)],
    "Invoice Issued": [("Payment Received", 0.6), ("Payment Reminder", 0.35), ("Goods Shipped", 0.05)],
    "Payment Reminder": [("Payment Received", 0.7), ("Payment Reminder", 0.3)],
    "Payment Received": [("Case Closed", 1.0)],
    "Opportunity Lost": [("Case Closed", 1.0)],
    "Case Closed": [],
}
REGIONS = ["EMEA", "North America", "LATAM", "APAC", "Japan"]
LONGEST_CASE = 60
MICROSECONDS_PER_HOUR = 3_600_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int)
    parser.add_argument("file")
    parser.add_argument("--csv", help="write the same rows as CSV too")
    parser.add_argument("--shuffle", action="store_true", help="rows ordered by time instead of case and time")
    options = parser.parse_args()
    table = log(options.events)
    if options.shuffle:
        table = table.sort_by([("time", "ascending")])
    parquet.write_table(table, options.file, compression="zstd", compression_level=1, row_group_size=262_144)
    if options.csv:
        csv.write_csv(table, options.csv, csv.WriteOptions(quoting_style="needed"))


def log(event_count):
    random = np.random.default_rng(20_240_607)
    names = list(STEPS)
    code = {name: index for index, name in enumerate(names)}
    odds = np.zeros((len(names), len(names)))
    for name, following in STEPS.items():
        for other, chance in following:
            odds[code[name], code[other]] = chance
    odds = odds.cumsum(axis=1)
    odds[:, -1] = 1.0
    mean_hours = random.uniform(2, 200, len(names))

    case_count = event_count // 6 + 10
    now = np.sort(random.integers(1_609_459_200, 1_735_689_600, case_count)).astype(np.int64) * 1_000_000
    state = np.zeros(case_count, np.int64)
    active = np.arange(case_count)
    cases, activities, times = [active.copy()], [state.copy()], [now.copy()]
    for _ in range(LONGEST_CASE):
        active = active[state[active] != code["Case Closed"]]
        if len(active) == 0:
            break
        following = (odds[state[active]] < random.random(len(active))[:, None]).sum(axis=1)
        wait = random.lognormal(0, 1.2, len(active)) * mean_hours[following] * MICROSECONDS_PER_HOUR
        # One wait in fifty is none: two events of one instant, so that ties are tried too.
        now[active] += np.where(random.random(len(active)) < 0.02, 0, wait).astype(np.int64)
        state[active] = following
        cases.append(active.copy())
        activities.append(following)
        times.append(now[active])
    case, activity, time = (np.concatenate(parts) for parts in (cases, activities, times))
    order = np.argsort(case, kind="stable")
    case, activity, time = case[order], activity[order], time[order]
    last_case = int(np.searchsorted(np.bincount(case).cumsum(), event_count))
    kept = case <= last_case
    case, activity, time = case[kept], activity[kept], time[kept]
    cases, events = last_case + 1, len(case)

    def coded(values, codes, blank_share=0.0):
        blank = random.random(len(codes)) < blank_share
        return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=blank), values).dictionary_decode()

    case_ids = pa.array([f"L2C-{index:09}" for index in range(cases)])
    amounts = np.round(random.lognormal(10, 1.0, cases), 2)
    return pa.table(
        {
            "case_id": case_ids.take(pa.array(case)),
            "activity": coded(names, activity),
            "time": pa.array(time, pa.timestamp("us", "UTC")),
            "resource": coded([f"owner {index:03}" for index in range(200)], random.integers(0, 200, events), 0.1),
            "OpportunityAmount": pa.array(amounts).cast(pa.decimal128(18, 2)).take(pa.array(case)),
            "SalesRegion": coded(REGIONS, random.integers(0, len(REGIONS), cases)[case]),
            "Product": coded([f"Product {index:02}" for index in range(50)], random.integers(0, 50, cases)[case]),
            "LeadSource": coded(["web", "partner", "phone", "event"], random.integers(0, 4, cases)[case], 0.05),
            "Discount": pa.array(np.round(random.random(events) * 0.4, 3)),
        }
    )


if __name__ == "__main__":
    main()
