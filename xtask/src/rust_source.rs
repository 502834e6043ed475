//! Which part of a Rust file is code, which is comment or text, and which lines are tests?
//!
//! A small scanner in place of a parser: the rules that use it need lines and braces, and they
//! must also read a file that does not compile. It relies on the layout rustfmt gives.

use std::collections::BTreeSet;

/// One Rust file, seen line by line.
pub(crate) struct RustSource {
    /// Path in the checkout, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) lines: Vec<SourceLine>,
    /// Files that belong to a `#[cfg(test)] mod name;` of this file, as paths without `.rs`.
    pub(crate) test_modules: Vec<String>,
}

/// One line, with what the rules ask about it.
pub(crate) struct SourceLine {
    pub(crate) text: String,
    /// The line without comments and without the content of string and character literals.
    pub(crate) code: String,
    /// The line without everything that is not comment.
    pub(crate) comment: String,
    /// The line begins inside a string literal: its layout is data.
    pub(crate) starts_in_text: bool,
    pub(crate) is_test: bool,
}

impl RustSource {
    pub(crate) fn read(path: &str, text: &str) -> RustSource {
        let scanned = scan(text);
        let code: Vec<char> = scanned.code.chars().collect();
        let items = test_items(&code);
        let whole_file = is_in_test_folder(path) || scanned.code.contains("#![cfg(test)]");
        let lines = text
            .split('\n')
            .zip(scanned.code.split('\n'))
            .zip(scanned.comment.split('\n'))
            .enumerate()
            .map(|(idx, ((text, code), comment))| SourceLine {
                text: text.to_string(),
                code: code.to_string(),
                comment: comment.to_string(),
                starts_in_text: scanned.text_lines.contains(&idx),
                is_test: whole_file || items.iter().any(|item| item.has_line(idx)),
            })
            .collect();
        let folder = module_folder(path);
        let test_modules = items
            .into_iter()
            .filter_map(|item| Some(format!("{folder}{}", item.module?)))
            .collect();
        RustSource { path: path.to_string(), lines, test_modules }
    }

    /// Declares every line a test: the file is a module another file has under `#[cfg(test)]`.
    pub(crate) fn mark_as_test(&mut self) {
        for line in &mut self.lines {
            line.is_test = true;
        }
    }

    /// The lines that are part of the product, with their numbers.
    pub(crate) fn product_lines(&self) -> impl Iterator<Item = (usize, &SourceLine)> {
        self.numbered_lines().filter(|(_, line)| !line.is_test)
    }

    /// All lines with their numbers, from 1.
    pub(crate) fn numbered_lines(&self) -> impl Iterator<Item = (usize, &SourceLine)> {
        self.lines.iter().enumerate().map(|(idx, line)| (idx + 1, line))
    }

    /// The code of the whole file.
    pub(crate) fn code(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.code.as_str()).collect();
        lines.join("\n")
    }
}

/// Where the modules declared in a file live: `a/b/` for `a/b.rs`, `a/` for `a/lib.rs`.
fn module_folder(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    if matches!(stem, "lib" | "main" | "mod") { folder } else { format!("{folder}{stem}/") }
}

fn is_in_test_folder(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "tests" | "benches"))
}

/// The three layers of a file; all have the same lines.
struct Scanned {
    code: String,
    comment: String,
    text_lines: BTreeSet<usize>,
}

#[derive(Clone, Copy)]
enum Layer {
    Code,
    Comment,
    Text,
}

struct Scanner {
    chars: Vec<char>,
    position: usize,
    line_idx: usize,
    scanned: Scanned,
}

