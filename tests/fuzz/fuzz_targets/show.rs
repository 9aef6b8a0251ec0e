//! Any text can be shown.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::with_findings(text, invariants::pages_can_be_shown);
});
