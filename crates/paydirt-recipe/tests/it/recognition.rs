//! Is a table with the columns of a data template read without mapping, in every language, and is
//! a table of another process left alone?

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::language::Language;
use paydirt_model::log_builder::{EventLogBuilder, LogSpec};
use paydirt_model::mapping::{
    EventMapping, KnownActivity, NameMatch, ProcessReading, RoleSuggestion,
};
use paydirt_model::problem::ErrorCode;
use paydirt_model::raw_table::RawTable;
use paydirt_recipe::events::Plan;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::templates::Template;
use paydirt_recipe::recognition::{ActivityChoice, ProcessChoice, recognise};
use paydirt_recipe::roles::{RoleChoice, RoleOverrides, map};

use crate::library::shipped;
use crate::support::{describe, table};

/// What reading a table with the library gives.
pub(crate) struct Read {
    pub(crate) reading: Option<ProcessReading>,
    pub(crate) mapping: EventMapping,
    pub(crate) roles: Vec<RoleSuggestion>,
    pub(crate) spec: LogSpec,
    /// What the plan says of it.
    pub(crate) told: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) log: String,
}

fn read_as(table: &RawTable, library: &Library, choice: ProcessChoice) -> Read {
    read_with(table, library, choice, &[], &RoleOverrides::default())
}

pub(crate) fn read_with(
    table: &RawTable,
    library: &Library,
    choice: ProcessChoice,
    chosen: &[ActivityChoice],
    overrides: &RoleOverrides,
) -> Read {
    let mut recognition = recognise(table, library, overrides, choice, chosen).unwrap();
    let overrides = match &recognition {
        Some(known) => known.completed(table, overrides),
        None => overrides.clone(),
    };
    let (mut mapping, mut roles) = map(table, &overrides).unwrap();
    let mut notes = Vec::new();
    if let Some(known) = &mut recognition {
        assert!(known.fits(&mapping));
        known.apply(table, &overrides, &mut mapping, &mut roles);
        notes.extend(known.sentences().1.iter().map(ToString::to_string));
    }
    let plan = Plan::new(table, &mapping).unwrap();
    let told = plan.readings().iter().chain(plan.notes());
    let told = told.map(ToString::to_string).collect();
    let mut spec = plan.spec().clone();
    if let Some(known) = &recognition {
        known.order(&mut spec);
    }
    let mut builder = EventLogBuilder::new(spec.clone(), 2);
    for chunk in &table.chunks {
        builder.append(plan.convert(chunk).0);
    }
    let (log, _) = builder.finish().unwrap();
    let reading = recognition.map(|known| known.reading);
    Read { reading, mapping, roles, spec, told, notes, log: describe(&log) }
}

pub(crate) fn evident(text: &str) -> Read {
    read_as(&table(text, 3), &shipped(), ProcessChoice::Evident)
}

/// A small table as somebody fills in the template of a system in a language: a row an activity.
fn filled_in(template: &Template, language: Language) -> String {
    let mut text = String::new();
    let headers: Vec<&str> = template.attributes.iter().map(|one| one.name.get(language)).collect();
    text.push_str(&headers.join("|"));
    for (row, activity) in template.published_activities().enumerate() {
        let cells = template.attributes.iter().map(|one| match one.key.as_str() {
            "ActivityName" => activity.label.get(language).to_owned(),
            "SalesOpportunityId" => format!("OPP-{}", row % 2),
            "EventTime" => format!("2024-03-{:02}T10:00:00Z", row + 1),
            _ => one.examples.first().cloned().unwrap_or_default(),
        });
        text.push('\n');
        text.push_str(&cells.collect::<Vec<_>>().join("|"));
    }
    text
}

#[test]
fn every_template_in_every_language_is_read_without_mapping() {
    let library = shipped();
    for template in &library.templates {
        let mut logs = Vec::new();
        for language in Language::ALL {
            let text = filled_in(template, language);
            let read = read_as(&table(&text, 4), &library, ProcessChoice::Evident);
            let shown = format!("{} in {language:?}: {text}", template.system);
            let reading = read.reading.unwrap_or_else(|| panic!("{shown}"));
            assert_eq!(reading.columns.len(), template.attributes.len(), "{shown}");
            assert!(reading.activities.iter().all(|one| one.activity.is_some()), "{shown}");
            let names: Vec<&str> =
                read.spec.attributes.iter().map(|one| one.name.as_str()).collect();
            for attribute in &template.attributes {
                let is_role = ["SalesOpportunityId", "ActivityName", "EventTime"]
                    .contains(&attribute.key.as_str());
                assert_eq!(names.contains(&attribute.key.as_str()), !is_role, "{shown}");
            }
            logs.push(read.log);
        }
        // The same log in whatever language it was written.
        assert_eq!(logs[0], logs[1], "{}", template.system);
        assert_eq!(logs[0], logs[2], "{}", template.system);
    }
}

