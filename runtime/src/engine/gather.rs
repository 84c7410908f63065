//! Several futures in one task, each polled only when it was woken.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::services::BoxFuture;

/// Several futures in one task, each polled only when it was woken; at first in their order.
pub(super) struct Gather<'a, T> {
    members: Vec<Option<Member<'a, T>>>,
    left: usize,
    ready: Arc<Ready>,
}

struct Member<'a, T> {
    future: BoxFuture<'a, T>,
    signal: Arc<Signal>,
    waker: Waker,
}

/// Who was woken, and who is told so.
#[derive(Default)]
struct Ready(Mutex<Woken>);

#[derive(Default)]
struct Woken {
    members: VecDeque<usize>,
    task: Option<Waker>,
}

/// Wakes one member.
struct Signal {
    member: usize,
    /// Whether it is among those that were woken.
    woken: AtomicBool,
    ready: Arc<Ready>,
}

impl Ready {
    fn lock(&self) -> MutexGuard<'_, Woken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.woken.swap(true, Ordering::AcqRel) {
            return;
        }
        let task = {
            let mut woken = self.ready.lock();
            woken.members.push_back(self.member);
            woken.task.clone()
        };
        if let Some(task) = task {
            task.wake();
        }
    }
}

impl<'a, T> Gather<'a, T> {
    pub(super) fn new(futures: impl Iterator<Item = BoxFuture<'a, T>>) -> Self {
        let ready = Arc::new(Ready::default());
        let member = |(member, future)| {
            let signal = Arc::new(Signal { member, woken: AtomicBool::new(true), ready: Arc::clone(&ready) });
            Some(Member { future, waker: Waker::from(Arc::clone(&signal)), signal })
        };
        let members: Vec<_> = futures.enumerate().map(member).collect();
        let left = members.len();
        ready.lock().members.extend(0..left);
        Self { members, left, ready }
    }

    /// The output of the next future that is done; none when all are.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let turns = {
            let mut woken = self.ready.lock();
            match &mut woken.task {
                Some(task) => task.clone_from(context.waker()),
                task => *task = Some(context.waker().clone()),
            }
            woken.members.len()
        };
        // Those that are woken meanwhile have their turn after other tasks have had theirs.
        for _ in 0..turns {
            let Some(index) = self.ready.lock().members.pop_front() else { return Poll::Pending };
            let Some(place) = self.members.get_mut(index) else { continue };
            let Some(member) = place else { continue };
            member.signal.woken.store(false, Ordering::Release);
            if let Poll::Ready(output) = member.future.as_mut().poll(&mut Context::from_waker(&member.waker)) {
                *place = None;
                self.left -= 1;
                return Poll::Ready(Some(output));
            }
        }
        if !self.ready.lock().members.is_empty() {
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::future::poll_fn;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use tokio::task::yield_now;
    use tokio::time::{sleep, timeout};

    use super::*;

    fn boxed<'a, T>(future: impl Future<Output = T> + Send + 'a) -> BoxFuture<'a, T> {
        Box::pin(future)
    }

    async fn all<T>(mut gather: Gather<'_, T>) -> Vec<T> {
        let mut outputs = Vec::new();
        while let Some(output) = poll_fn(|context| gather.poll_next(context)).await {
            outputs.push(output);
        }
        outputs
    }

    #[tokio::test(start_paused = true)]
    async fn outputs_come_as_they_are_ready() {
        let after = |seconds| {
            boxed(async move {
                sleep(Duration::from_secs(seconds)).await;
                seconds
            })
        };
        assert_eq!(all(Gather::new([3, 1, 2, 0, 1].map(after).into_iter())).await, [0, 1, 1, 2, 3]);
        assert!(all(Gather::<()>::new(std::iter::empty())).await.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn only_who_was_woken_is_polled() {
        let polls = AtomicUsize::new(0);
        let counted = |_| {
            boxed(poll_fn(|_| {
                polls.fetch_add(1, Ordering::Relaxed);
                Poll::<()>::Pending
            }))
        };
        let busy = boxed(async {
            for _ in 0..10 {
                sleep(Duration::from_secs(1)).await;
            }
        });
        let gather = Gather::new((0..5).map(counted).chain([busy]));
        assert!(timeout(Duration::from_secs(60), all(gather)).await.is_err());
        assert_eq!(polls.into_inner(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_never_rests_leaves_the_others_their_turn() {
        let restless = boxed(async {
            loop {
                yield_now().await;
            }
        });
        let mut gather = Gather::new([restless, boxed(async { "rested" })].into_iter());
        assert_eq!(poll_fn(|context| gather.poll_next(context)).await, Some("rested"));
        assert!(timeout(Duration::ZERO, all(gather)).await.is_err());
    }

    #[test]
    fn it_needs_no_runtime() {
        let restless = boxed(async {
            loop {
                yield_now().await;
            }
        });
        let mut gather = Gather::<()>::new([restless].into_iter());
        let mut context = Context::from_waker(Waker::noop());
        assert!(gather.poll_next(&mut context).is_pending());
    }
}
