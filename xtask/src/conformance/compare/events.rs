//! The history of an execution: AWS's events as GetExecutionHistory gives them, against the recorded ones.
//!
//! | recorded order | compared |
//! | --- | --- |
//! | exact | every event in order: type, id, previous id, state, details |
//! | exact, but several branches or iterations ran at once | as above, or else: the events outside Map and Parallel states as above, and those inside in any order by type, state and details |
//! | parallel-sorted | the events outside as above; those inside in any order, and there may be more than were recorded |
//! | last-only | the last event: type, id, previous id, details |
//!
//! The previous id of the first event after the inside is not compared where order is not: it is the id of whatever
//! came last.

use serde_json::{Map, Value};

use super::Masks;
use super::details;

/// The recorded events of an execution.
#[derive(Debug)]
pub(in crate::conformance) struct Recorded {
    events: Vec<Event>,
    order: Order,
    /// The execution still ran when the events were taken.
    running: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Exact,
    /// Several branches or iterations ran at once, and the recorded order is one of many.
    Concurrent,
    ParallelSorted,
    LastOnly,
}

/// One event, recorded or not.
#[derive(Debug)]
struct Event {
    kind: String,
    /// Absent where the recording dropped it.
    id: Option<u64>,
    previous: u64,
    state: Option<String>,
    details: Map<String, Value>,
}

impl Recorded {
    /// The events of a recorded case; none when it has none.
    pub(in crate::conformance) fn read(case: &Value) -> Option<Self> {
        let events = case.get("events")?.as_array()?.iter().map(Event::recorded).collect::<Option<_>>()?;
        let flags = case.get("flags").and_then(Value::as_array).into_iter().flatten();
        let concurrent = flags.filter_map(Value::as_str).any(|flag| flag == "concurrent");
        let order = match case.get("events_order")?.as_str()? {
            "exact" if concurrent => Order::Concurrent,
            "exact" => Order::Exact,
            "parallel-sorted" => Order::ParallelSorted,
            "last-only" => Order::LastOnly,
            _ => return None,
        };
        let running = case.pointer("/expected/status").and_then(Value::as_str) == Some("RUNNING");
        Some(Self { events, order, running })
    }

    /// Compares with a history; tells the first difference.
    pub(in crate::conformance) fn compare(&self, history: &[Value], masks: &mut Masks<'_>) -> Result<(), String> {
        let events: Vec<Event> = history.iter().filter_map(Event::given).collect();
        match self.order {
            Order::Exact => self.in_order(&events, masks),
            Order::Concurrent => {
                let mut in_order = masks.clone();
                if self.in_order(&events, &mut in_order).is_ok() {
                    *masks = in_order;
                    return Ok(());
                }
                self.around_forks(&events, masks)
            }
            Order::ParallelSorted => self.around_forks(&events, masks),
            Order::LastOnly => match (self.events.last(), events.last()) {
                (Some(wanted), Some(got)) => wanted.compare(got, true, masks),
                (wanted, got) => length(wanted.iter().len(), got.iter().len()),
            },
        }
    }

    fn in_order(&self, events: &[Event], masks: &mut Masks<'_>) -> Result<(), String> {
        for (wanted, got) in self.events.iter().zip(events) {
            wanted.compare(got, true, masks)?;
        }
        if self.running && events.len() >= self.events.len() {
            return Ok(());
        }
        length(self.events.len(), events.len())
    }

    /// The events outside of Map and Parallel states in order, those inside in any.
    fn around_forks(&self, events: &[Event], masks: &mut Masks<'_>) -> Result<(), String> {
        let (wanted, got) = (Parted::new(&self.events), Parted::new(events));
        for ((wanted, after_fork), (got, _)) in wanted.outside.iter().zip(&got.outside) {
            wanted.compare(got, !after_fork, masks)?;
        }
        length(wanted.outside.len(), got.outside.len())?;
        for (wanted, got) in wanted.inside.iter().zip(&got.inside) {
            let mut left: Vec<&Event> = got.iter().collect();
            for event in *wanted {
                let found = left.iter().position(|got| masks.attempt(|masks| event.same_apart_from_ids(got, masks)));
                let Some(found) = found else {
                    return Err(format!("events: expected somewhere inside a Map or Parallel state {}", event.shown()));
                };
                left.remove(found);
            }
            if let (Order::Concurrent, Some(event)) = (self.order, left.first()) {
                return Err(format!("events: not expected inside a Map or Parallel state: {}", event.shown()));
            }
        }
        Ok(())
    }
}

/// Events parted at the outermost Map and Parallel states.
struct Parted<'a> {
    /// The events outside, each with whether it is the first after an inside. The states' own Entered and Exited are outside.
    outside: Vec<(&'a Event, bool)>,
    /// The events inside of each visit to such a state.
    inside: Vec<&'a [Event]>,
}

