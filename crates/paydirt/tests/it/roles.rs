//! Small exports of sales tools: which column is what, and in which currency.

use crate::support::{check, file, folder, list, paydirt, text};

#[test]
fn names_of_columns_win_over_a_few_rows() {
    let folder = folder();
    for (name, header, rows) in [
        ("fr", "N° d'affaire;Étape;Date", "A1;Ouvert;2024-01-31\nA2;Ouvert;2024-02-01"),
        ("en", "Deal;Stage;Date", "A1;Open;2024-01-31\nA2;Open;2024-02-01"),
        ("ja", "商談ID;フェーズ;日時", "A1;開始;2024-01-31\nA2;開始;2024-02-01"),
    ] {
        let log = file(folder.path(), &format!("{name}.csv"), format!("{header}\n{rows}\n"));
        let report = check(&log, &[]);
        let names: Vec<&str> = header.split(';').collect();
        for (role, expected) in [("case", names[0]), ("activity", names[1])] {
            let found = list(&report, "roles").iter().find(|known| known["role"] == role);
            assert_eq!(found.expect("the role is found")["column"], expected, "{name}");
        }
    }
}

#[test]
fn one_column_cannot_be_case_and_activity() {
    let folder = folder();
    let log = file(folder.path(), "log.csv", "case,what,date\n1,a,2024-01-31\n");
    let run = paydirt(&["ask", text(&log), "summary", "--case", "case", "--activity", "case"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("One column cannot have two roles"), "{}", run.stderr);
}

#[test]
fn currencies_of_rows_are_not_mixed() {
    let folder = folder();
    let log = file(
        folder.path(),
        "log.csv",
        "Deal,Stage,Date,Amount,Currency\n1,a,2024-01-31,5,EUR\n2,a,2024-02-01,7,USD\n",
    );
    let report = check(&log, &[]);
    let reading = "\"Amount\" is money in the currency of \"Currency\"";
    assert!(list(&report, "readings").iter().any(|known| known == reading), "{report}");
}
