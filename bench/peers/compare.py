"""Do the engines agree? compare.py FILE.jsonl ... compares the digest fields of all lines by question.

Whole numbers and checksums must be equal. Sums that hold a mean or a percentile may differ by one part in 10^9 (and half a
microsecond a row). Fields that an engine lacks or gives less exactly (`missing`) are left
out, and then the checksum of the question too. Exit code 1 on a
difference.
"""

import collections
import json
import sys

RELATIVE_BOUND = 1e-9
ABSOLUTE_BOUND = 1.0
# Each engine hashes in its own way, so the sampled cases differ.
SAMPLED = {"dotted"}


def main():
    by_question = collections.defaultdict(list)
    for name in sys.argv[1:]:
        with open(name) as file:
            for row in file:
                line = json.loads(row)
                if not line["error"]:
                    by_question[line["question"]].append(line)
    differences = compared = 0
    for question, lines in by_question.items():
        if question in SAMPLED:
            continue
        first, *others = sorted(lines, key=lambda line: len(line["missing"]))
        for other in others:
            same_fields = first["missing"] == other["missing"]
            left_out = {*first["missing"], *other["missing"]}
            for field, value in first["answer_digest_fields"].items():
                found = other["answer_digest_fields"].get(field)
                if found is None or field in left_out or (field.endswith(".digest") and not same_fields):
                    continue
                compared += 1
                if not equal(value, found):
                    differences += 1
                    print(f"{question}: {field}: {first['engine']} {value}, {other['engine']} {found}")
    print(f"{compared} fields of {len(by_question)} questions compared, {differences} differ")
    return 1 if differences else 0


def equal(left, right):
    if isinstance(left, float) or isinstance(right, float):
        return abs(left - right) <= max(RELATIVE_BOUND * max(abs(left), abs(right)), ABSOLUTE_BOUND)
    return left == right


if __name__ == "__main__":
    sys.exit(main())
