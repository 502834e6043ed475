//! Which words may stand in a field that chooses among a few?

/// A choice of a library file: its values and how they are written.
pub(crate) trait Choice: Sized + Copy + 'static {
    /// Every value with its word.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a word.
    fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

/// An enum whose values are words of library files, in files and answers alike. The words are
/// taken as tokens: as literals they would be hidden from the description of the API, in which an
/// enum may bear another name than here.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($values:tt)+ }) => {
        $crate::library::choice::choice! { $(#[$about])* $name as $name { $($values)+ } }
    };
    ($(#[$about:meta])* $name:ident as $told:ident {
        $($(#[$doc:meta])+ $variant:ident = $word:tt,)+
    }) => {
        $(#[$about])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[schema(as = library::$told)]
        pub enum $name {
            $($(#[$doc])+ #[serde(rename = $word)] $variant,)+
        }

        impl $crate::library::choice::Choice for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $name::$variant)),+];
        }
    };
}

pub(crate) use choice;
