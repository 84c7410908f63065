//! A test of one state.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::context::Context;
use crate::engine::delay;
use crate::error::Error;
use crate::machine::{Action, Call, Effect, Fork, Machine, Recovery, StateId, StateType};
use crate::services::{Request, Services};
use crate::testing::context_object::{self, STATE_NAME, TestExecution};
use crate::testing::inspection::{Entered, ErrorDetails, InspectionData, InspectionLevel, Shown};
use crate::testing::mock::{self, Mock};
use crate::testing::output::{TestStateError, TestStateOutput, TestStatus};
use crate::testing::place::{self, Place};
use crate::timestamp::Timestamp;
use crate::uuid::uuid;

/// The longest that AWS lets a test take, in seconds.
const LONGEST: u32 = 300;

/// One state of a machine, about to be run by itself. AWS API reference, "TestState".
#[must_use = "a test does nothing until it is run"]
pub struct TestState<'a> {
    machine: Box<dyn Machine + 'a>,
    state: Cow<'a, str>,
    input: Value,
    services: Option<Box<dyn Services + 'a>>,
    role_arn: Option<String>,
    account: Cow<'a, str>,
    inspection_level: InspectionLevel,
    context: Option<Value>,
    variables: Option<Value>,
    mock: Mock,
    configuration: Configuration<'a>,
}

/// AWS: TestStateConfiguration.
#[derive(Debug, Default)]
struct Configuration<'a> {
    retrier_retry_count: u32,
    error_caused_by_state: Option<Cow<'a, str>>,
    map_iteration_failure_count: Option<u32>,
}

impl<'a> TestState<'a> {
    /// A test of the state `state` of `machine`, or of a machine inside one of its states, with `input`.
    pub fn new(machine: impl Machine + 'a, state: impl Into<Cow<'a, str>>, input: Value) -> Self {
        Self {
            machine: Box::new(machine),
            state: state.into(),
            input,
            services: None,
            role_arn: None,
            account: Cow::Borrowed("123456789012"),
            inspection_level: InspectionLevel::Info,
            context: None,
            variables: None,
            mock: Mock::default(),
            configuration: Configuration::default(),
        }
    }

    /// The services that a Task without a mock calls.
    pub fn services(mut self, services: impl Services + 'a) -> Self {
        self.services = Some(Box::new(services));
        self
    }

    /// `roleArn`: shown in the context object as `$$.Execution.RoleArn`, which is null without it.
    pub fn role_arn(mut self, role_arn: impl Into<String>) -> Self {
        self.role_arn = Some(role_arn.into());
        self
    }

    /// The account in the ARNs of the context object; by default `123456789012`.
    pub fn account(mut self, account: impl Into<Cow<'a, str>>) -> Self {
        self.account = account.into();
        self
    }

    /// `inspectionLevel`: how much is told; by default [`InspectionLevel::Info`].
    pub fn inspection_level(mut self, level: InspectionLevel) -> Self {
        self.inspection_level = level;
        self
    }

    /// `context`: the whole context object. By default it is that of a synchronous express execution with the same
    /// input, in which every state is called `StateName`, and a state inside a Map state has the input as its item.
    pub fn context(mut self, context: Value) -> Self {
        self.context = Some(context);
        self
    }

    /// `variables`: an object of variables with their values.
    pub fn variables(mut self, variables: Value) -> Self {
        self.variables = Some(variables);
        self
    }

    /// `mock.result`: what a Task, Parallel or Map state's work comes to.
    pub fn mock_result(mut self, result: Value) -> Self {
        self.mock.result = Some(result);
        self.mock.text = None;
        self
    }

    /// `mock.result` as JSON text, as TestState takes it.
    ///
    /// AWS hands on the text as it came until the state makes another value of it, white space and all. So does
    /// [`TestStateOutput::output_text`].
    ///
    /// # Errors
    /// `result` is no JSON text.
    pub fn mock_result_text(mut self, result: impl Into<Box<str>>) -> Result<Self, serde_json::Error> {
        let text = result.into();
        self.mock.result = Some(serde_json::from_str(&text)?);
        self.mock.text = Some(text);
        Ok(self)
    }

    /// `mock.errorOutput`: how a Task, Parallel or Map state's work fails.
    pub fn mock_error(mut self, error: impl Into<String>, cause: impl Into<String>) -> Self {
        self.mock.error = Some(Error::new(error.into(), cause));
        self
    }

    /// `stateConfiguration.retrierRetryCount`: how often the Retrier that the error meets has retried already.
    pub fn retrier_retry_count(mut self, count: u32) -> Self {
        self.configuration.retrier_retry_count = count;
        self
    }

