//! How do the ids, activities and times of a segment come back? Whole and checked, so that a
//! segment can be made of them.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType};
use paydirt_model::activity::{Activities, ActivityCode};
use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::column_source::Deferred;
use paydirt_model::event_log::{CaseLinks, SegmentParts};
use paydirt_model::interner::TextColumn;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::time::{Precision, Timestamp};

use super::layout::{
    ACTIVITY_COLUMN, CASE_COLUMN, COUNT_COLUMN, LINKED_COLUMN, OFFSET_COLUMN, PRECISION_COLUMN,
    PRECISION_NAMES, RECORDED_COLUMN, SHARES_COLUMN, START_COLUMN, TIME_COLUMN,
};
use super::source::{LocalCodes, local_codes};
use super::table_file::TableFile;

const BLANK_NUMBER: i64 = i64::MIN;

/// Millionths of a whole.
const SHARE_MAX: i32 = 1_000_000;

/// The columns of a segment, those of attributes not in memory yet.
///
/// # Errors
/// A table cannot be read or is damaged.
pub(super) fn read(
    cases: &TableFile,
    events: &TableFile,
    activities: &Activities,
    attributes: &[Attribute],
) -> Result<SegmentParts, Problem> {
    let [ids, counts, linked, shares] =
        cases.columns([CASE_COLUMN, COUNT_COLUMN, LINKED_COLUMN, SHARES_COLUMN])?;
    let [activity, time, start, recorded, offset, precision] = events.columns([
        ACTIVITY_COLUMN,
        TIME_COLUMN,
        START_COLUMN,
        RECORDED_COLUMN,
        OFFSET_COLUMN,
        PRECISION_COLUMN,
    ])?;
    let counts = numbers::<Int32Type>(cases, &required(cases, counts)?)?;
    let absent = |level| {
        let of_level = attributes.iter().filter(|attribute| attribute.level == level);
        of_level.map(|_| Deferred::absent()).collect()
    };
    let optional = |array: Option<ArrayRef>| match array {
        Some(array) => instants(events, &array),
        None => Ok(Vec::new()),
    };
    let parts = SegmentParts {
        case_ids: case_ids(cases, &required(cases, ids)?)?,
        offsets: offsets(cases, &counts, events.rows())?,
        activities: activity_codes(events, &required(events, activity)?, activities)?,
        times_us: instants(events, &required(events, time)?)?,
        starts_us: optional(start)?,
        recorded_us: optional(recorded)?,
        offsets_min: match offset {
            Some(array) => numbers::<Int16Type>(events, &array)?,
            None => Vec::new(),
        },
        precisions: match precision {
            Some(array) => precisions(events, &array)?,
            None => Vec::new(),
        },
        case_columns: absent(AttributeLevel::Case),
        event_columns: absent(AttributeLevel::Event),
        links: match linked {
            Some(linked) => links(cases, &linked, &required(cases, shares)?)?,
            None => CaseLinks::default(),
        },
    };
    check_order(events, &parts)?;
    Ok(parts)
}

fn required(table: &TableFile, array: Option<ArrayRef>) -> Result<ArrayRef, Problem> {
    array.ok_or_else(|| table.damaged(say!("a column is missing")))
}

fn wrong_type(table: &TableFile) -> Problem {
    table.damaged(say!("a column is of another type"))
}

fn check_order(events: &TableFile, parts: &SegmentParts) -> Result<(), Problem> {
    let is_blank = |times: &[i64]| times.contains(&BLANK_NUMBER);
    if is_blank(&parts.times_us) || is_blank(&parts.recorded_us) {
        return Err(events.damaged(say!("a time is missing")));
    }
    let of_case = |bounds: &[u32]| &parts.times_us[bounds[0] as usize..bounds[1] as usize];
    if !parts.offsets.windows(2).all(|bounds| of_case(bounds).is_sorted()) {
        return Err(events.damaged(say!("the events of a case are not in order")));
    }
    Ok(())
}

/// The numbers of a column without blanks.
fn numbers<T: ArrowPrimitiveType>(
    table: &TableFile,
    array: &ArrayRef,
) -> Result<Vec<T::Native>, Problem> {
    let array = array.as_primitive_opt::<T>().filter(|array| array.null_count() == 0);
    array.map(|array| array.values().to_vec()).ok_or_else(|| wrong_type(table))
}

