//! Where in the document are we? A window over the bytes that knows its line and its limits.
//!
//! The XML reader collects an element until it ends; the window stops it when that takes too many
//! bytes, so that a file without any `<` cannot fill the memory. Lines are counted block by block
//! and only when someone asks.

use std::fmt;
use std::io::{self, BufRead, Read};

use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::source::Limits;

/// Bytes of the document held at once, besides the element being read.
const BLOCK_BYTES: usize = 128 << 10;

/// A limit that the document exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LimitReached {
    /// One element, text or comment is longer than so many bytes.
    Element(usize),
    /// The whole document is longer than so many bytes.
    Document(u64),
}

impl LimitReached {
    /// The limit in words.
    pub(crate) fn sentence(self) -> Sentence {
        match self {
            LimitReached::Element(bytes) => say!(
                "One element or text is longer than {size} MiB, the most that is read.",
                size = bytes >> 20
            ),
            LimitReached::Document(bytes) => say!(
                "The document is longer than {size} GiB after decompression, the most that is \
                 read.",
                size = bytes >> 30
            ),
        }
    }
}

impl fmt::Display for LimitReached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for LimitReached {}

/// The bytes of the document, block by block.
pub(crate) struct Window<'a> {
    inner: Box<dyn Read + Send + 'a>,
    limits: Limits,
    block: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes of the blocks before this one.
    bytes_before: u64,
    /// Line feeds up to `counted`, from the beginning of the document.
    line_feeds: u64,
    counted: usize,
    /// Where in the block the current element begins, and its line once that is known.
    mark: usize,
    mark_line: Option<u64>,
    element_bytes: usize,
}

impl<'a> Window<'a> {
    pub(crate) fn new(inner: Box<dyn Read + Send + 'a>, limits: Limits) -> Self {
        Window {
            inner,
            limits,
            block: vec![0; BLOCK_BYTES],
            start: 0,
            end: 0,
            bytes_before: 0,
            line_feeds: 0,
            counted: 0,
            mark: 0,
            mark_line: None,
            element_bytes: 0,
        }
    }

    /// Says that the next element begins here.
    #[inline]
    pub(crate) fn begin_element(&mut self) {
        self.mark = self.start;
        self.mark_line = None;
        self.element_bytes = 0;
    }

    /// The line on which the current element begins, from 1.
    pub(crate) fn line(&mut self) -> u64 {
        if let Some(line) = self.mark_line {
            return line;
        }
        self.count_line_feeds(self.mark);
        let line = self.line_feeds + 1;
        self.mark_line = Some(line);
        line
    }

    /// The line up to which the document has been read, from 1.
    pub(crate) fn last_line(&mut self) -> u64 {
        self.line();
        self.count_line_feeds(self.start);
        self.line_feeds + 1
    }

    /// How many bytes of the document have been read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_before + self.start as u64
    }

    fn count_line_feeds(&mut self, to: usize) {
        let passed = &self.block[self.counted..to];
        self.line_feeds += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.counted = to;
    }

    fn next_block(&mut self) -> io::Result<()> {
        self.line();
        self.count_line_feeds(self.end);
        self.bytes_before += self.end as u64;
        (self.start, self.end, self.counted, self.mark) = (0, 0, 0, 0);
        if self.bytes_before > self.limits.uncompressed_bytes_max {
            let limit = LimitReached::Document(self.limits.uncompressed_bytes_max);
            return Err(io::Error::other(limit));
        }
        while self.end < self.block.len() {
            match self.inner.read(&mut self.block[self.end..]) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Read for Window<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Window<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            if self.element_bytes > self.limits.record_bytes_max {
                let limit = LimitReached::Element(self.limits.record_bytes_max);
                return Err(io::Error::other(limit));
            }
            self.next_block()?;
        }
        Ok(&self.block[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        self.start += count;
        self.element_bytes += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_across_blocks() {
        let text = "ab\ncd\n\n".repeat(BLOCK_BYTES / 5);
        let mut window = Window::new(Box::new(text.as_bytes()), Limits::STANDARD);
        let mut position = 0;
        while position < text.len() {
            window.begin_element();
            let step = window.fill_buf().unwrap().len().min(997);
            window.consume(step);
            let expected = text[..position].matches('\n').count() as u64 + 1;
            assert_eq!(window.line(), expected);
            position += step;
            assert_eq!(window.bytes_read(), position as u64);
        }
        assert_eq!(window.last_line(), text.matches('\n').count() as u64 + 1);
    }

    #[test]
    fn an_endless_element_is_stopped() {
        let limits = Limits { record_bytes_max: 1 << 20, ..Limits::STANDARD };
        let mut window = Window::new(Box::new(io::repeat(b'x')), limits);
        window.begin_element();
        let error = loop {
            match window.fill_buf() {
                Ok(bytes) => {
                    let count = bytes.len();
                    window.consume(count);
                }
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("longer than 1 MiB"));
        assert!(window.bytes_read() < 2 << 20);
    }
}
