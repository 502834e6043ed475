//! Tables with a row for each case become logs: what is recognised, and what becomes of each date.

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::mapping::{ColumnRole, EventColumns, RowMeaning};
use paydirt_model::problem::ErrorCode;
use paydirt_recipe::events::Plan;
use paydirt_recipe::quality::CredibleTimes;
use paydirt_recipe::roles::{DateChoice, RoleChoice, RoleOverrides, map, suggest};

use crate::support::{describe, import, problems, table};

/// A usual export of a CRM: the order of the columns is not that of the process, some dates are
/// known to the day, others to the minute, and one changes later.
const DEALS: &str =
    "Deal ID|Deal Name|Deal Stage|Amount|Close Date|Create Date|Date entered Qualified|Last Modified Date|Deal owner
    D-1|Alpha|Won|1200.50|2024-03-09|2024-02-01 09:30|2024-02-10 10:00|2025-01-01 00:00|Ann
    D-2|Beta|Lost|80.00|2024-02-10|2024-02-03 11:00|2024-02-10 16:00|2025-01-02 00:00|Bob
    D-3|Gamma|Open|||2024-02-05 08:15||2025-01-03 00:00|Ann";

fn detect() -> RoleOverrides {
    RoleOverrides::default()
}

fn date(column: &str, activity: Option<&str>) -> DateChoice {
    DateChoice { column: column.to_owned(), activity: activity.map(str::to_owned) }
}

#[test]
fn each_date_becomes_an_event_and_the_rest_describes_the_case() {
    // D-2 was closed on the day on which it was qualified: the usual order of the two settles it.
    let expected = "D-1: Deal Name=Alpha Deal Stage=Won Amount=1200.5 \
Last Modified Date=2025-01-01T00:00:00Z Deal owner=Ann
  Created 2024-02-01T09:30:00Z (minute)
  Qualified 2024-02-10T10:00:00Z (minute)
  Closed 2024-03-09T00:00:00Z (day)
D-2: Deal Name=Beta Deal Stage=Lost Amount=80 \
Last Modified Date=2025-01-02T00:00:00Z Deal owner=Bob
  Created 2024-02-03T11:00:00Z (minute)
  Qualified 2024-02-10T16:00:00Z (minute)
  Closed 2024-02-10T16:00:00Z (day)
D-3: Deal Name=Gamma Deal Stage=Open Last Modified Date=2025-01-03T00:00:00Z Deal owner=Ann
  Created 2024-02-05T08:15:00Z (minute)";
    for rows_in_chunk in [1, 2, 10] {
        let (log, report) = import(&table(DEALS, rows_in_chunk), &detect()).unwrap();
        assert_eq!(describe(&log), expected, "{rows_in_chunk} rows in a chunk");
        assert_eq!((report.events, report.rows_refused), (7, 0));
        assert_eq!(problems(&report), "");
        assert_eq!(
            report.readings[0].to_string(),
            "each row is one case, with its id in \"Deal ID\"; 3 columns of dates became \
             activities, 5 other columns describe the case"
        );
        let owner = log.context().attribute("Deal owner").unwrap();
        assert_eq!(owner.level, AttributeLevel::Case);
    }
}