#[test]
fn the_technical_names_of_a_template_are_read_too() {
    let library = shipped();
    let template = library.template("hubspot").unwrap();
    let text = filled_in(template, Language::English);
    let (_, rows) = text.split_once('\n').unwrap();
    let headers: Vec<&str> = template.attributes.iter().map(|one| one.column.as_str()).collect();
    let read = evident(&format!("{}\n{rows}", headers.join("|")));
    assert!(read.spec.attributes.iter().any(|one| one.name == "SalesRegion"));
    let region = read.roles.iter().find(|role| role.column == "Region").unwrap();
    assert_eq!(region.attribute.as_deref(), Some("SalesRegion"));
    assert_eq!(region.reason, "it is \"SalesRegion\" in a data template");
}

const FRENCH: &str = "\
ID d’opportunité de vente|Nom de l’activité|Horodatage|Responsable|Montant|Devise|Pourcentage de \
remise|Gagnée (oui/non)|Région|Couleur|Numéro de facture
OPP-1|Opportunité créée|2024-03-01 09:00|Ann|1000,50|EUR|0,10||EMEA|rouge|
OPP-1|Devis envoyé|2024-03-05 09:00|Bob|1200,00|EUR|0,10||EMEA|bleu|
OPP-1|Démo réalisée hier|2024-03-06 09:00|Bob|1200,00|EUR|0,10||EMEA|bleu|
OPP-1|Affaire gagnée|2024-03-09|Bob|1200,00|EUR|0,10|oui|EMEA|bleu|
OPP-1|Facture créée|2024-03-09|Bob|1200,00|EUR|0,10|oui|EMEA|bleu|00123
OPP-2|Opportunité créée|2024-03-02 09:00|Ann|500,00|EUR|0,15||APAC|vert|";

#[test]
fn names_types_levels_and_the_order_come_from_the_library() {
    let read = evident(FRENCH);
    let reading = read.reading.unwrap();
    assert!(reading.used);
    assert_eq!(reading.process, "lead-to-cash");
    let kind = |name: &str, level: AttributeLevel| {
        let all = read.spec.attributes.iter();
        let found = all
            .filter(|one| one.name == name)
            .find(|one| one.level == paydirt_model::log_builder::LevelChoice::Declared(level));
        found.map(|one| one.kind)
    };
    let (case, event) = (AttributeLevel::Case, AttributeLevel::Event);
    // What changes within a case is there for each event and, as it is last, for the case.
    assert_eq!(kind("OpportunityAmount", case), Some(AttributeType::Money));
    assert_eq!(kind("OpportunityAmount", event), Some(AttributeType::Money));
    assert_eq!(kind("OpportunityOwner", event), Some(AttributeType::Text));
    assert_eq!(kind("SalesRegion", case), Some(AttributeType::Text));
    assert_eq!(kind("SalesRegion", event), None);
    assert_eq!(kind("IsWon", case), Some(AttributeType::Boolean));
    // An invoice number is a text, whatever it looks like.
    assert_eq!(kind("InvoiceNumber", event), Some(AttributeType::Text));
    assert!(read.log.contains("InvoiceNumber=00123"), "{}", read.log);
    assert!(read.log.contains("OpportunityAmount=1200 EUR"), "{}", read.log);
    // A column of one's own keeps its name.
    assert!(read.spec.attributes.iter().any(|one| one.name == "Couleur"));
    let order = read.spec.case_order.unwrap();
    assert!(order.ranks.contains(&("Quote Issued".to_owned(), 70)));
    assert!(read.spec.auxiliary.contains(&"Owner Changed".to_owned()));
}

