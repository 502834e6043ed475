//! How is an attribute of a case computed from its events, its other attributes and the settings?
//!
//! A formula is a table with `is`, the name of a function, and what the function is given; instead
//! of a table, the key of an attribute stands for its value. The functions know nothing of the
//! process: activities, attributes, settings and values are named in the file.

use paydirt_model::say;
use toml::Spanned;
use toml::de::DeValue;

use crate::library::choice::{Choice, choice};
use crate::library::entry::{Entry, Expected, File, Placed};
use crate::library::reading::{Reading, Subject};

choice! {
    /// A function of formulas.
    Function {
        /// A text.
        Constant = "text",
        /// Until when the data are complete.
        DataEnd = "data_end",
        /// The time of the first of some events.
        FirstTime = "first_time",
        /// The time of the last of some events.
        LastTime = "last_time",
        /// The time of the first event that is not auxiliary, from a rank on.
        FirstEvent = "first_event",
        /// The first of some formulas that has a value.
        FirstOf = "first_of",
        /// The formula that a setting names.
        BySetting = "by_setting",
        /// A formula where another one has one of some values.
        When = "when",
        /// A text where a formula has a value.
        Named = "named",
        /// The time from one instant to another.
        Between = "between",
        /// The value that the last of some events sets.
        State = "state",
        /// Since when a state holds.
        Since = "since",
        /// What a text means.
        Mapped = "mapped",
        /// Another text where a condition holds.
        Replaced = "replaced",
        /// Since when an attribute of events has its last value.
        Entered = "entered",
        /// Whether a text is one of some.
        OneOf = "one_of",
        /// Whether a number or a time is above a limit.
        Over = "over",
        /// Whether one of some conditions holds.
        AnyOf = "any_of",
        /// Whether all of some conditions hold.
        AllOf = "all_of",
        /// Whether there is one of some events.
        Has = "has",
        /// Whether an activity happened more than once.
        Repeated = "repeated",
        /// How many of some events there are.
        Count = "count",
        /// A cell of the row of a setting that fits the case best.
        LookedUp = "looked_up",
        /// The band in which a number lies.
        Band = "band",
        /// How long cases that are over usually had the last value of an attribute.
        UsualStay = "usual_stay",
        /// When every document of the case was paid.
        PaidAt = "paid_at",
        /// How long the documents of the case took to be paid, on average.
        PaymentTime = "payment_time",
        /// By how many days the latest document of the case was paid after it was due.
        DaysLate = "days_late",
        /// The id of the sequence of activities.
        Variant = "variant",
        /// What the work on the case costs.
        Cost = "cost",
        /// An amount in the currency of reports.
        Converted = "converted",
    }
}

choice! {
    /// From when the time until payment of a document is counted.
    ClockStart {
        /// From the document on.
        Opened = "opened",
        /// From when it was sent, else from the document on.
        Sent = "sent",
        /// From when it is due.
        Due = "due",
    }
}

choice! {
    /// Until when the time until payment of a document is counted.
    ClockEnd {
        /// Until all of it was paid.
        All = "all",
        /// Until the first payment.
        First = "first",
    }
}

/// Activities by key, or by a setting that names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivitySet {
    /// These.
    Keys(Vec<String>),
    /// Those of a setting.
    Setting(String),
}

/// Texts, or a setting that lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextSet {
    /// These.
    Texts(Vec<String>),
    /// Those of a setting.
    Setting(String),
}

/// What texts mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meanings {
    /// Text and meaning.
    Pairs(Vec<(String, String)>),
    /// The rows of a setting: the columns of the text and of its meaning.
    Setting {
        /// Key of the setting.
        setting: String,
        /// Column of the text.
        from: String,
        /// Column of the meaning.
        to: String,
    },
}

/// What events set a state again that was over: those that enter a value of some class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// The state that they set.
    pub value: String,
    /// The activities.
    pub activities: Vec<String>,
    /// The setting with the classes of values.
    pub setting: String,
    /// Its columns, with the attributes whose texts must be in them.
    pub by: Vec<(String, String)>,
    /// The attribute whose text must be that of the event that ended the state.
    pub same: Option<String>,
    /// The column of the class.
    pub column: String,
    /// The class that sets the state.
    pub class: String,
}