#[test]
fn the_user_chooses_and_names_the_dates() {
    let overrides = RoleOverrides {
        row: Some(RowMeaning::Case),
        dates: Some(vec![date("Create Date", Some("Deal opened")), date("close date", None)]),
        ..detect()
    };
    let (log, report) = import(&table(DEALS, 10), &overrides).unwrap();
    assert_eq!(report.events, 5);
    let names: Vec<&str> =
        log.context().activities.codes().map(|code| log.context().activities.name(code)).collect();
    assert_eq!(names, ["Closed", "Deal opened"]);
    let of = |name: &str| {
        let role = report.roles.iter().find(|role| role.column == name);
        role.map(|role| (role.role, role.reason.to_string())).unwrap()
    };
    assert_eq!(of("Date entered Qualified").0, ColumnRole::Attribute);
    assert_eq!(
        of("Close Date"),
        (ColumnRole::ActivityDate, "its dates are those of the activity \"Closed\"".to_owned())
    );
    assert_eq!(
        of("Last Modified Date").1,
        "its name says that the date changes or lies ahead, so it dates no activity"
    );
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let deals = table(DEALS, 10);
    let problem = |overrides: RoleOverrides| map(&deals, &overrides).unwrap_err();
    let with = |dates: Vec<DateChoice>| RoleOverrides { dates: Some(dates), ..detect() };
    let unknown = problem(with(vec![date("Signed", None)]));
    assert_eq!(unknown.code, ErrorCode::ColumnNotFound);
    let twice = problem(with(vec![date("Close Date", None), date("Close Date", Some("Won"))]));
    assert_eq!(twice.code, ErrorCode::InvalidParameters);
    let same =
        problem(with(vec![date("Close Date", Some("Won")), date("Create Date", Some(" Won "))]));
    assert_eq!(same.code, ErrorCode::InvalidParameters);
    assert_eq!(
        same.detail.to_string(),
        "Two columns of dates cannot be the same activity: \"Close Date\" and \"Create Date\" are \
         both \"Won\"."
    );
    assert_eq!(problem(with(Vec::new())).code, ErrorCode::ColumnRoleMissing);
    let both = RoleOverrides {
        row: Some(RowMeaning::Case),
        activity: RoleChoice::Column("Deal Stage".to_owned()),
        ..detect()
    };
    assert_eq!(problem(both).code, ErrorCode::InvalidParameters);
}

#[test]
fn dates_without_a_name_of_the_user_keep_out_of_each_others_way() {
    let rows = "Deal ID|Created Date|createdate|Created|Close Date
    1|2024-01-01|2024-01-02|2024-01-03|2024-01-04
    2|2024-02-01|2024-02-02|2024-02-03|2024-02-04";
    let expected = ["Created", "createdate", "Created 2", "Closed"];
    let activities = |overrides: &RoleOverrides| {
        let (mapping, _) = map(&table(rows, 10), overrides).unwrap();
        let EventColumns::Dates(dates) = mapping.events else { panic!("rows are events") };
        dates.into_iter().map(|date| date.activity).collect::<Vec<_>>()
    };
    assert_eq!(activities(&detect()), expected);
    let all = ["Created Date", "createdate", "Created", "Close Date"].map(|name| date(name, None));
    let chosen = RoleOverrides { dates: Some(all.to_vec()), ..detect() };
    assert_eq!(activities(&chosen), expected);
    // The name that the user gives to a later column is that of no earlier one.
    let named = vec![date("Created Date", None), date("Close Date", Some("Created"))];
    let chosen = RoleOverrides { dates: Some(named), ..detect() };
    assert_eq!(activities(&chosen), ["Created Date", "Created"]);
}

#[test]
fn rows_of_events_stay_rows_of_events() {
    for (text, why) in [
        (
            "Deal ID|Activity|Start|End\n1|a|2024-01-01|2024-01-02\n2|a|2024-01-01|2024-01-02",
            "an activity is named",
        ),
        (
            "Deal ID|Stage|Entered|Left\n1|a|2024-01-01|2024-01-02\n1|b|2024-01-02|2024-01-03",
            "ids repeat",
        ),
        ("Deal ID|Stage|Date|Amount\n1|a|2024-01-01|3\n2|b|2024-01-02|4", "there is one date"),
        (
            "Event ID|Deal ID|Stage|Entered|Left\ne1|1|a|2024-01-01|2024-01-02\ne2|1|b|2024-01-02|2024-01-03\ne3|1|c|2024-01-02|2024-01-03",
            "ids of the case repeat",
        ),
        (
            "case:concept:name|concept:name|time:timestamp|day\n1|a|2024-01-01|2024-01-02\n2|a|2024-01-01|2024-01-02",
            "the columns are those of XES",
        ),
        (
            "alpha|beta|gamma|delta\n\
             red|order|2024-05-01T09:00:00Z|2024-05-01T08:00:00Z\n\
             red|invoice|2024-05-02T09:00:00Z|2024-05-02T08:00:00Z",
            "no name speaks for it, and the dates may be start and end",
        ),
    ] {
        let roles = suggest(&table(text, 10));
        assert!(roles.iter().all(|role| role.role != ColumnRole::ActivityDate), "{why}: {roles:?}");
    }
    // The user may still say that a row is an event.
    let overrides = RoleOverrides { row: Some(RowMeaning::Event), ..detect() };
    let (mapping, _) = map(
        &table(DEALS, 10),
        &RoleOverrides { activity: RoleChoice::Column("Deal Stage".to_owned()), ..overrides },
    )
    .unwrap();
    assert_eq!(mapping.case, "Deal ID");
}

