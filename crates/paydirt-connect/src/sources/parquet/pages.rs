//! Does a page of a Parquet file hold as many values as it claims?
//!
//! The decoder makes room for as many lengths as a page of the DELTA encodings claims before it
//! reads the first of them, and where there is no such room the program ends. So every claim is
//! compared here with the page that makes it.

use std::fs::File;
use std::iter;
use std::sync::Arc;

use parquet::arrow::arrow_reader::RowGroups;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;

/// Most values that a byte of such a page stands for. Writers put 128 equal values into five bytes.
const VALUES_PER_BYTE_MAX: u64 = 1_024;

/// One row group of a file, its pages checked.
pub(super) struct CheckedGroup {
    pub(super) file: Arc<File>,
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) group: usize,
}

impl RowGroups for CheckedGroup {
    fn num_rows(&self) -> usize {
        usize::try_from(self.metadata.row_group(self.group).num_rows()).unwrap_or(0)
    }

    fn column_chunks(&self, column_idx: usize) -> Result<Box<dyn PageIterator>> {
        let column = self.metadata.row_group(self.group).column(column_idx);
        let file = Arc::clone(&self.file);
        let pages = SerializedPageReader::new(file, column, self.num_rows(), None)?;
        let level_maxima =
            [column.column_descr().max_rep_level(), column.column_descr().max_def_level()];
        let checked: Box<dyn PageReader> = Box::new(CheckedPages { pages, level_maxima });
        Ok(Box::new(OneColumn(Some(checked))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(iter::once(self.metadata.row_group(self.group)))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// The pages of a column in the one row group.
struct OneColumn(Option<Box<dyn PageReader>>);

impl Iterator for OneColumn {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for OneColumn {}

struct CheckedPages {
    pages: SerializedPageReader<File>,
    /// Highest repetition and definition level of the column.
    level_maxima: [i16; 2],
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = &page {
            check_page(page, self.level_maxima)?;
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

fn contradiction() -> ParquetError {
    ParquetError::General("a page claims more than it holds".to_owned())
}

fn check_page(page: &Page, level_maxima: [i16; 2]) -> Result<()> {
    let (bytes, encoding): (&[u8], Encoding) = match page {
        Page::DataPage {
            buf,
            num_values,
            encoding,
            def_level_encoding,
            rep_level_encoding,
            ..
        } => {
            let mut bytes: &[u8] = buf;
            for (maximum, encoding) in
                level_maxima.into_iter().zip([*rep_level_encoding, *def_level_encoding])
            {
                bytes = behind_levels(bytes, maximum, encoding, *num_values)
                    .ok_or_else(contradiction)?;
            }
            (bytes, *encoding)
        }
        Page::DataPageV2 { buf, encoding, def_levels_byte_len, rep_levels_byte_len, .. } => {
            let level_bytes = u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len);
            let level_bytes = usize::try_from(level_bytes).map_err(|_| contradiction())?;
            (buf.get(level_bytes..).ok_or_else(contradiction)?, *encoding)
        }
        Page::DictionaryPage { .. } => return Ok(()),
    };
    let values_max = u64::from(page.num_values()).min(bytes.len() as u64 * VALUES_PER_BYTE_MAX);
    let is_sound = match encoding {
        Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY => {
            PackedHeader::read(&mut Cursor(bytes), values_max).is_some()
        }
        Encoding::DELTA_BYTE_ARRAY => two_headers(bytes, values_max).is_some(),
        _ => true,
    };
    if is_sound { Ok(()) } else { Err(contradiction()) }
}

/// What stands behind the levels of a page of the first version.
fn behind_levels(bytes: &[u8], maximum: i16, encoding: Encoding, count: u32) -> Option<&[u8]> {
    if maximum <= 0 {
        return Some(bytes);
    }
    if encoding == Encoding::RLE {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        return rest.get(usize::try_from(u32::from_le_bytes(*length)).ok()?..);
    }
    let width = u64::from(16 - maximum.leading_zeros());
    bytes.get(usize::try_from((u64::from(count) * width).div_ceil(8)).ok()?..)
}

/// The lengths of prefixes, and behind them those of suffixes.
fn two_headers(bytes: &[u8], values_max: u64) -> Option<()> {
    let mut cursor = Cursor(bytes);
    PackedHeader::read(&mut cursor, values_max)?.pass_over(&mut cursor)?;
    PackedHeader::read(&mut cursor, values_max).map(|_| ())
}

/// The beginning of numbers in the encoding DELTA_BINARY_PACKED.
struct PackedHeader {
    mini_block_values: u64,
    mini_block_count: usize,
    value_count: u64,
}

impl PackedHeader {
    fn read(cursor: &mut Cursor<'_>, values_max: u64) -> Option<PackedHeader> {
        let block_values = cursor.number()?;
        let mini_block_count = cursor.number()?;
        let value_count = cursor.number()?;
        let _first_value = cursor.number()?;
        let mini_block_values = block_values.checked_div(mini_block_count)?;
        let mini_block_count = usize::try_from(mini_block_count).ok()?;
        (mini_block_values > 0 && value_count <= values_max).then_some(PackedHeader {
            mini_block_values,
            mini_block_count,
            value_count,
        })
    }

    /// Moves behind the blocks. The first value stands in the header; the mini-blocks behind the
    /// last value are left out.
    fn pass_over(&self, cursor: &mut Cursor<'_>) -> Option<()> {
        let mut remaining = self.value_count.saturating_sub(1);
        while remaining > 0 {
            let _least_difference = cursor.number()?;
            for &width in cursor.bytes(self.mini_block_count)? {
                if remaining == 0 {
                    break;
                }
                let bits = self.mini_block_values.checked_mul(width.into())?;
                cursor.bytes(usize::try_from(bits / 8).ok()?)?;
                remaining = remaining.saturating_sub(self.mini_block_values);
            }
        }
        Some(())
    }
}

/// What is left of a page.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of seven bits a byte, lowest first (ULEB128).
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 128 values a block in 4 mini-blocks; the number of values; the first value 0.
    fn header(value_count: u8) -> Vec<u8> {
        vec![0x80, 0x01, 4, value_count, 0]
    }

    fn page(encoding: Encoding, num_values: u32, bytes: Vec<u8>) -> Page {
        Page::DataPage {
            buf: bytes.into(),
            num_values,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        }
    }

    fn is_sound(encoding: Encoding, num_values: u32, bytes: Vec<u8>) -> bool {
        check_page(&page(encoding, num_values, bytes), [0, 0]).is_ok()
    }

    #[test]
    fn claims_are_compared_with_the_page() {
        let lengths = Encoding::DELTA_LENGTH_BYTE_ARRAY;
        assert!(is_sound(lengths, 3, header(3)));
        assert!(!is_sound(lengths, 2, header(3)), "more than the page has values");
        let many = vec![0x80, 0x01, 4, 0xff, 0xff, 0xff, 0x7f, 0];
        assert!(!is_sound(lengths, u32::MAX, many.clone()), "more than its bytes can hold");
        assert!(is_sound(Encoding::PLAIN, 1, many), "other encodings make no such claim");
        assert!(!is_sound(lengths, 3, vec![0x80, 0x01, 0, 3, 0]), "no mini-blocks");
        assert!(!is_sound(lengths, 3, vec![0x80; 20]), "an endless number");
    }

    #[test]
    fn both_claims_of_prefixes_and_suffixes_are_compared() {
        // Two more values of one bit: 32 values in 4 bytes, and no other mini-block.
        let block = [&[0, 1, 0, 0, 0][..], &[0; 4]].concat();
        let both = |suffix_count| [header(3), block.clone(), header(suffix_count)].concat();
        assert!(is_sound(Encoding::DELTA_BYTE_ARRAY, 3, both(3)));
        assert!(!is_sound(Encoding::DELTA_BYTE_ARRAY, 3, both(4)));
        assert!(!is_sound(Encoding::DELTA_BYTE_ARRAY, 3, header(3)), "the suffixes are missing");
    }

    #[test]
    fn levels_are_passed_over() {
        let rle = [&[2, 0, 0, 0, 3, 1][..], &header(3)].concat();
        let page_of = |bytes| page(Encoding::DELTA_LENGTH_BYTE_ARRAY, 3, bytes);
        assert!(check_page(&page_of(rle.clone()), [0, 1]).is_ok());
        assert!(check_page(&page_of(rle[..5].to_vec()), [0, 1]).is_err());
        let packed = behind_levels(&[0xff, 7], 1, Encoding::RLE_DICTIONARY, 8);
        assert_eq!(packed, Some(&[7][..]));
    }
}
