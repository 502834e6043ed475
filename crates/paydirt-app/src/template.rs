//! The data template of a system as a file to fill in: a workbook, or its sheets as CSV, in a
//! language; and what it says, to be read beforehand.

mod data_sheets;
mod guide;
mod told_sheets;

use std::io;

use paydirt_connect::writers::workbook::{self, Help, Named, Workbook};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::templates::Template;

use data_sheets::DataSheets;
pub use guide::{GuideActivity, GuideAttribute, GuideSheet, GuideStep, TemplateGuide};

/// How a template is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateFormat {
    /// A workbook of Excel.
    Xlsx,
    /// A ZIP archive of CSV files, one for each sheet.
    Csv,
}

impl TemplateFormat {
    fn ending(self) -> &'static str {
        match self {
            TemplateFormat::Xlsx => "xlsx",
            TemplateFormat::Csv => "zip",
        }
    }
}

/// A template as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// What it is called.
    pub name: String,
    /// Its bytes, the same for the same library and language.
    pub bytes: Vec<u8>,
}

/// What every template says, in the order of the library.
#[must_use]
pub fn guides(library: &Library, language: Language) -> Vec<TemplateGuide> {
    let templates = library.templates.iter();
    templates.map(|template| TemplateGuide::of(library, template, language)).collect()
}

/// The template of a system.
///
/// # Errors
/// There is none.
pub fn find<'l>(library: &'l Library, system: &str) -> Result<&'l Template, Problem> {
    library.template(system).ok_or_else(|| {
        let known: Vec<&str> = library.templates.iter().map(|one| one.system.as_str()).collect();
        Problem::new(
            ErrorCode::TemplateNotFound,
            say!("There is no data template for \"{system}\".", system),
        )
        .with_hint(say!("The templates are: {known}.", known))
    })
}

/// Writes the template of a system in a language.
///
/// # Errors
/// There is no template for the system, or a text of the user's own library has a form that a
/// workbook cannot take.
pub fn file(
    library: &Library,
    system: &str,
    language: Language,
    format: TemplateFormat,
) -> Result<TemplateFile, Problem> {
    let template = find(library, system)?;
    let book = workbook(library, template, language);
    let bytes = match format {
        TemplateFormat::Xlsx => workbook::xlsx(&book),
        TemplateFormat::Csv => workbook::zipped_csv(&book),
    };
    let bytes = bytes.map_err(|error| unwritable(template, &error))?;
    Ok(TemplateFile { name: file_name(template, language, format), bytes })
}

fn unwritable(template: &Template, error: &io::Error) -> Problem {
    let detail = say!(
        "The template of {system} cannot be written: {error}.",
        system = template.system.as_str(),
        error = error.to_string()
    );
    Problem::new(ErrorCode::LibraryMistake, detail)
        .with_hint(say!("Mend the names in the files of your library."))
}

/// What the file of a template is called.
#[must_use]
pub fn file_name(template: &Template, language: Language, format: TemplateFormat) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '.' { sign } else { '-' };
    let version: String = template.version.chars().map(plain).collect();
    let (system, code, ending) = (&template.system, language.code(), format.ending());
    format!("paydirt-{system}-{version}-{code}.{ending}")
}

/// Everything that stands in the workbook of a template.
fn workbook(library: &Library, template: &Template, language: Language) -> Workbook {
    let guide = TemplateGuide::of(library, template, language);
    let data = DataSheets::of(library, template, language);
    let mut names = vec![
        ("paydirt_template".to_owned(), Named::Constant(template.system.clone())),
        ("paydirt_template_version".to_owned(), Named::Constant(template.version.clone())),
        ("paydirt_language".to_owned(), Named::Constant(language.code().to_owned())),
    ];
    let mut sheets = Vec::new();
    for sheet in &library.sheets {
        let written = match sheet.key.as_str() {
            "read_me" => told_sheets::read_me(library, &guide, sheet, language),
            "attribute_guide" => told_sheets::attribute_guide(library, &guide, sheet, language),
            "activity_guide" => told_sheets::activity_guide(library, &guide, sheet, language),
            "checks" => told_sheets::checks(library, &data, sheet, language),
            "lists" => {
                names.extend(data.list_names(sheets.len(), sheet.columns.len()));
                data.lists(sheet)
            }
            _ => data.sheet(sheet),
        };
        names.push((format!("paydirt_sheet_{}", sheet.key), Named::Header(sheets.len())));
        sheets.push(written);
    }
    let text = |key: &str| library.text(key, language).to_owned();
    let warning = |what: &str| Help {
        title: text(&format!("{what}.title")),
        text: text(&format!("{what}.message")),
    };
    Workbook {
        title: format!("{} – {}", text("read_me.title"), guide.name),
        subject: format!("paydirt-template {} {}", template.system, template.version),
        sheets,
        names,
        warnings: [warning("list"), warning("value")],
    }
}
