//! Does the browser load no more than was agreed?
//!
//! Sizes are those of the `.gz` files, in kB of 1,000 bytes. The first load is the entry of the
//! page with everything it imports; every other part is a chunk that is loaded when it is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// What may be loaded, in kB.
struct Budget {
    what: &'static str,
    kilobytes: u64,
}

const FIRST_SCRIPT: Budget = Budget { what: "scripts of the first load", kilobytes: 220 };
const FIRST_STYLE: Budget = Budget { what: "styles of the first load", kilobytes: 45 };
/// The source of a chunk, and what it may weigh with what only it imports.
const CHUNKS: &[(&str, Budget)] = &[
    ("src/pages/map/MapPage.tsx", Budget { what: "the process map", kilobytes: 40 }),
    ("src/pages/map/replay/Replay.tsx", Budget { what: "the replay", kilobytes: 60 }),
    ("src/filters/Builder.tsx", Budget { what: "the builder of filters", kilobytes: 80 }),
    ("src/pages/variants/VariantsPage.tsx", Budget { what: "the variants", kilobytes: 40 }),
    ("src/pages/cases/CasesPage.tsx", Budget { what: "the cases", kilobytes: 45 }),
    ("src/pages/data/import/ImportPage.tsx", Budget { what: "the import", kilobytes: 40 }),
    (
        "src/pages/data/templates/TemplatesPage.tsx",
        Budget { what: "the data templates", kilobytes: 15 },
    ),
    ("src/pages/overview/OverviewPage.tsx", Budget { what: "the overview", kilobytes: 45 }),
    ("src/pages/funnel/FunnelPage.tsx", Budget { what: "the funnel", kilobytes: 60 }),
    ("src/pages/throughput/ThroughputPage.tsx", Budget { what: "throughput", kilobytes: 60 }),
    ("src/pages/rework/ReworkPage.tsx", Budget { what: "rework", kilobytes: 60 }),
    ("src/pages/people/PeoplePage.tsx", Budget { what: "people", kilobytes: 60 }),
    ("src/pages/compare/ComparePage.tsx", Budget { what: "comparing", kilobytes: 60 }),
    ("src/pages/quality/QualityPage.tsx", Budget { what: "data quality", kilobytes: 30 }),
    ("src/pages/dotted/DottedPage.tsx", Budget { what: "the dotted chart", kilobytes: 60 }),
    ("src/pages/settings/SettingsPage.tsx", Budget { what: "settings of a log", kilobytes: 30 }),
    ("src/pages/views/LogViews.tsx", Budget { what: "saved views on a page", kilobytes: 10 }),
    ("src/pages/views/ViewsPage.tsx", Budget { what: "all saved views", kilobytes: 30 }),
    ("src/pages/views/ViewPage.tsx", Budget { what: "mending a saved view", kilobytes: 30 }),
];
const WORKER_PREFIX: &str = "layout.worker-";
const WORKER: Budget = Budget { what: "the layout of the map", kilobytes: 500 };

const PAGE: &str = "index.html";
const BYTES_PER_KILOBYTE: u64 = 1_000;

#[derive(Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    imports: Vec<String>,
    #[serde(default)]
    css: Vec<String>,
}

type Manifest = BTreeMap<String, Entry>;

/// What is too heavy in a folder that was built with its manifest.
pub(super) fn check(built: &Path) -> Result<Vec<String>, String> {
    let path = built.join(".vite/manifest.json");
    let text = fs::read_to_string(&path).map_err(|fault| format!("no manifest: {fault}"))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|fault| format!("the manifest: {fault}"))?;
    let weigh = |file: &str| -> Result<u64, String> {
        let packed = built.join(format!("{file}.gz"));
        let plain = built.join(file);
        let file = fs::metadata(packed).or_else(|_| fs::metadata(plain));
        file.map(|file| file.len()).map_err(|fault| format!("a file is missing: {fault}"))
    };
    let worker = worker_of(built)?;
    let mut complaints = Vec::new();
    for (budget, files) in parts(&manifest, worker)? {
        let mut bytes = 0;
        for file in &files {
            bytes += weigh(file)?;
        }
        complaints.extend(verdict(&budget, bytes));
    }
    Ok(complaints)
}

