//! Fuzzes the target `workbook`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("workbook", data));
