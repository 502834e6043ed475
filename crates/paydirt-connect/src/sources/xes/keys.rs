//! Which keys have the attributes, and where do they stand? A tree of keys, each path once.
//!
//! An attribute is looked up by its parent and its key, both numbers. The node remembers which
//! element met it last, so that a key that comes twice in one element is seen without a search.

use paydirt_model::interner::Interner;
use rustc_hash::FxHashMap;

use super::extensions::{Extensions, KeyVerdict};
use crate::event_rows::ColumnIdx;

/// Most different paths of keys in one document.
pub(super) const KEYS_MAX: usize = 1_000_000;

/// The number of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct KeyId(u32);

/// The number of a path of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NodeId(u32);

/// Where a path of keys begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Log,
    EventGlobal,
    TraceGlobal,
    Trace,
    Event,
}

impl Root {
    const COUNT: usize = 5;

    /// The node of the root itself.
    pub(super) fn node(self) -> NodeId {
        NodeId(self as u32)
    }
}

/// What an attribute is used for besides being an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The name of a trace: the case id.
    CaseName,
    /// The name of an event: the activity, unless a classifier is chosen.
    EventName,
    /// The time of an event.
    Time,
    /// A standard text of an event, read as text whatever element it stands on.
    Text,
    None,
}

/// A path of keys and what became of it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) key: KeyId,
    parent: NodeId,
    pub(super) role: Role,
    /// The keys of the path, joined with `/`.
    pub(super) path: String,
    /// The column of its values, once there are some.
    pub(super) column: Option<ColumnIdx>,
    /// The element instance that met the key last, and how often it did.
    seen_by: u64,
    seen_count: u32,
}

/// All keys and paths of a document.
#[derive(Debug)]
pub(super) struct Keys {
    interner: Interner,
    verdicts: Vec<Option<KeyVerdict>>,
    event_globals: Vec<Option<u32>>,
    trace_globals: Vec<Option<u32>>,
    nodes: Vec<Node>,
    children: FxHashMap<(NodeId, KeyId), NodeId>,
}

impl Keys {
    pub(super) fn new() -> Self {
        let mut keys = Keys {
            interner: Interner::default(),
            verdicts: Vec::new(),
            event_globals: Vec::new(),
            trace_globals: Vec::new(),
            nodes: Vec::new(),
            children: FxHashMap::default(),
        };
        let root_key = keys.key("");
        for _ in 0..Root::COUNT {
            keys.nodes.push(Node {
                key: root_key,
                parent: NodeId(u32::MAX),
                role: Role::None,
                path: String::new(),
                column: None,
                seen_by: 0,
                seen_count: 0,
            });
        }
        keys
    }

    /// The number of a key, new or known.
    #[inline]
    pub(super) fn key(&mut self, text: &str) -> KeyId {
        let idx = self.interner.intern(text);
        if idx as usize == self.verdicts.len() {
            self.verdicts.push(None);
            self.event_globals.push(None);
            self.trace_globals.push(None);
        }
        KeyId(idx)
    }

    /// The text of a key.
    pub(super) fn text(&self, key: KeyId) -> &str {
        self.interner.texts().get(key.0 as usize)
    }

    /// The node of a key under a parent, new or known; `None` when there are too many.
    #[inline]
    pub(super) fn child(&mut self, parent: NodeId, key: KeyId) -> Option<NodeId> {
        match self.children.get(&(parent, key)) {
            Some(&node) => Some(node),
            None => self.new_child(parent, key),
        }
    }

    fn new_child(&mut self, parent: NodeId, key: KeyId) -> Option<NodeId> {
        if self.nodes.len() >= KEYS_MAX {
            return None;
        }
        let text = self.interner.texts().get(key.0 as usize);
        let above = &self.nodes[parent.0 as usize].path;
        let is_direct = (parent.0 as usize) < Root::COUNT;
        let path = if is_direct { text.to_owned() } else { format!("{above}/{text}") };
        let role = role_of(parent, text);
        let node = NodeId(u32::try_from(self.nodes.len()).expect("KEYS_MAX is below 2^32"));
        self.nodes.push(Node { key, parent, role, path, column: None, seen_by: 0, seen_count: 0 });
        self.children.insert((parent, key), node);
        Some(node)
    }

