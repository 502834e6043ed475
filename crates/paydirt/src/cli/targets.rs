//! `paydirt targets`: the target times of a log, and how they are kept: list, set, remove.

use std::str::FromStr;

use clap::{ArgGroup, Args};
use paydirt_app::analyse::{self, Ask, Running};
use paydirt_app::views::{self, Saved, SavedView, Target};
use paydirt_app::workspace::{LogId, ViewId, Workspace};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::{Value, json};

use super::data::DataArguments;
use super::words::word;
use super::{CANCELLED, Failure, failing, print, table, threads};

/// What `paydirt targets` takes.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("of").args(["from", "activity", "case"]),
    after_help = "A time is within its target up to and including it. Times are calendar time, \
    as the map measures them.\n\n\
    Examples:\n  \
    paydirt targets Deals                          the targets, and how they are kept\n  \
    paydirt targets Deals --from Quote --to Order --at-most 3d\n  \
    paydirt targets Deals --activity Check --at-most \"4h 30m\"   the wait for what follows\n  \
    paydirt targets Deals --activity Check --work --at-most 45m\n  \
    paydirt targets Deals --case --at-most 30d\n  \
    paydirt targets Deals --case --remove"
)]
pub(super) struct TargetsArguments {
    /// Name of the log.
    log: String,
    /// The earlier activity of a path.
    #[arg(long, value_name = "ACTIVITY", requires = "to")]
    from: Option<String>,
    /// The later activity of a path.
    #[arg(long, value_name = "ACTIVITY", requires = "from")]
    to: Option<String>,
    /// An activity: how long is waited for what follows it.
    #[arg(long, value_name = "ACTIVITY")]
    activity: Option<String>,
    /// The work in the activity, from its start to its end, instead of the wait after it.
    #[arg(long, requires = "activity")]
    work: bool,
    /// The whole case.
    #[arg(long)]
    case: bool,
    /// Set the target: the longest time, such as 3d, "2h 30m" or 1w.
    #[arg(long, value_name = "TIME", requires = "of", conflicts_with = "remove")]
    at_most: Option<Time>,
    /// Remove the target.
    #[arg(long, requires = "of")]
    remove: bool,
    /// Print the targets as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Lists the targets, sets one, or removes it.
pub(super) fn run(arguments: &TargetsArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (workspace, log) = arguments.data.open_log(&arguments.log, language).map_err(fail)?;
    let Some(target) = arguments.target() else {
        let threads = threads().map_err(fail)?;
        let rows = rows(&workspace, log, None, (threads, language)).map_err(fail)?;
        return list(&rows, arguments.json, language);
    };
    if arguments.remove {
        let known = views::target_like(&workspace, log, &target).map_err(fail)?;
        let known = known.ok_or_else(|| fail(no_target()))?;
        views::delete(&workspace, (log, ViewId(known.id)), None).map_err(fail)?;
        if arguments.json {
            return print(&format!("{}\n", json!({ "deleted": known })));
        }
        return print(&format!("{}\n", say!("The target is removed.").in_language(language)));
    }
    if arguments.at_most.is_some() {
        views::set_target(&workspace, log, target.clone()).map_err(fail)?;
    } else if views::target_like(&workspace, log, &target).map_err(fail)?.is_none() {
        return Err(fail(no_target()));
    }
    let threads = threads().map_err(fail)?;
    let rows = rows(&workspace, log, Some(&target), (threads, language)).map_err(fail)?;
    list(&rows, arguments.json, language)
}

fn no_target() -> Problem {
    Problem::new(ErrorCode::ViewNotFound, say!("There is no such target."))
        .with_hint(say!("Set it with --at-most, such as --at-most 3d."))
}

impl TargetsArguments {
    /// The target that is spoken of, if one is; its time only matters where it is set.
    fn target(&self) -> Option<Target> {
        let at_most_s = self.at_most.map_or(1, |time| time.0);
        let (from, to) = (self.from.clone(), self.to.clone());
        match (from.zip(to), self.activity.clone()) {
            (Some((from, to)), _) => Some(Target::Path { from, to, at_most_s }),
            (None, Some(activity)) if self.work => Some(Target::Work { activity, at_most_s }),
            (None, Some(activity)) => Some(Target::Wait { activity, at_most_s }),
            (None, None) => self.case.then_some(Target::Case { at_most_s }),
        }
    }
}

/// A target and how it is kept in the current version, where there is one.
struct Row {
    saved: SavedView,
    figures: Option<Value>,
}

/// All targets of a log, or the one for the same as another.
fn rows(
    workspace: &Workspace,
    log: LogId,
    only: Option<&Target>,
    (threads, language): (usize, Language),
) -> Result<Vec<Row>, Problem> {
    let saved = match only {
        Some(target) => views::target_like(workspace, log, target)?.into_iter().collect(),
        None => views::all(workspace, log)?,
    };
    let targets: Vec<(SavedView, Target)> = saved
        .into_iter()
        .filter_map(|saved| match &saved.saved {
            Saved::Target { target } => Some((saved.clone(), target.clone())),
            Saved::View { .. } | Saved::Filters { .. } => None,
        })
        .collect();
    let asked: Vec<&Target> = targets.iter().map(|(_, target)| target).collect();
    let mut figures: Vec<Option<Value>> = vec![None; targets.len()];
    if !asked.is_empty() && workspace.log(log)?.current.is_some() {
        let number = workspace.resolve(log, None)?;
        let ask = Ask {
            question: "targets".to_owned(),
            params: json!({ "targets": asked }),
            filters: Vec::new(),
            group_by: None,
            language,
        };
        let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
        let which = (log, number, CaseNotion::Main);
        let answer = analyse::ask_stored(workspace, which, &ask, running)?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| {
            let detail = say!("The answer cannot be read: {error}.", error = error.to_string());
            Problem::new(ErrorCode::Internal, detail)
        })?;
        let rows = answer["targets"].as_array().into_iter().flatten();
        figures = rows.map(|row| Some(row.clone())).collect();
    }
    let rows = targets.into_iter().zip(figures);
    Ok(rows.map(|((saved, _), figures)| Row { saved, figures }).collect())
}

