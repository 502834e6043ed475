//! What can be computed with a log, by what the library says of its figures?

use std::sync::atomic::Ordering;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
pub use paydirt_recipe::coverage::{Computable, Coverage, NeededData, TemplateLine};
use paydirt_recipe::coverage::{CoverageCounts, CoveragePlan};
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
pub use paydirt_recipe::library::coverage::{Need, NeedKind};
use paydirt_recipe::library::templates::Template;

use crate::analyse::Running;
use crate::import::Imported;
use crate::parallel;
use crate::process_settings;
use crate::workspace::{LogId, VersionNumber, Workspace};

/// The template in whose words missing data are named, where none is chosen.
const USUAL_TEMPLATE: &str = "generic";

/// In which words the answer is given.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// System of the data template that names what is missing; the general one when not given.
    pub template: Option<&'a str>,
    /// Language of the names.
    pub language: Language,
}

impl Words<'_> {
    fn template<'l>(&self, library: &'l Library) -> Result<Option<&'l Template>, Problem> {
        let Some(system) = self.template else { return Ok(library.template(USUAL_TEMPLATE)) };
        let found = crate::template::find(library, system).map(Some);
        found.map_err(|missing| {
            Problem { code: ErrorCode::InvalidParameters, ..missing }.in_parameter("template")
        })
    }
}

/// What can be computed with a log; `notions` are the logs that its version has, `settings` what
/// was chosen for it.
///
/// # Errors
/// There is no such template, the attributes cannot be read, or the work was cancelled.
pub fn of_log(
    log: &EventLog,
    (notions, settings): (&[CaseNotion], &ChosenSettings),
    library: &Library,
    words: Words<'_>,
    running: Running<'_>,
) -> Result<Coverage, Problem> {
    let template = words.template(library)?;
    let plan = CoveragePlan::new(library, log.context(), notions, settings);
    let segments: Vec<_> = log.segments().iter().enumerate().collect();
    let found = parallel::map(segments, running.threads, |(idx, segment)| {
        if running.cancelled.load(Ordering::Relaxed) {
            let detail = say!("The work was cancelled.");
            return Err(Problem::new(ErrorCode::Cancelled, detail));
        }
        log.load_columns(idx, plan.attributes())?;
        Ok(plan.observe(&CaseBatch::all(segment)))
    });
    let mut counts = CoverageCounts::default();
    for part in found {
        counts = counts.with(part?);
    }
    Ok(plan.answer(counts, template, words.language))
}

/// What can be computed with a file that was recognised as one of the process; none of another.
///
/// # Errors
/// As [`of_log`].
pub fn of_imported(
    imported: &Imported,
    language: Language,
    running: Running<'_>,
) -> Result<Option<Coverage>, Problem> {
    let process = imported.report.process.as_ref().filter(|process| process.used);
    let (Some(_), Some(library)) = (process, &imported.reading.library) else {
        return Ok(None);
    };
    let words = Words { template: None, language };
    let known = ([imported.log.context().notion], ChosenSettings::default());
    of_log(&imported.log, (&known.0, &known.1), library, words, running).map(Some)
}

/// What can be computed with a stored version.
///
/// # Errors
/// There is no such version; or as [`of_log`].
pub fn of_version(
    workspace: &Workspace,
    (log, number): (LogId, VersionNumber),
    words: Words<'_>,
    running: Running<'_>,
) -> Result<Coverage, Problem> {
    let notions = workspace.version(log, number)?.notions;
    let open = workspace.open_log(log, number, CaseNotion::Main)?;
    let library = &workspace.library().library;
    let settings = process_settings::chosen(workspace, log, library)?;
    let found = of_log(&open, (&notions, &settings), library, words, running);
    found.map_err(|problem| workspace.explain(problem, log, number))
}
