//! What can go wrong, in words for the user: one table of error codes, one `Problem`.
//!
//! The sentence of a problem says what happened, where, what was expected and what to do.

use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::language::Language;
use crate::say;
use crate::sentence::Sentence;

/// The kind of a problem, which decides the exit code here and the HTTP status elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The input data cannot be used as it is.
    Invalid,
    /// The question itself is malformed: an unknown parameter, filter or name.
    Usage,
    /// Something named does not exist.
    NotFound,
    /// Something else is using or has changed the thing.
    Conflict,
    /// The caller may not do this.
    NotAllowed,
    /// A stated limit would be exceeded.
    OverLimit,
    /// The machine cannot do it now: disk, lock, cancelled.
    Unavailable,
    /// A fault of Paydirt itself.
    Internal,
}

impl Category {
    /// Exit code of the command line: 1 problem in the input, 2 wrong usage, 3 machine failed.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Category::Invalid | Category::NotFound | Category::OverLimit => 1,
            Category::Usage | Category::Conflict | Category::NotAllowed => 2,
            Category::Unavailable | Category::Internal => 3,
        }
    }
}

macro_rules! error_codes {
    ($($variant:ident $code:literal $category:ident $en:literal $fr:literal $ja:literal)+) => {
        /// Stable name of one kind of problem; never renamed once released.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ErrorCode { $(#[doc = $en] $variant,)+ }

        impl ErrorCode {
            /// Every code, in the order of the table.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$variant),+];

            /// The code as it appears in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $code),+ } }

            /// The category, which decides exit code and HTTP status.
            #[must_use]
            pub fn category(self) -> Category {
                match self { $(Self::$variant => Category::$category),+ }
            }

            /// Short title in English, French and Japanese.
            #[must_use]
            pub fn titles(self) -> [&'static str; 3] {
                match self { $(Self::$variant => [$en, $fr, $ja]),+ }
            }

            /// Short title in a language.
            #[must_use]
            pub fn title(self, language: Language) -> &'static str {
                let [english, french, japanese] = self.titles();
                match language {
                    Language::English => english,
                    Language::French => french,
                    Language::Japanese => japanese,
                }
            }
        }
    };
}

error_codes! {
    FileNotFound "file_not_found" NotFound
        "The file does not exist" "Le fichier n'existe pas" "ファイルが見つかりません"
    FileUnreadable "file_unreadable" Unavailable
        "The file cannot be read" "Le fichier ne peut pas être lu" "ファイルを読み取れません"
    FileUnwritable "file_unwritable" Unavailable
        "The file cannot be written" "Le fichier ne peut pas être écrit" "ファイルに書き込めません"
    UnknownFormat "unknown_format" Invalid
        "The format is not known" "Le format est inconnu" "不明な形式です"
    DamagedFile "damaged_file" Invalid
        "The file is damaged or cut short" "Le fichier est endommagé ou tronqué" "ファイルが破損しています"
    NothingUsable "nothing_usable" Invalid
        "Nothing usable was found" "Rien d'utilisable n'a été trouvé" "使用できるデータがありません"
    InputTooLarge "input_too_large" OverLimit
        "A part of the input exceeds a limit" "Une partie de l'entrée dépasse une limite"
        "入力が上限を超えています"
    EncodingUnknown "encoding_unknown" Invalid
        "The text encoding cannot be recognised" "L'encodage du texte n'est pas reconnu"
        "文字コードを判別できません"
    AmbiguousDate "ambiguous_date" Invalid
        "Day and month cannot be told apart" "Le jour et le mois sont indiscernables"
        "日と月を区別できません"
    DateFormatUnknown "date_format_unknown" Invalid
        "The date format is not recognised" "Le format de date n'est pas reconnu"
        "日付の形式を認識できません"
    TimeZoneUnknown "time_zone_unknown" Usage
        "The time zone is not known" "Le fuseau horaire est inconnu" "不明なタイムゾーンです"
    ColumnNotFound "column_not_found" Usage
        "The column does not exist" "La colonne n'existe pas" "列が存在しません"
    ColumnRoleMissing "column_role_missing" Invalid
        "A required column was not found" "Une colonne requise est introuvable"
        "必須の列が見つかりません"
    TooManyActivities "too_many_activities" OverLimit
        "There are too many different activities" "Il y a trop d'activités différentes"
        "アクティビティの種類が多すぎます"
    TooManyEvents "too_many_events" OverLimit
        "There are too many events" "Il y a trop d'événements" "イベントが多すぎます"
    UnknownQuestion "unknown_question" Usage
        "The question does not exist" "La question n'existe pas" "その質問は存在しません"
    InvalidParameters "invalid_parameters" Usage
        "The parameters are not valid" "Les paramètres ne sont pas valides"
        "パラメーターが正しくありません"
    InvalidFilter "invalid_filter" Usage
        "The filter is not valid" "Le filtre n'est pas valide" "フィルターが正しくありません"
    UnknownActivity "unknown_activity" Usage
        "The activity does not occur in the log" "L'activité n'apparaît pas dans le journal"
        "そのアクティビティはログにありません"
    UnknownAttribute "unknown_attribute" Usage
        "The attribute does not exist in the log" "L'attribut n'existe pas dans le journal"
        "その属性はログにありません"
    WrongAttributeType "wrong_attribute_type" Usage
        "The attribute has another type" "L'attribut est d'un autre type" "属性の型が異なります"
    CaseNotFound "case_not_found" NotFound
        "The case does not exist" "Le cas n'existe pas" "ケースが存在しません"
    LogNotFound "log_not_found" NotFound
        "The log does not exist" "Le journal n'existe pas" "ログが存在しません"
    OverLimit "over_limit" OverLimit
        "A limit would be exceeded" "Une limite serait dépassée" "上限を超えています"
    Cancelled "cancelled" Unavailable
        "The work was cancelled" "Le travail a été annulé" "処理は取り消されました"
    WrongUsage "wrong_usage" Usage
        "The command was not understood" "La commande n'a pas été comprise"
        "コマンドを理解できません"
    Internal "internal" Internal
        "A fault of Paydirt" "Une erreur de Paydirt" "Paydirt の内部エラー"
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Where a problem is. Rows count from 1 as a person counts the lines of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    /// The file, as the user named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Row or line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Column by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Parameter or filter field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

/// One thing that went wrong, in a sentence for the user, with its place and advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, one of the table.
    pub code: ErrorCode,
    /// What happened and what was expected.
    pub detail: Sentence,
    /// Where it happened.
    pub place: Box<Place>,
    /// What to do about it.
    pub hint: Option<Sentence>,
}