/// How documents of a case and their payments are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// Activities that open a document.
    pub opened: Vec<String>,
    /// Activities that pay it.
    pub paid: Vec<String>,
    /// Activities that take something off it.
    pub credited: Vec<String>,
    /// Activities that send it.
    pub sent: Vec<String>,
    /// Attribute of events: its number.
    pub id: Option<String>,
    /// Attribute of events: its amount, and what is taken off.
    pub amount: Option<String>,
    /// Attribute of events: what was paid.
    pub paid_amount: Option<String>,
    /// Attribute of events: whether nothing more is to be paid.
    pub is_final: Option<String>,
    /// Attribute of events: when it is due.
    pub due: Option<String>,
    /// Attribute: the terms by which it is due, where nothing says when.
    pub terms: Option<String>,
    /// Setting: the share that may be missing.
    pub tolerance: Option<String>,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// The value of an attribute; of one of events, the last one.
    Attribute(String),
    /// See [`Function::Constant`].
    Constant(String),
    /// See [`Function::DataEnd`].
    DataEnd,
    /// See [`Function::FirstTime`].
    FirstTime(ActivitySet),
    /// See [`Function::LastTime`].
    LastTime(ActivitySet),
    /// See [`Function::FirstEvent`].
    FirstEvent(i64),
    /// See [`Function::FirstOf`].
    FirstOf(Vec<Formula>),
    /// See [`Function::BySetting`].
    BySetting(String, Vec<(String, Formula)>),
    /// See [`Function::When`]; without values, where it is true.
    When(Box<Formula>, TextSet, Box<Formula>),
    /// See [`Function::Named`].
    Named(Box<Formula>, String),
    /// See [`Function::Between`]: from, to, and whether working time may count.
    Between(Box<Formula>, Box<Formula>, bool),
    /// See [`Function::State`].
    State(Vec<(String, Vec<String>)>, Option<Box<Reopening>>),
    /// See [`Function::Since`].
    Since(Box<Formula>),
    /// See [`Function::Mapped`].
    Mapped(Box<Formula>, Meanings),
    /// See [`Function::Replaced`]: of, value, by, where.
    Replaced(Box<Formula>, String, String, Box<Formula>),
    /// See [`Function::Entered`]: activities, or all; the attribute.
    Entered(Option<Vec<String>>, String),
    /// See [`Function::OneOf`].
    OneOf(Box<Formula>, TextSet),
    /// See [`Function::Over`].
    Over(Box<Formula>, Box<Formula>),
    /// See [`Function::AnyOf`].
    AnyOf(Vec<Formula>),
    /// See [`Function::AllOf`].
    AllOf(Vec<Formula>),
    /// See [`Function::Has`].
    Has(ActivitySet),
    /// See [`Function::Repeated`].
    Repeated(ActivitySet),
    /// See [`Function::Count`].
    Count(ActivitySet),
    /// See [`Function::LookedUp`].
    LookedUp {
        /// Key of the setting.
        setting: String,
        /// Column of the answer.
        column: String,
        /// Columns of texts, with the text that must be in them.
        by: Vec<(String, Formula)>,
        /// Columns of lowest amounts, with the amount that must reach them.
        from: Vec<(String, Formula)>,
    },
    /// See [`Function::Band`]: of a number, and the setting with the bounds.
    Band(Box<Formula>, String),
    /// See [`Function::UsualStay`].
    UsualStay {
        /// Activities that enter a value, or all.
        activities: Option<Vec<String>>,
        /// The attribute.
        attribute: String,
        /// The attribute beside it: values are told apart by it.
        group: Option<String>,
        /// Whether a case is over.
        over: Box<Formula>,
        /// The percentile, from 0 to 100.
        percentile: i64,
        /// Fewest stays.
        least: i64,
    },
    /// See [`Function::PaidAt`].
    PaidAt(Box<Documents>),
    /// See [`Function::PaymentTime`]: settings of the clock with what their words mean.
    PaymentTime {
        /// The documents.
        documents: Box<Documents>,
        /// The setting of the start, and its words.
        start: Option<(String, Vec<(String, ClockStart)>)>,
        /// The setting of the end, and its words.
        end: Option<(String, Vec<(String, ClockEnd)>)>,
    },
    /// See [`Function::DaysLate`].
    DaysLate(Box<Documents>),
    /// See [`Function::Variant`].
    Variant,
    /// See [`Function::Cost`].
    Cost {
        /// The setting with a row for each activity.
        setting: String,
        /// Its columns: activity, minutes, rate an hour.
        columns: [String; 3],
        /// The setting with the cost of each elapsed day.
        per_day: Option<String>,
        /// The setting of the currency.
        currency: Option<String>,
    },
    /// See [`Function::Converted`].
    Converted {
        /// The amount.
        of: Box<Formula>,
        /// The setting of the currency; the most frequent one of the cases without one.
        currency: String,
        /// The setting with the rates; columns day, from, to, rate.
        rates: String,
        /// The day of the rate.
        day: Box<Formula>,
    },
}

