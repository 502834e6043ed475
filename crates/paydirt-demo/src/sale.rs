//! What happens to a deal after it is won: order, delivery, invoices, payments.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US};

use crate::calendar::{day_of, in_office, working_day};
use crate::catalog::{Category, CustomerGroup, PRODUCTS, PaymentTerms, Region};
use crate::deal::{CreditNote, Deal, Invoice, Link, Order, OrderError, Payment, State};
use crate::planted;
use crate::random::Random;
use crate::story::Story;

const HANDOFF_HOURS: [i64; 11] = [1, 2, 4, 8, 14, 20, 26, 36, 50, 74, 150];
const SOFTWARE_HOURS: [i64; 11] = [1, 4, 12, 20, 26, 34, 48, 60, 84, 120, 240];
const SERVICE_HOURS: [i64; 11] = [60, 140, 220, 300, 390, 490, 610, 760, 960, 1_300, 2_200];
const HARDWARE_HOURS: [i64; 11] = [48, 96, 150, 205, 265, 330, 410, 510, 640, 860, 1_700];
const BILLING_DAYS: [i64; 11] = [0, 0, 1, 1, 2, 2, 3, 4, 6, 9, 21];
/// Days from the due date to the payment of customers that are not late by habit.
const LATE_DAYS: [i64; 11] = [-14, -6, -3, -1, 0, 1, 3, 6, 10, 18, 48];

impl Story<'_> {
    /// Hands the won deal over and delivers.
    pub(crate) fn deliver(&mut self) {
        let (State::Won, Some(won_us)) = (self.deal.state(), self.deal.closed_us()) else {
            return;
        };
        let minutes = self.random.quantile(&HANDOFF_HOURS.map(|hours| hours * 60));
        let extra_us =
            if planted::is_month_end(won_us) { planted::MONTH_END_HANDOFF_US } else { 0 };
        self.let_pass(minutes * MINUTE_US + extra_us);
        let error = self.draw_error();
        let amount = self.deal.quotes.last().map_or(0, |quote| quote.amount);
        let mut order = Order {
            created_us: self.now_us,
            changed_us: None,
            cancelled_us: None,
            fulfilled_us: Vec::new(),
            closed_us: None,
            amount,
            error,
        };
        if !self.is_shared && error.is_none() && self.random.happens(15_000) {
            self.let_pass_some(4, 200, HOUR_US);
            order.cancelled_us = Some(self.now_us);
            self.deal.order = Some(order);
            return;
        }
        if error == Some(OrderError::Changed) {
            self.let_pass_some(4, 120, HOUR_US);
            order.changed_us = Some(self.now_us);
        }
        self.pass(delivery_hours(self.main_category()));
        order.fulfilled_us.push(self.now_us);
        if error == Some(OrderError::DeliveredAgain) {
            self.let_pass_some(3, 25, DAY_US);
            order.fulfilled_us.push(self.now_us);
        }
        self.deal.order = Some(order);
    }

    fn draw_error(&mut self) -> Option<OrderError> {
        let chance_ppm = if self.main_category() == planted::ERROR_CATEGORY {
            planted::ERROR_CATEGORY_PPM
        } else {
            planted::ORDER_ERROR_PPM
        };
        if self.is_shared || !self.random.happens(chance_ppm) {
            return None;
        }
        Some(match self.random.weighted(&[45, 20, 25, 10]) {
            0 => OrderError::Changed,
            1 => OrderError::DeliveredAgain,
            2 => OrderError::Credited,
            _ => OrderError::BilledAgain,
        })
    }

    fn main_category(&self) -> Category {
        PRODUCTS[self.deal.lines[0].product].category
    }

    fn pass(&mut self, hours: &[i64; 11]) {
        let minutes = self.random.quantile(&hours.map(|value| value * 60));
        self.let_pass(minutes * MINUTE_US);
    }
}

fn delivery_hours(category: Category) -> &'static [i64; 11] {
    match category {
        Category::Software | Category::Subscription => &SOFTWARE_HOURS,
        Category::Services => &SERVICE_HOURS,
        Category::Hardware => &HARDWARE_HOURS,
    }
}

/// Writes the invoices of one deal, or the common invoice of two, and lets the customer pay.
pub(crate) fn bill(random: &mut Random, deals: &mut [Deal]) {
    let delivered =
        |deal: &Deal| deal.order.as_ref().and_then(|order| order.fulfilled_us.first().copied());
    let Some(delivered_us) = deals.iter().map(delivered).collect::<Option<Vec<i64>>>() else {
        return;
    };
    let delivered_day = delivered_us.iter().map(|&at_us| day_of(at_us)).max().unwrap_or(0);
    let mut billing = Billing::of(random, deals, delivered_day);
    billing.write_all();
    let invoices = billing.invoices;
    let region = deals[0].company.region();
    for deal in deals.iter_mut() {
        close_order(random, deal, &invoices, region);
        deal.invoices.clone_from(&invoices);
    }
}

