//! Which part of a long list does an answer show? The rows from an offset on, at most so many.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    offset: usize,
    end: usize,
}

impl Page {
    /// The rows from `offset` on, at most `limit`; none beyond row `end_max`.
    ///
    /// # Errors
    /// The page ends beyond row `end_max`.
    pub fn new(offset: u64, limit: u64, end_max: usize) -> Result<Self, Problem> {
        let end = offset.saturating_add(limit);
        let place = |row: u64| usize::try_from(row).ok().filter(|&row| row <= end_max);
        match (place(offset), place(end)) {
            (Some(offset), Some(end)) => Ok(Page { offset, end }),
            _ => Err(Problem::new(
                ErrorCode::OverLimit,
                say!(
                    "The rows {offset} to {end} were asked for; at most {max} can be.",
                    offset,
                    end,
                    max = end_max
                ),
            )
            .in_parameter("limit")
            .with_hint(say!("Ask for fewer rows, filter the log, or sort the other way round."))),
        }
    }

    /// How many rows must be known to show the page.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// How many rows come before the page.
    #[must_use]
    pub fn offset(self) -> usize {
        self.offset
    }

    /// The rows of the page.
    pub fn of<T>(self, rows: Vec<T>) -> impl Iterator<Item = T> {
        rows.into_iter().take(self.end).skip(self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_from_the_list() {
        let page = Page::new(1, 2, 10).unwrap();
        assert_eq!(page.of(vec!['a', 'b', 'c', 'd']).collect::<String>(), "bc");
        assert_eq!(page.of(vec!['a']).count(), 0);
    }

    #[test]
    fn a_page_beyond_the_limit_names_the_limit() {
        assert!(Page::new(5, 5, 10).is_ok());
        let problem = Page::new(u64::MAX, 6, 10).unwrap_err();
        assert_eq!(problem.code, ErrorCode::OverLimit);
        assert!(problem.detail.to_string().contains("at most 10"), "{problem}");
    }
}
