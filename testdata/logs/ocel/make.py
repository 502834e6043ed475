"""Which small object-centric logs do the tests read? Orders with items, invoices and customers, in
the three formats of OCEL 2.0, made by hand after the specification. Run in this folder."""

import json
import os
import sqlite3
from xml.sax.saxutils import escape, quoteattr

OBJECT_TYPES = {
    "customer": {"segment": "string"},
    "order": {"value": "float", "priority": "integer", "rush": "boolean", "due": "time"},
    "item": {"sku": "string"},
    "invoice": {"blocked": "boolean"},
    "Größe & <Art>": {"note": "string"},
}
EVENT_TYPES = {
    "Visit Customer": {"rep": "string"},
    "Place Order": {"channel": "string"},
    "Pick Item": {"resource": "string"},
    "Ship Items": {"weight": "float"},
    "Send Invoice": {"copies": "integer"},
    "Receive Payment": {"partial": "boolean"},
    "Close Month": {},
}
ALWAYS = "1970-01-01T00:00:00Z"

# id, type, [(attribute, from, value)], [(object, qualifier)]
OBJECTS = [
    ("c1", "customer", [("segment", ALWAYS, "SMB")], []),
    ("c2", "customer", [("segment", ALWAYS, "Enterprise")], []),
]
# id, type, time, {attribute: value}, [(object, qualifier)]
EVENTS = []


def order(number, day, customer, items, value, rush, change=None, late=None):
    """An order with its items and its invoice: their objects and events."""
    name, invoice = f"o{number}", f"v{number}"
    values = [
        ("value", ALWAYS, value),
        ("priority", ALWAYS, 1 + number % 3),
        ("rush", ALWAYS, rush),
        ("due", ALWAYS, f"2024-03-{day + 9:02}T00:00:00Z"),
    ]
    if change:
        values.append(("value", f"2024-03-{day:02}T12:00:00Z", change))
    if late:
        values.append(("value", "2024-12-31T00:00:00Z", late))
    related = [(item, "comprises") for item in items] + [(customer, "ordered by")]
    OBJECTS.append((name, "order", values, related))
    for item in items:
        OBJECTS.append((item, "item", [("sku", ALWAYS, f"sku-{item[-1]}")], []))
    OBJECTS.append((invoice, "invoice", [("blocked", ALWAYS, False)], [(name, "bills")]))
    at = lambda hour, minute=0: f"2024-03-{day:02}T{hour:02}:{minute:02}:00Z"
    EVENTS.append((
        f"place {number}", "Place Order", at(9), {"channel": ["web", "phone"][number % 2]},
        [(name, "placed"), (customer, "buyer")] + [(item, "ordered") for item in items],
    ))
    for place, item in enumerate(items):
        EVENTS.append((
            f"pick {item}", "Pick Item", at(13, place), {"resource": f"Kim {place % 2}"},
            [(name, ""), (item, "picked")],
        ))
    EVENTS.append((
        f"invoice {number}", "Send Invoice", at(15), {"copies": number},
        [(name, "billed"), (invoice, "sent"), (customer, "debtor")],
    ))
    EVENTS.append((
        f"pay {number}", "Receive Payment", at(16, 30), {"partial": number == 3},
        [(invoice, "paid"), (name, "settled")],
    ))


order(1, 1, "c1", ["i1a", "i1b"], 120.5, False, change=130)
order(2, 2, "c1", ["i2a"], 80, True)
order(3, 3, "c2", ["i3a", "i3b", "i3c"], 1000.25, False, change=990.75, late=1)
order(4, 4, "c2", ["i4a", "i4b"], 20, False)
OBJECTS += [
    ("o5", "order", [("value", ALWAYS, 5)], [("c2", "ordered by")]),
    ("x", "Größe & <Art>", [("note", ALWAYS, "a; b \"c\" 日本")], []),
]
EVENTS += [
    ("ship 1", "Ship Items", "2024-03-05T08:00:00+01:00", {"weight": 12.25},
     [("o1", "shipped"), ("o2", "shipped"), ("i1a", "in"), ("i1b", "in"), ("i2a", "in")]),
    ("ship 2", "Ship Items", "2024-03-06T08:00:00+01:00", {"weight": 7},
     [("o3", "shipped"), ("o3", "first part"), ("i3a", "in"), ("i3b", "in")]),
    ("ship 3", "Ship Items", "2024-03-07T08:00:00+01:00", {"weight": 3.5},
     [("o3", "shipped"), ("i3c", "in")]),
    ("visit 1", "Visit Customer", "2024-02-20T10:00:00Z", {"rep": "Ada"}, [("c1", "visited")]),
    ("visit 2", "Visit Customer", "2024-02-21T10:00:00Z", {"rep": "Bo"}, [("c2", "visited")]),
    ("month", "Close Month", "2024-03-31T23:00:00Z", {}, []),
    ("odd", "Visit Customer", "2024-02-22T10:00:00Z", {"rep": "Ada"},
     [("c1", "visited"), ("x", "seen & <noted>"), ("c1", "visited")]),
]


