//! What does a process look like in general: its attributes and activities in three languages, the
//! data templates of systems, rules of data quality, and which figure needs which data?
//!
//! All of it is text in TOML files, and this is the one reader of them. What is wrong in a file is
//! a problem with file and line, and the rest is read all the same.

pub mod activities;
pub mod attributes;
pub(crate) mod choice;
pub mod chosen;
pub mod coverage;
pub mod documents;
pub(crate) mod entry;
pub mod formula;
pub mod names;
pub mod process;
pub mod quality;
mod reading;
pub mod settings;
pub(crate) mod similar;
pub mod templates;
pub mod terms;
pub mod texts;
pub mod values;
pub mod workbook;

use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use toml::de::DeTable;
use utoipa::ToSchema;

use crate::folding::folded;
use crate::library::activities::Activity;
use crate::library::attributes::{Attribute, LogRole};
use crate::library::coverage::{CoverageRow, Figure};
use crate::library::documents::{Sheet, SheetColumn, ValueList};
use crate::library::entry::{Entry, File};
use crate::library::names::{NameIndex, Recognised};
use crate::library::process::Process;
use crate::library::quality::QualityRule;
use crate::library::reading::{Reading, Subject};
use crate::library::settings::Setting;
use crate::library::similar::{ALIKE_MIN_PER_CENT, Likeness};
use crate::library::templates::Template;
use crate::library::terms::TermsPattern;
use crate::library::texts::Texts;
use crate::library::workbook::{ExampleRow, KeyedText};

/// Everything that is known about a process beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Library)]
pub struct Library {
    /// The process itself.
    pub process: Process,
    /// Its attributes, in their order.
    pub attributes: Vec<Attribute>,
    /// Its activities, in the order of their ranks.
    pub activities: Vec<Activity>,
    /// Lists of values: types and statuses of documents, classes of stages.
    pub lists: Vec<ValueList>,
    /// Sheets of a template.
    pub sheets: Vec<Sheet>,
    /// Data templates, one a system.
    pub templates: Vec<Template>,
    /// Rules of data quality.
    pub rules: Vec<QualityRule>,
    /// Figures, with the data they need.
    pub figures: Vec<Figure>,
    /// What can be chosen about the analysis.
    pub settings: Vec<Setting>,
    /// How payment terms are written, and what they mean.
    pub terms: Vec<TermsPattern>,
    /// Kinds of data, with the figures they unlock.
    pub coverage: Vec<CoverageRow>,
    /// Texts in the workbook of a template and beside it.
    pub texts: Vec<KeyedText>,
    /// Rows of a made-up case in its sheets.
    pub examples: Vec<ExampleRow>,
    #[serde(skip)]
    attribute_names: NameIndex,
    #[serde(skip)]
    activity_names: NameIndex,
}

/// The names of the activities, as they are compared with labels that are none of them.
pub struct AlikeActivities<'l> {
    names: Vec<(Likeness, &'l Activity)>,
}

impl<'l> AlikeActivities<'l> {
    /// The activity whose name is most like a label, where one is alike enough to be suggested.
    #[must_use]
    pub fn like(&self, label: &str) -> Option<&'l Activity> {
        let wanted = Likeness::of(label);
        let ranked = self.names.iter().map(|(name, activity)| (wanted.per_cent(name), activity));
        let alike = ranked.filter(|(per_cent, _)| ALIKE_MIN_PER_CENT <= *per_cent);
        // Of equal ones the earlier in the process.
        alike.rev().max_by_key(|(per_cent, _)| *per_cent).map(|(_, activity)| *activity)
    }
}

/// The files of a library, in the order in which they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FileKind {
    Process,
    Attributes,
    Activities,
    Documents,
    Template,
    Quality,
    Settings,
    Terms,
    Coverage,
    Workbook,
}

/// Names of the files, as they are told to whoever has named one otherwise.
const FILE_NAMES: &str = "process.toml, attributes.toml, activities.toml, documents.toml, \
                          templates/<system>.toml, quality.toml, settings.toml, terms.toml, \
                          coverage.toml, workbook.toml";

impl FileKind {
    fn of_path(path: &str) -> Option<FileKind> {
        let mut parts = path.rsplit(['/', '\\']);
        let name = parts.next()?;
        if parts.next() == Some("templates") {
            return Some(FileKind::Template);
        }
        match name {
            "process.toml" => Some(FileKind::Process),
            "attributes.toml" => Some(FileKind::Attributes),
            "activities.toml" => Some(FileKind::Activities),
            "documents.toml" => Some(FileKind::Documents),
            "quality.toml" => Some(FileKind::Quality),
            "settings.toml" => Some(FileKind::Settings),
            "terms.toml" => Some(FileKind::Terms),
            "coverage.toml" => Some(FileKind::Coverage),
            "workbook.toml" => Some(FileKind::Workbook),
            _ => None,
        }
    }
}