#[test]
fn labels_are_told_with_what_they_were_recognised_by() {
    let read = evident(FRENCH);
    let told: Vec<(String, Option<String>, String, NameMatch)> = read
        .reading
        .unwrap()
        .activities
        .into_iter()
        .map(|one| (one.label, one.activity, one.name, one.by))
        .collect();
    let row = |label: &str, activity: &str, name: &str, by| {
        (label.to_owned(), Some(activity.to_owned()), name.to_owned(), by)
    };
    assert_eq!(
        told,
        [
            row(
                "Opportunité créée",
                "OpportunityCreated",
                "Opportunity Created",
                NameMatch::Translation
            ),
            row("Affaire gagnée", "OpportunityWon", "Opportunity Won", NameMatch::TemplateName),
            row("Devis envoyé", "QuoteIssued", "Quote Issued", NameMatch::Alias),
            // Only suggested: it keeps its name.
            row("Démo réalisée hier", "SolutionProposed", "Démo réalisée hier", NameMatch::Similar),
            row("Facture créée", "InvoiceGenerated", "Invoice Generated", NameMatch::Alias),
        ]
    );
    let names: Vec<&str> =
        read.mapping.activity_names.iter().map(|one| one.activity.as_str()).collect();
    assert_eq!(
        names,
        ["Opportunity Created", "Opportunity Won", "Quote Issued", "Invoice Generated"]
    );
    assert!(read.log.contains("Démo réalisée hier"), "{}", read.log);
}

#[test]
fn the_user_says_what_a_label_means() {
    let choice = |label: &str, activity: Option<&str>| ActivityChoice {
        pipeline: None,
        label: label.to_owned(),
        activity: activity.map(str::to_owned),
    };
    let chosen =
        [choice("Démo réalisée hier", Some("SolutionProposed")), choice("Devis envoyé", None)];
    let library = shipped();
    let overrides = RoleOverrides::default();
    let french = table(FRENCH, 2);
    let read = read_with(&french, &library, ProcessChoice::Evident, &chosen, &overrides);
    assert!(read.log.contains("Solution Proposed"), "{}", read.log);
    assert!(read.log.contains("Devis envoyé"), "{}", read.log);
    let wrong = [choice("Démo réalisée hier", Some("Demo"))];
    let refused = recognise(&french, &library, &overrides, ProcessChoice::Evident, &wrong);
    assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidParameters);
}

const STAGES: &str = "\
Deal ID|Deal Stage|Entered at|Pipeline
D-1|qualifiedtobuy|2026-01-09T10:30:00Z|Sales
D-1|presentationscheduled|2026-01-20T14:00:00Z|Sales
D-1|closedwon|2026-02-02T16:15:00Z|Sales
D-2|qualifiedtobuy|2026-01-12T08:00:00Z|Renewals
D-3|qualifiedtobuy|2026-01-13T08:00:00Z|";

#[test]
fn a_stage_means_an_activity_in_its_pipeline() {
    let library = shipped();
    let stages = table(STAGES, 2);
    let overrides = RoleOverrides {
        activity: RoleChoice::Column("Deal Stage".to_owned()),
        time: RoleChoice::Column("Entered at".to_owned()),
        pipeline: Some("Pipeline".to_owned()),
        ..RoleOverrides::default()
    };
    let always = ProcessChoice::Always;
    let known = |read: &Read, label: &str, pipeline: Option<&str>| {
        let reading = read.reading.as_ref().unwrap();
        let is_it =
            |one: &&KnownActivity| one.label == label && one.pipeline.as_deref() == pipeline;
        let one = reading.activities.iter().find(is_it).unwrap().clone();
        (one.activity.unwrap_or_default(), one.by)
    };
    let read = read_with(&stages, &library, always, &[], &overrides);
    let sales = Some("Sales");
    assert_eq!(known(&read, "closedwon", sales), ("OpportunityWon".to_owned(), NameMatch::Alias));
    let suggested = ("OpportunityQualified".to_owned(), NameMatch::Stage);
    assert_eq!(known(&read, "qualifiedtobuy", sales), suggested);
    assert_eq!(known(&read, "qualifiedtobuy", None), suggested);
    assert!(read.log.contains("qualifiedtobuy"), "a suggestion changes nothing: {}", read.log);

    let choice = |pipeline: Option<&str>, activity: &str| ActivityChoice {
        label: "qualifiedtobuy".to_owned(),
        pipeline: pipeline.map(str::to_owned),
        activity: Some(activity.to_owned()),
    };
    let chosen = [choice(None, "OpportunityQualified"), choice(sales, "LeadConverted")];
    let read = read_with(&stages, &library, always, &chosen, &overrides);
    let of_case = |case: &str| {
        let from = read.log.find(case).unwrap();
        let lines = read.log[from..].lines();
        let events = lines.skip(1).take_while(|line| line.starts_with(' '));
        events.collect::<String>()
    };
    assert!(of_case("D-1").contains("Lead Converted"), "{}", read.log);
    assert!(of_case("D-2").contains("Opportunity Qualified"), "{}", read.log);
    assert!(of_case("D-3").contains("Opportunity Qualified"), "{}", read.log);
}

