//! Where in a template do the values stand?

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Place(&'a str),
    Choice { name: &'a str, one: &'a str, many: &'a str },
}

pub(super) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        for (brace, text) in [("{{", "{"), ("}}", "}")] {
            if let Some(after) = rest.strip_prefix(brace) {
                rest = after;
                return Some(Part::Text(text));
            }
        }
        if let Some((inside, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        {
            rest = after;
            let mut words = inside.splitn(3, '|');
            let name = words.next().unwrap_or_default();
            return Some(match (words.next(), words.next()) {
                (Some(one), many) => Part::Choice { name, one, many: many.unwrap_or(one) },
                (None, _) => Part::Place(name),
            });
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '{' | '}'));
        let (text, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        rest = after;
        Some(Part::Text(text))
    })
}

/// Stops the build where the places of a template and the names of the values differ.
///
/// # Panics
/// A place has no value, a value has no place, or a brace stands alone.
pub const fn check_places(template: &str, names: &[&str]) {
    let text = template.as_bytes();
    let mut is_used = [false; PLACE_COUNT_MAX];
    assert!(names.len() <= PLACE_COUNT_MAX, "the sentence has too many places");
    let mut position = 0;
    while position < text.len() {
        let is_doubled = position + 1 < text.len() && text[position] == text[position + 1];
        match text[position] {
            b'{' | b'}' if is_doubled => position += 2,
            b'}' => panic!("a closing brace stands alone; a brace in the text is doubled"),
            b'{' => {
                let mut end = position + 1;
                while end < text.len() && text[end] != b'}' && text[end] != b'|' {
                    end += 1;
                }
                assert!(
                    end < text.len(),
                    "an opening brace stands alone; a brace in the text is doubled"
                );
                let place = place_of(text, position + 1, end, names);
                assert!(place < names.len(), "a place of the sentence has no value");
                is_used[place] = true;
                while end < text.len() && text[end] != b'}' {
                    end += 1;
                }
                position = end + 1;
            }
            _ => position += 1,
        }
    }
    let mut idx = 0;
    while idx < names.len() {
        assert!(is_used[idx], "a value has no place in the sentence");
        idx += 1;
    }
}

/// Most places of one sentence.
const PLACE_COUNT_MAX: usize = 16;

const fn place_of(text: &[u8], start: usize, end: usize, names: &[&str]) -> usize {
    let mut idx = 0;
    while idx < names.len() {
        let name = names[idx].as_bytes();
        let mut same = name.len() == end - start;
        let mut offset = 0;
        while same && offset < name.len() {
            same = name[offset] == text[start + offset];
            offset += 1;
        }
        if same {
            return idx;
        }
        idx += 1;
    }
    names.len()
}
