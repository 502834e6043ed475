//! How do the cells of a workbook look: formats of values, colours of headers?

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::{Look, Tone};

const LOOKS: [Look; 8] = [
    Look::Plain,
    Look::Text,
    Look::Wrapped,
    Look::Integer,
    Look::Decimal,
    Look::Percent,
    Look::Instant,
    Look::Date,
];
const TONES: [Tone; 4] = [Tone::Plain, Tone::Strong, Tone::Middle, Tone::Light];

const DARK_TEXT: Color = Color::RGB(0x1F_29_33);
const LIGHT_TEXT: Color = Color::RGB(0xFF_FF_FF);
const EXAMPLE_TEXT: Color = Color::RGB(0x6B_72_80);
const ALARM_TEXT: Color = Color::RGB(0x8A_3B_00);
const ALARM_BACKGROUND: Color = Color::RGB(0xFF_E8_CC);
const LINE: Color = Color::RGB(0x9A_A5_B1);

/// The formats of a workbook.
pub(super) struct Looks {
    columns: Vec<Format>,
    examples: Vec<Format>,
    headers: Vec<Format>,
    toned: Vec<Format>,
    heading: Format,
    alarm: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let example = |look| format_of(look).set_italic().set_font_color(EXAMPLE_TEXT);
        Looks {
            columns: LOOKS.map(format_of).into(),
            examples: LOOKS.map(example).into(),
            headers: TONES.map(header_of).into(),
            toned: TONES
                .map(|tone| coloured(Format::new(), tone).set_align(FormatAlign::Top))
                .into(),
            heading: Format::new().set_bold().set_font_size(14).set_font_color(DARK_TEXT),
            alarm: Format::new()
                .set_bold()
                .set_font_color(ALARM_TEXT)
                .set_background_color(ALARM_BACKGROUND),
        }
    }

    pub(super) fn of_column(&self, look: Look) -> &Format {
        &self.columns[look as usize]
    }

    pub(super) fn example(&self, look: Look) -> &Format {
        &self.examples[look as usize]
    }

    pub(super) fn header(&self, tone: Tone) -> &Format {
        &self.headers[tone as usize]
    }

    pub(super) fn toned(&self, tone: Tone) -> &Format {
        &self.toned[tone as usize]
    }

    pub(super) fn alarm(&self) -> &Format {
        &self.alarm
    }

    pub(super) fn heading(&self) -> &Format {
        &self.heading
    }
}

fn format_of(look: Look) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Plain => format,
        Look::Text => format.set_num_format("@"),
        Look::Wrapped => format.set_text_wrap(),
        Look::Integer => number(&format).set_num_format("0"),
        Look::Decimal => number(&format).set_num_format("#,##0.00"),
        Look::Percent => number(&format).set_num_format("0.0%"),
        Look::Instant => format.set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Left),
        Look::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
    }
}

/// Numbers end a little before the text of the next column begins.
fn number(format: &Format) -> Format {
    format.clone().set_align(FormatAlign::Right).set_indent(1)
}

fn coloured(format: Format, tone: Tone) -> Format {
    let (background, text) = match tone {
        Tone::Strong => (Color::RGB(0x1D_4E_89), LIGHT_TEXT),
        Tone::Middle => (Color::RGB(0xA9_C8_EB), DARK_TEXT),
        Tone::Light => (Color::RGB(0xE4_EC_F5), DARK_TEXT),
        Tone::Plain => (Color::RGB(0xEC_EE_F1), DARK_TEXT),
    };
    format.set_background_color(background).set_font_color(text)
}

fn header_of(tone: Tone) -> Format {
    coloured(Format::new(), tone)
        .set_bold()
        .set_num_format("@")
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(LINE)
}
