//! Fuzzes the target `round_trip`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("round_trip", data));
