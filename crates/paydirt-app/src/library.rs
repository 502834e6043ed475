//! What is known about lead to cash beforehand: the library in the program, and a folder of the
//! user's own that adds to it or changes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_recipe::library::Library;
use rust_embed::RustEmbed;
use serde::Serialize;
use utoipa::ToSchema;

/// The files in the program.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../library"]
struct Shipped;

/// Name of the folder of the user's own within the data folder.
pub const USUAL_FOLDER: &str = "library";

/// Most files of a folder that are read.
const FILES_MAX: usize = 1_000;
/// Most folders within each other.
const DEPTH_MAX: usize = 8;
/// Largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// A library, and what is wrong with its files.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoadedLibrary {
    /// Folder of the user's own, where there is one; over HTTP its name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub folder: Option<PathBuf>,
    /// Mistakes in its files, with file and line; the rest is read all the same.
    pub problems: Vec<Problem>,
    /// What is known.
    #[schema(value_type = Library)]
    pub library: Arc<Library>,
}

static SHIPPED: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let (library, problems) = Library::read(shipped_files());
    debug_assert!(problems.is_empty(), "a test reads the same files");
    Arc::new(library)
});

fn shipped_files() -> Vec<(String, String)> {
    let text = |path: &str| {
        let file = Shipped::get(path).expect("the path is from the list of files");
        String::from_utf8_lossy(&file.data).into_owned()
    };
    let mut files: Vec<(String, String)> =
        Shipped::iter().map(|path| (path.to_string(), text(&path))).collect();
    files.sort();
    files
}

/// The library in the program.
#[must_use]
pub fn shipped() -> Arc<Library> {
    Arc::clone(&SHIPPED)
}

impl LoadedLibrary {
    /// The library in the program, with the files of a folder read after it. What is wrong with
    /// the folder or a file of it is in the list of problems.
    #[must_use]
    pub fn load(folder: Option<&Path>) -> Self {
        let Some(folder) = folder else {
            return LoadedLibrary { folder: None, problems: Vec::new(), library: shipped() };
        };
        let mut files = shipped_files();
        let mut found = FolderFiles::default();
        found.read_folder(folder, DEPTH_MAX);
        found.files.sort();
        files.extend(found.files);
        let (library, mistakes) = Library::read(files);
        let mut problems = found.problems;
        problems.extend(mistakes);
        LoadedLibrary { folder: Some(folder.to_owned()), problems, library: Arc::new(library) }
    }

    /// The same library, with its mistakes told in a language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.problems.iter_mut().for_each(|problem| problem.tell_in(language));
        self
    }

    /// The same library without the place of its folder, which is the business of the machine
    /// alone: files are named from the folder on.
    #[must_use]
    pub fn without_place(mut self) -> Self {
        let Some(folder) = self.folder.take() else { return self };
        let name = |path: &str| {
            let inner = Path::new(path).strip_prefix(&folder).unwrap_or(Path::new(path));
            inner.display().to_string()
        };
        for problem in &mut self.problems {
            if let Some(file) = &mut problem.place.file {
                *file = name(file);
            }
        }
        self.folder = folder.file_name().map(PathBuf::from);
        self
    }

    /// The same library, with its texts in one language alone.
    #[must_use]
    pub fn in_one_language(mut self, language: Language) -> Self {
        Arc::make_mut(&mut self.library).keep_only(language);
        self
    }
}

/// The files of a folder, as far as they can be read.
#[derive(Default)]
struct FolderFiles {
    files: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl FolderFiles {
    fn read_folder(&mut self, folder: &Path, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        for entry in entries {
            let path = match entry {
                Ok(entry) => entry.path(),
                Err(error) => return self.unreadable(folder, &error),
            };
            if path.is_dir() {
                if depth > 0 {
                    self.read_folder(&path, depth - 1);
                }
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                self.read_file(&path);
            }
        }
    }

    fn read_file(&mut self, path: &Path) {
        if self.files.len() == FILES_MAX {
            let detail = say!(
                "The library has more than {count} files; this one was not read.",
                count = FILES_MAX
            );
            return self.note(ErrorCode::InputTooLarge, detail, path);
        }
        let read = fs::metadata(path).and_then(|known| {
            if known.len() > FILE_BYTES_MAX {
                return Ok(None);
            }
            fs::read(path).map(Some)
        });
        match read {
            Ok(Some(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => {
                    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
                    self.files.push((path.display().to_string(), text));
                }
                Err(_) => {
                    let detail = say!("The file is not UTF-8, so it was not read.");
                    self.note(ErrorCode::LibraryMistake, detail, path);
                }
            },
            Ok(None) => {
                let bytes = FILE_BYTES_MAX;
                let detail = say!(
                    "The file is larger than {bytes} bytes, the most that a library file may have.",
                    bytes
                );
                self.note(ErrorCode::InputTooLarge, detail, path);
            }
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn unreadable(&mut self, path: &Path, error: &std::io::Error) {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorCode::FileNotFound,
            _ => ErrorCode::FileUnreadable,
        };
        let detail = say!("It cannot be read: {error}.", error = error.to_string());
        self.note(code, detail, path);
    }

    fn note(&mut self, code: ErrorCode, detail: paydirt_model::sentence::Sentence, path: &Path) {
        self.problems.push(Problem::new(code, detail).in_file(path.display().to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_in_the_program_has_no_mistake() {
        let (library, problems) = Library::read(shipped_files());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(library, *shipped());
        assert!(library.template("generic").is_some());
    }

    #[test]
    fn a_folder_adds_to_it_and_its_mistakes_stop_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("templates");
        fs::create_dir(&within).unwrap();
        fs::write(
            within.join("own.toml"),
            "system = \"own\"\nversion = \"1\"\nname.en = \"Own\"\n",
        )
        .unwrap();
        fs::write(folder.path().join("attributes.toml"), [0xff, 0xfe]).unwrap();
        fs::write(folder.path().join("notes.md"), "left alone").unwrap();
        let loaded = LoadedLibrary::load(Some(folder.path()));
        assert_eq!(loaded.library.template("own").unwrap().name.ja, "Own");
        assert!(loaded.library.template("hubspot").is_some());
        let told: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("is not UTF-8"), "{told:?}");
        assert!(told[1].contains("own.toml: row 3: \"name\" has no text"), "{told:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_problem_and_the_rest_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nope");
        let loaded = LoadedLibrary::load(Some(&missing));
        assert_eq!(loaded.problems[0].code, ErrorCode::FileNotFound);
        assert_eq!(loaded.library.templates.len(), shipped().templates.len());
    }

    #[test]
    fn texts_can_be_cut_to_one_language() {
        let french = LoadedLibrary::load(None).in_one_language(Language::French);
        let json = serde_json::to_value(&french).unwrap();
        let attribute = &json["library"]["attributes"][0];
        assert_eq!(attribute["name"], serde_json::json!({ "fr": "ID d'opportunité de vente" }));
        assert!(!json.to_string().contains("\"ja\""));
        assert!(!shipped().attributes[0].name.ja.is_empty());
    }
}
