//! The name of a variant: a fixed hash of its activity names, equal across filters and versions.

use xxhash_rust::xxh3::Xxh3;

use crate::activity::{Activities, ActivityCode};

/// XXH3-128 over the names, each followed by a zero byte.
#[must_use]
pub fn variant_hash(activities: &Activities, trace: &[ActivityCode]) -> u128 {
    let mut hash = Xxh3::new();
    for &code in trace {
        hash.update(activities.name(code).as_bytes());
        hash.update(&[0]);
    }
    hash.digest128()
}

/// The first 64 bits of a variant's hash.
#[must_use]
pub fn short_hash(hash: u128) -> u64 {
    u64::try_from(hash >> 64).expect("64 bits remain")
}

/// The first 64 bits of the variant's hash, in 16 hex digits.
#[must_use]
pub fn variant_id(activities: &Activities, trace: &[ActivityCode]) -> String {
    id_of(short_hash(variant_hash(activities, trace)))
}

/// The name of the variant with this short hash.
#[must_use]
pub fn id_of(short_hash: u64) -> String {
    format!("{short_hash:016x}")
}
