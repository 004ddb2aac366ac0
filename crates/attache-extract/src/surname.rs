//! Which part of a name is the one that later mentions use.

use crate::state::StateCode;

/// States whose names put the family name first.
fn family_first(country: Option<StateCode>) -> bool {
    country.is_some_and(|code| matches!(code.as_str(), "CN" | "HK" | "KP" | "KR" | "MO" | "TW"))
}

/// The part of a name that later mentions use.
pub(crate) fn surname(name: &str, country: Option<StateCode>) -> Option<String> {
    let mut parts = name.split_whitespace().filter(|p| !matches!(*p, "Jr." | "Sr." | "Jr"));
    let plain = |part: &str| part.trim_end_matches([',', '.']).to_owned();
    // "TANAKA Example": in capitals, and nothing else is.
    let loud = |part: &&str| part.len() > 2 && part.chars().all(|c| c.is_uppercase() || c == '-');
    let mut shouted = parts.clone().filter(loud);
    if let (Some(one), None) = (shouted.next(), shouted.next())
        && parts.clone().nth(1).is_some()
    {
        return Some(plain(one));
    }
    if family_first(country) {
        return parts.next().map(plain);
    }
    // "Ali bin Example Al Example": behind the father's name.
    let son = |p: &str| matches!(p, "bin" | "ibn" | "bint");
    if let Some(at) = parts.clone().position(son) {
        let behind: Vec<&str> = parts.clone().skip(at + 2).collect();
        return match behind.as_slice() {
            [.., article @ ("Al" | "El"), last] => Some(format!("{article} {}", plain(last))),
            _ => parts.next_back().map(plain),
        };
    }
    let particle = |p: &str| p.starts_with(char::is_lowercase);
    match parts.clone().position(particle) {
        Some(at) if at > 0 => Some(plain(&parts.skip(at).collect::<Vec<_>>().join(" "))),
        _ => parts.next_back().map(plain),
    }
}

/// Another part that later mentions may use: the given name in some states, the father's family
/// name in others ("Peña" of "Enrique Peña Nieto").
pub(crate) fn other_name(name: &str, country: Option<StateCode>) -> Option<&str> {
    let given = |code: &str| {
        matches!(code, "ET" | "ID" | "IS" | "KH" | "LA" | "LK" | "MM" | "MN" | "MY" | "SG" | "TH")
    };
    let double = |code: &str| {
        matches!(
            code,
            "AR" | "BO"
                | "CL"
                | "CO"
                | "CR"
                | "CU"
                | "DO"
                | "EC"
                | "ES"
                | "GT"
                | "HN"
                | "MX"
                | "NI"
                | "PA"
                | "PE"
                | "PY"
                | "SV"
                | "UY"
                | "VE"
                | "CH"
                | ""
        )
    };
    let code = country.as_ref().map_or("", StateCode::as_str);
    let mut parts = name.split_whitespace();
    let other = if given(code) {
        parts.next().filter(|_| parts.next().is_some())
    } else if double(code) {
        parts.nth_back(1).filter(|_| parts.next().is_some())
    } else {
        None
    };
    let long = |part: &&str| part.chars().nth(2).is_some() && part.starts_with(char::is_uppercase);
    other.filter(long)
}

/// The family name that comes first in a name of no state told, and among those of the Malay peninsula: "Tan" of
/// "Tan See Example".
pub(crate) fn leading_family(name: &str, country: Option<StateCode>) -> Option<&str> {
    const FAMILIES: &[&str] = &[
        "Ahn", "Chan", "Chang", "Chen", "Cho", "Choi", "Chua", "Gan", "Goh", "Heng", "Huang", "Jung", "Kang",
        "Kim", "Koh", "Lau", "Lee", "Lim", "Ng", "Ong", "Park", "Tan", "Teo", "Wang", "Wong", "Yeo", "Yoon",
        "Zhang",
    ];
    let may = country.is_none_or(|code| matches!(code.as_str(), "MY" | "SG"));
    let mut parts = name.split_whitespace();
    let first = parts.next().filter(|part| may && FAMILIES.contains(part))?;
    parts.next().is_some().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_name_comes_first_in_some_states() {
        assert_eq!(surname("Xie Example", Some(StateCode::CN)).as_deref(), Some("Xie"));
        assert_eq!(surname("Jane Q. Roe, Jr.", Some(StateCode::US)).as_deref(), Some("Roe"));
        assert_eq!(surname("TANAKA Example", Some("JP".parse().unwrap())).as_deref(), Some("TANAKA"));
        assert_eq!(surname("Anna von der Au", None).as_deref(), Some("von der Au"));
        let name = "Ali bin Example Al Muestra";
        assert_eq!(surname(name, Some("AE".parse().unwrap())).as_deref(), Some("Al Muestra"));
        assert_eq!(surname("Ali bin Muestra", None).as_deref(), Some("Muestra"));
        assert_eq!(other_name("Somchai Example", Some("TH".parse().unwrap())), Some("Somchai"));
        assert_eq!(other_name("Ana Muestra Ejemplo", Some("MX".parse().unwrap())), Some("Muestra"));
        assert_eq!(other_name("Ana Muestra", None), None);
        assert_eq!(leading_family("Tan See Example", None), Some("Tan"));
        assert_eq!(leading_family("Kim Example", Some(StateCode::US)), None);
    }
}
