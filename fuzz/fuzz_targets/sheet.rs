//! Fuzzes the target `sheet`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("sheet", data));
