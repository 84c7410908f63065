//! Retry: which retrier decides, and how long to wait.
