//! Is what was published there, unchanged, and is nothing else?

use paydirt_model::event_log::CaseNotion;
use paydirt_store::entries::VersionNumber;

use crate::sample::{content, day, log, open, publish, stored};

#[test]
fn a_published_version_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("données du 受注");
    let store = open(&folder);
    let id = store.create_log("Deals", day(1)).unwrap();
    let first = publish(&store, id, &log(1), day(1)).unwrap();
    assert_eq!((first.number, first.parent, first.is_current), (VersionNumber(1), None, true));
    assert_eq!((first.cases, first.events), (5, 14));
    assert_eq!(first.notions, [CaseNotion::Main]);
    drop(store);
    let store = open(&folder);
    assert_eq!(store.versions(id).unwrap(), [first]);
    assert_eq!(stored(&store, id, VersionNumber(1)), content(&log(1)));
    assert_eq!(store.report(id, VersionNumber(1)).unwrap(), "{\"rows\":3}");
    assert_eq!(store.settings(id, VersionNumber(1)).unwrap(), "{}");
    assert_eq!(store.find("dEALS").unwrap().unwrap().id, id);
}