fn unknown_file(path: String) -> Problem {
    let detail = say!("This is no file of a library, so it was not read.");
    Problem::new(ErrorCode::LibraryMistake, detail)
        .in_file(path)
        .with_hint(say!("The files are: {names}.", names = FILE_NAMES))
}

impl Library {
    /// Reads files, given by path and text; a later file adds to the entries of an earlier one and
    /// changes what it says anew. Files that do not end in `.toml` are left alone.
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> (Library, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut known: Vec<(FileKind, String, String)> = Vec::new();
        for (path, text) in files.into_iter().filter(|(path, _)| path.ends_with(".toml")) {
            match FileKind::of_path(&path) {
                Some(kind) => known.push((kind, path, text)),
                None => problems.push(unknown_file(path)),
            }
        }
        known.sort_by_key(|(kind, _, _)| *kind);
        let mut reading = Reading::default();
        for (kind, path, text) in &known {
            problems.extend(reading.read_file(*kind, path, text));
        }
        let (library, found) = reading.finish();
        problems.extend(found);
        problems.sort_by(|left, right| {
            let place = |problem: &Problem| (problem.place.file.clone(), problem.place.row);
            place(left).cmp(&place(right))
        });
        (library, problems)
    }

    /// The attribute that a header means, and how it was recognised.
    #[must_use]
    pub fn attribute_of(&self, header: &str) -> Option<Recognised<'_, Attribute>> {
        self.attribute_names.find(header, &self.attributes)
    }

    /// The activity that a label means, and how it was recognised.
    #[must_use]
    pub fn activity_of(&self, label: &str) -> Option<Recognised<'_, Activity>> {
        self.activity_names.find(label, &self.activities)
    }

    /// The names of all activities, to find one that is like a label.
    #[must_use]
    pub fn activities_by_likeness(&self) -> AlikeActivities<'_> {
        let names = self.activities.iter().flat_map(|activity| {
            let names = activity.name.each().map(|(_, name)| name);
            let all = names.chain(activity.aliases.iter().map(String::as_str));
            all.map(move |name| (Likeness::of(name), activity))
        });
        AlikeActivities { names: names.collect() }
    }

    /// The attribute of a key.
    #[must_use]
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|one| one.key == key)
    }

    /// The attribute that is this part of a log.
    #[must_use]
    pub fn attribute_for(&self, role: LogRole) -> Option<&Attribute> {
        self.attributes.iter().find(|one| one.role == Some(role))
    }

    /// The activity of a key.
    #[must_use]
    pub fn activity(&self, key: &str) -> Option<&Activity> {
        self.activities.iter().find(|one| one.key == key)
    }

    /// The template of a system.
    #[must_use]
    pub fn template(&self, system: &str) -> Option<&Template> {
        self.templates.iter().find(|one| one.system == system)
    }

    /// The sheet of a key.
    #[must_use]
    pub fn sheet(&self, key: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|one| one.key == key)
    }

    /// The setting of a key.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|one| one.key == key)
    }

    /// The list of a key.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&ValueList> {
        self.lists.iter().find(|one| one.key == key)
    }

    /// The text of a key in a language; the key itself where there is none.
    #[must_use]
    pub fn text<'l>(&'l self, key: &'l str, language: Language) -> &'l str {
        let found = self.texts.iter().find(|one| one.key == key);
        found.map_or(key, |one| one.text.get(language))
    }

    /// From now on every text is there in this language alone.
    pub fn keep_only(&mut self, language: Language) {
        self.texts_mut().for_each(|text| text.keep_only(language));
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let attributes = self.attributes.iter_mut().flat_map(Attribute::texts_mut);
        let activities = self.activities.iter_mut().flat_map(Activity::texts_mut);
        let lists = self.lists.iter_mut().flat_map(ValueList::texts_mut);
        let sheets = self.sheets.iter_mut().flat_map(Sheet::texts_mut);
        let templates = self.templates.iter_mut().flat_map(Template::texts_mut);
        let rules = self.rules.iter_mut();
        let rules = rules.flat_map(|one| [&mut one.name, &mut one.meaning, &mut one.mend]);
        std::iter::once(&mut self.process.name)
            .chain(attributes)
            .chain(activities)
            .chain(lists)
            .chain(sheets)
            .chain(templates)
            .chain(rules)
            .chain(self.figures.iter_mut().map(|one| &mut one.name))
            .chain(self.settings.iter_mut().flat_map(Setting::texts_mut))
            .chain(self.terms.iter_mut().map(|one| &mut one.name))
            .chain(self.coverage.iter_mut().map(|one| &mut one.name))
            .chain(self.texts.iter_mut().map(|one| &mut one.text))
    }

    /// The column of a sheet that a header means, of those that are no attribute of a template.
    #[must_use]
    pub fn column_of<'l>(&self, sheet: &'l Sheet, header: &str) -> Option<&'l SheetColumn> {
        let wanted = folded(header);
        let attribute = self.attribute_of(header).map(|known| &known.entry.key);
        sheet.columns.iter().find(|column| {
            let names = column.name.each().map(|(_, name)| name);
            let aliases = column.aliases.iter().map(String::as_str);
            let mut all = names.chain(aliases).chain([column.key.as_str()]);
            all.any(|name| folded(name) == wanted)
                || column.is_attribute && attribute == Some(&column.key)
        })
    }
}

