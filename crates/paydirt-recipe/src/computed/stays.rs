//! Since when has an attribute of events its last value, and how long did it have those before?

use paydirt_model::attribute::AttributeIdx;

use crate::computed::node::{Look, Marks};

/// The attribute, the attribute beside it that tells its values apart, and the events that enter a
/// value.
#[derive(Debug)]
pub(super) struct StageNode {
    pub(super) marks: Option<Marks>,
    pub(super) attribute: AttributeIdx,
    pub(super) group: Option<AttributeIdx>,
}

/// The entry into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StageEntry {
    pub(super) event: usize,
    pub(super) group: String,
    pub(super) value: String,
}

/// Every entry, in order; one that repeats the value before it is none.
pub(super) fn entries(look: &Look<'_>, stage: &StageNode) -> Vec<StageEntry> {
    let mut entries: Vec<StageEntry> = Vec::new();
    for (event, code) in look.case.activities().iter().enumerate() {
        if stage.marks.as_ref().is_some_and(|marks| !marks[code.idx()]) {
            continue;
        }
        let Some(value) = look.text_at(stage.attribute, event) else { continue };
        let group = stage.group.and_then(|group| look.text_at(group, event)).unwrap_or_default();
        let is_same = |last: &StageEntry| last.value == value && last.group == group;
        if !entries.last().is_some_and(is_same) {
            let (group, value) = (group.into_owned(), value.into_owned());
            entries.push(StageEntry { event, group, value });
        }
    }
    entries
}

/// The entry into the value that the case has last.
pub(super) fn entered(look: &Look<'_>, stage: &StageNode) -> Option<StageEntry> {
    entries(look, stage).pop()
}

/// The stays that ended, in microseconds.
pub(super) fn stays(look: &Look<'_>, stage: &StageNode) -> Vec<((String, String), i64)> {
    let entries = entries(look, stage);
    let pairs = entries.windows(2).map(|pair| {
        let span = look.between_us(look.moment(pair[0].event), look.moment(pair[1].event), false);
        ((pair[0].group.clone(), pair[0].value.clone()), span)
    });
    pairs.collect()
}
