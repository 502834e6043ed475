//! Is the distributed engine named in one crate only?

use super::Complaint;
use super::tree::Tree;

const ENGINES: &[&str] = &["datafusion", "ballista"];
const ITS_CRATE: &str = "paydirt-cluster";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Ok(metadata) = &tree.metadata else { return Vec::new() };
    let mut complaints = Vec::new();
    for package in metadata.packages.iter().filter(|package| package.is_ours()) {
        if package.name == ITS_CRATE {
            continue;
        }
        for dependency in &package.dependencies {
            if ENGINES.iter().any(|engine| dependency.name.starts_with(engine)) {
                let message =
                    format!("{} belongs behind {ITS_CRATE} and nowhere else", dependency.name);
                complaints.push(Complaint::on(&package.name, message));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(package: &str, dependency: &str) -> usize {
        let package = format!(
            r#"{{"name":"{package}","version":"0.1.0","features":{{}},
            "dependencies":[{{"name":"{dependency}","kind":null}}]}}"#
        );
        check(&Tree::sample_crates(&package)).len()
    }

    #[test]
    fn only_the_cluster_crate_names_the_engine() {
        assert_eq!(complaint_count("paydirt-cluster", "datafusion"), 0);
        assert_eq!(complaint_count("paydirt-engine", "datafusion-expr"), 1);
        assert_eq!(complaint_count("paydirt-engine", "parquet"), 0);
    }
}
