//! What does a table of a library file say? Every mistake is noted with its line and with what was
//! expected, and the rest is read all the same.

use std::cell::RefCell;

use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::library::choice::Choice;
use crate::library::similar::nearest;
use crate::library::texts::Texts;

/// A file that is being read, with the mistakes found in it.
pub(crate) struct File<'f> {
    pub(crate) name: &'f str,
    line_starts: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'f> File<'f> {
    pub(crate) fn new(name: &'f str, text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        File { name, line_starts, problems: RefCell::default() }
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> u64 {
        self.line_starts.partition_point(|start| *start <= at) as u64
    }

    pub(crate) fn place(&self, at: usize) -> FilePlace {
        FilePlace { file: self.name.to_owned(), line: self.line(at) }
    }

    pub(crate) fn note(&self, at: usize, detail: Sentence, hint: Option<Sentence>) {
        self.problems.borrow_mut().push(self.place(at).problem(detail, hint));
    }

    /// Notes that a value is not what it must be.
    pub(crate) fn wrong(&self, field: &str, at: usize, expected: Expected) {
        let expected = expected.sentence();
        self.note(at, say!("\"{field}\" must be {expected}.", field, expected), None);
    }

    /// Notes the lines that are no TOML, and says where they are.
    pub(crate) fn note_broken(&self, errors: &[toml::de::Error]) -> Vec<usize> {
        let mut broken = Vec::new();
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            broken.push(at);
            let message = error.message().to_owned();
            self.note(
                at,
                say!("The line is not written as TOML has it: {message}.", message),
                Some(say!("What could be read of the file is used; mend the line.")),
            );
        }
        broken
    }

    pub(crate) fn note_at(&self, place: &FilePlace, detail: Sentence) {
        self.problems.borrow_mut().push(place.problem(detail, None));
    }

    /// The mistakes. Of a line that could not be read, the first one is told: others follow from
    /// it.
    pub(crate) fn into_problems(self, broken: &[usize]) -> Vec<Problem> {
        let mut open: Vec<u64> = broken.iter().map(|at| self.line(*at)).collect();
        let lines = open.clone();
        let mut problems = self.problems.into_inner();
        problems.retain(|problem| {
            let Some(row) = problem.place.row.filter(|row| lines.contains(row)) else {
                return true;
            };
            let place = open.iter().position(|line| *line == row);
            place.map(|place| open.remove(place)).is_some()
        });
        problems
    }
}

/// A line of a library file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePlace {
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl FilePlace {
    pub(crate) fn problem(&self, detail: Sentence, hint: Option<Sentence>) -> Problem {
        let problem = Problem::new(ErrorCode::LibraryMistake, detail)
            .in_file(self.file.clone())
            .at_row(self.line);
        match hint {
            Some(hint) => problem.with_hint(hint),
            None => problem,
        }
    }
}

/// Something written in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) place: FilePlace,
}

/// What a field must hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    Text,
    Whole,
    Number,
    Flag,
    Day,
    Clock,
    Zone,
    List,
    Lists,
    Languages,
    Table,
    Tables,
}

impl Expected {
    pub(crate) fn sentence(self) -> Sentence {
        match self {
            Expected::Text => say!("a text in quotes"),
            Expected::Whole => say!("a whole number"),
            Expected::Number => say!("a number, such as 0.15"),
            Expected::Flag => say!("true or false"),
            Expected::Day => say!("a day in quotes, such as \"2025-12-31\""),
            Expected::Clock => say!("a time of day in quotes, such as \"09:00\""),
            Expected::Zone => say!("a time zone in quotes, such as \"Europe/Paris\""),
            Expected::List => say!("a list of texts, such as [\"a\", \"b\"]"),
            Expected::Lists => say!("a list of lists of texts, such as [[\"a\", \"b\"], [\"c\"]]"),
            Expected::Languages => {
                say!("a text in each language, such as {example}", example = LANGUAGES_EXAMPLE)
            }
            Expected::Table => say!("a table"),
            Expected::Tables => say!("a list of tables"),
        }
    }
}

const LANGUAGES_EXAMPLE: &str = "{ en = \"…\", fr = \"…\", ja = \"…\" }";

/// One table of a file; remembers which fields were asked for, so that others are found.
pub(crate) struct Entry<'f> {
    pub(crate) file: &'f File<'f>,
    table: &'f DeTable<'f>,
    at: usize,
    asked: RefCell<Vec<&'static str>>,
}

impl<'f> Entry<'f> {
    pub(crate) fn new(file: &'f File<'f>, table: &'f DeTable<'f>, at: usize) -> Self {
        Entry { file, table, at, asked: RefCell::default() }
    }

    fn found(&self, field: &'static str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.asked.borrow_mut().push(field);
        let mut fields = self.table.iter();
        fields.find(|(name, _)| name.get_ref() == field).map(|(_, value)| value)
    }