    /// `stateConfiguration.errorCausedByState`: the state inside a Parallel or Map state that a mocked error comes from.
    pub fn error_caused_by_state(mut self, state: impl Into<Cow<'a, str>>) -> Self {
        self.configuration.error_caused_by_state = Some(state.into());
        self
    }

    /// `stateConfiguration.mapIterationFailureCount`: how many iterations of a Map state failed.
    pub fn map_iteration_failure_count(mut self, count: u32) -> Self {
        self.configuration.map_iteration_failure_count = Some(count);
        self
    }

    /// Runs the state. Only a service that a Task calls is waited for, at most five minutes, for which tokio's timers
    /// must be on.
    ///
    /// # Errors
    /// The test is one that AWS refuses to run.
    pub async fn run(self) -> Result<TestStateOutput, TestStateError> {
        let (test, mut place) = self.prepare()?;
        let mut entered = test.enter(&mut place);
        let result = match entered.effect.take() {
            None => return Ok(test.passed(&mut place, entered)),
            Some(Effect::Wait(_)) => Ok(Value::Null),
            Some(Effect::Call(call)) => {
                entered.recovery = &call.task.recovery;
                test.answer_call(call).await?
            }
            Some(Effect::Fork(fork)) => {
                entered.recovery = place.machine.recovery(place.id);
                test.answer_fork(fork.inputs.len(), &entered)?
            }
            Some(Effect::MapRun(run)) => {
                entered.recovery = place.machine.recovery(place.id);
                test.answer_fork(run.inputs.len(), &entered)?
            }
        };
        Ok(test.worked(&mut place, entered, result))
    }

    /// Checks what can be checked before the state is entered, and finds the state.
    fn prepare(self) -> Result<(Test<'a>, Place<'a>), TestStateError> {
        let variables = match self.variables {
            None => Map::new(),
            Some(Value::Object(variables)) => variables,
            Some(_) => return Err(TestStateError::validation("Variables must be a JSON object")),
        };
        let machine_name = self.machine.info().name;
        let place = place::find(self.machine, &self.state, &variables, false)
            .ok_or_else(|| TestStateError::validation("State not found in definition"))?;
        let state_type = place.state.state_type;
        let inner = || place::inner(&*place.machine, place.id, state_type);
        self.mock.check(state_type, if state_type == StateType::Parallel { inner().count() } else { 0 })?;
        if state_type == StateType::Task && !self.mock.is_given() && self.services.is_none() && self.role_arn.is_none()
        {
            return Err(TestStateError::validation("RoleArn must be specified when testing a Task state"));
        }
        if let Some(context) = &self.context {
            context_object::check(context)?;
            context_object::check_task(context, place.machine.has_task_token(place.id))?;
        }
        if let Some(cause) = &self.configuration.error_caused_by_state
            && !inner().any(|inner| place::find(inner, cause, &Map::new(), false).is_some())
        {
            let message = format!("The tested state has no state '{cause}' inside that could cause the error");
            return Err(TestStateError::validation(message));
        }
        if self.configuration.map_iteration_failure_count.is_some() && !self.mock.is_given() {
            return Err(TestStateError::validation("A Map iteration failure count needs a mock"));
        }
        let now = now();
        let (input, context) = (self.input.clone(), self.context.clone());
        let execution = TestExecution::new(machine_name, &self.account, input, self.role_arn, now, context);
        let test = Test {
            input: self.input,
            execution,
            now,
            shown: Shown::default(),
            services: self.services,
            inspection_level: self.inspection_level,
            context: self.context,
            variables,
            mock: self.mock,
            retrier_retry_count: self.configuration.retrier_retry_count,
            map_iteration_failure_count: self.configuration.map_iteration_failure_count,
        };
        Ok((test, place))
    }
}

/// A test whose state was found.
struct Test<'a> {
    input: Value,
    execution: TestExecution,
    now: Timestamp,
    shown: Shown,
    services: Option<Box<dyn Services + 'a>>,
    inspection_level: InspectionLevel,
    context: Option<Value>,
    variables: Map<String, Value>,
    mock: Mock,
    retrier_retry_count: u32,
    map_iteration_failure_count: Option<u32>,
}

/// A state that was entered.
struct Visit {
    /// As the machine left it.
    data: Value,
    /// What it wants done.
    effect: Option<Effect>,
    /// What else came of it.
    action: Result<Option<StateId>, Error>,
    recovery: &'static Recovery,
    inspection: InspectionData,
    token: Option<String>,
}

