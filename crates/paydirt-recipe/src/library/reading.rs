//! What is known while library files are read: the entries so far, the names they claim, and the
//! entries they speak of.

use std::collections::{HashMap, HashSet};

use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::library::Library;
use crate::library::activities::Activity;
use crate::library::attributes::Attribute;
use crate::library::entry::{Entry, FilePlace, Placed};
use crate::library::names::{NameIndex, NameKind};
use crate::library::similar::nearest;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Subject {
    Activity,
    Attribute,
    List,
    Sheet,
    Rule,
    Figure,
    Row,
    Setting,
    Terms,
    Text,
    Example,
}

impl Subject {
    fn unknown(self, key: &str) -> Sentence {
        match self {
            Subject::Activity => say!("There is no activity \"{key}\" in the library.", key),
            Subject::Attribute => say!("There is no attribute \"{key}\" in the library.", key),
            Subject::List => say!("There is no list \"{key}\" in the library.", key),
            Subject::Sheet => say!("There is no sheet \"{key}\" in the library.", key),
            Subject::Rule => say!("There is no rule \"{key}\" in the library.", key),
            Subject::Figure => say!("There is no figure \"{key}\" in the library.", key),
            Subject::Row => say!("There is no kind of data \"{key}\" in the library.", key),
            Subject::Setting => say!("There is no setting \"{key}\" in the library.", key),
            Subject::Terms => say!("There are no terms \"{key}\" in the library.", key),
            Subject::Text => say!("There is no text \"{key}\" in the library.", key),
            Subject::Example => say!("There is no example \"{key}\" in the library.", key),
        }
    }
}

/// A name that an entry claims for itself.
struct Claim {
    subject: Subject,
    key: String,
    name: String,
    by: NameKind,
    place: FilePlace,
}

/// The state of reading.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) library: Library,
    claims: Vec<Claim>,
    references: Vec<(Subject, Placed<String>)>,
    /// Columns of settings that formulas name, with the key of the setting.
    columns: Vec<(String, Placed<String>)>,
    places: HashMap<(Subject, String), FilePlace>,
    seen: HashSet<(Subject, String, String)>,
}

impl Reading {
    /// Whether a key is new in its file; a second entry is a mistake.
    pub(super) fn begins(&mut self, subject: Subject, key: &str, entry: &Entry<'_>) -> bool {
        let place = entry.place();
        if !self.seen.insert((subject, key.to_owned(), place.file.clone())) {
            let first = self.places.get(&(subject, key.to_owned())).map_or(0, |one| one.line);
            let first = first.to_string();
            entry.note(
                say!(
                    "\"{key}\" is in this file already, in line {first}; the second entry is left \
                     out.",
                    key,
                    first
                ),
                Some(say!("Put both into one entry, or give one of them another key.")),
            );
            return false;
        }
        self.places.insert((subject, key.to_owned()), place);
        true
    }

    pub(super) fn refers(&mut self, subject: Subject, to: &Placed<String>) {
        self.references.push((subject, to.clone()));
    }

    pub(super) fn refers_to_column(&mut self, setting: &str, column: &Placed<String>) {
        self.columns.push((setting.to_owned(), column.clone()));
    }

    /// An alias of an entry.
    pub(super) fn called(&mut self, subject: Subject, key: &str, name: &str, place: FilePlace) {
        let (key, name) = (key.to_owned(), name.to_owned());
        self.claims.push(Claim { subject, key, name, by: NameKind::Alias, place });
    }

    /// What a template calls an entry.
    pub(super) fn named_by_template(
        &mut self,
        subject: Subject,
        key: &str,
        name: &str,
        place: &FilePlace,
    ) {
        let (key, name, place) = (key.to_owned(), name.to_owned(), place.clone());
        self.claims.push(Claim { subject, key, name, by: NameKind::TemplateName, place });
    }

    /// The attribute of a key, if there is one.
    pub(super) fn known_attribute(&self, key: &str) -> Option<Attribute> {
        self.library.attributes.iter().find(|one| one.key == key).cloned()
    }

    /// The attribute of a key; that there is none is a mistake.
    pub(super) fn attribute(&self, key: Option<&str>, entry: &Entry<'_>) -> Option<Attribute> {
        let key = key?;
        let found = self.known_attribute(key);
        if found.is_none() {
            let (detail, hint) = self.unknown(Subject::Attribute, key);
            entry.note(detail, hint);
        }
        found
    }

    /// The activity of a key; that there is none is a mistake.
    pub(super) fn activity(&self, key: Option<&str>, entry: &Entry<'_>) -> Option<Activity> {
        let key = key?;
        let found = self.library.activities.iter().find(|one| one.key == key).cloned();
        if found.is_none() {
            let (detail, hint) = self.unknown(Subject::Activity, key);
            entry.note(detail, hint);
        }
        found
    }

    fn unknown(&self, subject: Subject, key: &str) -> (Sentence, Option<Sentence>) {
        let known = self.keys(subject);
        let near = nearest(key, known.iter().copied());
        (subject.unknown(key), near.map(|near| say!("Did you mean \"{near}\"?", near)))
    }

