//! Is a data template that was filled in read as one import, with the events and values that were
//! put into it?
//!
//! The deals are made up here, and what has to come out of them is said beside what goes in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use paydirt_app::library::shipped;
use paydirt_app::template::{self, TemplateFormat};
use paydirt_connect::writers::workbook::{self, Cell, Column, Look, Sheet, Workbook};
use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::attributes::ValueKind;
use paydirt_recipe::library::templates::Template;
use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{check, folder, kinds, list, paydirt, text};

/// A row by the keys of its columns.
type Row = BTreeMap<&'static str, Cell>;
/// The sheets that people fill in, by their keys.
type Filled = BTreeMap<&'static str, Vec<Row>>;

const DEALS: u16 = 12;

fn word(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// A day of 2025, counted from 1 in months of 28 days.
fn day(number: u16) -> (u16, u8, u8) {
    let month = u8::try_from(number / 28 + 1).expect("a month");
    (2025, month, u8::try_from(number % 28 + 1).expect("a day"))
}

fn date(number: u16) -> Cell {
    Cell::Time(day(number), None)
}

fn moment(number: u16, clock: (u8, u8)) -> Cell {
    Cell::Time(day(number), Some(clock))
}

/// What a date and a moment look like in a log.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Time((year, month, day), None) => format!("{year:04}-{month:02}-{day:02}"),
        Cell::Time((year, month, day), Some((hour, minute))) => {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
        }
        other => other.to_string(),
    }
}

/// The deals as they are filled in, and the events that come of them: case, activity, time, number
/// and amount of the document.
struct World<'l> {
    library: &'l Library,
    template: &'l Template,
    language: Language,
    sheets: Filled,
    events: BTreeSet<String>,
}

