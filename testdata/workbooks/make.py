"""Makes the workbooks of this folder: see README.md beside it."""

import datetime
import io
import os
import struct
import subprocess
import sys
import zipfile

import msoffcrypto.format.ooxml
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = os.path.dirname(os.path.abspath(__file__))
DAY, MOMENT = datetime.date, datetime.datetime
EVENTS = [
    (9876543210, "Lead created", MOMENT(2024, 1, 2, 9, 30), DAY(2024, 3, 31), 0.125, 1000.1, True, "A1"),
    (9876543210, "Quote issued", MOMENT(2024, 1, 31, 17, 5, 30), DAY(2024, 3, 31), 0.2, 0.1 + 0.2, False, "007"),
    (9876543211, "Lead created", MOMENT(2024, 2, 1), DAY(2024, 4, 30), None, 1234567.89, True, "12"),
    (9876543211, "Order received", MOMENT(2024, 2, 29, 23, 59, 59), DAY(2024, 4, 30), 0, -5, True, "x"),
]
NAMES = ["Deal", "Activity", "At", "Close date", "Discount", "Amount", "Won", "Reference"]


def place(name):
    return os.path.join(HERE, name)


def report():
    """A report: title, blank rows, a table that begins in B5, hidden rows, formulas, an error."""
    book = Workbook()
    about = book.active
    about.title = "Read me"
    about["A1"] = "Deals of the first quarter"
    about["A2"] = "Exported from the CRM"
    sheet = book.create_sheet("Deals 2024")
    sheet["B2"] = "Deals of the first quarter"
    sheet["B2"].font = Font(bold=True)
    sheet.merge_cells("B2:F2")
    for place_of, name in enumerate(NAMES + ["Took", "Double", "Note"]):
        sheet.cell(5, 2 + place_of, name)
    rows = [6, 7, 9, 10]
    for row, event in zip(rows, EVENTS):
        for column, value in enumerate(event):
            sheet.cell(row, 2 + column, value)
        sheet.cell(row, 4).number_format = "dd/mm/yyyy\\ hh:mm"
        sheet.cell(row, 5).number_format = '[$-409]d\\-mmm\\-yy;@'
        sheet.cell(row, 6).number_format = "0.0%"
        sheet.cell(row, 10, datetime.timedelta(hours=36, minutes=30) * (row - 5)).number_format = "[h]:mm"
        sheet.cell(row, 11, f"=G{row}*2")
    sheet["L6"], sheet["L7"] = "=NA()", "ünï"
    sheet.row_dimensions[9].hidden = True
    lists = book.create_sheet("Lists")
    for row in [("Stage", "Order"), ("Open", 1), ("Won", 2)]:
        lists.append(row)
    lists.sheet_state = "hidden"
    book.save(place("report-openpyxl.xlsx"))


def merged():
    """Names in two rows, values of cases in merged cells."""
    book = Workbook()
    sheet = book.active
    sheet.title = "案件"
    for row in [("Case", "Opened", None, "Step"), (None, "on", "by", None)]:
        sheet.append(row)
    for area in ["A1:A2", "B1:C1", "D1:D2"]:
        sheet.merge_cells(area)
    for case in range(3):
        for step, name in enumerate(["Open", "Check", "Close"]):
            first = step == 0
            sheet.append([f"C{case}" if first else None, DAY(2024, 1, 1 + 3 * case + step), "Ann", name])
        sheet.merge_cells(start_row=3 + 3 * case, end_row=5 + 3 * case, start_column=1, end_column=1)
    book.save(place("merged-openpyxl.xlsx"))


