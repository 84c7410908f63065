//! One line per state as the execution goes: what it does, and how long it took.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Instant;

use asl_runtime::{Event, EventKind, Observer, Wait};

/// Prints progress on standard error: a live line on a terminal, plain lines otherwise.
pub(crate) struct Progress {
    live: bool,
    line: Mutex<Line>,
}

/// The line of the state that the execution is in.
struct Line {
    state: &'static str,
    what: String,
    since: Instant,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let line = Line { state: "", what: String::new(), since: Instant::now() };
        Self { live: std::io::stderr().is_terminal(), line: Mutex::new(line) }
    }
}

impl Observer for Progress {
    fn event(&self, event: &Event<'_>) {
        let Ok(mut line) = self.line.lock() else { return };
        match &event.kind {
            EventKind::StateEntered { .. } => {
                let Some(state) = event.state else { return };
                *line = Line { state: state.name, what: format!("{:?}", state.state_type), since: Instant::now() };
                self.show(&line);
            }
            EventKind::TaskStarted { task, .. } => {
                line.what = format!("{}:{}", task.resource.service, task.resource.action);
                self.show(&line);
            }
            EventKind::WaitStarted { wait } => {
                line.what = match wait {
                    Wait::Seconds(seconds) => format!("waits {seconds} s"),
                    Wait::Until(instant) => format!("waits until {instant}"),
                };
                self.show(&line);
            }
            EventKind::TaskFailed { error, .. } | EventKind::TaskTimedOut { error, .. } => {
                line.what = format!("{} failed: {}", line.what, error.name().unwrap_or("no error name"));
                self.show(&line);
            }
            EventKind::RetryScheduled { delay, retry } => {
                line.what = format!("{}, retry {retry} in {} s", line.what, delay.as_secs_f64());
                self.show(&line);
            }
            EventKind::StateExited { .. } => self.finish(&line),
            EventKind::ExecutionFailed { .. } | EventKind::ExecutionTimedOut => self.finish(&line),
            _ => {}
        }
    }
}

impl Progress {
    /// The state as it is now; only a terminal can take it back.
    fn show(&self, line: &Line) {
        if self.live {
            let mut out = std::io::stderr().lock();
            // A progress line that cannot be written is no reason to stop.
            let _ = write!(out, "\r\x1b[K  {:<18} {}", line.state, line.what);
            let _ = out.flush();
        }
    }

    /// The state is left.
    fn finish(&self, line: &Line) {
        let start = if self.live { "\r\x1b[K" } else { "" };
        let time = line.since.elapsed();
        let _ =
            writeln!(std::io::stderr(), "{start}  {:<18} {:<44} {:>9.3} s", line.state, line.what, time.as_secs_f64());
    }
}
