//! The whole program, run as a user runs it: the binary, its output and its exit codes.

mod cli_failures;
mod cli_help;
mod cli_output;
mod conversion;
mod csv_cases;
mod damage;
mod dates;
mod determinism;
mod json_shape;
mod languages;
mod lifecycle;
mod reference;
mod roles;
mod shipped;
mod support;
mod xes_rules;
