//! Which folders are refused, and is nothing written into them?
