//! Whether the planted effects are there, in the size that is written down.

use paydirt_demo::effects::{EffectTally, PlantedEffect};
use paydirt_model::number::Decimal;

use crate::world;

/// How far the realized size of each effect may be from its parameter at 20,000 deals, in
/// ten-thousandths of its unit: about three standard errors, and the waits for office hours.
const TOLERANCES: [(&str, i128); 12] = [
    ("slow_approval_apac", 8_000),
    ("deep_discount_no_gain", 75_000),
    ("late_public_sector", 25_000),
    ("month_end_handoff", 10_000),
    ("skipped_requirements_smb", 50_000),
    ("fast_first_contact", 25_000),
    ("referrals_win", 40_000),
    ("hardware_order_errors", 35_000),
    ("requotes_mid_market_emea", 45_000),
    ("quarter_end_discount", 7_000),
    ("electronic_signature", 5_000),
    ("owner_change_delay", 70_000),
];

fn size(value: Option<Decimal>) -> i128 {
    value.map_or(i128::MAX, |value| value.at_scale(4).0)
}

#[test]
fn realized_sizes_are_near_their_parameters() {
    let effects = world(20_000).planted_effects();
    assert_eq!(effects.len(), TOLERANCES.len());
    for (effect, (id, tolerance)) in effects.iter().zip(TOLERANCES) {
        assert_eq!(effect.id, id);
        let off = size(effect.realized) - size(Some(effect.parameter));
        assert!(off.abs() <= tolerance, "{id}: {:?}, not {}", effect.realized, effect.parameter);
        let PlantedEffect { realized_affected: affected, realized_others: others, .. } = effect;
        assert!(affected.count > 0 && others.count > 0);
        let difference = size(affected.mean) - size(others.mean);
        assert!((difference - size(effect.realized)).abs() <= 1);
    }
}

#[test]
fn parts_of_a_world_are_merged_in_any_order() {
    let world = world(9_000);
    let tallies: Vec<EffectTally> =
        (0..world.block_count()).map(|block_idx| world.block(block_idx).effects()).collect();
    let mut backwards = EffectTally::default();
    tallies.iter().rev().for_each(|tally| backwards.merge(tally));
    assert_eq!(backwards.finish(), world.planted_effects());
}

#[test]
fn an_effect_is_written_as_json() {
    let effects = serde_json::to_value(EffectTally::default().finish()).unwrap();
    assert_eq!(effects[0]["id"], "slow_approval_apac");
    assert_eq!(effects[0]["kind"], "duration");
    assert_eq!(effects[0]["unit"], "days");
    assert_eq!(effects[0]["parameter"], 4);
    assert_eq!(effects[0]["realized_affected"]["count"], 0);
    assert_eq!(effects[0]["realized"], serde_json::Value::Null);
    assert_eq!(effects[4]["parameter"], 37);
    assert_eq!(effects[9]["parameter"], 5);
}
