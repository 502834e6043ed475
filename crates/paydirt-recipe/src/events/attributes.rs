//! How is each attribute column read? As the mapping says, else as its values suggest; what was
//! read otherwise than it stands in the file is told.

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::{AutomaticReading, ReadingRule, SerialSystem};
use paydirt_model::mapping::AttributeMapping;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::time::Timestamp;

use crate::blanks::{self, BlankPlaces, BlankWord, blank_words};
use crate::dates::DateFormat;
use crate::dates::detect::{self, Purpose};
use crate::dates::serial::{is_date_name, looks_like_serials};
use crate::events::values::ValueReading;
use crate::events::{AttributeColumn, Planner};
use crate::ids::{IdCheck, is_id_name};
use crate::money;
use crate::scan::ColumnScan;
use crate::types::{
    Currencies, DetectedType, Detecting, NumberStyle, Reading, StyleEvidence, detect_type_by,
    number_share,
};

/// Most currencies of a column that are looked at.
const CURRENCIES_MAX: usize = 1_000;

/// Examples that are shown of dates in numbers.
const SERIAL_EXAMPLES: usize = 5;

/// Words in names of discounts, in small letters; amounts of discounts are none of them.
const DISCOUNT_WORDS: &[&str] = &[
    "discountpercent",
    "discount percent",
    "discount_percent",
    "discount %",
    "discount (%)",
    "discount rate",
    "taux de remise",
    "remise %",
    "remise (%)",
    "rabatt %",
    "rabatt in %",
    "割引率",
    "値引率",
    "値引き率",
];

