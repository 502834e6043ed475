//! Which data template was a file made from, and of which version?

/// What a filled-in data template says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateMark {
    /// The system that the template is for.
    pub system: String,
    /// Its version, such as `1.0`.
    pub version: String,
}
