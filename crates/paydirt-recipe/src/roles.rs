//! Which column is case, activity and time? Suggested from names, then from content, with the
//! reason in words. Every suggestion can be overridden.

mod lexicon;

use std::collections::HashSet;

use paydirt_model::mapping::{AttributeMapping, ColumnRole, EventMapping, RoleSuggestion};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;

use crate::dates::detect::{Purpose, date_share_per_cent, detect};
use crate::events::{column_not_found, quoted};
use crate::roles::lexicon::{
    ACTIVITY, CASE, END, INSTANCE, LIFECYCLE, RESOURCE, START, TIME, TRANSITIONS, folded,
};
use crate::scan::ColumnScan;

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

/// What the user says about the columns; everything left out is suggested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleOverrides {
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
    /// Attribute columns; all others that have no role of their own when not given.
    pub attributes: Option<Vec<AttributeMapping>>,
    /// Date format.
    pub date_format: Option<String>,
    /// IANA zone of times without an offset.
    pub time_zone: Option<String>,
}

/// Suggests a role for every column, in the order of the columns.
#[must_use]
pub fn suggest(table: &RawTable) -> Vec<RoleSuggestion> {
    let facts: Vec<Facts> = (0..table.names.len()).map(|idx| Facts::of(table, idx)).collect();
    let mut found = Finder { table, facts: &facts, taken: vec![None; facts.len()] };
    found.times();
    found.case();
    found.activity();
    found.by_name(ColumnRole::Resource, RESOURCE, |_| true);
    found.by_name(ColumnRole::Lifecycle, LIFECYCLE, |_| true);
    found.lifecycle_by_content();
    found.by_name(ColumnRole::Instance, INSTANCE, |_| true);
    let attribute = || (ColumnRole::Attribute, "every other column is an attribute".to_owned());
    facts
        .iter()
        .zip(found.taken)
        .map(|(fact, taken)| {
            let (role, reason) = taken.unwrap_or_else(attribute);
            RoleSuggestion { column: fact.name.clone(), role, reason }
        })
        .collect()
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
    let mut roles = suggest(table);
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
                known.reason = "another column was named for its role".to_owned();
            }
        }
    }
    for (role, choice) in choices {
        if let RoleChoice::Column(name) = choice {
            let idx = find_column(name, &table.names)?;
            roles[idx].role = role;
            roles[idx].reason = "named by the user".to_owned();
        }
    }
    let column_of = |role: ColumnRole| {
        roles.iter().find(|known| known.role == role).map(|known| known.column.clone())
    };
    let required = |role, what: &str, option: &str| {
        column_of(role).ok_or_else(|| role_missing(table, what, option))
    };
    let case = required(ColumnRole::Case, "case id", "--case")?;
    let activity = required(ColumnRole::Activity, "activity", "--activity")?;
    let time = required(ColumnRole::Time, "time", "--time")?;
    let start = column_of(ColumnRole::Start);
    let resource = column_of(ColumnRole::Resource);
    let lifecycle = column_of(ColumnRole::Lifecycle);
    let instance = column_of(ColumnRole::Instance);
    let attributes = match &overrides.attributes {
        Some(attributes) => {
            chosen_attributes(attributes, &table.names, &[&resource, &lifecycle, &instance])?
        }
        None => all_attributes(table, &mut roles),
    };
    let mapping = EventMapping {
        case,
        activity,
        time,
        start,
        resource,
        lifecycle,
        instance,
        attributes,
        date_format: overrides.date_format.clone(),
        time_zone: overrides.time_zone.clone(),
    };
    Ok((mapping, roles))
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
fn all_attributes(table: &RawTable, roles: &mut [RoleSuggestion]) -> Vec<AttributeMapping> {
    let names: HashSet<&str> = table.names.iter().map(String::as_str).collect();
    let mut attributes = Vec::new();
    for role in roles {
        match role.role {
            ColumnRole::Case | ColumnRole::Activity | ColumnRole::Time | ColumnRole::Start => {
                continue;
            }
            ColumnRole::Resource
            | ColumnRole::Lifecycle
            | ColumnRole::Instance
            | ColumnRole::Attribute => {}
        }
        let amount = role.column.strip_suffix(" currency").filter(|amount| names.contains(amount));
        if let Some(amount) = amount {
            role.reason = format!("its name says that it holds the currency of \"{amount}\"");
            continue;
        }
        let currency = format!("{} currency", role.column);
        let mut attribute = AttributeMapping::detected(role.column.clone());
        attribute.currency_column = names.contains(currency.as_str()).then_some(currency);
        attributes.push(attribute);
    }
    attributes
}

