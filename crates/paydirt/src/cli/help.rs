//! What do help and the faults of arguments say in each language?
//!
//! The texts of the commands are the English ones; the catalogue of the words has them as keys.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::words::{catalogue, known, word};

/// The command with its help in a language.
pub(super) fn translated(command: Command, language: Language) -> Command {
    if catalogue(language).is_none() {
        return command;
    }
    let mut command = command;
    // Building adds the flags for help and version, so that they are translated too.
    command.build();
    of_command(command, language)
}

fn of_command(mut command: Command, language: Language) -> Command {
    let told = |text: &StyledStr| word(&text.to_string(), language).to_owned();
    if let Some(about) = command.get_about().map(told) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().map(told) {
        command = command.long_about(about);
    }
    if let Some(after) = command.get_after_help().map(told) {
        command = command.after_help(after);
    }
    command = command.subcommand_help_heading(known("Commands", language).unwrap_or("Commands"));
    command = command.subcommand_value_name(known("COMMAND", language).unwrap_or("COMMAND"));
    command = command.help_template(format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        say!("Usage:").in_language(language)
    ));
    let names: Vec<clap::Id> = command.get_arguments().map(|arg| arg.get_id().clone()).collect();
    for name in names {
        command = command.mut_arg(name, |arg| of_argument(arg, language));
    }
    let verbs: Vec<String> =
        command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for verb in verbs {
        command = command.mut_subcommand(verb, |verb| of_command(verb, language));
    }
    command
}

fn of_argument(mut argument: Arg, language: Language) -> Arg {
    let text = argument.get_help().map(StyledStr::to_string).unwrap_or_default();
    let mut help = word(&text, language).to_owned();
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if !defaults.is_empty() && argument.get_action().takes_values() {
        let default = say!("[default: {values}]", values = defaults);
        help.push_str(&format!(" {}", default.in_language(language)));
        argument = argument.hide_default_value(true);
    }
    let possible: Vec<String> =
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() && argument.get_action().takes_values() {
        let values = say!("[possible values: {values}]", values = possible);
        help.push_str(&format!(" {}", values.in_language(language)));
        argument = argument.hide_possible_values(true);
    }
    let usual = if argument.is_positional() { "Arguments" } else { "Options" };
    if let Some(heading) = known(argument.get_help_heading().unwrap_or(usual), language) {
        argument = argument.help_heading(heading);
    }
    let names: Vec<&'static str> =
        value_names(&argument).iter().filter_map(|name| known(name, language)).collect();
    if !names.is_empty() {
        argument = argument.value_names(names);
    }
    if let Some(long) = argument.get_long_help().map(StyledStr::to_string) {
        argument = argument.long_help(word(&long, language).to_owned());
    }
    argument.help(help)
}

/// What the value of an argument is called in the help; nothing for a flag.
fn value_names(argument: &Arg) -> Vec<String> {
    if !argument.get_action().takes_values() {
        return Vec::new();
    }
    match argument.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => vec![argument.get_id().as_str().to_uppercase()],
    }
}

/// Tells help, the version, or what is wrong with the arguments; answers with the exit code.
pub(super) fn tell(error: &clap::Error, language: Language) -> u8 {
    let is_help = !error.use_stderr();
    let fault = if language == Language::English { None } else { fault(error) };
    match fault {
        Some(fault) => {
            use std::io::Write;
            let advice = say!("For more information, try '--help'.");
            let mut stderr = std::io::stderr().lock();
            let _ = writeln!(stderr, "paydirt: {}", fault.in_language(language));
            let _ = writeln!(stderr, "\n{}", advice.in_language(language));
        }
        None => {
            let _ = error.print();
        }
    }
    if is_help { 0 } else { 2 }
}

/// A fault of the arguments in a sentence; none for the rare ones.
fn fault(error: &clap::Error) -> Option<Sentence> {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            say!("\"{argument}\" is not an argument here.", argument = argument?)
        }
        ErrorKind::InvalidSubcommand => say!(
            "\"{verb}\" is not a command.",
            verb = context(error, ContextKind::InvalidSubcommand)?
        ),
        ErrorKind::MissingSubcommand => say!("A command is missing."),
        ErrorKind::MissingRequiredArgument => {
            say!("A required argument is missing: {argument}.", argument = argument?)
        }
        ErrorKind::InvalidValue if value.as_deref() == Some("") => {
            say!("\"{argument}\" needs a value.", argument = argument?)
        }
        ErrorKind::InvalidValue => match context(error, ContextKind::ValidValue) {
            Some(valid) => say!(
                "\"{value}\" is not a value of \"{argument}\"; possible are {valid}.",
                value = value?,
                argument = argument?,
                valid
            ),
            None => invalid_value(value?, argument?),
        },
        ErrorKind::ValueValidation => invalid_value(value?, argument?),
        ErrorKind::ArgumentConflict => {
            say!("\"{argument}\" cannot be given here, or not twice.", argument = argument?)
        }
        ErrorKind::WrongNumberOfValues | ErrorKind::TooManyValues | ErrorKind::TooFewValues => {
            say!("\"{argument}\" has too many or too few values.", argument = argument?)
        }
        _ => return None,
    })
}

fn invalid_value(value: String, argument: String) -> Sentence {
    say!("\"{value}\" is not a value of \"{argument}\".", value, argument)
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

/// Every text of the help that is to be translated.
#[cfg(test)]
pub(super) fn texts() -> Vec<String> {
    use clap::CommandFactory;

    fn collect(command: &Command, into: &mut Vec<String>) {
        let of_command = [command.get_about(), command.get_long_about(), command.get_after_help()];
        into.extend(of_command.into_iter().flatten().map(StyledStr::to_string));
        for argument in command.get_arguments() {
            let of_argument = [argument.get_help(), argument.get_long_help()];
            into.extend(of_argument.into_iter().flatten().map(StyledStr::to_string));
            into.extend(argument.get_help_heading().map(str::to_owned));
            into.extend(value_names(argument));
        }
        command.get_subcommands().for_each(|verb| collect(verb, into));
    }
    let mut command = super::Arguments::command();
    command.build();
    let mut texts = ["Commands", "COMMAND", "Arguments", "Options"].map(str::to_owned).to_vec();
    collect(&command, &mut texts);
    texts
}
