//! In which language is the user told everything?

use paydirt_model::language::Language;

/// The flag that names the language.
const FLAG: &str = "--lang";

/// The settings of the environment that name a language, the first one that is set decides.
const SETTINGS: [&str; 4] = ["PAYDIRT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The language of the flag, else of the environment, else English. The flag is found before the
/// arguments are parsed, for help and faults of the arguments are told in it too.
pub(super) fn chosen(
    arguments: impl Iterator<Item = String>,
    setting: impl Fn(&str) -> Option<String>,
) -> Language {
    let arguments: Vec<String> = arguments.take_while(|argument| argument != "--").collect();
    let by_flag = arguments.iter().enumerate().find_map(|(idx, argument)| {
        let rest = argument.strip_prefix(FLAG)?;
        match rest.strip_prefix('=') {
            Some(tag) => Language::of_tag(tag),
            None if rest.is_empty() => Language::of_tag(arguments.get(idx + 1)?),
            None => None,
        }
    });
    by_flag.unwrap_or_else(|| {
        let set = SETTINGS.iter().filter_map(|name| setting(name)).find(|tag| !tag.is_empty());
        set.and_then(|tag| Language::of_tag(&tag)).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(arguments: &str, settings: &[(&str, &str)]) -> &'static str {
        let arguments = arguments.split(' ').map(str::to_owned);
        let setting = |wanted: &str| {
            let found = settings.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, tag)| (*tag).to_owned())
        };
        chosen(arguments, setting).code()
    }

    #[test]
    fn the_flag_comes_first_then_the_environment() {
        let system = [("LC_ALL", ""), ("LANG", "fr_FR.UTF-8")];
        assert_eq!(with("paydirt check a.csv", &system), "fr");
        assert_eq!(with("paydirt check a.csv --lang ja", &system), "ja");
        assert_eq!(with("paydirt --lang=en check a.csv", &system), "en");
        assert_eq!(with("paydirt", &[("PAYDIRT_LANG", "ja"), ("LC_ALL", "fr")]), "ja");
        assert_eq!(with("paydirt", &[("LC_ALL", "C"), ("LANG", "fr")]), "en");
        assert_eq!(with("paydirt", &[]), "en");
        assert_eq!(with("paydirt convert -- --lang fr", &[]), "en");
    }
}