    /// A value of any type.
    pub(crate) fn raw(&self, field: &'static str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.found(field)
    }

    /// A text without looking whether it is right.
    pub(crate) fn peek(&self, field: &'static str) -> Option<&'f str> {
        self.found(field)?.get_ref().as_str()
    }

    fn wrong(&self, field: &str, at: usize, expected: Expected) {
        self.file.wrong(field, at, expected);
    }

    /// Notes that something is wrong with this table.
    pub(crate) fn note(&self, detail: Sentence, hint: Option<Sentence>) {
        self.file.note(self.at, detail, hint);
    }

    pub(crate) fn place(&self) -> FilePlace {
        self.file.place(self.at)
    }

    /// Where a field is; the table itself where it is not there.
    pub(crate) fn placed(&self, field: &'static str) -> FilePlace {
        let at = self.found(field).map_or(self.at, |value| value.span().start);
        self.file.place(at)
    }

    /// The value of a required field, else the one that is known already; else a mistake.
    pub(crate) fn required<T>(&self, field: &str, given: Option<T>, known: Option<T>) -> Option<T> {
        let value = given.or(known);
        // A field that is there but wrong has been noted already.
        if value.is_none() && !self.table.iter().any(|(name, _)| name.get_ref() == field) {
            self.note(say!("The field \"{field}\" is missing.", field), None);
        }
        value
    }

    pub(crate) fn placed_text(&self, field: &'static str) -> Option<Placed<String>> {
        let value = self.found(field)?;
        let at = value.span().start;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.file.note(at, say!("\"{field}\" is empty.", field), None);
                None
            }
            Some(text) => Some(Placed { value: text.to_owned(), place: self.file.place(at) }),
            None => {
                self.wrong(field, at, Expected::Text);
                None
            }
        }
    }

    pub(crate) fn text(&self, field: &'static str) -> Option<String> {
        self.placed_text(field).map(|placed| placed.value)
    }

    /// A key: letters, digits and hyphens, so that it can stand in addresses and file names.
    pub(crate) fn key(&self, field: &'static str) -> Option<String> {
        let text = self.placed_text(field);
        let Placed { value, place } = self.required(field, text, None)?;
        let is_of_key = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
        if value.starts_with(|one: char| one.is_ascii_alphanumeric())
            && value.chars().all(is_of_key)
        {
            return Some(value);
        }
        let detail = say!(
            "\"{value}\" cannot be a key: expected letters from a to z, digits and hyphens.",
            value
        );
        self.file.note_at(&place, detail);
        None
    }

    pub(crate) fn whole(&self, field: &'static str) -> Option<i64> {
        let value = self.found(field)?;
        let whole = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if whole.is_none() {
            self.wrong(field, value.span().start, Expected::Whole);
        }
        whole
    }

    pub(crate) fn flag(&self, field: &'static str) -> Option<bool> {
        let value = self.found(field)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(field, value.span().start, Expected::Flag);
        }
        flag
    }

    pub(crate) fn choice<C: Choice>(&self, field: &'static str) -> Option<C> {
        let Placed { value, place } = self.placed_text(field)?;
        let choice = self.word(field, &value);
        choice
            .map_err(|detail| {
                self.file.note_at(&place, detail);
            })
            .ok()
    }

    pub(crate) fn choices<C: Choice>(&self, field: &'static str) -> Option<Vec<C>> {
        let words = self.list(field)?;
        let mut chosen = Vec::new();
        for Placed { value, place } in words {
            match self.word(field, &value) {
                Ok(choice) => chosen.push(choice),
                Err(detail) => {
                    self.file.note_at(&place, detail);
                }
            }
        }
        Some(chosen)
    }

    fn word<C: Choice>(&self, field: &str, value: &str) -> Result<C, Sentence> {
        C::of_word(value).ok_or_else(|| {
            let known: Vec<&str> = C::WORDS.iter().map(|(word, _)| *word).collect();
            say!(
                "\"{value}\" is not known for \"{field}\". Expected one of: {known}.",
                value,
                field,
                known
            )
        })
    }

    /// A list of texts, each with its line.
    pub(crate) fn list(&self, field: &'static str) -> Option<Vec<Placed<String>>> {
        let value = self.found(field)?;
        let list = self.list_of(value);
        if list.is_none() {
            self.wrong(field, value.span().start, Expected::List);
        }
        list
    }

    fn list_of(&self, value: &Spanned<DeValue<'f>>) -> Option<Vec<Placed<String>>> {
        let items = value.get_ref().as_array()?.iter();
        let placed = |item: &Spanned<DeValue<'f>>| {
            let text = item.get_ref().as_str()?.to_owned();
            Some(Placed { value: text, place: self.file.place(item.span().start) })
        };
        items.map(placed).collect()
    }

    /// A list of texts without their lines.
    pub(crate) fn plain_list(&self, field: &'static str) -> Option<Vec<String>> {
        Some(self.list(field)?.into_iter().map(|placed| placed.value).collect())
    }

    /// A list of lists of texts.
    pub(crate) fn lists(&self, field: &'static str) -> Option<Vec<Vec<Placed<String>>>> {
        let value = self.found(field)?;
        let items = value.get_ref().as_array();
        let lists = items.and_then(|items| items.iter().map(|one| self.list_of(one)).collect());
        if lists.is_none() {
            self.wrong(field, value.span().start, Expected::Lists);
        }
        lists
    }

    /// A text in every language, completed by the one that is known already.
    pub(crate) fn texts(&self, field: &'static str, known: Option<&Texts>) -> Option<Texts> {
        let Some(value) = self.found(field) else { return known.cloned() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(field, value.span().start, Expected::Languages);
            return known.cloned();
        };
        // Where the languages are written below each other, the span of the table says nothing.
        let first = table.iter().map(|(name, _)| name.span().start).min();
        let at = first.unwrap_or(value.span().start);
        let inner = Entry::new(self.file, table, at);
        let mut texts = known.cloned().unwrap_or_default();
        let codes = ["en", "fr", "ja"];
        for (language, code) in Language::ALL.into_iter().zip(codes) {
            if let Some(text) = inner.text(code) {
                *texts.get_mut(language) = text;
            }
        }
        inner.finish();
        self.complete(field, at, texts)
    }

    /// The texts, with the first one there is in place of those that are missing.
    fn complete(&self, field: &str, at: usize, mut texts: Texts) -> Option<Texts> {
        let shown = texts.each().next().map(|(_, text)| text.to_owned())?;
        for language in Language::ALL {
            if texts.get(language).is_empty() {
                let code = language.code();
                let example = format!("{field}.{code} = \"…\"");
                let detail = say!(
                    "\"{field}\" has no text for the language \"{code}\"; \"{shown}\" is shown \
                     instead.",
                    field,
                    code,
                    shown = shown.as_str()
                );
                let hint = say!("Write a line such as {example}.", example);
                self.file.note(at, detail, Some(hint));
                texts.get_mut(language).clone_from(&shown);
            }
        }
        Some(texts)
    }

    /// A table within this one.
    pub(crate) fn table(&self, field: &'static str) -> Option<Entry<'f>> {
        let value = self.found(field)?;
        let at = value.span().start;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(field, at, Expected::Table);
        }
        Some(Entry::new(self.file, table?, at))
    }

    /// The whole numbers of a table within this one, by name.
    pub(crate) fn wholes(&self, field: &'static str) -> Option<Vec<(String, i64)>> {
        let inner = self.table(field)?;
        let mut numbers = Vec::new();
        for (name, value) in inner.table {
            let whole = value
                .get_ref()
                .as_integer()
                .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
            match whole {
                Some(whole) => numbers.push((name.get_ref().to_string(), whole)),
                None => inner.wrong(name.get_ref(), value.span().start, Expected::Whole),
            }
        }
        Some(numbers)
    }

    /// The texts of a table within this one, by name.
    pub(crate) fn words(&self, field: &'static str) -> Option<Vec<(String, String)>> {
        let inner = self.table(field)?;
        let mut words = Vec::new();
        for (name, value) in inner.table {
            match value.get_ref().as_str() {
                Some(text) => words.push((name.get_ref().to_string(), text.to_owned())),
                None => inner.wrong(name.get_ref(), value.span().start, Expected::Text),
            }
        }
        Some(words)
    }

    /// The tables of a list of tables, in the order of the file.
    pub(crate) fn tables(&self, field: &'static str) -> Vec<Entry<'f>> {
        let Some(value) = self.found(field) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(field, value.span().start, Expected::Tables);
            return Vec::new();
        };
        let mut entries = Vec::new();
        for item in items.iter() {
            let at = item.span().start;
            match item.get_ref().as_table() {
                Some(table) => entries.push(Entry::new(self.file, table, at)),
                None => self.wrong(field, at, Expected::Tables),
            }
        }
        entries
    }

    /// Notes the fields that nobody has asked for.
    pub(crate) fn finish(&self) {
        let asked = self.asked.borrow();
        for (name, _) in self.table {
            let field = name.get_ref().as_ref();
            if asked.contains(&field) {
                continue;
            }
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let near = nearest(field, known.iter().copied());
            let hint = near.map(|near| say!("Did you mean \"{near}\"?", near));
            let detail =
                say!("\"{field}\" is not a field here. The fields are: {known}.", field, known);
            self.file.note(name.span().start, detail, hint);
        }
    }
}