fn role_missing(table: &RawTable, what: &str, option: &str) -> Problem {
    let shown = quoted(&table.names);
    Problem::new(
        ErrorCode::ColumnRoleMissing,
        format!("No column could be recognised as the {what}. The columns are {shown}."),
    )
    .with_hint(format!("Name the column with {option}."))
}

fn find_column(wanted: &str, names: &[String]) -> Result<usize, Problem> {
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

/// Rows that suggestions look at.
const ROWS_MAX: usize = 10_000;
/// Values that dates are recognised by.
const DATE_SAMPLE: usize = 200;

/// What is known about a column.
struct Facts {
    name: String,
    folded: String,
    rows: usize,
    filled: usize,
    distinct: usize,
    /// Share of dates of one format, in per cent.
    date_share: usize,
    number_share: usize,
    is_lifecycle: bool,
}

impl Facts {
    fn of(table: &RawTable, column_idx: usize) -> Facts {
        let name = table.names[column_idx].clone();
        let scan = ColumnScan::new(table, column_idx);
        let mut distinct: HashSet<String> = HashSet::new();
        let (mut rows, mut filled, mut numbers) = (0, 0, 0);
        for chunk in &table.chunks {
            let column = &chunk.columns[column_idx];
            for row in 0..chunk.len().min(ROWS_MAX - rows) {
                let text = column.text(row);
                let text = text.trim();
                if text.is_empty() {
                    continue;
                }
                filled += 1;
                numbers += usize::from(text.parse::<f64>().is_ok());
                if !distinct.contains(text) {
                    distinct.insert(text.to_owned());
                }
            }
            rows = (rows + chunk.len()).min(ROWS_MAX);
        }
        let is_instant = scan.typed() == Some(paydirt_model::attribute::AttributeType::Timestamp);
        let sample = scan.sample(DATE_SAMPLE);
        let date_share = if is_instant { 100 } else { date_share_per_cent(&sample, Purpose::Role) };
        let is_transition = |text: &String| TRANSITIONS.contains(&folded(text).as_str());
        let is_lifecycle = (1..=TRANSITIONS.len()).contains(&distinct.len())
            && distinct.iter().all(is_transition)
            && distinct.iter().any(|text| text.eq_ignore_ascii_case("complete"));
        Facts {
            folded: folded(&name),
            name,
            rows,
            filled,
            distinct: distinct.len(),
            date_share,
            number_share: if filled == 0 { 0 } else { numbers * 100 / filled },
            is_lifecycle,
        }
    }

    fn is_date(&self) -> bool {
        self.date_share >= 80
    }

    fn repeats(&self) -> bool {
        self.distinct < self.filled
    }
}

/// A few wall-clock times in row order, to compare two columns.
fn times_of(table: &RawTable, column_idx: usize) -> Vec<Option<i64>> {
    let Some(chunk) = table.chunks.first() else { return Vec::new() };
    let scan = ColumnScan::new(table, column_idx).head();
    let Ok(found) = detect(&scan, Purpose::Role) else { return Vec::new() };
    let column = &chunk.columns[column_idx];
    (0..chunk.len().min(DATE_SAMPLE))
        .map(|row| found.format.parse(&column.text(row)).map(|moment| moment.local_us))
        .collect()
}

/// Hands out the roles.
struct Finder<'a> {
    table: &'a RawTable,
    facts: &'a [Facts],
    taken: Vec<Option<(ColumnRole, String)>>,
}

