//! Which field belongs to which state type. The one table of asl-reference 1.3.
