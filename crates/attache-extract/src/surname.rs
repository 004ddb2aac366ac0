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
    // "TANAKA Example": in capitals, and nothing else is.
    let loud = |part: &&&str| part.len() > 2 && part.chars().all(|c| c.is_uppercase() || c == '-');
    if let [one] = parts.iter().filter(loud).collect::<Vec<_>>().as_slice()
        && parts.len() > 1
    {
        return Some(plain(one));
    }
    if family_first(country) {
        return parts.first().map(|p| plain(p));
    }
    let particle = |p: &&str| p.starts_with(char::is_lowercase);
    match parts.iter().position(particle) {
        Some(at) if at > 0 => Some(plain(&parts.get(at..)?.join(" "))),
        _ => parts.last().map(|p| plain(p)),
    }
}

/// Other parts that later mentions may use: the given name in some states, the father's family
/// name in others ("Peña" of "Enrique Peña Nieto").
pub(crate) fn other_names(name: &str, country: Option<StateCode>) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let code = country.map(|c| c.as_str().to_owned()).unwrap_or_default();
    let given = ["ET", "ID", "IS", "KH", "LA", "LK", "MM", "MN", "MY", "SG", "TH"];
    let double = [
        "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PY", "SV",
        "UY", "VE", "CH", "",
    ];
    let long = |part: &&str| part.chars().count() > 2 && part.starts_with(char::is_uppercase);
    let other = if given.contains(&code.as_str()) && parts.len() > 1 {
        parts.first()
    } else if double.contains(&code.as_str()) && parts.len() > 2 {
        parts.len().checked_sub(2).and_then(|at| parts.get(at))
    } else {
        None
    };
    other.filter(|part| long(part)).map(|part| (*part).to_owned()).into_iter().collect()
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
        assert_eq!(other_names("Somchai Example", Some("TH".parse().unwrap())), ["Somchai"]);
        assert_eq!(other_names("Ana Muestra Ejemplo", Some("MX".parse().unwrap())), ["Muestra"]);
    }
}
