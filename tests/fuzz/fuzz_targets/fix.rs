//! The fixes of any text leave TOML behind and nothing to fix.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::with_findings(text, invariants::fixes_converge);
});