impl<'a> Parted<'a> {
    fn new(events: &'a [Event]) -> Self {
        let mut parted = Self { outside: Vec::new(), inside: Vec::new() };
        let mut at = 0;
        let mut after_fork = false;
        while let Some(event) = events.get(at) {
            parted.outside.push((event, after_fork));
            at += 1;
            after_fork = false;
            if let "MapStateEntered" | "ParallelStateEntered" = &*event.kind {
                let rest = events.get(at..).unwrap_or_default();
                let left = |after: &Event| {
                    after.kind.starts_with("Execution")
                        || after.kind.ends_with("StateExited") && after.state == event.state
                };
                let length = rest.iter().position(left).unwrap_or(rest.len());
                parted.inside.push(rest.get(..length).unwrap_or_default());
                at += length;
                after_fork = true;
            }
        }
        parted
    }
}

impl Event {
    /// An event as recorded: {type, id?, prev, state?, details?}.
    fn recorded(event: &Value) -> Option<Self> {
        let text = |name: &str| event.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            kind: text("type")?,
            id: event.get("id").and_then(number),
            previous: event.get("prev").and_then(number)?,
            state: text("state"),
            details: event.get("details").and_then(Value::as_object).cloned().unwrap_or_default(),
        })
    }

    /// An event as GetExecutionHistory gives it.
    fn given(event: &Value) -> Option<Self> {
        let details = event.as_object()?.iter().find(|(name, _)| name.ends_with("EventDetails"));
        let mut details = details.and_then(|(_, details)| details.as_object()).cloned().unwrap_or_default();
        let state = match details.shift_remove("name") {
            Some(Value::String(name)) => Some(name),
            _ => None,
        };
        Some(Self {
            kind: event.get("type")?.as_str()?.to_owned(),
            id: event.get("id").and_then(number),
            previous: event.get("previousEventId").and_then(number)?,
            state,
            details,
        })
    }

    /// `whether_previous`: whether the ids of the event before are compared.
    fn compare(&self, got: &Self, whether_previous: bool, masks: &mut Masks<'_>) -> Result<(), String> {
        let differs = |what: &str, wanted: String, got_part: String| {
            let id = got.id.unwrap_or_default();
            Err(format!("events: event {id}, {}: {what}: expected {wanted}, got {got_part}", got.kind))
        };
        if self.kind != got.kind {
            return differs("type", self.shown(), got.shown());
        }
        if self.state != got.state {
            return differs("state", format!("{:?}", self.state), format!("{:?}", got.state));
        }
        if self.id != got.id {
            return differs("id", format!("{:?}", self.id), format!("{:?}", got.id));
        }
        if whether_previous && self.previous != got.previous {
            return differs("previous id", self.previous.to_string(), got.previous.to_string());
        }
        match details::difference(&self.details, &got.details, masks) {
            None => Ok(()),
            Some((name, wanted, got)) => differs(&name, wanted, got),
        }
    }

    fn same_apart_from_ids(&self, got: &Self, masks: &mut Masks<'_>) -> bool {
        self.kind == got.kind
            && self.state == got.state
            && details::difference(&self.details, &got.details, masks).is_none()
    }

    fn shown(&self) -> String {
        let state = self.state.as_deref().map_or_else(String::new, |state| format!(" of `{state}`"));
        format!("{}{state} {}", self.kind, Value::Object(self.details.clone()))
    }
}