    /// What is known of a node.
    #[inline]
    pub(super) fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0 as usize]
    }

    /// What is known of a node, to be changed.
    #[inline]
    pub(super) fn node_mut(&mut self, node: NodeId) -> &mut Node {
        &mut self.nodes[node.0 as usize]
    }

    /// Whether a node stands directly under a root.
    pub(super) fn is_direct(&self, node: NodeId) -> bool {
        (self.node(node).parent.0 as usize) < Root::COUNT
    }

    /// Says that an element instance has met the key, and answers how often it has before.
    #[inline]
    pub(super) fn meet(&mut self, node: NodeId, element_serial: u64) -> u32 {
        let node = &mut self.nodes[node.0 as usize];
        if node.seen_by == element_serial {
            node.seen_count += 1;
            return node.seen_count;
        }
        node.seen_by = element_serial;
        node.seen_count = 0;
        0
    }

    /// What the declared extensions say about a key.
    #[inline]
    pub(super) fn verdict(&mut self, key: KeyId, extensions: &Extensions) -> KeyVerdict {
        match self.verdicts[key.0 as usize] {
            Some(verdict) => verdict,
            None => {
                let verdict = extensions.verdict(self.text(key));
                self.verdicts[key.0 as usize] = Some(verdict);
                verdict
            }
        }
    }

    /// Forgets the verdicts, because another extension was declared.
    pub(super) fn forget_verdicts(&mut self) {
        self.verdicts.fill(None);
    }

    /// The place of a key among the globals of a scope.
    #[inline]
    pub(super) fn global_idx(&mut self, root: Root, key: KeyId) -> Option<&mut Option<u32>> {
        match root {
            Root::EventGlobal | Root::Event => Some(&mut self.event_globals[key.0 as usize]),
            Root::TraceGlobal | Root::Trace => Some(&mut self.trace_globals[key.0 as usize]),
            Root::Log => None,
        }
    }

    /// Whether a key was met directly under any of these roots.
    pub(super) fn is_known(&self, text: &str, roots: &[Root]) -> bool {
        let Some(key) = self.interner.find(text) else { return false };
        roots.iter().any(|root| self.children.contains_key(&(root.node(), KeyId(key))))
    }
}

fn role_of(parent: NodeId, key: &str) -> Role {
    if parent == Root::Trace.node() && key == "concept:name" {
        return Role::CaseName;
    }
    if parent != Root::Event.node() {
        return Role::None;
    }
    match key {
        "concept:name" => Role::EventName,
        "time:timestamp" => Role::Time,
        "concept:instance" | "lifecycle:transition" | "org:resource" | "org:role" | "org:group" => {
            Role::Text
        }
        _ => Role::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_path_is_one_node_and_repeats_are_seen() {
        let mut keys = Keys::new();
        let name = keys.key("concept:name");
        let event = keys.child(Root::Event.node(), name).unwrap();
        let nested = keys.child(event, name).unwrap();
        assert_eq!(keys.child(Root::Event.node(), name), Some(event));
        assert_eq!(keys.node(event).role, Role::EventName);
        assert_eq!(keys.node(nested).path, "concept:name/concept:name");
        assert_eq!(keys.node(nested).role, Role::None);
        assert_eq!([keys.meet(event, 1), keys.meet(event, 1), keys.meet(event, 2)], [0, 1, 0]);
        assert!(keys.is_known("concept:name", &[Root::Event]));
        assert!(!keys.is_known("concept:name", &[Root::Trace, Root::EventGlobal]));
    }
}