impl World<'_> {
    fn row(&mut self, sheet: &'static str, cells: &[(&'static str, Cell)]) {
        let row = cells.iter().filter(|(_, cell)| !cell.is_empty()).cloned().collect();
        self.sheets.entry(sheet).or_default().push(row);
    }

    /// An event that the log has to have.
    fn expect(&mut self, case: &str, activity: &str, time: &Cell, document: &str, amount: &str) {
        let name = &self.library.activity(activity).expect("an activity of the library").name.en;
        let time = shown(time);
        assert!(self.events.insert(format!("{case},{name},{time},{document},{amount}")));
    }

    /// A row of the events.
    fn event(&mut self, case: &str, activity: &'static str, time: Cell) {
        let label = match self.template.activity(activity) {
            Some(of_template) => &of_template.label,
            None => &self.library.activity(activity).expect("it is known").name,
        };
        let label = label.get(self.language).to_owned();
        self.row(
            "events",
            &[
                ("SalesOpportunityId", word(case)),
                ("ActivityName", word(label)),
                ("EventTime", time),
                ("LastDataUpdate", moment(330, (2, 0))),
                ("SourceSystem", word("Made up")),
                ("DiscountPercentage", Cell::Number(0.15)),
            ],
        );
    }

    /// The word of a list in the language of the template.
    fn listed(&self, list: &str, key: &str) -> Cell {
        let value = self.library.list(list).and_then(|list| list.value_of(key));
        word(value.expect("it is in the list").name.get(self.language))
    }

    /// A document of a deal.
    fn document(&mut self, kind: &str, number: &str, cells: &[(&'static str, Cell)]) {
        let mut all = vec![
            ("DocumentType", self.listed("DocumentType", kind)),
            ("DocumentNumber", word(number)),
            ("DocumentAmount", Cell::Number(1_250.5)),
            ("DocumentCurrency", word("EUR")),
        ];
        all.extend_from_slice(cells);
        self.row("documents", &all);
    }

    fn deal(&mut self, number: u16) {
        let case = format!("D-{number}");
        let start = number * 9;
        let lead = format!("L-{number}");
        self.row(
            "leads",
            &[
                ("LeadId", word(&lead)),
                ("LeadCaptureDate", moment(start, (8, 15))),
                ("LeadConvertedDate", moment(start + 3, (9, 0))),
                // Of every fourth the row of the case tells which lead it was.
                (
                    "SalesOpportunityId",
                    word(if number.is_multiple_of(4) { "" } else { case.as_str() }),
                ),
            ],
        );
        self.row(
            "cases",
            &[
                ("SalesOpportunityId", word(&case)),
                ("CustomerName", word(format!("Customer {}", number % 5))),
                ("OpportunityCurrency", word("EUR")),
                ("LeadId", word(&lead)),
            ],
        );
        self.expect(&case, "LeadCaptured", &moment(start, (8, 15)), "", "");
        self.expect(&case, "LeadConverted", &moment(start + 3, (9, 0)), "", "");
        self.event(&case, "OpportunityCreated", moment(start + 3, (9, 5)));
        self.expect(&case, "OpportunityCreated", &moment(start + 3, (9, 5)), "", "");
        let of_case = ("SalesOpportunityId", word(&case));
        let quote = format!("Q-{number}");
        if number.is_multiple_of(3) {
            // A draft is no event.
            let draft = ("DocumentStatus", self.listed("DocumentStatus", "draft"));
            self.document("quote", &quote, &[of_case, ("DocumentDate", date(start + 8)), draft]);
            self.event(&case, "OpportunityLost", moment(start + 20, (17, 30)));
            self.expect(&case, "OpportunityLost", &moment(start + 20, (17, 30)), "", "");
            return;
        }
        let accepted = ("AcceptedDate", date(start + 13));
        let issued = ("DocumentDate", date(start + 8));
        self.document("quote", &quote, &[of_case.clone(), issued, accepted]);
        self.expect(&case, "QuoteAccepted", &date(start + 13), &quote, "1250.5");
        if number.is_multiple_of(2) {
            // The event is there already, with its time of day, and gets the values of the quote.
            self.event(&case, "QuoteIssued", moment(start + 8, (11, 0)));
            self.expect(&case, "QuoteIssued", &moment(start + 8, (11, 0)), &quote, "1250.5");
        } else {
            self.expect(&case, "QuoteIssued", &date(start + 8), &quote, "1250.5");
        }
        self.event(&case, "OpportunityWon", moment(start + 14, (10, 0)));
        self.expect(&case, "OpportunityWon", &moment(start + 14, (10, 0)), "", "");
        let (order, invoice) = (format!("O-{number}"), format!("I-{number}"));
        let delivered = ("FulfilledDate", date(start + 22));
        let ordered = ("DocumentDate", date(start + 15));
        self.document("order", &order, &[of_case.clone(), ordered, delivered]);
        self.expect(&case, "SalesOrderCreated", &date(start + 15), &order, "1250.5");
        self.expect(&case, "OrderFulfilled", &date(start + 22), &order, "1250.5");
        let (sent, due) = (("SentDate", date(start + 24)), ("DueDate", date(start + 54)));
        let billed = ("DocumentDate", date(start + 23));
        let parent = ("ParentDocument", word(&order));
        // An invoice may name its order alone, and a payment its invoice.
        self.document("invoice", &invoice, &[billed, sent, due, parent]);
        self.expect(&case, "InvoiceGenerated", &date(start + 23), &invoice, "1250.5");
        self.expect(&case, "InvoiceSent", &date(start + 24), &invoice, "1250.5");
        let (paid, parent) =
            (("DocumentDate", date(start + 50)), ("ParentDocument", word(&invoice)));
        self.document("payment", &format!("P-{number}"), &[paid, parent]);
        self.expect(&case, "PaymentReceived", &date(start + 50), &format!("P-{number}"), "1250.5");
    }
}

/// The deals, and what belongs to none.
fn world<'l>(library: &'l Library, template: &'l Template, language: Language) -> World<'l> {
    let (sheets, events) = (Filled::new(), BTreeSet::new());
    let mut world = World { library, template, language, sheets, events };
    (1..=DEALS).for_each(|number| world.deal(number));
    let captured = ("LeadCaptureDate", moment(40, (10, 0)));
    world.row("leads", &[("LeadId", word("L-none")), captured]);
    let dated = ("DocumentDate", date(40));
    world.document("invoice", "I-lost", &[("SalesOpportunityId", word("D-unknown")), dated]);
    world.row("cases", &[("SalesOpportunityId", word("D-empty")), ("CustomerName", word("None"))]);
    world
}

/// The header of each sheet of a template, as its CSV files have them.
fn headers(library: &Library, system: &str, language: Language) -> BTreeMap<String, Vec<String>> {
    let file = template::file(library, system, language, TemplateFormat::Csv).expect("a template");
    let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes)).expect("an archive");
    let mut found = BTreeMap::new();
    for idx in 0..archive.len() {
        let mut member = archive.by_index(idx).expect("a member");
        let mut content = String::new();
        member.read_to_string(&mut content).expect("text");
        let name = member.name().expect("a name").trim_end_matches(".csv").to_owned();
        let first = content.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        found.insert(name, first.split(',').map(str::to_owned).collect());
    }
    found
}

