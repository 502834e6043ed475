//! Fuzzes the target `filter`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("filter", data));
