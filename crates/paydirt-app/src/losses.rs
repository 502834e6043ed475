//! What does a format not say of a log?
//!
//! Parquet holds everything. CSV and XES leave some things out; whoever writes one is told which,
//! and how much of it the log has.

mod attributes;

use paydirt_connect::writers::csv::tells_precision;
use paydirt_model::event_log::{EventLog, SegmentParts};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Precision;

use crate::convert::OutputFormat;

/// Most names in one sentence.
const NAMES_MAX: usize = 5;

/// What a file of this format leaves out, in words.
pub(crate) fn losses(log: &EventLog, format: OutputFormat) -> Vec<Sentence> {
    let name = match format {
        OutputFormat::Csv => "CSV",
        OutputFormat::Xes | OutputFormat::XesGz => "XES",
        OutputFormat::Parquet => return Vec::new(),
    };
    let count = |of: &dyn Fn(&SegmentParts) -> usize| -> usize {
        log.segments().iter().map(|segment| of(segment.parts())).sum()
    };
    let mut notes = Vec::new();
    let precisions = count(&|parts| lost_precisions(parts, format));
    if precisions > 0 {
        notes.push(say!(
            "{count} {count|event is|events are} known to the day or the minute only; {name} gives \
             {count|it|them} as {count|an instant|instants}.",
            count = precisions,
            name
        ));
    }
    let recorded = count(&moved_times);
    if recorded > 0 {
        notes.push(say!(
            "{count} {count|event was|events were} recorded at another time than the one that \
             orders {count|its|their} case; {name} has the ordering time only.",
            count = recorded,
            name
        ));
    }
    let context = log.context();
    let auxiliary =
        context.activities.codes().filter(|&code| context.activities.is_auxiliary(code));
    let auxiliary: Vec<&str> = auxiliary.map(|code| context.activities.name(code)).collect();
    if !auxiliary.is_empty() {
        let activities = listed(&auxiliary);
        notes.push(say!(
            "{name} does not mark auxiliary activities; read from it, these count like others: \
             {activities}.",
            name,
            activities
        ));
    }
    let links = count(&|parts| parts.links.shares.len());
    if links > 0 {
        notes.push(say!(
            "{name} has no links between cases; {count} {count|is|are} left out.",
            name,
            count = links
        ));
    }
    if context.rates.is_some() {
        notes.push(say!("{name} has no exchange rates; those of the log are left out.", name));
    }
    notes.extend(match format {
        OutputFormat::Csv => attributes::in_csv(log),
        OutputFormat::Xes | OutputFormat::XesGz => attributes::in_xes(log),
        OutputFormat::Parquet => Vec::new(),
    });
    if !notes.is_empty() {
        notes.push(say!("Parquet keeps all of it."));
    }
    notes
}

/// Events whose precision cannot be read from the file.
fn lost_precisions(parts: &SegmentParts, format: OutputFormat) -> usize {
    let is_lost = |(row, &precision): (usize, &Precision)| match format {
        OutputFormat::Csv => {
            let offset_min = parts.offsets_min.get(row).copied().unwrap_or(0);
            !tells_precision(parts.times_us[row], precision, offset_min)
        }
        _ => precision != Precision::Instant,
    };
    parts.precisions.iter().enumerate().filter(|&it| is_lost(it)).count()
}

fn moved_times(parts: &SegmentParts) -> usize {
    let pairs = parts.recorded_us.iter().zip(&parts.times_us);
    pairs.filter(|(recorded_us, time_us)| recorded_us != time_us).count()
}

fn listed(names: &[&str]) -> Sentence {
    let shown: Vec<&str> = names.iter().take(NAMES_MAX).copied().collect();
    match names.len().saturating_sub(NAMES_MAX) {
        0 => say!("{shown}", shown),
        more => say!("{shown} and {more} more", shown, more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::event_chunk::{ChunkWriter, EventTime};
    use paydirt_model::log_builder::{EventLogBuilder, LogSpec};
    use paydirt_model::text_log;
    use paydirt_model::time::{DAY_US, MINUTE_US};

    fn log(times: &[(Precision, i64, i64)], auxiliary: &[&str]) -> EventLog {
        let auxiliary = auxiliary.iter().map(|&name| name.to_owned()).collect();
        let mut builder = EventLogBuilder::new(LogSpec { auxiliary, ..LogSpec::plain() }, 1);
        let mut writer = ChunkWriter::new(Vec::new());
        for &(precision, recorded_us, effective_us) in times {
            let time = EventTime { precision, recorded_us, ..EventTime::instant(effective_us) };
            writer.push("1", "a", time);
        }
        builder.append(writer.take());
        builder.finish().unwrap().0
    }

    #[test]
    fn what_a_format_keeps_is_not_mentioned() {
        let plain = log(&[(Precision::Instant, 5, 5)], &["no such activity"]);
        for format in [OutputFormat::Csv, OutputFormat::Xes, OutputFormat::Parquet] {
            assert_eq!(losses(&plain, format), [""; 0]);
        }
        let whole = [(Precision::Day, DAY_US, DAY_US), (Precision::Minute, MINUTE_US, MINUTE_US)];
        assert_eq!(losses(&log(&whole, &[]), OutputFormat::Csv), [""; 0]);
    }

    #[test]
    fn attributes_that_change_are_named() {
        let log = text_log::parse(
            "A: a/ann{share=5.0 cost=5.5 note=x} b/bob{share=6.0 cost=6.5 note=x} | \
             amount=5EUR flag=true day=\"2024-01-31\"\n\
             B: a{share=7.0 cost=7.5 note=y} | amount=6EUR flag=true day=\"2024-02-01\"",
        );
        assert_eq!(
            losses(&log, OutputFormat::Csv),
            [
                "CSV has no types, and the values of day look like another one: read again, their \
                 type is timestamp and no longer text.",
                "CSV has no types, and the values of flag look like another one: read again, \
                 their type is text and no longer boolean.",
                "CSV does not say what belongs to the case: note, with the same value in all \
                 events of each case, belongs to the case when the file is read again.",
                "Parquet keeps all of it.",
            ]
        );
        assert_eq!(
            losses(&log, OutputFormat::Xes),
            [
                "XES has no amounts of money: amount is a number there, with the currency as a \
                 text beside.",
                "Parquet keeps all of it.",
            ]
        );
        assert_eq!(losses(&log, OutputFormat::Parquet), [""; 0]);
    }

    #[test]
    fn what_is_left_out_is_counted_and_named() {
        let times = [(Precision::Day, 0, DAY_US - 1), (Precision::Day, DAY_US, DAY_US)];
        let log = log(&times, &["a"]);
        assert_eq!(
            losses(&log, OutputFormat::Csv),
            [
                "1 event is known to the day or the minute only; CSV gives it as an instant.",
                "1 event was recorded at another time than the one that orders its case; CSV \
                 has the ordering time only.",
                "CSV does not mark auxiliary activities; read from it, these count like others: a.",
                "Parquet keeps all of it.",
            ]
        );
        let xes = losses(&log, OutputFormat::XesGz);
        assert!(xes[0].to_string().starts_with("2 events are known to the day"), "{xes:?}");
        assert_eq!(losses(&log, OutputFormat::Parquet), [""; 0]);
    }
}
