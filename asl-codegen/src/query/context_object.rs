//! The context object `$$`: which fields exist where.