/// The workbook of a template with the deals in it; the made-up rows stay where they are asked for.
fn filled(world: &World<'_>, keeps_examples: bool) -> Workbook {
    let World { library, template, language, .. } = world;
    let headers = headers(library, &template.system, *language);
    let key_of = |header: &str| {
        let of_template = template.published_attributes().find(|one| one.column == header);
        of_template.map_or(header.to_owned(), |one| one.key.clone())
    };
    let mut sheets = Vec::new();
    for entry in &library.sheets {
        let name = entry.name.get(*language).to_owned();
        let rows = world.sheets.get(entry.key.as_str());
        let header = headers.get(&entry.key).filter(|_| rows.is_some());
        let Some((header, rows)) = header.zip(rows) else {
            // Read me, guides and lists: texts for people.
            let column = Column { header: name.clone(), ..Column::default() };
            let told = vec![word("A sentence."), word("Another one."), word("And a third.")];
            let rows = vec![told.clone(), told];
            let columns = vec![column.clone(), column.clone(), column];
            let key = entry.key.clone();
            sheets.push(Sheet { key, name, has_header: true, columns, rows, ..Sheet::default() });
            continue;
        };
        let keys: Vec<String> = header.iter().map(|header| key_of(header)).collect();
        for key in rows.iter().flat_map(|row| row.keys()) {
            assert!(keys.iter().any(|known| known == key), "{}: {key}", entry.key);
        }
        let column = |(header, key): (&String, &String)| {
            let kind = library.attribute(key).map(|one| one.kind);
            let own = library.column_of(entry, key).map(|one| one.kind);
            let look = match own.or(kind) {
                Some(ValueKind::Instant) => Look::Instant,
                Some(ValueKind::Date) => Look::Date,
                Some(ValueKind::Fraction) => Look::Percent,
                _ => Look::Plain,
            };
            Column { header: header.clone(), look, ..Column::default() }
        };
        let cells = |row: &Row| {
            keys.iter().map(|key| row.get(key.as_str()).cloned().unwrap_or_default()).collect()
        };
        let example = |key: &String| match key.as_str() {
            "EventTime" | "LeadCaptureDate" | "DocumentDate" => moment(1, (9, 0)),
            "DocumentType" => world.listed("DocumentType", "invoice"),
            "SalesOpportunityId" | "LeadId" | "DocumentNumber" => word("EXAMPLE-1"),
            _ => Cell::Empty,
        };
        let mut all: Vec<Vec<Cell>> = Vec::new();
        if keeps_examples {
            all.push(keys.iter().map(example).collect());
        }
        all.extend(rows.iter().map(cells));
        let columns = header.iter().zip(&keys).map(column).collect();
        let key = entry.key.clone();
        sheets.push(Sheet { key, name, has_header: true, columns, rows: all, ..Sheet::default() });
    }
    Workbook { sheets, ..Workbook::default() }
}

