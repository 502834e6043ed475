//! What does the product say to its users? Every template of `say!` and every `SUMMARY`.

use crate::rust_source::RustSource;

/// One template, and where it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) line_number: usize,
    pub(super) template: String,
}

/// A file as characters: its text, and its code, which has blanks in place of text.
pub(super) struct Characters {
    pub(super) text: Vec<char>,
    pub(super) code: Vec<char>,
    /// For each character the number of its line, and whether the line is a test.
    lines: Vec<(usize, bool)>,
}

impl Characters {
    pub(super) fn of(source: &RustSource) -> Characters {
        let mut characters = Characters { text: Vec::new(), code: Vec::new(), lines: Vec::new() };
        for (number, line) in source.numbered_lines() {
            characters.text.extend(line.text.chars().chain(['\n']));
            characters.code.extend(line.code.chars().chain(['\n']));
            characters.lines.resize(characters.code.len(), (number, line.is_test));
        }
        characters
    }

    pub(super) fn line_number(&self, position: usize) -> usize {
        self.lines.get(position).map_or(0, |(number, _)| *number)
    }

    /// Where some code begins in the product: the positions behind it.
    pub(super) fn ends_of(&self, wanted: &str) -> Vec<usize> {
        let wanted: Vec<char> = wanted.chars().collect();
        self.code
            .windows(wanted.len())
            .enumerate()
            .filter(|(start, window)| **window == wanted[..] && !self.is_test(*start))
            .map(|(start, _)| start + wanted.len())
            .collect()
    }

    fn is_test(&self, position: usize) -> bool {
        self.lines.get(position).is_some_and(|(_, is_test)| *is_test)
    }

    /// The string literal that begins here, behind blanks, with its escapes resolved.
    fn literal(&self, position: usize) -> Option<String> {
        let skipped = self.code[position..].iter().take_while(|c| c.is_whitespace()).count();
        let start = position + skipped;
        if self.code.get(start) != Some(&'"') {
            return None;
        }
        let length = self.code[start + 1..].iter().take_while(|&&c| c != '"').count();
        Some(resolved(&self.text[start + 1..start + 1 + length]))
    }
}

/// Everything that a file of the product says.
pub(super) fn said(source: &RustSource) -> Vec<Said> {
    let characters = Characters::of(source);
    let mut all = Vec::new();
    for opener in ["say!(", "const SUMMARY: &'static str ="] {
        for position in characters.ends_of(opener) {
            if let Some(template) = characters.literal(position) {
                all.push(Said { line_number: characters.line_number(position), template });
            }
        }
    }
    all
}

/// Whether a file is part of what users run.
pub(super) fn is_product(source: &RustSource) -> bool {
    source.path.starts_with("crates/") && source.path.contains("/src/")
}

fn resolved(literal: &[char]) -> String {
    let mut text = String::new();
    let mut rest = literal.iter().copied().peekable();
    while let Some(character) = rest.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            Some('u') => {
                let digits: String = rest.by_ref().skip(1).take_while(|&c| c != '}').collect();
                let code = u32::from_str_radix(&digits, 16).ok();
                text.extend(code.and_then(char::from_u32));
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates(text: &str) -> Vec<String> {
        let source = RustSource::read("crates/a/src/lib.rs", text);
        said(&source).into_iter().map(|said| said.template).collect()
    }

    #[test]
    fn templates_are_read_as_the_compiler_reads_them() {
        assert_eq!(templates("say!(\"a \\\"{b}\\\"\", b)"), ["a \"{b}\""]);
        assert_eq!(templates("say!(\n    \"a \\\n     b \\u{fffd}\"\n)"), ["a b \u{fffd}"]);
        assert_eq!(templates("const SUMMARY: &'static str =\n    \"商談\";"), ["商談"]);
    }

    #[test]
    fn tests_and_comments_say_nothing() {
        assert_eq!(templates("// say!(\"a\")\n#[test]\nfn a() {\n    say!(\"b\");\n}"), [""; 0]);
    }
}
