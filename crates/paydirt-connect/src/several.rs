//! Which of several files are read? The one that is meant, or all of them where they are parts of
//! one table.

use std::collections::BTreeSet;

use paydirt_model::mapping::{ChoiceKind, ChoiceOption, ReadingChoice};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::input::Input;
use crate::several_tables;
use crate::source::{
    Content, HeaderChoice, Part, PartHead, ReadOptions, SourceFormat, SourceReport, TextOptions,
    TitleChoice, is_foreign_archive, read_input, recognize,
};
use crate::sources::{csv, excel, parquet, zip};

/// What holds the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    Archive,
    Folder,
}

/// One of the files.
pub(crate) struct Member<'a> {
    /// Its name in the whole, folders before it, with `/` between them.
    pub(crate) name: String,
    pub(crate) input: Result<Input<'a>, Problem>,
}

/// A file whose format is known.
pub(crate) struct Readable<'a> {
    pub(crate) name: String,
    pub(crate) input: Input<'a>,
    pub(crate) format: &'static SourceFormat,
    /// The names of its columns, where it can be part of a table.
    pub(crate) shape: Option<Vec<String>>,
}

/// Why a file is not read.
enum NotRead {
    /// It is no data by its kind, or there is nothing in it.
    NoData(Problem),
    /// It may hold data, and cannot be opened.
    Unreadable(Problem),
}

/// Most names in a sentence or a choice.
const NAMES_MAX: usize = 50;

/// Reads what is meant.
pub(crate) fn read(
    whole: Whole,
    members: Vec<Member<'_>>,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    if let Some(wanted) = options.member {
        return read_wanted(whole, members, wanted, options);
    }
    let mut left_out = Vec::new();
    let mut unreadable = None;
    let mut readable = Vec::new();
    for member in members {
        options.check_cancelled()?;
        let name = member.name.clone();
        match known(member, options) {
            Ok(known) => readable.push(known),
            Err(NotRead::NoData(problem)) => left_out.push((name, problem)),
            Err(NotRead::Unreadable(problem)) if problem.code == ErrorCode::Cancelled => {
                return Err(problem);
            }
            Err(NotRead::Unreadable(problem)) => {
                unreadable.get_or_insert(match problem.place.file {
                    Some(_) => problem,
                    None => problem.in_file(name),
                });
            }
        }
    }
    if let Some(problem) = unreadable {
        return incomplete(problem, &readable);
    }
    leave_texts_out(&mut readable, &mut left_out);
    let content = match readable.len() {
        0 => return Err(nothing(whole, left_out)),
        1 => {
            let only = readable.remove(0);
            let reading = of_whole(whole, &only.name);
            let content =
                several_tables::with_keys(read_known(&only, options)?, &only.name, options)?;
            with_reading(content, reading)
        }
        _ if are_one_table(&readable) => {
            let choice = choice(&readable, None);
            let mut content = several_tables::read(&readable, options)?;
            report_of(&mut content).choices.insert(0, choice);
            content
        }
        _ => match parts(&readable, options)? {
            Some(content) => content,
            None => undecided(whole, &readable),
        },
    };
    Ok(with_left_out(content, &left_out))
}

