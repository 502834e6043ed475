//! In which encoding is the document, and what is it in UTF-8?
//!
//! After XML 1.0, appendix F: a byte order mark, else the shape of the first bytes, else the
//! encoding that the first line names, else UTF-8.

use std::io::{self, Cursor, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// How many bytes are looked at for the encoding.
const HEAD_BYTES: usize = 1_024;

/// Bytes of foreign encoding held at once.
const BLOCK_BYTES: usize = 64 << 10;

/// A stream of bytes.
type Bytes<'a> = Box<dyn Read + Send + 'a>;

/// The document in UTF-8, and the name of its encoding where it was another.
///
/// # Errors
/// The document cannot be read, or names an encoding that is not known.
pub(crate) fn utf8(mut bytes: Bytes<'_>) -> Result<(Bytes<'_>, Option<&'static str>), Problem> {
    let mut head = Vec::new();
    let read = bytes.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head);
    read.map_err(|error| crate::input::io_problem("", &error))?;
    let encoding = encoding_of(&head)?;
    let whole = Cursor::new(head).chain(bytes);
    if encoding == UTF_8 {
        return Ok((Box::new(whole), None));
    }
    let decoded = DecodedReader {
        inner: whole,
        decoder: encoding.new_decoder(),
        raw: vec![0; BLOCK_BYTES],
        raw_start: 0,
        raw_end: 0,
        text: vec![0; BLOCK_BYTES],
        text_start: 0,
        text_end: 0,
        is_ended: false,
        is_finished: false,
    };
    Ok((Box::new(decoded), Some(encoding.name())))
}

fn encoding_of(head: &[u8]) -> Result<&'static Encoding, Problem> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    match head {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = declared(head) else { return Ok(UTF_8) };
    let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        let detail =
            say!("The document names the encoding \"{label}\", which is not known.", label);
        Problem::new(ErrorCode::EncodingUnknown, detail)
            .at_row(1)
            .with_hint(say!("Save the log in UTF-8."))
    })?;
    // A document that names UTF-16 in single bytes was written as UTF-8 by a careless exporter.
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    Ok(if is_wide { UTF_8 } else { encoding })
}

/// The encoding that `<?xml … encoding="…"?>` names.
fn declared(head: &[u8]) -> Option<String> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|&byte| byte == b'>')?;
    let text = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, rest) = text.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| "\"'".contains(*quote))?;
    let (label, _) = rest[1..].split_once(quote)?;
    Some(label.trim().to_owned())
}

/// Decodes block by block.
struct DecodedReader<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    text: Vec<u8>,
    text_start: usize,
    text_end: usize,
    /// Whether the raw bytes have ended, and whether all text of them has been given.
    is_ended: bool,
    is_finished: bool,
}

impl<R: Read> DecodedReader<R> {
    /// Decodes until there is some text. Returns whether there is.
    fn decode(&mut self) -> io::Result<bool> {
        while !self.is_finished {
            if self.raw_start == self.raw_end && !self.is_ended {
                (self.raw_start, self.raw_end) = (0, self.inner.read(&mut self.raw)?);
                self.is_ended = self.raw_end == 0;
            }
            let raw = &self.raw[self.raw_start..self.raw_end];
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(raw, &mut self.text, self.is_ended);
            self.raw_start += read;
            (self.text_start, self.text_end) = (0, written);
            self.is_finished = self.is_ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<R: Read> Read for DecodedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.text_start == self.text_end && !self.decode()? {
            return Ok(0);
        }
        let count = buffer.len().min(self.text_end - self.text_start);
        buffer[..count].copy_from_slice(&self.text[self.text_start..self.text_start + count]);
        self.text_start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
        let (mut reader, encoding) = utf8(Box::new(Cursor::new(bytes.to_vec()))).unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, encoding)
    }

    #[test]
    fn encodings_are_recognised() {
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(decode("<é/>".as_bytes()), ("<é/>".to_owned(), None));
        assert_eq!(decode(&wide("<見積/>")), ("<見積/>".to_owned(), Some("UTF-16LE")));
        assert_eq!(decode(&wide("\u{feff}<é/>")), ("<é/>".to_owned(), Some("UTF-16LE")));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xe9'/>";
        let (text, encoding) = decode(latin);
        assert!(text.ends_with("<a x='é'/>"));
        assert_eq!(encoding, Some("windows-1252"));
        let false_wide = "<?xml version='1.0' encoding='UTF-16'?><é/>";
        assert_eq!(decode(false_wide.as_bytes()), (false_wide.to_owned(), None));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let text = "<?xml version='1.0' encoding='klingon'?><log/>";
        let problem = utf8(Box::new(text.as_bytes())).err().unwrap();
        assert_eq!(problem.code, ErrorCode::EncodingUnknown);
        assert!(problem.detail.to_string().contains("klingon"));
    }
}
