//! Do the values name weeks instead of days?

use crate::scan::ColumnScan;

/// Values that are looked at.
const SAMPLE_COUNT: usize = 200;

/// Whether most values are weeks, such as `2026-W10`, `2026W10`, `KW 10/2026`, `2026年第10週`.
pub(crate) fn looks_like_weeks(scan: &ColumnScan<'_>) -> bool {
    let sample = scan.sample(SAMPLE_COUNT);
    let weeks = sample.iter().filter(|text| is_week(text)).count();
    weeks > 0 && weeks * 10 >= sample.len() * 8
}

fn is_week(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    let is_japanese = small.contains('年') && small.ends_with('週');
    is_japanese || is_iso(&small) || is_spoken(&small)
}

/// `2026-w10`, `2026w10`, `2026-w10-2`.
fn is_iso(small: &str) -> bool {
    let Some((year, rest)) = small.split_once('w') else { return false };
    let year = year.strip_suffix(['-', ' ']).unwrap_or(year);
    let rest = rest.replace('-', "");
    year.len() == 4 && is_digits(year) && (2..=3).contains(&rest.len()) && is_digits(&rest)
}

/// `kw 10/2026`, `w10 2026`, `s10-2026`, `week 10 2026`, `semaine 10`.
fn is_spoken(small: &str) -> bool {
    const WORDS: [&str; 6] = ["week", "semaine", "sem.", "kw", "w", "s"];
    let Some(rest) = WORDS.iter().find_map(|word| small.strip_prefix(word)) else { return false };
    let mut parts = rest.trim_start().split(['/', '-', ' ', '.']).filter(|part| !part.is_empty());
    let week = parts.next().filter(|week| week.len() <= 2 && is_digits(week));
    let year = parts.next();
    let year_fits = year.is_some_and(|year| year.len() == 4 && is_digits(year));
    week.is_some() && year_fits && parts.next().is_none()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_no_days() {
        for week in [
            "2026-W10",
            "2026W10",
            "2026-W10-2",
            "2026 W10",
            "KW 10/2026",
            "S10 2026",
            "week 10 2026",
            "2026年第10週",
        ] {
            assert!(is_week(week), "{week}");
        }
        for other in ["2026-03-03", "W2 form", "S1", "2026年3月3日", "SW-2026", "won"] {
            assert!(!is_week(other), "{other}");
        }
    }
}
