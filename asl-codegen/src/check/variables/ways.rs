//! Which variables have a value where: on every way to a state, and on some way to it.

use std::collections::{HashMap, VecDeque};

use super::bits::Bits;
use super::uses::{self, Known, Use, Uses};
use crate::definition::{Assign, Comparison, Kind, Machine, Operation, QueryLanguage, State, Test, TypeTest};
use crate::node::Text;
use crate::shape::order::{Open, places};

/// What is known of the variables at one point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// Those that have a value on every way to the point.
    sure: Bits,
    /// Those that have one on some way.
    possible: Bits,
}

impl Facts {
    fn assign(&mut self, variable: usize) {
        self.sure.insert(variable);
        self.possible.insert(variable);
    }

    /// What is known where it may be either.
    fn join(&mut self, other: &Facts) {
        self.sure.intersect(&other.sure);
        self.possible.unite(&other.possible);
    }

    fn either(left: Option<Facts>, right: Option<Facts>) -> Option<Facts> {
        match (left, right) {
            (Some(mut left), Some(right)) => {
                left.join(&right);
                Some(left)
            }
            (left, right) => left.or(right),
        }
    }
}

/// A read, and what is known of its variable there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read<'a> {
    pub(super) found: Use<'a>,
    /// It has a value on every way.
    pub(super) sure: bool,
    /// It has one on some way.
    pub(super) possible: bool,
}

/// Called with what a state reads.
type Note<'n, 'a> = &'n mut dyn FnMut(Read<'a>);

/// The analysis of one machine.
pub(super) struct Ways<'a> {
    machine: &'a Machine,
    /// The number of each variable that is read or assigned here.
    variables: HashMap<&'a str, usize>,
    /// The place of each state by its name.
    places: HashMap<&'a str, usize>,
    /// The reads of each state.
    uses: Vec<Uses<'a>>,
    /// What is known where each state is entered; `None` for one that is never reached.
    entered: Vec<Option<Facts>>,
    /// The same if an execution ends where it reads a variable that has no value yet.
    alive: Vec<Option<Facts>>,
}

/// Whether the ways go on behind a read that surely fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// They do: what is wrong there is wrong whether or not the read is mended.
    GoesOn,
    /// They do not: what would be assigned there gives this read no value.
    Ends,
}

