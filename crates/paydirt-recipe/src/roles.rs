//! Which column is case, activity and time? Suggested from names, then from content, with the
//! reason in words. Every suggestion can be overridden.

mod cases;
mod date_names;
mod finder;
mod lexicon;
mod missing;
mod rows;

use std::collections::HashSet;

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::automatic::ReadingRules;
use paydirt_model::mapping::{
    ActivityDate, AttributeMapping, ColumnRole, DateOrder, EventColumns, EventMapping,
    RoleSuggestion, RowMeaning,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::events::column_not_found;
pub(crate) use crate::folding::folded;
use crate::money::find_currencies;
use crate::roles::cases::CaseTable;
use crate::roles::finder::{Facts, Finder, is_by_content};
use crate::roles::lexicon::{INSTANCE, LIFECYCLE, RESOURCE};
use crate::roles::missing::{is_object_centric, object_centric, role_missing};
use crate::roles::rows::{chosen_dates, dates_left, row_meaning};

/// What the user says about a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum RoleChoice {
    /// Nothing: the suggestion holds.
    #[default]
    Suggested,
    /// This column has the role.
    Column(String),
    /// No column has the role.
    None,
}

impl From<Option<String>> for RoleChoice {
    fn from(name: Option<String>) -> Self {
        name.map_or(RoleChoice::Suggested, RoleChoice::Column)
    }
}

/// A column that the user names for the date of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateChoice {
    /// The column.
    pub column: String,
    /// The activity; found from the name of the column when not given.
    pub activity: Option<String>,
}

/// What the user says about the columns; everything left out is suggested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleOverrides {
    /// What a row is.
    pub row: Option<RowMeaning>,
    /// Columns with the dates of activities, where a row is a case.
    pub dates: Option<Vec<DateChoice>>,
    /// Column of the case id.
    pub case: RoleChoice,
    /// Column of the activity.
    pub activity: RoleChoice,
    /// Column of the time.
    pub time: RoleChoice,
    /// Column of the start.
    pub start: RoleChoice,
    /// Column of who did it.
    pub resource: RoleChoice,
    /// Column of the lifecycle transition.
    pub lifecycle: RoleChoice,
    /// Column of the activity instance.
    pub instance: RoleChoice,
    /// Column of the pipeline, where the activities are stages.
    pub pipeline: Option<String>,
    /// Attribute columns; all others that have no role of their own when not given.
    pub attributes: Option<Vec<AttributeMapping>>,
    /// Date format.
    pub date_format: Option<String>,
    /// What is written first where day and month are numbers.
    pub date_order: Option<DateOrder>,
    /// IANA zone of times without an offset.
    pub time_zone: Option<String>,
    /// Which automatic readings are switched off.
    pub rules: ReadingRules,
}

/// Suggests a role for every column, in the order of the columns.
#[must_use]
pub fn suggest(table: &RawTable) -> Vec<RoleSuggestion> {
    suggest_as(table, None)
}

/// As [`suggest`], where a row may be known to be an event or a case.
#[must_use]
pub fn suggest_as(table: &RawTable, row: Option<RowMeaning>) -> Vec<RoleSuggestion> {
    let facts = facts_of(table, &ReadingRules::all());
    let cases = CaseTable::of(&facts);
    let overrides = RoleOverrides { row, ..RoleOverrides::default() };
    match row_meaning(&overrides, || cases.is_one(&facts)) {
        RowMeaning::Event => of_events(table, &facts),
        RowMeaning::Case => of_cases(&facts, &cases, &cases.dates),
    }
}

fn facts_of(table: &RawTable, rules: &ReadingRules) -> Vec<Facts> {
    (0..table.names.len()).map(|idx| Facts::of(table, idx, rules)).collect()
}

/// The roles where a row is an event.
fn of_events(table: &RawTable, facts: &[Facts]) -> Vec<RoleSuggestion> {
    let mut found = Finder { table, facts, taken: vec![None; facts.len()] };
    found.declared_activity();
    found.times();
    found.case();
    found.activity();
    found.by_name(ColumnRole::Resource, RESOURCE, |_| true);
    found.by_name(ColumnRole::Lifecycle, LIFECYCLE, |_| true);
    found.lifecycle_by_content();
    found.by_name(ColumnRole::Instance, INSTANCE, |_| true);
    let has_time = found.has(ColumnRole::Time);
    let attribute = |fact: &Facts| (ColumnRole::Attribute, fact.attribute_reason(has_time));
    facts
        .iter()
        .zip(found.taken)
        .map(|(fact, taken)| {
            let (role, reason) = taken.unwrap_or_else(|| attribute(fact));
            RoleSuggestion::new(&fact.name, role, reason)
        })
        .collect()
}