    fn keys(&self, subject: Subject) -> Vec<&str> {
        let library = &self.library;
        match subject {
            Subject::Activity => library.activities.iter().map(|one| &*one.key).collect(),
            Subject::Attribute => library.attributes.iter().map(|one| &*one.key).collect(),
            Subject::List => library.lists.iter().map(|one| &*one.key).collect(),
            Subject::Sheet => library.sheets.iter().map(|one| &*one.key).collect(),
            Subject::Rule => library.rules.iter().map(|one| &*one.key).collect(),
            Subject::Figure => library.figures.iter().map(|one| &*one.key).collect(),
            Subject::Row => library.coverage.iter().map(|one| &*one.key).collect(),
            Subject::Setting => library.settings.iter().map(|one| &*one.key).collect(),
            Subject::Terms => library.terms.iter().map(|one| &*one.key).collect(),
            Subject::Text => library.texts.iter().map(|one| &*one.key).collect(),
            Subject::Example => library.examples.iter().map(|one| &*one.key).collect(),
        }
    }

    /// The library with its indexes, and the mistakes that only the whole shows.
    pub(super) fn finish(mut self) -> (Library, Vec<Problem>) {
        let mut problems = Vec::new();
        for (subject, reference) in &self.references {
            if !self.keys(*subject).contains(&reference.value.as_str()) {
                let (detail, hint) = self.unknown(*subject, &reference.value);
                problems.push(reference.place.problem(detail, hint));
            }
        }
        problems.extend(self.unknown_columns());
        problems.extend(self.double_roles());
        let activities = &mut self.library.activities;
        activities.sort_by_key(|one| one.rank.map_or((true, 0), |rank| (false, rank)));
        self.library.attribute_names = self.index(Subject::Attribute, &mut problems);
        self.library.activity_names = self.index(Subject::Activity, &mut problems);
        (self.library, problems)
    }

    /// Columns that formulas name and their settings do not have.
    fn unknown_columns(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (setting, column) in &self.columns {
            let Some(setting) = self.library.setting(setting) else { continue };
            let known: Vec<&str> = setting.columns.iter().map(|one| one.key.as_str()).collect();
            let value = column.value.as_str();
            if !known.contains(&value) {
                let key = setting.key.as_str();
                let detail = say!(
                    "The setting \"{key}\" has no column \"{value}\". Expected one of: {known}.",
                    key,
                    value,
                    known
                );
                problems.push(column.place.problem(detail, None));
            }
        }
        problems
    }

    /// Two attributes that want to be the same part of the log.
    fn double_roles(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut taken: HashMap<_, String> = HashMap::new();
        for attribute in &mut self.library.attributes {
            let Some(role) = attribute.role else { continue };
            let Some(first) = taken.get(&role) else {
                taken.insert(role, attribute.key.clone());
                continue;
            };
            attribute.role = None;
            let detail = say!(
                "\"{key}\" has the same role as \"{first}\"; each role belongs to one attribute.",
                key = attribute.key,
                first
            );
            let place = self.places.get(&(Subject::Attribute, attribute.key.clone()));
            problems.extend(place.map(|place| place.problem(detail, None)));
        }
        problems
    }

    fn index(&self, subject: Subject, problems: &mut Vec<Problem>) -> NameIndex {
        let mut index = NameIndex::default();
        let keys = self.keys(subject);
        let library = &self.library;
        let names: Vec<Vec<&str>> = match subject {
            Subject::Attribute => library
                .attributes
                .iter()
                .map(|one| one.name.each().map(|each| each.1).collect())
                .collect(),
            _ => library
                .activities
                .iter()
                .map(|one| one.name.each().map(|each| each.1).collect())
                .collect(),
        };
        let mut twice = |index: &mut NameIndex, name: &str, idx, by, place: Option<&FilePlace>| {
            let (Some(known), Some(place)) = (index.add(name, idx, by), place) else { return };
            let detail = say!(
                "\"{name}\" already stands for \"{known}\", so it cannot stand for \"{key}\" too.",
                name,
                known = keys[known],
                key = keys[idx]
            );
            let hint = say!("Leave it out here, or change the other entry.");
            problems.push(place.problem(detail, Some(hint)));
        };
        let place = |idx: usize| self.places.get(&(subject, keys[idx].to_owned()));
        for (idx, key) in keys.iter().enumerate() {
            twice(&mut index, key, idx, NameKind::Key, place(idx));
        }
        for (idx, names) in names.iter().enumerate() {
            for name in names {
                twice(&mut index, name, idx, NameKind::Translation, place(idx));
            }
        }
        for by in [NameKind::TemplateName, NameKind::Alias] {
            let claims = self.claims.iter().filter(|one| one.subject == subject && one.by == by);
            for claim in claims {
                if let Some(idx) = keys.iter().position(|key| *key == claim.key) {
                    twice(&mut index, &claim.name, idx, by, Some(&claim.place));
                }
            }
        }
        index
    }
}
