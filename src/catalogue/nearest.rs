//! A name the server does not know -> the parameter it was probably meant for.
//!
//! From the surest sign to the weakest: the same name but for case and separators, the same
//! words in another order, a slip of the keys, a word left out, a part of the name, the name with words added.

use std::sync::LazyLock;

use super::{PARAMETERS, Parameter, fold, foreign};

/// A real parameter that a wrong name was probably meant for.
#[derive(Debug, Clone, Copy)]
pub struct Nearest {
    /// The real parameter.
    pub parameter: &'static Parameter,
    /// Whether the value written under the wrong name can be kept as it is.
    pub same_value: bool,
    /// What a value under the wrong name counts, where that is known to differ.
    pub unit: Option<&'static str>,
}

/// A longer name is near nothing: the longest of the catalogue has half of it.
const LONGEST: usize = 100;

/// Fewer characters than this say nothing as a part of a name.
const SHORTEST_PART: usize = 6;

/// More slips than this are another name.
const MOST_SLIPS: usize = 3;

/// The parameter that an unknown name comes closest to, if any is close.
///
/// A name that is known to belong elsewhere is close to none.
pub fn nearest(name: &str) -> Option<Nearest> {
    if name.len() > LONGEST || foreign(name).is_some() {
        return None;
    }
    let wrong = fold(name);
    let words_of_it = words(name);
    let names = known();
    let with = |fits: &dyn Fn(&Known) -> bool| only(names.iter().filter(|known| fits(known)));
    with(&|known| known.folded == wrong)
        .or_else(|| with(&|known| known.words.len() > 1 && known.words == words_of_it))
        .or_else(|| slip(names, &wrong))
        .or_else(|| with(&|known| lacks_one_word(&words_of_it, &known.words)))
        .or_else(|| beginning(names, &wrong))
        .or_else(|| with(&|known| known.is_own() && ends_with_most(&known.folded, &wrong)))
        .or_else(|| added_words(names, &wrong))
        .map(|found| distrust(found, names, &wrong))
}

/// A name of a parameter, its own or another one.
struct Known {
    parameter: &'static Parameter,
    name: &'static str,
    unit: Option<&'static str>,
    folded: String,
    /// How many characters that has.
    length: usize,
    words: Vec<String>,
}

impl Known {
    fn is_own(&self) -> bool {
        self.name == self.parameter.name
    }
}

fn known() -> &'static [Known] {
    static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let names = PARAMETERS.iter().flat_map(|parameter| {
            let aliases = parameter.aliases.iter().map(|alias| (alias.name, alias.unit));
            let all = std::iter::once((parameter.name, None)).chain(aliases);
            all.map(move |(name, unit)| {
                let (folded, words) = (fold(name), words(name));
                let length = folded.chars().count();
                Known { parameter, name, unit, folded, length, words }
            })
        });
        names.collect()
    });
    &KNOWN
}

/// The parameter that all of these names stand for, if it is one. Where one of them counts in
/// another unit, the value is not to be trusted.
fn only<'k>(names: impl Iterator<Item = &'k Known>) -> Option<Nearest> {
    let names: Vec<_> = names.collect();
    let parameter = names.first()?.parameter;
    if names.iter().any(|known| known.parameter.name != parameter.name) {
        return None;
    }
    let unit = names.iter().find_map(|known| known.unit);
    Some(Nearest { parameter, same_value: unit.is_none(), unit })
}

/// A name that may as well be the beginning of one in another unit says too little to keep the
/// value.
fn distrust(found: Nearest, names: &[Known], wrong: &str) -> Nearest {
    let begins = |known: &&Known| {
        known.parameter.name == found.parameter.name && known.folded.starts_with(wrong)
    };
    match names.iter().filter(begins).find_map(|known| known.unit) {
        Some(unit) => Nearest { same_value: false, unit: Some(unit), ..found },
        None => found,
    }
}

/// Whether a name of several words is another one with a word left out.
fn lacks_one_word(words: &[String], whole: &[String]) -> bool {
    // Both are in order, so that the rest of one follows the gap.
    let gap = words.iter().zip(whole).take_while(|(word, other)| word == other).count();
    words.len() > 2 && words.len() + 1 == whole.len() && words[gap..] == whole[gap + 1..]
}

/// The words of a name in `CamelCase` or `snake_case`, in order of the alphabet.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && (before.is_some_and(char::is_lowercase) || after.is_some_and(|c| c.is_lowercase()));
        if starts || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words
}

/// The name a few slips away: one for every four characters.
fn slip(names: &'static [Known], wrong: &str) -> Option<Nearest> {
    let length = wrong.chars().count();
    let distance = |known: &'static Known| {
        let allowed = (wrong.len().min(known.folded.len()) / 4).min(MOST_SLIPS);
        // Each slip makes a name longer or shorter by one at most.
        if length.abs_diff(known.length) > allowed {
            return None;
        }
        let distance = strsim::osa_distance(wrong, &known.folded);
        (distance <= allowed).then_some((distance, known))
    };
    let near: Vec<_> = names.iter().filter_map(distance).collect();
    let least = near.iter().map(|(distance, _)| *distance).min()?;
    only(near.into_iter().filter(|(distance, _)| *distance == least).map(|(_, known)| known))
}

