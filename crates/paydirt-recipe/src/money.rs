//! Which columns are amounts, and which column names their currency?
//!
//! One column named like a currency (`Currency`, `Devise`, `通貨`) whose values are codes of
//! ISO 4217 makes every column of numbers whose name speaks of money an amount in the currency of
//! the row.

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::ReadingRules;
use paydirt_model::mapping::AttributeMapping;
use paydirt_model::raw_table::RawTable;

use crate::blanks::{BlankPlaces, is_blank_word};
use crate::roles::folded;
use crate::scan::ColumnScan;
use crate::types::{Detecting, Reading, detect_type_by, number_share};

/// Names of a column of currencies, folded.
const CURRENCY_NAMES: &[&str] = &[
    "currency",
    "currencycode",
    "currencyisocode",
    "isocurrency",
    "isocurrencycode",
    "devise",
    "codedevise",
    "monnaie",
    "通貨",
    "通貨コード",
    "wahrung",
];
/// How other names of such columns end, folded: `Deal currency`, `deal_currency_code`.
const CURRENCY_ENDINGS: &[&str] =
    &["currency", "currencycode", "currencyisocode", "devise", "通貨", "通貨コード"];
/// Words in names of amounts, folded.
const MONEY_WORDS: &[&str] = &[
    "amount",
    "value",
    "price",
    "revenue",
    "cost",
    "montant",
    "valeur",
    "prix",
    "revenu",
    "cout",
    "chiffredaffaires",
    "額",
    "価格",
    "単価",
    "売上",
    "費用",
];
/// How other names of amounts end, folded; `Total activities` is none.
const MONEY_ENDINGS: &[&str] = &["total", "totalht", "totalttc", "合計"];
/// How names of numbers end that are no amounts, folded.
const COUNT_ENDINGS: &[&str] =
    &["count", "quantity", "number", "percent", "days", "score", "nombre", "jours", "数", "率"];

/// The codes of ISO 4217.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
    BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF \
    DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR \
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB \
    PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP \
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES \
    VND VUV WST XAF XAG XAU XCD XCG XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG ZWL";

/// Whether a text is a code of ISO 4217, in capitals or small letters.
fn is_code(text: &str) -> bool {
    text.len() == 3 && CODES.split(' ').any(|code| code.eq_ignore_ascii_case(text))
}

/// Gives the attributes that are amounts the one column that names currencies.
pub(crate) fn find_currencies(
    table: &RawTable,
    attributes: &mut [AttributeMapping],
    rules: &ReadingRules,
) {
    let Some(currency) = currency_column(table, attributes) else { return };
    for attribute in attributes {
        let is_free = attribute.currency_column.is_none() && attribute.column != currency;
        if is_free && speaks_of_money(&folded(&attribute.column)) {
            let idx = table.column_idx(&attribute.column);
            if idx.is_some_and(|idx| is_number(table, idx, rules)) {
                attribute.currency_column = Some(currency.clone());
            }
        }
    }
}

/// The one column of currencies; `None` when there are several.
fn currency_column(table: &RawTable, attributes: &[AttributeMapping]) -> Option<String> {
    let only = |fits: fn(&str) -> bool| {
        let mut found = attributes
            .iter()
            .map(|attribute| &attribute.column)
            .filter(|column| fits(&folded(column)))
            .filter(|column| table.column_idx(column).is_some_and(|idx| holds_codes(table, idx)));
        let first = found.next().cloned();
        (first, found.next().is_some())
    };
    let usual = only(|name| CURRENCY_NAMES.contains(&name));
    let (first, has_more) = if usual.0.is_some() {
        usual
    } else {
        only(|name| CURRENCY_ENDINGS.iter().any(|ending| name.ends_with(ending)))
    };
    first.filter(|_| !has_more)
}

/// Whether 95 of 100 values are codes of currencies.
fn holds_codes(table: &RawTable, column_idx: usize) -> bool {
    let (mut total, mut codes) = (0, 0);
    ColumnScan::new(table, column_idx).each(|text, rows| {
        if is_blank_word(text, &ReadingRules::all()) {
            return ControlFlow::Continue(());
        }
        total += rows;
        codes += u64::from(is_code(text)) * rows;
        ControlFlow::Continue(())
    });
    total > 0 && codes * 100 >= total * 95
}

fn speaks_of_money(name: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    (MONEY_WORDS.iter().any(|word| name.contains(word)) || ends(MONEY_ENDINGS))
        && !ends(COUNT_ENDINGS)
}

/// Whether most values are numbers, in a column that is known to hold amounts; the others are bad.
pub(crate) fn is_mostly_number(table: &RawTable, column_idx: usize, rules: &ReadingRules) -> bool {
    const PER_CENT_MIN: u64 = 50;
    let scan = ColumnScan::new(table, column_idx);
    is_number(table, column_idx, rules)
        || scan.typed().is_none() && PER_CENT_MIN <= number_share(&scan, rules).0
}

/// The codes of currencies whose amounts have three digits behind the sign that divides.
const OF_THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Whether no amount in these currencies has three digits behind the sign that divides.
pub(crate) fn are_of_hundredths(codes: impl IntoIterator<Item = String>) -> bool {
    let is_of_thousandths =
        |code: String| OF_THOUSANDTHS.iter().any(|known| known.eq_ignore_ascii_case(code.trim()));
    !codes.into_iter().any(is_of_thousandths)
}

/// Whether the values are plain numbers.
pub(crate) fn is_number(table: &RawTable, column_idx: usize, rules: &ReadingRules) -> bool {
    let scan = ColumnScan::new(table, column_idx);
    match scan.typed() {
        Some(kind) => matches!(kind, AttributeType::Integer | AttributeType::Decimal),
        None => {
            let places = BlankPlaces::of(&table.names);
            let found = detect_type_by(&scan, Detecting { rules, places, style_of_file: None });
            matches!(found.reading, Reading::Integer(_) | Reading::Decimal(_))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_amounts_and_codes() {
        for name in [
            "Amount",
            "Deal value",
            "OpportunityAmount",
            "Montant HT",
            "Prix",
            "金額",
            "見込額",
            "Total",
            "Amount paid",
            "Corporate value",
            "Annual revenue",
        ] {
            assert!(speaks_of_money(&folded(name)), "{name}");
        }
        for name in ["Quantity", "Total activities", "Probability", "Value score", "Region"] {
            assert!(!speaks_of_money(&folded(name)), "{name}");
        }
        assert!(is_code("EUR") && is_code("usd"));
        assert!(!is_code("€") && !is_code("EURO") && !is_code("ABC"));
    }
}