impl<'a> Ways<'a> {
    /// Follows the variables through a machine. `inner` are the reads of the machines inside each state; variables for
    /// which `outside` holds may have a value from outside.
    pub(super) fn analyse(
        machine: &'a Machine,
        known: &'a Known<'_>,
        inner: Vec<Vec<Use<'a>>>,
        outside: impl Fn(&str) -> bool,
    ) -> Self {
        let mut uses: Vec<Uses<'a>> = machine.states.iter().map(|state| uses::of(state, known)).collect();
        for (uses, inner) in uses.iter_mut().zip(inner) {
            uses.inside.extend(inner);
        }
        let mut variables = HashMap::new();
        let mut add = |name: &'a str| {
            let number = variables.len();
            variables.entry(name).or_insert(number);
        };
        for (state, uses) in machine.states.iter().zip(&uses) {
            uses.all().for_each(|found| add(found.name));
            comparisons(state).for_each(|found| add(found.name));
            assigns(state).flat_map(|assign| &assign.variables).for_each(|variable| add(variable.name.as_str()));
        }
        let mut start = Facts { sure: Bits::none(variables.len()), possible: Bits::none(variables.len()) };
        for (name, number) in &variables {
            if outside(name) {
                start.possible.insert(*number);
            }
        }
        let places = places(machine);
        let mut ways = Self { machine, variables, places, uses, entered: Vec::new(), alive: Vec::new() };
        ways.alive = ways.follow(start.clone(), Behind::Ends);
        ways.entered = ways.follow(start, Behind::GoesOn);
        ways
    }

    fn place(&self, name: Option<&Text>) -> Option<usize> {
        self.places.get(name?.as_str()).copied()
    }

    /// Follows all ways from the start until nothing changes any more.
    fn follow(&self, facts: Facts, behind: Behind) -> Vec<Option<Facts>> {
        let mut entered = vec![None; self.machine.states.len()];
        let Some(start) = self.place(self.machine.start_at.as_ref()) else { return entered };
        entered[start] = Some(facts);
        let mut open = Open::new(self.machine, &self.places);
        open.push(start);
        while let Some(index) = open.pop() {
            let Some(facts) = entered[index].clone() else { continue };
            for (target, facts) in self.leave(index, facts, behind, &mut |_| {}) {
                let joined = match &entered[target] {
                    None => facts,
                    Some(known) => {
                        let mut joined = known.clone();
                        joined.join(&facts);
                        joined
                    }
                };
                if entered[target].as_ref() != Some(&joined) {
                    entered[target] = Some(joined);
                    open.push(target);
                }
            }
        }
        entered
    }

    /// What a state reads, each place once with what holds on all ways through the state.
    pub(super) fn reads(&self, index: usize) -> Vec<Read<'a>> {
        let failing = self.reads_of(index, &self.alive, Behind::Ends).into_iter().filter(|read| !read.possible);
        let failing: HashMap<_, _> = failing.map(|read| (read.found.place(), read)).collect();
        let reads = self.reads_of(index, &self.entered, Behind::GoesOn).into_iter();
        reads.map(|read| failing.get(&read.found.place()).copied().unwrap_or(read)).collect()
    }

    fn reads_of(&self, index: usize, entered: &[Option<Facts>], behind: Behind) -> Vec<Read<'a>> {
        let mut places = HashMap::new();
        let mut reads: Vec<Read<'a>> = Vec::new();
        let Some(facts) = entered[index].clone() else { return reads };
        self.leave(index, facts, behind, &mut |read| {
            let place = *places.entry(read.found.place()).or_insert(reads.len());
            match reads.get_mut(place) {
                None => reads.push(read),
                Some(known) => {
                    known.sure &= read.sure;
                    known.possible |= read.possible;
                }
            }
        });
        reads
    }

    /// The states on a shortest way from the start on which the variable has no value when the last of them is entered.
    pub(super) fn route(&self, variable: &str, index: usize) -> Option<Vec<&'a State>> {
        let variable = *self.variables.get(variable)?;
        let start = self.place(self.machine.start_at.as_ref())?;
        let mut before: HashMap<usize, usize> = HashMap::from([(start, start)]);
        let mut open = VecDeque::from([start]);
        while let Some(at) = open.pop_front() {
            if at == index {
                let mut route = vec![at];
                let mut last = at;
                while let Some(previous) = before.get(&last).copied().filter(|_| last != start) {
                    route.push(previous);
                    last = previous;
                }
                return Some(route.into_iter().rev().map(|place| &self.machine.states[place]).collect());
            }
            let Some(facts) = self.entered[at].clone() else { continue };
            for (target, facts) in self.leave(at, facts, Behind::GoesOn, &mut |_| {}) {
                if !facts.sure.contains(variable) && !before.contains_key(&target) {
                    before.insert(target, at);
                    open.push_back(target);
                }
            }
        }
        None
    }

    /// The ways out of a state that is entered with `facts`, with what is known on each.
    fn leave(&self, index: usize, mut facts: Facts, behind: Behind, note: Note<'_, 'a>) -> Vec<(usize, Facts)> {
        let (state, uses) = (&self.machine.states[index], &self.uses[index]);
        let mut ways = Vec::new();
        if !self.read(&uses.entry, &mut facts, behind, note) {
            return ways;
        }
        self.read_perhaps(&uses.inside, &facts, note);
        for (catcher, reads) in state.catch.iter().zip(&uses.catchers) {
            let mut caught = facts.clone();
            if self.read(reads, &mut caught, behind, note) {
                self.assign(catcher.assign.as_ref(), &mut caught);
                ways.extend(self.place(catcher.next.as_ref()).map(|target| (target, caught)));
            }
        }
        let mut left = Some(facts);
        let mut next = state.next.as_ref();
        if let Some(Kind::Choice { choices, default }) = &state.kind {
            next = default.as_ref();
            for (rule, reads) in choices.iter().zip(&uses.rules) {
                let Some(mut facts) = left.take() else { break };
                let outcome = match &rule.test {
                    Some(test) if state.query_language == QueryLanguage::JsonPath => {
                        self.decide(state, test, facts, behind, note)
                    }
                    _ => match self.read(&reads.test, &mut facts, behind, note) {
                        true => {
                            Outcome { when_true: self.present(&reads.present, facts.clone()), when_false: Some(facts) }
                        }
                        false => break,
                    },
                };
                left = outcome.when_false;
                let Some(mut taken) = outcome.when_true else { continue };
                if self.read(&reads.taken, &mut taken, behind, note) {
                    self.assign(rule.assign.as_ref(), &mut taken);
                    ways.extend(self.place(rule.next.as_ref()).map(|target| (target, taken)));
                }
            }
            // Without a `Default` its execution fails where no rule holds.
            left = left.filter(|_| default.is_some());
        }
        if let Some(mut facts) = left
            && self.read(&uses.exit, &mut facts, behind, note)
        {
            self.assign(state.assign.as_ref(), &mut facts);
            ways.extend(self.place(next).map(|target| (target, facts)));
        }
        ways
    }

    /// Notes reads that happen surely: behind them the variables have a value, or the execution has failed. Gives whether
    /// the way goes on.
    fn read(&self, uses: &[Use<'a>], facts: &mut Facts, behind: Behind, note: Note<'_, 'a>) -> bool {
        for found in uses {
            self.read_perhaps(std::slice::from_ref(found), facts, note);
            if let Some(&number) = self.variables.get(found.name).filter(|_| !found.tested) {
                if behind == Behind::Ends && !facts.possible.contains(number) {
                    return false;
                }
                facts.sure.insert(number);
            }
        }
        true
    }

    /// What is known when these variables have a value; `None` when one of them has none on any way.
    fn present(&self, names: &[&str], mut facts: Facts) -> Option<Facts> {
        for number in names.iter().filter_map(|name| self.variables.get(name)) {
            if !facts.possible.contains(*number) {
                return None;
            }
            facts.sure.insert(*number);
        }
        Some(facts)
    }

    fn read_perhaps(&self, uses: &[Use<'a>], facts: &Facts, note: Note<'_, 'a>) {
        for found in uses {
            if let Some(&number) = self.variables.get(found.name) {
                let (sure, possible) = (facts.sure.contains(number), facts.possible.contains(number));
                note(Read { found: *found, sure, possible });
            }
        }
    }

    fn assign(&self, assign: Option<&Assign>, facts: &mut Facts) {
        for variable in assign.into_iter().flat_map(|assign| &assign.variables) {
            if let Some(number) = self.variables.get(variable.name.as_str()) {
                facts.assign(*number);
            }
        }
    }

    /// Follows a test the way AWS evaluates it, left to right and no further than needed.
    fn decide(&self, state: &'a State, test: &'a Test, facts: Facts, behind: Behind, note: Note<'_, 'a>) -> Outcome {
        match test {
            Test::And(tests) => {
                let mut outcome = Outcome { when_true: Some(facts), when_false: None };
                for test in tests {
                    let Some(facts) = outcome.when_true.take() else { break };
                    let next = self.decide(state, test, facts, behind, note);
                    outcome.when_true = next.when_true;
                    outcome.when_false = Facts::either(outcome.when_false, next.when_false);
                }
                outcome
            }
            Test::Or(tests) => {
                let mut outcome = Outcome { when_true: None, when_false: Some(facts) };
                for test in tests {
                    let Some(facts) = outcome.when_false.take() else { break };
                    let next = self.decide(state, test, facts, behind, note);
                    outcome.when_false = next.when_false;
                    outcome.when_true = Facts::either(outcome.when_true, next.when_true);
                }
                outcome
            }
            Test::Not(test) => {
                let outcome = self.decide(state, test, facts, behind, note);
                Outcome { when_true: outcome.when_false, when_false: outcome.when_true }
            }
            Test::Compare(comparison) => self.compare(state, comparison, facts, behind, note),
            Test::Condition(_) => Outcome { when_true: Some(facts.clone()), when_false: Some(facts) },
        }
    }

    fn compare(
        &self,
        state: &'a State,
        comparison: &'a Comparison,
        mut facts: Facts,
        behind: Behind,
        note: Note<'_, 'a>,
    ) -> Outcome {
        let uses = uses::of_comparison(state, comparison);
        if !self.read(&uses, &mut facts, behind, note) {
            return Outcome { when_true: None, when_false: None };
        }
        let (Operation::Is(TypeTest::Present, wanted), Some(found)) = (&comparison.operation, uses.first()) else {
            return Outcome::either(facts);
        };
        let Some(&number) = self.variables.get(found.name) else { return Outcome::either(facts) };
        let whole = comparison.variable.steps.is_empty();
        let absent = Some(facts.clone()).filter(|facts| !(whole && facts.sure.contains(number)));
        let present = facts.possible.contains(number).then(|| {
            facts.sure.insert(number);
            facts
        });
        match wanted {
            true => Outcome { when_true: present, when_false: absent },
            false => Outcome { when_true: absent, when_false: present },
        }
    }
}

/// What is known after a test: `None` for an outcome that cannot be.
struct Outcome {
    when_true: Option<Facts>,
    when_false: Option<Facts>,
}

impl Outcome {
    fn either(facts: Facts) -> Self {
        Self { when_true: Some(facts.clone()), when_false: Some(facts) }
    }
}

/// What the comparisons of a state read.
pub(super) fn comparisons(state: &State) -> impl Iterator<Item = Use<'_>> {
    let mut found = Vec::new();
    if let Some(Kind::Choice { choices, .. }) = &state.kind {
        choices.iter().filter_map(|rule| rule.test.as_ref()).for_each(|test| uses::of_test(state, test, &mut found));
    }
    found.into_iter()
}

/// The `Assign`s of a state: its own, its catchers' and its rules'.
pub(super) fn assigns(state: &State) -> impl Iterator<Item = &Assign> {
    let rules = match &state.kind {
        Some(Kind::Choice { choices, .. }) => choices.as_slice(),
        _ => &[],
    };
    let rules = rules.iter().filter_map(|rule| rule.assign.as_ref());
    let catchers = state.catch.iter().filter_map(|catcher| catcher.assign.as_ref());
    state.assign.iter().chain(rules).chain(catchers)
}