def as_json():
    kinds = lambda types: [
        {"name": name, "attributes": [{"name": a, "type": t} for a, t in attributes.items()]}
        for name, attributes in types.items()
    ]
    relations = lambda related: [{"objectId": o, "qualifier": q} for o, q in related]
    return json.dumps({
        "objectTypes": kinds(OBJECT_TYPES),
        "eventTypes": kinds(EVENT_TYPES),
        "events": [
            {"id": i, "type": k, "time": t,
             "attributes": [{"name": a, "value": v} for a, v in attributes.items()],
             "relationships": relations(related)}
            for i, k, t, attributes, related in EVENTS
        ],
        "objects": [
            {"id": i, "type": k,
             "attributes": [{"name": a, "time": t, "value": v} for a, t, v in values],
             "relationships": relations(related)}
            for i, k, values, related in OBJECTS
        ],
    }, indent=1, ensure_ascii=False) + "\n"


def text(value):
    return {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)


def as_xml():
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<log>"]

    def relations(related):
        lines.append("   <objects>")
        for name, qualifier in related:
            lines.append(f"    <relationship object-id={quoteattr(name)} "
                         f"qualifier={quoteattr(qualifier)}/>")
        lines.append("   </objects>")

    for tag, types in (("object-type", OBJECT_TYPES), ("event-type", EVENT_TYPES)):
        lines.append(f" <{tag}s>")
        for name, attributes in types.items():
            lines.append(f"  <{tag} name={quoteattr(name)}><attributes>")
            for attribute, kind in attributes.items():
                lines.append(f'   <attribute name={quoteattr(attribute)} type="{kind}"/>')
            lines.append(f"  </attributes></{tag}>")
        lines.append(f" </{tag}s>")
    lines.append(" <objects>")
    for name, kind, values, related in OBJECTS:
        lines.append(f"  <object id={quoteattr(name)} type={quoteattr(kind)}><attributes>")
        for attribute, time, value in values:
            lines.append(f"   <attribute name={quoteattr(attribute)} time={quoteattr(time)}>"
                         f"{escape(text(value))}</attribute>")
        lines.append("  </attributes>")
        relations(related)
        lines.append("  </object>")
    lines += [" </objects>", " <events>"]
    for name, kind, time, attributes, related in EVENTS:
        lines.append(f"  <event id={quoteattr(name)} type={quoteattr(kind)} "
                     f"time={quoteattr(time)}><attributes>")
        for attribute, value in attributes.items():
            lines.append(f"   <attribute name={quoteattr(attribute)}>{escape(text(value))}"
                         "</attribute>")
        lines.append("  </attributes>")
        relations(related)
        lines.append("  </event>")
    return "\n".join(lines + [" </events>", "</log>", ""])


SQL_TYPES = {"string": "TEXT", "float": "REAL", "integer": "INTEGER", "boolean": "BOOLEAN",
             "time": "TIMESTAMP"}


def as_sqlite(path):
    if os.path.exists(path):
        os.remove(path)
    log = sqlite3.connect(path)
    log.execute("PRAGMA page_size = 1024")
    for side, types in (("event", EVENT_TYPES), ("object", OBJECT_TYPES)):
        log.execute(f"CREATE TABLE {side}_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT)")
        log.execute(f"CREATE TABLE {side} (ocel_id TEXT PRIMARY KEY, ocel_type TEXT)")
        for number, (name, attributes) in enumerate(types.items()):
            table = f"T{number}"
            log.execute(f"INSERT INTO {side}_map_type VALUES (?, ?)", (name, table))
            columns = "".join(f', "{a}" {SQL_TYPES[t]}' for a, t in attributes.items())
            changed = ", ocel_changed_field TEXT" if side == "object" else ""
            log.execute(f'CREATE TABLE "{side}_{table}" (ocel_id TEXT, ocel_time TIMESTAMP'
                        f"{changed}{columns})")
    log.execute("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, "
                "ocel_qualifier TEXT)")
    log.execute("CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, "
                "ocel_qualifier TEXT)")
    table = lambda types, kind: f"T{list(types).index(kind)}"
    for name, kind, values, related in OBJECTS:
        log.execute("INSERT INTO object VALUES (?, ?)", (name, kind))
        first = {a: v for a, t, v in values if t == ALWAYS}
        columns = "".join(f', "{a}"' for a in first)
        marks = ", ?" * len(first)
        log.execute(f'INSERT INTO "object_{table(OBJECT_TYPES, kind)}" (ocel_id, ocel_time{columns})'
                    f" VALUES (?, ?{marks})", (name, ALWAYS, *first.values()))
        for attribute, time, value in values:
            if time != ALWAYS:
                log.execute(f'INSERT INTO "object_{table(OBJECT_TYPES, kind)}" (ocel_id, ocel_time, '
                            f'ocel_changed_field, "{attribute}") VALUES (?, ?, ?, ?)',
                            (name, time, attribute, value))
        for other, qualifier in related:
            log.execute("INSERT INTO object_object VALUES (?, ?, ?)", (name, other, qualifier))
    for name, kind, time, attributes, related in EVENTS:
        log.execute("INSERT INTO event VALUES (?, ?)", (name, kind))
        columns = "".join(f', "{a}"' for a in attributes)
        marks = ", ?" * len(attributes)
        log.execute(f'INSERT INTO "event_{table(EVENT_TYPES, kind)}" (ocel_id, ocel_time{columns})'
                    f" VALUES (?, ?{marks})", (name, time, *attributes.values()))
        for other, qualifier in related:
            log.execute("INSERT INTO event_object VALUES (?, ?, ?)", (name, other, qualifier))
    log.commit()
    log.execute("VACUUM")
    log.close()


with open("orders.jsonocel", "w", encoding="utf-8") as file:
    file.write(as_json())
with open("orders.xmlocel", "w", encoding="utf-8") as file:
    file.write(as_xml())
as_sqlite("orders.sqlite")
