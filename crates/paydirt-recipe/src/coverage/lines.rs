//! What is something that figures need called, and where does a data template ask for it?

use paydirt_model::language::Language;

use crate::coverage::TemplateLine;
use crate::library::Library;
use crate::library::coverage::{Need, NeedKind};
use crate::library::templates::Template;
use crate::library::texts::Texts;

/// The name of a need; its key where the library says nothing of it.
pub(crate) fn name_of(library: &Library, need: &Need, language: Language) -> String {
    let key = &need.key;
    let name = match need.kind {
        NeedKind::Activity => library.activity(key).map(|one| &one.name),
        NeedKind::Attribute => library.attribute(key).map(|one| &one.name),
        NeedKind::Sheet => library.sheet(key).map(|one| &one.name),
        NeedKind::Setting => {
            library.settings.iter().find(|one| one.key == *key).map(|one| &one.name)
        }
    };
    let name = name.map(|name: &Texts| name.get(language)).filter(|name| !name.is_empty());
    name.unwrap_or(key).to_owned()
}

/// The line of a template that asks for a need; sheets and settings are no lines of it.
pub(super) fn template_line(
    template: &Template,
    need: &Need,
    language: Language,
) -> Option<TemplateLine> {
    let (label, status, how) = match need.kind {
        NeedKind::Activity => {
            let line = template.activity(&need.key)?;
            (line.label.get(language), line.status, &line.capture)
        }
        NeedKind::Attribute => {
            let line = template.attribute(&need.key)?;
            (line.column.as_str(), line.status, &line.source)
        }
        NeedKind::Sheet | NeedKind::Setting => return None,
    };
    Some(TemplateLine {
        template: template.system.clone(),
        label: label.to_owned(),
        status,
        how: how.get(language).to_owned(),
    })
}
