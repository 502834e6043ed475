//! Which way is forward, and which road through the process is the main one?
//!
//! The order with the least weight against it is the feedback arc set problem; the start is the
//! greedy order of Eades, Lin and Smyth ("A fast and effective heuristic for the feedback arc set
//! problem", 1993), then each node is moved to its best place until none gains. The main road is
//! the way along forward links with the largest sum of squared weights: the sum makes it long, the
//! squares keep it from taking weak detours. The map of the browser is laid out by the same rules,
//! and held against the same `testdata/process-order.json`.

use std::collections::BTreeMap;

/// So many times every node may be moved.
const PASS_COUNT_MAX: usize = 12;

/// How often one node follows another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) weight: u64,
}

/// What flows from each node to others, less what flows back.
type NetFlow = Vec<BTreeMap<usize, i128>>;

/// The nodes 0 to `count` − 1 in the order of the process.
pub(crate) fn process_order(count: usize, links: &[Link]) -> Vec<usize> {
    let net = net_flow(count, links);
    let mut order = greedy_order(count, &net);
    for _ in 0..PASS_COUNT_MAX {
        if !sift(&mut order, &net) {
            break;
        }
    }
    order
}

fn net_flow(count: usize, links: &[Link]) -> NetFlow {
    let mut net = vec![BTreeMap::new(); count];
    for &Link { from, to, weight } in links.iter().filter(|link| link.from != link.to) {
        *net[from].entry(to).or_default() += i128::from(weight);
        *net[to].entry(from).or_default() -= i128::from(weight);
    }
    net
}

/// Sources to the front, sinks to the back, else whatever sends out most more than it takes in.
fn greedy_order(count: usize, net: &NetFlow) -> Vec<usize> {
    let mut left: Vec<usize> = (0..count).collect();
    let (mut front, mut back) = (Vec::with_capacity(count), Vec::new());
    let mut is_left = vec![true; count];
    while !left.is_empty() {
        let flows: Vec<(usize, i128, i128)> = left
            .iter()
            .map(|&node| {
                let among = net[node].iter().filter(|(other, _)| is_left[**other]);
                let (out, into) = among.fold((0, 0), |(out, into), (_, &weight)| {
                    (out + weight.max(0), into + (-weight).max(0))
                });
                (node, out, into)
            })
            .collect();
        let source = flows.iter().find(|(_, _, into)| *into == 0);
        let sink = flows.iter().find(|(_, out, into)| *out == 0 && *into > 0);
        // Of several equal ones the first.
        let sender = || flows.iter().rev().max_by_key(|(_, out, into)| out - into);
        let is_back = source.is_none() && sink.is_some();
        let Some(&(node, _, _)) = source.or(sink).or_else(sender) else { break };
        if is_back {
            back.push(node)
        } else {
            front.push(node)
        }
        is_left[node] = false;
        left.retain(|&other| other != node);
    }
    front.extend(back.iter().rev());
    front
}

/// Moves each node to where most of its flow is forward; whether any gained.
fn sift(order: &mut Vec<usize>, net: &NetFlow) -> bool {
    let mut is_better = false;
    for node in order.clone() {
        let now = order.iter().position(|&other| other == node).expect("every node has a place");
        let best = best_place(order, now, &net[node]);
        if best != now {
            order.remove(now);
            order.insert(best, node);
            is_better = true;
        }
    }
    is_better
}

/// The place nearest to the present one with the largest gain.
fn best_place(order: &[usize], now: usize, net: &BTreeMap<usize, i128>) -> usize {
    let flow = |place: usize| net.get(&order[place]).copied().unwrap_or(0);
    let (mut best, mut best_gain, mut gain) = (now, 0, 0);
    for place in (0..now).rev() {
        gain += flow(place);
        if gain > best_gain {
            (best, best_gain) = (place, gain);
        }
    }
    gain = 0;
    for place in now + 1..order.len() {
        gain -= flow(place);
        if gain > best_gain {
            (best, best_gain) = (place, gain);
        }
    }
    best
}

