//! The tables that describe the company itself: people, stages, products, customers, rates.

use paydirt_model::time::DAY_US;

use super::dirt;
use super::write::{Date, Instant, TableWriter};
use crate::catalog::{COUNTRIES, INDUSTRIES, LEAD_SOURCES, OPPORTUNITY_TYPES, PRODUCTS, TEAMS};
use crate::company::Company;
use crate::pipeline::PIPELINES;
use crate::random::scramble;
use crate::world::Block;

const CONTACT_FIRST_NAMES: [&str; 16] = [
    "Alice", "Bjørn", "Camille", "Diego", "Emma", "Farid", "Giulia", "Haruto", "Isabel", "Jonas",
    "Keiko", "Liam", "Mina", "Noah", "Olga", "Pedro",
];
const CONTACT_LAST_NAMES: [&str; 15] = [
    "Abe", "Bauer", "Clark", "Durand", "Espinoza", "Foster", "Girard", "Hayashi", "Ivers",
    "Johnson", "Keller", "Lambert", "Moreau", "Novak", "Okada",
];

/// The id of an owner.
pub(super) fn owner_id(owner: u16) -> u64 {
    600_001 + u64::from(owner)
}

/// The id of the user that an owner signs in with.
pub(super) fn user_id(owner: u16) -> u64 {
    7_000_001 + u64::from(owner)
}

/// The user id of the sales operations desk.
pub(super) const OPERATIONS_USER_ID: u64 = 7_990_000;

/// The id of a company.
pub(super) fn company_id(number: u64) -> u64 {
    1_000_000_000 + number
}

/// The id of the contact at a company.
pub(super) fn contact_id(company: u64) -> u64 {
    2_000_000_000 + company
}

pub(super) fn owners(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for (idx, owner) in (0_u16..).zip(block.world.owners()) {
        writer.cell(owner_id(idx)).cell(user_id(idx));
        writer.cell(format_args!("user{idx:03}@paydirt-demo.example"));
        writer.text(owner.first_name).text(owner.last_name);
        writer.cell(500 + owner.team).cell(!owner.is_active);
    }
    writer.cell(699_999).cell(OPERATIONS_USER_ID).text("operations@paydirt-demo.example");
    writer.text("Revenue").text("Operations").text("").text("false");
}

pub(super) fn teams(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for (idx, team) in TEAMS.iter().enumerate() {
        writer.cell(500 + idx).text(team.name);
    }
}

pub(super) fn pipeline_stages(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for pipeline in PIPELINES {
        for (order, stage) in pipeline.stages().iter().enumerate() {
            let is_closed = stage.probability == 0 || stage.probability == 100;
            writer.text(stage.id).text(stage.label).text(pipeline.id()).text(pipeline.label());
            let probability = fraction_of_one(stage.probability);
            writer.cell(order).cell(probability).cell(is_closed);
        }
    }
}

/// A percentage as the fraction that the CRM writes: `0.35`, `1.0`.
fn fraction_of_one(percent: u8) -> String {
    if percent.is_multiple_of(10) {
        format!("{}.{}", percent / 100, percent / 10 % 10)
    } else {
        format!("{}.{:02}", percent / 100, percent % 100)
    }
}

pub(super) fn property_options(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for choice in LEAD_SOURCES {
        writer.text("hs_analytics_source").text(choice.value).text(choice.label);
    }
    for choice in OPPORTUNITY_TYPES {
        writer.text("dealtype").text(choice.value).text(choice.label);
    }
}

pub(super) fn country_regions(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for country in COUNTRIES {
        writer.text(country.name).text(country.region.label());
    }
}

pub(super) fn products(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for (idx, product) in PRODUCTS.iter().enumerate() {
        writer.cell(product_id(idx)).text(product.sku).text(product.name);
        writer.text(product.category.label()).cell(product.price);
    }
}

/// The id of a product.
pub(super) fn product_id(product: usize) -> usize {
    80_001 + product
}

pub(super) fn fx_rates(block: &Block<'_>, writer: &mut TableWriter) {
    if block.first > 0 {
        return;
    }
    for (day, from, to, rate) in block.world.rates().iter() {
        writer.cell(Date(day)).text(from).text(to).cell(rate);
    }
}

/// The numbers of the companies that belong to a block: an equal part of all.
fn company_numbers(block: &Block<'_>) -> std::ops::Range<u64> {
    let (count, blocks) = (block.world.company_count(), block.world.block_count());
    let idx = block.first / crate::world::BLOCK_DEAL_COUNT;
    count * idx / blocks..count * (idx + 1) / blocks
}

pub(super) fn companies(block: &Block<'_>, writer: &mut TableWriter) {
    for number in company_numbers(block) {
        let company = Company::of(block.world.seed(), number);
        let country = company.country();
        let has_region = !dirt::lacks_region(block.world, number);
        writer.cell(company_id(number)).text(&company.name());
        writer.cell(format_args!("company{number}.example")).text(country.name);
        writer.text(if has_region { country.region.label() } else { "" });
        writer.text(INDUSTRIES[company.industry]).text(company.group.label());
        writer.cell(Instant(company.created_day * DAY_US));
    }
}

pub(super) fn contacts(block: &Block<'_>, writer: &mut TableWriter) {
    for number in company_numbers(block) {
        let company = Company::of(block.world.seed(), number);
        let mixed = usize::try_from(scramble(number) % 240).expect("a rest fits");
        writer.cell(contact_id(number));
        writer.text(CONTACT_FIRST_NAMES[mixed % 16]).text(CONTACT_LAST_NAMES[mixed / 16]);
        writer.cell(format_args!("contact{number}@company{number}.example"));
        writer.cell(company_id(number)).cell(Instant(company.created_day * DAY_US));
        writer.option(dirt::merged_contact(block.world, number));
    }
}
