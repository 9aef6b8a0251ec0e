//! What changes between any two texts can be told.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|texts: (&str, &str)| {
    invariants::changes_can_be_told(texts.0, texts.1);
});
