//! Pages of a web application that the chosen release does not have.

use crate::catalogue::{Kind, Profile, Reads, Release, has_changed};
use crate::rules::prelude::*;
use crate::server::page;
use crate::toml::{Node, Value};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "removed-page",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("removed_page.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Page { .. })),
    needs: Needs::Release,
};

/// The web application of 5.9 to 5.11.
const OLD: &str = "smsotpauthenticationendpoint";

/// The pages that `OLD` has.
const OLD_PAGES: [&str; 3] = ["mobile.jsp", "smsotp.jsp", "smsotpError.jsp"];

/// The web application that has the pages from 6.0 on.
const NEW: &str = "authenticationendpoint";

/// The pages that `NEW` has from 6.0 on.
const NEW_PAGES: [&str; 6] =
    ["mobile.do", "mobile.jsp", "smsOtp.jsp", "smsOtpError.jsp", "sms_otp.do", "sms_otp_error.do"];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release else { return };
    for (setting, written, text) in analysis.settings.pages() {
        let (host, path) = divided(analysis, text);
        if page::fault(text).is_none()
            && let Some(lack) = lack(path, release)
        {
            sink.push(finding(analysis, setting, written, (host, path), (lack, release)));
        }
    }
}

/// What a release does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// The whole web application.
    Application,
    /// The page.
    Page,
    /// The page in this letter case.
    Spelling,
}

/// The address of this very server and the path of the page on it; another server's path is empty.
fn divided<'t>(analysis: &Analysis<'_>, text: &'t str) -> (&'t str, &'t str) {
    let Some((scheme, host)) = page::origin(text) else { return ("", text) };
    let own = analysis.tree.at(["server", "hostname"]).and_then(Node::entry);
    let is_own =
        |own: SettingEntry<'_>| matches!(&own.entry.value, Value::String(own) if own == host);
    let is_here = ["localhost", "127.0.0.1"].contains(&host) || own.is_some_and(is_own);
    let start = scheme.len() + "://".len();
    let path = text[start..].find('/').map_or(text.len(), |slash| start + slash);
    text.split_at(if is_here { path } else { text.len() })
}

fn lack(path: &str, release: Release) -> Option<Lack> {
    let is_respelt = |known: &[&str], page: &str| {
        !known.contains(&page) && known.iter().any(|it| it.eq_ignore_ascii_case(page))
    };
    let is_old = !has_changed(Reads::PageOf(OLD), release);
    match page::local(path)? {
        (OLD, _) if !is_old => Some(Lack::Application),
        (OLD, page) if is_respelt(&OLD_PAGES, page) => Some(Lack::Spelling),
        (NEW, page) if is_old && NEW_PAGES.contains(&page) => Some(Lack::Page),
        (NEW, page) if !is_old && is_respelt(&NEW_PAGES, page) => Some(Lack::Spelling),
        _ => None,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_>,
    (host, path): (&str, &str),
    (lack, release): (Lack, Release),
) -> Diagnostic {
    let name = setting.parameter.name;
    let message = match lack {
        Lack::Application => {
            message!("{} leads to {}, a web application that {} does not have", name, OLD, release)
        }
        Lack::Page => {
            message!("{} leads to a page of {} that {} does not have", name, NEW, release)
        }
        Lack::Spelling => message!(
            "{} leads to a page that {} has in another letter case only: letter case counts",
            name,
            release
        ),
    };
    let mut finding = INFO.at_value(written, message, message!("not in {}", release));
    if lack == Lack::Application {
        let text = message!("lead to {}, a web application that {} does not have", OLD, release);
        finding = finding.relates(Relation::SharesCause { name: Some(name.into()), text });
    }
    let Some(shipped) = setting.parameter.default(Profile { release: Some(release) }) else {
        return finding;
    };
    let slash = if path.starts_with('/') { "/" } else { "" };
    let page = message!("{}{}", slash, shipped);
    let edit = edits::retext(analysis.document, written.entry, &format!("{host}{page}"));
    finding
        .help(message!("the page that {} ships is \"{}\"", release, page))
        .fix(Fix::risky(message!("write the page that {} ships", release), vec![edit]))
}
