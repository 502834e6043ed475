//! Does every parser survive what damaged and hostile inputs are like? Seeded mutations of corpora.
//!
//! Every corpus is a folder of small files in `testdata/fuzz`. The mutations are the same in every
//! run. What is checked about each input, and how its work is bounded, is in `targets`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use serde_json::Value;

use crate::targets::{TARGETS, check};

/// Longest input: that of libFuzzer by default.
const INPUT_BYTES_MAX: usize = 4_096;

/// A small generator of numbers: the same ones for the same seed.
struct Random(u64);

impl Random {
    fn of(seed: u64) -> Self {
        // Neighbouring seeds become distant states; the state of this generator is never zero.
        Random(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound.max(1) as u64).expect("below a bound of this size")
    }

    fn one_of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Pieces that parsers take notice of.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\\",
    b" ",
    b"<",
    b">",
    b"/>",
    b"&#0;",
    b"&amp;",
    b"<!--",
    b"-->",
    b"]]>",
    b"</trace>",
    b"<event>",
    b"<row>",
    b"<c t=\"s\"><v>",
    b"</v></c>",
    b" r=\"C9\"",
    b"\n%\n",
    b"PK\x03\x04",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"null",
    b"true",
    b"-1",
    b"1e400",
    b"0.1",
    b"[[[[[[[[",
    b"9999-12-31",
    b"0001-01-01",
    b"+23:59",
    b"Z",
    b"24:00",
    b":60",
    b"%",
    b"%Y",
    b"%%",
    b"%f",
    b"9223372036854775807",
    b"18446744073709551616",
    b"-9223372036854775808",
    b"00",
    b".",
    b"-",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff",
    b"\x1f\x8b\x08",
    b"PAR1",
    b"\xe2\x82\xac",
    b"\xc3",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x80",
    b"\xff\xff\xff\xff\x0f",
    b"NA",
    b"\xe5\xb9\xb4",
];

fn mutated(corpus: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut data = corpus[random.below(corpus.len())].1.clone();
    for _ in 0..=random.below(4) {
        let at = random.below(data.len() + 1);
        let length = random.below(40).min(data.len() - at);
        match random.below(7) {
            0 if at < data.len() => data[at] ^= 1 << random.below(8),
            1 => drop(data.drain(at..at + length)),
            2 => {
                let copied = data[at..at + length].to_vec();
                let target = random.below(data.len() + 1);
                data.splice(target..target, copied);
            }
            3 => drop(data.splice(at..at, random.one_of(PIECES).iter().copied())),
            4 => {
                let piece = random.one_of(PIECES);
                let end = data.len().min(at + piece.len());
                data.splice(at..end, piece.iter().copied());
            }
            5 => {
                let other = &corpus[random.below(corpus.len())].1;
                let from = random.below(other.len() + 1);
                let to = from + random.below(200).min(other.len() - from);
                data.splice(at..at + length, other[from..to].iter().copied());
            }
            _ => data.truncate(data.len() - random.below(data.len().min(64) + 1)),
        }
    }
    data.truncate(INPUT_BYTES_MAX);
    data
}

/// Values that parameters are not made for.
const LEAVES: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1",
    "0.5",
    "1e400",
    "18446744073709551615",
    "-9223372036854775808",
    "0.0000000000000000000000000000001",
    "170141183460469231731687303715884105727",
    "\"\"",
    "\"a\"",
    "\"région\"",
    "\"2024-02-30\"",
    "\"9999-12-31\"",
    "\"0001-01-01T00:00:00+23:59\"",
    "\"-5\"",
    "[]",
    "{}",
    "[null]",
    "[\"a\",\"a\"]",
    "{\"kind\":\"sample\",\"share\":1}",
];

/// A JSON document of the corpus with some of its values replaced, by leaves or by values of other
/// documents; none when the corpus is not of JSON.
fn mutated_json(corpus: &[(String, Vec<u8>)], random: &mut Random) -> Option<Vec<u8>> {
    let documents: Vec<Value> =
        corpus.iter().filter_map(|(_, data)| serde_json::from_slice(data).ok()).collect();
    if documents.len() < corpus.len() / 2 {
        return None;
    }
    let mut document = documents[random.below(documents.len())].clone();
    for _ in 0..=random.below(2) {
        let replacement = if random.below(3) == 0 {
            let mut other = documents[random.below(documents.len())].clone();
            some_value(&mut other, random).take()
        } else {
            serde_json::from_str(random.one_of(LEAVES)).unwrap_or(Value::Null)
        };
        *some_value(&mut document, random) = replacement;
    }
    Some(document.to_string().into_bytes())
}

/// A value somewhere within another.
fn some_value<'a>(value: &'a mut Value, random: &mut Random) -> &'a mut Value {
    let count = match value {
        Value::Array(parts) => parts.len(),
        Value::Object(parts) => parts.len(),
        _ => 0,
    };
    if count == 0 || random.below(8) == 0 {
        return value;
    }
    let at = random.below(count);
    let part = match value {
        Value::Array(parts) => parts.get_mut(at),
        Value::Object(parts) => parts.values_mut().nth(at),
        _ => None,
    };
    some_value(part.expect("a value below the count"), random)
}

/// Names and bytes of the files of a corpus, in the order of their names.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = manifest.join("../../testdata/fuzz").join(target);
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Checks the corpus of a target, then so many mutations of it.
fn survives(target: &str, rounds: u64) {
    let corpus = corpus(target);
    assert!(!corpus.is_empty());
    for (name, data) in &corpus {
        assert!(data.len() <= INPUT_BYTES_MAX, "{target}/{name} is larger than a mutation");
        tried(target, data, &format!("corpus file {name}"));
    }
    for seed in 0..rounds {
        let random = &mut Random::of(seed);
        let structured = if seed % 2 == 0 { mutated_json(&corpus, random) } else { None };
        let data = structured.unwrap_or_else(|| mutated(&corpus, random));
        tried(target, &data, &format!("seed {seed}"));
    }
}

fn tried(target: &str, data: &[u8], which: &str) {
    if catch_unwind(AssertUnwindSafe(|| check(target, data))).is_err() {
        panic!("target {target}, {which}, input b\"{}\"", data.escape_ascii());
    }
}

#[test]
fn every_target_has_a_corpus_and_a_program() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    for target in TARGETS {
        assert!(!corpus(target.name).is_empty());
        let program = root.join(format!("fuzz/fuzz_targets/{}.rs", target.name));
        assert!(program.is_file(), "{}", program.display());
    }
}

macro_rules! survivors {
    ($($test:ident $target:literal $rounds:literal)+) => {
        $(#[test]
        fn $test() {
            survives($target, $rounds);
        })+
    };
}

survivors! {
    delimited_text_of_any_kind "delimited" 1_000
    text_of_any_encoding "encoding" 20_000
    xes_of_any_kind "xes" 3_000
    object_centric_logs_of_any_kind "ocel" 2_000
    archives_of_any_kind "zip" 2_000
    gzip_of_any_kind "gzip" 3_000
    parquet_of_any_kind "parquet" 5_000
    workbooks_of_any_kind "workbook" 3_000
    sheets_of_any_kind "sheet" 3_000
    dates_and_patterns_of_any_kind "dates" 10_000
    values_of_any_type "types" 10_000
    filters_of_any_kind "filter" 4_000
    questions_of_any_kind "question" 3_000
    files_of_any_kind_imported "import" 2_000
    files_of_any_kind_converted "round_trip" 1_000
}