/// Every part with its files. A part that the manifest does not know is a fault, so that a renamed
/// page does not go unweighed.
fn parts(manifest: &Manifest, worker: String) -> Result<Vec<(Budget, BTreeSet<String>)>, String> {
    let first = loaded_with(manifest, PAGE)?;
    let is_style = |file: &String| file.ends_with(".css");
    let (styles, scripts) = first.iter().cloned().partition(is_style);
    let mut parts = vec![(FIRST_SCRIPT, scripts), (FIRST_STYLE, styles)];
    for (source, Budget { what, kilobytes }) in CHUNKS {
        let own = loaded_with(manifest, source)?;
        let own = own.difference(&first).filter(|file| !is_style(file)).cloned().collect();
        parts.push((Budget { what, kilobytes: *kilobytes }, own));
    }
    parts.push((WORKER, BTreeSet::from([worker])));
    Ok(parts)
}

/// The files of an entry and of all it imports before it runs.
fn loaded_with(manifest: &Manifest, source: &str) -> Result<BTreeSet<String>, String> {
    let mut files = BTreeSet::new();
    let mut open = vec![source];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        let entry = manifest.get(name).ok_or_else(|| format!("{name} is not in the build"))?;
        files.insert(entry.file.clone());
        files.extend(entry.css.iter().cloned());
        open.extend(entry.imports.iter().map(String::as_str));
    }
    Ok(files)
}

/// Workers have no entry in the manifest.
fn worker_of(built: &Path) -> Result<String, String> {
    let files = fs::read_dir(built.join("assets")).map_err(|fault| format!("assets: {fault}"))?;
    files
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .find(|name| name.starts_with(WORKER_PREFIX) && name.ends_with(".js"))
        .map(|name| format!("assets/{name}"))
        .ok_or_else(|| format!("assets/{WORKER_PREFIX}*.js is not in the build"))
}

fn verdict(budget: &Budget, bytes: u64) -> Option<String> {
    let kilobytes = bytes.div_ceil(BYTES_PER_KILOBYTE);
    println!("web size: {}: {kilobytes} of {} kB", budget.what, budget.kilobytes);
    (kilobytes > budget.kilobytes).then(|| {
        format!("{}: {kilobytes} kB, at most {} kB are allowed", budget.what, budget.kilobytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A build in which every part is a file of its own, and the map has one more.
    fn manifest() -> Manifest {
        let entry = |file: &str, css: &[&str], imports: &[&str]| Entry {
            file: file.to_owned(),
            css: css.iter().map(ToString::to_string).collect(),
            imports: imports.iter().map(ToString::to_string).collect(),
        };
        let mut manifest: Manifest = CHUNKS
            .iter()
            .map(|(source, _)| (source.to_string(), entry(source, &[], &[])))
            .collect();
        for (name, entry) in [
            (PAGE, entry("assets/index.js", &["assets/index.css"], &["_common.js"])),
            ("_common.js", entry("assets/common.js", &[], &[PAGE])),
            ("_zoom.js", entry("assets/zoom.js", &[], &[])),
            (CHUNKS[0].0, entry("assets/map.js", &["assets/map.css"], &[PAGE, "_zoom.js"])),
        ] {
            manifest.insert(name.to_owned(), entry);
        }
        manifest
    }

    fn files_of(what: &str) -> Vec<String> {
        let parts = parts(&manifest(), "assets/layout.worker-1.js".into()).unwrap();
        let (_, files) = parts.into_iter().find(|(budget, _)| budget.what == what).unwrap();
        files.into_iter().collect()
    }

    #[test]
    fn first_load_is_the_page_with_what_it_imports() {
        assert_eq!(files_of(FIRST_SCRIPT.what), ["assets/common.js", "assets/index.js"]);
        assert_eq!(files_of(FIRST_STYLE.what), ["assets/index.css"]);
    }

    #[test]
    fn chunk_weighs_what_it_adds() {
        assert_eq!(files_of("the process map"), ["assets/map.js", "assets/zoom.js"]);
    }

    #[test]
    fn part_that_is_not_in_the_build_is_a_fault() {
        let manifest: Manifest = serde_json::from_str("{}").unwrap();
        let fault = parts(&manifest, String::new()).err().unwrap();
        assert_eq!(fault, "index.html is not in the build");
    }

    #[test]
    fn one_byte_above_the_budget_is_too_much() {
        let budget = Budget { what: "a", kilobytes: 2 };
        assert_eq!(verdict(&budget, 2_000), None);
        assert_eq!(verdict(&budget, 2_001).unwrap(), "a: 3 kB, at most 2 kB are allowed");
    }
}