impl Test<'_> {
    /// The context object as the state sees it.
    fn context_of<'b>(&'b self, place: &Place<'_>, task_token: Option<&'b str>) -> Context<'b> {
        let can_be_retried = matches!(place.state.state_type, StateType::Task | StateType::Parallel | StateType::Map);
        let context = Context {
            execution: &self.execution,
            state_name: STATE_NAME,
            entered_time: self.now,
            time: self.now,
            event: 0,
            retry_count: can_be_retried.then_some(self.retrier_retry_count),
            task_token,
            map_item: None,
            inspector: Some(&self.shown),
        };
        match place.in_map && self.context.is_none() {
            true => context.with_item(0, &self.input),
            false => context,
        }
    }

    fn enter(&self, place: &mut Place<'_>) -> Visit {
        let mut data = self.input.clone();
        let token = place.machine.has_task_token(place.id).then(uuid);
        let entered = place.enter(&mut data, &self.context_of(place, token.as_deref())).and_then(begun);
        let mut effect = None;
        let (action, how) = match entered {
            Err(error) => (Err(error), None),
            Ok(Action::Next(next)) => (Ok(Some(next)), Some(Entered::Passed)),
            Ok(Action::End) => (Ok(None), Some(Entered::Passed)),
            Ok(Action::Perform(performed)) => {
                let entered = match &performed {
                    Effect::Wait(_) => Entered::Passed,
                    Effect::Call(call) => Entered::Call { parameters: call.parameters.clone() },
                    Effect::Fork(Fork { inputs, max_concurrency, .. }) => {
                        Entered::Fork { inputs: inputs.clone(), max_concurrency: *max_concurrency }
                    }
                    Effect::MapRun(run) => {
                        Entered::Fork { inputs: run.inputs.clone(), max_concurrency: run.max_concurrency }
                    }
                };
                effect = Some(performed);
                (Ok(None), Some(entered))
            }
        };
        let how = match (&action, how) {
            (Err(error), _) => Entered::Failed(error),
            (Ok(_), how) => how.unwrap_or(Entered::Passed),
        };
        let inspection = InspectionData::entered(place.state, self.input.clone(), &self.shown, how);
        Visit { data, effect, action, recovery: &Recovery::NONE, inspection, token }
    }

    /// What a Task's call comes to.
    async fn answer_call(&self, call: Call) -> Result<Result<Value, Error>, TestStateError> {
        if let Some(answer) = self.mock.answer() {
            return Ok(answer);
        }
        let resource = &call.task.resource;
        mock::check_unmocked(resource)?;
        let name = resource.service_name();
        let Some(service) = self.services.as_ref().and_then(|services| services.service(name)) else {
            let message = format!("No service named '{name}' was given, which the resource '{}' calls", resource.arn);
            return Err(TestStateError::validation(message));
        };
        let answer = service.call(Request {
            action: resource.action,
            parameters: call.parameters,
            resource: Some(resource),
            credentials: call.credentials,
            task_token: None,
        });
        let seconds = call.timeout_seconds.unwrap_or(LONGEST).min(LONGEST);
        let answer = timeout(Duration::from_secs(seconds.into()), answer).await;
        Ok(answer.unwrap_or_else(|_| Err(Error::timeout())))
    }

    /// What the machines inside a state come to.
    fn answer_fork(&self, iterations: usize, visit: &Visit) -> Result<Result<Value, Error>, TestStateError> {
        let failures = self.map_iteration_failure_count;
        if failures.is_some_and(|failures| usize::try_from(failures).is_ok_and(|failures| failures > iterations)) {
            return Err(TestStateError::validation(
                "Map iteration failure count must be less than or equal to the number of Map iterations",
            ));
        }
        let answer = self.mock.answer().unwrap_or_else(|| Ok(Value::Null));
        Ok(match failures {
            Some(failures) if answer.is_ok() && visit.inspection.exceeds_threshold(failures, iterations) => {
                Err(Error::new(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded",
                ))
            }
            _ => answer,
        })
    }

    /// A state that has nothing performed was left, or failed.
    fn passed(&self, place: &mut Place<'_>, mut visit: Visit) -> TestStateOutput {
        visit.inspection.left(place.state, None, &self.shown, visit.action.is_ok());
        if let Err(error) = &visit.action
            && error.failed_expression().is_some()
        {
            let error = error.clone();
            visit.recovery = place.machine.recovery(place.id);
            return self.recovered(place, visit, &error);
        }
        match visit.action {
            Ok(next) => self.succeeded(place, TestStatus::Succeeded, visit.data, next, visit.inspection),
            Err(error) => self.failed(&error, TestStatus::Failed, visit.inspection),
        }
    }

    /// A state's effect was performed.
    fn worked(&self, place: &mut Place<'_>, mut visit: Visit, result: Result<Value, Error>) -> TestStateOutput {
        let state_type = place.state.state_type;
        let result = match result {
            Ok(result) => result,
            Err(error) => return self.recovered(place, visit, &error),
        };
        visit.inspection.worked(state_type, &result);
        let context = self.context_of(place, visit.token.as_deref());
        let action = place.machine.leave(place.id, &mut visit.data, result.clone(), &context).and_then(left);
        let text = self.mock.text.clone().filter(|_| visit.data == result && !self.shown.changes_result());
        visit.inspection.left(place.state, Some(result), &self.shown, action.is_ok());
        match action {
            Ok(next) => TestStateOutput {
                text,
                ..self.succeeded(place, TestStatus::Succeeded, visit.data, next, visit.inspection)
            },
            Err(error) if error.failed_expression().is_some() => self.recovered(place, visit, &error),
            Err(error) => self.failed(&error, TestStatus::Failed, visit.inspection),
        }
    }

    /// A state's effect or an expression of it failed: Retry, else Catch, else the end. Language spec, "Retrying after error".
    fn recovered(&self, place: &mut Place<'_>, mut visit: Visit, error: &Error) -> TestStateOutput {
        let Recovery { retry, catch } = visit.recovery;
        let mut details = ErrorDetails::default();
        if let Some((index, retrier)) =
            retry.iter().enumerate().find(|(_, retrier)| error.matches(retrier.error_equals))
        {
            details.retry_index = Some(index);
            if self.retrier_retry_count < retrier.max_attempts {
                let delay = delay(retrier, self.retrier_retry_count, fastrand::f64);
                details.retry_backoff_interval_seconds = Some(delay.as_secs());
                visit.inspection.error_details = Some(details);
                return self.failed(error, TestStatus::Retriable, visit.inspection);
            }
        }
        let catcher = catch.iter().position(|error_equals| error.matches(error_equals));
        details.catch_index = catcher;
        visit.inspection.error_details = (details != ErrorDetails::default()).then_some(details);
        let Some(catcher) = catcher else {
            return self.failed(error, TestStatus::Failed, visit.inspection);
        };
        let context = self.context_of(place, visit.token.as_deref());
        let output = error.to_output();
        match place.machine.catch(place.id, catcher, &mut visit.data, output, &context).and_then(left) {
            Ok(next) => TestStateOutput {
                error: error.name().map(str::to_owned),
                cause: error.cause().map(str::to_owned),
                ..self.succeeded(place, TestStatus::CaughtError, visit.data, next, visit.inspection)
            },
            Err(error) => self.failed(&error, TestStatus::Failed, visit.inspection),
        }
    }

    fn succeeded(
        &self,
        place: &mut Place<'_>,
        status: TestStatus,
        output: Value,
        next: Option<StateId>,
        inspection: InspectionData,
    ) -> TestStateOutput {
        let next_state = next.and_then(|next| place.machine.info().states.get(usize::from(next.0)));
        let mut variables = self.variables.clone();
        for name in place.machine.take_assigned() {
            if let Some(value) = place.machine.variable(name) {
                variables.insert((*name).to_owned(), value.clone());
            }
        }
        TestStateOutput {
            status,
            output: Some(output),
            text: None,
            error: None,
            cause: None,
            next_state: next_state.map(|state| state.name),
            inspection_data: self.told(inspection, variables),
        }
    }

    fn failed(&self, error: &Error, status: TestStatus, inspection: InspectionData) -> TestStateOutput {
        TestStateOutput {
            status,
            output: None,
            text: None,
            error: error.name().map(str::to_owned),
            cause: error.cause().map(str::to_owned),
            next_state: None,
            inspection_data: self.told(inspection, self.variables.clone()),
        }
    }

    /// What is told at the test's level.
    fn told(&self, inspection: InspectionData, variables: Map<String, Value>) -> Option<InspectionData> {
        let variables = (!variables.is_empty()).then_some(Value::Object(variables));
        match self.inspection_level {
            InspectionLevel::Info => None,
            InspectionLevel::Debug | InspectionLevel::Trace => Some(InspectionData { variables, ..inspection }),
        }
    }
}

impl Place<'_> {
    fn enter(&mut self, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        self.machine.enter(self.id, data, context)
    }
}

/// A Map Run does not begin when the data does not say how many of its executions may fail.
fn begun(action: Action) -> Result<Action, Error> {
    if let Action::Perform(Effect::MapRun(run)) = &action
        && let Err(error) = &run.tolerance
    {
        return Err(error.clone());
    }
    Ok(action)
}

/// Where a state leads that is left.
fn left(action: Action) -> Result<Option<StateId>, Error> {
    match action {
        Action::Next(next) => Ok(Some(next)),
        Action::End => Ok(None),
        Action::Perform(_) => Err(Error::runtime("The machine asks for an effect where it has to leave a state.")),
    }
}

/// The time in milliseconds, as AWS keeps it.
fn now() -> Timestamp {
    let now = Timestamp::from(SystemTime::now());
    Timestamp { nanoseconds: now.nanoseconds - now.nanoseconds % 1_000_000, ..now }
}
