//! Exact statistics that merge: order statistics of durations, histograms, variant hashes.

pub mod best_rows;
pub mod bins;
pub mod calendar;
pub(crate) mod case_ends;
pub(crate) mod case_groups;
pub(crate) mod currency_bags;
pub mod deviation;
pub mod duration_bag;
pub mod figure;
pub(crate) mod hashed_sample;
pub(crate) mod kept_activities;
pub mod kept_value;
pub mod keyed_durations;
pub mod left_out;
mod locate;
pub mod number_bag;
pub mod page;
pub mod pair_numbers;
pub(crate) mod projection;
pub(crate) mod strata;
pub mod value_counts;
pub mod value_store;
pub mod variant_counts;
pub mod variant_id;
pub mod variant_set;
pub mod wait_times;
pub(crate) mod who;
