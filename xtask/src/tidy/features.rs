//! Are there at most five cargo features in all?
//!
//! Every feature doubles the number of programs that should be tested.

use super::Complaint;
use super::tree::Tree;

const FEATURE_LIMIT: usize = 5;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Ok(metadata) = &tree.metadata else { return Vec::new() };
    let features: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| package.is_ours())
        .flat_map(|package| {
            let named = package.features.keys().filter(|name| *name != "default");
            named.map(|name| format!("{}/{name}", package.name))
        })
        .collect();
    if features.len() <= FEATURE_LIMIT {
        return Vec::new();
    }
    let message = format!(
        "{} cargo features, at most {FEATURE_LIMIT} are allowed: {}",
        features.len(),
        features.join(", ")
    );
    vec![Complaint::on("Cargo.toml", message)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(features: &str) -> usize {
        let package =
            format!(r#"{{"name":"a","version":"0.1.0","dependencies":[],"features":{features}}}"#);
        check(&Tree::sample_crates(&package)).len()
    }

    #[test]
    fn sixth_feature_is_one_too_many() {
        let five = r#"{"default":["a"],"a":[],"b":[],"c":[],"d":[],"e":[]}"#;
        assert_eq!(complaint_count(five), 0);
        assert_eq!(complaint_count(r#"{"a":[],"b":[],"c":[],"d":[],"e":[],"f":[]}"#), 1);
    }
}
