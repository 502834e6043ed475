//! What does the log declare before its traces? Version, features, extensions, globals, classifiers
//! (IEEE 1849-2016, clauses 5.2 to 5.5).

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::classifier::{Classifier, Scope};
use super::extensions::Declaration;
use super::keys::Root;
use super::reader::{Element, LogReader};
use super::rules::Rule;
use crate::xml::markup::Window;
use crate::xml::not_well_formed;
use crate::xml::tag::TagAttributes;

/// Most extensions, and most classifiers, that one log may declare.
const DECLARATIONS_MAX: usize = 1_000;

impl LogReader<'_> {
    /// Opens the document's first element, which must be a log.
    pub(super) fn start_root(
        &mut self,
        name: &str,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        if self.has_root {
            return Err(not_well_formed(say!("A second root element begins"), window.line()));
        }
        if name != "log" {
            let detail = say!("The document begins with <{name}>; XES begins with <log>.", name);
            return Err(Problem::new(ErrorCode::UnknownFormat, detail).at_row(window.line()));
        }
        self.has_root = true;
        self.log_line = window.line();
        let version = attributes.other("xes.version");
        let is_number = version.is_some_and(|text| {
            text.starts_with(|first: char| first.is_ascii_digit())
                && text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
        });
        if !is_number {
            self.find(Rule::LogAttribute, ("xes.version", version.unwrap_or("")), window, || {
                say!("The version of XES is missing or no number, such as 1849.2016.")
            });
        }
        match attributes.other("xes.features") {
            Some(features) => {
                let mut names = features.split_ascii_whitespace();
                self.nesting.is_declared = names.any(|name| name == "nested-attributes");
            }
            None => self.find(Rule::LogAttribute, ("xes.features", ""), window, || {
                say!("The features of XES that the log uses are not declared.")
            }),
        }
        if let Some(version) = version.filter(|_| is_number) {
            self.report.readings.push(say!("XES version {version}", version));
        }
        self.check_names("log", attributes, &["xes.version", "xes.features"], window);
        self.push_frame(Element::Log, Root::Log.node(), Root::Log, self.log_line);
        Ok(())
    }

    /// Reports every XML attribute that the element does not have.
    pub(super) fn check_names(
        &mut self,
        element: &str,
        attributes: &TagAttributes<'_>,
        allowed: &[&str],
        window: &mut Window<'_>,
    ) {
        let TagAttributes { key, value, others } = attributes;
        if others.is_empty() && key.is_none() && value.is_none() {
            return;
        }
        let named = [("key", key), ("value", value)];
        let named = named.iter().filter_map(|(name, text)| text.as_deref().map(|it| (*name, it)));
        let others = others.iter().map(|(name, text)| (*name, text.as_ref()));
        for (name, text) in named.chain(others) {
            let is_of_xml = name == "xmlns"
                || ["xmlns:", "xml:", "xsi:"].iter().any(|prefix| name.starts_with(prefix));
            if !is_of_xml && !allowed.contains(&name) {
                self.find(Rule::UnknownAttribute, (name, text), window, || {
                    say!("<{element}> has no XML attribute {name}; it was ignored.", element, name)
                });
            }
        }
    }

    /// The values of XML attributes that an element needs; `None`, reported, when one is blank.
    fn required<'b, const COUNT: usize>(
        &mut self,
        element: &str,
        attributes: &'b TagAttributes<'_>,
        names: [&str; COUNT],
        window: &mut Window<'_>,
    ) -> Option<[&'b str; COUNT]> {
        let mut values = [""; COUNT];
        let mut is_complete = true;
        for (name, value) in names.iter().zip(&mut values) {
            *value = attributes.other(name).unwrap_or("");
            if value.trim().is_empty() {
                self.missing(element, name, window);
                is_complete = false;
            }
        }
        is_complete.then_some(values)
    }

    /// Reports that a required XML attribute is missing.
    pub(super) fn missing(&mut self, element: &str, name: &str, window: &mut Window<'_>) {
        self.find(Rule::MissingAttribute, (name, ""), window, || {
            say!(
                "<{element}> needs the XML attribute {name}; the element was left out.",
                element,
                name
            )
        });
    }

    pub(super) fn declare_extension(
        &mut self,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        self.check_names("extension", attributes, &["name", "prefix", "uri"], window);
        let names = ["name", "prefix", "uri"];
        let Some([_, prefix, uri]) = self.required("extension", attributes, names, window) else {
            return Ok(());
        };
        self.limit_declarations(self.extensions.count(), window)?;
        match self.extensions.declare(prefix, uri) {
            Declaration::Fine => {}
            Declaration::Repeated => {
                self.find(Rule::DuplicateElement, ("extension", prefix), window, || {
                    say!("The prefix {prefix} is declared before; the first counts.", prefix)
                });
            }
            Declaration::ForeignUri => {
                self.find(Rule::ExtensionUri, ("uri", uri), window, || {
                    say!(
                        "{prefix} is the prefix of a standard extension with another address.",
                        prefix
                    )
                });
            }
        }
        self.keys.forget_verdicts();
        Ok(())
    }

    pub(super) fn declare_classifier(
        &mut self,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        self.check_names("classifier", attributes, &["name", "scope", "keys"], window);
        let names = ["name", "keys"];
        let required = self.required("classifier", attributes, names, window);
        let scope = self.scope("classifier", attributes, window);
        let (Some([name, keys]), Some(scope)) = (required, scope) else { return Ok(()) };
        self.limit_declarations(self.classifiers.len(), window)?;
        if self.classifiers.iter().any(|known| known.name == name && known.scope == scope) {
            self.find(Rule::DuplicateElement, ("classifier", name), window, || {
                say!("The classifier {name} is declared before; the first counts.", name)
            });
            return Ok(());
        }
        let line = window.line();
        let (name, keys) = (name.to_owned(), keys.to_owned());
        self.classifiers.push(Classifier { name, scope, keys, line });
        Ok(())
    }

    fn limit_declarations(&self, count: usize, window: &mut Window<'_>) -> Result<(), Problem> {
        if count < DECLARATIONS_MAX {
            return Ok(());
        }
        let detail = say!(
            "The log declares more than {max} extensions or classifiers.",
            max = DECLARATIONS_MAX
        );
        Err(Problem::new(ErrorCode::InputTooLarge, detail).at_row(window.line()))
    }

    fn scope(
        &mut self,
        element: &str,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Option<Scope> {
        let text = attributes.other("scope");
        let scope = Scope::parse(text);
        if scope.is_none() {
            self.find(Rule::BadScope, ("scope", text.unwrap_or("")), window, || {
                say!(
                    "The scope of a {element} is event or trace; the element was left out.",
                    element
                )
            });
        }
        scope
    }

    /// Opens a global. Returns whether it is read.
    pub(super) fn start_global(
        &mut self,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> bool {
        self.check_names("global", attributes, &["scope"], window);
        let scope = self.scope("global", attributes, window);
        // A global of no known scope is checked like one of events, but declares nothing.
        let root = scope.map_or(Root::Log, Scope::globals);
        let element = Element::Global(scope.unwrap_or(Scope::Event));
        if let Some(scope) = scope
            && std::mem::replace(&mut self.globals[scope as usize].is_declared, true)
        {
            self.find(Rule::DuplicateElement, ("global", ""), window, || {
                say!("There is a global of this scope before; their attributes are joined.")
            });
        }
        let line = window.line();
        self.push_frame(element, root.node(), root, line);
        true
    }
}