/// The events of the log have their ids as text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn length(wanted: usize, got: usize) -> Result<(), String> {
    if wanted == got { Ok(()) } else { Err(format!("events: expected {wanted} of them, got {got}")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    /// `wanted`: the words of the difference, or nothing.
    fn check(case: Value, history: Value, wanted: Option<&str>) {
        let recorded = Recorded::read(&case).unwrap();
        let tokens = ["role".to_owned()];
        let got = recorded.compare(history.as_array().unwrap(), &mut Masks::new(&tokens));
        match wanted {
            None => assert_eq!(got, Ok(()), "{history}"),
            Some(words) => assert!(got.as_ref().is_err_and(|got| got.contains(words)), "{got:?} has no {words}"),
        }
    }

    fn pass(id: u64, previous: u64, state: &str, data: &str) -> [Value; 2] {
        [
            json!({"type": "PassStateEntered", "id": id, "previousEventId": previous,
                "stateEnteredEventDetails": {"name": state, "input": data, "inputDetails": {"truncated": false}}}),
            json!({"type": "PassStateExited", "id": id + 1, "previousEventId": id,
                "stateExitedEventDetails": {"name": state, "output": data}}),
        ]
    }

    fn plain_case() -> Value {
        json!({"events_order": "exact", "flags": [], "expected": {"status": "SUCCEEDED"}, "events": [
            {"type": "ExecutionStarted", "id": 1, "prev": 0, "details": {"input": {"a": 1}, "roleArn": "role"}},
            {"type": "PassStateEntered", "id": 2, "prev": 0, "state": "P", "details": {"input": {"a": 1}}},
            {"type": "PassStateExited", "id": 3, "prev": 2, "state": "P", "details": {"output": {"a": 1}}},
        ]})
    }

    fn plain_history(pass: [Value; 2]) -> Value {
        let [entered, exited] = pass;
        json!([{"type": "ExecutionStarted", "id": 1, "previousEventId": 0,
            "executionStartedEventDetails": {"input": "{\"a\":1}", "roleArn": "arn:r"}}, entered, exited])
    }

    #[test]
    fn events_are_compared_in_order() {
        let data = "{\"a\":1}";
        check(plain_case(), plain_history(pass(2, 0, "P", data)), None);
        check(plain_case(), plain_history(pass(2, 1, "P", data)), Some("previous id: expected 0, got 1"));
        check(plain_case(), plain_history(pass(3, 0, "P", data)), Some("id: expected Some(2)"));
        check(plain_case(), plain_history(pass(2, 0, "Q", data)), Some("state"));
        check(plain_case(), plain_history(pass(2, 0, "P", "{}")), Some("input: expected {\"a\":1}, got {}"));
        check(plain_case(), json!([]), Some("expected 3 of them, got 0"));
        let mut running = plain_case();
        running["expected"]["status"] = "RUNNING".into();
        running["events"].as_array_mut().unwrap().pop();
        check(running, plain_history(pass(2, 0, "P", data)), None);
    }

    #[test]
    fn the_log_of_an_express_execution_has_its_last_event() {
        let case = json!({"events_order": "last-only", "flags": [], "expected": {"status": "SUCCEEDED"}, "events": [
            {"type": "PassStateExited", "id": "3", "prev": "2", "state": "P", "details": {"output": {"a": 1},
                "outputDetails": {"truncated": false}}}]});
        check(case, plain_history(pass(2, 0, "P", "{\"a\":1}")), None);
    }

    /// A Map over two items; `first` and `second` are the items in the order in which they were visited.
    fn map_history(first: u64, second: u64) -> Value {
        let iteration = |id: u64, index: u64| {
            let [entered, exited] = pass(id, 3, "Item", &index.to_string());
            let started = json!({"type": "MapIterationStarted", "id": id + 2, "previousEventId": 3,
                "mapIterationStartedEventDetails": {"name": "M", "index": index}});
            [started, entered, exited]
        };
        let mut events = vec![
            json!({"type": "MapStateEntered", "id": 1, "previousEventId": 0,
                "stateEnteredEventDetails": {"name": "M", "input": "[0,1]"}}),
            json!({"type": "MapStateStarted", "id": 2, "previousEventId": 1, "mapStateStartedEventDetails": {"length": 2}}),
        ];
        events.extend(iteration(3, first));
        events.extend(iteration(6, second));
        events.push(json!({"type": "MapStateExited", "id": 9, "previousEventId": 3 + first,
            "stateExitedEventDetails": {"name": "M", "output": "[0,1]"}}));
        Value::from(events)
    }

    /// The same as a recording of the order 0, 1.
    fn map_case(order: &str, flags: &[&str], inside: &[&str]) -> Value {
        let mut events =
            vec![json!({"type": "MapStateEntered", "id": 1, "prev": 0, "state": "M", "details": {"input": [0, 1]}})];
        for (index, name) in inside.iter().enumerate() {
            let (index, state) = (index % 2, "Item");
            events.push(match *name {
                "MapStateStarted" => json!({"type": name, "id": 2, "prev": 1, "details": {"length": 2}}),
                "MapIterationStarted" => json!({"type": name, "prev": 0, "state": "M", "details": {"index": index}}),
                "PassStateEntered" => json!({"type": name, "prev": 0, "state": state, "details": {"input": index}}),
                _ => json!({"type": name, "prev": 0, "state": state, "details": {"output": index}}),
            });
        }
        events.push(json!({"type": "MapStateExited", "id": 9, "prev": 3, "state": "M", "details": {"output": [0, 1]}}));
        json!({"events_order": order, "flags": flags, "expected": {"status": "SUCCEEDED"}, "events": events})
    }

    #[test]
    fn the_order_inside_concurrent_states_is_free() {
        let two = ["PassStateEntered", "PassStateEntered", "PassStateExited", "PassStateExited"];
        let mut all = vec!["MapIterationStarted", "MapIterationStarted"];
        all.extend(two);
        all.push("MapStateStarted");
        for (first, second) in [(0, 1), (1, 0)] {
            check(map_case("exact", &["concurrent"], &all), map_history(first, second), None);
            check(map_case("parallel-sorted", &[], &two), map_history(first, second), None);
        }
        check(map_case("exact", &["concurrent"], &two), map_history(1, 0), Some("not expected inside"));
        check(map_case("parallel-sorted", &[], &two), map_history(1, 1), Some("expected somewhere inside"));
        check(map_case("exact", &[], &all), map_history(1, 0), Some("event 2"));
    }
}