/// Where each case begins, and where the last one ends.
fn offsets(cases: &TableFile, counts: &[i32], event_count: usize) -> Result<Vec<u32>, Problem> {
    let mut offsets = Vec::with_capacity(counts.len() + 1);
    let mut end = 0_u32;
    offsets.push(end);
    for &count in counts {
        let count = u32::try_from(count).ok().filter(|&count| count > 0);
        let next = count.and_then(|count| end.checked_add(count));
        end =
            next.ok_or_else(|| cases.damaged(say!("a case has an impossible number of events")))?;
        offsets.push(end);
    }
    if end as usize != event_count {
        return Err(cases.damaged(say!("its cases have another number of events")));
    }
    Ok(offsets)
}

fn case_ids(cases: &TableFile, array: &ArrayRef) -> Result<TextColumn, Problem> {
    let array = array.as_string_opt::<i32>().filter(|array| array.null_count() == 0);
    let array = array.ok_or_else(|| wrong_type(cases))?;
    let mut ids = TextColumn::with_capacity(array.len(), array.value_data().len());
    for idx in 0..array.len() {
        ids.push(array.value(idx));
    }
    Ok(ids)
}

/// Instants of the years that a log knows; blanks are the smallest number.
fn instants(table: &TableFile, array: &ArrayRef) -> Result<Vec<i64>, Problem> {
    let array = array.as_primitive_opt::<TimestampMicrosecondType>();
    let array = array.ok_or_else(|| wrong_type(table))?;
    let times = match array.nulls() {
        None => array.values().to_vec(),
        Some(nulls) => {
            let cells = array.values().iter().zip(nulls.iter());
            cells.map(|(&us, is_valid)| if is_valid { us } else { BLANK_NUMBER }).collect()
        }
    };
    let known = || times.iter().copied().filter(|&us| us != BLANK_NUMBER);
    let ends = [known().min(), known().max()];
    if ends.into_iter().flatten().all(|us| Timestamp::from_us(us).is_some()) {
        return Ok(times);
    }
    Err(table.damaged(say!("a time is beyond the years 1 to 9999")))
}

fn activity_codes(
    events: &TableFile,
    array: &ArrayRef,
    activities: &Activities,
) -> Result<Vec<ActivityCode>, Problem> {
    let local = local_codes(array, |name| activities.code(name));
    all_known(local).ok_or_else(|| events.damaged(say!("an activity is not one of its log")))
}

fn precisions(events: &TableFile, array: &ArrayRef) -> Result<Vec<Precision>, Problem> {
    let known = [Precision::Instant, Precision::Minute, Precision::Day];
    let local = local_codes(array, |name| {
        let idx = PRECISION_NAMES.iter().position(|known| *known == name)?;
        known.into_iter().find(|&precision| precision as usize == idx)
    });
    all_known(local).ok_or_else(|| events.damaged(say!("a precision is not known")))
}

/// The value of each row, if every row has one that is known.
fn all_known<T: Copy>(local: Option<LocalCodes<'_, T>>) -> Option<Vec<T>> {
    let LocalCodes { keys, codes } = local?;
    if keys.null_count() > 0 {
        return None;
    }
    let codes: Vec<T> = codes.into_iter().collect::<Option<_>>()?;
    keys.values().iter().map(|&key| codes.get(usize::try_from(key).ok()?).copied()).collect()
}

fn links(cases: &TableFile, linked: &ArrayRef, shares: &ArrayRef) -> Result<CaseLinks, Problem> {
    let wrong = || wrong_type(cases);
    let linked = linked.as_list_opt::<i32>().ok_or_else(wrong)?;
    let shares = shares.as_list_opt::<i32>().ok_or_else(wrong)?;
    let mut links = CaseLinks::default();
    for case in 0..cases.rows() {
        let (ids, parts) = (linked.value(case), shares.value(case));
        let ids = ids.as_string_opt::<i32>().filter(|ids| ids.null_count() == 0);
        let ids = ids.ok_or_else(wrong)?;
        let parts = numbers::<Int32Type>(cases, &parts)?;
        if ids.len() != parts.len() || parts.iter().any(|part| !(0..=SHARE_MAX).contains(part)) {
            return Err(cases.damaged(say!("a link has no share")));
        }
        for (id, part) in ids.iter().flatten().zip(parts) {
            links.case_ids.push(id);
            links.shares.push(part.unsigned_abs());
        }
        links.ends.push(u32::try_from(links.shares.len()).map_err(|_| wrong())?);
    }
    Ok(links)
}