/// The main road through nodes in the order of the process; `starts` and `ends` are the ways in and
/// out with their weights. Empty where no way leads from a start to an end.
pub(crate) fn main_road(
    order: &[usize],
    links: &[Link],
    starts: &[(usize, u64)],
    ends: &[(usize, u64)],
) -> Vec<usize> {
    let square = |weight: u64| u128::from(weight) * u128::from(weight);
    let mut place = vec![0; order.len()];
    for (idx, &node) in order.iter().enumerate() {
        place[node] = idx;
    }
    let mut best: Vec<Option<(u128, Option<usize>)>> = vec![None; order.len()];
    for &(node, weight) in starts {
        best[node] = Some((square(weight), None));
    }
    for &node in order {
        let Some((sum, _)) = best[node] else { continue };
        let forward = links.iter().filter(|link| link.from == node && place[node] < place[link.to]);
        for link in forward {
            let sum = sum + square(link.weight);
            if best[link.to].is_none_or(|(known, _)| known < sum) {
                best[link.to] = Some((sum, Some(node)));
            }
        }
    }
    let mut last: Option<(usize, u128)> = None;
    for &node in order {
        let weight = ends.iter().find(|(end, _)| *end == node).map(|(_, weight)| *weight);
        let (Some((sum, _)), Some(weight)) = (best[node], weight) else { continue };
        let whole = sum + square(weight);
        if last.is_none_or(|(_, most)| most < whole) {
            last = Some((node, whole));
        }
    }
    let mut road = Vec::new();
    let mut node = last.map(|(node, _)| node);
    while let Some(here) = node {
        road.push(here);
        node = best[here].and_then(|(_, before)| before);
    }
    road.reverse();
    road
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<Link> {
        let link = |one: &str| {
            let parts: Vec<u64> = one.split(['>', ':']).map(|part| part.parse().unwrap()).collect();
            let node = |idx: usize| usize::try_from(parts[idx]).unwrap();
            Link { from: node(0), to: node(1), weight: parts[2] }
        };
        text.split_whitespace().map(link).collect()
    }

    /// Processes of so many activities with forward links, loops and ties, as the seed has it.
    fn generated(seed: u64, count: usize) -> Vec<Link> {
        let mut state = seed;
        let mut dice = |end: u64| {
            state =
                state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            (state >> 33) % end
        };
        let mut links = Vec::new();
        for from in 0..count {
            for to in 0..count {
                let weight =
                    if to == from + 1 { 20 + dice(9) } else { dice(40).saturating_sub(28) };
                links.extend((weight > 0).then_some(Link { from, to, weight }));
            }
        }
        links
    }

    /// The browser lays the map out by the same rules: `order.test.ts` reads the same file.
    #[test]
    fn order_and_road_are_those_of_the_browser() {
        let lines = (0..24).map(|seed| {
            let count = usize::try_from(2 + seed % 9).unwrap();
            let links = generated(seed, count);
            let order = process_order(count, &links);
            let (starts, ends) = ([(0, 30), (1, 30)], [(count - 1, 25), (count / 2, 9)]);
            let road = main_road(&order, &links, &starts, &ends);
            let links: Vec<String> = links
                .iter()
                .map(|Link { from, to, weight }| format!("{from}>{to}:{weight}"))
                .collect();
            serde_json::json!({
                "count": count, "links": links.join(" "), "starts": starts, "ends": ends,
                "order": order, "road": road,
            })
            .to_string()
        });
        let file = format!("[\n{}\n]\n", lines.collect::<Vec<String>>().join(",\n"));
        expect_test::expect_file!["../../../../testdata/process-order.json"].assert_eq(&file);
    }

    #[test]
    fn a_loop_does_not_turn_the_process_over() {
        assert_eq!(process_order(4, &links("0>1:9 1>2:9 2>3:9 3>1:4")), [0, 1, 2, 3]);
        assert_eq!(process_order(2, &links("0>1:3 1>0:5")), [1, 0]);
        assert_eq!(process_order(0, &[]), [0; 0]);
    }

    #[test]
    fn as_little_as_possible_runs_against_the_order() {
        // Only 4 → 0 (weight 1) has to go back; every other order costs more.
        let all = links("0>1:5 1>2:5 2>3:5 3>4:5 4>0:1 0>3:2");
        let order = process_order(5, &all);
        let place = |node: usize| order.iter().position(|&other| other == node).unwrap();
        let against = all.iter().filter(|link| place(link.from) > place(link.to));
        assert_eq!(against.map(|link| link.weight).sum::<u64>(), 1);
    }

    #[test]
    fn the_main_road_is_long_and_strong_and_takes_no_weak_detour() {
        // From 1 to 3 directly 50², by way of 2 only 30² + 30².
        let all = links("0>1:60 1>3:50 1>2:30 2>3:30 3>4:40");
        assert_eq!(main_road(&[0, 1, 2, 3, 4], &all, &[(0, 60)], &[(4, 40)]), [0, 1, 3, 4]);
        assert_eq!(main_road(&[0, 1], &links("0>1:5"), &[(0, 5)], &[]), [0; 0]);
    }
}
