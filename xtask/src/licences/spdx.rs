//! Does a licence expression leave a choice that is allowed?
//!
//! The grammar is the one of the SPDX specification 2.3, annex D: `WITH` binds closest, then `AND`,
//! then `OR`. The old cargo form `MIT/Apache-2.0` means `OR`.

/// True when some way of reading the `OR`s consists of allowed licences only.
pub(super) fn is_satisfied(expression: &str, allowed: &[&str]) -> Result<bool, String> {
    let mut parser = Parser { tokens: tokens(expression), position: 0, allowed };
    let is_satisfied = parser.either()?;
    match parser.peek() {
        None => Ok(is_satisfied),
        Some(token) => Err(format!("\"{token}\" was not expected")),
    }
}

fn tokens(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_string).collect()
}

struct Parser<'a> {
    tokens: Vec<String>,
    position: usize,
    allowed: &'a [&'a str],
}

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.position).map(String::as_str)
    }

    fn next_is(&mut self, word: &str) -> bool {
        let is_next = self.peek().is_some_and(|token| token.eq_ignore_ascii_case(word));
        if is_next {
            self.position += 1;
        }
        is_next
    }

    fn either(&mut self) -> Result<bool, String> {
        let mut is_satisfied = self.both()?;
        while self.next_is("OR") {
            is_satisfied |= self.both()?;
        }
        Ok(is_satisfied)
    }

    fn both(&mut self) -> Result<bool, String> {
        let mut is_satisfied = self.one()?;
        while self.next_is("AND") {
            is_satisfied &= self.one()?;
        }
        Ok(is_satisfied)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.next_is("(") {
            let is_satisfied = self.either()?;
            return if self.next_is(")") { Ok(is_satisfied) } else { Err("no \")\"".into()) };
        }
        let mut licence = self.name()?;
        if self.next_is("WITH") {
            licence = format!("{licence} WITH {}", self.name()?);
        }
        Ok(self.allowed.contains(&licence.as_str()))
    }

    fn name(&mut self) -> Result<String, String> {
        const WORDS: &[&str] = &["(", ")", "AND", "OR", "WITH"];
        let name = self.peek().ok_or("it ends too early")?.to_string();
        if WORDS.contains(&name.as_str()) {
            return Err(format!("expected a licence before \"{name}\""));
        }
        self.position += 1;
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[&str] = &["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Zlib"];

    fn check(expression: &str) -> Result<bool, String> {
        is_satisfied(expression, ALLOWED)
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        assert_eq!(check("MIT"), Ok(true));
        assert_eq!(check("MIT OR GPL-3.0-only"), Ok(true));
        assert_eq!(check("LGPL-2.1-or-later OR MIT OR Apache-2.0"), Ok(true));
        assert_eq!(check("GPL-3.0-only"), Ok(false));
    }

    #[test]
    fn all_parts_of_and_are_needed() {
        assert_eq!(check("MIT AND Zlib"), Ok(true));
        assert_eq!(check("MIT AND GPL-3.0-only"), Ok(false));
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert_eq!(check("GPL-3.0-only AND MIT OR Zlib"), Ok(true));
        assert_eq!(check("Zlib OR MIT AND GPL-3.0-only"), Ok(true));
        assert_eq!(check("(Zlib OR MIT) AND GPL-3.0-only"), Ok(false));
        assert_eq!(check("(MIT OR GPL-3.0-only) AND Zlib"), Ok(true));
    }

    #[test]
    fn exception_makes_another_licence() {
        assert_eq!(check("Apache-2.0 WITH LLVM-exception"), Ok(true));
        assert_eq!(check("MIT WITH LLVM-exception"), Ok(false));
        assert_eq!(check("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only"), Ok(true));
    }

    #[test]
    fn old_form_with_a_stroke_is_or() {
        assert_eq!(check("GPL-3.0-only/MIT"), Ok(true));
        assert_eq!(check("GPL-2.0-only / GPL-3.0-only"), Ok(false));
    }

    #[test]
    fn broken_expression_is_named() {
        assert_eq!(check(""), Err("it ends too early".into()));
        assert_eq!(check("(MIT"), Err("no \")\"".into()));
        assert_eq!(check("MIT Zlib"), Err("\"Zlib\" was not expected".into()));
        assert_eq!(check("MIT OR OR Zlib"), Err("expected a licence before \"OR\"".into()));
    }
}