fn scan(text: &str) -> Scanned {
    let scanned =
        Scanned { code: String::new(), comment: String::new(), text_lines: BTreeSet::new() };
    let mut scanner = Scanner { chars: text.chars().collect(), position: 0, line_idx: 0, scanned };
    while scanner.position < scanner.chars.len() {
        scanner.step();
    }
    scanner.scanned
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.position + ahead).copied()
    }

    fn take(&mut self, count: usize, layer: Layer) {
        for _ in 0..count {
            let Some(character) = self.peek(0) else { return };
            self.position += 1;
            let (code, comment) = match layer {
                _ if character == '\n' => ('\n', '\n'),
                Layer::Code => (character, ' '),
                Layer::Comment => (' ', character),
                Layer::Text => (' ', ' '),
            };
            self.scanned.code.push(code);
            self.scanned.comment.push(comment);
            if character == '\n' {
                self.line_idx += 1;
                if matches!(layer, Layer::Text) {
                    self.scanned.text_lines.insert(self.line_idx);
                }
            }
        }
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => self.line_comment(),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(),
            (Some('r'), Some('"' | '#')) if self.raw_string_hashes().is_some() => self.raw_string(),
            (Some('\''), _) => self.character_or_lifetime(),
            _ => self.take(1, Layer::Code),
        }
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|character| character != '\n') {
            self.take(1, Layer::Comment);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.take(2, Layer::Comment);
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.take(2, Layer::Comment);
                    if depth == 0 {
                        return;
                    }
                }
                (Some(_), _) => self.take(1, Layer::Comment),
                (None, _) => return,
            }
        }
    }

    fn string(&mut self) {
        self.take(1, Layer::Code);
        loop {
            match self.peek(0) {
                Some('\\') => self.take(2, Layer::Text),
                Some('"') => return self.take(1, Layer::Code),
                Some(_) => self.take(1, Layer::Text),
                None => return,
            }
        }
    }

    /// The number of `#` of a raw string that begins here; none for `r#name` and for names in `r`.
    fn raw_string_hashes(&self) -> Option<usize> {
        let before = self.position.checked_sub(1).and_then(|idx| self.chars.get(idx));
        let before_prefix = self.position.checked_sub(2).and_then(|idx| self.chars.get(idx));
        let is_name = |character: Option<&char>| character.is_some_and(|c| is_name_part(*c));
        let is_prefixed = matches!(before, Some('b' | 'c')) && !is_name(before_prefix);
        if is_name(before) && !is_prefixed {
            return None;
        }
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        (self.peek(1 + hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_string_hashes().unwrap_or(0);
        self.take(2 + hashes, Layer::Code);
        while self.peek(0).is_some() {
            let ends = self.peek(0) == Some('"')
                && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if ends {
                return self.take(1 + hashes, Layer::Code);
            }
            self.take(1, Layer::Text);
        }
    }

    fn character_or_lifetime(&mut self) {
        let is_character = self.peek(1) == Some('\\') || self.peek(2) == Some('\'');
        self.take(1, Layer::Code);
        if !is_character {
            return;
        }
        if self.peek(0) == Some('\\') {
            self.take(2, Layer::Text);
        } else {
            self.take(1, Layer::Text);
        }
        while self.peek(0).is_some_and(|character| character != '\'') {
            self.take(1, Layer::Text);
        }
        self.take(1, Layer::Code);
    }
}

/// A letter, digit or underscore: what a Rust name consists of.
pub(crate) fn is_name_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// An item under `#[cfg(test)]` or `#[test]`; lines are counted from 0, the last one included.
struct TestItem {
    first_line_idx: usize,
    last_line_idx: usize,
    /// The name, when the item is a module in a file of its own.
    module: Option<String>,
}

impl TestItem {
    fn has_line(&self, line_idx: usize) -> bool {
        self.first_line_idx <= line_idx && line_idx <= self.last_line_idx
    }
}

fn test_items(code: &[char]) -> Vec<TestItem> {
    let mut items = Vec::new();
    let mut position = 0;
    let mut line_idx = 0;
    while let Some(&character) = code.get(position) {
        if character == '\n' {
            line_idx += 1;
        }
        if character == '#' && starts_test_attribute(&code[position..]) {
            let rest = &code[position..];
            let length = item_length(rest);
            let item: String = rest.iter().take(length).collect();
            let last_line_idx = line_idx + item.matches('\n').count();
            items.push(TestItem {
                first_line_idx: line_idx,
                last_line_idx,
                module: module_of_its_own(&item),
            });
            position += length;
            line_idx = last_line_idx;
        } else {
            position += 1;
        }
    }
    items
}

fn starts_test_attribute(code: &[char]) -> bool {
    ["#[cfg(test)]", "#[test]", "#[cfg(all(test,"]
        .iter()
        .any(|attribute| attribute.chars().eq(code.iter().copied().take(attribute.len())))
}

/// How many characters an item has, from its first attribute to its `}` or `;`.
fn item_length(code: &[char]) -> usize {
    let mut depth = 0_usize;
    for (idx, &character) in code.iter().enumerate() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && character == '}' {
                    return idx + 1;
                }
            }
            ';' if depth == 0 => return idx + 1,
            _ => {}
        }
    }
    code.len()
}

