//! Fuzzes the target `gzip`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("gzip", data));
