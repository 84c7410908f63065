//! What is known of the services: resources, operations, parameters, results.

mod dynamodb;
mod integrations;
mod lambda;
mod resource;
mod shapes;
mod sns;
mod sqs;

pub use integrations::{Integration, Pattern, integration, integrations};
pub use resource::{Parts, Resource, ResourceError};
pub use shapes::{Exclusive, Member, Operation, Shape};

/// The operations whose parameters and results are known. Each belongs to a service that the runtime has a type for.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    dynamodb::OPERATIONS.iter().chain(lambda::OPERATIONS).chain(sqs::OPERATIONS).chain(sns::OPERATIONS)
}

/// The operation behind `arn:aws:states:::service:action`.
pub fn operation(service: &str, action: &str) -> Option<&'static Operation> {
    operations().find(|operation| operation.service == service && operation.action == action)
}

/// The operation that a Task's `Resource` names, when it is one of an optimised integration in the request-response
/// pattern.
pub fn operation_of(resource: &str) -> Option<&'static Operation> {
    match Resource::parse(resource) {
        Ok(Resource::Integration { service, action, pattern: None }) => operation(&service, &action),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Member, Shape, integration, operation, operations};

    #[test]
    fn every_operation_is_an_optimised_integration() {
        assert_eq!(operations().count(), 7);
        for operation in operations() {
            assert!(integration(operation.service, operation.action).is_some(), "{operation:?}");
        }
        assert!(operation("dynamodb", "query").is_none());
    }

    #[test]
    fn names_are_in_pascal_case_and_unique() {
        fn check(members: &[Member]) {
            for (i, member) in members.iter().enumerate() {
                assert!(member.name.starts_with(|first: char| first.is_ascii_uppercase()), "{}", member.name);
                assert!(members[..i].iter().all(|other| other.name != member.name), "{}", member.name);
                check_shape(member.shape);
            }
        }
        fn check_shape(shape: &Shape) {
            match shape {
                Shape::Structure(members) => check(members),
                Shape::List(item) | Shape::Map(item) => check_shape(item),
                _ => {}
            }
        }
        for operation in operations() {
            check(operation.input);
            check(operation.output);
        }
    }
}
