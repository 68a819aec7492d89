"""The example city's files, read by Python: workbooks by openpyxl, GB18030 strictly, archives by zipfile and gzip.

For each file the rows a stranger's reader counts, and how many of its cells stand in the lake as they are.
"""
import csv
import gzip
import io
import json
import sys
import zipfile

import openpyxl
import pyarrow.parquet


def rows_of(file):
    kind = file["format"]
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(file["path"])[file["sheet"]]
        return [[cell for cell in row] for row in sheet.iter_rows(min_row=file["headerLine"] + 1, values_only=True)]
    with open(file["path"], "rb") as opened:
        data = opened.read()
    if file["packing"] == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            data = archive.read(file["member"])
    if file["packing"] == "gzip":
        data = gzip.decompress(data)
    encoding = {"utf-8-bom": "utf-8-sig", "utf-16le": "utf-16"}.get(file["encoding"], file["encoding"])
    text = data.decode(encoding, "strict")
    if kind == "ndjson":
        return [list(json.loads(line).values()) for line in text.splitlines() if line]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=file["delimiter"])
    return list(lines)[file["headerLine"] :]


def judge(file):
    try:
        rows = rows_of(file)
    except Exception as refused:  # whatever a reader refuses is the verdict
        return {"rows": 0, "cells": 0, "against": [f"{type(refused).__name__}: {refused}"]}
    rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
    lake = pyarrow.parquet.read_table(file["lake"])
    known = {value for column in lake.columns for value in column.to_pylist()}
    cells = [cell for row in rows for cell in row if isinstance(cell, str) and cell != ""]
    missing = [cell for cell in cells if cell not in known]
    against = []
    broken = file["unreadable"]
    if len(rows) - broken != lake.num_rows:
        against.append(f"{len(rows)} rows, {broken} of them unreadable, against {lake.num_rows} in the lake")
    # a record that was broken on purpose, and so not loaded, may hold cells that stand nowhere else
    if len(missing) > broken * 30:
        against.append(f"{len(missing)} cells are not in the lake: {missing[:5]}")
    return {"rows": len(rows), "cells": len(cells), "against": against}


json.dump([judge(file) for file in json.load(sys.stdin)], sys.stdout)
