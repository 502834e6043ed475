//! The list of planted effects: what each is called, where it is, how its size is found.

use paydirt_model::time::DAY_US;

use super::{EffectKind, EffectUnit, Title};
use crate::planted;

/// How an effect is described.
pub(super) struct Definition {
    pub(super) effect: Effect,
    pub(super) id: &'static str,
    pub(super) title: Title,
    pub(super) kind: EffectKind,
    pub(super) population: &'static str,
    pub(super) affected: &'static str,
    pub(super) measure: &'static str,
    pub(super) unit: EffectUnit,
    /// Size in ten-thousandths of the unit.
    pub(super) parameter: i64,
}

/// The effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    SlowApproval,
    DeepDiscount,
    LatePayers,
    MonthEndHandoff,
    SkippedRequirements,
    FastContact,
    Referral,
    OrderErrors,
    Requotes,
    QuarterEndDiscount,
    Esignature,
    OwnerChange,
}

/// How many effects there are.
pub(super) const EFFECT_COUNT: usize = Effect::OwnerChange as usize + 1;

/// The ten-thousandths of one day or of one percentage point.
const IN_UNITS: i64 = 10_000;

/// The effects, in the order of their answers.
pub(super) const DEFINITIONS: [Definition; EFFECT_COUNT] = [
    Definition {
        effect: Effect::SlowApproval,
        id: "slow_approval_apac",
        title: Title {
            en: "Quote approvals are slow in APAC",
            fr: "Les approbations de devis sont lentes en APAC",
            ja: "APACでは見積承認が遅い",
        },
        kind: EffectKind::Duration,
        population: "approvals that were decided",
        affected: "SalesRegion = APAC",
        measure: "mean time from Approval Requested to the decision on the same quote",
        unit: EffectUnit::Days,
        parameter: planted::SLOW_APPROVAL_US / DAY_US * IN_UNITS,
    },
    Definition {
        effect: Effect::DeepDiscount,
        id: "deep_discount_no_gain",
        title: Title {
            en: "Discounts above 20 % do not raise the win rate",
            fr: "Les remises de plus de 20 % n'augmentent pas le taux de gain",
            ja: "20%を超える値引きは受注率を高めない",
        },
        kind: EffectKind::NoEffect,
        population: "closed deals of the New Business pipeline with an issued quote",
        affected: "DiscountPercentage > 0.20",
        measure: "win rate",
        unit: EffectUnit::PercentagePoints,
        parameter: 0,
    },
    Definition {
        effect: Effect::LatePayers,
        id: "late_public_sector",
        title: Title {
            en: "The public sector pays late",
            fr: "Le secteur public paie en retard",
            ja: "公共部門の支払いは遅れる",
        },
        kind: EffectKind::Duration,
        population: "settled invoices dated at least 180 days before the as-of time",
        affected: "CustomerGroup = Public Sector",
        measure: "mean of settlement date less due date",
        unit: EffectUnit::Days,
        parameter: planted::LATE_DAYS * IN_UNITS,
    },
    Definition {
        effect: Effect::MonthEndHandoff,
        id: "month_end_handoff",
        title: Title {
            en: "Deals won at the end of a month wait longer for their order",
            fr: "Les affaires gagnées en fin de mois attendent plus longtemps leur commande",
            ja: "月末に受注した商談は受注処理まで長く待つ",
        },
        kind: EffectKind::Duration,
        population: "deals with a sales order",
        affected: "won on one of the last five days of a month",
        measure: "mean time from the closing Opportunity Won to Sales Order Created",
        unit: EffectUnit::Days,
        parameter: planted::MONTH_END_HANDOFF_US / DAY_US * IN_UNITS,
    },
    Definition {
        effect: Effect::SkippedRequirements,
        id: "skipped_requirements_smb",
        title: Title {
            en: "SMB North America skips the requirements",
            fr: "SMB North America saute le recueil des besoins",
            ja: "SMB North Americaは要件確認を省く",
        },
        kind: EffectKind::Rate,
        population: "deals that reached a stage above the one of Requirements Gathered",
        affected: "SalesTeam = SMB North America",
        measure: "share without Requirements Gathered",
        unit: EffectUnit::PercentagePoints,
        parameter: rate_gap(planted::SKIPPING_TEAM_PPM, planted::SKIP_DISCOVERY_PPM),
    },
    Definition {
        effect: Effect::FastContact,
        id: "fast_first_contact",
        title: Title {
            en: "A first contact within a day wins more new business",
            fr: "Un premier contact sous un jour gagne plus de nouvelles affaires",
            ja: "1日以内の初回接触は新規受注を増やす",
        },
        kind: EffectKind::Rate,
        population: "closed deals of the New Business pipeline",
        affected: "Initial Contact Made within 24 hours of Opportunity Created",
        measure: "win rate",
        unit: EffectUnit::PercentagePoints,
        parameter: planted::FAST_CONTACT_PPM,
    },
    Definition {
        effect: Effect::Referral,
        id: "referrals_win",
        title: Title {
            en: "Referrals win more often",
            fr: "Les recommandations gagnent plus souvent",
            ja: "紹介案件は受注しやすい",
        },
        kind: EffectKind::Rate,
        population: "closed deals of the New Business pipeline",
        affected: "LeadSource = Referral",
        measure: "win rate",
        unit: EffectUnit::PercentagePoints,
        parameter: planted::REFERRAL_PPM,
    },
    Definition {
        effect: Effect::OrderErrors,
        id: "hardware_order_errors",
        title: Title {
            en: "Hardware orders go wrong more often",
            fr: "Les commandes de matériel comportent plus d'erreurs",
            ja: "ハードウェアの注文は誤りが多い",
        },
        kind: EffectKind::Rate,
        population: "delivered orders",
        affected: "ProductCategory contains Hardware",
        measure: "share changed, delivered twice, credited, or billed again after a void invoice",
        unit: EffectUnit::PercentagePoints,
        parameter: rate_gap(planted::ERROR_CATEGORY_PPM, planted::ORDER_ERROR_PPM),
    },
    Definition {
        effect: Effect::Requotes,
        id: "requotes_mid_market_emea",
        title: Title {
            en: "Mid-Market EMEA issues quotes again",
            fr: "Mid-Market EMEA réémet ses devis",
            ja: "Mid-Market EMEAは見積を再発行する",
        },
        kind: EffectKind::Rate,
        population: "deals with an issued quote",
        affected: "SalesTeam = Mid-Market EMEA",
        measure: "share with two or more Quote Issued",
        unit: EffectUnit::PercentagePoints,
        parameter: rate_gap(planted::REQUOTING_TEAM_PPM, planted::REQUOTE_PPM),
    },
    Definition {
        effect: Effect::QuarterEndDiscount,
        id: "quarter_end_discount",
        title: Title {
            en: "Discounts are higher at the end of a quarter",
            fr: "Les remises sont plus fortes en fin de trimestre",
            ja: "四半期末は値引きが大きい",
        },
        kind: EffectKind::Level,
        population: "first quotes, drafts included",
        affected: "created on one of the last 14 days of a quarter",
        measure: "mean discount",
        unit: EffectUnit::PercentagePoints,
        parameter: planted::QUARTER_END_DISCOUNT_PERMILLE * IN_UNITS / 10,
    },
    Definition {
        effect: Effect::Esignature,
        id: "electronic_signature",
        title: Title {
            en: "Electronic signature shortens the way to the contract",
            fr: "La signature électronique raccourcit le chemin vers le contrat",
            ja: "電子署名は契約までの時間を短くする",
        },
        kind: EffectKind::Duration,
        population: "deals with Quote Accepted and Contract Signed",
        affected: "accepted on or after 2025-04-01",
        measure: "mean time from Quote Accepted to Contract Signed",
        unit: EffectUnit::Days,
        parameter: -planted::ESIGNATURE_DAYS * IN_UNITS,
    },
    Definition {
        effect: Effect::OwnerChange,
        id: "owner_change_delay",
        title: Title {
            en: "A change of owner delays the deal",
            fr: "Un changement de propriétaire retarde l'affaire",
            ja: "担当者の変更は商談を遅らせる",
        },
        kind: EffectKind::Duration,
        population: "closed deals",
        affected: "at least one Owner Changed",
        measure: "mean sales cycle time",
        unit: EffectUnit::Days,
        parameter: planted::OWNER_CHANGE_US / DAY_US * IN_UNITS,
    },
];

/// The gap between two chances in millionths, which are ten-thousandths of a percentage point.
#[expect(clippy::cast_possible_wrap, reason = "chances are below one million")]
const fn rate_gap(affected_ppm: u64, others_ppm: u64) -> i64 {
    affected_ppm as i64 - others_ppm as i64
}