/// The roles where a row is a case.
fn of_cases(
    facts: &[Facts],
    cases: &CaseTable,
    dates: &[(usize, ActivityDate)],
) -> Vec<RoleSuggestion> {
    let role = |idx: usize| {
        if let Some((case, reason)) = &cases.case
            && *case == idx
        {
            return (ColumnRole::Case, reason.clone());
        }
        if let Some((_, date)) = dates.iter().find(|(date, _)| *date == idx) {
            let activity = &date.activity;
            let reason = say!("its dates are those of the activity \"{activity}\"", activity);
            return (ColumnRole::ActivityDate, reason);
        }
        let other = cases.others.iter().find(|(other, _)| *other == idx);
        let reason = other.map_or_else(
            || say!("a row is a case, and every other column describes it"),
            |(_, reason)| reason.clone(),
        );
        (ColumnRole::Attribute, reason)
    };
    (0..facts.len())
        .map(|idx| {
            let (role, reason) = role(idx);
            RoleSuggestion::new(&facts[idx].name, role, reason)
        })
        .collect()
}

/// What a report has to say about these roles: which of them no name spoke for.
#[must_use]
pub fn notes(roles: &[RoleSuggestion]) -> Vec<Sentence> {
    let by_content = roles.iter().filter(|known| is_by_content(&known.reason));
    let note = |known: &RoleSuggestion| match known.role {
        ColumnRole::Case => Some(say!(
            "\"{column}\" was taken as the case by its content only; another column can be chosen.",
            column = known.column
        )),
        ColumnRole::Activity => Some(say!(
            "\"{column}\" was taken as the activity by its content only; another column can be \
             chosen.",
            column = known.column
        )),
        _ => None,
    };
    by_content.filter_map(note).collect()
}

/// The mapping of a table: what the user says, completed by suggestions; and the role of every
/// column with the reason.
///
/// # Errors
/// A named column does not exist, or case, activity or time was neither named nor found.
pub fn map(
    table: &RawTable,
    overrides: &RoleOverrides,
) -> Result<(EventMapping, Vec<RoleSuggestion>), Problem> {
    let is_open = overrides.case == RoleChoice::Suggested;
    if is_open && is_object_centric(&table.names) {
        return Err(object_centric());
    }
    let facts = facts_of(table, &overrides.rules);
    let mut cases = CaseTable::of(&facts);
    let row = row_meaning(overrides, || cases.is_one(&facts));
    let mut roles = match row {
        RowMeaning::Event => of_events(table, &facts),
        RowMeaning::Case => {
            cases = cases.in_usual_order(table);
            cases.dates = chosen_dates(table, overrides, cases.dates)?;
            of_cases(&facts, &cases, &cases.dates)
        }
    };
    take_named(table, overrides, &mut roles)?;
    let column_of = |role: ColumnRole| {
        roles.iter().find(|known| known.role == role).map(|known| known.column.clone())
    };
    let required = |role| column_of(role).ok_or_else(|| role_missing(table, &facts, role));
    let case = required(ColumnRole::Case)?;
    let events = match row {
        RowMeaning::Event => EventColumns::Row {
            activity: required(ColumnRole::Activity)?,
            time: required(ColumnRole::Time)?,
            start: column_of(ColumnRole::Start),
        },
        RowMeaning::Case => EventColumns::Dates(dates_left(cases.dates, &roles)?),
    };
    let resource = column_of(ColumnRole::Resource);
    let lifecycle = column_of(ColumnRole::Lifecycle);
    let instance = column_of(ColumnRole::Instance);
    let mut attributes = match &overrides.attributes {
        Some(attributes) => {
            chosen_attributes(attributes, &table.names, &[&resource, &lifecycle, &instance])?
        }
        None => all_attributes(table, &mut roles, &overrides.rules),
    };
    if row == RowMeaning::Case {
        for attribute in &mut attributes {
            attribute.level.get_or_insert(AttributeLevel::Case);
        }
    }
    let mapping = EventMapping {
        case,
        events,
        resource,
        lifecycle,
        instance,
        attributes,
        pipeline: overrides.pipeline.clone(),
        activity_names: Vec::new(),
        date_format: overrides.date_format.clone(),
        date_order: overrides.date_order,
        time_zone: overrides.time_zone.clone(),
        rules: overrides.rules.clone(),
    };
    Ok((mapping, roles))
}

