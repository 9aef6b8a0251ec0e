//! Whatever an editor says is answered: messages of any kind, and texts of any kind.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::editors_are_answered(text);
});