#[test]
fn switched_off_the_table_is_read_as_any_other() {
    let library = shipped();
    let french = table(FRENCH, 3);
    let off = read_as(&french, &library, ProcessChoice::Never);
    assert!(!off.reading.unwrap().used);
    let (plain, _) = map(&french, &RoleOverrides::default()).unwrap();
    assert_eq!(off.mapping, plain);
    assert!(off.spec.case_order.is_none());
    assert!(off.spec.auxiliary.is_empty());
}

#[test]
fn tables_of_other_processes_are_left_alone() {
    for text in [
        // A help desk: its columns have common names, its activities are its own.
        "Case ID|Activity|Timestamp|Resource|Status|Amount\n\
         1|Ticket opened|2024-01-01|Ann|new|3\n1|Ticket solved|2024-01-02|Bob|done|3",
        // A loan: two of its activities have names of the library, most events have none.
        "Case ID|Activity|Timestamp|Owner|Amount|Type\n\
         1|Application received|2024-01-01|Ann|3|a\n1|Approved|2024-01-02|Bob|3|a\n\
         1|Paid|2024-01-03|Bob|3|a\n1|Archived|2024-01-04|Bob|3|a",
        // Only the activities are known.
        "case|event|date\n1|Quote Issued|2024-01-01\n1|Contract Signed|2024-01-02\n\
         1|Invoice Sent|2024-01-03",
    ] {
        let read = evident(text);
        assert!(read.reading.is_none(), "{text}");
        let (plain, roles) = map(&table(text, 3), &RoleOverrides::default()).unwrap();
        assert_eq!((read.mapping, read.roles), (plain, roles), "{text}");
        assert!(read.spec.case_order.is_none());
    }
}

#[test]
fn enough_known_columns_and_activities_are_evidence() {
    let text = "Deal ID|Step|Date|Owner|Deal Stage|Amount\n\
                1|Deal Created|2024-01-01|Ann|a|3\n1|Quote Sent|2024-01-02|Ann|b|3\n\
                1|Deal Won|2024-01-03|Ann|c|3\n1|Our own step|2024-01-03|Ann|c|3";
    let read = evident(text);
    let reading = read.reading.unwrap();
    assert_eq!(
        reading.reason,
        "6 of its columns and 3 of its activities, with 75 % of the events, are known to the \
         library"
    );
    assert!(read.log.contains("Quote Issued"), "{}", read.log);
    assert!(read.log.contains("Our own step"), "{}", read.log);
}

#[test]
fn a_table_can_be_read_so_without_evidence() {
    let text = "number|what|when|Deal Stage\n1|Quote sent|2024-01-01|a\n1|x|2024-01-02|b\n\
                2|Quote sent|2024-01-01|a";
    let overrides = RoleOverrides {
        case: RoleChoice::Column("number".to_owned()),
        activity: RoleChoice::Column("what".to_owned()),
        ..RoleOverrides::default()
    };
    let library = shipped();
    let read = read_with(&table(text, 2), &library, ProcessChoice::Always, &[], &overrides);
    assert!(read.log.contains("Quote Issued"), "{}", read.log);
    assert!(read.spec.attributes.iter().any(|one| one.name == "SalesStage"));
    assert_eq!(read.reading.unwrap().reason, "the user says so");
}

#[test]
fn an_end_counts_only_where_every_event_has_one() {
    let header = "SalesOpportunityId|ActivityName|EventTime|EventEndTime";
    let full = evident(&format!(
        "{header}\n1|Quote Issued|2024-01-01 09:00|2024-01-01 10:00\n\
         1|Contract Signed|2024-01-02 09:00|2024-01-02 10:00"
    ));
    assert!(full.log.contains('~'), "{}", full.log);
    let partly = evident(&format!(
        "{header}\n1|Quote Issued|2024-01-01 09:00|2024-01-01 10:00\n\
         1|Contract Signed|2024-01-02 09:00|"
    ));
    assert!(!partly.log.contains('~'), "{}", partly.log);
    assert!(partly.log.contains("Contract Signed"), "no event is lost: {}", partly.log);
}

