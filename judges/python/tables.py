"""Parquet files beside their CSV twins: pyarrow reads the one, Python's csv the other; the rows must be the same text."""
import csv
import json
import re
import sys

import pyarrow.parquet


def safe(text):
    """What docs of the CSV say: a cell that a spreadsheet would run gets an apostrophe, unless it is a number."""
    runs = re.match(r"[=+\-@\t\r]", text) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII)
    return "'" + text if runs else text


def text_of(value, textual):
    if value is None:
        return ""
    return safe(value) if textual else str(value)


def compare(parquet, twin):
    table = pyarrow.parquet.read_table(parquet)
    textual = [str(field.type) in ("string", "large_string") for field in table.schema]
    with open(twin, encoding="utf-8", newline="") as file:
        bom = file.read(1)
        header, *lines = csv.reader(file, strict=True)
    against = []
    if bom != "\ufeff":
        against.append("the CSV has no byte order mark")
    names = table.schema.names
    if header != names:
        against.append(f"columns {header} against {names}")
    rows = [[text_of(v, t) for v, t in zip(row.values(), textual)] for row in table.to_pylist()]
    if len(rows) != len(lines):
        against.append(f"{len(rows)} rows against {len(lines)}")
    for number, (row, line) in enumerate(zip(rows, lines), 1):
        if row != line:
            against.append(f"row {number}: {row} against {line}")
    return {"rows": len(rows), "columns": len(names), "against": against}


json.dump([compare(*pair) for pair in json.load(sys.stdin)], sys.stdout)