/// Case, activity, time, number and amount of every event of a file.
fn events(file: &Path) -> (BTreeSet<String>, Vec<BTreeMap<String, String>>) {
    let folder = folder();
    let out = folder.path().join("out.csv");
    paydirt(&["convert", text(file), text(&out)]).ok();
    let content = std::fs::read_to_string(&out).expect("the converted log");
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let rows = lines.map(|line| {
        let cells = line.split(',').map(str::to_owned);
        header.iter().map(|name| (*name).to_owned()).zip(cells).collect()
    });
    let rows: Vec<BTreeMap<String, String>> = rows.collect();
    let cell = |row: &BTreeMap<String, String>, name: &str| {
        row.get(name).cloned().unwrap_or_default().trim_end_matches('Z').to_owned()
    };
    let event = |row: &BTreeMap<String, String>| {
        let mut core =
            ["case:concept:name", "concept:name", "time:timestamp"].map(|it| cell(row, it));
        // What is known to the day is put at its end.
        core[2] = core[2].replace("T23:59:59.999999", "");
        let seconds = core[2].strip_suffix(":00").filter(|minutes| minutes.len() == 16);
        core[2] = seconds.unwrap_or(&core[2]).to_owned();
        let amount = cell(row, "DocumentAmount");
        let amount = amount.trim_end_matches('0').trim_end_matches('.');
        format!("{},{},{amount}", core.join(","), cell(row, "DocumentNumber"))
    };
    (rows.iter().map(event).collect(), rows)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    path
}

const SYSTEMS: [&str; 3] = ["generic", "hubspot", "salesforce"];

#[test]
fn a_filled_workbook_gives_its_events_in_every_system_and_language() {
    let library = shipped();
    let folder = folder();
    for system in SYSTEMS {
        let template = library.template(system).expect("a template");
        for language in Language::ALL {
            let world = world(&library, template, language);
            let book = workbook::xlsx(&filled(&world, false)).expect("a workbook");
            let (read, rows) = events(&write(folder.path(), "filled.xlsx", &book));
            assert_eq!(read, world.events, "{system} {language:?}");
            let discounts = rows.iter().filter_map(|row| row.get("DiscountPercentage"));
            let discounts: BTreeSet<&String> = discounts.filter(|it| !it.is_empty()).collect();
            assert_eq!(discounts, [&"0.15".to_owned()].into(), "{system} {language:?}");
            let customer = |row: &BTreeMap<String, String>| {
                row.iter().find(|(name, _)| name.ends_with("CustomerName")).map(|it| it.1.clone())
            };
            assert!(rows.iter().all(|row| customer(row).is_some_and(|it| it.contains("Customer"))));
        }
    }
}

#[test]
fn the_sheets_of_a_template_as_csv_files_in_an_archive_give_the_same() {
    let library = shipped();
    let folder = folder();
    for language in Language::ALL {
        let template = library.template("generic").expect("a template");
        let world = world(&library, template, language);
        let archive = workbook::zipped_csv(&filled(&world, true)).expect("an archive");
        let (read, _) = events(&write(folder.path(), "filled.zip", &archive));
        assert_eq!(read, world.events, "{language:?}");
    }
}

