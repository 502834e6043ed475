//! Whether the demo world is the same everywhere, coherent in itself, and as it is described.

mod coherence;
mod determinism;
mod effects;
mod logs;
mod tables;

use paydirt_demo::world::{World, WorldSettings};

/// A world of the seed that all tests share.
fn world(deal_count: u64) -> World {
    World::new(WorldSettings { seed: 20_240_131, deal_count })
}