/// The files that are parts of one import, each read with a header; nothing where they are none.
/// Files with nothing but a header are parts without rows.
fn parts(readable: &[Readable<'_>], options: &ReadOptions<'_>) -> Result<Option<Content>, Problem> {
    let text = &options.text;
    let is_usual = text.header == HeaderChoice::Detect && text.titles == TitleChoice::Skip;
    let Some(choose) = options.parts.filter(|_| is_usual) else { return Ok(None) };
    let text = TextOptions { header: HeaderChoice::FirstRow, ..options.text };
    let first_row = ReadOptions { text, parts: None, ..*options };
    let mut columns = Vec::with_capacity(readable.len());
    for file in readable.iter() {
        let shape = file.format.shape.map(|shape| shape(&file.input, &first_row));
        columns.push(shape.transpose()?.flatten().unwrap_or_default());
    }
    let heads: Vec<PartHead<'_>> = readable
        .iter()
        .zip(&columns)
        .map(|(file, columns)| PartHead { name: &file.name, columns })
        .collect();
    let chosen = choose(&heads);
    if chosen.is_empty() {
        return Ok(None);
    }
    let mut report = SourceReport::of(zip::FORMAT.name);
    report.choices.push(choice(readable, None));
    let others = readable.iter().enumerate().filter(|(idx, _)| !chosen.contains(idx));
    let others: Vec<&str> = others.map(|(_, file)| file.name.as_str()).take(NAMES_MAX).collect();
    if !others.is_empty() {
        report.notes.push(say!(
            "{count} {count|file is|files are} no part of the import and {count|was|were} left \
             out: {names}",
            count = readable.len() - chosen.len(),
            names = others
        ));
    }
    let total: u64 = chosen.iter().map(|&idx| readable[idx].input.byte_count()).sum();
    let mut done = 0;
    let mut parts = Vec::with_capacity(chosen.len());
    for idx in chosen {
        let file = &readable[idx];
        let own = file.input.byte_count();
        let told = |part: u64, whole: u64| {
            let part = u128::from(part) * u128::from(own) / u128::from(whole.max(1));
            (options.progress)(done + u64::try_from(part).unwrap_or(own).min(own), total);
        };
        let part = read_part(file, &columns[idx], &ReadOptions { progress: &told, ..first_row })?;
        parts.push(part);
        done += own;
    }
    Ok(Some(Content::Parts { parts, report }))
}

fn read_part(
    file: &Readable<'_>,
    columns: &[String],
    options: &ReadOptions<'_>,
) -> Result<Part, Problem> {
    let (table, report) = match read_known(file, options) {
        Ok(Content::Table { table, report }) => (table, report),
        Ok(Content::Undecided { problem, .. }) => return Err(problem),
        Err(problem) if problem.code == ErrorCode::NothingUsable => {
            let table = RawTable { names: columns.to_vec(), chunks: Vec::new() };
            (table, SourceReport::of(file.format.name))
        }
        Err(problem) => return Err(problem),
        Ok(Content::Parts { .. } | Content::Events { .. }) => {
            unreachable!("a file with named columns is one table")
        }
    };
    Ok(Part { name: file.name.clone(), table, report })
}

/// A file with its format and the names of its columns.
fn known<'a>(member: Member<'a>, options: &ReadOptions<'_>) -> Result<Readable<'a>, NotRead> {
    let mut file = recognized(member)?;
    if let Some(shape) = file.format.shape {
        file.shape = shape(&file.input, options).map_err(|problem| match problem.code {
            ErrorCode::NothingUsable => NotRead::NoData(problem),
            _ => NotRead::Unreadable(problem),
        })?;
    }
    Ok(file)
}

/// A file with its format.
fn recognized(member: Member<'_>) -> Result<Readable<'_>, NotRead> {
    let input = member.input.map_err(NotRead::Unreadable)?;
    let format = recognize(&input).map_err(|problem| {
        let is_packed = input.sniff(16).is_ok_and(|head| is_foreign_archive(&head));
        match problem.code {
            ErrorCode::NothingUsable => NotRead::NoData(problem),
            ErrorCode::UnknownFormat if !is_packed => NotRead::NoData(problem),
            _ => NotRead::Unreadable(problem),
        }
    })?;
    if format.name == zip::FORMAT.name {
        let detail = say!("This is a ZIP archive within another archive.");
        let problem = Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Unpack the outer archive and name the inner one."));
        return Err(NotRead::Unreadable(problem));
    }
    Ok(Readable { name: member.name, input, format, shape: None })
}

/// Nothing is read while a file that may belong to the rest cannot be: one of the others alone is.
fn incomplete(problem: Problem, readable: &[Readable<'_>]) -> Result<Content, Problem> {
    if readable.is_empty() {
        return Err(problem);
    }
    let hint = problem.hint.clone().unwrap_or_else(|| say!("Copy or download the file again."));
    let problem =
        problem.with_hint(say!("{hint} One of the other files can also be read alone.", hint));
    let mut report = SourceReport::of(zip::FORMAT.name);
    report.choices.push(choice(readable, None));
    Ok(Content::Undecided { problem, report })
}

/// A text without columns beside tables tells about them, and is none.
fn leave_texts_out(readable: &mut Vec<Readable<'_>>, left_out: &mut Vec<(String, Problem)>) {
    let is_table = |it: &Readable<'_>| it.shape.as_ref().is_none_or(|names| names.len() > 1);
    if !readable.iter().any(is_table) {
        return;
    }
    for text in readable.extract_if(.., |it| !is_table(it)) {
        let problem = Problem::new(ErrorCode::NothingUsable, say!("The file has one column only."));
        left_out.push((text.name, problem));
    }
}

/// Reads the file of a name, or of the one that has this name in some folder.
fn read_wanted(
    whole: Whole,
    members: Vec<Member<'_>>,
    wanted: &str,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let last = |member: &Member<'_>| member.name.rsplit('/').next() == Some(wanted);
    let exact = members.iter().position(|member| member.name == wanted);
    let found = exact.or_else(|| {
        let mut found = members.iter().enumerate().filter(|(_, member)| last(member));
        found.next().map(|(idx, _)| idx).filter(|_| found.next().is_none())
    });
    let Some(found) = found else {
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        let names = &names[..names.len().min(NAMES_MAX)];
        let detail = match whole {
            Whole::Archive => {
                say!("The archive has no file \"{wanted}\". It has {names}.", wanted, names)
            }
            Whole::Folder => {
                say!("The folder has no file \"{wanted}\". It has {names}.", wanted, names)
            }
        };
        let problem = Problem::new(ErrorCode::MemberNotFound, detail)
            .in_parameter("member")
            .with_hint(say!("Choose one of these files."));
        let readable = members.into_iter().filter_map(|member| recognized(member).ok());
        let mut report = SourceReport::of(zip::FORMAT.name);
        report.choices.push(choice(&readable.collect::<Vec<_>>(), None));
        return Ok(Content::Undecided { problem, report });
    };
    let mut readable = Vec::new();
    let mut chosen = None;
    for (idx, member) in members.into_iter().enumerate() {
        match recognized(member) {
            Ok(known) => {
                chosen = if idx == found { Some(readable.len()) } else { chosen };
                readable.push(known);
            }
            Err(NotRead::NoData(problem) | NotRead::Unreadable(problem)) if idx == found => {
                return Err(problem);
            }
            Err(_) => {}
        }
    }
    let chosen = &readable[chosen.expect("the file was found and is known, or its problem told")];
    let choice = choice(&readable, Some(&chosen.name));
    let reading = of_whole(whole, &chosen.name);
    let content = several_tables::with_keys(read_known(chosen, options)?, &chosen.name, options)?;
    let mut content = with_reading(content, reading);
    report_of(&mut content).choices.insert(0, choice);
    Ok(content)
}

/// Reads one of the files.
pub(crate) fn read_known(
    file: &Readable<'_>,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    read_input(&file.input, file.format, options)
}

/// Whether the files are parts of one table: texts or workbooks with the same columns, or Parquet
/// files that have at least half of all columns in common.
fn are_one_table(readable: &[Readable<'_>]) -> bool {
    let format = readable[0].format.name;
    let mut all = BTreeSet::new();
    let mut common: Option<BTreeSet<&str>> = None;
    for file in readable {
        let Some(shape) = file.shape.as_ref().filter(|_| file.format.name == format) else {
            return false;
        };
        let names: BTreeSet<&str> = shape.iter().map(String::as_str).collect();
        all.extend(names.iter().copied());
        common = Some(match common {
            None => names,
            Some(common) => common.intersection(&names).copied().collect(),
        });
    }
    let common = common.map_or(0, |common| common.len());
    match format {
        _ if format == csv::FORMAT.name || format == excel::FORMAT.name => common == all.len(),
        _ if format == parquet::FORMAT.name => 2 * common >= all.len(),
        _ => false,
    }
}

fn choice(readable: &[Readable<'_>], chosen: Option<&str>) -> ReadingChoice {
    let option = |file: &Readable<'_>| ChoiceOption {
        name: file.name.clone(),
        about: say!(
            "{format}, {count} {count|byte|bytes}",
            format = (file.format.label)(),
            count = file.input.byte_count()
        ),
    };
    ReadingChoice {
        kind: ChoiceKind::Member,
        chosen: chosen.map(str::to_owned),
        options: readable.iter().take(NAMES_MAX).map(option).collect(),
    }
}

fn undecided(whole: Whole, readable: &[Readable<'_>]) -> Content {
    let names: Vec<&str> = readable.iter().take(NAMES_MAX).map(|it| it.name.as_str()).collect();
    let count = readable.len();
    let detail = match whole {
        Whole::Archive => say!(
            "The archive has {count} files that are not parts of one table: {names}.",
            count,
            names
        ),
        Whole::Folder => say!(
            "The folder has {count} files that are not parts of one table: {names}.",
            count,
            names
        ),
    };
    let problem = Problem::new(ErrorCode::MemberNotChosen, detail)
        .in_parameter("member")
        .with_hint(say!("Choose the file with the events."));
    let mut report = SourceReport::of(zip::FORMAT.name);
    report.choices.push(choice(readable, None));
    Content::Undecided { problem, report }
}

/// Nothing can be read: why, where there is one file alone.
fn nothing(whole: Whole, mut left_out: Vec<(String, Problem)>) -> Problem {
    if left_out.len() == 1 {
        return left_out.remove(0).1;
    }
    let detail = match (whole, left_out.is_empty()) {
        (Whole::Archive, true) => say!("The archive holds no file."),
        (Whole::Folder, true) => say!("The folder holds no file."),
        (_, false) => {
            let reasons = reasons(&left_out);
            say!("None of the files can be read: {reasons}", reasons)
        }
    };
    Problem::new(ErrorCode::NothingUsable, detail)
        .with_hint(say!("Name a file with events, or an archive or a folder that holds one."))
}

fn reasons(left_out: &[(String, Problem)]) -> Vec<Sentence> {
    let shown = left_out.iter().take(NAMES_MAX);
    shown.map(|(name, problem)| say!("\"{name}\": {why}", name, why = problem.detail)).collect()
}

fn of_whole(whole: Whole, name: &str) -> Sentence {
    match whole {
        Whole::Archive => say!("of the archive, the file \"{name}\"", name),
        Whole::Folder => say!("of the folder, the file \"{name}\"", name),
    }
}

fn with_reading(mut content: Content, reading: Sentence) -> Content {
    report_of(&mut content).readings.insert(0, reading);
    content
}

fn with_left_out(mut content: Content, left_out: &[(String, Problem)]) -> Content {
    if !left_out.is_empty() {
        let reasons = reasons(left_out);
        report_of(&mut content).notes.push(say!(
            "{count} {count|file was|files were} left out: {reasons}",
            count = left_out.len(),
            reasons
        ));
    }
    content
}

pub(crate) fn report_of(content: &mut Content) -> &mut SourceReport {
    match content {
        Content::Table { report, .. }
        | Content::Parts { report, .. }
        | Content::Events { report, .. }
        | Content::Undecided { report, .. } => report,
    }
}
