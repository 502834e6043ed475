//! The questions that can be asked about a log: one file and one line in this list for each.

crate::operators![
    summary,
    map,
    variants,
    cases,
    case,
    rework,
    activities,
    handovers,
    dotted,
    attributes,
    distribution,
    throughput,
    funnel,
    stages,
    spectrum,
    movements,
    neighbours,
    differences,
    comparison,
    workload,
    targets,
];

/// The question of this name.
///
/// # Errors
/// There is no such question.
pub fn find(
    name: &str,
) -> Result<&'static dyn crate::operator::Question, paydirt_model::problem::Problem> {
    ALL.iter().copied().find(|question| question.name() == name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|question| question.name()).collect();
        let detail = match paydirt_model::objects::mistake::nearest(name, &names) {
            Some(meant) => paydirt_model::say!(
                "\"{name}\" is not a question. Did you mean \"{meant}\"?",
                name,
                meant
            ),
            None => paydirt_model::say!("\"{name}\" is not a question.", name),
        };
        paydirt_model::problem::Problem::new(
            paydirt_model::problem::ErrorCode::UnknownQuestion,
            detail,
        )
        .with_hint(paydirt_model::say!("The questions are: {names}.", names))
    })
}
