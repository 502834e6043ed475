//! What can be computed with the data of a log, and what would unlock the rest?
//!
//! A name counts where it is the key, the name or the template name of something in the library:
//! an alias is too little to promise a figure, and a log that was read as one of the process has
//! its keys and names anyhow.

pub mod lines;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{CaseNotion, LogContext};
use paydirt_model::language::Language;
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use crate::coverage::lines::name_of;
use crate::coverage::lines::template_line;
use crate::library::Library;
use crate::library::chosen::ChosenSettings;
use crate::library::coverage::{CoverageRow, Figure, FigureKind, Need, NeedKind};
use crate::library::names::{NameKind, Recognised};
use crate::library::templates::{Status, Template};

/// Whether a figure can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::Computable)]
#[serde(rename_all = "snake_case")]
pub enum Computable {
    /// For every case that it is about.
    Fully,
    /// For some of the cases that it is about: the others lack a value.
    Partly,
    /// For none.
    No,
}

/// Whether a figure can be computed, and of how many cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::FigureCoverage)]
pub struct FigureCoverage {
    /// Its id in the library.
    pub key: String,
    /// What kind of figure it is.
    pub kind: FigureKind,
    /// What it is called.
    pub name: String,
    /// Whether it can be computed.
    pub computable: Computable,
    /// Cases that it is about: those with the activities that it needs.
    pub cases_eligible: u64,
    /// Those of them that have every value that it needs.
    pub cases_used: u64,
    /// What is missing: one of each list would be enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Vec<Need>>,
}

/// Whether a kind of data is there, and the figures that it unlocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::DataRow)]
pub struct DataRow {
    /// Its key in the library.
    pub key: String,
    /// What data it is.
    pub name: String,
    /// Whether it is there.
    pub is_there: bool,
    /// Ids of the figures that it unlocks together with the rows before it.
    pub unlocks: Vec<String>,
}

/// The line of a data template that asks for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::TemplateLine)]
pub struct TemplateLine {
    /// The system of the template.
    pub template: String,
    /// The column of an attribute, or the label of an activity in the activity column.
    pub label: String,
    /// How much the template asks for it.
    pub status: Status,
    /// Where to get it, or when an event is written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how: String,
}

/// Something that figures need, and whether the log has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::NeededData)]
pub struct NeededData {
    /// What it is.
    pub kind: NeedKind,
    /// Its key in the library.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Whether the log has it.
    pub is_there: bool,
    /// Cases with an event of the activity, or with a value of the attribute.
    pub cases: u64,
    /// Events of the activity, or values of the attribute: one for each event or for the case.
    pub values: u64,
    /// Ids of the figures that could be computed if this were added and nothing else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unlocks: Vec<String>,
    /// Where a data template asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<TemplateLine>,
}

/// What can be computed with the data of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = coverage::Coverage)]
pub struct Coverage {
    /// Cases of the log.
    pub cases: u64,
    /// Events of the log.
    pub events: u64,
    /// The figures, in the order of the library.
    pub figures: Vec<FigureCoverage>,
    /// The kinds of data, in the order in which they are best added.
    pub rows: Vec<DataRow>,
    /// Everything that a figure needs, in the order in which figures name it.
    pub data: Vec<NeededData>,
}

/// What must be in a case, by the numbers of the needs: one of each list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Demand {
    /// Activities: a case without them is not what the figure is about.
    activities: Vec<Vec<usize>>,
    /// Attributes: a case without a value of them is left out of the figure.
    attributes: Vec<Vec<usize>>,
    /// Lists of which the log has nothing.
    missing: Vec<Vec<usize>>,
}

/// What to look for in the cases of a log.
#[derive(Debug)]
pub struct CoveragePlan<'l> {
    library: &'l Library,
    context: &'l LogContext,
    needs: Vec<&'l Need>,
    is_there: Vec<bool>,
    /// By code of the activity: the need that it meets.
    activities: Vec<Option<usize>>,
    /// The attributes of the log that meet a need.
    attributes: Vec<(AttributeIdx, usize)>,
    /// What figures ask for, each once.
    demands: Vec<Demand>,
    /// By figure: its demand.
    of_figures: Vec<usize>,
}

/// What was found in some of the cases; counts of parts of a log are added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageCounts {
    /// By need: cases and values.
    needs: Vec<[u64; 2]>,
    /// By demand: cases that it is about, and cases that have everything.
    demands: Vec<[u64; 2]>,
}

