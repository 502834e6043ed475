//! Which rules of XES can a document break? The ids that reports name, and how they are counted.
//!
//! After IEEE 1849-2016, its schema and the standard extensions. Whatever a finding is about is
//! read as far as it can be; the report says where it was found.

use paydirt_model::mapping::{ImportReport, RowProblem};
use paydirt_model::sentence::Sentence;

use crate::source::SourceReport;

macro_rules! rules {
    ($($variant:ident $id:literal $meaning:literal)+) => {
        /// One rule that a document can break without becoming unreadable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Rule { $(#[doc = $meaning] $variant,)+ }

        impl Rule {
            /// The id that reports name; never renamed once released.
            pub(super) fn id(self) -> &'static str {
                match self { $(Rule::$variant => $id),+ }
            }
        }

        /// Id and meaning of every rule that an XES document can break and still be read.
        pub const RULES: &[(&str, &str)] = &[$(($id, $meaning)),+];
    };
}

rules! {
    LogAttribute "log-attribute" "log lacks xes.version or xes.features, or the version is none"
    MissingAttribute "missing-attribute" "an XML attribute that the element needs is missing"
    UnknownAttribute "unknown-attribute" "an XML attribute that the element does not have"
    BadScope "bad-scope" "the scope of a global or classifier is neither event nor trace"
    BadValue "bad-value" "a value is not of the type that its element says"
    ValueBeyondRange "value-beyond-range" "a number that is beyond 64 bits or not finite"
    DateWithoutZone "date-without-zone" "a date has neither Z nor an offset"
    UnknownElement "unknown-element" "an element that XES does not have"
    MisplacedElement "misplaced-element" "an element in a parent that may not hold it"
    MissingElement "missing-element" "a list without values"
    EmptyElement "empty-element" "a global or the values of a list without any attribute"
    DuplicateElement "duplicate-element" "a second element where there may be one"
    DuplicateKey "duplicate-key" "one key twice among the attributes of one element"
    Order "order" "an element after one that must follow it"
    TextContent "text-content" "text between elements"
    UnknownExtension "unknown-extension" "a key of an extension that the log does not declare"
    UnknownExtensionKey "unknown-extension-key" "a key that a standard extension does not have"
    ExtensionUri "extension-uri" "a standard prefix with the address of another extension"
    ExtensionAttributeType "extension-attribute-type" "a standard key with a value of another type"
    UnknownClassifierKey "unknown-classifier-key" "a classifier names a key that nothing has"
    GlobalMissing "global-missing" "an event or trace lacks an attribute declared as global"
    FeatureUndeclared "feature-undeclared" "nested attributes that xes.features does not name"
    FeatureUnused "feature-unused" "xes.features names nested attributes and there are none"
    TraceWithoutName "trace-without-name" "a trace with events has no concept:name"
    TooManyAttributes "too-many-attributes" "attributes beyond the number that a log can hold"
}

/// Events that are left out: without an activity.
pub(super) const WITHOUT_ACTIVITY: &str = "event-without-activity";
/// Events that are left out: without a time, or with one that is no date.
pub(super) const WITHOUT_TIME: &str = "event-without-time";
/// Events that are left out: not in a trace.
pub(super) const OUTSIDE_TRACE: &str = "event-outside-trace";

/// Where something was found: line, element or key, and the offending value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) line: u64,
    pub(super) element: &'a str,
    pub(super) value: &'a str,
}

/// Counts that a rule is broken.
pub(super) fn find(
    report: &mut SourceReport,
    rule: Rule,
    spot: Spot<'_>,
    reason: impl FnOnce() -> Sentence,
) {
    report.doubt(rule.id(), || row_problem(spot, reason()));
}

/// Counts an event that is left out.
pub(super) fn refuse(
    report: &mut SourceReport,
    kind: &str,
    spot: Spot<'_>,
    reason: impl FnOnce() -> Sentence,
) {
    report.refuse(kind, || row_problem(spot, reason()));
}

fn row_problem(spot: Spot<'_>, reason: Sentence) -> RowProblem {
    RowProblem {
        row: spot.line,
        column: ImportReport::cut(spot.element),
        value: ImportReport::cut(spot.value),
        reason,
        same_as: None,
        cell: None,
    }
}
