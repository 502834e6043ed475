//! Fuzzes the target `ocel`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("ocel", data));
