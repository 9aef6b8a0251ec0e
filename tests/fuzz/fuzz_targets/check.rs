//! Any text is checked and reported.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::with_findings(text, invariants::reports_are_sound);
});