/// Hardware orders are closed once everything is paid; nobody closes the others.
fn close_order(random: &mut Random, deal: &mut Deal, invoices: &[Invoice], region: Region) {
    let is_hardware = PRODUCTS[deal.lines[0].product].category == Category::Hardware;
    let settled = invoices
        .iter()
        .filter(|invoice| !invoice.is_void)
        .map(Invoice::settled_day)
        .collect::<Option<Vec<i64>>>()
        .and_then(|days| days.into_iter().max());
    if let (true, Some(day), Some(order)) = (is_hardware, settled, deal.order.as_mut()) {
        let last_us = order.fulfilled_us.last().copied().unwrap_or(order.created_us);
        let at_us = (day * DAY_US).max(last_us) + random.between(1, 5) * DAY_US;
        order.closed_us = Some(in_office(at_us, region, random));
    }
}

struct Billing<'a> {
    random: &'a mut Random,
    region: Region,
    group: CustomerGroup,
    terms: PaymentTerms,
    home: u64,
    links: Vec<Link>,
    amount: i64,
    error: Option<OrderError>,
    is_early: bool,
    ordered_day: i64,
    delivered_day: i64,
    invoices: Vec<Invoice>,
}

impl<'a> Billing<'a> {
    fn of(random: &'a mut Random, deals: &[Deal], delivered_day: i64) -> Self {
        let first = &deals[0];
        let order_amount = |deal: &Deal| deal.order.as_ref().map_or(0, |order| order.amount);
        let amount: i64 = deals.iter().map(order_amount).sum();
        let mut rest_ppm = 1_000_000;
        let mut links = Vec::with_capacity(deals.len());
        for (idx, deal) in deals.iter().enumerate() {
            let part = u32::try_from(order_amount(deal) * 1_000_000 / amount.max(1))
                .expect("a share is at most one");
            let share_ppm = if idx + 1 == deals.len() { rest_ppm } else { part };
            rest_ppm -= share_ppm;
            links.push(Link { deal: deal.n, share_ppm });
        }
        let order = first.order.as_ref();
        let is_subscription = PRODUCTS[first.lines[0].product].category == Category::Subscription;
        let is_early = deals.len() == 1 && is_subscription && random.happens(200_000);
        Billing {
            is_early,
            random,
            region: first.company.region(),
            group: first.company.group,
            terms: first.terms,
            home: first.n,
            links,
            amount,
            error: order.and_then(|order| order.error),
            ordered_day: order.map_or(delivered_day, |order| day_of(order.created_us)),
            delivered_day,
            invoices: Vec::new(),
        }
    }

    fn write_all(&mut self) {
        let wait_days = self.random.quantile(&BILLING_DAYS);
        let day = working_day(self.delivered_day + wait_days, self.region);
        if self.terms == PaymentTerms::HalfUpfront {
            let upfront_day = working_day(self.ordered_day + 1, self.region);
            let half = self.amount / 2;
            self.write(upfront_day.min(day), half, false);
            self.write(day, self.amount - half, false);
            return;
        }
        let day = if self.is_early { working_day(self.ordered_day, self.region) } else { day };
        if self.error == Some(OrderError::BilledAgain) {
            self.write(day, self.amount, true);
            let again = day + self.random.between(2, 15);
            self.write(working_day(again, self.region), self.amount, false);
            return;
        }
        self.write(day, self.amount, false);
    }

    fn write(&mut self, day: i64, amount: i64, is_void: bool) {
        let sent_wait = [0, 0, 0, 0, 1, 1, 1, 2, 3, 4][self.random.weighted(&[1; 10])];
        let is_sent = self.random.happens(940_000);
        let mut invoice = Invoice {
            home: self.home,
            idx: self.invoices.len() as u64 + 1,
            links: self.links.clone(),
            day,
            sent_day: is_sent.then(|| working_day(day + sent_wait, self.region)),
            due_day: day + self.terms.days(),
            amount,
            is_void,
            payments: Vec::new(),
            credit_notes: Vec::new(),
        };
        if !is_void {
            self.settle(&mut invoice);
        }
        self.invoices.push(invoice);
    }

    fn settle(&mut self, invoice: &mut Invoice) {
        let mut owed = invoice.amount;
        let mut earliest_day = invoice.day;
        if self.error == Some(OrderError::Credited) && self.invoices.is_empty() {
            let amount = invoice.amount * self.random.between(5, 15) / 100;
            earliest_day = working_day(invoice.day + self.random.between(3, 20), self.region);
            invoice.credit_notes.push(CreditNote { day: earliest_day, amount });
            owed -= amount;
        }
        let habit = if self.group == planted::LATE_GROUP { planted::LATE_DAYS } else { 0 };
        let late_days = self.random.quantile(&LATE_DAYS) + habit;
        let wanted_day = (invoice.due_day + late_days).max(earliest_day);
        let day = working_day(wanted_day, self.region);
        if self.random.happens(12_000) {
            return;
        }
        if self.random.happens(110_000) {
            let first = owed * self.random.between(4, 6) / 10;
            invoice.payments.push(Payment { day, amount: first, is_final: false });
            let last_day = working_day(day + self.random.between(10, 30), self.region);
            let amount = owed - first;
            invoice.payments.push(Payment { day: last_day, amount, is_final: true });
            return;
        }
        // A bank keeps a fee now and then: still settled, within the tolerance of 0.5 %.
        let fee = if self.random.happens(15_000) { owed * 3 / 1_000 } else { 0 };
        invoice.payments.push(Payment { day, amount: owed - fee, is_final: true });
    }
}
