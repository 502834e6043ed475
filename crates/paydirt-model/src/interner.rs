//! Texts stored once: a column of texts in one buffer, and a table that numbers distinct texts.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Texts one after another in one buffer, addressed by position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextColumn {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

/// Most bytes one `TextColumn` holds.
pub const TEXT_COLUMN_BYTES_MAX: usize = u32::MAX as usize;

impl TextColumn {
    /// An empty column with room for so many texts of so many bytes together.
    #[must_use]
    pub fn with_capacity(text_count: usize, byte_count: usize) -> Self {
        TextColumn { bytes: Vec::with_capacity(byte_count), ends: Vec::with_capacity(text_count) }
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Appends a text.
    ///
    /// # Panics
    /// The column would hold more than [`TEXT_COLUMN_BYTES_MAX`] bytes; callers cut chunks before.
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(u32::try_from(self.bytes.len()).expect("a text column is below 4 GiB"));
    }

    /// The text at a position.
    #[inline]
    #[must_use]
    pub fn get(&self, idx: usize) -> &str {
        std::str::from_utf8(self.get_bytes(idx)).expect("only whole texts are pushed")
    }

    /// The bytes of the text at a position.
    #[inline]
    #[must_use]
    pub fn get_bytes(&self, idx: usize) -> &[u8] {
        let start = if idx == 0 { 0 } else { self.ends[idx - 1] as usize };
        &self.bytes[start..self.ends[idx] as usize]
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|idx| self.get(idx))
    }

    /// Memory of the texts and their positions, in bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

impl<'a> FromIterator<&'a str> for TextColumn {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut column = TextColumn::default();
        for text in texts {
            column.push(text);
        }
        column
    }
}

/// Numbers distinct texts in the order of their first appearance.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    table: HashTable<u32>,
    texts: TextColumn,
}

impl Interner {
    /// The number of the text, new or known.
    pub fn intern(&mut self, text: &str) -> u32 {
        let hash = xxh3_64(text.as_bytes());
        self.intern_hashed(text, hash)
    }

    /// As [`Interner::intern`], with the text's `xxh3_64` already computed.
    pub fn intern_hashed(&mut self, text: &str, hash: u64) -> u32 {
        let texts = &self.texts;
        let found = self.table.find(hash, |&idx| texts.get_bytes(idx as usize) == text.as_bytes());
        if let Some(&idx) = found {
            return idx;
        }
        let idx = u32::try_from(self.texts.len()).expect("fewer than 2^32 distinct texts");
        self.texts.push(text);
        let texts = &self.texts;
        self.table.insert_unique(hash, idx, |&idx| xxh3_64(texts.get_bytes(idx as usize)));
        idx
    }

    /// The number of a known text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        let hash = xxh3_64(text.as_bytes());
        self.table.find(hash, |&idx| self.texts.get_bytes(idx as usize) == text.as_bytes()).copied()
    }

    /// The distinct texts, by number.
    #[must_use]
    pub fn texts(&self) -> &TextColumn {
        &self.texts
    }

    /// The distinct texts alone; the table is dropped.
    #[must_use]
    pub fn into_texts(self) -> TextColumn {
        self.texts
    }
}

/// Finds the number of a text in a column of distinct texts that someone else holds.
#[derive(Debug)]
pub struct TextNumbers(HashTable<u32>);

impl TextNumbers {
    /// The numbers of these texts; of equal ones the first is found.
    #[must_use]
    pub fn of(texts: &TextColumn) -> Self {
        let mut table = HashTable::with_capacity(texts.len());
        for idx in 0..texts.len() {
            let bytes = texts.get_bytes(idx);
            let hash = xxh3_64(bytes);
            let idx = u32::try_from(idx).expect("fewer than 2^32 texts in a column");
            if table.find(hash, |&known| texts.get_bytes(known as usize) == bytes).is_none() {
                let hash_of = |&known: &u32| xxh3_64(texts.get_bytes(known as usize));
                table.insert_unique(hash, idx, hash_of);
            }
        }
        TextNumbers(table)
    }

    /// The number of a text among the same texts.
    #[must_use]
    pub fn find(&self, texts: &TextColumn, text: &str) -> Option<u32> {
        let hash = xxh3_64(text.as_bytes());
        self.0.find(hash, |&idx| texts.get_bytes(idx as usize) == text.as_bytes()).copied()
    }

    /// Memory of the numbers, in bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.0.capacity() * (size_of::<u32>() + 1)
    }
}

/// The fixed 64-bit hash of a case id that decides its segment and its place in samples: XXH3.
#[must_use]
pub fn case_hash(case_id: &str) -> u64 {
    xxh3_64(case_id.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_get_one_number() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern("見積"), 0);
        assert_eq!(interner.intern(""), 1);
        assert_eq!(interner.intern("見積"), 0);
        assert_eq!(interner.find(""), Some(1));
        assert_eq!(interner.find("x"), None);
        assert_eq!(interner.texts().iter().collect::<Vec<_>>(), ["見積", ""]);
    }

    #[test]
    fn texts_are_found_by_their_bytes() {
        let texts: TextColumn = ["b", "", "見積", "b"].into_iter().collect();
        let numbers = TextNumbers::of(&texts);
        let found = ["b", "", "見積", "a"].map(|text| numbers.find(&texts, text));
        assert_eq!(found, [Some(0), Some(1), Some(2), None]);
    }
}