/// What is being read.
struct FormulaReading<'r, 'f> {
    reading: &'r mut Reading,
    entry: Entry<'f>,
}

impl Formula {
    /// Reads a formula; what is wrong with it is noted.
    pub(super) fn read<'f>(
        reading: &mut Reading,
        (file, field): (&'f File<'f>, &str),
        value: &'f Spanned<DeValue<'f>>,
    ) -> Option<Formula> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(key) => {
                let key = Placed { value: key.to_string(), place: file.place(at) };
                reading.refers(Subject::Attribute, &key);
                Some(Formula::Attribute(key.value))
            }
            DeValue::Table(table) => {
                let entry = Entry::new(file, table, at);
                let mut inner = FormulaReading { reading, entry };
                let kind = inner.entry.choice::<Function>("is");
                let kind = inner.entry.required("is", kind, None)?;
                let read = inner.function(kind);
                inner.entry.finish();
                read
            }
            _ => {
                file.wrong(field, at, Expected::Table);
                None
            }
        }
    }
}

impl<'f> FormulaReading<'_, 'f> {
    fn function(&mut self, kind: Function) -> Option<Formula> {
        Some(match kind {
            Function::Constant => Formula::Constant(self.text("value")?),
            Function::DataEnd => Formula::DataEnd,
            Function::FirstTime => Formula::FirstTime(self.activity_set()?),
            Function::LastTime => Formula::LastTime(self.activity_set()?),
            Function::FirstEvent => {
                Formula::FirstEvent(self.entry.whole("from_rank").unwrap_or(i64::MIN))
            }
            Function::FirstOf => Formula::FirstOf(self.formulas()?),
            Function::BySetting => {
                Formula::BySetting(self.setting("setting")?, self.named_formulas("of"))
            }
            Function::When => Formula::When(self.of()?, self.text_set()?, self.boxed("then")?),
            Function::Named => Formula::Named(self.of()?, self.text("value")?),
            Function::Between => {
                let working = self.entry.flag("working").unwrap_or(false);
                Formula::Between(self.boxed("from")?, self.boxed("to")?, working)
            }
            Function::State => self.state()?,
            Function::Since => Formula::Since(self.of()?),
            Function::Mapped => Formula::Mapped(self.of()?, self.meanings()?),
            Function::Replaced => {
                let (value, by) = (self.text("value")?, self.text("by")?);
                Formula::Replaced(self.of()?, value, by, self.boxed("where")?)
            }
            Function::Entered => {
                Formula::Entered(self.activities("activities"), self.attribute("attribute")?)
            }
            Function::OneOf => Formula::OneOf(self.of()?, self.text_set()?),
            Function::Over => Formula::Over(self.of()?, self.boxed("limit")?),
            Function::AnyOf => Formula::AnyOf(self.formulas()?),
            Function::AllOf => Formula::AllOf(self.formulas()?),
            Function::Has => Formula::Has(self.activity_set()?),
            Function::Repeated => Formula::Repeated(self.activity_set()?),
            Function::Count => Formula::Count(self.activity_set()?),
            Function::LookedUp => {
                let setting = self.setting("setting")?;
                let column = self.column(&setting, "column")?;
                let (by, from) = (self.named_formulas("by"), self.named_formulas("from"));
                Formula::LookedUp { setting, column, by, from }
            }
            Function::Band => Formula::Band(self.of()?, self.setting("setting")?),
            Function::UsualStay => self.usual_stay()?,
            Function::PaidAt => Formula::PaidAt(self.documents()?),
            Function::PaymentTime => self.payment_time()?,
            Function::DaysLate => Formula::DaysLate(self.documents()?),
            Function::Variant => Formula::Variant,
            Function::Cost => self.cost()?,
            Function::Converted => {
                let (currency, rates) = (self.setting("currency")?, self.setting("rates")?);
                Formula::Converted { of: self.of()?, currency, rates, day: self.boxed("day")? }
            }
        })
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        let text = self.entry.text(field);
        self.entry.required(field, text, None)
    }

    fn maybe_key(&mut self, field: &'static str, subject: Subject) -> Option<String> {
        let key = self.entry.placed_text(field)?;
        self.reading.refers(subject, &key);
        Some(key.value)
    }

    fn setting(&mut self, field: &'static str) -> Option<String> {
        let key = self.maybe_key(field, Subject::Setting);
        self.entry.required(field, key, None)
    }

    fn attribute(&mut self, field: &'static str) -> Option<String> {
        let key = self.maybe_key(field, Subject::Attribute);
        self.entry.required(field, key, None)
    }

    /// A column of a setting, which is looked for when all settings are known.
    fn column(&mut self, setting: &str, field: &'static str) -> Option<String> {
        let column = self.entry.placed_text(field);
        let column = self.entry.required(field, column, None)?;
        self.reading.refers_to_column(setting, &column);
        Some(column.value)
    }

    fn activities(&mut self, field: &'static str) -> Option<Vec<String>> {
        let list = self.entry.list(field)?;
        list.iter().for_each(|key| self.reading.refers(Subject::Activity, key));
        Some(list.into_iter().map(|key| key.value).collect())
    }

    fn activity_set(&mut self) -> Option<ActivitySet> {
        if let Some(setting) = self.maybe_key("setting", Subject::Setting) {
            return Some(ActivitySet::Setting(setting));
        }
        let keys = self.activities("activities");
        self.entry.required("activities", keys, None).map(ActivitySet::Keys)
    }

    fn text_set(&mut self) -> Option<TextSet> {
        if let Some(setting) = self.maybe_key("setting", Subject::Setting) {
            return Some(TextSet::Setting(setting));
        }
        let texts = self.entry.plain_list("values");
        Some(TextSet::Texts(texts.unwrap_or_else(|| vec!["true".to_owned()])))
    }

    fn meanings(&mut self) -> Option<Meanings> {
        if let Some(setting) = self.maybe_key("setting", Subject::Setting) {
            let (from, to) = (self.column(&setting, "from")?, self.column(&setting, "to")?);
            return Some(Meanings::Setting { setting, from, to });
        }
        let pairs = self.entry.words("values");
        self.entry.required("values", pairs, None).map(Meanings::Pairs)
    }

    fn maybe_boxed(&mut self, field: &'static str) -> Option<Box<Formula>> {
        let value = self.entry.raw(field)?;
        Formula::read(self.reading, (self.entry.file, field), value).map(Box::new)
    }

    fn boxed(&mut self, field: &'static str) -> Option<Box<Formula>> {
        let read = self.maybe_boxed(field);
        self.entry.required(field, read, None)
    }

    fn of(&mut self) -> Option<Box<Formula>> {
        self.boxed("of")
    }

    /// Every formula of a list; one that is wrong has been noted.
    fn formulas(&mut self) -> Option<Vec<Formula>> {
        let value = self.entry.raw("of");
        let value = self.entry.required("of", value, None)?;
        let Some(items) = value.get_ref().as_array() else {
            self.entry.file.wrong("of", value.span().start, Expected::Tables);
            return None;
        };
        let file = self.entry.file;
        let read = |item| Formula::read(self.reading, (file, "of"), item);
        Some(items.iter().filter_map(read).collect())
    }

    fn named_formulas(&mut self, field: &'static str) -> Vec<(String, Formula)> {
        let Some(value) = self.entry.raw(field) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.entry.file.wrong(field, value.span().start, Expected::Table);
            return Vec::new();
        };
        let file = self.entry.file;
        let read = table.iter().filter_map(|(name, value)| {
            let formula = Formula::read(self.reading, (file, name.get_ref()), value)?;
            Some((name.get_ref().to_string(), formula))
        });
        read.collect()
    }

    fn state(&mut self) -> Option<Formula> {
        let mut steps = Vec::new();
        for entry in self.entry.tables("steps") {
            let mut step = FormulaReading { reading: self.reading, entry };
            let (value, activities) = (step.text("value"), step.activities("activities"));
            let activities = step.entry.required("activities", activities, None);
            step.entry.finish();
            steps.extend(value.zip(activities));
        }
        if steps.is_empty() {
            let detail = say!("The field \"{field}\" is missing.", field = "steps");
            self.entry.note(detail, None);
        }
        let reopening = self.entry.table("reopened").and_then(|entry| {
            let mut inner = FormulaReading { reading: self.reading, entry };
            let read = inner.reopening();
            inner.entry.finish();
            read.map(Box::new)
        });
        Some(Formula::State(steps, reopening))
    }

    fn reopening(&mut self) -> Option<Reopening> {
        let activities = self.activities("activities");
        let setting = self.setting("setting")?;
        Some(Reopening {
            value: self.text("value")?,
            activities: self.entry.required("activities", activities, None)?,
            by: self.entry.words("by").unwrap_or_default(),
            same: self.maybe_key("same", Subject::Attribute),
            column: self.column(&setting, "column")?,
            class: self.text("class")?,
            setting,
        })
    }

    fn usual_stay(&mut self) -> Option<Formula> {
        Some(Formula::UsualStay {
            activities: self.activities("activities"),
            attribute: self.attribute("attribute")?,
            group: self.maybe_key("group", Subject::Attribute),
            over: self.boxed("over")?,
            percentile: self.entry.whole("percentile").unwrap_or(90).clamp(0, 100),
            least: self.entry.whole("least").unwrap_or(1),
        })
    }

    fn documents(&mut self) -> Option<Box<Documents>> {
        let entry = self.entry.table("documents");
        let entry = self.entry.required("documents", entry, None)?;
        let mut inner = FormulaReading { reading: self.reading, entry };
        let opened = inner.activities("opened");
        let paid = inner.activities("paid");
        let read = Documents {
            opened: inner.entry.required("opened", opened, None).unwrap_or_default(),
            paid: inner.entry.required("paid", paid, None).unwrap_or_default(),
            credited: inner.activities("credited").unwrap_or_default(),
            sent: inner.activities("sent").unwrap_or_default(),
            id: inner.maybe_key("id", Subject::Attribute),
            amount: inner.maybe_key("amount", Subject::Attribute),
            paid_amount: inner.maybe_key("paid_amount", Subject::Attribute),
            is_final: inner.maybe_key("is_final", Subject::Attribute),
            due: inner.maybe_key("due", Subject::Attribute),
            terms: inner.maybe_key("terms", Subject::Attribute),
            tolerance: inner.maybe_key("tolerance", Subject::Setting),
        };
        inner.entry.finish();
        Some(Box::new(read))
    }

    fn payment_time(&mut self) -> Option<Formula> {
        let documents = self.documents()?;
        let start = self.maybe_key("start", Subject::Setting);
        let starts = self.meanings_of("starts");
        let end = self.maybe_key("end", Subject::Setting);
        let ends = self.meanings_of("ends");
        Some(Formula::PaymentTime { documents, start: start.zip(starts), end: end.zip(ends) })
    }

    /// The words of a setting, and which of a few each of them means.
    fn meanings_of<C: Choice>(&mut self, field: &'static str) -> Option<Vec<(String, C)>> {
        let words = self.entry.words(field)?;
        let known: Vec<&str> = C::WORDS.iter().map(|(word, _)| *word).collect();
        let meant = words.into_iter().filter_map(|(word, meaning)| {
            if let Some(choice) = C::of_word(&meaning) {
                return Some((word, choice));
            }
            let detail = say!(
                "\"{value}\" is not known for \"{field}\". Expected one of: {known}.",
                value = meaning,
                field,
                known = known.clone()
            );
            self.entry.note(detail, None);
            None
        });
        Some(meant.collect())
    }

    fn cost(&mut self) -> Option<Formula> {
        let setting = self.setting("setting")?;
        let columns = [
            self.column(&setting, "activity")?,
            self.column(&setting, "minutes")?,
            self.column(&setting, "rate")?,
        ];
        let per_day = self.maybe_key("per_day", Subject::Setting);
        let currency = self.maybe_key("currency", Subject::Setting);
        Some(Formula::Cost { setting, columns, per_day, currency })
    }
}
