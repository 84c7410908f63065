//! The graph of a machine as a picture in text.
