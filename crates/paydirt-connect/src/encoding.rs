//! In which encoding is this text? A byte order mark says it, else the bytes themselves.
//!
//! Without a mark: zero bytes at every second place are UTF-16; text that is valid UTF-8 is UTF-8;
//! text that is valid Shift_JIS or EUC-JP and holds Japanese words is that; everything else is
//! Windows-1252, which is named in the report so that a user can name another.

use encoding_rs::{Decoder, WINDOWS_1252};
use encoding_rs::{DecoderResult, EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// UTF-8.
    pub const UTF_8: TextEncoding = TextEncoding(UTF_8);
    /// UTF-16, low byte first.
    pub const UTF_16LE: TextEncoding = TextEncoding(UTF_16LE);
    /// UTF-16, high byte first.
    pub const UTF_16BE: TextEncoding = TextEncoding(UTF_16BE);
    /// Windows-1252, the Western European encoding of Windows; holds ISO 8859-1.
    pub const WINDOWS_1252: TextEncoding = TextEncoding(WINDOWS_1252);
    /// Shift_JIS as Windows has it (code page 932).
    pub const SHIFT_JIS: TextEncoding = TextEncoding(SHIFT_JIS);
    /// EUC-JP.
    pub const EUC_JP: TextEncoding = TextEncoding(EUC_JP);

    /// The encoding of a name such as `utf-8`, `windows-1255` or `shift_jis` (WHATWG labels).
    ///
    /// # Errors
    /// There is no such encoding.
    pub fn parse(label: &str) -> Result<Self, Problem> {
        Encoding::for_label(label.as_bytes()).map(TextEncoding).ok_or_else(|| {
            Problem::new(
                ErrorCode::InvalidParameters,
                say!("\"{label}\" is not the name of a text encoding.", label),
            )
            .in_parameter("encoding")
            .with_hint(say!("Try utf-8, utf-16le, utf-16be, windows-1252 or shift_jis."))
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// A decoder that takes no notice of a byte order mark.
    pub(crate) fn decoder(self) -> Transcoder {
        Transcoder { decoder: self.0.new_decoder_without_bom_handling() }
    }

    /// How many bytes of byte order mark of this encoding the text begins with.
    #[must_use]
    pub fn mark_len(self, head: &[u8]) -> usize {
        match byte_order_mark(head) {
            Some((encoding, len)) if encoding == self => len,
            _ => 0,
        }
    }

    /// Decodes a sample as far as it goes, malformed bytes replaced.
    #[must_use]
    pub fn decode_sample(self, bytes: &[u8]) -> String {
        let mut text = Vec::new();
        let mut replaced = Vec::new();
        let from = self.mark_len(bytes).min(bytes.len());
        self.decoder().decode(&bytes[from..], End::MoreToCome, &mut text, &mut replaced);
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// Whether bytes follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// These bytes are the last.
    Reached,
    /// A character may go on in bytes to come.
    MoreToCome,
}

/// Decodes a stream piece by piece into UTF-8.
pub(crate) struct Transcoder {
    decoder: Decoder,
}

impl Transcoder {
    /// Appends the decoded bytes to `text`; malformed sequences become U+FFFD, and the place of
    /// each in `text` goes into `replaced`.
    pub(crate) fn decode(
        &mut self,
        mut bytes: &[u8],
        end: End,
        text: &mut Vec<u8>,
        replaced: &mut Vec<usize>,
    ) {
        loop {
            let filled = text.len();
            let room = self
                .decoder
                .max_utf8_buffer_length_without_replacement(bytes.len())
                .unwrap_or(bytes.len().saturating_mul(4))
                .max(16);
            text.resize(filled + room, 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                bytes,
                &mut text[filled..],
                end == End::Reached,
            );
            text.truncate(filled + written);
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    replaced.push(text.len());
                    text.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
    }
}

/// What a sample says about its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// The encoding.
    pub encoding: TextEncoding,
    /// How sure that is.
    pub evidence: Evidence,
}

/// Why an encoding was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The text begins with a byte order mark.
    Mark,
    /// The bytes fit.
    Content,
    /// The sample is plain ASCII, so that later bytes decide.
    AsciiSoFar,
    /// Nothing else fits.
    Assumed,
}

/// The encoding of a text, from its first bytes.
///
/// # Errors
/// The bytes are no text.
pub fn detect(sample: &[u8]) -> Result<Detected, Problem> {
    let found = |encoding, evidence| Ok(Detected { encoding, evidence });
    if sample.starts_with(b"\xff\xfe\x00\x00") || sample.starts_with(b"\x00\x00\xfe\xff") {
        return Err(not_text(say!("The text is in UTF-32, which Paydirt does not read.")));
    }
    if let Some((encoding, _)) = byte_order_mark(sample) {
        return found(encoding, Evidence::Mark);
    }
    if memchr::memchr(0, sample).is_some() {
        return match utf_16_without_mark(sample) {
            Some(encoding) => found(encoding, Evidence::Content),
            None => {
                Err(not_text(say!("The file holds zero bytes: it is binary data and no text.")))
            }
        };
    }
    if has_many_controls(sample) {
        return Err(not_text(say!(
            "The file holds control characters: it is binary data and no text."
        )));
    }
    if sample.is_ascii() {
        return found(TextEncoding::UTF_8, Evidence::AsciiSoFar);
    }
    if is_utf_8_so_far(sample) {
        return found(TextEncoding::UTF_8, Evidence::Content);
    }
    let encoding = legacy(sample);
    let is_assumed = encoding == TextEncoding::WINDOWS_1252;
    found(encoding, if is_assumed { Evidence::Assumed } else { Evidence::Content })
}

/// The encoding of text that is neither UTF-8 nor UTF-16.
#[must_use]
pub fn legacy(sample: &[u8]) -> TextEncoding {
    let shift_jis = japanese_score(TextEncoding::SHIFT_JIS, sample);
    let euc_jp = japanese_score(TextEncoding::EUC_JP, sample);
    match (shift_jis, euc_jp) {
        (None, None) => TextEncoding::WINDOWS_1252,
        (Some(left), Some(right)) if right > left => TextEncoding::EUC_JP,
        (Some(_), _) => TextEncoding::SHIFT_JIS,
        (None, Some(_)) => TextEncoding::EUC_JP,
    }
}

fn not_text(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::EncodingUnknown, detail)
        .with_hint(say!("Save the file as CSV in UTF-8."))
}

fn byte_order_mark(head: &[u8]) -> Option<(TextEncoding, usize)> {
    Encoding::for_bom(head).map(|(encoding, len)| (TextEncoding(encoding), len))
}

/// UTF-16 writes ASCII characters, of which delimited text is never without, with one zero byte,
/// always on the same side.
fn utf_16_without_mark(sample: &[u8]) -> Option<TextEncoding> {
    const ZEROS_PER_HUNDRED_MIN: usize = 2;
    const SAME_SIDE_PER_HUNDRED_MIN: usize = 95;
    let zeros_at =
        |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let total = even + odd;
    if total * 100 < sample.len() * ZEROS_PER_HUNDRED_MIN {
        return None;
    }
    if odd * 100 >= total * SAME_SIDE_PER_HUNDRED_MIN {
        return Some(TextEncoding::UTF_16LE);
    }
    (even * 100 >= total * SAME_SIDE_PER_HUNDRED_MIN).then_some(TextEncoding::UTF_16BE)
}

fn has_many_controls(sample: &[u8]) -> bool {
    const CONTROLS_PER_THOUSAND_MAX: usize = 5;
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    let count = sample.iter().filter(|&&byte| is_control(byte)).count();
    count > 2 && count * 1_000 > sample.len() * CONTROLS_PER_THOUSAND_MAX
}

/// Valid UTF-8, but for a character cut off at the end of the sample.
fn is_utf_8_so_far(sample: &[u8]) -> bool {
    match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// How many characters of Japanese words the sample holds in an encoding; `None` when it is not
/// valid in it or does not read like Japanese: most of its non-ASCII characters must be kana,
/// kanji or Japanese punctuation standing next to each other. In Western text accented letters
/// stand between ASCII letters, and half-width katakana, which is what Shift_JIS makes of most of
/// them, does not count.
fn japanese_score(encoding: TextEncoding, sample: &[u8]) -> Option<usize> {
    let mut text = Vec::new();
    let mut replaced = Vec::new();
    encoding.decoder().decode(sample, End::MoreToCome, &mut text, &mut replaced);
    if !replaced.is_empty() {
        return None;
    }
    let text = String::from_utf8(text).ok()?;
    let (mut other, mut adjacent) = (0_usize, 0_usize);
    let mut before_is_japanese = false;
    let mut before_is_digit = false;
    for character in text.chars() {
        let is_japanese = matches!(
            character,
            '\u{3001}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}'
        );
        if !character.is_ascii() {
            other += 1;
            // In dates such as 2024年4月1日 each character stands alone behind a number.
            let is_date =
                before_is_digit && matches!(character, '年' | '月' | '日' | '時' | '分' | '秒');
            adjacent += usize::from(is_japanese && (before_is_japanese || is_date));
        }
        before_is_japanese = is_japanese;
        before_is_digit = character.is_ascii_digit();
    }
    (adjacent > 0 && adjacent * 5 >= other * 2).then_some(adjacent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8]) -> &'static str {
        detect(bytes).map_or("none", |found| found.encoding.name())
    }

    #[test]
    fn marks_and_contents_tell_the_encoding() {
        assert_eq!(name(b"\xef\xbb\xbfcase,activity"), "UTF-8");
        assert_eq!(name("case,activité\n1,créé".as_bytes()), "UTF-8");
        assert_eq!(name(b"case,activit\xe9\n1,cr\xe9\xe9\n2,M\xfcller"), "windows-1252");
        let japanese = "案件番号,活動,日時\n1,見積を送付,2024/01/31\n2,受注,2024/02/01\n";
        assert_eq!(name(&SHIFT_JIS.encode(japanese).0), "Shift_JIS");
        assert_eq!(name(&EUC_JP.encode(japanese).0), "EUC-JP");
        let utf_16: Vec<u8> = japanese.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(name(&utf_16), "UTF-16LE");
        let utf_16: Vec<u8> = japanese.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(name(&utf_16), "UTF-16BE");
        assert_eq!(name(b"a\x00b\x00\x00\x00\x01\x02\x03"), "none");
    }

    #[test]
    fn western_letters_are_not_taken_for_japanese() {
        for text in ["Übergabe;Prüfung;Größe;Straße", "été;créé;à payer;façade;cœur", "Ñandú;niño"]
        {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            assert_eq!(name(&bytes), "windows-1252", "{text}");
        }
    }

    #[test]
    fn a_stream_is_decoded_across_pieces_and_damage_is_placed() {
        let mut transcoder = TextEncoding::SHIFT_JIS.decoder();
        let (mut text, mut replaced) = (Vec::new(), Vec::new());
        let (bytes, _, _) = SHIFT_JIS.encode("見積");
        for byte in bytes.iter() {
            transcoder.decode(&[*byte], End::MoreToCome, &mut text, &mut replaced);
        }
        transcoder.decode(b"\xff", End::Reached, &mut text, &mut replaced);
        assert_eq!(String::from_utf8(text).unwrap(), "見積\u{fffd}");
        assert_eq!(replaced, [6]);
    }
}