impl CoverageCounts {
    /// The counts of both.
    #[must_use]
    pub fn with(mut self, other: CoverageCounts) -> Self {
        add(&mut self.needs, other.needs);
        add(&mut self.demands, other.demands);
        self
    }
}

fn add(into: &mut Vec<[u64; 2]>, other: Vec<[u64; 2]>) {
    into.resize(into.len().max(other.len()), [0, 0]);
    for (sum, [first, second]) in into.iter_mut().zip(other) {
        sum[0] += first;
        sum[1] += second;
    }
}

/// What a name stands for beyond doubt.
fn sure<'l, T>(found: Option<Recognised<'l, T>>) -> Option<&'l T> {
    found.filter(|found| found.by != NameKind::Alias).map(|found| found.entry)
}

impl<'l> CoveragePlan<'l> {
    /// What the library needs of a log; `notions` are the logs that its version has, `settings`
    /// what was chosen for it.
    #[must_use]
    pub fn new(
        library: &'l Library,
        context: &'l LogContext,
        notions: &[CaseNotion],
        settings: &ChosenSettings,
    ) -> Self {
        let mut needs: Vec<&Need> = Vec::new();
        let of_figures = library.figures.iter().flat_map(|one| &one.needs);
        let of_rows = library.coverage.iter().flat_map(|one| &one.needs);
        for need in of_figures.chain(of_rows).flatten() {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        let find = |kind: NeedKind, key: &str| {
            needs.iter().position(|need| need.kind == kind && need.key == key)
        };
        let activity = |code: ActivityCode| {
            let name = context.activities.name(code);
            find(NeedKind::Activity, &sure(library.activity_of(name))?.key)
        };
        let activities: Vec<Option<usize>> = context.activities.codes().map(activity).collect();
        let attributes = context.attributes.iter().enumerate().filter_map(|(idx, attribute)| {
            let key = &sure(library.attribute_of(&attribute.name))?.key;
            Some((AttributeIdx(idx), find(NeedKind::Attribute, key)?))
        });
        let attributes: Vec<(AttributeIdx, usize)> = attributes.collect();
        let is_there = |(idx, need): (usize, &&Need)| match need.kind {
            NeedKind::Activity => activities.contains(&Some(idx)),
            NeedKind::Attribute => attributes.iter().any(|(_, known)| *known == idx),
            NeedKind::Sheet => need.key == "leads" && notions.contains(&CaseNotion::Lead),
            NeedKind::Setting => settings.has(&need.key),
        };
        let is_there = needs.iter().enumerate().map(is_there).collect();
        let mut plan = CoveragePlan {
            library,
            context,
            needs,
            is_there,
            activities,
            attributes,
            demands: Vec::new(),
            of_figures: Vec::new(),
        };
        for figure in &library.figures {
            let idx = plan.demand_idx(&figure.needs);
            plan.of_figures.push(idx);
        }
        plan
    }

    /// The attributes that must be loaded before cases are looked at.
    pub fn attributes(&self) -> impl Iterator<Item = AttributeIdx> {
        self.attributes.iter().map(|(attribute, _)| *attribute)
    }

    fn demand_idx(&mut self, needs: &[Vec<Need>]) -> usize {
        let demand = self.demand(needs);
        self.demands.iter().position(|known| *known == demand).unwrap_or_else(|| {
            self.demands.push(demand);
            self.demands.len() - 1
        })
    }

    /// Where a list names activities and attributes, the activities decide if the log has one:
    /// they are events, and an attribute of the same meaning is there for cases of every kind.
    fn demand(&self, lists: &[Vec<Need>]) -> Demand {
        let mut demand =
            Demand { activities: Vec::new(), attributes: Vec::new(), missing: Vec::new() };
        for list in lists {
            let place = |need: &Need| self.needs.iter().position(|known| *known == need);
            let all: Vec<usize> = list.iter().filter_map(place).collect();
            let there = |kind: NeedKind| -> Vec<usize> {
                let of_kind = |idx: &&usize| self.needs[**idx].kind == kind && self.is_there[**idx];
                all.iter().filter(of_kind).copied().collect()
            };
            let (activities, attributes) = (there(NeedKind::Activity), there(NeedKind::Attribute));
            if !activities.is_empty() {
                demand.activities.push(activities);
            } else if !attributes.is_empty() {
                demand.attributes.push(attributes);
            } else if !all.iter().any(|&idx| self.is_there[idx]) {
                demand.missing.push(all);
            }
        }
        demand
    }

    fn nothing_counted(&self) -> CoverageCounts {
        CoverageCounts {
            needs: vec![[0, 0]; self.needs.len()],
            demands: vec![[0, 0]; self.demands.len()],
        }
    }

    /// Looks at cases.
    #[must_use]
    pub fn observe(&self, batch: &CaseBatch<'_>) -> CoverageCounts {
        let mut counts = self.nothing_counted();
        let mut found = vec![0; self.needs.len()];
        batch.for_each(|case| {
            self.look(&case, &mut found);
            for (count, &values) in counts.needs.iter_mut().zip(&found) {
                count[0] += u64::from(values > 0);
                count[1] += values;
            }
            let has = |lists: &[Vec<usize>]| {
                lists.iter().all(|list| list.iter().any(|&idx| found[idx] > 0))
            };
            for (demand, count) in self.demands.iter().zip(&mut counts.demands) {
                if has(&demand.activities) {
                    count[0] += 1;
                    count[1] += u64::from(has(&demand.attributes));
                }
            }
        });
        counts
    }

    /// How often a case has what each need asks for.
    fn look(&self, case: &Case<'_>, found: &mut [u64]) {
        found.fill(0);
        for code in case.activities() {
            if let Some(idx) = self.activities[code.idx()] {
                found[idx] += 1;
            }
        }
        for &(attribute, idx) in &self.attributes {
            let attribute = &self.context.attributes[attribute.0];
            let places = match attribute.level {
                AttributeLevel::Case => 1,
                AttributeLevel::Event => case.event_count(),
            };
            let has_value = |&event: &usize| {
                let (column, place) = case.cell(attribute, event);
                !column.is_blank(place)
            };
            let values = (0..places).filter(has_value).count() as u64;
            // An attribute with a history has values of events and one of the case.
            found[idx] = found[idx].max(values);
        }
    }

    /// The answer: what was counted, in the words of a language and of a data template.
    #[must_use]
    pub fn answer(
        &self,
        counts: CoverageCounts,
        template: Option<&Template>,
        language: Language,
    ) -> Coverage {
        // A log without cases has nothing counted.
        let counts = self.nothing_counted().with(counts);
        let figures = self.library.figures.iter().zip(&self.of_figures).map(|(figure, &idx)| {
            self.figure(figure, &self.demands[idx], counts.demands[idx], language)
        });
        let data = self.needs.iter().enumerate().map(|(idx, need)| NeededData {
            kind: need.kind,
            key: need.key.clone(),
            name: name_of(self.library, need, language),
            is_there: self.is_there[idx],
            cases: counts.needs[idx][0],
            values: counts.needs[idx][1],
            unlocks: self.unlocked_by(idx),
            line: template.and_then(|template| template_line(template, need, language)),
        });
        Coverage {
            cases: self.context.case_count,
            events: self.context.event_count,
            figures: figures.collect(),
            rows: self.library.coverage.iter().map(|row| self.row(row, language)).collect(),
            data: data.collect(),
        }
    }

    fn figure(
        &self,
        figure: &Figure,
        demand: &Demand,
        [eligible, used]: [u64; 2],
        language: Language,
    ) -> FigureCoverage {
        let is_missing = !demand.missing.is_empty();
        let (eligible, used) = if is_missing { (0, 0) } else { (eligible, used) };
        let computable = match used {
            0 => Computable::No,
            _ if used < eligible => Computable::Partly,
            _ => Computable::Fully,
        };
        let need = |&idx: &usize| self.needs[idx].clone();
        let missing = demand.missing.iter().map(|list| list.iter().map(need).collect());
        FigureCoverage {
            key: figure.key.clone(),
            kind: figure.kind,
            name: figure.name.get(language).to_owned(),
            computable,
            cases_eligible: eligible,
            cases_used: used,
            missing: missing.collect(),
        }
    }

    fn row(&self, row: &CoverageRow, language: Language) -> DataRow {
        DataRow {
            key: row.key.clone(),
            name: row.name.get(language).to_owned(),
            is_there: self.demand(&row.needs).missing.is_empty(),
            unlocks: row.unlocks.clone(),
        }
    }

    /// The figures of which everything that is missing is met by this need.
    fn unlocked_by(&self, need: usize) -> Vec<String> {
        let figures = self.library.figures.iter().zip(&self.of_figures);
        let unlocked = figures.filter(|(_, demand)| {
            let missing = &self.demands[**demand].missing;
            !missing.is_empty() && missing.iter().all(|list| list.contains(&need))
        });
        unlocked.map(|(figure, _)| figure.key.clone()).collect()
    }
}
