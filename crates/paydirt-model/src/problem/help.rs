//! What does a kind of problem mean, and what can be done about it? For the page of each code.
//!
//! One row a code, in the order of the table of codes: the meaning in English, French and
//! Japanese, then the advice. A code without a row does not compile.

use crate::language::Language;
use crate::problem::ErrorCode;

macro_rules! explanations {
    ($($variant:ident $meaning:tt $advice:tt)+) => {
        impl ErrorCode {
            /// What it means that something ended in this problem.
            #[must_use]
            pub fn meaning(self, language: Language) -> &'static str {
                told(match self { $(Self::$variant => $meaning),+ }, language)
            }

            /// What can be done about it.
            #[must_use]
            pub fn advice(self, language: Language) -> &'static str {
                told(match self { $(Self::$variant => $advice),+ }, language)
            }
        }
    };
}

/// The text in a language, of those in English, French and Japanese.
pub(super) fn told(
    [english, french, japanese]: [&'static str; 3],
    language: Language,
) -> &'static str {
    match language {
        Language::English => english,
        Language::French => french,
        Language::Japanese => japanese,
    }
}

explanations! {
    FileNotFound
        ["No file has the name that was given, or it is in another folder.",
         "Aucun fichier ne porte le nom donné, ou il est dans un autre dossier.",
         "指定された名前のファイルがないか、別のフォルダーにあります。"]
        ["Check the name and the folder, then try again.",
         "Vérifiez le nom et le dossier, puis réessayez.",
         "名前とフォルダーを確認して、もう一度お試しください。"]
    FileUnreadable
        ["The file is there, but the system did not let Paydirt read it.",
         "Le fichier existe, mais le système n’a pas laissé Paydirt le lire.",
         "ファイルはありますが、システムの制限によりPaydirtが読み取れませんでした。"]
        ["Check its permissions and the disk, and that no other program holds it.",
         "Vérifiez ses droits d’accès et le disque, et qu’aucun autre programme ne le retient.",
         "アクセス権とディスク、ほかのプログラムが使用中でないことを確認してください。"]
    FileUnwritable
        ["A file could not be written. What was there before is as it was.",
         "Un fichier n’a pas pu être écrit. Ce qui existait avant est intact.",
         "ファイルに書き込めませんでした。以前の内容はそのまま残っています。"]
        ["Check the folder, its permissions and the disk, or choose another place or name.",
         "Vérifiez le dossier, ses droits d’accès et le disque, ou choisissez un autre \
          emplacement ou un autre nom.",
         "フォルダー、アクセス権、ディスクを確認するか、別の場所または名前を選んでください。"]
    UnknownFormat
        ["Paydirt looks into a file to see what it is. This one is none of the formats it reads.",
         "Paydirt regarde dans un fichier pour savoir ce qu’il est. Celui-ci n’est dans aucun des \
          formats qu’il lit.",
         "Paydirtはファイルの中身から形式を判断します。このファイルは対応する形式のいずれでもありません。"]
        ["Export the data as CSV, Parquet, XES or OCEL 2.0. A spreadsheet can be saved as CSV.",
         "Exportez les données en CSV, Parquet, XES ou OCEL 2.0. Une feuille de calcul peut être \
          enregistrée en CSV.",
         "データをCSV、Parquet、XES、OCEL 2.0のいずれかで書き出してください。表計算のファイルはCSVで保存できます。"]
    DamagedFile
        ["The file ends too early or contradicts its own format, so that nothing in it can be \
          trusted.",
         "Le fichier se termine trop tôt ou contredit son propre format ; rien de son contenu \
          n’est fiable.",
         "ファイルが途中で終わっているか形式に矛盾があり、内容を信頼できません。"]
        ["Export or copy it again, and send it again. Check whether it opens elsewhere.",
         "Exportez-le ou copiez-le à nouveau, puis renvoyez-le. Vérifiez s’il s’ouvre ailleurs.",
         "もう一度書き出すかコピーして、送り直してください。ほかのプログラムで開けるかどうかも確認してください。"]
    NothingUsable
        ["The file was read, but not one row has a case, an activity and a time that can be read.",
         "Le fichier a été lu, mais aucune ligne n’a à la fois un cas, une activité et une heure \
          lisibles.",
         "ファイルは読み取れましたが、ケース、アクティビティ、日時がそろった行が一つもありません。"]
        ["Look at the refused rows, and choose other columns or another date format.",
         "Regardez les lignes écartées, et choisissez d’autres colonnes ou un autre format de \
          date.",
         "除外された行を確認し、別の列または別の日付形式を選んでください。"]
    InputTooLarge
        ["A part of the input, such as one cell or one name, is longer than any real data is.",
         "Une partie de l’entrée, comme une cellule ou un nom, est plus longue que toute donnée \
          réelle.",
         "入力の一部（一つのセルや名前など）が、実際のデータではあり得ないほど長くなっています。"]
        ["Check the delimiter and the quotes of the file: a missing quote makes one cell of many \
          rows.",
         "Vérifiez le séparateur et les guillemets du fichier ; un guillemet manquant fait une \
          seule cellule de nombreuses lignes.",
         "ファイルの区切り文字と引用符を確認してください。引用符が欠けると、多くの行が一つのセルになります。"]
    EncodingUnknown
        ["The letters of the file can be read in more than one way, or in none.",
         "Les lettres du fichier peuvent se lire de plusieurs façons, ou d’aucune.",
         "ファイルの文字を一通りに読み取ることができません。"]
        ["Say which encoding it has, or save it as UTF-8.",
         "Indiquez son encodage, ou enregistrez-le en UTF-8.",
         "文字コードを指定するか、UTF-8で保存してください。"]
    AmbiguousDate
        ["Every date fits both day before month and month before day. Guessing would give wrong \
          times.",
         "Chaque date peut se lire jour puis mois, ou mois puis jour. Deviner donnerait de \
          fausses heures.",
         "すべての日付が「日・月」と「月・日」のどちらにも読めます。推測すると誤った日時になります。"]
        ["Say which format the dates have.",
         "Indiquez le format des dates.",
         "日付の形式を指定してください。"]
    DateFormatUnknown
        ["The column chosen as time has values that are none of the known date formats.",
         "La colonne choisie comme heure a des valeurs qui ne suivent aucun format de date connu.",
         "日時として選んだ列に、既知の日付形式に当てはまらない値があります。"]
        ["Give the format, such as day.month.year hour:minute, or choose another column.",
         "Donnez le format, par exemple jour.mois.année heure:minute, ou choisissez une autre \
          colonne.",
         "形式（例：日.月.年 時:分）を指定するか、別の列を選んでください。"]
    TimeZoneUnknown
        ["The name given is not a time zone of the IANA list.",
         "Le nom donné n’est pas un fuseau horaire de la liste IANA.",
         "指定された名前はIANAの一覧にあるタイムゾーンではありません。"]
        ["Give a name such as Europe/Paris, Asia/Tokyo or UTC.",
         "Donnez un nom tel que Europe/Paris, Asia/Tokyo ou UTC.",
         "Europe/Paris、Asia/Tokyo、UTCなどの名前を指定してください。"]
    ColumnNotFound
        ["A column was named that the file does not have.",
         "Une colonne a été nommée que le fichier n’a pas.",
         "ファイルにない列が指定されました。"]
        ["Check the spelling against the header of the file.",
         "Comparez l’orthographe avec l’en-tête du fichier.",
         "ファイルの見出しと綴りを照らし合わせてください。"]
    ObjectTypeNotFound
        ["An object-centric log has objects of several types, and the one that was named is not \
          among them.",
         "Un journal centré sur les objets a des objets de plusieurs types, et celui qui a été \
          nommé n’en fait pas partie.",
         "オブジェクト中心ログには複数の種類のオブジェクトがありますが、指定された種類は含まれていません。"]
        ["Choose one of the types that the message names, or none, so that one is found.",
         "Choisissez un des types que nomme le message, ou aucun pour qu’il soit trouvé.",
         "メッセージにある種類から選ぶか、指定せずに自動で選ばせてください。"]
    MemberNotFound
        ["An archive or a folder was named together with one of its files, and there is no such \
          file in it.",
         "Une archive ou un dossier a été nommé avec un de ses fichiers, qui ne s’y trouve pas.",
         "指定されたファイルが、アーカイブまたはフォルダーの中にありません。"]
        ["Choose one of the files that the message names.",
         "Choisissez un des fichiers que nomme le message.",
         "メッセージにあるファイルから選んでください。"]
    MemberNotChosen
        ["An archive or a folder holds several files that are not parts of one table, so it is not \
          clear which of them is meant.",
         "Une archive ou un dossier contient plusieurs fichiers qui ne sont pas les parties d’un \
          même tableau ; il n’est donc pas clair lequel est visé.",
         "アーカイブまたはフォルダーに、1つの表の一部ではないファイルが複数あるため、どれを読み込むか判断できません。"]
        ["Choose one of the files that the message names.",
         "Choisissez un des fichiers que nomme le message.",
         "メッセージにあるファイルから選んでください。"]
    SheetNotFound
        ["A sheet was named that the workbook does not have.",
         "Une feuille a été nommée que le classeur n’a pas.",
         "ブックにないシートが指定されました。"]
        ["Name a sheet as it is called at the bottom of the spreadsheet program, or by its number \
          from 1.",
         "Nommez une feuille comme son onglet dans le tableur, ou par son numéro à partir de 1.",
         "表計算ソフトの下部に表示されるシート名か、1から数えた番号で指定してください。"]
    ColumnRoleMissing
        ["Every event needs a case, an activity and a time. No column of the file looks like one \
          of them.",
         "Chaque événement a besoin d’un cas, d’une activité et d’une heure. Aucune colonne du \
          fichier ne ressemble à l’un d’eux.",
         "イベントにはケース、アクティビティ、日時が必要です。そのいずれかに当たる列が見つかりませんでした。"]
        ["Choose the column yourself. If there is none, export the data with it.",
         "Choisissez la colonne vous-même. S’il n’y en a pas, exportez les données avec elle.",
         "列を自分で選んでください。列がない場合は、その列を含めてデータを書き出してください。"]
    TooManyActivities
        ["There are more different activities than a process has. Often a column of free text was \
          taken for the activity.",
         "Il y a plus d’activités différentes qu’un processus n’en a. Souvent, une colonne de \
          texte libre a été prise pour l’activité.",
         "アクティビティの種類が通常のプロセスより多すぎます。自由記述の列をアクティビティとして選んだ可能性があります。"]
        ["Choose the column with the names of the steps.",
         "Choisissez la colonne qui contient les noms des étapes.",
         "工程の名前が入った列を選んでください。"]
    TooManyEvents
        ["One log may have a fixed number of events, and this would be more.",
         "Un journal peut avoir un nombre fixe d’événements, et il y en aurait davantage.",
         "一つのログに入るイベント数の上限を超えます。"]
        ["Import a shorter period, or several logs.",
         "Importez une période plus courte, ou plusieurs journaux.",
         "期間を短くするか、複数のログに分けてインポートしてください。"]
    UnknownQuestion
        ["A question was asked that Paydirt does not know.",
         "Une question a été posée que Paydirt ne connaît pas.",
         "Paydirtが対応していない質問です。"]
        ["Choose one of the list of questions.",
         "Choisissez-en une dans la liste des questions.",
         "質問の一覧から選んでください。"]
    InvalidParameters
        ["A parameter is missing, is not known, or has a value that it cannot have.",
         "Un paramètre manque, est inconnu, ou a une valeur impossible.",
         "パラメーターが不足しているか、不明であるか、値が正しくありません。"]
        ["The problem names the parameter and what was expected. The description of the API lists \
          all of them.",
         "Le problème nomme le paramètre et ce qui était attendu. La description de l’API les \
          énumère tous.",
         "エラーの説明に、該当するパラメーターと期待される値があります。APIの説明書にすべての一覧があります。"]
    InvalidFilter
        ["A filter is not written as it must be, or cannot be combined in this way.",
         "Un filtre n’est pas écrit comme il le faut, ou ne peut pas être combiné ainsi.",
         "フィルターの書き方が正しくないか、この組み合わせはできません。"]
        ["Compare it with the list of filters, or choose the filter anew above the page.",
         "Comparez-le avec la liste des filtres, ou choisissez à nouveau le filtre en haut \
          de la page.",
         "フィルターの一覧と照らし合わせるか、ページの上部でフィルターを選び直してください。"]
    UnknownActivity
        ["An activity was named that occurs nowhere in this version of the log.",
         "Une activité a été nommée qui n’apparaît nulle part dans cette version du journal.",
         "このバージョンのログに現れないアクティビティが指定されました。"]
        ["Check the spelling; capital and small letters differ.",
         "Vérifiez l’orthographe ; majuscules et minuscules comptent.",
         "綴りを確認してください。大文字と小文字は区別されます。"]
    UnknownAttribute
        ["An attribute was named that this version of the log does not have.",
         "Un attribut a été nommé que cette version du journal n’a pas.",
         "このバージョンのログにない属性が指定されました。"]
        ["Ask for the attributes to see their names and whether they belong to cases or to \
          events.",
         "Demandez les attributs pour voir leurs noms et s’ils appartiennent aux cas ou aux \
          événements.",
         "属性の一覧で、名前と、ケースとイベントのどちらに属するかを確認してください。"]
    WrongAttributeType
        ["The attribute exists, but its type does not allow this, such as a mean of texts.",
         "L’attribut existe, mais son type ne le permet pas, comme une moyenne de textes.",
         "属性はありますが、その型ではこの操作ができません（文字列の平均など）。"]
        ["Choose another attribute, or another question.",
         "Choisissez un autre attribut, ou une autre question.",
         "別の属性または別の質問を選んでください。"]
    CaseNotFound
        ["No case of this version has this id.",
         "Aucun cas de cette version ne porte cet identifiant.",
         "このIDのケースは、このバージョンにありません。"]
        ["Check the id. The case may be in another version, or in the log of another case notion.",
         "Vérifiez l’identifiant. Le cas est peut-être dans une autre version, ou dans le journal \
          d’une autre notion de cas.",
         "IDを確認してください。別のバージョンや、別のケース単位のログにある可能性があります。"]
    LogNotFound
        ["There is no log of this number or name. It may have been deleted.",
         "Aucun journal ne porte ce numéro ou ce nom. Il a peut-être été supprimé.",
         "この番号または名前のログはありません。削除された可能性があります。"]
        ["List the logs to see which there are.",
         "Affichez la liste des journaux pour voir lesquels existent.",
         "ログの一覧で確認してください。"]
    LogExists
        ["Each log has a name of its own, and another log has this one.",
         "Chaque journal a son propre nom, et un autre journal porte déjà celui-ci.",
         "ログの名前は一つずつ異なる必要があり、この名前は別のログが使っています。"]
        ["Choose another name, or add the events to the existing log.",
         "Choisissez un autre nom, ou ajoutez les événements au journal existant.",
         "別の名前を選ぶか、既存のログにイベントを追加してください。"]
    LogChanged
        ["Somebody made a new version while yours was being made. Yours was not published, so \
          that nothing is lost.",
         "Quelqu’un a créé une nouvelle version pendant que la vôtre se préparait. La vôtre n’a \
          pas été publiée, pour que rien ne soit perdu.",
         "処理中に別の新しいバージョンが作られました。内容が失われないよう、今回のバージョンは公開されていません。"]
        ["Look at the new version, then start the import again.",
         "Regardez la nouvelle version, puis relancez l’importation.",
         "新しいバージョンを確認してから、もう一度インポートしてください。"]
    InvalidName
        ["A name is empty, too long, or has characters that a name cannot have.",
         "Un nom est vide, trop long, ou contient des caractères interdits.",
         "名前が空か、長すぎるか、使用できない文字を含んでいます。"]
        ["Choose a short name of letters, digits and spaces.",
         "Choisissez un nom court, fait de lettres, de chiffres et d’espaces.",
         "文字、数字、空白からなる短い名前を選んでください。"]
    VersionNotFound
        ["The log has no version of this number. Retention or somebody may have deleted it.",
         "Le journal n’a pas de version de ce numéro. La conservation ou quelqu’un l’a peut-être \
          supprimée.",
         "この番号のバージョンはログにありません。保持ルールまたは操作により削除された可能性があります。"]
        ["List the versions of the log, or use the current one.",
         "Affichez la liste des versions du journal, ou utilisez la version actuelle.",
         "バージョンの一覧を確認するか、現在のバージョンを使ってください。"]
    VersionDamaged
        ["The files of the version are not those that were published. It is not read, so that no \
          figure is wrong.",
         "Les fichiers de la version ne sont pas ceux qui ont été publiés. Elle n’est pas lue, \
          pour qu’aucun chiffre ne soit faux.",
         "バージョンのファイルが公開時のものと一致しません。誤った数値を出さないよう、読み込みません。"]
        ["Go back to another version, or restore its folder from a backup and start Paydirt \
          again.",
         "Revenez à une autre version, ou restaurez son dossier depuis une sauvegarde et \
          redémarrez Paydirt.",
         "別のバージョンに戻すか、フォルダーをバックアップから復元してPaydirtを再起動してください。"]
    VersionKept
        ["The current version and pinned ones cannot be deleted.",
         "La version actuelle et les versions épinglées ne peuvent pas être supprimées.",
         "現在のバージョンと固定されたバージョンは削除できません。"]
        ["Make another version the current one, or unpin this one, then delete it.",
         "Rendez une autre version actuelle, ou détachez celle-ci, puis supprimez-la.",
         "別のバージョンを現在のものにするか、固定を解除してから削除してください。"]
    ViewNotFound
        ["Nothing is saved under this number in this log; the view may have been deleted.",
         "Rien n’est enregistré sous ce numéro dans ce journal ; la vue a peut-être été supprimée.",
         "このログには、この番号で保存されたものがありません。削除された可能性があります。"]
        ["List the saved views of the log, and choose one of them.",
         "Affichez la liste des vues enregistrées du journal et choisissez-en une.",
         "ログの保存したビューの一覧から選んでください。"]
    ViewExists
        ["Each saved view of a log has a name of its own, and another one has this name.",
         "Chaque vue enregistrée d’un journal a son propre nom, et une autre porte déjà celui-ci.",
         "保存したビューの名前はログごとに一つずつ異なる必要があり、この名前は使われています。"]
        ["Choose another name, or save anew under the existing one.",
         "Choisissez un autre nom, ou enregistrez de nouveau sous le nom existant.",
         "別の名前を選ぶか、既存の名前に上書きして保存してください。"]
    ViewChanged
        ["Somebody else, or another window, saved under this name after you opened it.",
         "Quelqu’un d’autre, ou une autre fenêtre, a enregistré sous ce nom après votre ouverture.",
         "開いた後に、ほかの人または別のウィンドウがこの名前で保存しました。"]
        ["Look at what is saved now, then save over it or under another name.",
         "Regardez ce qui est enregistré, puis remplacez-le ou enregistrez sous un autre nom.",
         "現在の保存内容を確認してから、上書きするか別の名前で保存してください。"]
    UploadInUse
        ["A job that waits or runs needs the file that was sent.",
         "Une tâche en attente ou en cours a besoin du fichier envoyé.",
         "待機中または実行中のジョブが、このファイルを必要としています。"]
        ["Wait until the job is over, or cancel it.",
         "Attendez la fin de la tâche, ou annulez-la.",
         "ジョブが終わるまで待つか、ジョブを取り消してください。"]
    UploadNotFound
        ["There is no sent file of this number. It has been imported, removed, or became too old.",
         "Aucun fichier envoyé ne porte ce numéro. Il a été importé, retiré, ou est devenu trop \
          ancien.",
         "この番号のアップロードはありません。取り込み済みか、削除されたか、期限が過ぎています。"]
        ["Send the file again.",
         "Envoyez le fichier à nouveau.",
         "ファイルをもう一度送ってください。"]
    StoreInUse
        ["A data folder belongs to one process at a time, and another one has it.",
         "Un dossier de données appartient à un seul processus à la fois, et un autre l’utilise.",
         "データフォルダーを使えるのは一度に一つのプロセスだけで、現在は別のプロセスが使っています。"]
        ["Use the server that is running, end the other process, or choose another folder with \
          --data.",
         "Utilisez le serveur en marche, arrêtez l’autre processus, ou choisissez un autre \
          dossier avec --data.",
         "稼働中のサーバーを使うか、もう一方のプロセスを終了するか、--dataで別のフォルダーを選んでください。"]
    NotAStore
        ["The folder has files, but none that Paydirt has made. It is left alone.",
         "Le dossier contient des fichiers, mais aucun créé par Paydirt. Rien n’y est touché.",
         "フォルダーにPaydirtが作ったものではないファイルがあります。フォルダーには何もしていません。"]
        ["Check --data and PAYDIRT_DATA, or choose an empty folder.",
         "Vérifiez --data et PAYDIRT_DATA, ou choisissez un dossier vide.",
         "--dataとPAYDIRT_DATAを確認するか、空のフォルダーを選んでください。"]
    StoreFormatUnknown
        ["The data folder was written by another release of Paydirt, which this one does not \
          understand.",
         "Le dossier de données a été écrit par une autre version de Paydirt, que celle-ci ne \
          comprend pas.",
         "データフォルダーは、このバージョンのPaydirtでは読めない別のリリースで書かれています。"]
        ["Use the release that wrote it, or a newer one.",
         "Utilisez la version qui l’a écrit, ou une plus récente.",
         "書き込んだリリース、またはより新しいリリースを使ってください。"]
    StoreFailed
        ["The list of logs and versions could not be read or written. Nothing was changed.",
         "La liste des journaux et des versions n’a pas pu être lue ou écrite. Rien n’a été \
          changé.",
         "ログとバージョンの一覧を読み書きできませんでした。何も変更されていません。"]
        ["Check the disk, then start Paydirt again. The published versions are still there.",
         "Vérifiez le disque, puis redémarrez Paydirt. Les versions publiées sont toujours là.",
         "ディスクを確認してPaydirtを再起動してください。公開済みのバージョンは残っています。"]
    DiskFull
        ["There is no room left on the disk or within the quota. What was published before is \
          still there.",
         "Il n’y a plus de place sur le disque ou dans le quota. Ce qui était publié est toujours \
          là.",
         "ディスクまたは割り当て容量に空きがありません。公開済みの内容は残っています。"]
        ["Free some space or raise the quota, then try again. Old versions can be deleted.",
         "Libérez de la place ou augmentez le quota, puis réessayez. D’anciennes versions peuvent \
          être supprimées.",
         "空き容量を増やして、もう一度お試しください。古いバージョンを削除することもできます。"]
    OverLimit
        ["More was asked for than one request may have. The problem names the limit.",
         "Il a été demandé plus qu’une requête ne peut avoir. Le problème nomme la limite.",
         "一度の要求で扱える量を超えています。エラーの説明に上限があります。"]
        ["Ask for less at once.",
         "Demandez moins à la fois.",
         "一度に要求する量を減らしてください。"]
    NoEventKey
        ["To replace events, Paydirt must know which event is which, and nothing identifies those \
          of this file.",
         "Pour remplacer des événements, Paydirt doit savoir lequel est lequel, et rien \
          n’identifie ceux de ce fichier.",
         "イベントを置き換えるには個々のイベントを見分ける必要がありますが、このファイルには見分ける列がありません。"]
        ["Name the columns that identify an event, or append the events instead.",
         "Nommez les colonnes qui identifient un événement, ou ajoutez simplement les événements.",
         "イベントを見分ける列を指定するか、置き換えずに追加してください。"]
    ColumnTypeChanged
        ["A column of the file has another type than the same column of the log, such as texts in \
          place of numbers.",
         "Une colonne du fichier a un autre type que la même colonne du journal, comme des textes \
          à la place de nombres.",
         "ファイルの列の型が、ログの同じ列の型と異なります（数値の代わりに文字列など）。"]
        ["Correct the column in the source, or import the file as a new log.",
         "Corrigez la colonne dans la source, ou importez le fichier comme nouveau journal.",
         "元のデータで列を修正するか、新しいログとしてインポートしてください。"]
    LibraryMistake
        ["A file of the library, such as a data template, says something that Paydirt does not \
          understand. The rest of it is used.",
         "Un fichier de la bibliothèque, par exemple un modèle de données, contient quelque chose \
          que Paydirt ne comprend pas. Le reste est utilisé.",
         "データテンプレートなどライブラリのファイルに、Paydirtが理解できない記述があります。\
          残りの部分は使用されます。"]
        ["Mend the line that is named, then run `paydirt library` to see whether all is well.",
         "Corrigez la ligne indiquée, puis lancez `paydirt library` pour vérifier le résultat.",
         "示された行を直し、`paydirt library`を実行して問題がないことを確認してください。"]
    SettingsMistake
        ["A setting has a value that it cannot have, or there is no setting of that name.",
         "Un paramètre a une valeur impossible, ou aucun paramètre ne porte ce nom.",
         "設定の値が正しくないか、その名前の設定がありません。"]
        ["Mend the lines that are named; nothing was changed.",
         "Corrigez les lignes signalées ; rien n’a été modifié.",
         "指摘された行を直してください。何も変更されていません。"]
    RecipeMistake
        ["A recipe says how files become a log. This one has a line that makes no sense, so none \
          of it was used.",
         "Une recette dit comment des fichiers deviennent un journal. Celle-ci a une ligne qui \
          n’a pas de sens ; rien n’en a été utilisé.",
         "レシピは、ファイルをログにする方法を記したものです。意味の通らない行があるため、まったく使用されませんでした。"]
        ["Mend the lines that are named, or have a new recipe written from an import.",
         "Corrigez les lignes signalées, ou faites écrire une nouvelle recette à partir d’une \
          importation.",
         "指摘された行を直すか、インポートから新しいレシピを書き出してください。"]
    RecipeMisfit
        ["The file does not have the columns or dates that the recipe describes. Nothing was \
          guessed and nothing was imported.",
         "Le fichier n’a pas les colonnes ou les dates que décrit la recette. Rien n’a été deviné \
          et rien n’a été importé.",
         "ファイルの列または日付が、レシピの記述と異なります。推測は行われず、何もインポートされていません。"]
        ["Export the file as it was before, or change the recipe where columns have new names.",
         "Exportez le fichier comme auparavant, ou modifiez la recette là où des colonnes ont de \
          nouveaux noms.",
         "以前と同じ形でファイルを書き出すか、列名が変わった箇所のレシピを直してください。"]
    TemplateNotFound
        ["There is no data template for this system, neither in Paydirt nor in your own library.",
         "Il n’y a pas de modèle de données pour ce système, ni dans Paydirt ni dans votre \
          bibliothèque.",
         "このシステム用のデータテンプレートは、Paydirtにも独自のライブラリにもありません。"]
        ["Take one of those that `paydirt template` lists, or \"generic\", which fits any system.",
         "Prenez l’un de ceux que `paydirt template` énumère, ou « generic », qui convient à tout \
          système.",
         "`paydirt template`の一覧から選ぶか、どのシステムにも使える「generic」を使用してください。"]
    JobNotFound
        ["There is no job of this number. Jobs that were over long ago are no longer listed.",
         "Aucune tâche ne porte ce numéro. Les tâches terminées depuis longtemps ne sont plus \
          affichées.",
         "この番号のジョブはありません。終了してから時間がたったジョブは一覧から消えます。"]
        ["List the jobs to see which there are.",
         "Affichez la liste des tâches pour voir lesquelles existent.",
         "ジョブの一覧で確認してください。"]
    NoSuchPage
        ["Nothing is served at this address.",
         "Rien n’est servi à cette adresse.",
         "このアドレスで提供しているものはありません。"]
        ["Check the address. Those of the API are listed at /api/v1/openapi.json.",
         "Vérifiez l’adresse. Celles de l’API sont dans /api/v1/openapi.json.",
         "アドレスを確認してください。APIのアドレスの一覧は/api/v1/openapi.jsonにあります。"]
    MethodNotAllowed
        ["The address exists, but not for this method, such as DELETE on a list.",
         "L’adresse existe, mais pas pour cette méthode, comme DELETE sur une liste.",
         "アドレスはありますが、このメソッド（一覧に対するDELETEなど）は受け付けません。"]
        ["See which methods the description of the API lists for it.",
         "Voyez quelles méthodes la description de l’API indique pour elle.",
         "APIの説明書で、使用できるメソッドを確認してください。"]
    WrongContentType
        ["The body has another type than the address takes. Only types that other sites cannot \
          send unasked are taken.",
         "Le corps a un autre type que celui attendu. Seuls des types que d’autres sites ne \
          peuvent pas envoyer sans demander sont acceptés.",
         "本文の種類が異なります。ほかのサイトが無断で送れない種類だけを受け付けます。"]
        ["Send application/json, or application/octet-stream for a file.",
         "Envoyez application/json, ou application/octet-stream pour un fichier.",
         "application/json、ファイルの場合はapplication/octet-streamで送ってください。"]
    BodyTooLarge
        ["What was sent is larger than the server takes.",
         "Ce qui a été envoyé dépasse ce que le serveur accepte.",
         "送られた内容が、サーバーの受け付ける大きさを超えています。"]
        ["Split the file, or start the server with a larger --upload-limit.",
         "Divisez le fichier, ou démarrez le serveur avec un --upload-limit plus grand.",
         "ファイルを分割するか、--upload-limitを大きくしてサーバーを起動してください。"]
    WrongHost
        ["The request named a host that is not this server. A site may have pointed its own name \
          at this machine.",
         "La requête nommait un hôte qui n’est pas ce serveur. Un site a peut-être dirigé son \
          propre nom vers cette machine.",
         "このサーバーのものではないホスト名への要求です。別のサイトが自分の名前をこのコンピューターに向けた可能性があります。"]
        ["Use the address that the server printed, or start it with --allow-host and the name.",
         "Utilisez l’adresse affichée par le serveur, ou démarrez-le avec --allow-host et le nom.",
         "サーバーが表示したアドレスを使うか、--allow-hostに名前を付けて起動してください。"]
    CrossSite
        ["A page of another site sent the request through a browser. It was not carried out.",
         "Une page d’un autre site a envoyé la requête par un navigateur. Elle n’a pas été \
          exécutée.",
         "別のサイトのページがブラウザーから送った要求です。実行されていません。"]
        ["Open Paydirt itself and do it there. A program that is no browser is let in.",
         "Ouvrez Paydirt et faites-le là. Un programme qui n’est pas un navigateur est admis.",
         "Paydirtを直接開いて操作してください。ブラウザー以外のプログラムからの要求は受け付けます。"]
    Busy
        ["More is waiting than the server lets wait, so that those who wait are answered in time.",
         "Il y a plus de demandes en attente que le serveur n’en accepte, pour que celles qui \
          attendent aboutissent à temps.",
         "待っている要求が上限に達しています。待っている要求に確実に答えるための制限です。"]
        ["Try again in a moment. Retry-After says when.",
         "Réessayez dans un instant. Retry-After indique quand.",
         "しばらくしてからもう一度お試しください。待つ時間はRetry-Afterにあります。"]
    TookTooLong
        ["The answer was not ready within the time that a request may take.",
         "La réponse n’était pas prête dans le temps accordé à une requête.",
         "要求に許された時間内に答えが出ませんでした。"]
        ["Ask for less at once, narrow the cases with a filter, or start the server with a larger \
          --request-limit.",
         "Demandez moins à la fois, restreignez les cas avec un filtre, ou démarrez le serveur \
          avec un --request-limit plus grand.",
         "一度に要求する量を減らすか、フィルターでケースを絞るか、--request-limitを大きくしてサーバーを起動してください。"]
    AddressInUse
        ["The server cannot listen at the address that was asked for.",
         "Le serveur ne peut pas écouter à l’adresse demandée.",
         "指定されたアドレスで待ち受けることができません。"]
        ["Choose another --port or --bind.",
         "Choisissez un autre --port ou --bind.",
         "別の--portまたは--bindを選んでください。"]
    Cancelled
        ["Somebody stopped the work, or nobody waited for it any more. Nothing was changed.",
         "Quelqu’un a arrêté le travail, ou plus personne ne l’attendait. Rien n’a été changé.",
         "処理が取り消されたか、待っている人がいなくなりました。何も変更されていません。"]
        ["Start it again if it is still wanted.",
         "Relancez-le s’il est toujours souhaité.",
         "必要であれば、もう一度開始してください。"]
    WrongUsage
        ["The words of the command do not fit together.",
         "Les mots de la commande ne vont pas ensemble.",
         "コマンドの書き方が正しくありません。"]
        ["Read paydirt --help, or --help behind the command.",
         "Lisez paydirt --help, ou --help après la commande.",
         "paydirt --help、またはコマンドの後に--helpを付けて確認してください。"]
    Internal
        ["Paydirt itself has done something wrong. Your data are as they were.",
         "Paydirt lui-même a fait une erreur. Vos données sont intactes.",
         "Paydirt自体に問題がありました。データはそのまま残っています。"]
        ["Try again. If it happens again, please report it with the log of the server.",
         "Réessayez. Si cela se reproduit, signalez-le avec le journal du serveur.",
         "もう一度お試しください。繰り返す場合は、サーバーのログを添えてご報告ください。"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_whole_sentences_of_each_language() {
        for &code in ErrorCode::ALL {
            for language in Language::ALL {
                for text in [code.meaning(language), code.advice(language)] {
                    let end = if language == Language::Japanese { '。' } else { '.' };
                    assert!(text.ends_with(end) && !text.contains("  "), "{text}");
                }
            }
            assert_ne!(code.meaning(Language::English), code.meaning(Language::French));
            assert_ne!(code.advice(Language::English), code.advice(Language::Japanese));
        }
    }
}
