//! What happens at login can be told of any text.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::with_findings(text, invariants::logins_can_be_told);
});