/// The name that begins like this one. Where several do, the one that begins all of them.
fn beginning(names: &[Known], wrong: &str) -> Option<Nearest> {
    if wrong.len() < SHORTEST_PART {
        return None;
    }
    let begins = |known: &&Known| known.folded.starts_with(wrong);
    let shortest = names.iter().filter(begins).min_by_key(|known| known.folded.len())?;
    let others = |known: &&Known| begins(known) && !known.folded.starts_with(&shortest.folded);
    only(std::iter::once(shortest).chain(names.iter().filter(others)))
}

/// Whether a name begins with another that makes up at least half of it.
fn begins_with_most(whole: &str, part: &str) -> bool {
    is_large(part, whole) && whole.starts_with(part)
}

/// The same for its end.
fn ends_with_most(whole: &str, part: &str) -> bool {
    is_large(part, whole) && whole.ends_with(part)
}

fn is_large(part: &str, whole: &str) -> bool {
    part.len() >= SHORTEST_PART && part.len() * 2 >= whole.len()
}

/// The longest name that this one begins or ends with. What the added words do to the meaning
/// of the value is anybody's guess.
fn added_words(names: &[Known], wrong: &str) -> Option<Nearest> {
    let within = |known: &&Known| {
        begins_with_most(wrong, &known.folded) || ends_with_most(wrong, &known.folded)
    };
    let longest = names.iter().filter(within).map(|known| known.folded.len()).max()?;
    let found = only(names.iter().filter(within).filter(|known| known.folded.len() == longest))?;
    Some(Nearest { same_value: false, ..found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::FOREIGN;

    fn name_of(wrong: &str) -> Option<&'static str> {
        nearest(wrong).map(|nearest| nearest.parameter.name)
    }

    #[test]
    fn every_name_is_nearest_to_itself_in_any_case() {
        for parameter in PARAMETERS {
            for name in
                [parameter.name, &parameter.name.to_lowercase(), &parameter.name.to_uppercase()]
            {
                assert_eq!(name_of(name), Some(parameter.name), "{name}");
            }
            for alias in parameter.aliases {
                let found = nearest(alias.name).unwrap();
                assert_eq!(found.parameter.name, parameter.name, "{}", alias.name);
                assert_eq!(found.same_value, alias.unit.is_none(), "{}", alias.name);
            }
        }
    }

    #[test]
    fn one_slip_is_forgiven_wherever_it_falls() {
        for parameter in PARAMETERS.iter().filter(|parameter| parameter.name.len() > 4) {
            let name = parameter.name;
            assert_eq!(name_of(&format!("{name}s")), Some(name));
            assert_eq!(name_of(&format!("{name}_")), Some(name));
            for at in 0..name.len() {
                let missing = [&name[..at], &name[at + 1..]].concat();
                assert_eq!(name_of(&missing), Some(name), "{missing}");
            }
        }
    }

    #[test]
    fn typical_misspellings_are_understood() {
        let pairs = [
            ("sms_otp_mandatory", "SMSOTPMandatory"),
            ("SMSOTPMandatry", "SMSOTPMandatory"),
            ("Mandatory", "SMSOTPMandatory"),
            ("OTPMandatory", "SMSOTPMandatory"),
            ("IsSMSOTPMandatory", "SMSOTPMandatory"),
            ("TokenExpiry", "TokenExpiryTime"),
            ("token_length", "TokenLength"),
            ("OTPTokenLength", "TokenLength"),
            ("BackupCodes", "BackupCode"),
            ("EnableBackupCode", "BackupCode"),
            ("EnableRetry", "RetryEnable"),
            ("EnableResend", "ResendEnable"),
            ("ResendEnabled", "ResendEnable"),
            ("screenUser", "screenUserAttribute"),
            ("screenUserAttributeMask", "screenUserAttributeMaskRegex"),
            ("SMSOTPAuthenticationEndpointUrl", "SMSOTPAuthenticationEndpointURL"),
            ("SMSOTPAuthenticationErrorPage", "SMSOTPAuthenticationEndpointErrorPage"),
            ("SendOTPDirectly", "SendOTPDirectlyToMobile"),
            ("orders", "order"),
            ("length", "TokenLength"),
            ("no_of_digits", "noOfDigits"),
        ];
        for (wrong, right) in pairs {
            assert_eq!(name_of(wrong), Some(right), "{wrong}");
        }
    }

    #[test]
    fn other_words_are_near_nothing() {
        let others = [
            "",
            "x",
            "é",
            "otp",
            "SMSOTP",
            "name",
            "enable",
            "Enable",
            "enabled",
            "parameters",
            "timeout",
            "phrase",
            "password",
            "username",
            "Token",
            "Duration",
            "UserClaim",
            "ErrorPage",
            "SendOTP",
            "Resend",
            "SMSOTPMandatoryForFederatedUsersOfAllTenants",
            "redirect_uri",
        ];
        for other in others {
            assert_eq!(name_of(other), None, "{other}");
        }
    }

    #[test]
    fn names_that_belong_elsewhere_are_left_alone() {
        for foreign in FOREIGN {
            assert_eq!(name_of(foreign.name), None, "{}", foreign.name);
        }
    }

    #[test]
    fn a_value_is_kept_only_where_it_means_the_same() {
        let kept = |name| nearest(name).unwrap().same_value;
        assert!(kept("TokenExpiry") && kept("smsotpmandatory") && kept("EnableRetry"));
        assert!(!kept("TokenExpiration") && !kept("TokenExpirationTime"));
        assert!(!kept("TokenExpiryTimeInMinutes") && !kept("TokenLengthMax"));
        assert_eq!(nearest("tokenExpirationTime").unwrap().unit, Some("milliseconds"));
    }
}
