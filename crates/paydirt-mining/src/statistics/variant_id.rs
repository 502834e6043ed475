//! The name of a variant: a fixed hash of its activity names, equal across filters and versions.

use paydirt_model::activity::{Activities, ActivityCode};
use xxhash_rust::xxh3::Xxh3;

/// The first 64 bits of XXH3-128 over the names, each followed by a zero byte, in 16 hex digits.
#[must_use]
pub fn variant_id(activities: &Activities, trace: &[ActivityCode]) -> String {
    let mut hash = Xxh3::new();
    for &code in trace {
        hash.update(activities.name(code).as_bytes());
        hash.update(&[0]);
    }
    format!("{:016x}", u64::try_from(hash.digest128() >> 64).expect("64 bits remain"))
}
