"""What does an object-centric log become when it is flattened to each of its object types? An
independent computation with Python's standard library, to compare Paydirt with.

    python3 flatten.py orders.jsonocel > orders.answers.json

It reads the three formats of OCEL 2.0 in its own way and counts by looking at everything pairwise
and by brute force, so that it shares no idea with the program that it is compared with."""

import json
import sqlite3
import sys
import xml.etree.ElementTree as tree
from collections import Counter, defaultdict
from datetime import datetime, timezone


def instant(text):
    time = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)


def from_json(path):
    log = json.load(open(path, encoding="utf-8-sig"))
    related = lambda it: [(r["objectId"], r.get("qualifier", ""))
                          for r in it.get("relationships") or []]
    objects = [(o["id"], o["type"],
                [(a["name"], instant(a["time"]), a["value"]) for a in o.get("attributes") or []],
                related(o)) for o in log["objects"]]
    events = [(e["id"], e["type"], instant(e["time"]), related(e)) for e in log["events"]]
    return objects, events


def from_xml(path):
    log = tree.parse(path).getroot()
    related = lambda it: [(r.get("object-id"), r.get("qualifier", ""))
                          for r in it.findall("objects/relationship")]
    objects = [(o.get("id"), o.get("type"),
                [(a.get("name"), instant(a.get("time")), a.text)
                 for a in o.findall("attributes/attribute")], related(o))
               for o in log.findall("objects/object")]
    events = [(e.get("id"), e.get("type"), instant(e.get("time")), related(e))
              for e in log.findall("events/event")]
    return objects, events


def from_sqlite(path):
    log = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    log.row_factory = sqlite3.Row
    rows = lambda sql: [dict(row) for row in log.execute(sql)]
    times = {}
    for kind in rows("SELECT * FROM event_map_type"):
        for row in rows(f'SELECT * FROM "event_{kind["ocel_type_map"]}"'):
            times[row["ocel_id"]] = instant(row["ocel_time"])
    values = defaultdict(list)
    own = {"ocel_id", "ocel_time", "ocel_changed_field"}
    for kind in rows("SELECT * FROM object_map_type"):
        for row in rows(f'SELECT * FROM "object_{kind["ocel_type_map"]}"'):
            changed = row.get("ocel_changed_field")
            for name in [changed] if changed else row.keys() - own:
                if row[name] is not None:
                    values[row["ocel_id"]].append((name, instant(row["ocel_time"]), row[name]))
    of_events, of_objects = defaultdict(list), defaultdict(list)
    for row in rows("SELECT * FROM event_object ORDER BY rowid"):
        of_events[row["ocel_event_id"]].append((row["ocel_object_id"], row["ocel_qualifier"]))
    for row in rows("SELECT * FROM object_object ORDER BY rowid"):
        of_objects[row["ocel_source_id"]].append((row["ocel_target_id"], row["ocel_qualifier"]))
    objects = [(row["ocel_id"], row["ocel_type"], values[row["ocel_id"]],
                of_objects[row["ocel_id"]]) for row in rows("SELECT * FROM object ORDER BY rowid")]
    events = [(row["ocel_id"], row["ocel_type"], times[row["ocel_id"]],
               of_events[row["ocel_id"]]) for row in rows("SELECT * FROM event ORDER BY rowid")]
    return objects, events


def components(sets):
    """How many groups of sets are connected by shared elements."""
    groups = []
    for one in sets:
        touching = [group for group in groups if group & one]
        groups = [group for group in groups if not group & one]
        groups.append(one.union(*touching))
    return len(groups)


def flatten(objects, events, kind):
    types = {name: of for name, of, _, _ in objects}
    values = {name: of for name, _, of, _ in objects}
    cases = defaultdict(list)
    repeated, without, single = 0, Counter(), 0
    for event in events:
        own = list(dict.fromkeys(o for o, _ in event[3] if types.get(o) == kind))
        repeated += len(own) > 1
        single += len(own) == 1
        if not own:
            without[event[1]] += 1
        for name in own:
            cases[name].append(event)
    divergence = {}
    for other in sorted(set(types.values()) - {kind}):
        divergent_cases = divergent_events = 0
        for of_case in cases.values():
            groups = defaultdict(list)
            for event in of_case:
                found = {o for o, _ in event[3] if types.get(o) == other}
                if found:
                    groups[event[1]].append(found)
            found = sum(len(sets) for sets in groups.values() if components(sets) > 1)
            divergent_events += found
            divergent_cases += found > 0
        if divergent_events:
            divergence[other] = {"cases": divergent_cases, "events": divergent_events}
    counts = sorted(len(of_case) for of_case in cases.values())
    changing = Counter()
    for name in cases:
        by_name = defaultdict(dict)
        for attribute, time, value in values[name]:
            by_name[attribute][time] = value
        for attribute, found in by_name.items():
            changing[attribute] += len({str(value) for value in found.values()}) > 1
    changing = {name: count for name, count in sorted(changing.items()) if count}

    def held(name, attribute, time):
        known = [(t, v) for a, t, v in values[name] if a == attribute and t <= time]
        return str(max(known, key=lambda it: it[0])[1]) if known else ""

    told = {}
    for name, of_case in sorted(cases.items()):
        in_time = sorted(of_case, key=lambda event: event[2])
        told[name] = [
            f"{event[1]} {event[2]:%Y-%m-%dT%H:%M:%SZ}"
            + "".join(f" {a}={held(name, a, event[2])}" for a in changing)
            + "".join(f" [{o}]" for o in sorted({
                o for o, _ in event[3] if types.get(o, kind) != kind}))
            for event in in_time
        ]
    return {
        "objects": sum(1 for of in types.values() if of == kind),
        "cases": len(cases),
        "rows": sum(counts),
        "single": single,
        "repeated": repeated,
        "without": dict(sorted(without.items())),
        "median": counts[(len(counts) - 1) // 2] if counts else 0,
        "divergence": divergence,
        "changing": changing,
        "traces": told,
    }


def chosen(answers):
    """The type that the rule chooses: see `choice.rs` of the reader."""
    def suits(answer):
        if answer["median"] < 2:
            return 0
        return 1 if answer["median"] > 100 or answer["cases"] < 2 else 2

    known = [(-suits(a), -a["single"], -a["cases"], kind.encode())
             for kind, a in answers.items() if a["cases"]]
    return min(known)[3].decode() if known else None


path = sys.argv[1]
head = open(path, "rb").read(6)
reader = from_sqlite if head == b"SQLite" else from_xml if head[:1] == b"<" else from_json
objects, events = reader(path)
kinds = sorted({kind for _, kind, _, _ in objects})
answers = {kind: flatten(objects, events, kind) for kind in kinds}
result = {"events": len(events), "chosen": chosen(answers), "types": answers}
print(json.dumps(result, ensure_ascii=False, indent=1))
