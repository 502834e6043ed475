//! The whole program, run as a user runs it: the binary, its output and its exit codes.

mod cli_failures;
mod cli_help;
mod cli_output;
mod conversion;
mod csv_cases;
mod damage;
mod dates;
mod determinism;
mod flow_reference;
mod http_imports;
mod http_jobs;
mod http_languages;
mod http_rules;
mod json_shape;
mod languages;
mod lifecycle;
mod openapi;
mod reference;
mod roles;
mod server;
mod shipped;
mod stored_logs;
mod sudden_ends;
mod support;
mod xes_rules;
