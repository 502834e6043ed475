//! Which packings does the browser accept?

/// How a copy of a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// From the smallest to the largest result.
    const ALL: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

    /// The name in HTTP (RFC 9110, section 8.4.1).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gzip",
        }
    }

    /// What the name of the packed copy ends with.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Encoding::Brotli => ".br",
            Encoding::Gzip => ".gz",
        }
    }

    /// The packings a header `Accept-Encoding` allows, the smallest first.
    pub(crate) fn accepted(header: &str) -> Vec<Encoding> {
        Encoding::ALL.into_iter().filter(|encoding| allows(header, encoding.name())).collect()
    }
}

/// A weight of 0 means "not this one"; `*` stands for every packing that is not named.
fn allows(header: &str, name: &str) -> bool {
    let weight_of = |wanted: &str| {
        header.split(',').find_map(|entry| {
            let (coding, settings) = entry.split_once(';').unwrap_or((entry, ""));
            coding.trim().eq_ignore_ascii_case(wanted).then(|| weight(settings))
        })
    };
    weight_of(name).or_else(|| weight_of("*")).is_some_and(|weight| weight > 0.0)
}

fn weight(settings: &str) -> f32 {
    let value = settings.trim().strip_prefix("q=").or(settings.trim().strip_prefix("Q="));
    value.map_or(1.0, |value| value.trim().parse().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, expected: &[Encoding]) {
        assert_eq!(Encoding::accepted(header), expected, "{header}");
    }

    #[test]
    fn smallest_packing_comes_first() {
        check("gzip, deflate, br, zstd", &[Encoding::Brotli, Encoding::Gzip]);
        check("GZIP", &[Encoding::Gzip]);
        check("*", &[Encoding::Brotli, Encoding::Gzip]);
    }

    #[test]
    fn packing_that_is_refused_or_not_named_is_left_out() {
        check("", &[]);
        check("identity", &[]);
        check("br;q=0, gzip;q=0.5", &[Encoding::Gzip]);
        check("*;q=0, gzip", &[Encoding::Gzip]);
        check("br;q=nonsense", &[]);
    }
}
