//! Which part of a name is the one that later mentions use.

use crate::state::StateCode;

/// States whose names put the family name first.
fn family_first(country: Option<StateCode>) -> bool {
    country.is_some_and(|code| matches!(code.as_str(), "CN" | "HK" | "KP" | "KR" | "MO" | "TW"))
}

/// The part of a name that later mentions use.
pub(crate) fn surname(name: &str, country: Option<StateCode>) -> Option<String> {
    let parts: Vec<_> = name.split_whitespace().filter(|p| !matches!(*p, "Jr." | "Sr." | "Jr")).collect();
    let plain = |part: &str| part.trim_end_matches([',', '.']).to_owned();
    if family_first(country) {
        return parts.first().map(|p| plain(p));
    }
    let particle = |p: &&str| p.starts_with(char::is_lowercase);
    match parts.iter().position(particle) {
        Some(at) if at > 0 => Some(plain(&parts.get(at..)?.join(" "))),
        _ => parts.last().map(|p| plain(p)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_name_comes_first_in_some_states() {
        assert_eq!(surname("Xie Example", Some(StateCode::CN)).as_deref(), Some("Xie"));
        assert_eq!(surname("Jane Q. Roe, Jr.", Some(StateCode::US)).as_deref(), Some("Roe"));
        assert_eq!(surname("Anna von der Au", None).as_deref(), Some("von der Au"));
    }
}