#[test]
fn fractions_above_one_are_doubted_and_not_changed() {
    let read = evident(
        "SalesOpportunityId|ActivityName|EventTime|DiscountPercentage\n\
         1|Quote Issued|2024-01-01|12.5\n1|Contract Signed|2024-01-02|10",
    );
    assert_eq!(read.notes.len(), 1);
    assert!(read.notes[0].contains("has values such as 12.5"), "{:?}", read.notes);
    assert!(read.log.contains("DiscountPercentage=12.5"), "{}", read.log);
}

#[test]
fn a_column_of_case_and_events_is_told_of_once() {
    let french = table(FRENCH, 3);
    let read = read_as(&french, &shipped(), ProcessChoice::Evident);
    let plan = Plan::new(&french, &read.mapping).unwrap();
    let told = plan.readings().iter().filter(|one| one.to_string().contains("is money"));
    assert_eq!(told.count(), 1);
    let damaged = table(&FRENCH.replace("|1000,50|", "|much|"), 3);
    let mapping = read_as(&damaged, &shipped(), ProcessChoice::Evident).mapping;
    let typed = mapping.attributes.into_iter().map(|mut one| {
        if one.name() == "OpportunityAmount" {
            one.kind = Some(AttributeType::Money);
        }
        one
    });
    let mapping = EventMapping { attributes: typed.collect(), ..read.mapping };
    let plan = Plan::new(&damaged, &mapping).unwrap();
    let bad: u64 = damaged
        .chunks
        .iter()
        .flat_map(|chunk| plan.convert(chunk).1.problems)
        .map(|problem| problem.count)
        .sum();
    // The word is bad once, although the column is one of the case and of its events.
    assert_eq!(bad, 1);
}

#[test]
fn more_labels_than_a_report_lists_are_counted_all_the_same() {
    let mut text = "SalesOpportunityId|ActivityName|EventTime".to_owned();
    for row in 0..1_200 {
        text.push_str(&format!("\nOPP-1|Own step {}|2024-03-01T10:00:00Z", row / 2));
    }
    for label in ["Deal Created", "Quote Sent", "Closed Won"] {
        text.push_str(&format!("\nOPP-1|{label}|2024-03-01T10:00:00Z"));
    }
    let library = shipped();
    let read = table(&text, 500);
    let overrides = RoleOverrides::default();
    let known = recognise(&read, &library, &overrides, ProcessChoice::Evident, &[]);
    let known = known.unwrap().unwrap();
    assert_eq!(known.told().activities.len(), 500);
    let (told, _) = known.sentences();
    assert!(told.to_string().contains("and 3 activities are known"), "{told}");
}

/// Deals with amounts in a currency; the values of the amounts, and what is told of the column.
fn amounts(values: &[&str], currency: &str) -> (String, Vec<String>) {
    let mut text =
        "SalesOpportunityId|ActivityName|EventTime|OpportunityAmount|OpportunityCurrency"
            .to_owned();
    for (row, value) in values.iter().enumerate() {
        let day = row % 28 + 1;
        text.push_str(&format!("\nOPP-{row}|Deal Created|2024-03-{day:02}|{value}|{currency}"));
    }
    let read = evident(&text);
    let of_column = |told: &&String| told.contains("OpportunityAmount");
    let told = read.told.iter().filter(of_column).cloned().collect();
    (read.log, told)
}

#[test]
fn thousands_of_amounts_are_no_fractions() {
    for values in [&["17.250", "30.500", "1.234.500"][..], &["17.250", "950"], &["1.100", "1.100"]]
    {
        let (log, told) = amounts(values, "EUR");
        assert!(!log.contains("Amount=1.") && !log.contains("Amount=17."), "{log}");
        if !values.contains(&"1.234.500") {
            assert!(told.iter().any(|told| told.contains("grouping thousands")), "{told:?}");
        }
    }
    // Dinars have thousandths, and one amount that cannot be of thousands decides.
    for (values, currency) in [(&["17.250", "30.500"], "KWD"), (&["17.250", "30.5"], "EUR")] {
        let (log, _) = amounts(values, currency);
        assert!(log.contains("17.25"), "{log}");
    }
}

#[test]
fn amounts_that_are_none_are_bad_and_the_others_stay_amounts() {
    for style in ["12,50", "12.50"] {
        let mut values = vec![style; 20];
        values[3] = "TBD";
        values[7] = "see mail";
        let (log, _) = amounts(&values, "EUR");
        assert_eq!(log.matches("OpportunityAmount=12.5").count(), 18, "{log}");
        assert!(!log.contains("TBD"), "{log}");
    }
}
