//! Fuzzes the target `parquet`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("parquet", data));
