//! What does the map of both sides show first, when a small side counts as much as a large one?

use std::cmp::Reverse;
use std::collections::BTreeMap;

use paydirt_model::number::Decimal;

use super::parts::Comparing;
use super::{ComparedActivity, ComparedEnd, ComparedPath, SideFigures};
use crate::operators::map::selection::{self, First, Link};

/// Digits after the point of a strength.
const STRENGTH_DIGITS: u8 = 6;

/// Events for each case of A and for each case of B, added; a side without cases adds nothing.
#[derive(Clone, Copy)]
pub(super) struct Strengths {
    /// Cases of A and of B, at least one.
    a: u64,
    b: u64,
}

impl Strengths {
    pub(super) fn of(comparing: &Comparing) -> Self {
        Strengths { a: comparing.a.max(1), b: comparing.b.max(1) }
    }

    /// The strength times the cases of both sides, which is a whole number.
    fn whole(self, a: &SideFigures, b: &SideFigures) -> u128 {
        u128::from(a.events) * u128::from(self.b) + u128::from(b.events) * u128::from(self.a)
    }

    pub(super) fn shown(self, a: &SideFigures, b: &SideFigures) -> Decimal {
        let cases = i128::from(self.a) * i128::from(self.b);
        let whole = i128::try_from(self.whole(a, b)).expect("events × cases are below 2^127");
        Decimal::quotient(whole, cases, STRENGTH_DIGITS)
    }

    /// For the rules of the map, which add strengths: so many of them stay below 2^63 together.
    fn scaled(self, a: &SideFigures, b: &SideFigures) -> u64 {
        let digits = 128 - (u128::from(self.a) * u128::from(self.b)).leading_zeros();
        let whole = self.whole(a, b) >> digits.saturating_sub(PRODUCT_BITS);
        u64::try_from(whole).unwrap_or(u64::MAX >> 1).max(1)
    }
}

/// Products of the cases of both sides up to so many bits are compared exactly.
const PRODUCT_BITS: u32 = 40;

/// Says of each activity and path from where it is shown, by the rules of the map.
pub(super) fn appearances(
    comparing: &Comparing,
    keep: &[String],
    (starts, ends): (&[ComparedEnd], &[ComparedEnd]),
    activities: &mut [ComparedActivity],
    paths: &mut [ComparedPath],
) {
    let strengths = Strengths::of(comparing);
    activities
        .sort_by_cached_key(|one| (Reverse(strengths.whole(&one.a, &one.b)), one.activity.clone()));
    paths.sort_by_cached_key(|one| {
        (Reverse(strengths.whole(&one.a, &one.b)), one.from.clone(), one.to.clone())
    });
    let events: Vec<u64> = activities.iter().map(|one| strengths.scaled(&one.a, &one.b)).collect();
    let pinned: Vec<bool> = activities.iter().map(|one| keep.contains(&one.activity)).collect();
    let appearances = selection::activities(&events, &pinned, First::Strongest);
    for (one, appearance) in activities.iter_mut().zip(appearances) {
        (one.shown_from, one.shown) = (appearance.shown_from, appearance.is_default);
    }
    let position: BTreeMap<&str, usize> =
        activities.iter().enumerate().map(|(idx, one)| (&*one.activity, idx)).collect();
    let links: Vec<Link> = paths
        .iter()
        .map(|path| Link {
            from: position[&*path.from],
            to: position[&*path.to],
            events: strengths.scaled(&path.a, &path.b),
        })
        .collect();
    let flags = |of: &[ComparedEnd]| {
        let mut flags = vec![false; position.len()];
        for end in of {
            flags[position[&*end.activity]] = true;
        }
        flags
    };
    let appearances = selection::paths(position.len(), &links, &flags(starts), &flags(ends));
    for (one, appearance) in paths.iter_mut().zip(appearances) {
        (one.shown_from, one.shown) = (appearance.shown_from, appearance.is_default);
    }
}