impl Planner<'_> {
    pub(super) fn attribute(
        &mut self,
        attribute: &AttributeMapping,
    ) -> Result<AttributeColumn, Problem> {
        let name = &attribute.column;
        let column_idx = self.column(name)?;
        let scan = ColumnScan::new(self.table, column_idx);
        let wanted = self.wanted(attribute);
        if let Some(kind) = scan.typed().filter(|kind| wanted.is_none_or(|wanted| wanted == *kind))
        {
            let (reading, blanks, id_check) = (ValueReading::Typed, Vec::new(), None);
            return Ok(AttributeColumn { column_idx, kind, reading, blanks, id_check });
        }
        let found = self.reading(&scan, attribute, wanted)?;
        if let StyleEvidence::Certain(style) = found.evidence {
            self.styles.push(style);
        }
        let kind = found.reading.kind();
        let DetectedType { reading, blanks, automatic, notes, .. } = found;
        self.notes.extend(notes);
        self.automatic.extend(automatic);
        let reading = self.value_reading(attribute, reading)?;
        let (kind, reading) = self.percentages(&scan.without(&blanks), kind, reading);
        let is_id = kind == AttributeType::Text && self.looks_for_damage() && is_id_name(name);
        let id_check = if is_id { IdCheck::of(&scan) } else { None };
        Ok(AttributeColumn { column_idx, kind, reading, blanks, id_check })
    }

    /// Numbers of a column that the user says are percentages are shares. A discount above 1 makes
    /// one suspect them, and is told.
    fn percentages(
        &mut self,
        scan: &ColumnScan<'_>,
        kind: AttributeType,
        reading: ValueReading,
    ) -> (AttributeType, ValueReading) {
        let (ValueReading::Integer(style) | ValueReading::Decimal(style)) = reading else {
            return (kind, reading);
        };
        if self.rules.percent_columns.iter().any(|name| name == scan.name()) {
            return (AttributeType::Decimal, ValueReading::Percentage(style));
        }
        let small = scan.name().to_lowercase();
        let is_discount = DISCOUNT_WORDS.iter().any(|word| small.contains(word));
        let is_above = |text: &str| {
            let read = style.read(text, self.rules);
            read.is_some_and(|written| written.number.at_scale(2).0 > 100)
        };
        if !is_discount {
            return (kind, reading);
        }
        if let Some(example) = scan.examples(1, is_above).first() {
            self.notes.push(say!(
                "Column \"{name}\" has values above 1, such as \"{example}\" in row {row} (DQ-25): \
                 they look like percentages, and a discount is a share from 0 to 1. If they are \
                 percentages, say so.",
                name = scan.name(),
                example = example.value.as_str(),
                row = example.row.to_string()
            ));
        }
        (kind, reading)
    }

    /// The type that an attribute has whatever its values look like.
    fn wanted(&self, attribute: &AttributeMapping) -> Option<AttributeType> {
        let name = &attribute.column;
        let is_money = attribute.currency.is_some()
            || attribute.currency_column.is_some()
            || attribute.kind == Some(AttributeType::Money);
        let mapping = self.mapping;
        let roles = [&mapping.resource, &mapping.lifecycle, &mapping.instance];
        let is_name = roles.iter().any(|role| role.as_ref() == Some(name));
        match attribute.kind {
            Some(kind) => Some(kind),
            None if is_name || self.rules.text_columns.contains(name) => Some(AttributeType::Text),
            None if is_money => Some(AttributeType::Money),
            None => None,
        }
    }

    fn value_reading(
        &mut self,
        attribute: &AttributeMapping,
        reading: Reading,
    ) -> Result<ValueReading, Problem> {
        let name = &attribute.column;
        Ok(match reading {
            Reading::Text => ValueReading::Text,
            Reading::Boolean => ValueReading::Boolean,
            Reading::Integer(style) => ValueReading::Integer(style),
            Reading::Decimal(style) => ValueReading::Decimal(style),
            Reading::Share(style) => ValueReading::Share(style),
            Reading::Duration(style) => ValueReading::Duration(style),
            Reading::Timestamp(found) => {
                let zone = self.zone(name, &found);
                ValueReading::Timestamp(found.format, zone)
            }
            Reading::Money(style, found) => {
                let currency_idx =
                    attribute.currency_column.as_ref().map(|name| self.column(name)).transpose()?;
                if let Some(column) = &attribute.currency_column {
                    let text =
                        say!("\"{name}\" is money in the currency of \"{column}\"", name, column);
                    self.readings.push(text);
                }
                let (found, of_cells) = match found {
                    Currencies::Unnamed => (None, Vec::new()),
                    Currencies::One(code) => (Some(code.to_owned()), Vec::new()),
                    Currencies::OfCells(cells) => (None, cells),
                };
                let currency = attribute.currency.clone().or(found);
                ValueReading::Money { style, currency, currency_idx, of_cells }
            }
        })
    }

    /// How an attribute is read: as wanted, else as its values suggest.
    fn reading(
        &mut self,
        scan: &ColumnScan<'_>,
        attribute: &AttributeMapping,
        wanted: Option<AttributeType>,
    ) -> Result<DetectedType, Problem> {
        match wanted {
            None if self.is_serial(scan) => self.dates_of(scan),
            None => {
                let found = self.detected(scan);
                Ok(self.settle_dates(scan, found))
            }
            Some(AttributeType::Text) => Ok(match self.places {
                BlankPlaces::Everywhere => self.certain(scan, Reading::Text),
                BlankPlaces::AmongNumbers => DetectedType::plain(Reading::Text),
            }),
            Some(AttributeType::Boolean) => Ok(self.certain(scan, Reading::Boolean)),
            Some(AttributeType::Timestamp) => self.dates_of(scan),
            Some(AttributeType::Money) => {
                let currencies = self.currencies_of(attribute);
                Ok(self.numbers(scan, AttributeType::Money, &currencies))
            }
            Some(kind) => Ok(self.numbers(scan, kind, &[])),
        }
    }

    /// The currencies of an attribute that are known beforehand.
    fn currencies_of(&self, attribute: &AttributeMapping) -> Vec<String> {
        let column = attribute.currency_column.as_ref();
        let column = column.and_then(|name| self.table.column_idx(name));
        let codes = column.map(|idx| ColumnScan::new(self.table, idx).sample(CURRENCIES_MAX));
        attribute.currency.iter().cloned().chain(codes.unwrap_or_default()).collect()
    }

    /// A column that is read so whatever its values look like.
    fn certain(&self, scan: &ColumnScan<'_>, reading: Reading) -> DetectedType {
        let blanks = blank_words(scan, self.rules, self.places);
        let automatic = blanks::reading(scan, &blanks).into_iter().collect();
        DetectedType { blanks, automatic, ..DetectedType::plain(reading) }
    }

    /// A column of dates.
    fn dates_of(&mut self, scan: &ColumnScan<'_>) -> Result<DetectedType, Problem> {
        let found = self.certain(scan, Reading::Text);
        let format = {
            let scan = scan.without(&found.blanks);
            let format = self
                .format(&scan, Purpose::Role)
                .map_err(|doubt| detect::doubt_problem(&scan, &doubt))?;
            self.tell_serials(&scan, &format.format);
            format
        };
        Ok(DetectedType { reading: Reading::Timestamp(format), ..found })
    }

    /// Whether the numbers of a column are dates: its name says dates, and they may be.
    fn is_serial(&self, scan: &ColumnScan<'_>) -> bool {
        self.places == BlankPlaces::Everywhere
            && self.serials(Purpose::Role).is_some()
            && is_date_name(scan.name())
            && looks_like_serials(scan)
    }

    /// A column of numbers that is read as this kind of numbers.
    fn numbers(
        &mut self,
        scan: &ColumnScan<'_>,
        kind: AttributeType,
        currencies: &[String],
    ) -> DetectedType {
        let mut found = self.detected(scan);
        if kind == AttributeType::Money
            && let Some(grouped) = self.thousands(scan, &found, currencies)
        {
            found = grouped;
        }
        let is_text = found.reading == Reading::Text;
        let style = match is_text {
            true => number_share(scan, self.rules).1,
            false => found.style(),
        };
        // That it would be text is not true any more.
        let notes = if is_text { Vec::new() } else { std::mem::take(&mut found.notes) };
        let reading = match (kind, found.reading) {
            (AttributeType::Money, Reading::Money(_, currencies)) => {
                Reading::Money(style, currencies)
            }
            (AttributeType::Money, _) => Reading::Money(style, Currencies::Unnamed),
            (AttributeType::Decimal, Reading::Share(_)) => Reading::Share(style),
            (AttributeType::Decimal, _) => Reading::Decimal(style),
            (AttributeType::Duration, _) => Reading::Duration(style),
            _ => Reading::Integer(style),
        };
        let blanks = if found.blanks.is_empty() {
            blank_words(scan, self.rules, self.places)
        } else {
            found.blanks
        };
        let automatic = found.automatic;
        DetectedType { blanks, automatic, notes, ..DetectedType::plain(reading) }
    }

    /// Amounts whose every point has three digits behind it, as thousands are written in German and
    /// no fraction is in these currencies.
    fn thousands(
        &self,
        scan: &ColumnScan<'_>,
        found: &DetectedType,
        currencies: &[String],
    ) -> Option<DetectedType> {
        let is_open = found.evidence == StyleEvidence::Open
            && found.style() == NumberStyle::Point
            && self.style_of_file.flatten().is_none()
            && self.rules.decimal.is_none()
            && self.rules.follows(ReadingRule::GroupedDigits)
            && money::are_of_hundredths(currencies.iter().cloned());
        if !is_open {
            return None;
        }
        let (rules, places) = (self.rules, self.places);
        let style_of_file = Some(NumberStyle::Comma);
        let grouped = detect_type_by(scan, Detecting { rules, places, style_of_file });
        let note = say!(
            "Column \"{name}\": behind the point of an amount stand three digits, so it was read \
             as grouping thousands. If it divides, say that numbers have decimal points.",
            name = scan.name()
        );
        Some(DetectedType { notes: vec![note], ..grouped })
    }

    /// The type of a column; numbers that can be read in two ways are read as the others of the
    /// file.
    fn detected(&mut self, scan: &ColumnScan<'_>) -> DetectedType {
        let detecting =
            |style_of_file| Detecting { rules: self.rules, places: self.places, style_of_file };
        let found = detect_type_by(scan, detecting(None));
        if found.evidence != StyleEvidence::Open {
            return found;
        }
        match self.style_of_file() {
            None => found,
            Some(style) => {
                let (rules, places) = (self.rules, self.places);
                let style_of_file = Some(style);
                detect_type_by(scan, Detecting { rules, places, style_of_file })
            }
        }
    }

    /// The sign that divides the numbers that say it, where they agree.
    fn style_of_file(&mut self) -> Option<NumberStyle> {
        if let Some(known) = self.style_of_file {
            return known;
        }
        let mut found: Option<NumberStyle> = None;
        let mut agree = true;
        for attribute in &self.mapping.attributes {
            let Some(column_idx) = self.table.column_idx(&attribute.column) else { continue };
            let scan = ColumnScan::new(self.table, column_idx);
            if scan.typed().is_some() || self.wanted(attribute) == Some(AttributeType::Text) {
                continue;
            }
            let (rules, places) = (self.rules, self.places);
            let detecting = Detecting { rules, places, style_of_file: None };
            if let StyleEvidence::Certain(style) = detect_type_by(&scan, detecting).evidence {
                agree &= found.is_none_or(|known| known == style);
                found = Some(style);
            }
        }
        let style = found.filter(|_| agree);
        self.style_of_file = Some(style);
        style
    }

    /// Says where numbers were read as dates.
    pub(super) fn tell_serials(&mut self, scan: &ColumnScan<'_>, format: &DateFormat) {
        let DateFormat::Serial(system) = format else { return };
        let examples = scan.examples(SERIAL_EXAMPLES, |text| format.parse(text).is_some());
        let Some(first) = examples.first() else { return };
        let day = format.parse(&first.value).and_then(|moment| Timestamp::from_us(moment.local_us));
        let day = day.map(|time| time.to_string()).unwrap_or_default();
        let (name, number) = (scan.name(), first.value.as_str());
        let day = day.trim_end_matches('Z').replace('T', " ");
        let what = match system {
            SerialSystem::From1900 => say!(
                "The numbers in column \"{name}\" are days counted by a spreadsheet, from 1900: \
                 \"{number}\" is {day}. If the workbook counts from 1904, say so: the dates are \
                 then four years and a day later.",
                name,
                number,
                day
            ),
            SerialSystem::From1904 => say!(
                "The numbers in column \"{name}\" are days counted by a spreadsheet, from 1904: \
                 \"{number}\" is {day}.",
                name,
                number,
                day
            ),
        };
        let mut count = 0;
        scan.each(|text, rows| {
            count += u64::from(format.parse(text).is_some()) * rows;
            std::ops::ControlFlow::Continue(())
        });
        let rule = ReadingRule::SerialDates;
        self.automatic.push(AutomaticReading::of(rule, Some(name), count, what, examples));
    }

    /// The words for a missing value in a column of dates, told in the report.
    pub(super) fn blanks_of_dates(&mut self, scan: &ColumnScan<'_>) -> Vec<BlankWord> {
        let blanks = blank_words(scan, self.rules, BlankPlaces::Everywhere);
        self.automatic.extend(blanks::reading(scan, &blanks));
        blanks
    }

    /// Dates that are ambiguous by themselves are settled by the given format or the other times.
    fn settle_dates(&mut self, scan: &ColumnScan<'_>, found: DetectedType) -> DetectedType {
        if found.reading != Reading::Text || found.notes.is_empty() {
            return found;
        }
        let settled = self.format(&scan.without(&found.blanks), Purpose::Type);
        match settled {
            Ok(format) => DetectedType {
                notes: format
                    .note
                    .iter()
                    .map(|note| say!("Column \"{name}\": {note}", name = scan.name(), note))
                    .collect(),
                reading: Reading::Timestamp(format),
                ..found
            },
            Err(_) => found,
        }
    }
}