def mac():
    """Days counted from 1904."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(NAMES)
    for event in EVENTS:
        sheet.append(event)
    book.save(place("1904-openpyxl.xlsx"))


def office():
    """The same by LibreOffice, which computes the formulas and stores their results."""
    for name, kind in [("report", "xlsx"), ("report", "xls"), ("report", "ods"), ("merged", "xls"), ("merged", "ods"), ("1904", "xls")]:
        source = place(f"{name}-openpyxl.xlsx")
        with open(source, "rb") as given, open(place(f"{name}-libreoffice.xlsx"), "wb") as copy:
            copy.write(given.read())
        target = place("out")
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", target, copy.name], check=True)
        os.remove(copy.name)
        made = os.path.join(target, f"{name}-libreoffice.{kind}")
        os.rename(made, place(f"{name}-libreoffice.{kind}.new"))
    for name in os.listdir(HERE):
        if name.endswith(".new"):
            os.rename(place(name), place(name[:-4]))
    os.rmdir(place("out"))


def protected():
    """With the password "secret"."""
    with open(place("1904-openpyxl.xlsx"), "rb") as given, open(place("protected.xlsx"), "wb") as taken:
        msoffcrypto.format.ooxml.OOXMLFile(given).encrypt("secret", taken)


def binary():
    """XLSB, record by record after [MS-XLSB], for neither program writes it."""

    def record(kind, body=b""):
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0xFF, kind >> 8])
        size, length = b"", len(body)
        while True:
            size += bytes([(length & 0x7F) | (0x80 if length > 0x7F else 0)])
            length >>= 7
            if not length:
                return head + size + body

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    texts = []

    def cell(column, value, style=0):
        head = struct.pack("<II", column, style)
        if isinstance(value, str) and value.startswith("#"):
            return record(0x03, head + bytes([{"#N/A": 0x2A, "#DIV/0!": 0x07}[value]]))
        if isinstance(value, str):
            if value not in texts:
                texts.append(value)
            return record(0x07, head + struct.pack("<I", texts.index(value)))
        if isinstance(value, bool):
            return record(0x04, head + bytes([value]))
        return record(0x05, head + struct.pack("<d", value))

    def sheet(rows):
        body = record(0x0181) + record(0x0194, struct.pack("<IIII", 0, len(rows), 0, 7)) + record(0x0191)
        for number, row in enumerate(rows):
            body += record(0x00, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
            for column, value in enumerate(row):
                if value is not None:
                    value, style = value if isinstance(value, tuple) else (value, 0)
                    body += cell(column, value, style)
        return body + record(0x0192) + record(0x0182)

    first = MOMENT(1899, 12, 30)

    def days(moment):
        moment = moment if isinstance(moment, MOMENT) else MOMENT(moment.year, moment.month, moment.day)
        return (moment - first).total_seconds() / 86400

    rows = [NAMES]
    for event in EVENTS:
        rows.append(
            tuple(
                (days(value), 1 if isinstance(value, MOMENT) else 2) if isinstance(value, DAY) else value
                for value in event
            )
        )
    rows[1] = rows[1][:7] + ("#N/A",)
    parts = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.bin")]),
        "xl/_rels/workbook.bin.rels": relations(
            [("worksheet", "worksheets/sheet1.bin"), ("worksheet", "worksheets/sheet2.bin"), ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")]
        ),
        "xl/worksheets/sheet1.bin": sheet([["About"], ["Deals of the first quarter"]]),
        "xl/worksheets/sheet2.bin": sheet(rows),
        "xl/workbook.bin": record(0x0183)
        + record(0x0199, struct.pack("<III", 0, 0, 0))
        + record(0x018F)
        + record(0x019C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Read me"))
        + record(0x019C, struct.pack("<II", 0, 2) + wide("rId2") + wide("Events"))
        + record(0x0190)
        + record(0x0184),
    }
    parts["xl/sharedStrings.bin"] = (
        record(0x019F, struct.pack("<II", len(texts), len(texts)))
        + b"".join(record(0x13, b"\0" + wide(text)) for text in texts)
        + record(0x01A0)
    )
    formats = record(0x04E7, struct.pack("<I", 1)) + record(0x2C, struct.pack("<H", 164) + wide("yyyy-mm-dd hh:mm")) + record(0x04E8)
    styles = b"".join(
        record(0x2F, struct.pack("<HHHHH", 0, number, 0, 0, 0) + bytes(6)) for number in [0, 164, 14]
    )
    parts["xl/styles.bin"] = (
        record(0x0296) + formats + record(0x04E9, struct.pack("<I", 3)) + styles + record(0x04EA) + record(0x0297)
    )
    with zipfile.ZipFile(place("script.xlsb"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)


def relations(listed):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    text = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    for number, (name, target) in enumerate(listed):
        text += f'<Relationship Id="rId{number + 1}" Type="{kind}{name}" Target="{target}"/>'
    return (text + "</Relationships>").encode()


if __name__ == "__main__":
    for make in [report, merged, mac, protected, binary] + ([office] if "--office" in sys.argv else []):
        make()
