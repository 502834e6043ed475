//! The demo world: a coherent lead-to-cash company made from a seed, with known effects in it.
//!
//! Every deal is a pure function of (seed, settings, number). From it come, side by side, the true
//! event logs and the raw tables of a CRM and of the finance side; neither is made from the other.
//!
//! This crate never does I/O, never reads the clock, never draws unseeded randomness, and is used
//! by nothing but the application and the developer's tools.

pub mod activity;
mod begin;
pub mod calendar;
pub mod catalog;
pub mod company;
pub mod deal;
pub mod document_log;
pub mod effects;
mod finish;
mod happening;
pub mod ids;
pub mod lead_log;
pub mod logs;
pub mod main_log;
mod offer;
pub mod pipeline;
pub mod planted;
pub mod random;
mod sale;
mod schema;
mod story;
pub mod tables;
pub mod world;
