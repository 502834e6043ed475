//! Paydirt's front doors: the command line and the server.

mod cli;
mod http;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Gives memory back to the system after an import and serves many threads at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
