//! How is a gzip file read? Member after member, as RFC 1952 allows, in bounded memory.
//!
//! A damaged or cut file ends in an error: every member's length and checksum are compared.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// The two bytes that every gzip member begins with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Bytes of compressed data held at once.
const BUFFER_BYTES: usize = 64 << 10;

/// The decompressed bytes of all members of a gzip file. Zeros behind the last member (padding of
/// tapes and some uploaders) are ignored; anything else behind it is an error.
pub fn reader<R: Read>(compressed: R) -> GzipReader<R> {
    let buffered = BufReader::with_capacity(BUFFER_BYTES, compressed);
    GzipReader { state: State::Member(Box::new(GzDecoder::new(buffered))) }
}

/// Reads all members of a gzip file one after another.
#[derive(Debug)]
pub struct GzipReader<R> {
    state: State<R>,
}

#[derive(Debug)]
enum State<R> {
    Member(Box<GzDecoder<BufReader<R>>>),
    Ended,
}

impl<R: Read> Read for GzipReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let State::Member(decoder) = &mut self.state else { return Ok(0) };
            let count = decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            let State::Member(decoder) = std::mem::replace(&mut self.state, State::Ended) else {
                return Ok(0);
            };
            let mut rest = decoder.into_inner();
            if has_next_member(&mut rest)? {
                self.state = State::Member(Box::new(GzDecoder::new(rest)));
            }
        }
    }
}

fn has_next_member(rest: &mut impl BufRead) -> io::Result<bool> {
    let mut is_padded = false;
    loop {
        let bytes = rest.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        if !is_padded && bytes[0] == MAGIC[0] {
            return Ok(true);
        }
        if bytes.iter().any(|&byte| byte != 0) {
            let text = "the compressed data are followed by other data";
            return Err(io::Error::new(io::ErrorKind::InvalidData, text));
        }
        is_padded = true;
        let count = bytes.len();
        rest.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn compressed(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        reader(bytes).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_follow_one_another_and_padding_is_ignored() {
        let mut bytes = compressed("first ");
        bytes.extend(compressed("second"));
        assert_eq!(read(&bytes).unwrap(), "first second");
        bytes.extend([0; 512]);
        assert_eq!(read(&bytes).unwrap(), "first second");
        assert_eq!(read(&compressed("")).unwrap(), "");
    }

    #[test]
    fn every_cut_and_foreign_data_behind_are_errors() {
        let bytes = compressed("case,activity,time\n1,a,2024-01-01\n");
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
        }
        let mut followed = bytes.clone();
        followed.extend(b"<log/>");
        assert!(read(&followed).is_err());
    }

    #[test]
    fn a_changed_byte_never_gives_other_text() {
        let text = "case,activity,time\n1,a,2024-01-01\n1,b,2024-01-02\n";
        let bytes = compressed(text);
        for position in 0..bytes.len() {
            for flip in [0x01, 0x10, 0x80] {
                let mut changed = bytes.clone();
                changed[position] ^= flip;
                if let Ok(read) = read(&changed) {
                    assert_eq!(read, text, "byte {position} of the header may be free");
                }
            }
        }
    }
}
