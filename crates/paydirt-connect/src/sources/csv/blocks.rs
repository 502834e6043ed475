//! How a stream of bytes becomes blocks of UTF-8 text that end where a record ends.
//!
//! Blocks do not depend on how many threads read them: they are cut by the text alone.

use std::io::{self, Read};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::encoding::{End, TextEncoding, Transcoder};
use crate::input::io_problem;
use crate::source::ReadOptions;
use crate::sources::csv::records::{Separators, last_cut};

/// Bytes of text in one block, about.
const BLOCK_BYTES: usize = 4 << 20;
/// Bytes that are decoded at once when the text is not in UTF-8.
const PIECE_BYTES: usize = 1 << 20;

/// Some whole records of a text.
#[derive(Debug)]
pub(in crate::sources) struct Block {
    /// Position of the block in the text, from 0.
    pub(in crate::sources) number: usize,
    /// The text in UTF-8, not yet checked.
    pub(in crate::sources) bytes: Vec<u8>,
    /// Where malformed bytes have been replaced, ascending.
    pub(in crate::sources) replaced: Vec<usize>,
}

/// Cuts a stream into blocks.
pub(super) struct BlockReader<'a, R> {
    stream: R,
    name: &'a str,
    options: &'a ReadOptions<'a>,
    separators: Separators,
    transcoder: Option<Transcoder>,
    mark_len: usize,
    rest: Vec<u8>,
    rest_replaced: Vec<usize>,
    number: usize,
    bytes_read: u64,
    end: End,
}

impl<'a, R: Read> BlockReader<'a, R> {
    /// Blocks of a stream that begins with a byte order mark of so many bytes.
    pub(super) fn new(
        stream: R,
        name: &'a str,
        (encoding, mark_len): (TextEncoding, usize),
        separators: Separators,
        options: &'a ReadOptions<'a>,
    ) -> Self {
        let transcoder = (encoding != TextEncoding::UTF_8).then(|| encoding.decoder());
        BlockReader {
            stream,
            name,
            options,
            separators,
            transcoder,
            mark_len,
            rest: Vec::new(),
            rest_replaced: Vec::new(),
            number: 0,
            bytes_read: 0,
            end: End::MoreToCome,
        }
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// Reading fails or is cancelled, or a record exceeds the limit.
    pub(super) fn next(&mut self) -> Result<Option<Block>, Problem> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut replaced = std::mem::take(&mut self.rest_replaced);
        let mut wanted = BLOCK_BYTES;
        loop {
            self.options.check_cancelled()?;
            while self.end == End::MoreToCome && bytes.len() < wanted {
                self.fill(&mut bytes, &mut replaced, wanted)?;
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            let cut = match self.end {
                End::Reached if bytes.len() <= wanted => Some(bytes.len()),
                End::Reached | End::MoreToCome => last_cut(&bytes, self.separators),
            };
            if let Some(cut) = cut {
                return Ok(Some(self.cut(bytes, replaced, cut)));
            }
            if bytes.len() >= self.options.limits.record_bytes_max {
                return Err(self.record_too_long());
            }
            wanted = wanted.saturating_mul(2);
        }
    }

    fn fill(
        &mut self,
        bytes: &mut Vec<u8>,
        replaced: &mut Vec<usize>,
        wanted: usize,
    ) -> Result<(), Problem> {
        let piece = match self.transcoder {
            None => wanted - bytes.len() + self.mark_len,
            Some(_) => PIECE_BYTES,
        };
        if self.transcoder.is_none() && self.mark_len == 0 {
            bytes.reserve(piece);
            let count = read_up_to(&mut self.stream, piece, bytes)
                .map_err(|error| io_problem(self.name, &error))?;
            return self.after_reading(count, piece);
        }
        let mut raw = Vec::with_capacity(piece);
        let count = read_up_to(&mut self.stream, piece, &mut raw)
            .map_err(|error| io_problem(self.name, &error))?;
        self.after_reading(count, piece)?;
        let from = std::mem::take(&mut self.mark_len).min(raw.len());
        match &mut self.transcoder {
            None => bytes.extend_from_slice(&raw[from..]),
            Some(transcoder) => transcoder.decode(&raw[from..], self.end, bytes, replaced),
        }
        Ok(())
    }

    fn after_reading(&mut self, count: usize, wanted: usize) -> Result<(), Problem> {
        self.bytes_read += count as u64;
        if count < wanted {
            self.end = End::Reached;
        }
        if self.bytes_read > self.options.limits.uncompressed_bytes_max {
            let limit = self.options.limits.uncompressed_bytes_max;
            let detail = say!("The text is longer than {limit} bytes.", limit);
            return Err(Problem::new(ErrorCode::InputTooLarge, detail)
                .in_file(self.name)
                .with_hint(say!("Split the file.")));
        }
        Ok(())
    }

    fn cut(&mut self, mut bytes: Vec<u8>, mut replaced: Vec<usize>, cut: usize) -> Block {
        self.rest = bytes.split_off(cut);
        let kept = replaced.partition_point(|&at| at < cut);
        self.rest_replaced = replaced.split_off(kept).into_iter().map(|at| at - cut).collect();
        let number = self.number;
        self.number += 1;
        Block { number, bytes, replaced }
    }

    fn record_too_long(&self) -> Problem {
        let limit = self.options.limits.record_bytes_max;
        let after =
            if self.number == 0 { say!("at its beginning") } else { say!("after the rows read") };
        let detail = say!(
            "The file has a line longer than {limit} bytes ({after}); that is no table.",
            limit,
            after
        );
        Problem::new(ErrorCode::InputTooLarge, detail)
            .in_file(self.name)
            .with_hint(say!("Check that the file is delimited text with one event a line."))
    }
}

fn read_up_to(stream: &mut impl Read, count: usize, bytes: &mut Vec<u8>) -> io::Result<usize> {
    stream.take(count as u64).read_to_end(bytes)
}
