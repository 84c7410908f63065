//! DynamoDB's expression languages, shared by the compiler's checks and the runtime's stand-in.
