//! The rest of the file, and what is assumed -> the server around the section.

use super::Reason;
use crate::analysis::Analysis;
use crate::catalogue::Release;
use crate::login::{AccountLocking, Claim, Given, SettingName, Step, World};
use crate::section::{AUTHENTICATOR, PARAMETERS};
use crate::server::java_regex;
use crate::settings::Origin;
use crate::source::Span;
use crate::toml::Node;

/// What a caller knows of the server that the file does not tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Assumptions {
    /// The tenant locks accounts.
    pub account_locking: bool,
    /// The claim with the backup codes is mapped.
    pub backup_claim: bool,
}

/// The server around the section.
#[derive(Debug)]
pub(super) struct Surroundings {
    assumptions: Assumptions,
    account_locking: Option<Elsewhere>,
    /// The keys that are in the section of an authenticator that may be the previous one.
    previous: Vec<SettingName>,
}

/// A setting outside the section.
#[derive(Debug)]
struct Elsewhere {
    /// `None` when it is not known.
    text: Option<String>,
    span: Span,
}

/// The keys that are looked for in the section of the previous authenticator first, with their
/// names there.
const PREVIOUS: [(SettingName, &str); 2] = [
    (SettingName::PreviousFederatedMobileAttributeKey, "federatedMobileAttributeKey"),
    (SettingName::PreviousUserAttribute, "SMSOTP-userAttribute"),
];

/// The array of the authenticators that a deployment adds.
const CUSTOM_AUTHENTICATOR: &str = "custom_authenticator";

/// "+" and the 15 digits that a number has at most.
const LONGEST_NUMBER: usize = 16;

impl Surroundings {
    pub(super) fn of(analysis: &Analysis<'_>, assumptions: Assumptions) -> Self {
        let tree = &analysis.tree;
        let account_locking =
            tree.at(SettingName::AccountLocking.as_str().split('.')).and_then(Node::entry);
        let account_locking = account_locking.map(|written| {
            let text = analysis.server.references.text(written.entry);
            Elsewhere { text: text.map(|text| text.into_owned()), span: written.span() }
        });
        let previous = PREVIOUS.iter().filter(|(_, key)| has_key_elsewhere(analysis, key));
        let previous = previous.map(|(name, _)| *name);
        Self { assumptions, account_locking, previous: previous.collect() }
    }

    /// The server of a release.
    pub(super) fn world(&self) -> World {
        World {
            account_locking: match self.assumptions.account_locking {
                true => AccountLocking::On,
                false => AccountLocking::AsSet,
            },
            has_backup_claim: self.assumptions.backup_claim,
            is_instant: false,
            step: Step::Plain,
            // A name with a blank in front of it is that of no store.
            has_store: |store| store != "NULL" && store.trim() == store,
            claim: |uri| match uri {
                "" => Claim::NotMapped,
                "http://wso2.org/claims/mobile" => Claim::Text(LONGEST_NUMBER),
                _ => Claim::Text(usize::MAX),
            },
            is_pattern: |pattern| java_regex::fault(pattern).is_none(),
        }
    }

    /// What is taken for granted, in a few phrases.
    pub(super) fn assumed(&self, release: Release) -> Vec<&'static str> {
        let mut assumed = vec!["empty connection fields"];
        assumed.extend(match (self.assumptions.account_locking, &self.account_locking) {
            (true, _) => Some("account locking on"),
            // From 6.0 nothing turns it off.
            (false, None) if release < Release::V6_0 => Some("account locking off"),
            (false, _) => None,
        });
        assumed.push(match self.assumptions.backup_claim {
            true => "a claim for backup codes",
            false => "no backup codes",
        });
        assumed
    }

    /// What is known of a setting outside the section; `None` for one in it.
    pub(super) fn given(&self, name: SettingName) -> Option<Given<'static>> {
        if name == SettingName::AccountLocking {
            let switch = |text: &String| match text.eq_ignore_ascii_case("true") {
                true => "true",
                false => "false",
            };
            let text = self.account_locking.as_ref().map(|it| it.text.as_ref().map(switch));
            return Some(text.map_or(Given::Unset, |it| it.map_or(Given::Unknown, Given::Text)));
        }
        // Which authenticator a user comes from is not known.
        name.is_of_previous().then(|| match self.previous.contains(&name) {
            true => Given::Unknown,
            false => Given::Unset,
        })
    }

    /// Such a setting as a reason.
    pub(super) fn reason(&self, name: SettingName) -> Option<Reason> {
        let unset = Reason {
            setting: name.as_str(),
            value: None,
            origin: Origin::Unset,
            span: None,
            is_secret: false,
        };
        let is_switch = |text: &String| ["true", "false"].contains(&text.as_str());
        match (name, &self.account_locking) {
            (SettingName::AccountLocking, Some(locking)) => Some(Reason {
                value: locking.text.clone(),
                origin: Origin::File,
                span: Some(locking.span),
                is_secret: !locking.text.as_ref().is_none_or(is_switch),
                ..unset
            }),
            // Shipped so by the identity event listener of every release up to 5.11.
            (SettingName::AccountLocking, None) => {
                Some(Reason { value: Some("false".to_owned()), origin: Origin::Default, ..unset })
            }
            _ if self.previous.contains(&name) => Some(Reason { origin: Origin::File, ..unset }),
            _ => name.is_of_previous().then_some(unset),
        }
    }
}

/// Whether the section of another authenticator has this parameter.
pub fn has_key_elsewhere(analysis: &Analysis<'_>, key: &str) -> bool {
    let tree = &analysis.tree;
    let [authentication, authenticator, own] = AUTHENTICATOR;
    let others = tree.at([authentication, authenticator]);
    let others = others.into_iter().flat_map(Node::children).filter(|other| other.name() != own);
    let customs = tree.at([authentication, CUSTOM_AUTHENTICATOR]);
    let customs = customs.into_iter().flat_map(Node::elements);
    others
        .chain(customs)
        .any(|other| other.child(PARAMETERS).and_then(|table| table.child(key)).is_some())
}
