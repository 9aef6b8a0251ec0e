//! The table of changes -> `src/catalogue/UPGRADE.md`, to read and to look up sources in.

use std::fmt::Write;

use crate::catalogue::{CHANGES, Concern, Flaw, Reads, Release};
use crate::markdown::{code, row};

const HEAD: &str = "\
# What changes between releases

What the same section does differently in a newer release. The table in `changes/table.rs` holds the
facts, and the tests write this page from it. Releases are as published: updates bring some of this to
older ones.

The source of a change is a file and a version of the connector:
`SMSOTPAuthenticator.java at 3.3.41:223` is line 223 of that file at tag v3.3.41 of
wso2-extensions/identity-outbound-auth-sms-otp.

";

/// The page.
pub fn page() -> String {
    let mut page = String::from(HEAD);
    let _ = writeln!(page, "| release | connector |\n|---|---|");
    for release in Release::ALL {
        row(&mut page, &[release.as_str(), release.connector()]);
    }
    for release in Release::ALL {
        let of_release = CHANGES.iter().flat_map(|change| {
            let steps = change.steps.iter().filter(|step| step.from == release);
            steps.map(move |step| (change, step))
        });
        let mut rows = of_release.peekable();
        if rows.peek().is_some() {
            let head = "| what changes | for whom | what to do | source |\n|---|---|---|---|";
            let _ = writeln!(page, "\n## {release}\n\n{head}");
        }
        for (change, step) in rows {
            let whom = concern(change.concerns, change.is_decided);
            row(&mut page, &[step.text, &whom, step.todo, change.source]);
        }
    }
    page
}

/// For which files a change is, in words.
fn concern(concern: Concern, is_decided: bool) -> String {
    let part = |(name, reads): &(&str, Reads)| format!("{} {}", code(name), reading(*reads));
    let files = match concern {
        Concern::Every(_) => return String::new(),
        Concern::Each(all) => all.iter().map(part).collect::<Vec<_>>().join(", "),
        Concern::Any(names, reads) => {
            let names: Vec<_> = names.iter().map(|name| code(name)).collect();
            format!("{} {}", names.join(" or "), reading(reads))
        }
    };
    if is_decided { files } else { format!("{files}; the file alone does not decide it") }
}

fn reading(reads: Reads) -> String {
    match reads {
        Reads::Something => "is set".to_owned(),
        Reads::Nothing => "is not set".to_owned(),
        Reads::Switch(on) => format!("is {on}"),
        Reads::Text(text) => format!("is {}", code(&format!("{text:?}"))),
        Reads::Flawed(Flaw::Negative) => "is negative".to_owned(),
        Reads::Flawed(Flaw::Zero) => "is zero".to_owned(),
        Reads::Flawed(_) => "is no whole number".to_owned(),
        Reads::Above(number) => format!("is above {number}"),
        Reads::PageOf(application) => format!("is a page of {}", code(application)),
        Reads::IllegalPage => "holds a character that no URL may hold".to_owned(),
    }
}