/// Gives the columns that the user names their roles, and takes these from others.
fn take_named(
    table: &RawTable,
    overrides: &RoleOverrides,
    roles: &mut [RoleSuggestion],
) -> Result<(), Problem> {
    let choices = [
        (ColumnRole::Case, &overrides.case),
        (ColumnRole::Activity, &overrides.activity),
        (ColumnRole::Time, &overrides.time),
        (ColumnRole::Start, &overrides.start),
        (ColumnRole::Resource, &overrides.resource),
        (ColumnRole::Lifecycle, &overrides.lifecycle),
        (ColumnRole::Instance, &overrides.instance),
    ];
    for (role, choice) in choices {
        if *choice != RoleChoice::Suggested {
            for known in roles.iter_mut().filter(|known| known.role == role) {
                known.role = ColumnRole::Attribute;
                known.reason = say!("another column was named for its role");
            }
        }
    }
    let mut named: Vec<(usize, Sentence)> = Vec::new();
    for (role, choice) in choices {
        if let RoleChoice::Column(name) = choice {
            let idx = find_column(name, &table.names)?;
            if let Some((_, earlier)) = named.iter().find(|(known, _)| *known == idx) {
                return Err(named_twice(&table.names[idx], earlier, &name_of(role)));
            }
            named.push((idx, name_of(role)));
            roles[idx].role = role;
            roles[idx].reason = say!("named by the user");
        }
    }
    Ok(())
}

fn chosen_attributes(
    chosen: &[AttributeMapping],
    names: &[String],
    roles: &[&Option<String>],
) -> Result<Vec<AttributeMapping>, Problem> {
    let mut attributes = Vec::new();
    for attribute in chosen {
        let idx = find_column(&attribute.column, names)?;
        attributes.push(AttributeMapping { column: names[idx].clone(), ..attribute.clone() });
    }
    for name in roles.iter().filter_map(|role| role.as_ref()) {
        if !attributes.iter().any(|attribute| attribute.column == *name) {
            attributes.push(AttributeMapping::detected(name.clone()));
        }
    }
    Ok(attributes)
}

/// Every column that is not case, activity or a time. A column `X currency` beside `X` holds its
/// currency, as Paydirt itself writes it.
fn all_attributes(
    table: &RawTable,
    roles: &mut [RoleSuggestion],
    rules: &ReadingRules,
) -> Vec<AttributeMapping> {
    // The currency of a deal (`Deal currency`) is none of the column that tells deals apart.
    let is_key = |role: ColumnRole| {
        matches!(
            role,
            ColumnRole::Case
                | ColumnRole::Activity
                | ColumnRole::Time
                | ColumnRole::Start
                | ColumnRole::ActivityDate
        )
    };
    let keys: HashSet<String> =
        roles.iter().filter(|known| is_key(known.role)).map(|known| known.column.clone()).collect();
    let names: HashSet<&str> =
        table.names.iter().map(String::as_str).filter(|name| !keys.contains(*name)).collect();
    let mut attributes = Vec::new();
    for role in roles {
        if is_key(role.role) {
            continue;
        }
        let amount = role.column.strip_suffix(" currency").filter(|amount| names.contains(amount));
        if let Some(amount) = amount {
            role.reason = say!("its name says that it holds the currency of \"{amount}\"", amount);
            continue;
        }
        let currency = format!("{} currency", role.column);
        let mut attribute = AttributeMapping::detected(role.column.clone());
        attribute.currency_column = names.contains(currency.as_str()).then_some(currency);
        attributes.push(attribute);
    }
    find_currencies(table, &mut attributes, rules);
    attributes
}

fn name_of(role: ColumnRole) -> Sentence {
    match role {
        ColumnRole::Case => say!("case"),
        ColumnRole::Activity => say!("activity"),
        ColumnRole::Time => say!("time"),
        ColumnRole::Start => say!("start"),
        ColumnRole::Resource => say!("resource"),
        ColumnRole::Lifecycle => say!("lifecycle"),
        ColumnRole::Instance => say!("activity instance"),
        ColumnRole::ActivityDate => say!("date of an activity"),
        ColumnRole::Attribute => say!("attribute"),
    }
}