impl Reading {
    /// Reads one file, and returns its mistakes.
    fn read_file(&mut self, kind: FileKind, path: &str, text: &str) -> Vec<Problem> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let file = File::new(path, text);
        let broken = file.note_broken(&errors);
        let entry = Entry::new(&file, table.get_ref(), 0);
        match kind {
            FileKind::Process => {
                let known = Some(&self.library.process).filter(|known| !known.key.is_empty());
                if let Some(process) = Process::read(&entry, known) {
                    self.library.process = process;
                }
            }
            FileKind::Attributes => self.read_list::<Attribute>("attribute", &entry),
            FileKind::Activities => self.read_list::<Activity>("activity", &entry),
            FileKind::Documents => {
                self.read_list::<ValueList>("list", &entry);
                self.read_list::<Sheet>("sheet", &entry);
            }
            FileKind::Template => self.read_template(&entry),
            FileKind::Quality => self.read_list::<QualityRule>("rule", &entry),
            FileKind::Settings => self.read_list::<Setting>("setting", &entry),
            FileKind::Terms => self.read_list::<TermsPattern>("terms", &entry),
            FileKind::Coverage => {
                self.read_list::<Figure>("figure", &entry);
                self.read_list::<CoverageRow>("row", &entry);
            }
            FileKind::Workbook => {
                self.read_list::<KeyedText>("text", &entry);
                self.read_list::<ExampleRow>("example", &entry);
            }
        }
        if !matches!(kind, FileKind::Process | FileKind::Template) {
            entry.finish();
        }
        drop(entry);
        file.into_problems(&broken)
    }

    fn read_template(&mut self, entry: &Entry<'_>) {
        let system = entry.peek("system").unwrap_or_default();
        let known = self.library.templates.iter().position(|one| one.system == system);
        let base = known.map(|idx| self.library.templates[idx].clone());
        let Some(template) = Template::read(self, entry, base.as_ref()) else { return };
        match known {
            Some(idx) => self.library.templates[idx] = template,
            None => self.library.templates.push(template),
        }
    }

    /// Reads the entries of one kind into the list of those that are known.
    fn read_list<T: Listed>(&mut self, field: &'static str, file: &Entry<'_>) {
        for entry in file.tables(field) {
            let Some(key) = entry.key("key") else { continue };
            if !self.begins(T::SUBJECT, &key, &entry) {
                continue;
            }
            let place = T::list(&mut self.library).iter().position(|one| one.key() == key);
            let known = place.map(|idx| T::list(&mut self.library)[idx].clone());
            let Some(read) = T::read_entry(self, &entry, &key, known.as_ref()) else { continue };
            let list = T::list(&mut self.library);
            match place {
                Some(idx) => list[idx] = read,
                None => list.push(read),
            }
        }
    }
}

/// An entry of one of the lists of a library.
trait Listed: Clone {
    const SUBJECT: Subject;

    fn list(library: &mut Library) -> &mut Vec<Self>;

    fn key(&self) -> &str;

    fn read_entry(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Self>,
    ) -> Option<Self>;
}

macro_rules! listed {
    ($($kind:ident $subject:ident $list:ident ($($reading:ident)?),)+) => {
        $(impl Listed for $kind {
            const SUBJECT: Subject = Subject::$subject;

            fn list(library: &mut Library) -> &mut Vec<Self> {
                &mut library.$list
            }

            fn key(&self) -> &str {
                &self.key
            }

            fn read_entry(
                _reading: &mut Reading,
                entry: &Entry<'_>,
                key: &str,
                known: Option<&Self>,
            ) -> Option<Self> {
                $(let $reading = _reading;)?
                $kind::read($($reading,)? entry, key, known)
            }
        })+
    };
}

listed! {
    Attribute Attribute attributes (reading),
    Activity Activity activities (reading),
    ValueList List lists (reading),
    Sheet Sheet sheets (reading),
    QualityRule Rule rules (reading),
    Figure Figure figures (reading),
    Setting Setting settings (reading),
    TermsPattern Terms terms (reading),
    CoverageRow Row coverage (reading),
    KeyedText Text texts (),
    ExampleRow Example examples (reading),
}
