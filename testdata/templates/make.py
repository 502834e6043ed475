"""Fills in data templates and saves them with other programs.

    paydirt template hubspot --lang fr -o hubspot-fr.xlsx
    paydirt template generic --lang ja -o generic-ja.xlsx
    python make.py hubspot-fr.xlsx generic-ja.xlsx

needs openpyxl 3.1 and LibreOffice 7.4 (`soffice`).
"""

import datetime
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
AT = datetime.datetime
EXTRACTED = AT(2026, 6, 30, 2, 0)

# Three deals: one is won and paid, one is lost, one is open; an activity is none of the list.
FRENCH = [
    ("9876543210", "Opportunité créée", AT(2026, 1, 5, 8, 30), 12500.5, None, "Jane Doe", "true"),
    ("9876543210", "Devis émis", AT(2026, 1, 9, 16, 45), 12500.5, 0.05, "Jane Doe", None),
    ("9876543210", "Opportunité gagnée", AT(2026, 2, 2, 11, 0), 11875, 0.05, "Jane Doe", None),
    ("9876543210", "Paiement reçu", AT(2026, 3, 15, 9, 5), 11875, 0.05, "Jane Doe", None),
    ("DEAL-2", "Opportunité créée", AT(2026, 1, 7, 9, 0), 8000, None, "Équipe Sud", None),
    ("DEAL-2", "Appel de relance", AT(2026, 1, 21, 14, 0), 8000, None, "Équipe Sud", None),
    ("DEAL-2", "Opportunité perdue", AT(2026, 2, 20, 17, 30), 8000, None, "Équipe Sud", None),
    ("DEAL-3", "Opportunité créée", AT(2026, 6, 1, 10, 0), "à voir", None, None, None),
]
OUTCOMES = {"9876543210": "Gagnée", "DEAL-2": "Perdue"}

JAPANESE = [
    ("A-1", "商談作成", AT(2026, 1, 5, 8, 30)),
    ("A-1", "見積書発行", AT(2026, 1, 9, 16, 45)),
    ("A-1", "入金済み", AT(2026, 3, 15)),
]


def emptied(path, sheet):
    """The workbook of a template without its made-up rows, and where its columns are."""
    book = openpyxl.load_workbook(path)
    events = book[sheet]
    for one in book.sheetnames[1:5]:
        book[one].delete_rows(2, book[one].max_row)
    columns = {cell.value: cell.column for cell in events[1]}
    return book, events, columns


def french(path):
    book, events, columns = emptied(path, "Événements")
    for number, (deal, what, when, amount, discount, owner, stalled) in enumerate(FRENCH, 2):
        values = {
            "SalesOpportunityId": deal,
            "ActivityName": what,
            "EventTime": when,
            "LastDataUpdate": EXTRACTED,
            "SourceSystem": "HubSpot CRM",
            "OpportunityAmount": amount,
            "DiscountPercentage": discount,
            "OpportunityOwner": owner,
            "OpportunityOutcome": OUTCOMES.get(deal),
            "IsStalled": stalled,
        }
        for key, value in values.items():
            events.cell(number, columns[key]).value = value
    book.save(HERE / "hubspot-fr-openpyxl.xlsx")


def japanese(path):
    book, events, columns = emptied(path, "イベント")
    for number, (deal, what, when) in enumerate(JAPANESE, 2):
        values = {
            "SalesOpportunityId": deal,
            "ActivityName": what,
            "EventTime": when,
            "LastDataUpdate": EXTRACTED,
            "SourceSystem": "ERP",
        }
        for key, value in values.items():
            events.cell(number, columns[key]).value = value
    book.defined_names["paydirt_template_version"].attr_text = '"0.9"'
    book.save(HERE / "generic-ja-older-openpyxl.xlsx")


def office(name, endings):
    """Saves a workbook with LibreOffice, which computes its formulas."""
    for ending in endings:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    ending,
                    "--outdir",
                    folder,
                    str(HERE / f"{name}-openpyxl.xlsx"),
                ],
                check=True,
            )
            target = HERE / f"{name}-libreoffice.{ending}"
            shutil.copy(Path(folder) / f"{name}-openpyxl.{ending}", target)


if __name__ == "__main__":
    french(sys.argv[1])
    japanese(sys.argv[2])
    office("hubspot-fr", ["xlsx", "ods", "xls"])
