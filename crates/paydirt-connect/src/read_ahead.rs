//! How can decompressing and parsing go on at the same time? One thread reads ahead of the other.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Bytes in one block that is handed over.
const BLOCK_BYTES: usize = 256 << 10;

/// Blocks that may wait to be parsed.
const BLOCKS_WAITING_MAX: usize = 8;

/// A block, or the error with which reading ended.
type Block = io::Result<Vec<u8>>;

/// Calls `parse` with a reader of the same bytes that are read on another thread, or on this one
/// when there is only one. The result does not depend on it.
pub(crate) fn with_read_ahead<'a, T>(
    bytes: Box<dyn Read + Send + 'a>,
    threads: usize,
    parse: impl FnOnce(Box<dyn Read + Send + '_>) -> T,
) -> T {
    if threads < 2 {
        return parse(bytes);
    }
    thread::scope(|scope| {
        let (sender, blocks) = sync_channel(BLOCKS_WAITING_MAX);
        scope.spawn(move || pump(bytes, &sender));
        parse(Box::new(BlockReader { blocks, current: Vec::new(), start: 0 }))
    })
}

/// Reads block after block until the end, an error, or until nobody listens any more.
fn pump(mut bytes: impl Read, sender: &SyncSender<Block>) {
    loop {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        let read = bytes.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block);
        let is_last = read.is_err() || block.len() < BLOCK_BYTES;
        if !block.is_empty() && sender.send(Ok(block)).is_err() {
            return;
        }
        if let Err(error) = read {
            let _ = sender.send(Err(error));
        }
        if is_last {
            return;
        }
    }
}

struct BlockReader {
    blocks: Receiver<Block>,
    current: Vec<u8>,
    start: usize,
}

impl Read for BlockReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start == self.current.len() {
            let Ok(block) = self.blocks.recv() else { return Ok(0) };
            (self.current, self.start) = (block?, 0);
        }
        let count = buffer.len().min(self.current.len() - self.start);
        buffer[..count].copy_from_slice(&self.current[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives some bytes, then fails.
    struct Failing(usize);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "damaged"));
            }
            let count = self.0.min(buffer.len());
            buffer[..count].fill(b'x');
            self.0 -= count;
            Ok(count)
        }
    }

    #[test]
    fn the_bytes_and_the_error_are_the_same_on_any_thread() {
        for threads in [1, 2] {
            for length in [0, 1, BLOCK_BYTES, 3 * BLOCK_BYTES + 7] {
                let text = "y".repeat(length);
                let read = with_read_ahead(Box::new(text.as_bytes()), threads, |mut reader| {
                    let mut read = String::new();
                    reader.read_to_string(&mut read).map(|_| read)
                });
                assert_eq!(read.unwrap(), text);
                let failed = with_read_ahead(Box::new(Failing(length)), threads, |mut reader| {
                    let mut read = Vec::new();
                    reader.read_to_end(&mut read).map_err(|error| (read.len(), error.kind()))
                });
                assert_eq!(failed, Err((length, io::ErrorKind::InvalidData)));
            }
        }
    }

    #[test]
    fn a_parser_that_stops_early_stops_the_reading() {
        let endless = Box::new(io::repeat(b'z'));
        let first = with_read_ahead(endless, 2, |mut reader| {
            let mut byte = [0];
            reader.read_exact(&mut byte).map(|()| byte[0])
        });
        assert_eq!(first.unwrap(), b'z');
    }
}
