//! Files that are not what was written: a problem that names the file, never a panic, never
//! another log.

use paydirt_model::problem::ErrorCode;
use serde_json::Value;

use super::super::table_file::StoredFile;
use super::logs::{Dice, Shape, generate};
use super::*;

fn small(seed: u64) -> EventLog {
    generate(Shape { written_cases: 20, partitions: 2, ..Shape::of(seed) })
}

/// Changes one file, and says which.
fn damage(written: &Written, dice: &mut Dice) -> String {
    let files = written.files();
    let names: Vec<&String> = files.keys().collect();
    let name = names[dice.below(names.len())];
    let mut bytes = files[name].clone();
    match dice.below(5) {
        0 => {
            let bit = 1 << dice.below(8);
            let place = dice.below(bytes.len());
            bytes[place] ^= bit;
        }
        1 => bytes.truncate(dice.below(bytes.len())),
        2 => bytes.extend((0..=dice.below(20)).map(|_| 0)),
        3 => {
            let (start, length) = (dice.below(bytes.len()), 1 + dice.below(16));
            let end = (start + length).min(bytes.len());
            bytes[start..end].fill(u8::try_from(dice.below(256)).unwrap());
        }
        _ => bytes = files[names[dice.below(names.len())]].clone(),
    }
    fs::write(written.path().join(name), bytes).unwrap();
    name.clone()
}

#[test]
fn damage_is_found_out_and_the_file_is_named() {
    let mut found = 0;
    for seed in 0..25 {
        let log = small(seed);
        let mut dice = Dice::new(seed);
        let expected = told(&log);
        for round in 0..12 {
            let written = Written::of(&log, 1);
            let name = damage(&written, &mut dice);
            match written.read() {
                // The change was none, or of bytes that say nothing, such as the first four.
                Ok(read) => assert_eq!(told(&read), expected, "{seed} {round} {name}"),
                Err(problem) => {
                    found += 1;
                    assert_eq!(problem.code, ErrorCode::DamagedFile, "{seed} {round}: {problem}");
                    assert_eq!(problem.place.file, Some(name), "{seed} {round}: {problem}");
                }
            }
        }
    }
    assert!(found > 220, "only {found} of 300 changes were found out");
}

/// Where the footer of a file begins.
fn footer_of(bytes: &[u8]) -> usize {
    let tail: [u8; 4] = bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap();
    bytes.len() - 8 - u32::from_le_bytes(tail) as usize
}

/// Footers are changed, and their hashes with them: what only a forger can do.
#[test]
fn a_forged_footer_is_no_end_of_the_program() {
    for seed in 0..25 {
        let log = small(seed);
        let mut dice = Dice::new(seed);
        let files = Written::of(&log, 1).files();
        for _ in 0..12 {
            let mut written = Written::of(&log, 1);
            let segment_idx = dice.below(written.stored.segments.len());
            let segment = &mut written.stored.segments[segment_idx];
            let (table, file) = if dice.below(2) == 0 {
                ("cases", &mut segment.case_file)
            } else {
                ("events", &mut segment.event_file)
            };
            let name = format!("main-{segment_idx:02}-{table}.parquet");
            let mut bytes = files[&name].clone();
            let start = footer_of(&bytes);
            for _ in 0..=dice.below(3) {
                let place = start + dice.below(bytes.len() - 8 - start);
                bytes[place] = u8::try_from(dice.below(256)).unwrap();
            }
            *file = StoredFile::of(&bytes);
            fs::write(written.path().join(&name), bytes).unwrap();
            if let Err(problem) = written.read() {
                assert_eq!(problem.code, ErrorCode::DamagedFile, "{seed}: {problem}");
                assert!(problem.place.file.is_some(), "{seed}: {problem}");
            }
        }
    }
}

/// Every place of a JSON value.
fn places(value: &Value, here: &str, into: &mut Vec<String>) {
    into.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (idx, item) in items.iter().enumerate() {
                places(item, &format!("{here}/{idx}"), into);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                places(item, &format!("{here}/{name}"), into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn forged(honest: Value, choice: usize) -> Value {
    match (honest, choice) {
        (Value::Number(_), 0) => Value::from(u64::MAX),
        (Value::Number(_), 1) => Value::from(0),
        (Value::Number(number), _) => Value::from(number.as_i64().unwrap_or(7).wrapping_add(1)),
        (Value::String(text), 0) => Value::from(format!("{text}x")),
        (Value::Array(mut items), _) => {
            items.pop();
            Value::Array(items)
        }
        (_, 1) => Value::Null,
        (other, _) => other,
    }
}

#[test]
fn a_forged_description_is_no_end_of_the_program() {
    let mut refused = 0;
    for seed in 0..30 {
        let mut written = Written::of(&small(seed), 1);
        let honest = serde_json::to_value(&written.stored).unwrap();
        let mut dice = Dice::new(seed);
        let mut all = Vec::new();
        places(&honest, "", &mut all);
        for _ in 0..60 {
            let mut description = honest.clone();
            let place = &all[dice.below(all.len())];
            let value = description.pointer_mut(place).unwrap();
            *value = forged(value.take(), dice.below(3));
            let Ok(stored) = serde_json::from_value(description) else { continue };
            written.stored = stored;
            if let Err(problem) = written.read() {
                refused += 1;
                let known = [ErrorCode::DamagedFile, ErrorCode::TimeZoneUnknown];
                assert!(known.contains(&problem.code), "{seed} {place}: {problem}");
            }
        }
    }
    assert!(refused > 200, "only {refused} were refused");
}