impl Finder<'_> {
    fn take(&mut self, idx: usize, role: ColumnRole, reason: impl Into<String>) {
        self.taken[idx] = Some((role, reason.into()));
    }

    fn has(&self, role: ColumnRole) -> bool {
        self.taken.iter().flatten().any(|(taken, _)| *taken == role)
    }

    /// The free column with the most telling name of a list; one that is blank in more than a
    /// tenth of the rows only when there is no other.
    fn named(&self, list: &[&str], fits: impl Fn(&Facts) -> bool) -> Option<usize> {
        let find = |per_cent: usize| {
            list.iter().find_map(|name| {
                (0..self.facts.len()).find(|&idx| {
                    let fact = &self.facts[idx];
                    self.taken[idx].is_none()
                        && fact.folded == *name
                        && fact.filled * 100 >= fact.rows * per_cent
                        && fits(fact)
                })
            })
        };
        find(90).or_else(|| find(0))
    }

    fn by_name(&mut self, role: ColumnRole, list: &[&str], fits: impl Fn(&Facts) -> bool) -> bool {
        match self.named(list, fits) {
            Some(idx) => {
                self.take(idx, role, name_reason(role));
                true
            }
            None => false,
        }
    }

    /// The free column whose name contains one of these words.
    fn containing(&self, words: &[&str], fits: impl Fn(&Facts) -> bool) -> Option<usize> {
        (0..self.facts.len()).find(|&idx| {
            let fact = &self.facts[idx];
            self.taken[idx].is_none()
                && words.iter().any(|word| fact.folded.contains(word))
                && fits(fact)
        })
    }

    fn times(&mut self) {
        // A name alone does not make a time: half of the values must be dates.
        let has_dates = |fact: &Facts| fact.date_share >= 50;
        let time = self.named(TIME, has_dates);
        let start = self
            .named(START, has_dates)
            .or_else(|| self.containing(&["start", "begin", "debut", "開始"], Facts::is_date));
        let end = self.named(END, has_dates).or_else(|| {
            self.containing(
                &["complet", "end", "finish", "datedefin", "終了", "完了"],
                Facts::is_date,
            )
            .filter(|end| Some(*end) != start && time.is_none())
        });
        let is_own_end =
            |end: usize| END.iter().take(3).any(|name| self.facts[end].folded == *name);
        let is_declared = |idx: usize| self.facts[idx].folded == TIME[0];
        let (time, start) = match (time, start, end) {
            // The key of XES is the time, whatever else there is.
            (Some(time), start, _) if is_declared(time) => (Some(time), start),
            (_, Some(start), Some(end)) => (Some(end), Some(start)),
            (Some(time), None, Some(end)) if is_own_end(end) && self.precedes(time, end) => {
                (Some(end), Some(time))
            }
            (Some(time), start, _) => (Some(time), start),
            (None, None, Some(end)) => (Some(end), None),
            (None, Some(start), None) => (Some(start), None),
            (None, None, None) => self.times_by_content(),
        };
        if let Some(idx) = time {
            let reason = if self.facts[idx].is_date() && self.is_named_time(idx) {
                "the name is usual for the time, and the values are dates".to_owned()
            } else {
                format!("{} % of the values are dates", self.facts[idx].date_share)
            };
            self.take(idx, ColumnRole::Time, reason);
        }
        if let Some(idx) = start {
            let reason = if START.contains(&self.facts[idx].folded.as_str()) {
                "the name is usual for the start, and the values are dates"
            } else {
                "its dates are never after those of the time"
            };
            self.take(idx, ColumnRole::Start, reason);
        }
    }

    fn is_named_time(&self, idx: usize) -> bool {
        let name = self.facts[idx].folded.as_str();
        [TIME, START, END].iter().any(|list| list.contains(&name))
    }

    /// Two columns of dates without telling names: the one that is never later is the start. One
    /// alone, or the first whose name speaks of time, is the time.
    fn times_by_content(&self) -> (Option<usize>, Option<usize>) {
        let words = ["timestamp", "time", "date", "日時", "時刻", "heure"];
        let named = self.containing(&words, Facts::is_date);
        let dates: Vec<usize> =
            (0..self.facts.len()).filter(|&idx| self.facts[idx].is_date()).collect();
        match (named, dates.as_slice()) {
            (None, &[left, right]) if self.precedes(left, right) => (Some(right), Some(left)),
            (None, &[left, right]) if self.precedes(right, left) => (Some(left), Some(right)),
            (Some(idx), _) => (Some(idx), None),
            (None, dates) => (dates.first().copied(), None),
        }
    }

    fn precedes(&self, left: usize, right: usize) -> bool {
        let pairs = times_of(self.table, left).into_iter().zip(times_of(self.table, right));
        let both: Vec<(i64, i64)> =
            pairs.filter_map(|(left, right)| Some((left?, right?))).collect();
        !both.is_empty() && both.iter().all(|(left, right)| left <= right)
    }

    fn case(&mut self) {
        let filled = |fact: &Facts| fact.filled > 0;
        let found = self
            .named(CASE, |fact| filled(fact) && (fact.repeats() || is_telling_case(&fact.folded)))
            .or_else(|| {
                self.containing(&["caseid", "case", "ケース", "案件", "dossier"], Facts::repeats)
            })
            .or_else(|| self.named(CASE, filled));
        if let Some(idx) = found {
            self.take(idx, ColumnRole::Case, name_reason(ColumnRole::Case));
            return;
        }
        let is_id = |fact: &Facts| fact.folded.ends_with("id") || fact.folded.ends_with("番号");
        let candidate = |idx: &usize| {
            let fact = &self.facts[*idx];
            self.taken[*idx].is_none()
                && !fact.is_date()
                && fact.repeats()
                && fact.distinct > 1
                && fact.distinct * 5 <= fact.filled * 4
        };
        let best = (0..self.facts.len())
            .filter(candidate)
            .max_by_key(|&idx| (is_id(&self.facts[idx]), self.facts[idx].distinct));
        if let Some(idx) = best {
            let fact = &self.facts[idx];
            let reason = format!(
                "its values look like ids that repeat: {} different ones in {} rows",
                fact.distinct, fact.filled
            );
            self.take(idx, ColumnRole::Case, reason);
        }
    }

    fn activity(&mut self) {
        let is_text = |fact: &Facts| fact.filled > 0 && !fact.is_date();
        if self.by_name(ColumnRole::Activity, ACTIVITY, is_text) {
            return;
        }
        let words = ["activit", "アクティビティ", "event", "action", "task", "step"];
        if let Some(idx) = self.containing(&words, is_text) {
            self.take(idx, ColumnRole::Activity, name_reason(ColumnRole::Activity));
            return;
        }
        let candidate = |idx: &usize| {
            let fact = &self.facts[*idx];
            self.taken[*idx].is_none()
                && is_text(fact)
                && fact.number_share < 50
                && fact.repeats()
                && fact.distinct > 1
                && !fact.is_lifecycle
                && fact.distinct <= 1_000
        };
        // Of several columns with few texts the one with the most is the activity; a column with
        // two or three is more often a flag.
        let best = (0..self.facts.len())
            .filter(candidate)
            .max_by_key(|&idx| (self.facts[idx].distinct.min(4), std::cmp::Reverse(idx)));
        if let Some(idx) = best {
            let reason =
                format!("its values are {} different texts that repeat", self.facts[idx].distinct);
            self.take(idx, ColumnRole::Activity, reason);
        }
    }

    fn lifecycle_by_content(&mut self) {
        if self.has(ColumnRole::Lifecycle) {
            return;
        }
        let found = (0..self.facts.len())
            .find(|&idx| self.taken[idx].is_none() && self.facts[idx].is_lifecycle);
        if let Some(idx) = found {
            let reason = "its values are lifecycle transitions such as start and complete";
            self.take(idx, ColumnRole::Lifecycle, reason);
        }
    }
}