fn list(rows: &[Row], is_json: bool, language: Language) -> Result<(), Failure> {
    if is_json {
        let told = |row: &Row| {
            let mut told = json!(row.saved);
            told["figures"] = row.figures.clone().unwrap_or(Value::Null);
            told["figures"].as_object_mut().map(|figures| figures.remove("target"));
            told
        };
        let targets: Vec<Value> = rows.iter().map(told).collect();
        return print(&format!("{}\n", json!({ "targets": targets })));
    }
    if rows.is_empty() {
        let none = say!("No target is set for this log yet; --at-most sets one.");
        return print(&format!("{}\n", none.in_language(language)));
    }
    let columns = ["number", "target", "at most", "within", "share", "cases over"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let lines: Vec<Vec<String>> = rows.iter().map(|row| line(row, language)).collect();
    print(&table::render(&columns, &lines, 0))
}

fn line(row: &Row, language: Language) -> Vec<String> {
    let (what, at_most_s) = match &row.saved.saved {
        Saved::Target { target } => (name_of(target, language), target.at_most_s()),
        Saved::View { .. } | Saved::Filters { .. } => (row.saved.name.clone(), 0),
    };
    let time = table::duration(at_most_s as f64, language);
    let head = vec![row.saved.id.to_string(), what, time];
    let Some(figures) = &row.figures else {
        return [head, vec!["–".to_owned(); 3]].concat();
    };
    let missing: Vec<String> = figures["missing"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    if !missing.is_empty() {
        let gone = say!("the log has no {missing}", missing);
        let gone = gone.in_language(language);
        return [head, vec![gone, "–".to_owned(), "–".to_owned()]].concat();
    }
    let count = |name: &str| figures[name].as_u64().unwrap_or_default();
    let (within, measured) = (count("within"), count("measured"));
    let within = say!("{count} of {all}", count = within, all = measured).in_language(language);
    let share = figures["share"].as_f64();
    let share = share.map_or("–".to_owned(), |share| table::percent(share, language));
    let over = say!("{count} of {all}", count = count("cases_over"), all = count("cases"));
    [head, vec![within, share, over.in_language(language)]].concat()
}

fn name_of(target: &Target, language: Language) -> String {
    let name = match target.clone() {
        Target::Path { from, to, .. } => say!("{from} → {to}", from, to),
        Target::Wait { activity, .. } => say!("wait after {activity}", activity),
        Target::Work { activity, .. } => say!("work in {activity}", activity),
        Target::Case { .. } => say!("whole case"),
    };
    name.in_language(language)
}

/// A time in whole seconds, as a person writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time(u64);

/// What a person writes for a unit, and its seconds.
const UNITS: &[(&[&str], i128)] = &[
    (&["s", "sec", "second", "seconds"], 1),
    (&["m", "min", "minute", "minutes"], 60),
    (&["h", "hour", "hours"], 3_600),
    (&["d", "day", "days"], 86_400),
    (&["w", "week", "weeks"], 604_800),
];

impl FromStr for Time {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        seconds(text).map(Time).ok_or("write a time such as 3d, \"2h 30m\" or 1.5h")
    }
}

/// Numbers, each with its unit; `None` for anything else, and for no whole seconds.
fn seconds(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let mut sum: i128 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?;
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let letters = after.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let unit = unit.to_lowercase();
        let (_, unit_s) = UNITS.iter().find(|(names, _)| names.contains(&unit.as_str()))?;
        let number = Decimal::parse(number)?;
        let scale = 10_i128.checked_pow(u32::from(number.scale))?;
        let parts = number.mantissa.checked_mul(*unit_s)?;
        sum = sum.checked_add((parts % scale == 0).then_some(parts / scale)?)?;
        rest = after.trim_start();
    }
    u64::try_from(sum).ok().filter(|&sum| sum > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("3d", 259_200),
            ("2h 30m", 9_000),
            ("2h30min", 9_000),
            ("1.5 hours", 5_400),
            ("1w 1 day", 691_200),
            ("90 s", 90),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "3", "d", "3 moons", "-1d", "0d", "0.3s", "1.2.3d", "3d x"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
