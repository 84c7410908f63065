//! The macros of asl-runtime.
