//! Whether what happens to each deal makes sense.

use paydirt_demo::calendar::{AS_OF_US, day_of};
use paydirt_demo::catalog::CURRENCIES;
use paydirt_demo::deal::{Deal, Invoice, State};
use paydirt_demo::pipeline::{LOST, PIPELINES, WON};

use crate::world;

fn deals(count: u64) -> Vec<Deal> {
    let world = world(count);
    (0..world.block_count()).flat_map(|block_idx| world.block(block_idx).deals).collect()
}

#[test]
fn histories_are_ordered_and_begin_with_the_deal() {
    for deal in deals(3_000) {
        assert!(deal.stages.is_sorted_by_key(|change| change.at_us), "deal {}", deal.n);
        assert!(deal.amounts.is_sorted_by_key(|change| change.at_us));
        assert!(deal.close_dates.is_sorted_by_key(|change| change.at_us));
        assert!(deal.owners.is_sorted_by_key(|change| change.at_us));
        assert_eq!(deal.stages[0].at_us, deal.created_us);
        assert_eq!(deal.amounts[0].at_us, deal.created_us);
        assert_eq!(deal.close_dates[0].at_us, deal.created_us);
        assert!(deal.stages.windows(2).all(|pair| pair[0].value != pair[1].value));
        if let Some(lead) = &deal.lead {
            assert!(lead.captured_us <= deal.created_us);
        }
    }
}

#[test]
fn nothing_happens_at_or_after_the_as_of_time() {
    let last_day = day_of(AS_OF_US) - 1;
    for deal in deals(6_000) {
        assert!(deal.created_us < AS_OF_US);
        assert!(deal.stages.iter().all(|change| change.at_us < AS_OF_US));
        assert!(deal.engagements.iter().all(|engagement| engagement.at_us < AS_OF_US));
        for invoice in &deal.invoices {
            assert!(invoice.day <= last_day);
            assert!(invoice.payments.iter().all(|payment| payment.day <= last_day));
        }
    }
}

#[test]
fn only_won_deals_have_orders_and_invoices() {
    for deal in deals(3_000) {
        if deal.order.is_some() || !deal.invoices.is_empty() {
            assert_eq!(deal.state(), State::Won, "deal {}", deal.n);
            assert!(deal.amount().is_some());
        }
        if deal.state() != State::Lost {
            assert_eq!(deal.loss_reason, None);
        }
        let is_closed = [WON, LOST].contains(&deal.stage());
        assert_eq!(deal.closed_us().is_some(), is_closed);
    }
}

#[test]
fn a_deal_goes_from_quote_to_payment_in_order() {
    for deal in deals(3_000) {
        for quote in &deal.quotes {
            assert!(quote.issued_us.is_none_or(|issued_us| quote.created_us <= issued_us));
            assert!(quote.accepted_us.is_none_or(|at_us| quote.issued_us <= Some(at_us)));
            let list = deal.list_amount();
            assert_eq!(quote.amount * 1_000, list * (1_000 - quote.discount_permille));
        }
        let Some(order) = &deal.order else { continue };
        assert!(deal.closed_us() <= Some(order.created_us));
        assert!(order.fulfilled_us.iter().all(|&at_us| order.created_us <= at_us));
        assert_eq!(Some(order.amount), deal.amount());
    }
}

#[test]
fn invoices_add_up_to_the_order_and_payments_to_the_invoice() {
    let deals = deals(6_000);
    let mut shared_count = 0;
    for deal in &deals {
        let valid = || deal.invoices.iter().filter(|invoice| !invoice.is_void);
        for invoice in valid() {
            check_settlement(invoice);
            let share: u32 = invoice.links.iter().map(|link| link.share_ppm).sum();
            assert_eq!(share, 1_000_000);
            let parts: i64 =
                invoice.links.iter().map(|link| invoice.part(invoice.amount, link.deal)).sum();
            assert_eq!(parts, invoice.amount);
            shared_count += usize::from(1 < invoice.links.len());
        }
        // Everything is billed once the last of the invoices is out.
        let billed: i64 = valid().map(|invoice| invoice.part(invoice.amount, deal.n)).sum();
        if let Some(order) = &deal.order
            && valid().count() == 1
            && valid().all(|invoice| invoice.links.len() == 1)
            && deal.terms.label() != "50% upfront + 50% on delivery"
        {
            assert_eq!(billed, order.amount, "deal {}", deal.n);
        }
    }
    assert!(shared_count > 0, "some invoices are for two deals");
}

fn check_settlement(invoice: &Invoice) {
    let credited: i64 = invoice.credit_notes.iter().map(|credit| credit.amount).sum();
    let mut open = invoice.amount - credited;
    assert!(invoice.payments.is_sorted_by_key(|payment| payment.day));
    for payment in &invoice.payments {
        assert!(invoice.day <= payment.day);
        open -= payment.amount;
        assert!(0 <= open, "never more is paid than owed");
        // Settled within 0.5 % of the invoice.
        assert_eq!(payment.is_final, open * 200 <= invoice.amount);
    }
}

#[test]
fn the_world_looks_like_a_company() {
    let deals = deals(20_000);
    let count = |state| deals.iter().filter(|deal| deal.state() == state).count();
    let (open, won, lost) = (count(State::Open), count(State::Won), count(State::Lost));
    let won_percent = won * 100 / (won + lost);
    assert!((25..=30).contains(&won_percent), "{won_percent} % are won");
    assert!((80..=120).contains(&(open * 1_000 / deals.len())), "{open} of 20,000 are open");
    let mut days: Vec<i64> = deals
        .iter()
        .filter_map(|deal| deal.closed_us().map(|at_us| day_of(at_us) - day_of(deal.created_us)))
        .collect();
    days.sort_unstable();
    let median = days[days.len() / 2];
    assert!((45..=60).contains(&median), "the median cycle is {median} days");
    for currency in CURRENCIES {
        assert!(deals.iter().any(|deal| deal.currency == currency));
    }
    for pipeline in PIPELINES {
        assert!(deals.iter().any(|deal| deal.pipeline == pipeline));
    }
}
