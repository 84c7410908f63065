//! Over a loopback server.
