//! Exact statistics that merge: order statistics of durations, histograms, variant hashes.

pub mod duration_bag;
pub mod value_store;
pub mod variant_id;
pub mod variant_set;