fn named_twice(column: &str, first: &Sentence, second: &Sentence) -> Problem {
    Problem::new(
        ErrorCode::InvalidParameters,
        say!(
            "One column cannot have two roles: it is chosen as \"{first}\" and as \"{second}\".",
            first,
            second
        ),
    )
    .in_column(column)
    .with_hint(say!("Choose a column of its own for each role."))
}

pub(crate) fn find_column(wanted: &str, names: &[String]) -> Result<usize, Problem> {
    let exact = names.iter().position(|name| name == wanted);
    let same_letters = || {
        let mut found = (0..names.len()).filter(|&idx| folded(&names[idx]) == folded(wanted));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    exact
        .or_else(|| if folded(wanted).is_empty() { None } else { same_letters() })
        .ok_or_else(|| column_not_found(wanted, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::automatic::ReadingRule;
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn};

    fn table(text: &str) -> RawTable {
        let mut lines = text.lines();
        let names: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let columns = (0..names.len())
            .map(|idx| RawColumn::Plain(rows.iter().map(|row| row[idx]).collect::<TextColumn>()))
            .collect();
        let lines = (2..).take(rows.len()).collect();
        RawTable { names, chunks: vec![RawChunk { lines, columns }] }
    }

    fn roles(text: &str) -> String {
        let roles = suggest(&table(text));
        let shown: Vec<String> = roles
            .iter()
            .filter(|role| role.role != ColumnRole::Attribute)
            .map(|role| format!("{:?}={}", role.role, role.column))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn names_in_three_languages() {
        let rows = "\n1,a,2024-01-31,x\n1,b,2024-02-01,y";
        for (header, expected) in [
            (
                "Case ID,Activity,Complete Timestamp,Resource",
                "Case=Case ID Activity=Activity Time=Complete Timestamp Resource=Resource",
            ),
            (
                "case:concept:name,concept:name,time:timestamp,org:resource",
                "Case=case:concept:name Activity=concept:name Time=time:timestamp \
                 Resource=org:resource",
            ),
            (
                "ID d'opportunité de vente,Nom de l'activité,Heure de l'événement,Employé",
                "Case=ID d'opportunité de vente Activity=Nom de l'activité \
                 Time=Heure de l'événement Resource=Employé",
            ),
            (
                "商談ID,アクティビティ名,イベント日時,担当者",
                "Case=商談ID Activity=アクティビティ名 Time=イベント日時 Resource=担当者",
            ),
            (
                "SalesOpportunityId,ActivityName,EventTime,SalesRegion",
                "Case=SalesOpportunityId Activity=ActivityName Time=EventTime",
            ),
        ] {
            assert_eq!(roles(&format!("{header}{rows}")), expected);
        }
    }

    #[test]
    fn the_key_of_xes_is_the_activity_whatever_its_values_look_like() {
        let expected = "Case=case:concept:name Activity=concept:name Time=time:timestamp";
        for values in [["2024-01-31", "2024-02-01"], ["", ""], ["", "a"], ["7", "8"]] {
            let text = format!(
                "case:concept:name,concept:name,time:timestamp,note\n\
                 1,{},2024-01-31,x\n1,{},2024-02-01,y",
                values[0], values[1]
            );
            assert_eq!(roles(&text), expected, "{values:?}");
        }
        let text = "concept:name,id,when\n2024-01-31,1,2024-03-31\n2024-02-01,1,2024-03-01";
        assert_eq!(roles(text), "Activity=concept:name Case=id Time=when");
    }

    #[test]
    fn starts_and_ends() {
        let rows = "\n1,a,2024-01-31,2024-02-01\n1,b,2024-02-01,2024-02-02";
        for header in [
            "case id,activity,start date,completion time",
            "cas,activité,début,fin",
            "ケースID,活動,開始日時,終了日時",
            "case,task,A,B",
        ] {
            let names: Vec<&str> = header.split(',').collect();
            let expected = format!(
                "Case={} Activity={} Start={} Time={}",
                names[0], names[1], names[2], names[3]
            );
            assert_eq!(roles(&format!("{header}{rows}")), expected, "{header}");
        }
    }

    #[test]
    fn content_where_names_say_nothing() {
        let text = "column 1,column 2,column 3\n7,open,2024-01-31\n7,check,2024-02-01\n\
                    8,open,2024-02-01\n8,check,2024-02-02\n9,open,2024-02-03";
        assert_eq!(roles(text), "Case=column 1 Activity=column 2 Time=column 3");
        let numbers = "a,b,c\n3000012345,open,2024-01-31\n3000012345,check,2024-02-01\n\
                       3000012346,open,2024-02-01\n3000012346,check,2024-02-02\n\
                       3000012347,open,2024-02-03";
        assert_eq!(roles(numbers), "Case=a Activity=b Time=c");
        let lifecycle = "case,activity,phase,time\n1,a,start,2024-01-31\n1,a,complete,2024-02-01";
        assert!(roles(lifecycle).contains("Lifecycle=phase"));
    }

    /// As a spreadsheet gives it away: 7 of 9 values are dates, one is a serial and one an error.
    #[test]
    fn a_few_values_that_are_no_dates_do_not_hide_the_time() {
        let mut rows = String::new();
        for (row, date) in DATES_OF_A_SPREADSHEET.iter().enumerate() {
            rows.push_str(&format!("\n{},{},{date},Ann", row / 3, ["a", "b", "c"][row % 3]));
        }
        let named = format!("N° d'affaire,Étape,Date de l'étape,Commercial{rows}");
        assert!(roles(&named).contains("Time=Date de l'étape"), "{}", roles(&named));
        let known = suggest(&table(&named));
        assert_eq!(known[2].reason.to_string(), "77 % of the values are dates");
        // A name that says nothing is not enough, and the reason says what is wrong with it.
        let unnamed = format!("N° d'affaire,Étape,Quand,Commercial{rows}");
        let known = suggest(&table(&unnamed));
        assert_eq!(known[2].role, ColumnRole::Attribute);
        assert_eq!(
            known[2].reason.to_string(),
            "only 77 % of its values are dates, so it is not the time"
        );
        assert_eq!(known[3].reason.to_string(), "every other column is an attribute");
    }

    const DATES_OF_A_SPREADSHEET: [&str; 11] = [
        "03/01/2024 09:15",
        "15/01/2024 14:00",
        "02/02/2024 10:00",
        "04/01/2024 11:00",
        "18/01/2024 08:30",
        "30/01/2024 17:45",
        "05/01/2024 09:00",
        "",
        "45330.4166",
        "#N/A",
        "",
    ];

    #[test]
    fn the_user_has_the_last_word() {
        let table = table("id,what,when,Activity\n1,a,2024-01-31,x\n1,b,2024-01-31,y");
        let overrides = RoleOverrides {
            activity: RoleChoice::Column("WHAT".to_owned()),
            ..RoleOverrides::default()
        };
        let (mapping, roles) = map(&table, &overrides).unwrap();
        assert_eq!(mapping.case, "id");
        let (activity, time) = ("what".to_owned(), "when".to_owned());
        assert_eq!(mapping.events, EventColumns::Row { activity, time, start: None });
        assert_eq!(mapping.attributes, [AttributeMapping::detected("Activity")]);
        assert_eq!(roles[1].reason, "named by the user");
        let unknown = RoleOverrides {
            case: RoleChoice::Column("nope".to_owned()),
            ..RoleOverrides::default()
        };
        assert_eq!(map(&table, &unknown).unwrap_err().code, ErrorCode::ColumnNotFound);
    }

    #[test]
    fn names_win_over_the_content_of_a_few_rows() {
        let rows = "\nA-1,Open,2024-01-31\nA-2,Open,2024-02-01\nA-3,Won,2024-02-02";
        let distinct = "\nA-1,Open,2024-01-31\nA-2,Won,2024-02-01";
        for (case, activity) in [
            ("N° d'affaire", "Étape"),
            ("Nº d'affaire", "Étape"),
            ("Numéro d'affaire", "Étape"),
            ("ID opportunité", "Phase"),
            ("Deal", "Stage"),
            ("Deal ID", "Deal Stage"),
            ("Record ID", "New Stage"),
            ("Opportunity ID", "Opportunity Stage"),
            ("商談ID", "フェーズ"),
            ("案件", "ステージ"),
            ("案件番号", "案件ステータス"),
            ("Affaire", "Étape de vente"),
            ("Opportunité", "Step"),
        ] {
            for rows in [rows, distinct] {
                let expected = format!("Case={case} Activity={activity} Time=Date");
                assert_eq!(roles(&format!("{case},{activity},Date{rows}")), expected);
                let turned = format!("{activity},{case},Date{}", swapped(rows));
                let expected = format!("Activity={activity} Case={case} Time=Date");
                assert_eq!(roles(&turned), expected);
            }
        }
    }

    fn swapped(rows: &str) -> String {
        let turn = |row: &str| {
            let cells: Vec<&str> = row.split(',').collect();
            format!("\n{},{},{}", cells[1], cells[0], cells[2])
        };
        rows.lines().skip(1).map(turn).collect()
    }

    #[test]
    fn a_column_named_for_the_activity_is_never_the_case() {
        let text = "x,Étape,Date\nA-1,Open,2024-01-31\nA-2,Open,2024-02-01\n\
                    A-3,Won,2024-02-02\nA-4,Open,2024-02-01\nA-5,Open,2024-02-01";
        assert_eq!(roles(text), "Activity=Étape Time=Date");
        let stages = "Deal,Old Stage,Sales Stage,Days in Stage,Date\n\
                      1,a,b,3,2024-01-31\n1,b,c,4,2024-02-01";
        assert_eq!(roles(stages), "Case=Deal Activity=Sales Stage Time=Date");
    }

    #[test]
    fn owners_are_resources() {
        let names = ["Owner", "Deal owner", "Opportunity Owner", "Propriétaire", "Edited By"];
        let more = ["Last Modified By", "User", "営業担当", "担当者"];
        for name in names.iter().chain(&more) {
            let text = format!("Deal,Stage,Date,{name}\n1,a,2024-01-31,x\n1,b,2024-02-01,y");
            assert!(roles(&text).ends_with(&format!("Resource={name}")), "{name}");
        }
    }

    #[test]
    fn roles_by_content_alone_are_noted() {
        let text = "p,q,r\n7,open,2024-01-31\n7,check,2024-02-01\n8,open,2024-02-01\n\
                    8,check,2024-02-02\n9,open,2024-02-03";
        let table_of_letters = table(text);
        let (_, found) = map(&table_of_letters, &RoleOverrides::default()).unwrap();
        assert_eq!(
            notes(&found),
            [
                "\"p\" was taken as the case by its content only; another column can be chosen.",
                "\"q\" was taken as the activity by its content only; another column can be \
                 chosen."
            ]
        );
        let told = RoleOverrides {
            case: RoleChoice::Column("p".to_owned()),
            activity: RoleChoice::Column("q".to_owned()),
            ..RoleOverrides::default()
        };
        assert_eq!(notes(&map(&table_of_letters, &told).unwrap().1), [""; 0]);
        let named = table("Deal,Stage,Date\n1,a,2024-01-31\n1,b,2024-02-01");
        assert_eq!(notes(&map(&named, &RoleOverrides::default()).unwrap().1), [""; 0]);
    }

    #[test]
    fn one_column_cannot_have_two_roles() {
        let named = RoleChoice::Column("case".to_owned());
        let overrides =
            RoleOverrides { case: named.clone(), activity: named, ..RoleOverrides::default() };
        let problem = map(&table("case,what,date\n1,a,2024-01-31"), &overrides).unwrap_err();
        assert_eq!(problem.code, ErrorCode::InvalidParameters);
        assert!(problem.to_string().contains("as \"case\" and as \"activity\""), "{problem}");
    }

    #[test]
    fn a_missing_role_is_named() {
        let problem = map(&table("a,b\nx,y"), &RoleOverrides::default()).unwrap_err();
        assert_eq!(problem.code, ErrorCode::ColumnRoleMissing);
        assert!(problem.to_string().contains("The columns are \"a\", \"b\"."));
        let serials = table("case,activity,date\n1,a,45292.5\n1,b,45293.25");
        assert!(map(&serials, &RoleOverrides::default()).is_ok());
        let off = vec![ReadingRule::SerialDates];
        let rules = ReadingRules { off, ..ReadingRules::all() };
        let as_it_stands = RoleOverrides { rules, ..RoleOverrides::default() };
        let problem = map(&serials, &as_it_stands).unwrap_err();
        let weeks = table("case,activity,date\n1,a,2026-W10\n1,b,2026-W11");
        let no_day = map(&weeks, &RoleOverrides::default()).unwrap_err();
        assert!(no_day.to_string().contains("a week is no day"), "{no_day}");
        assert!(problem.to_string().contains("serial numbers of Excel"), "{problem}");
    }
}