fn module_of_its_own(item: &str) -> Option<String> {
    let (_, name) = item.strip_suffix(';')?.rsplit_once("mod ")?;
    name.chars().all(is_name_part).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str) -> String {
        RustSource::read("crates/a/src/lib.rs", text).code()
    }

    fn test_lines(text: &str) -> Vec<usize> {
        let source = RustSource::read("crates/a/src/lib.rs", text);
        source.numbered_lines().filter(|(_, line)| line.is_test).map(|(number, _)| number).collect()
    }

    #[test]
    fn strings_and_comments_are_blank_in_the_code() {
        assert_eq!(code_of(r#"let a = "x{"; // {"#), r#"let a = "  ";     "#);
        assert_eq!(code_of("/* { /* } */ */a"), "               a");
        assert_eq!(code_of(r#"a("\"{")"#), r#"a("   ")"#);
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes() {
        assert_eq!(code_of(r##"r#"a"b"#;"##), r##"r#"   "#;"##);
        assert_eq!(code_of(r##"br#"{"#;"##), r##"br#" "#;"##);
        assert_eq!(code_of("r#type { var\"{\" }"), "r#type { var\" \" }");
    }

    #[test]
    fn character_literals_are_blank_and_lifetimes_are_not() {
        assert_eq!(code_of("('{', '\\'', '\\u{7b}', b'{')"), "(' ', '  ', '      ', b' ')");
        assert_eq!(code_of("fn a<'a>(b: &'a str) {"), "fn a<'a>(b: &'a str) {");
    }

    #[test]
    fn names_in_other_scripts_keep_their_columns() {
        let source = RustSource::read("a.rs", "a(\"商談\"); // 商談");
        let line = source.lines.first().unwrap();
        assert_eq!(line.code, "a(\"  \");      ");
        assert_eq!(line.comment.trim(), "// 商談");
    }

    #[test]
    fn test_items_end_with_their_brace() {
        assert_eq!(test_lines("a\n#[cfg(test)]\nmod tests {\n  x {}\n}\nb"), [2, 3, 4, 5]);
        assert_eq!(test_lines("#[cfg(test)]\nuse a::b;\nfn c() {}"), [1, 2]);
        assert_eq!(test_lines("#[test]\n#[should_panic]\nfn a() {\n}\nb"), [1, 2, 3, 4]);
        assert_eq!(test_lines("#[cfg(not(test))]\nfn a() {}"), [0; 0]);
    }

    #[test]
    fn test_module_in_its_own_file_is_named_with_its_folder() {
        let modules = |path, text| RustSource::read(path, text).test_modules;
        assert_eq!(modules("a/src/lib.rs", "#[cfg(test)]\nmod laws;"), ["a/src/laws"]);
        assert_eq!(modules("a/src/b.rs", "#[cfg(test)]\nmod laws;"), ["a/src/b/laws"]);
        assert_eq!(modules("a/src/b.rs", "mod laws;"), [""; 0]);
    }

    #[test]
    fn files_in_a_test_folder_are_tests() {
        let source = RustSource::read("crates/a/tests/it/main.rs", "fn a() {}");
        assert!(source.lines.iter().all(|line| line.is_test));
    }

    #[test]
    fn lines_inside_a_string_are_data() {
        let source = RustSource::read("a.rs", "let a = \"x\ny\";\nlet b;");
        let flags: Vec<bool> = source.lines.iter().map(|line| line.starts_in_text).collect();
        assert_eq!(flags, [false, true, false]);
    }
}
