//! What can go wrong, in words for the user: one table of error codes, one `Problem`.
//!
//! The sentence of a problem says what happened, where, what was expected and what to do.

mod help;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::language::Language;
use crate::say;
use crate::sentence::Sentence;
use crate::sentence::argument::{Argument, ToArgument};
use crate::sheet::SheetColumns;

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
                help::told(self.titles(), language)
            }
        }
    };
}

error_codes! {
    FileNotFound "file_not_found" NotFound
        "The file does not exist" "Le fichier n’existe pas" "ファイルが見つかりません"
    FileUnreadable "file_unreadable" Unavailable
        "The file cannot be read" "Le fichier ne peut pas être lu" "ファイルを読み取れません"
    FileUnwritable "file_unwritable" Unavailable
        "The file cannot be written" "Le fichier ne peut pas être écrit" "ファイルに書き込めません"
    UnknownFormat "unknown_format" Invalid
        "The format is not known" "Le format est inconnu" "不明な形式です"
    DamagedFile "damaged_file" Invalid
        "The file is damaged or cut short" "Le fichier est endommagé ou tronqué" "ファイルが破損しています"
    NothingUsable "nothing_usable" Invalid
        "Nothing usable was found" "Rien d’utilisable n’a été trouvé" "使用できるデータがありません"
    InputTooLarge "input_too_large" OverLimit
        "A part of the input exceeds a limit" "Une partie de l’entrée dépasse une limite"
        "入力が上限を超えています"
    EncodingUnknown "encoding_unknown" Invalid
        "The text encoding cannot be recognised" "L’encodage du texte n’est pas reconnu"
        "文字コードを判別できません"
    AmbiguousDate "ambiguous_date" Invalid
        "Day and month cannot be told apart" "Le jour et le mois sont indiscernables"
        "日と月を区別できません"
    DateFormatUnknown "date_format_unknown" Invalid
        "The date format is not recognised" "Le format de date n’est pas reconnu"
        "日付の形式を認識できません"
    TimeZoneUnknown "time_zone_unknown" Usage
        "The time zone is not known" "Le fuseau horaire est inconnu" "不明なタイムゾーンです"
    ColumnNotFound "column_not_found" Usage
        "The column does not exist" "La colonne n’existe pas" "列が存在しません"
    ObjectTypeNotFound "object_type_not_found" Usage
        "The object type does not exist" "Le type d’objet n’existe pas"
        "オブジェクトタイプが存在しません"
    MemberNotFound "member_not_found" Usage
        "The file is not in the archive or folder"
        "Le fichier n’est pas dans l’archive ou le dossier"
        "アーカイブまたはフォルダーにファイルがありません"
    MemberNotChosen "member_not_chosen" Usage
        "One of several files must be chosen" "Il faut choisir un fichier parmi plusieurs"
        "複数のファイルから1つを選ぶ必要があります"
    SheetNotFound "sheet_not_found" Usage
        "The workbook has no such sheet" "Le classeur n’a pas cette feuille"
        "そのシートはブックにありません"
    ColumnRoleMissing "column_role_missing" Invalid
        "A required column was not found" "Une colonne requise est introuvable"
        "必須の列が見つかりません"
    TooManyActivities "too_many_activities" OverLimit
        "There are too many different activities" "Il y a trop d’activités différentes"
        "アクティビティの種類が多すぎます"
    TooManyEvents "too_many_events" OverLimit
        "There are too many events" "Il y a trop d’événements" "イベントが多すぎます"
    UnknownQuestion "unknown_question" Usage
        "The question does not exist" "La question n’existe pas" "その質問は存在しません"
    InvalidParameters "invalid_parameters" Usage
        "The parameters are not valid" "Les paramètres ne sont pas valides"
        "パラメーターが正しくありません"
    InvalidFilter "invalid_filter" Usage
        "The filter is not valid" "Le filtre n’est pas valide" "フィルターが正しくありません"
    UnknownActivity "unknown_activity" Usage
        "The activity does not occur in the log" "L’activité n’apparaît pas dans le journal"
        "そのアクティビティはログにありません"
    UnknownAttribute "unknown_attribute" Usage
        "The attribute does not exist in the log" "L’attribut n’existe pas dans le journal"
        "その属性はログにありません"
    WrongAttributeType "wrong_attribute_type" Usage
        "The attribute has another type" "L’attribut est d’un autre type" "属性の型が異なります"
    CaseNotFound "case_not_found" NotFound
        "The case does not exist" "Le cas n’existe pas" "ケースが存在しません"
    LogNotFound "log_not_found" NotFound
        "The log does not exist" "Le journal n’existe pas" "ログが存在しません"
    LogExists "log_exists" Conflict
        "A log of this name exists already" "Un journal de ce nom existe déjà"
        "同じ名前のログが既に存在します"
    LogChanged "log_changed" Conflict
        "The log has changed in the meantime" "Le journal a changé entre-temps"
        "その間にログが変更されました"
    InvalidName "invalid_name" Usage
        "The name cannot be used" "Ce nom ne peut pas être utilisé" "この名前は使用できません"
    VersionNotFound "version_not_found" NotFound
        "The version does not exist" "La version n’existe pas" "バージョンが存在しません"
    VersionDamaged "version_damaged" Invalid
        "The version is damaged" "La version est endommagée" "バージョンが破損しています"
    VersionKept "version_kept" Conflict
        "The version must be kept" "La version doit être conservée"
        "このバージョンは削除できません"
    ViewNotFound "view_not_found" NotFound
        "The saved view does not exist" "La vue enregistrée n’existe pas"
        "保存したビューが存在しません"
    ViewExists "view_exists" Conflict
        "A saved view of this name exists already" "Une vue de ce nom existe déjà"
        "同じ名前のビューが既に存在します"
    ViewChanged "view_changed" Conflict
        "The saved view was changed meanwhile" "La vue enregistrée a été modifiée entre-temps"
        "保存したビューはその間に変更されました"
    UploadInUse "upload_in_use" Conflict
        "The upload is in use" "Le fichier envoyé est en cours d’utilisation"
        "アップロードは使用中です"
    UploadNotFound "upload_not_found" NotFound
        "The upload does not exist" "Le fichier envoyé n’existe pas"
        "アップロードが存在しません"
    StoreInUse "store_in_use" Unavailable
        "Another process is using the data folder"
        "Un autre processus utilise le dossier de données"
        "データフォルダーは別のプロセスが使用中です"
    NotAStore "not_a_store" Usage
        "The folder holds no Paydirt data" "Le dossier ne contient pas de données Paydirt"
        "Paydirtのデータフォルダーではありません"
    StoreFormatUnknown "store_format_unknown" Invalid
        "The data folder is of another release" "Le dossier de données vient d’une autre version"
        "データフォルダーの形式が異なります"
    StoreFailed "store_failed" Unavailable
        "The catalogue of the data folder failed" "Le catalogue du dossier de données a échoué"
        "データフォルダーのカタログでエラーが発生しました"
    DiskFull "disk_full" Unavailable
        "The disk is full" "Le disque est plein" "ディスクの空き容量がありません"
    OverLimit "over_limit" OverLimit
        "A limit would be exceeded" "Une limite serait dépassée" "上限を超えています"
    NoEventKey "no_event_key" Invalid
        "The events have no key" "Les événements n’ont pas de clé" "イベントにキーがありません"
    ColumnTypeChanged "column_type_changed" Invalid
        "A column has changed its type" "Une colonne a changé de type" "列の型が変わっています"
    LibraryMistake "library_mistake" Invalid
        "A library file has a mistake" "Un fichier de la bibliothèque contient une erreur"
        "ライブラリのファイルに誤りがあります"
    SettingsMistake "settings_mistake" Invalid
        "The settings have a mistake" "Les paramètres contiennent une erreur"
        "設定に誤りがあります"
    RecipeMistake "recipe_mistake" Invalid
        "The recipe has a mistake" "La recette contient une erreur"
        "レシピに誤りがあります"
    RecipeMisfit "recipe_misfit" Invalid
        "The file does not fit the recipe" "Le fichier ne correspond pas à la recette"
        "ファイルがレシピに合いません"
    TemplateNotFound "template_not_found" NotFound
        "The data template does not exist" "Le modèle de données n’existe pas"
        "データテンプレートが存在しません"
    JobNotFound "job_not_found" NotFound
        "The job does not exist" "La tâche n’existe pas" "ジョブが存在しません"
    NoSuchPage "no_such_page" NotFound
        "There is nothing at this address" "Il n’y a rien à cette adresse"
        "このアドレスには何もありません"
    MethodNotAllowed "method_not_allowed" Usage
        "The address does not take this method" "L’adresse n’accepte pas cette méthode"
        "このアドレスはこのメソッドを受け付けません"
    WrongContentType "wrong_content_type" Usage
        "The body is of another type than expected" "Le corps n’est pas du type attendu"
        "本文の種類が異なります"
    BodyTooLarge "body_too_large" OverLimit
        "The body is larger than allowed" "Le corps dépasse la taille autorisée"
        "本文が上限を超えています"
    WrongHost "wrong_host" NotAllowed
        "The server is not known under this name" "Le serveur n’est pas connu sous ce nom"
        "このホスト名ではアクセスできません"
    CrossSite "cross_site" NotAllowed
        "Another site sent the request" "La requête vient d’un autre site"
        "別のサイトからの要求です"
    Busy "busy" Unavailable
        "The server is busy" "Le serveur est occupé" "サーバーが混み合っています"
    TookTooLong "took_too_long" Unavailable
        "The request took too long" "La requête a pris trop de temps"
        "要求の処理に時間がかかりすぎました"
    AddressInUse "address_in_use" Unavailable
        "The address cannot be listened on" "L’adresse ne peut pas être écoutée"
        "このアドレスで待ち受けできません"
    Cancelled "cancelled" Unavailable
        "The work was cancelled" "Le travail a été annulé" "処理は取り消されました"
    WrongUsage "wrong_usage" Usage
        "The command was not understood" "La commande n’a pas été comprise"
        "コマンドを理解できません"
    Internal "internal" Internal
        "A fault of Paydirt" "Une erreur de Paydirt" "Paydirtの内部エラー"
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = ErrorCode::ALL.iter().find(|code| code.as_str() == text);
        known.copied().ok_or_else(|| de::Error::custom(format_args!("{text} is no code")))
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Where a problem is. Rows count from 1 as a person counts the lines of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// The cell, where the file is a workbook, such as `Sheet1!C17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Parameter or filter field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

/// One thing that went wrong, in a sentence for the user, with its place and advice.
///
/// JSON of it is read back as the same problem; where it was told, its texts stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Stable code, one of the table.
    pub code: ErrorCode,
    /// What happened and what was expected.
    pub detail: Sentence,
    /// Where it happened.
    #[serde(default)]
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
    #[schema(value_type = String)]
    detail: &'a Sentence,
    /// Where it happened.
    place: &'a Place,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    hint: Option<&'a Sentence>,
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = ToldProblem {
            code: self.code.as_str(),
            title: self.title(),
            detail: &self.detail,
            place: &self.place,
            hint: self.hint.as_ref(),
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

    /// From now on the problem is written to JSON with its sentences untold; reading that gives
    /// the problem back, to be told in any language.
    pub fn keep_untold(&mut self) {
        self.detail.keep_untold();
        self.hint.iter_mut().for_each(Sentence::keep_untold);
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

    /// The same problem, named by its cell, where it has a row and a column of a sheet.
    #[must_use]
    pub fn in_sheet(mut self, columns: Option<&SheetColumns>) -> Self {
        if let (Some(columns), Some(row), Some(column)) =
            (columns, self.place.row, &self.place.column)
        {
            self.place.cell = columns.cell(column, row);
        }
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

impl Problem {
    /// Place, what happened and advice as one sentence, to be a part of another.
    #[must_use]
    pub fn to_sentence(&self) -> Sentence {
        let place = &self.place;
        let parts = [
            place.file.as_ref().map(|file| say!("{file}: ", file)),
            place.cell.as_ref().map(|cell| say!("{cell}: ", cell)),
            place
                .row
                .filter(|_| place.cell.is_none())
                .map(|row| say!("row {row}: ", row = row.to_string())),
            place.column.as_ref().map(|column| say!("column \"{column}\": ", column)),
            place
                .parameter
                .as_ref()
                .map(|parameter| say!("parameter \"{parameter}\": ", parameter)),
        ];
        let told = match &self.hint {
            Some(hint) => say!("{detail} {hint}", detail = self.detail, hint),
            None => self.detail.clone(),
        };
        let places = parts.into_iter().flatten().rev();
        places.fold(told, |told, place| say!("{place}{told}", place, told))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_sentence().in_language(self.detail.language()))
    }
}

impl ToArgument for Problem {
    fn to_argument(&self) -> Argument {
        Argument::Sentence(self.to_sentence())
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
            let french = code.title(Language::French);
            assert!(!french.contains('\''), "the apostrophe of French is ’: {french}");
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
            "deals.csv\u{202f}: ligne 1204\u{202f}: «\u{202f}Mars\u{202f}» n’est pas un fuseau \
             horaire. Donnez un nom IANA tel que Europe/Paris, Asia/Tokyo ou UTC."
        );
        let japanese = serde_json::to_value(problem.told_in(Language::Japanese)).unwrap();
        assert_eq!(japanese["title"], "不明なタイムゾーンです");
        assert_eq!(japanese["detail"], "「Mars」はタイムゾーンではありません。");
    }

    #[test]
    fn a_problem_that_was_kept_is_the_same_problem() {
        let problem = Problem::new(
            ErrorCode::TimeZoneUnknown,
            say!("\"{name}\" is not a time zone.", name = "Mars"),
        )
        .in_file("deals.csv");
        let mut kept = problem.clone();
        kept.keep_untold();
        let kept = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Problem>(&kept).unwrap(), problem);
        let told = "{\"code\":\"busy\",\"detail\":\"Wait.\",\"place\":{\"row\":3},\"hint\":null}";
        let told: Problem = serde_json::from_str(told).unwrap();
        assert_eq!(told, Problem::new(ErrorCode::Busy, "Wait.").at_row(3));
        assert!(serde_json::from_str::<Problem>("{\"code\":\"none\",\"detail\":\"\"}").is_err());
    }
}
