//! Fuzzes the target `zip`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| paydirt_fuzz::run("zip", data));
