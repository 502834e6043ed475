//! Tests over whole tables: roles, dates and types together, and texts of every kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod automatic;
mod cases;
mod computed;
mod convert;
mod coverage;
mod damage;
mod findings;
mod library;
mod library_mistakes;
mod parts;
mod recognition;
mod recognition_of_cases;
mod settings;
mod support;