/// Names that make a case id even when every value occurs but once.
fn is_telling_case(name: &str) -> bool {
    name.starts_with("case") || CASE.iter().take(16).any(|known| *known == name)
}

fn name_reason(role: ColumnRole) -> String {
    let what = match role {
        ColumnRole::Case => "case id",
        ColumnRole::Activity => "activity",
        ColumnRole::Time => "time",
        ColumnRole::Start => "start",
        ColumnRole::Resource => "resource",
        ColumnRole::Lifecycle => "lifecycle transition",
        ColumnRole::Instance => "activity instance",
        ColumnRole::Attribute => "attribute",
    };
    format!("the name is usual for the {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
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
                "Case=case:concept:name Activity=concept:name Time=time:timestamp Resource=org:resource",
            ),
            (
                "ID d'opportunité de vente,Nom de l'activité,Heure de l'événement,Employé",
                "Case=ID d'opportunité de vente Activity=Nom de l'activité Time=Heure de l'événement Resource=Employé",
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
        let lifecycle = "case,activity,phase,time\n1,a,start,2024-01-31\n1,a,complete,2024-02-01";
        assert!(roles(lifecycle).contains("Lifecycle=phase"));
    }

    #[test]
    fn the_user_has_the_last_word() {
        let table = table("id,what,when,Activity\n1,a,2024-01-31,x\n1,b,2024-01-31,y");
        let overrides = RoleOverrides {
            activity: RoleChoice::Column("WHAT".to_owned()),
            ..RoleOverrides::default()
        };
        let (mapping, roles) = map(&table, &overrides).unwrap();
        assert_eq!((mapping.case.as_str(), mapping.activity.as_str()), ("id", "what"));
        assert_eq!(mapping.attributes, [AttributeMapping::detected("Activity")]);
        assert_eq!(roles[1].reason, "named by the user");
        let unknown = RoleOverrides {
            case: RoleChoice::Column("nope".to_owned()),
            ..RoleOverrides::default()
        };
        assert_eq!(map(&table, &unknown).unwrap_err().code, ErrorCode::ColumnNotFound);
    }

    #[test]
    fn a_missing_role_is_named() {
        let problem = map(&table("a,b\nx,y"), &RoleOverrides::default()).unwrap_err();
        assert_eq!(problem.code, ErrorCode::ColumnRoleMissing);
        assert!(problem.to_string().contains("The columns are \"a\", \"b\"."));
    }
}