/// A problem as JSON has it, in the language in which it is told.
#[derive(Serialize, ToSchema)]
struct ToldProblem<'a> {
    /// Stable code, one of the table.
    code: &'static str,
    /// What the code means, in a few words.
    title: &'static str,
    /// What happened and what was expected.
    detail: String,
    /// Where it happened.
    place: &'a Place,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = ToldProblem {
            code: self.code.as_str(),
            title: self.title(),
            detail: self.detail.to_string(),
            place: &self.place,
            hint: self.hint.as_ref().map(Sentence::to_string),
        };
        told.serialize(serializer)
    }
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        ToldProblem::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> std::borrow::Cow<'static, str> {
        "Problem".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ToldProblem::schemas(schemas);
    }
}

impl Problem {
    /// A problem with a code and a sentence; place and hint are added with the methods below.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<Sentence>) -> Self {
        Problem { code, detail: detail.into(), place: Box::default(), hint: None }
    }

    /// From now on the problem is shown, and written to JSON, in this language.
    pub fn tell_in(&mut self, language: Language) {
        self.detail.tell_in(language);
        self.hint.iter_mut().for_each(|hint| hint.tell_in(language));
    }

    /// The same problem, shown and written to JSON in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.tell_in(language);
        self
    }

    /// What the code means, in a few words of the language in which the problem is told.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.code.title(self.detail.language())
    }

    /// The same problem, in this file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place.file = Some(file.into());
        self
    }

    /// The same problem, at this row (from 1).
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.place.row = Some(row);
        self
    }

    /// The same problem, in this column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.place.column = Some(column.into());
        self
    }

    /// The same problem, in this parameter.
    #[must_use]
    pub fn in_parameter(mut self, parameter: impl Into<String>) -> Self {
        self.place.parameter = Some(parameter.into());
        self
    }

    /// The same problem, with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Sentence>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = self.detail.language();
        let place = &self.place;
        let parts = [
            place.file.as_ref().map(|file| say!("{file}: ", file)),
            place.row.map(|row| say!("row {row}: ", row = row.to_string())),
            place.column.as_ref().map(|column| say!("column \"{column}\": ", column)),
            place
                .parameter
                .as_ref()
                .map(|parameter| say!("parameter \"{parameter}\": ", parameter)),
        ];
        for part in parts.into_iter().flatten() {
            f.write_str(&part.in_language(language))?;
        }
        write!(f, "{}", self.detail)?;
        if let Some(hint) = &self.hint {
            let gap = if language == Language::Japanese { "" } else { " " };
            write!(f, "{gap}{hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_distinct_and_has_three_titles() {
        let mut codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert!(code.titles().iter().all(|title| !title.is_empty()));
        }
    }

    #[test]
    fn a_problem_reads_place_sentence_advice() {
        let problem = Problem::new(ErrorCode::ColumnNotFound, "There is no such column.")
            .in_file("deals.csv")
            .at_row(3)
            .in_column("Amount")
            .with_hint("Name another column.");
        assert_eq!(
            problem.to_string(),
            "deals.csv: row 3: column \"Amount\": There is no such column. Name another column."
        );
    }

    #[test]
    fn a_problem_is_told_in_every_language() {
        let problem = Problem::new(
            ErrorCode::TimeZoneUnknown,
            say!("\"{name}\" is not a time zone.", name = "Mars"),
        )
        .in_file("deals.csv")
        .at_row(1_204)
        .with_hint(say!("Give an IANA name such as Europe/Paris, Asia/Tokyo or UTC."));
        let french = problem.clone().told_in(Language::French);
        assert_eq!(
            french.to_string(),
            "deals.csv\u{202f}: ligne 1204\u{202f}: «\u{202f}Mars\u{202f}» n'est pas un fuseau \
             horaire. Donnez un nom IANA tel que Europe/Paris, Asia/Tokyo ou UTC."
        );
        let japanese = serde_json::to_value(problem.told_in(Language::Japanese)).unwrap();
        assert_eq!(japanese["title"], "不明なタイムゾーンです");
        assert_eq!(japanese["detail"], "「Mars」はタイムゾーンではありません。");
    }
}
