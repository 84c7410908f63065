//! Instants, in the timestamp profile of the Amazon States Language.

pub use asl_codegen::timestamp::Timestamp;