/// What stands in several sheets is told for each, and so is what belongs to no case.
#[test]
fn the_check_says_what_each_sheet_was_read_as() {
    let library = shipped();
    let folder = folder();
    let template = library.template("generic").expect("a template");
    let world = world(&library, template, Language::English);
    let book = workbook::xlsx(&filled(&world, true)).expect("a workbook");
    let file = write(folder.path(), "filled.xlsx", &book);
    let report = check(&file, &[]);
    let told = |name: &str| -> Vec<String> {
        let all = list(&report, name).iter().filter_map(Value::as_str);
        all.map(str::to_owned).collect()
    };
    let readings = told("readings").join("\n");
    for expected in [
        "4 parts read as one import",
        "\"Events\": 28 events",
        "\"Cases\": values of 13 cases",
        "\"Leads\": 13 rows make 24 events (Lead Captured 12, Lead Converted 12)",
        "\"Documents\": 37 rows make 52 events (Quote Issued 4, Quote Accepted 8, Sales Order \
         Created 8, Order Fulfilled 8, Invoice Generated 8, Invoice Sent 8, Payment Received 8) \
         and tell of 4 events that are there already",
    ] {
        assert!(readings.contains(expected), "{expected}\n{readings}");
    }
    let notes = told("notes").join("\n");
    for expected in [
        "\"Leads\": 1 row belongs to no case",
        "1 case has a row of cases but no event, and is not in the log: D-empty",
        "\"Documents\": 4 rows are in a status in which nothing has happened yet",
        "\"Events\" still has 1 row of the made-up deal",
    ] {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
    assert_eq!(kinds(&report), ["unknown-case"]);
    let example = &list(&report, "problems")[0]["examples"][0];
    assert_eq!(example["value"], json!("D-unknown"));
    assert_eq!(example["cell"], json!("Documents!D39"));
    let made_up = |report: &Value| {
        let all = list(report, "automatic").to_vec();
        all.iter().filter(|it| it["rule"] == "example_rows").count()
    };
    assert_eq!(made_up(&report), 4);
    let kept = check(&file, &["--off", "example_rows"]);
    assert_eq!(made_up(&kept), 0);
    assert_eq!(kept["cases"].as_u64(), report["cases"].as_u64().map(|cases| cases + 1));
    // One sheet alone is read as before.
    let alone = check(&file, &["--sheet", "Events"]);
    assert_eq!(alone["events"], json!(28));
}

/// Sheets that hold nothing of the user's own are left out, and said to be.
#[test]
fn a_template_with_events_alone_is_read_without_its_other_sheets() {
    let library = shipped();
    let folder = folder();
    let template = library.template("salesforce").expect("a template");
    let mut world = world(&library, template, Language::English);
    for sheet in ["cases", "leads"] {
        world.sheets.insert(sheet, Vec::new());
    }
    world.sheets.insert("documents", Vec::new());
    for keeps_examples in [false, true] {
        let book = workbook::xlsx(&filled(&world, keeps_examples)).expect("a workbook");
        let report = check(&write(folder.path(), "filled.xlsx", &book), &[]);
        assert_eq!(report["events"], json!(28), "{report}");
        let readings: Vec<&str> =
            list(&report, "readings").iter().filter_map(Value::as_str).collect();
        let left_out = readings.iter().filter(|reading| reading.contains("left out")).count();
        assert_eq!(left_out, 3, "{readings:?}");
    }
}

/// Files with names of their own, over HTTP: what they are is told by their columns and names.
#[test]
fn exports_of_several_systems_are_one_import_over_http() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        (
            "crm.csv",
            "Opportunity ID,Activity,Timestamp,Amount\nA-1,Opportunity Created,03.02.2026 09:30,100\n\
             A-1,Opportunity Won,14.02.2026 10:00,120\nA-2,Opportunity Created,20.02.2026 08:00,80\n",
        ),
        (
            "invoices.csv",
            "Invoice Number,Opportunity ID,Invoice Date,Amount,Currency\n\
             I-1,A-1,2026-02-20,120,EUR\nI-2,A-9,2026-02-21,7,EUR\n",
        ),
        (
            "payments.csv",
            "Document Number,Parent Document,Payment Date,Amount,Currency\nP-1,I-1,03/28/2026,120,EUR\n",
        ),
        ("accounts.csv", "Opportunity ID,Account Name,Region\nA-1,Pioneer,EMEA\nA-2,Globex,APAC\n"),
        ("notes.csv", "Something,Else\n1,2\n"),
    ] {
        use std::io::Write;
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
        archive.write_all(content.as_bytes()).expect("it is written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let upload = server.upload("exports.zip", &bytes);
    let checked = server.done("/api/v1/checks", &json!({"upload": upload}));
    assert_eq!(checked["possible"], json!(true), "{checked}");
    assert_eq!((&checked["events"], &checked["cases"]), (&json!(5), &json!(2)), "{checked}");
    let choice = &list(&checked, "choices")[0];
    assert_eq!((&choice["kind"], &choice["chosen"]), (&json!("member"), &Value::Null));
    let order = json!({"upload": upload, "mode": "new", "name": "Exports"});
    server.done("/api/v1/imports", &order);
    let report = server.get("/api/v1/logs/1/versions/1/report").ok();
    assert_eq!(report["rows_refused"], json!(1), "{report}");
    let cells = &list(&report, "problems")[0]["examples"][0]["cell"];
    assert_eq!(*cells, json!("invoices.csv:3"), "{report}");
    let readings = report["readings"].to_string();
    assert!(readings.contains("Payment Received 1"), "{readings}");
}
