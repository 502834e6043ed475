//! Which numbers are money? Formats without a type for money write the currency beside the amount,
//! as a text attribute named `<name> currency`; here the two become one attribute again.

use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_chunk::{ChunkColumn, EventChunk};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// Joins amounts with their currencies and says for which attributes.
#[must_use]
pub fn join_currencies(spec: &mut LogSpec, chunks: &mut [EventChunk]) -> Vec<Sentence> {
    let mut readings = Vec::new();
    let mut amount_idx = 0;
    while amount_idx < spec.attributes.len() {
        if let Some(currency_idx) = companion(spec, chunks, amount_idx) {
            let name = spec.attributes[amount_idx].name.clone();
            readings.push(say!(
                "\"{name}\" is money in the currency of \"{column}\"",
                name,
                column = format!("{name} currency")
            ));
            spec.attributes[amount_idx].kind = AttributeType::Money;
            spec.attributes.remove(currency_idx);
            spec.resource = spec.resource.map(|AttributeIdx(idx)| {
                AttributeIdx(if currency_idx < idx { idx - 1 } else { idx })
            });
            for chunk in chunks.iter_mut() {
                join(chunk, amount_idx, currency_idx);
            }
            if currency_idx < amount_idx {
                continue;
            }
        }
        amount_idx += 1;
    }
    readings
}

/// The attribute that holds the currencies of a number, if there is one that holds nothing else.
fn companion(spec: &LogSpec, chunks: &[EventChunk], amount_idx: usize) -> Option<usize> {
    let amount = &spec.attributes[amount_idx];
    if !matches!(amount.kind, AttributeType::Integer | AttributeType::Decimal) {
        return None;
    }
    let wanted = format!("{} currency", amount.name);
    let idx = spec.attributes.iter().position(|attribute| {
        attribute.name == wanted
            && attribute.kind == AttributeType::Text
            && attribute.level == amount.level
    })?;
    let is_code =
        |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_used = spec.resource == Some(AttributeIdx(idx));
    let are_codes = chunks.iter().all(|chunk| chunk.columns[idx].texts.iter().all(is_code));
    (!is_used && are_codes).then_some(idx)
}

fn join(chunk: &mut EventChunk, amount_idx: usize, currency_idx: usize) {
    let mut values = Column::new(AttributeType::Money);
    let (amounts, currencies) = (&chunk.columns[amount_idx], &chunk.columns[currency_idx]);
    for row in 0..amounts.values.len() {
        match amounts.values.number(row) {
            Some(amount) => {
                let code = currencies.values.text_code(row);
                values.push_money(amount, code.and_then(|code| u16::try_from(code).ok()));
            }
            None => values.push_blank(),
        }
    }
    let joined = ChunkColumn {
        values,
        texts: currencies.texts.clone(),
        scale: amounts.scale,
        rounded: amounts.rounded,
    };
    chunk.columns[amount_idx] = joined;
    chunk.columns.remove(currency_idx);
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::attribute::AttributeLevel;
    use paydirt_model::event_chunk::{ChunkWriter, EventTime, NewValue};
    use paydirt_model::log_builder::{AttributeSpec, LevelChoice};

    #[test]
    fn amounts_and_currencies_become_money() {
        let kinds = [
            ("Amount currency", AttributeType::Text),
            ("Amount", AttributeType::Integer),
            ("Owner", AttributeType::Text),
        ];
        let mut spec = LogSpec::plain();
        spec.attributes = kinds
            .iter()
            .map(|&(name, kind)| AttributeSpec {
                name: name.to_owned(),
                kind,
                level: LevelChoice::Declared(AttributeLevel::Case),
            })
            .collect();
        spec.resource = Some(AttributeIdx(2));
        let mut writer = ChunkWriter::new(kinds.iter().map(|&(_, kind)| kind).collect());
        writer.push("1", "a", EventTime::instant(0));
        writer.set(0, &NewValue::Text("USD"));
        writer.set(1, &NewValue::Number(5));
        writer.push("2", "a", EventTime::instant(0));
        let mut chunks = [writer.take()];
        let readings = join_currencies(&mut spec, &mut chunks);
        assert_eq!(readings.len(), 1);
        assert_eq!(spec.attributes.len(), 2);
        assert_eq!(spec.attributes[0].kind, AttributeType::Money);
        assert_eq!(spec.resource, Some(AttributeIdx(1)));
        let column = &chunks[0].columns[0];
        assert_eq!(column.values.number(0), Some(5));
        assert_eq!(column.texts.get(usize::from(column.values.currency_code(0).unwrap())), "USD");
        assert!(column.values.is_blank(1));
    }
}