#[test]
fn exports_in_three_languages_are_recognised() {
    let rows = "\n1|x|2024-01-31|2024-03-01\n2|y|2024-02-01|2024-03-02";
    for (header, expected) in [
        ("Opportunity Name|Stage|Created Date|Close Date", ["Closed", "Created"]),
        ("Deal - ID|Deal - Status|Deal - Deal created|Deal - Won time", ["Deal created", "Won"]),
        ("Nom de l'affaire|Phase|Date de création|Date de signature", ["Création", "Signature"]),
        ("商談名|フェーズ|商談作成日|契約日", ["商談作成", "契約"]),
    ] {
        let (log, _) = import(&table(&format!("{header}{rows}"), 10), &detect()).unwrap();
        let activities = &log.context().activities;
        let names: Vec<&str> = activities.codes().map(|code| activities.name(code)).collect();
        assert_eq!(names, expected, "{header}");
        assert_eq!(log.context().case_count, 2, "{header}");
    }
}

#[test]
fn dates_that_cannot_be_read_leave_the_others() {
    let text = "Deal ID|Created|Won|Region
        D-1|2024-02-01|soon|EMEA
        D-2|2024-02-02|2024-02-09|EMEA
        D-3|||APAC
        |2024-02-03|2024-02-09|APAC
        D-5|soon||APAC
        D-6|2024-02-04|2024-02-10|EMEA
        D-7|2024-02-04|2024-02-10|EMEA
        D-8|2024-02-04|2024-02-10|EMEA
        D-9|2024-02-04|2024-02-10|EMEA
        D-10|2024-02-04|2024-02-10|EMEA";
    let overrides = RoleOverrides { row: Some(RowMeaning::Case), ..detect() };
    for rows_in_chunk in [1, 3, 20] {
        let (_, report) = import(&table(text, rows_in_chunk), &overrides).unwrap();
        // D-3, the one without id, and D-5 give no event; D-1 keeps its other date.
        assert_eq!((report.events, report.rows_refused), (13, 3));
        assert_eq!(
            problems(&report),
            "bad-time ×2 row 2 \"soon\"; blank-case ×1 row 5 \"\"; blank-time ×1 row 4 \"\""
        );
    }
}

#[test]
fn one_column_settles_the_order_of_day_and_month_of_all() {
    let text = "Deal ID|Created|Won
        D-1|03/04/2024|05/04/2024
        D-2|04/04/2024|25/04/2024";
    let (log, _) = import(&table(text, 10), &detect()).unwrap();
    let first = log.context().first_event_at.unwrap();
    assert_eq!(first.to_string(), "2024-04-03T00:00:00Z");
    let open = "Deal ID|Created|Won\nD-1|03/04/2024|05/04/2024\nD-2|04/04/2024|06/04/2024";
    let problem = import(&table(open, 10), &detect()).unwrap_err();
    assert_eq!(problem.code, ErrorCode::AmbiguousDate);
}

#[test]
fn times_that_are_not_credible_are_counted_and_kept() {
    let text = "case|activity|time
        A|ask|2024-02-01
        A|win|2062-02-01
        B|ask|1900-01-01
        B|win|2024-02-03";
    let table = table(text, 10);
    let (mapping, _) = map(&table, &detect()).unwrap();
    let now = "2024-03-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let now = paydirt_model::time::Timestamp::from_us(now).unwrap();
    let plan = Plan::new(&table, &mapping).unwrap().doubting(CredibleTimes::until(now));
    let (events, report) = plan.convert(&table.chunks[0]);
    assert_eq!((events.len(), report.rows_refused), (4, 0));
    let found: Vec<_> = report
        .problems
        .iter()
        .map(|entry| (entry.kind.as_str(), entry.refused, entry.count, entry.examples[0].row))
        .collect();
    assert_eq!(found, [("future-time", false, 1, 3), ("ancient-time", false, 1, 4)]);
}
