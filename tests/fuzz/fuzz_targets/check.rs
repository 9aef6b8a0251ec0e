//! Any text is judged as `toml_edit` judges it, checked and reported.

#![no_main]

#[allow(dead_code, reason = "each target tries some of it")]
#[path = "../../suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    invariants::verdict_is_that_of_toml_edit(text);
    invariants::reports_are_sound(text);
});
